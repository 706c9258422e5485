"""What a sentence speaks of: the subject before a number, understood wholly or not at all.

A subject of which a word is not understood (主要用于…, 某项目…) may be narrower than it looks: it names no point.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mingzhang.classification import by_name
from mingzhang.classification.catalogue import entries
from mingzhang.classification.entry import DIMENSIONS, Dimension, Level
from mingzhang.recognition.columns import SCOPES
from mingzhang.recognition.phrases import stage_in
from mingzhang.recognition.vocabulary import scan_title, strange_characters

_LEADING = re.compile(
    r"^(?:其中|主要包括|包括|主要是|一是|二是|三是|[一二三四五六七八九十]、|[(（][一二三四五六七八九十\d]+[)）]|\d+[.、．]|[:：、\s])+"
)
_YEAR = re.compile(r"(?:19|20)\d\d\s*年度?|本年度?|今年|当年")
_LEVELS = "类款项"
_MASKED = re.compile(r"[*×○□█]{2}")  # ××支出: the name is withheld
_PATH_PART = re.compile(
    r"[“\"]?(?P<name>(?:[^“”\"()，。；：、]|\((?![类款项]\))[^()，。；：、]{1,12}\)){2,40}?)[”\"]?"
    r"[(\[](?P<level>[类款项])[)\]](?:支出)?"
)
_LEVEL = re.compile(r"[(\[][类款项][)\]]")  # without one, a text is searched for no path
_CODED = re.compile(r"\(?(?P<code>[23]\d\d(?:\d\d){0,2})\)?[-－—–:：.\s]*(?P<name>[^\d，。；：]{2,40})\Z")
_QUOTED = re.compile(r"^[“\"](?P<name>[^“”\"]{2,40})[”\"](?:科目|支出)?(?:支出|预算|安排|预算数)*$")
# 教育支出类科目: the 类 of that name.
_CLASS_TAIL = re.compile(r"(?<=支出)(?:\(类\)|类)(?:科目|支出)?(?:支出|预算)*\Z")
# 教育支出预算: what is planned of the class.
_PLANNED_TAIL = re.compile(r"(?<=[\u4e00-\u9fff]{2}支出)(?:预算|决算|安排)数?[为是]?\Z")
# 一般公共预算中三公经费支出: what is within the other is spoken of.
_WITHIN = re.compile(
    r"\A(?P<whole>[^中]{2,}(?:预算|决算|支出|收入|费用?|经费|拨款))中[,，]?(?:包?含|包括)?(?P<part>[^中]{2,})\Z"
)
_TAIL = re.compile(r"(?:支出|预算|安排|决算|经费|涉及|财政拨款|财拨|资金|总额|金额|数|为|约)+\Z")
# 某局机关运行经费: a short name of the agency before what is spoken of, with the units that it heads.
_AGENCY_LEAD = re.compile(
    r"(?P<name>[\u4e00-\u9fff()·]{2,40}?(?:局|委|委员会|办公室|办公厅|厅|院|中心|处|校|所|站|队|部|会|署|大学|学院|学校|中学|小学|馆|园|台|政府|街道|镇|乡))"
    r"(?:\(部门\)|\(本级\)|本级|机关|部门)?(?:所属)?(?:各单位)?"
    r"(?=(?:19|20)\d\d年|政府采购|机关运行|财政拨款|一般公共|“?三公|收入|支出|委托业务|国有资本|政府性基金|因公|公务|会议费|培训费|总"
    r"|安排|基本支出|项目支出|本年|上年|当年|全年|年初|预算|公用经费|人员经费)"
)
_NOTES = re.compile(
    r"\((?:以[^()]{1,16}为准|含[^()]{1,12}|不含[^()]{1,12}|下同|上一年度,下同)\)|(?:\(部门\))?下属\d+家[^,。;]{0,40}?单位"
)
# Topics that are disclosed for one scope only: whether a sentence or title names its fund, it is the same amount.
_WITHOUT_FUND = frozenset({"three_public", "agency_running", "meeting", "training"})
_DIMENSIONS = ("flow", "fund", "function", "object", "nature", "staffing", "topic", "purchase")
_WITH_PATH = ("fund", "nature", "staffing")
_MOMENT = frozenset({"year", "stage"})
_MOST_STRANGE = 1
_LONGEST_NAME = 40
_SHORTEST_CLASS = 4
_PLACE = r"(?:[\u4e00-\u9fff]{2,9}?(?:省|市|自治区|自治州|州|盟|地区|县|区)){0,2}"
# 某区2016年一般公共预算…, 2017年全县…: where the text is that of a place, whose name its sentences repeat.
_WHOLE_PLACE = re.compile(
    r"\A(?P<year>(?:(?:19|20)\d\d年(?:度)?)?)(?:全(?:省|市|县|区|州|旗|镇|乡)|[\u4e00-\u9fff]{1,6}?(?:省|市|县|区|州|旗))(?:本级)?"
    r"(?P<dated>(?:(?:19|20)\d\d年(?:度)?)?)(?=一般公共|财政|“?三公|预算|决算|收入|支出|总)"
)
_A_PLACE = re.compile(r"[\u4e00-\u9fff]{1,8}(?:省|市|县|区|州|旗|镇|乡)")
_AND = re.compile(r"[、和与及]")
_APART = ("nature", "fund")


def subject_of(text: str, agency: str | None = None, above: str | None = None) -> dict[str, Any] | None:
    """The part of the cube that a subject names, without year and stage; ``{}`` if it is empty, ``None`` if unclear.

    ``above`` is the function code of the heading that the sentence stands under, for paths that begin below 类.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if _MASKED.search(plain):
        return None
    if agency:
        plain = _named(agency).sub("", plain)
    plain = _NOTES.sub("", _LEADING.sub("", plain)).strip()
    if not agency or _A_PLACE.fullmatch(agency):
        plain = _WHOLE_PLACE.sub(r"\g<year>\g<dated>", plain)
    plain = _within(_without_agency(plain, agency))
    path = _function_path(plain, above)
    if path is not None:
        return path or None
    if (coded := _coded(plain)) is not None:
        return coded
    bare = _PLANNED_TAIL.sub("", _CLASS_TAIL.sub("", _YEAR.sub("", plain).strip(" ，,：:")))
    quoted = _QUOTED.match(bare)
    if (named_class := _class_named(bare)) is not None:
        return {"flow": "expenditure", **named_class}
    if (spent_on := object_named(bare, "类")) is not None and _function_named(bare, 3) is None:
        return {"flow": "expenditure", "object": spent_on}
    if quoted is not None or (bare.endswith("支出") and len(bare) <= 20):
        code = _function_named(quoted["name"] if quoted is not None else bare, 3)
        if code is not None:
            return {"flow": "expenditure", "function": code}
        if quoted is not None and "三公" not in bare:
            return None
    if len(strange_characters(plain)) > _MOST_STRANGE:
        named = object_named(_TAIL.sub("", bare))
        return None if named is None else {"flow": "expenditure", "object": named}
    return _point(plain, bare)


def fund_spoken_of(words: str) -> dict[str, Any] | None:
    """The fund and the side that words name among others (一般公共预算支出与年初预算的差异); ``None`` without just one."""
    plain = unicodedata.normalize("NFKC", words)
    point = scan_title(plain).point
    if "fund" not in point or "topic" in point or _names_several(plain):
        return None
    return {name: point[name] for name in ("flow", "fund") if name in point}


def moment_in(words: str) -> dict[str, Any]:
    """The year and stage that words name. What stands in the name of a class (案件执行, 预算改革业务) is no stage."""
    point = scan_title(_dated_names().sub("", unicodedata.normalize("NFKC", words))).point
    return {name: point[name] for name in _MOMENT if name in point}


def accounts_in(heading: str, year: int | None) -> dict[str, Any] | None:
    """Year and stage, where a heading in the budget of a year says that last year's accounts follow; else ``None``."""
    moment = moment_in(heading)
    if moment.get("stage") != "final" or "预算" in re.sub("公共预算|基金预算|经营预算", "", heading):
        return None
    return None if moment.get("year") in ("this", year) else {"year": "last", **moment}


@lru_cache(maxsize=1)
def _dated_names() -> re.Pattern[str]:
    """The names of classes in which the words of a stage stand."""
    names = {
        unicodedata.normalize("NFKC", entry.name)
        for dimension in DIMENSIONS
        for entry in entries(dimension)
        if stage_in(entry.name) is not None and not _MOMENT.isdisjoint(scan_title(entry.name).point)
    }
    return re.compile("|".join(map(re.escape, sorted(names, key=lambda name: (-len(name), name)))) or r"(?!)")


@lru_cache(maxsize=64)
def _named(agency: str) -> re.Pattern[str]:
    """The agency's name, and the same with the place that it belongs to before it (某省某市 before 某区某局)."""
    return re.compile(_PLACE + re.escape(unicodedata.normalize("NFKC", agency)))


def _within(text: str) -> str:
    found = _WITHIN.match(text)
    if found is None:
        return text
    return found["part"] if "topic" in scan_title(found["part"]).point else found["whole"] + found["part"]


def _without_agency(text: str, agency: str | None) -> str:
    """The text without a short form of the agency's name at its head; another unit's name stays, and is not understood."""
    dated = _YEAR.match(text)
    start = dated.end() if dated is not None else 0
    match = _AGENCY_LEAD.match(text, start)
    if match is None or agency is None:
        return text
    full = iter(unicodedata.normalize("NFKC", agency))
    if all(character in full for character in match["name"]):
        return text[:start] + text[match.end() :]
    return text


def _point(plain: str, bare: str) -> dict[str, Any] | None:
    if _names_several(plain):
        return None
    phrase = scan_title(plain)
    point = {name: phrase.point[name] for name in _DIMENSIONS if name in phrase.point}
    if point.get("topic") in SCOPES:
        point.pop("topic")  # 一般公共预算当年拨款: sentences say so of tables that take in what was carried over
        if not point:
            return None  # 上年结转资金安排: that part alone
    if "topic" in point:
        # 三公经费支出, 政府采购支出: the topic is the scope; 支出 adds nothing to it.
        for name in ("flow", "nature", "staffing"):
            point.pop(name, None)
        if point["topic"] in _WITHOUT_FUND:
            point.pop("fund", None)
    elif "flow" not in point:
        if "nature" in point or "staffing" in point:
            point["flow"] = "expenditure"
        elif "fund" in point and "收入" in bare:
            point["flow"] = "income"
        elif "two_sided" in phrase.kinds and ("总" in bare or "合计" in bare):
            point["flow"] = "sources"  # 收入、支出总计: both sides, which are one amount
    return point


def _names_several(plain: str) -> bool:
    """基本支出和项目支出合计: the sum of several members of a dimension is no one of them."""
    parts = [scan_title(part).point for part in _AND.split(plain)] if _AND.search(plain) else []
    return any(len({part[name] for part in parts if name in part}) > 1 for name in _APART)


@dataclass(frozen=True, slots=True)
class _Part:
    name: str
    level: str
    start: int
    end: int


def _path_parts(text: str) -> list[_Part]:
    """The parts …（类）…（款）…（项） of a path. A name may hold a 、 of its own (在乡复员、退伍军人生活补助)."""
    found: list[_Part] = []
    if _LEVEL.search(text) is None:
        return found
    for match in _PATH_PART.finditer(text):
        name, start = match["name"], match.start()
        before = found[-1].end if found else 0
        if start > before and text[start - 1] == "、":
            longer = text[before : match.end("name")].lstrip('“" ')
            known = by_name("function", longer, level=match["level"])  # type: ignore[arg-type]
            if len(longer) <= _LONGEST_NAME and any(m.exact for m in known):
                name, start = longer, before
        found.append(_Part(name, match["level"], start, match.end()))
    return found


def _function_path(text: str, above: str | None) -> dict[str, Any] | None:
    """The point of a path such as 社会保障和就业支出（类）行政事业单位养老支出（款）…; ``{}`` if it names none, None if no path.

    The words after it may name a fund or a nature (…（项）一般公共预算财政拨款支出).
    """
    parts = _path_parts(text)
    if not parts:
        return None
    code = _code_of(parts, above)
    rest = "".join(text[left:right] for left, right in _between(parts, len(text))).strip()
    rest = re.sub(r"^[“”\"]|科目|[“”\"]$|[“”\"]", "", rest)
    if not code or len(strange_characters(rest)) > _MOST_STRANGE:
        return {}
    said = scan_title(rest).point
    return {"flow": "expenditure", "function": code} | {name: said[name] for name in _WITH_PATH if name in said}


def _between(parts: list[_Part], end: int) -> Iterator[tuple[int, int]]:
    at = 0
    for part in parts:
        yield at, part.start
        at = part.end
    yield at, end


def _code_of(parts: list[_Part], above: str | None) -> str | None:
    code: str | None = None
    for part in parts:
        depth = _LEVELS.index(part.level)
        within = code
        if within is None and depth > 0 and above is not None:
            within = above[: 1 + 2 * depth] if len(above) >= 1 + 2 * depth else None
        if depth > 1 and within is None:
            return _unique(part.name, depth, None)
        code = _unique(part.name, depth, within)
        if code is None and (part is parts[-1] or depth == 0):
            return None
        if code is None:
            code = within  # a wrong 款 between a 类 and an 项 that it has once only
    return code


def path_names(text: str) -> tuple[str, ...]:
    """The names of 类, 款 and 项 as a path prints them; empty if the words are no path."""
    plain = unicodedata.normalize("NFKC", text).strip()
    return tuple(part.name for part in _path_parts(_LEADING.sub("", plain)))


def function_of(text: str, above: str | None = None) -> str | None:
    """The function code that words name as a path or as a quoted subject, if they name one."""
    code = (subject_of(text, above=above) or {}).get("function")
    return code if isinstance(code, str) else None


def _unique(name: str, depth: int, within: str | None) -> str | None:
    """The one function code of that name at the depth (0 类, 1 款, 2 项), below ``within``."""
    matches = by_name("function", _LEADING.sub("", name), level=_LEVELS[depth])  # type: ignore[arg-type]
    kept = [m for m in matches if within is None or m.entry.code.startswith(within)]
    exact = [m for m in kept if m.exact]
    chosen = exact or kept
    if len({m.entry.code for m in chosen}) > 1:
        chosen = [m for m in chosen if m.entry.status == "verified" and m.entry.valid_to is None] or chosen
    codes = {m.entry.code for m in chosen}
    return codes.pop() if len(codes) == 1 else None


def _coded(text: str) -> dict[str, Any] | None:
    """2010301-行政运行: the code, if it bears the name."""
    match = _CODED.match(text)
    if match is None:
        return None
    dimension: Dimension = "function" if match["code"].startswith("2") else "object"
    name = _TAIL.sub("", match["name"])
    known = {m.entry.code for m in (*by_name(dimension, match["name"].strip()), *by_name(dimension, name))}
    return {"flow": "expenditure", dimension: match["code"]} if match["code"] in known else None


@lru_cache(maxsize=2048)
def object_named(name: str, level: Level = "款") -> str | None:
    """The economic class of that name, if the words are nothing else."""
    codes = {m.entry.code for m in by_name("object", name, level=level) if m.exact and m.entry.valid_to is None}
    return codes.pop() if len(codes) == 1 else None


@lru_cache(maxsize=2048)
def _class_named(words: str) -> dict[str, str] | None:
    """一般公共服务 without 支出: the 类 of that name, if it is long enough to be nothing else."""
    if len(words) < _SHORTEST_CLASS or words.endswith("支出") or "fund" in scan_title(words).point:
        return None  # 国有资本经营预算 is a fund
    codes = {m.entry.code for m in by_name("function", f"{words}支出", level="类") if m.exact}
    return {"function": codes.pop()} if len(codes) == 1 else None


@lru_cache(maxsize=2048)
def _function_named(name: str, length: int) -> str | None:
    matches = by_name("function", name)
    exact = [m for m in matches if m.exact] or list(matches)
    codes = {m.entry.code for m in exact}
    classes = {code for code in codes if len(code) == length}
    chosen = classes or codes
    return chosen.pop() if len(chosen) == 1 else None


def under(governing: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """A subject under its headings: a heading's topic or fund holds unless the sentence names its own."""
    point = {**governing, **own}
    if governing.get("topic") == "procurement" and "topic" not in own:
        return point  # 按资金性质：一般公共预算…，上年结转…: what pays for the purchases
    if ("topic" in own and own["topic"] != governing.get("topic")) or (
        "topic" in governing and "topic" not in own and ({"flow", "nature", "function"} & own.keys())
    ):
        point = dict(own)
    if "nature" in point and point.get("flow") in ("sources", "uses", "income"):
        point["flow"] = "expenditure"
    return point
