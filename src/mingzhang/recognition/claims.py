"""The narrative read line by line: the headings and lists that govern a sentence, and the claims that it makes.

A claim is an observation like a table's cell: ``增加23.83万元`` is one at the point whose ``measure`` is ``change``; what
it is said of is a ``Claim``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any

from mingzhang.cube.amount import Amount
from mingzhang.cube.claim import Claim, ClaimKind, Operand
from mingzhang.cube.disclosure import Observation, Unread
from mingzhang.cube.point import DIMENSIONS, UNKNOWN_SCOPE, Point
from mingzhang.documents.model import Line
from mingzhang.recognition.clauses import Clause, clauses_of
from mingzhang.recognition.headings import LIST_LEVEL, announced, heading_of
from mingzhang.recognition.numbers import NumberToken, numbers_in, unread_numbers
from mingzhang.recognition.phrases import UNIT
from mingzhang.recognition.precision import refined_together, units_without_zeros
from mingzhang.recognition.sentences import Paragraph
from mingzhang.recognition.subjects import accounts_in, fund_spoken_of, subject_of
from mingzhang.recognition.titles import Context
from mingzhang.recognition.whole_or_part import Doubt, resolved_doubts

_LONGEST_HEADING = 120
_OPENS_LIST = re.compile(r"(?:如下|包括)[：:]?\s*\Z|[：:]\s*\Z")
_ABOUT = re.compile(r"约|左右|近\s*\d|以上|以内")  # figures that are not told to the last digit
_DIVIDES = re.compile(r"其中[：:]?\s*\Z")
_FARTHEST = 60  # observations back
_SUM = re.compile("合计")
_TOTAL = re.compile("总")  # 收入总计, 支出总额, 总收入: with what is carried over; 收入合计 may be without it
# 总收入, 总支出 of accounts: of the year alone in some, with what was carried over in others.
_EITHER_TOTAL = re.compile("总收入|总支出")
_HEADS_STAGE = re.compile(r"决算|预算")
_LIST_WORDS = re.compile(
    r"主要内容|具体情况|具体|情况|内容|用途|构成|如下|按功能分类科目|按支出功能分类科目?|分别|主要用于以下方面|[：:]"
)
_NOT_UNDERSTOOD = "没有认出这个数说的是什么"


@dataclass(slots=True)
class ClaimReader:
    """Reads the narrative line by line; keeps the headings that govern what follows.

    ``places`` gives for each observation the index of its line and its offset there; the operands of ``claims`` index
    the observations. ``finish`` drops what turned out to be said of nothing that is known.
    """

    context: Context
    observations: list[Observation] = field(default_factory=list)
    places: list[tuple[int, int]] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    _wholes: dict[int, int] = field(default_factory=dict)
    _headings: dict[int, dict[str, Any] | None] = field(default_factory=dict)
    _divided: dict[int, str] = field(default_factory=dict)
    _accounts: dict[int, dict[str, Any] | None] = field(default_factory=dict)
    _line: int = -1
    _doubts: list[Doubt] = field(default_factory=list)
    _rough: set[int] = field(default_factory=set)
    _scopes: int = 0

    def read(self, line: Line) -> None:
        """Every number of the line becomes an observation or is listed unread."""
        self._line += 1
        if _ABOUT.search(line.text):
            self._rough.add(self._line)
        paragraph = Paragraph(self, line, self._enter_heading(line.text))
        for clause in clauses_of(line.text):
            paragraph.clause(clause)
        paragraph.close()
        self._enter_list(line.text)
        self.unread += unread_numbers(line.text, line, line.source, paragraph.taken)

    def finish(self) -> None:
        """Amounts get their precision; those of a subject that is not in the cube stay only where a claim is made of them."""
        dropping = units_without_zeros(self.observations)
        for number, places in groupby(range(len(self.places)), key=lambda index: self.places[index][0]):
            indices = list(places)
            if number not in self._rough:
                together = slice(indices[0], indices[-1] + 1)
                self.observations[together] = refined_together(self.observations[together], dropping)
        self.observations, self.claims, untied = resolved_doubts(self.observations, self.claims, self._doubts)
        used = {operand for c in self.claims for operand in (c.figure, c.left, c.right) if isinstance(operand, int)}
        kept: dict[int, int] = {}
        for index, observation in enumerate(self.observations):
            known = index not in untied and not (observation.point.agency or "").startswith(UNKNOWN_SCOPE)
            if index in used or known:
                kept[index] = len(kept)
            else:
                self.unread.append(Unread(observation.amount.printed, observation.source, _NOT_UNDERSTOOD, "amount"))
        self.observations = [self.observations[index] for index in kept]
        self.places = [self.places[index] for index in kept]
        self.claims = [moved_claim(claim, kept) for claim in self.claims]

    def governing(self) -> dict[str, Any] | None:
        """What the headings above say of the subject, the nearest winning; ``None`` if the nearest is not understood."""
        point: dict[str, Any] = {}
        nearest: dict[str, Any] | None = {}
        for level in sorted(self._headings):
            nearest = self._headings[level]
            if nearest is not None:
                point.update(nearest)
        return None if nearest is None else point

    def accounts(self) -> dict[str, Any]:
        """Year and stage of last year's accounts, where the headings of a budget say so (上年决算情况); else empty."""
        said = next((self._accounts[level] for level in sorted(self._accounts, reverse=True)), None)
        return {} if said is None else said

    def under_section(self) -> bool:
        """Whether the nearest heading is that of a section, not of an item of a list."""
        return max(self._headings, default=0) < LIST_LEVEL

    def divided_nature(self) -> str | None:
        """项目支出…其中： over a list: the nature that its items are parts of, if one of the headings is so divided."""
        return self._divided[max(self._divided)] if self._divided else None

    def wholes(self, numbered: int | None) -> Iterator[int]:
        """What a share that names no whole may be of, likeliest first: the sums stated above it, the nearest inner first.

        ``numbered`` is the level of the line's own number: its neighbours in the list are no wholes of it.
        """
        depth = max(self._headings, default=0) if numbered is None else numbered - 1
        outer = sorted((level for level in self._wholes if level <= depth), reverse=True)
        further = sorted(level for level in self._wholes if level > depth and numbered is None)
        yield from (self._wholes[level] for level in (*outer, *further))

    def section_whole(self, part: Point) -> int | None:
        """What the section before states of all classes, where a class has a share of no named whole (…结构情况)."""
        if part.function is None:
            return None
        whole = part.without("function")
        stated = reversed(range(max(0, len(self.observations) - _FARTHEST), len(self.observations)))
        return next((index for index in stated if self.observations[index].point == whole), None)

    def state_whole(self, index: int, numbered: int | None) -> None:
        """What a line states first is the whole of a list whose members stand on lines of their own."""
        self._wholes[max(self._headings, default=0) if numbered is None else numbered] = index

    def above(self) -> str | None:
        """The function code that the headings name, if any."""
        code = (self.governing() or {}).get("function")
        return code if isinstance(code, str) else None

    def unknown_scope(self) -> dict[str, Any]:
        """A subject that is not in the cube: a scope of its own, tied to no other."""
        self._scopes += 1
        return {"agency": f"{UNKNOWN_SCOPE}text{self._scopes}"}

    def resolved(self, point: dict[str, Any]) -> Point:
        """The point with this year's and last year's numbers, and the document's stage where none is said."""
        context = self.context
        values = {"year": context.year, "stage": context.stage, **point}
        if values.get("year") == "this":
            values["year"] = context.year
        elif values.get("year") == "last":
            values["year"] = context.year - 1 if context.year is not None else None
        return Point(**{name: value for name, value in values.items() if name in DIMENSIONS and value is not None})

    def observe(
        self,
        line: Line,
        clause: Clause,
        token: NumberToken,
        amount: Amount,
        point: Point,
        said: frozenset[str],
        by_custom: bool = False,
    ) -> int:
        """Add an observation at the token's place; its index. ``said``: the dimensions of the point that the sentence names."""
        start = clause.start + token.start
        source = line.source_at(start, clause.start + token.end)
        label = unicodedata.normalize("NFKC", clause.text.strip())[:40]
        seen = Observation(
            point,
            amount,
            source,
            "text",
            label=label,
            unsaid=_unsaid(point, said, clause.text[: token.start]),
            by_custom=by_custom,
        )
        self.observations.append(seen)
        self.places.append((self._line, start))
        return len(self.observations) - 1

    def claim(
        self,
        kind: ClaimKind,
        figure: int,
        left: Operand,
        right: Operand,
        certain: bool,
        doubt: Doubt | None = None,
        any_budget: bool = False,
    ) -> None:
        """Add what is claimed of two operands; ``doubt``: it may be of another amount than ``left``."""
        if doubt is not None and doubt.part == left:
            if not doubt.claims:
                self._doubts.append(doubt)
            doubt.claims.append(len(self.claims))
        self.claims.append(Claim(kind, figure, left, right, certain, any_budget))

    def _enter_heading(self, text: str) -> int | None:
        heading = heading_of(text)
        if heading is None:
            return None
        level, words = heading.level, announced(heading.words)
        self._headings = {depth: point for depth, point in self._headings.items() if depth < level}
        self._divided = {depth: nature for depth, nature in self._divided.items() if depth < level}
        self._accounts = {depth: moment for depth, moment in self._accounts.items() if depth < level}
        if self.context.stage == "budget" and _HEADS_STAGE.search(words) and len(words) <= _LONGEST_HEADING:
            self._accounts[level] = accounts_in(words, self.context.year)
        if level < LIST_LEVEL:
            self._wholes.clear()
        money = next((token for token in numbers_in(words) if UNIT.match(words, token.end)), None)
        if money is not None:
            words = re.split(r"[，,]", words[: money.start])[0]
        known = None
        if len(words) <= _LONGEST_HEADING:
            known = subject_of(words, self.context.agency, self.above())
            if not known and money is None:
                known = subject_of(_LIST_WORDS.sub("", words), self.context.agency, self.above()) or known
            if known is None and money is None:
                known = fund_spoken_of(words)
        if known is not None and money is not None and not known:
            known = None
        self._headings[level] = known
        if known and isinstance(known.get("nature"), str) and _DIVIDES.search(text):
            self._divided[level] = known["nature"]
        return level

    def _enter_list(self, text: str) -> None:
        """…情况如下：the subject of such a sentence governs the numbered lines that follow it."""
        if not _OPENS_LIST.search(text, max(0, len(text) - 12)) or heading_of(text) is not None:
            return
        words = re.split(r"[，。；：,;]", text.rstrip("：:"))[-20:]
        named = next(
            (
                point
                for part in reversed(words)
                if len(part) <= _LONGEST_HEADING
                and (point := subject_of(_LIST_WORDS.sub("", part), self.context.agency))
            ),
            None,
        )
        if named:
            self._headings = {depth: point for depth, point in self._headings.items() if depth <= LIST_LEVEL - 1}
            self._headings[LIST_LEVEL] = named


def moved_claim(claim: Claim, kept: dict[int, int]) -> Claim:
    """The claim over renumbered observations."""
    left = kept[claim.left] if isinstance(claim.left, int) else claim.left
    right = kept[claim.right] if isinstance(claim.right, int) else claim.right
    return replace(claim, figure=kept[claim.figure], left=left, right=right)


def _unsaid(point: Point, said: frozenset[str], before: str) -> frozenset[str]:
    """The dimensions on which the sentence itself is silent: its fund, and whether what was carried over counts.

    ``before`` are the words before the amount.
    """
    silent = set()
    totals = point.flow in ("sources", "uses") and point.measure == "amount"
    if totals and _SUM.search(before) and not _TOTAL.search(before):
        silent.add("flow")
    if totals and point.stage == "final" and _EITHER_TOTAL.search(before):
        silent.add("flow")
    if (point.agency or "").startswith(UNKNOWN_SCOPE):
        return frozenset(silent)
    if point.topic is None and "fund" not in said:
        silent.add("fund")
    if point.flow in ("income", "expenditure"):
        silent.add("flow")
    return frozenset(silent)
