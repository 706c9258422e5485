"""Claims in sentences: stated amounts with unit and subject, and comparisons with the year before.

A claim is an observation like a table's cell: ``增加23.83万元`` is one at the point whose ``measure`` is ``change``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from mingzhang.cube.amount import Amount, parse_amount, unit_named
from mingzhang.cube.disclosure import Observation, Unread
from mingzhang.cube.point import DIMENSIONS, Point
from mingzhang.documents.model import Line
from mingzhang.recognition.headings import LIST_LEVEL, heading_of
from mingzhang.recognition.numbers import THRESHOLD, NumberToken, numbers_in, unread_numbers
from mingzhang.recognition.subjects import subject_of
from mingzhang.recognition.tables import Context
from mingzhang.recognition.vocabulary import scan_title

_UNIT = re.compile(r"\s*(亿元|百万元|万元|千元|元|%|％)(?!\s*[/／])")
# What stands right before digits that are only the end of a number, the end of a range, or a number with a sign.
_CUT = re.compile(r"(?:[\d,，.．]\s*|[-−－–—~～]\s*)\Z")
_AVERAGE = re.compile(r"人均|每人|每月|每户|每亩")
_COMPARED_AMOUNT = re.compile(r"(?:比|较|与|同)\s*(?:(?:19|20)\d\d\s*年|上年|去年)[^，。；：]*\Z")
_CLAUSE_END = re.compile(r"[；。：！？;:!?]|(?<!\d)[,，]|[,，](?!\d)")
_SENTENCE_END = re.compile(r"[。！？!?]")
_UP = "增加|增长|上升|提高|增幅"
_DOWN = "减少|下降|降低|压减|压缩|减幅|降幅|核减"
_CHANGE = re.compile(rf"(?P<up>{_UP})|(?P<down>{_DOWN})")
_EVEN = re.compile(r"持平|无增减变化|无变化|没有变化|保持不变|一致(?=[，。；]|$)")
_COMPARED = re.compile(
    r"(?:比|较|与|同)\s*(?P<year>(?:(?:19|20)\d\d\s*年度?)|上年度?|去年)(?P<of>[^，。；：]{0,8}?)(?:相比|比)?(?=增|减|下|上升|提|持|降|压|无|没|保|[，。；]|$)"
)
_SHARE = re.compile(r"占")
_COMPLETED = re.compile(r"完成")
_LONGEST_HEADING = 120
_OPENS_LIST = re.compile(r"(?:如下|包括)[：:]?\s*\Z|[：:]\s*\Z")
_LIST_WORDS = re.compile(
    r"主要内容|具体情况|具体|情况|内容|用途|构成|如下|按功能分类科目|按支出功能分类科目?|分别|主要用于以下方面|[：:]"
)
_OF_WHICH = re.compile(r"其中|包括")
_STAGES = {"预算": "budget", "执行": "executed", "决算": "final", "完成": "executed"}


@dataclass(frozen=True, slots=True)
class _Clause:
    start: int
    text: str
    closes_sentence: bool
    after_colon: bool = False


def _clauses(text: str) -> Iterator[_Clause]:
    start = 0
    colon = False
    for match in _CLAUSE_END.finditer(text):
        yield _Clause(start, text[start : match.start()], bool(_SENTENCE_END.match(match[0])), colon)
        start, colon = match.end(), match[0] in "：:"
    if start < len(text):
        yield _Clause(start, text[start:], True, colon)


@dataclass(slots=True)
class ClaimReader:
    """Reads the narrative line by line; keeps the headings that govern what follows.

    ``places`` gives for each observation the index of its line and its offset there.
    """

    context: Context
    observations: list[Observation] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    _headings: dict[int, dict[str, Any] | None] = field(default_factory=dict)
    _line: int = -1

    def read(self, line: Line) -> None:
        """Every number of the line becomes an observation or is listed unread."""
        self._line += 1
        taken: set[int] = set()
        self._enter_heading(line.text)
        sentence = _Sentence(self, line, taken)
        for clause in _clauses(line.text):
            sentence.clause(clause)
        self._enter_list(line.text)
        self.unread += unread_numbers(line.text, line, line.source, taken)

    def governing(self) -> dict[str, Any] | None:
        """What the headings above say of the subject, the nearest winning; ``None`` if the nearest is not understood."""
        point: dict[str, Any] = {}
        nearest: dict[str, Any] | None = {}
        for level in sorted(self._headings):
            nearest = self._headings[level]
            if nearest is not None:
                point.update(nearest)
        return None if nearest is None else point

    def above(self) -> str | None:
        """The function code that the headings name, if any."""
        code = (self.governing() or {}).get("function")
        return code if isinstance(code, str) else None

    def _enter_heading(self, text: str) -> None:
        heading = heading_of(text)
        if heading is None:
            return
        level, words = heading.level, heading.words
        self._headings = {depth: point for depth, point in self._headings.items() if depth < level}
        known = None
        if len(words) <= _LONGEST_HEADING and not any(True for _ in _money_in(words)):
            known = subject_of(words, self.context.agency, self.above())
        self._headings[level] = known

    def _enter_list(self, text: str) -> None:
        """…情况如下：the subject of such a sentence governs the numbered lines that follow it."""
        if not _OPENS_LIST.search(text) or heading_of(text) is not None:
            return
        words = re.split(r"[，。；：,;]", text.rstrip("：:"))
        named = next(
            (
                point
                for part in reversed(words)
                if (point := subject_of(_LIST_WORDS.sub("", part), self.context.agency))
            ),
            None,
        )
        if named:
            self._headings = {depth: point for depth, point in self._headings.items() if depth <= LIST_LEVEL - 1}
            self._headings[LIST_LEVEL] = named


def _money_in(text: str) -> Iterator[NumberToken]:
    return (token for token in numbers_in(text) if _UNIT.match(text, token.end))


@dataclass(slots=True)
class _Sentence:
    """The state within a sentence: what was last spoken of, and what 其中 divides."""

    reader: ClaimReader
    line: Line
    taken: set[int]
    head: dict[str, Any] | None = None
    latest: dict[str, Any] | None = None
    divided: bool = False
    lost: bool = False
    parts: int = 0
    outer: dict[str, Any] | None = None
    said: frozenset[str] = frozenset()

    def _subject(self, text: str) -> dict[str, Any] | None:
        return subject_of(text, self.reader.context.agency, self.reader.above())

    def clause(self, clause: _Clause) -> None:
        if clause.text.lstrip().startswith((")", "）")) and self.outer is not None:
            # A（其中B）比上年…: past the bracket it is A again that is spoken of.
            self.latest, self.outer = self.outer, None
            self.lost = False
        if _OF_WHICH.match(clause.text.strip()) or (clause.after_colon and self.latest is not None):
            if self.divided and self.latest is not None and self.parts == 1:
                # 其中A…，其中：what follows divides A.
                self.head = self.latest
            self.divided, self.parts = self.head is not None, 0
        begin = 0
        for token in numbers_in(clause.text):
            unit = _UNIT.match(clause.text, token.end)
            if unit is None or token.overlong or THRESHOLD.match(clause.text, token.end):
                continue
            before = clause.text[begin : token.start]
            if not _CUT.search(before) and not _AVERAGE.search(before):
                self._number(clause, before, token, unit[1].replace("％", "%"))
            begin = unit.end()
        self._even(clause, clause.text[begin:])
        if clause.closes_sentence:
            self.head = self.latest = None
            self.divided = self.lost = False

    def _number(self, clause: _Clause, before: str, token: NumberToken, unit_name: str) -> None:
        unit = unit_named(unit_name)
        change = None
        for found in _CHANGE.finditer(before):
            change = found
        if change is not None and before[change.end() :].strip(" 了为约") == "":
            point = self._changed(before[: change.start()])
            if point is None:
                return
            measure = "change" if unit.is_money else "change_rate"
            amount = parse_amount(token.text, unit)
            if change["down"]:
                amount = Amount(amount.printed, unit, -amount.value, amount.decimals)
            self._observe(clause, token, amount, {**point, "measure": measure})
        elif unit.is_money:
            point = self._stated(before)
            if point is not None:
                self._observe(clause, token, parse_amount(token.text, unit), point)

    def _stated(self, before: str) -> dict[str, Any] | None:
        """The point of a stated amount: its own subject, within what 其中 divides, under the headings."""
        own = self._subject(before)
        self.said = frozenset(own or ())
        phrase = scan_title(before)
        governing = self.reader.governing()
        if own is None:
            # Not understood: what is compared next is not known either.
            self.latest, self.lost = None, True
            return None
        if self.divided and self.head is not None:
            point = {**self.head, **own}
        elif own.keys() <= {"flow"} and governing is None and self.head is None:
            # 支出决算为… under an item whose name was not understood: it is that item's, not the total.
            self.latest, self.lost = None, True
            return None
        elif (not own or (governing is None and own.keys() <= {"flow"})) and self.head is not None:
            # 2024年预算安排…: the same subject, of another year or stage.
            point = {name: value for name, value in self.head.items() if name not in ("year", "stage")}
        elif own:
            point = _under(governing or {}, own)
        elif governing:
            point = dict(governing)
        else:
            self.latest, self.lost = None, True
            return None
        speaking = (self.latest or {}).get("topic")
        if speaking == "performance" and "topic" not in own:
            point = {**(self.latest or {}), **own}
        elif (governing or {}).get("topic") == "performance" and "topic" not in own:
            # Targets of some projects, of the whole unit, of evaluations: the sums under this heading differ in scope.
            self.latest, self.lost = None, True
            return None
        self.lost = False
        for name in ("year", "stage"):
            if name in phrase.point:
                point[name] = phrase.point[name]
        if self.outer is None and before.count("(") + before.count("（") > before.count(")") + before.count("）"):
            self.outer = self.latest
        self.latest = point
        self.parts += 1
        if _COMPARED_AMOUNT.search(before):
            # 较上年预算数1002.18万元增加480.16万元: what follows is of this year again.
            self.latest = {name: value for name, value in point.items() if name != "year"}
        elif not self.divided:
            self.head = point
        return point

    def _changed(self, before: str) -> dict[str, Any] | None:
        """The point that a comparison speaks of; ``None`` if it is not with the year before, or of nothing known."""
        compared = _COMPARED.search(before)
        subject = before[: compared.start()] if compared is not None else before
        if compared is not None and not self._is_last_year(compared["year"]):
            return None
        stage = next((value for word, value in _STAGES.items() if compared and word in compared["of"]), None)
        own = self._subject(subject)
        if own is None or (not own and self.lost):
            return None
        if own:
            within = self.latest or self.head
            base: dict[str, Any] = {name: within[name] for name in ("fund", "flow") if name in within} if within else {}
            point = {**_under(self.reader.governing() or {}, own), **{k: v for k, v in base.items() if k not in own}}
            if "topic" in own or "topic" in (self.reader.governing() or {}):
                point = _under(self.reader.governing() or {}, own)
        elif self.latest is not None:
            point = dict(self.latest)
        elif governing := self.reader.governing():
            point = dict(governing)
        else:
            return None
        if stage is not None and stage != (point.get("stage") or self.reader.context.stage):
            # Against another stage of last year (执行数): not the same quantity a year apart; kept apart by its name.
            point["stage"] = stage
        return point

    def _is_last_year(self, words: str) -> bool:
        digits = re.match(r"\d{4}", words)
        return digits is None or self.reader.context.year is None or int(digits[0]) == self.reader.context.year - 1

    def _even(self, clause: _Clause, text: str) -> None:
        found = _EVEN.search(text)
        if found is None or not (_COMPARED.search(text) or "持平" in found[0]):
            return
        point = self._changed(text[: found.start()])
        if point is None:
            return
        start = clause.start + len(clause.text) - len(text) + found.start()
        token = NumberToken(found[0], start - clause.start, start - clause.start + len(found[0]))
        amount = Amount(found[0], unit_named("万元"), Decimal(0), 2)
        self._observe(clause, token, amount, {**point, "measure": "change"})

    def _observe(self, clause: _Clause, token: NumberToken, amount: Amount, point: dict[str, Any]) -> None:
        context = self.reader.context
        values = {"year": context.year, "stage": context.stage, **point}
        if values.get("year") == "this":
            values["year"] = context.year
        elif values.get("year") == "last":
            values["year"] = context.year - 1 if context.year is not None else None
        named = {name: value for name, value in values.items() if name in DIMENSIONS and value is not None}
        start = clause.start + token.start
        source = self.line.source_at(start, clause.start + token.end)
        label = unicodedata.normalize("NFKC", clause.text.strip())[:40]
        self.reader.observations.append(
            Observation(Point(**named), amount, source, "text", label=label, unsaid=_unsaid(named, self.said))
        )
        self.reader.places.append((self.reader._line, start))
        self.taken.add(start)


def _unsaid(named: dict[str, Any], said: frozenset[str]) -> frozenset[str]:
    """The dimensions on which the sentence itself is silent: its fund, and whether what was carried over counts."""
    silent = set()
    if "topic" not in named and "fund" not in said:
        silent.add("fund")
    if named.get("flow") in ("income", "expenditure"):
        silent.add("flow")
    return frozenset(silent)


def _under(governing: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """A subject under its headings: a heading's topic or fund holds unless the sentence names its own."""
    point = {**governing, **own}
    if ("topic" in own and own["topic"] != governing.get("topic")) or (
        "topic" in governing and "topic" not in own and ({"flow", "nature", "function"} & own.keys())
    ):
        point = dict(own)
    if "nature" in point and point.get("flow") in ("sources", "uses", "income"):
        point["flow"] = "expenditure"
    return point
