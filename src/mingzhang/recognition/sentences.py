"""One paragraph of the narrative: what is spoken of, clause by clause, and what each of its numbers says of it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mingzhang.cube.amount import Amount, Unit, parse_amount, unit_named
from mingzhang.cube.claim import Operand
from mingzhang.cube.point import Point
from mingzhang.documents.model import Line
from mingzhang.recognition import phrases
from mingzhang.recognition.clauses import Clause
from mingzhang.recognition.numbers import THRESHOLD, NumberToken, numbers_in
from mingzhang.recognition.phrases import Base
from mingzhang.recognition.subjects import subject_of, under
from mingzhang.recognition.vocabulary import scan_title, strange_characters

if TYPE_CHECKING:
    from mingzhang.recognition.claims import ClaimReader

_WITHIN = ("year", "stage")
_WORDS_BETWEEN = 6  # strange characters after which a number without a subject may be of something else
_LONGEST_SUBJECT = 200
_SEVERAL = 2
_SIDES = {"income": ("income", "sources"), "sources": ("income", "sources"), "expenditure": ("expenditure", "uses")}
_TOTAL = re.compile(r"总计|合计|总额|总预算|总收入|总支出")


@dataclass(slots=True)
class Paragraph:
    """The state within a paragraph: what was last spoken of, what 其中 divides, what is compared with.

    Subjects are parts of points by dimension; ``None`` where nothing understood was named. ``carried`` is what the
    sentence before spoke of, for sentences that only say 与上年相比增加….
    """

    reader: ClaimReader
    line: Line
    numbered: int | None = None  # the level of the line's own number
    taken: set[int] = field(default_factory=set)
    head: dict[str, Any] | None = None
    latest: dict[str, Any] | None = None
    carried: dict[str, Any] | None = None
    divided: bool = False
    lost: bool = False
    parts: int = 0
    outer: dict[str, Any] | None = None
    said: frozenset[str] = frozenset()
    base: Base | None = None
    reason: bool = False
    gap: str = ""
    spoken: dict[Point, int] = field(default_factory=dict)
    last_stated: int | None = None
    head_stated: int | None = None
    first_stated: int | None = None
    shares: int = 0
    listing: bool = False
    parts_compared: bool = False

    def clause(self, clause: Clause) -> None:
        """Read every number of the clause that has a unit, from left to right."""
        stripped = clause.text.strip()
        if stripped.startswith((")", "）")) and self.outer is not None:
            # A（其中B）比上年…: past the bracket it is A again that is spoken of.
            self.latest, self.outer = self.outer, None
            self.lost = False
        if phrases.OF_WHICH.match(stripped) or (clause.after_colon and self.latest is not None and not self.reason):
            if self.divided and self.latest is not None and self.parts == 1:
                # 其中A…，其中：what follows divides A.
                self.head, self.head_stated = self.latest, self.last_stated
            self.divided, self.parts = self.head is not None, 0
            self.listing = True
            self.reason = self.parts_compared = False
        begin = 0
        for token in numbers_in(clause.text):
            unit = phrases.UNIT.match(clause.text, token.end)
            if unit is None or token.overlong or THRESHOLD.match(clause.text, token.end):
                continue
            before = clause.text[max(begin, token.start - _LONGEST_SUBJECT) : token.start]
            self.reason = self.reason or phrases.REASON.search(before) is not None
            if not phrases.CUT.search(before[-3:]) and not phrases.AVERAGE.search(before[-12:]):
                self._number(clause, before, token, unit_named(unit[1].replace("％", "%")))
            begin = unit.end()
        rest = clause.text[begin : begin + 2 * _LONGEST_SUBJECT]
        self._even(clause, rest, begin)
        self._between(clause, rest)

    def _between(self, clause: Clause, rest: str) -> None:
        """What stands between numbers: 与上年相比，…; a reason; other words that may be the subject of what follows."""
        self.reason = self.reason or phrases.REASON.search(rest) is not None
        base = phrases.base_in(rest)
        self.base = base if base is not None else self.base
        self.gap = (self.gap + rest)[-_LONGEST_SUBJECT:]
        if clause.mark in "；;" and clause.mark:
            self.reason, self.base = False, None
        if clause.closes_sentence:
            self.carried = None if self.lost else (self.head or self.latest or self.carried)
            self.head = self.latest = None
            self.head_stated = None
            self.divided = self.lost = self.reason = self.listing = False
            self.base = None if clause.mark else self.base

    def close(self) -> None:
        """At the end of the line: what it states first is the whole of a list whose members stand on their own lines."""
        if self.shares == 0 and self.first_stated is not None:
            self.reader.state_whole(self.first_stated, self.numbered)

    def _subject(self, text: str) -> dict[str, Any] | None:
        return subject_of(text, self.reader.context.agency, self.reader.above())

    def _number(self, clause: Clause, before: str, token: NumberToken, unit: Unit) -> None:
        moved = phrases.moved(before)
        amount = parse_amount(token.text, unit)
        if moved is not None:
            start, sign = moved
            if sign < 0:
                amount = Amount(amount.printed, unit, -amount.value, amount.decimals)
            self._moved(clause, before[:start], token, amount)
        elif unit.is_money:
            point = self._stated(before)
            if point is not None:
                self._observe_stated(clause, token, amount, point, before)
        else:
            self._percentage(clause, before, token, amount)

    # --- stated amounts ------------------------------------------------------------------------------------------------

    def _observe_stated(
        self, clause: Clause, token: NumberToken, amount: Amount, point: dict[str, Any], before: str
    ) -> None:
        index = self._observe(clause, token, amount, self.reader.resolved(point))
        self.spoken[self.reader.observations[index].point] = index
        self.last_stated = index
        if not self.divided and not _of_another_year(self.reader, point):
            self.head_stated = index
        if self.first_stated is None and not self.listing:
            self.first_stated = index
        self.gap = ""

    def _stated(self, before: str) -> dict[str, Any] | None:
        """The point of a stated amount: its own subject, within what 其中 divides, under the headings."""
        own = self._subject(before)
        self.said = frozenset(own or ())
        phrase = scan_title(before)
        governing = self.reader.governing()
        dated = {name: phrase.point[name] for name in _WITHIN if name in phrase.point}
        compared = phrases.quoted_base(before)
        if dated.get("year") == "last" and phrases.compares_first(before):
            del dated["year"]
        elif compared is not None and (compared.last or compared.year is not None):
            dated["year"] = "last" if compared.year is None else compared.year
        if "stage" not in dated and self.reader.context.stage == "final" and (stage := phrases.budget_stage(before)):
            dated["stage"] = stage
        if own is None or self.reason:
            return self._unknown(dated)
        divided = self.reader.divided_nature()
        if divided is not None and own.get("nature", divided) != divided:
            return self._unknown(dated)  # 项目支出…其中：1.经营支出…: that part of it, not what all units spend so
        if self.divided and self.head is not None:
            point = {**self.head, **own}
            if "agency" in self.head and own:
                point.pop("agency")
        elif self._goes_on(own, before):
            point = {name: value for name, value in (self.head or {}).items() if name not in _WITHIN}
        elif own.keys() <= {"flow"} and governing is None and self.head is None and self.carried is None:
            # 支出决算为… under an item whose name was not understood: it is that item's, not the total.
            if own and self.reader.under_section() and _TOTAL.search(before):
                point = dict(own)
            else:
                return self._unknown(dated)
        elif (not own or (governing is None and own.keys() <= {"flow"})) and (self.head or self.carried):
            # 2024年预算安排…: the same subject, of another year or stage.
            if not dated and self._strangers():
                return self._unknown(dated)
            within = self.head or self.carried or {}
            point = {name: value for name, value in within.items() if name not in _WITHIN}
        elif own:
            point = under(governing or {}, own)
        elif governing:
            if not dated and self._strangers():
                return self._unknown(dated)
            point = dict(governing)
        else:
            return self._unknown(dated)
        speaking = (self.latest or {}).get("topic")
        if speaking == "performance" and "topic" not in own:
            point = {**(self.latest or {}), **own}
        elif (governing or {}).get("topic") == "performance" and "topic" not in own:
            # Targets of some projects, of the whole unit, of evaluations: the sums under this heading differ in scope.
            return self._unknown(dated)
        point.update(dated)
        self._speak_of(point, before)
        return point

    def _goes_on(self, own: dict[str, Any], before: str) -> bool:
        """支出决算为… after A年初预算为…: 支出 names no subject of its own where it is A's own flow."""
        if self.head is None or own.keys() != {"flow"} or _TOTAL.search(before) or "本年" in before:
            return False
        return self.head.get("flow") == own["flow"] or "topic" in self.head or "agency" in self.head

    def _strangers(self) -> bool:
        """Whether words stood between that may name what the number is of."""
        return len(strange_characters(self.gap)) > _WORDS_BETWEEN

    def _unknown(self, dated: dict[str, Any]) -> dict[str, Any]:
        """A subject that is not in the cube: what is said of it is checked within its own sentence only."""
        point = {**self.reader.unknown_scope(), **dated}
        self.latest, self.lost = point, True
        if not self.divided:
            self.head = point
        return point

    def _speak_of(self, point: dict[str, Any], before: str) -> None:
        self.lost = False
        if self.outer is None and before.count("(") + before.count("（") > before.count(")") + before.count("）"):
            self.outer = self.latest
        self.latest = point
        self.parts += 1
        base = phrases.base_in(before)
        if base is not None and base.last:
            # 较上年预算数1002.18万元增加480.16万元: what follows is of this year again.
            self.latest = {name: value for name, value in point.items() if name not in _WITHIN}
            self.base = base
        elif not self.divided:
            self.head = point

    # --- comparisons ---------------------------------------------------------------------------------------------------

    def _moved(self, clause: Clause, before: str, token: NumberToken, amount: Amount) -> None:
        base = phrases.base_in(before)
        subject = before[: base.start] if base is not None else before
        base = base or self.base or Base("", None, None, True, 0)
        self._compare(clause, subject, token, amount, base)

    def _even(self, clause: Clause, text: str, offset: int) -> None:
        found = phrases.even(text)
        if found is None or self.reason or phrases.REASON.search(text, 0, found.start()):
            return
        base = phrases.base_in(text[: found.start()]) or self.base
        if base is None:
            if found[0] != "持平":
                return
            base = Base("", None, None, True, found.start())
        start = offset + found.start()
        token = NumberToken(found[0], start, start + len(found[0]))
        amount = Amount(found[0], unit_named("万元"), Decimal(0), 2)
        self._compare(clause, text[: min(base.start, found.start())], token, amount, base)

    def _compare(self, clause: Clause, subject: str, token: NumberToken, amount: Amount, base: Base) -> None:
        """The two sides of a comparison, and the observation of its figure."""
        context = self.reader.context
        year = context.year
        other = base.year if base.year is not None else (year - 1 if base.last and year is not None else year)
        if year is None or other is None or other not in (year, year - 1):
            return
        point = self._compared(subject)
        if point is None:
            return
        this = {name: value for name, value in point.items() if name != "year"}
        left = self.reader.resolved(this)
        if other == year:
            if base.stage is None or base.stage == left.stage:
                return
            if left.stage == "budget":
                left = left.at(stage="final" if context.stage == "final" else "executed")
        stage = base.stage or left.stage
        right = left.at(year=other, stage=stage)
        sides = self._operand(left), self._operand(right, any_stage=base.stage is None)
        seen = left.at(measure="change" if amount.unit.is_money else "change_rate", stage=stage)
        figure = self._observe(clause, token, amount, seen)
        kind = "change" if amount.unit.is_money else "change_rate"
        certain = isinstance(sides[0], int) and (isinstance(sides[1], int) or base.stage is not None)
        self.reader.claim(kind, figure, sides[0], sides[1], certain)  # type: ignore[arg-type]
        self.parts_compared = True
        if self.base is None:
            self.base = base

    def _operand(self, point: Point, *, any_stage: bool = False) -> Operand:
        """The figure that this paragraph gives for a point, or the point."""
        found = self.spoken.get(point)
        if found is None and any_stage:
            stages = [index for seen, index in self.spoken.items() if seen.at(stage=point.stage) == point]
            found = stages[0] if len(stages) == 1 else None
        return point if found is None else found

    def _compared(self, subject: str) -> dict[str, Any] | None:
        """The point that a comparison or a share speaks of; ``None`` if it is nothing known."""
        own = self._subject(subject)
        if own is None:
            return None
        phrase = scan_title(subject)
        dated = {"stage": phrase.point["stage"]} if "stage" in phrase.point else {}
        governing = self.reader.governing() or {}
        if self._returns_to_head(own):
            return {**(self.head or {}), **dated}
        if not own or (own.keys() <= {"flow"} and self.latest is not None and "agency" in self.latest):
            if self.reason:
                return None
            point = self.latest or self.carried or governing
            return {**point, **dated} if point else None
        within = self.latest or self.head
        if self.reason:
            return None
        base = {name: within[name] for name in ("fund", "flow") if name in within} if within else {}
        if within is not None and own.keys() <= {"flow"} and not governing:
            return {**within, **dated}
        point = {**under(governing, own), **{k: v for k, v in base.items() if k not in own}}
        if "topic" in own or "topic" in governing:
            point = under(governing, own)
        return {**point, **dated}

    def _returns_to_head(self, own: dict[str, Any]) -> bool:
        """收入100万元，其中：A 80万元，B 20万元；收入比上年…: after several parts, none compared, the whole is meant again."""
        if not self.divided or self.head is None or self.parts_compared or self.parts < _SEVERAL:
            return False
        return own.keys() == {"flow"} and self.head.get("flow") in _SIDES.get(own["flow"], ())

    # --- percentages ---------------------------------------------------------------------------------------------------

    def _percentage(self, clause: Clause, before: str, token: NumberToken, amount: Amount) -> None:
        share = phrases.share_of(before)
        if share is not None:
            self._share(clause, before[: share[0]], share[1], token, amount)
            return
        stage = phrases.completed(before)
        if stage is None:
            return
        point = self._compared(before[: phrases.completed_start(before)])
        if point is None:
            return
        done = point if point.get("stage") in ("executed", "final") else {**point, "stage": self._done_stage()}
        left = self.reader.resolved(done)
        right = left.at(stage=stage)
        sides = self._operand(left), self._operand(right)
        figure = self._observe(clause, token, amount, left.at(measure="completion_rate"))
        self.reader.claim("completion", figure, *sides, all(isinstance(side, int) for side in sides))

    def _done_stage(self) -> str:
        return "final" if self.reader.context.stage == "final" else "executed"

    def _share(self, clause: Clause, subject: str, of: str, token: NumberToken, amount: Amount) -> None:
        point = self._compared(subject)
        if point is None:
            return
        part = self.reader.resolved(point)
        left = self._operand(part)
        if self.last_stated is not None and (self.latest is point or not self._subject(subject)):
            left = self.last_stated
            part = self.reader.observations[left].point
        right = self._whole(of, part)
        self.shares += 1
        figure = self._observe(clause, token, amount, part.at(measure="share"))
        if right is not None and right != left:
            certain = isinstance(left, int) and isinstance(right, int) and bool(self.divided or of)
            self.reader.claim("share", figure, left, right, certain)

    def _whole(self, of: str, part: Point) -> Operand | None:
        """What a share is of: what 占… names, else what 其中 divides, else the whole of the list that the line is in."""
        if not of or of in ("比", "总"):
            return self._unnamed_whole(part)
        own = self._subject(of)
        if not own:
            return None
        named = self.reader.resolved({**own, "year": part.year, "stage": part.stage})
        found = self.spoken.get(named)
        if "本年" in of and own.keys() <= {"flow"}:
            # Without what is carried over, which the figure of 支出预算 may hold.
            same = found is not None and "本年" in self.reader.observations[found].label
            return found if same else named
        if found is not None:
            return found
        like = [
            index
            for seen, index in self.spoken.items()
            if seen.at(fund=named.fund, flow=named.flow) == named and own.get("fund") in (None, seen.fund)
        ]
        return like[0] if len(like) == 1 else named

    def _unnamed_whole(self, part: Point) -> Operand | None:
        """What 其中 divides, else the sum stated above the list; never one that is less than its part."""
        if self.divided and self.head_stated is not None:
            return self.head_stated
        if self.head_stated != self.last_stated or self.last_stated is None:
            return None
        observed = self.reader.observations
        least = observed[self.last_stated].amount.fen
        return next((whole for whole in self.reader.wholes(self.numbered) if observed[whole].amount.fen >= least), None)

    def _observe(self, clause: Clause, token: NumberToken, amount: Amount, point: Point) -> int:
        self.taken.add(clause.start + token.start)
        return self.reader.observe(self.line, clause, token, amount, point, self.said)


def _of_another_year(reader: ClaimReader, point: dict[str, Any]) -> bool:
    year = point.get("year")
    return year == "last" or (isinstance(year, int) and year != reader.context.year)
