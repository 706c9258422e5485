"""Header phrases → points: the national vocabulary, read from data, matched longest first.

A phrase is a chain of terms (``一般公共预算`` + ``基本支出`` + ``预算数``); it is understood only if the chain leaves no
character over. A title is scanned instead: terms are picked from it wherever they stand.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache
from importlib.resources import files
from typing import Any

from mingzhang.cube.hierarchy import ancestors, members
from mingzhang.cube.point import DIMENSIONS
from mingzhang.errors import FormError

_YEAR = re.compile(r"(?:19|20)\d\d(?=年)年?(?:度)?")
_RELATIVE_YEARS = {"上年度": "last", "上年": "last", "去年": "last", "上一年": "last", "上一年度": "last"}
_YEAR_STARTS = frozenset("0123456789上去本今当")
_RELATIVE_YEARS |= {"本年度": "this", "本年": "this", "今年": "this", "当年": "this"}
_DROPPED = str.maketrans(dict.fromkeys("“”\"'‘’「」『』《》<>()[]{}【】〔〕:;、,.。/\\-—_~*＊+± \t\n\r　·"))
# 2025年预算数比2024年执行数(增减额): what is compared with is the year before, whichever stage of it.
_COMPARED = re.compile(
    r"(?:预算数|执行数|决算数)?(?:比|较|与|同)(?:(?:19|20)\d\d年?|上年|去年|上一年)度?"
    r"(?:年初|部门|调整|调整后|全年|预计)?(?:预算|执行|决算|完成)?(?:数|额|情况)?(?:相比|比较|对比)?(?=[增变%差]|$)"
)
_FISCAL_FUNDS = frozenset({"general", "gov_fund", "state_capital"})
_UNIT_IN_HEADER = re.compile(r"[(（]\s*(?:单位[:：])?\s*(万元|元|千元|亿元|百万元|%|％)\s*[)）]")


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the vocabulary; see the head of ``vocabulary.toml`` for its fields."""

    point: tuple[tuple[str, str], ...] = ()
    role: str | None = None
    kind: str | None = None
    total: bool = False
    neutral: bool = False
    dimension: str | None = None


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a phrase was understood to name.

    ``point`` holds dimension → value (``year`` is an int, ``"this"`` or ``"last"``); ``left_over`` what no term covers.
    """

    text: str
    point: dict[str, Any] = field(default_factory=dict)
    roles: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    total: bool = False
    unit: str | None = None
    dimension: str | None = None
    left_over: str = ""

    @property
    def understood(self) -> bool:
        return bool(self.text) and not self.left_over


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The terms in a trie (nested dicts by character; the key ``""`` holds the term), and the words of performance targets.

    ``amounts`` are words that only over a column say that it holds amounts, ``project_classes`` those below 项目支出 with the
    topic of each.
    """

    trie: dict[str, Any]
    performance: dict[str, tuple[str, ...]]
    fillers: tuple[str, ...] = ()
    amounts: frozenset[str] = frozenset()
    project_classes: dict[str, str] = field(default_factory=dict)
    target_scope: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def longest(self, text: str, start: int) -> tuple[Term | None, int]:
        """The longest term at ``start`` and where it ends."""
        node: dict[str, Any] | None = self.trie
        best, end = None, start
        for position in range(start, len(text)):
            node = node.get(text[position]) if node is not None else None
            if node is None:
                break
            if "" in node:
                best, end = node[""], position + 1
        return best, end


@lru_cache(maxsize=16384)
def fold(text: str) -> str:
    """The text as compared: full width folded, white space, quotes, brackets and punctuation dropped."""
    return unicodedata.normalize("NFKC", text).translate(_DROPPED)


def expand(pattern: str) -> list[str]:
    """All texts of a pattern with ``[a|b]`` (optional) and ``(a|b)`` (one of); groups do not nest."""
    texts = [""]
    for literal, optional, choice in re.findall(r"([^\[\]()]+)|\[([^\]]*)\]|\(([^)]*)\)", pattern):
        if literal:
            options = [literal]
        elif choice:
            options = choice.split("|")
        else:
            options = ["", *optional.split("|")]
        texts = [text + option for text in texts for option in options]
    return list(dict.fromkeys(texts))


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary that ships with the package. ``FormError`` if the data file has a mistake."""
    text = files("mingzhang.recognition").joinpath("vocabulary.toml").read_text(encoding="utf-8")
    return load_vocabulary(text, "vocabulary.toml")


def load_vocabulary(text: str, name: str) -> Vocabulary:
    """Parse and validate a vocabulary file; ``name`` is what an error calls it."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise FormError("vocabulary-syntax", f"词汇表 {name} 不是合法的 TOML：{error}。请改正后重试。") from error
    trie: dict[str, Any] = {}
    for number, entry in enumerate(data.get("term", []), start=1):
        term = _term(entry, f"{name} 第{number}个词条")
        for pattern in entry["words"]:
            for word in expand(pattern):
                node = trie
                for character in fold(word):
                    node = node.setdefault(character, {})
                node.setdefault("", term)
    performance = {key: tuple(value) for key, value in data.get("performance", {}).items()}
    fillers = tuple(
        sorted((fold(word) for word in data.get("sentences", {}).get("fillers", [])), key=len, reverse=True)
    )
    scope = {
        key: tuple(word for pattern in patterns for word in expand(pattern))
        for key, patterns in data.get("target_scope", {}).items()
    }
    headers = data.get("headers", {})
    classes = headers.get("project_classes", {})
    return Vocabulary(
        trie,
        performance,
        fillers,
        frozenset(fold(word) for pattern in headers.get("amounts", ()) for word in expand(pattern)),
        {fold(word): topic for topic, patterns in classes.items() for each in patterns for word in expand(each)},
        scope,
    )


_TERM_KEYS = {"words", "point", "role", "kind", "total", "neutral", "dimension"}


def _term(entry: dict[str, Any], where: str) -> Term:
    unknown = sorted(set(entry) - _TERM_KEYS)
    if unknown or not entry.get("words"):
        wrong = f"未知的键“{unknown[0]}”" if unknown else "没有 words"
        raise FormError(
            "vocabulary-entry", f"词汇表 {where}有误：{wrong}；允许的键是 {'、'.join(sorted(_TERM_KEYS))}。"
        )
    for dimension, value in entry.get("point", {}).items():
        allowed = members(dimension)
        if dimension not in DIMENSIONS or (allowed is not None and value not in allowed):
            wanted = "、".join(sorted(allowed)) if allowed else "、".join(DIMENSIONS)
            raise FormError(
                "vocabulary-point", f"词汇表 {where}有误：“{dimension} = {value}”不存在；可用的是 {wanted}。"
            )
    return Term(
        point=tuple(entry.get("point", {}).items()),
        role=entry.get("role"),
        kind=entry.get("kind"),
        total=bool(entry.get("total")),
        neutral=bool(entry.get("neutral")),
        dimension=entry.get("dimension"),
    )


@lru_cache(maxsize=16384)
def parse_phrase(text: str) -> Phrase:
    """A header phrase or row label as a chain of terms; whatever no term covers is in ``left_over``."""
    return _read(text, scan=False)


@lru_cache(maxsize=1024)
def scan_title(text: str) -> Phrase:
    """The terms that stand anywhere in a title; unknown words (an agency's name) are passed over."""
    return _read(text, scan=True)


@lru_cache(maxsize=4096)
def strange_characters(text: str) -> str:
    """The characters of a sentence's subject that neither the terms nor the fillers of sentences cover."""
    words = vocabulary()
    folded = fold(text)
    left: list[str] = []
    position = 0
    while position < len(folded):
        _, term_end = words.longest(folded, position)
        _, year_end = _year(folded, position)
        filler = next((w for w in _fillers().get(folded[position], ()) if folded.startswith(w, position)), "")
        end = max(term_end, year_end, position + len(filler))
        if end == position:
            left.append(folded[position])
            end += 1
        position = end
    return "".join(left)


@lru_cache(maxsize=1)
def _fillers() -> dict[str, tuple[str, ...]]:
    """The fillers of sentences by their first character, the longest first."""
    found: dict[str, list[str]] = {}
    for word in vocabulary().fillers:
        if word:
            found.setdefault(word[0], []).append(word)
    return {first: tuple(words) for first, words in found.items()}


def _read(text: str, *, scan: bool) -> Phrase:
    words = vocabulary()
    unit_match = _UNIT_IN_HEADER.search(unicodedata.normalize("NFKC", text))
    unit = unit_match[1].replace("％", "%") if unit_match else None
    stripped = _UNIT_IN_HEADER.sub("", unicodedata.normalize("NFKC", text))
    folded = fold(stripped)
    if not scan:
        folded = _COMPARED.sub("比上年", folded)
    point: dict[str, Any] = {}
    roles: list[str] = []
    kinds: list[str] = []
    total = False
    dimension: str | None = None
    left_over: list[str] = []
    stages = False
    position = 0
    while position < len(folded):
        term, end = words.longest(folded, position)
        year, year_end = _year(folded, position)
        if year is not None and year_end >= end:
            point.setdefault("year", year)
            position = year_end
            continue
        if term is None:
            left_over.append(folded[position])
            position += 1
            continue
        for name, value in term.point:
            if name == "stage" and point.get(name, value) != value:
                stages = True
            narrowed = name in point and (
                (point[name] == "fiscal" and value in _FISCAL_FUNDS)
                or (name == "topic" and value in ancestors("topic", point[name]))  # A、B、C（三公经费）: all of them
            )
            if scan and name in point and not narrowed:
                continue
            point[name] = value
        roles += [term.role] if term.role else []
        kinds += [term.kind] if term.kind else []
        total = total or term.total
        dimension = term.dimension or dimension
        position = end
    if stages and "measure" not in point:
        left_over.append("/")  # 预算数决算数 names two columns: which of them is meant is not known
    return Phrase(text, point, tuple(roles), tuple(kinds), total, unit, dimension, "" if scan else "".join(left_over))


def _year(text: str, position: int) -> tuple[int | str | None, int]:
    if text[position] not in _YEAR_STARTS:
        return None, position
    match = _YEAR.match(text, position)
    if match is not None:
        return int(match[0][:4]), match.end()
    for word, value in _RELATIVE_YEARS.items():
        if text.startswith(word, position):
            return value, position + len(word)
    return None, position
