"""One paragraph of the narrative: what is spoken of, clause by clause, and what each of its numbers says of it."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from mingzhang.cube.amount import Amount, Unit, parse_amount, unit_named
from mingzhang.cube.claim import ClaimKind, Operand
from mingzhang.cube.point import Point
from mingzhang.recognition import phrases
from mingzhang.recognition.clauses import Clause
from mingzhang.recognition.numbers import THRESHOLD, NumberToken, numbers_and_blanks_in
from mingzhang.recognition.phrases import Base
from mingzhang.recognition.speech import NEITHER, SEVERAL, Speech, of_another_year
from mingzhang.recognition.subjects import moment_in, under
from mingzhang.recognition.whole_or_part import Doubt

if TYPE_CHECKING:
    pass

_LONGEST_SUBJECT = 200
_OF_THE_YEAR = {"sources": "income", "uses": "expenditure"}


@dataclass(frozen=True, slots=True)
class _Measure:
    """预算80万元的…%: the figure that a percentage is of, its place among the observations, and what is measured by it."""

    kind: ClaimKind
    left: Operand
    point: Point
    whole: int


@dataclass(slots=True)
class Paragraph(Speech):
    """Reads the numbers of a paragraph: amounts, comparisons, shares, completion."""

    measure: _Measure | None = None
    comparable: dict[str, Any] | None = None
    doubt: Doubt | None = None  # whether the whole or its last part is being compared
    shared: list[str] = field(default_factory=list)  # A、B分别为…: the subjects that still want their amount

    def clause(self, clause: Clause) -> None:
        """Read every number of the clause that has a unit, from left to right."""
        stripped = clause.text.strip()
        if stripped.startswith((")", "）")):
            self._close_bracket()
        if self.reason and phrases.ITEM.match(stripped):
            self.reason, self.base, self.parted = False, None, True  # 一、…，主要原因是…，二、…: the next item
        if phrases.OF_WHICH.match(stripped) or (clause.after_colon and self.latest is not None and not self.reason):
            self._divide()
        self.measure, self.shared = None, []
        begin = 0
        for token in numbers_and_blanks_in(clause.text):
            unit = phrases.UNIT.match(clause.text, token.end)
            if unit is None or token.overlong or THRESHOLD.match(clause.text, token.end):
                continue
            before = clause.text[max(begin, token.start - _LONGEST_SUBJECT) : token.start]
            self.reason = self.reason or phrases.REASON.search(before) is not None
            unstated = phrases.CUT.search(before[-3:]) or phrases.BOUND.search(before[-6:])
            if token.is_blank:
                self._blank(before, unit_named(unit[1].replace("％", "%")))
            elif not unstated and not phrases.AVERAGE.search(before[-12:]):
                after = clause.text[unit.end() :]
                self._number(clause, before, after, token, unit_named(unit[1].replace("％", "%")))
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
            self.reason, self.base, self.parted = False, None, True
        opened = sum(rest.count(mark) for mark in "(（") - sum(rest.count(mark) for mark in ")）")
        if opened > 0 and self.latest is not None:
            self._open_bracket()
        elif opened < 0:
            self._close_bracket()
        if clause.closes_sentence:
            self._end_sentence()
            self.base = None if clause.mark else self.base
        elif (within := phrases.within(rest)) is not None:
            self._divide_named(within)

    def close(self) -> None:
        """At the end of the line: what it states first is the whole of a list whose members stand on their own lines."""
        if self.shares == 0 and self.first_stated is not None:
            self.reader.state_whole(self.first_stated, self.numbered)

    def _number(self, clause: Clause, before: str, after: str, token: NumberToken, unit: Unit) -> None:
        moved, exceeds = phrases.moved(before), phrases.exceeds(before)
        amount = parse_amount(token.text, unit)
        self.at = clause.start + token.start
        if exceeds is not None:
            start, sign, base = exceeds
            self._compare(clause, before[:start], token, _signed(amount, sign), base)
        elif moved is not None:
            if phrases.GOES_ON.match(after):
                self.astray = True  # 各下降3%、4%: of which of them is not said
                return
            start, sign = moved
            self._moved(clause, before[:start], token, _signed(amount, sign))
        elif unit.is_money:
            if phrases.PER_CENT_OF_IT.match(after) and self._measured(clause, before, token, amount):
                return
            text = self._respective(before, after)
            point = self._stated(text) if text is not None else self._unknown({})
            if point is not None:
                self._observe_stated(clause, token, amount, point)
            self.astray = self.astray or text is not before
        else:
            self._percentage(clause, before, token, amount)

    def _blank(self, before: str, unit: Unit) -> None:
        """An amount that was not filled in: what follows is said of its subject, not of the one before."""
        if unit.is_money and phrases.moved(before) is None and phrases.exceeds(before) is None:
            self._stated(before)
            self.last_stated, self.comparable, self.gap = None, None, ""
            if not self.divided:
                self.head_stated = None

    # --- stated amounts ------------------------------------------------------------------------------------------------

    def _respective(self, before: str, after: str) -> str | None:
        """The words that an amount is of where several subjects share several amounts; ``None`` if it cannot be told."""
        if phrases.RESPECTIVELY.search(before):
            found = phrases.respective(before, after)
            self.shared = found if all(self._subject(part) for part in found) else []
            return self.shared.pop(0) if self.shared else None
        if not before.strip(" \t、和与及"):
            return self.shared.pop(0) if self.shared else (None if before.strip() else before)
        return before

    def _observe_stated(self, clause: Clause, token: NumberToken, amount: Amount, point: dict[str, Any]) -> None:
        resolved = self.reader.resolved(point)
        still_open = self._still_open(resolved)
        index = self._observe(clause, token, amount, resolved, self.by_custom)
        if still_open:
            seen = self.reader.observations[index]
            self.reader.observations[index] = replace(seen, unsaid=seen.unsaid | still_open)
        self.spoken[self.reader.observations[index].point] = index
        self.last_stated, self.comparable = index, None
        if not self.divided and not of_another_year(self.reader, point):
            self.head_stated = index
        if self.first_stated is None and not self.listing:
            self.first_stated = index
        self.gap = ""

    def _measured(self, clause: Clause, before: str, token: NumberToken, amount: Amount) -> bool:
        """完成预算80万元的…%, 占收入合计80万元的…%: the figure is what the percentage is of."""
        share, stage = phrases.share_of(before), phrases.completed(before)
        if share is None and stage is None:
            return False
        point = self._compared(before[: share[0] if share is not None else phrases.completed_start(before)])
        if point is None:
            return True
        if share is not None:
            own = self._subject(share[1])
            left = self.reader.resolved(point)
            if not own:
                return True
            whole = self.reader.resolved({**own, "year": left.year, "stage": left.stage})
        else:
            left = self.reader.resolved({**point, "stage": point.get("stage", self._done_stage())})
            whole = left.at(stage=stage)
        index = self._observe(clause, token, amount, whole)
        self.spoken.setdefault(whole, index)
        self.measure = _Measure("completion" if share is None else "share", self._operand(left), left, index)
        return True

    # --- comparisons ---------------------------------------------------------------------------------------------------

    def _moved(self, clause: Clause, before: str, token: NumberToken, amount: Amount) -> None:
        base = phrases.base_in(before)
        self._mark_comparable(before, base)
        self._compare(clause, before[: base.start] if base is not None else before, token, amount, base)

    def _mark_comparable(self, before: str, base: Base | None) -> None:
        """同口径比上年: what it is compared with is last year's figure as it would be now, which is printed nowhere."""
        if phrases.COMPARABLE.search(self.gap) or phrases.COMPARABLE.search(before):
            self.comparable = self.comparable or self.reader.unknown_scope()
            self.gap = ""
        elif base is not None:
            self.comparable = None

    def _even(self, clause: Clause, text: str, offset: int) -> None:
        found = phrases.even(text)
        if found is None or self.reason or phrases.REASON.search(text, 0, found.start()):
            return
        base = phrases.base_in(text[: found.start()])
        if base is None and self.base is None and found[0] != "持平":
            return
        start = offset + found.start()
        token = NumberToken(found[0], start, start + len(found[0]))
        amount = Amount(found[0], unit_named("万元"), Decimal(0), 2)
        self._compare(
            clause, text[: found.start() if base is None else min(base.start, found.start())], token, amount, base
        )

    def _compare(self, clause: Clause, subject: str, token: NumberToken, amount: Amount, named: Base | None) -> None:
        """The two sides of a comparison, and the observation of its figure."""
        context = self.reader.context
        year = context.year
        base = named or self.base or self._unsaid_base(subject, amount)
        said = base.last or base.year is not None if named is not None or self.base is not None else False
        if named is not None or self.base is None:
            self.base = base
        other = base.year if base.year is not None else (year - 1 if base.last and year is not None else year)
        if year is None or other is None or other not in (year, year - 1):
            return
        point = self._compared(subject)
        if point is not None and said and self._is_past(point, subject):
            point = self._of_this_year(point)
        self.astray = point is None or base.words == NEITHER.words
        if point is None or self.astray:
            return
        self.contrast = point
        this = {name: value for name, value in point.items() if name != "year"}
        left = self.reader.resolved(this)
        if other == year:
            if base.stage is None or base.stage == left.stage:
                return
            if left.stage == "budget":
                left = left.at(stage="final" if context.stage == "final" else "executed")
        stage = base.stage or left.stage
        right = left.at(year=other, stage=stage)
        if self.comparable is not None:
            right = right.at(agency=self.comparable["agency"])
        sides = self._operand(left), self._operand(right, any_stage=base.stage is None)
        seen = left.at(measure="change" if amount.unit.is_money else "change_rate", stage=stage)
        figure = self._observe(clause, token, amount, seen)
        kind = "change" if amount.unit.is_money else "change_rate"
        certain = isinstance(sides[0], int) and (isinstance(sides[1], int) or base.stage is not None)
        if not self.compared:
            self.doubt = self._whole_or_part(subject)
        self.reader.claim(kind, figure, *sides, certain, self.doubt, phrases.is_any_budget(base.words))  # type: ignore[arg-type]
        self.parts_compared = self.compared = True

    def _of_this_year(self, point: dict[str, Any]) -> dict[str, Any] | None:
        """收入100万元，上年收入80万元，与上年相比增加20万元: last year's figure stands there for the comparison."""
        this = {**point, "year": self.reader.context.year}
        return this if self.reader.resolved(this) in self.spoken else None

    def _is_past(self, point: dict[str, Any], subject: str) -> bool:
        """2023年决算…，比上年…, in the budget for 2024: what last year's accounts are compared with is of no interest."""
        named = moment_in(subject)
        if "year" in named:
            self.present = not of_another_year(self.reader, named)
        dated = {**({} if self.present else self.reader.accounts()), **point, **named}
        return of_another_year(self.reader, dated)

    def _whole_or_part(self, subject: str) -> Doubt | None:
        """其中A…，B…，比上年…: after several parts, none compared, without a subject."""
        named = self._subject(subject)
        if not self.divided or self.parts_compared or self.parts < SEVERAL or named is None or named:
            return None
        if self.head_stated is None or self.last_stated is None or self.outer is not None:
            return None
        since = {point.at(year=None, stage=None) for point, at in self.spoken.items() if at > self.head_stated}
        since.discard(self.reader.observations[self.head_stated].point.at(year=None, stage=None))
        return Doubt(self.head_stated, self.last_stated, self.parted) if len(since) >= SEVERAL else None

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
        if own is None or (not own and self.astray):
            return None
        dated = {name: stage for name, stage in moment_in(subject).items() if name == "stage"}
        governing = self.reader.governing() or {}
        if self._returns_to_head(own):
            return {**(self.head or {}), **dated}
        if not own or (own.keys() <= {"flow"} and self.latest is not None and "agency" in self.latest):
            if self.reason:
                return None
            point = self.contrast or self.latest or self.carried or governing
            return {**point, **dated} if point else None
        if self.latest is None and self.head is None and self._goes_back(own):
            return {**(self.carried or {}), **dated}
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

    # --- percentages ---------------------------------------------------------------------------------------------------

    def _percentage(self, clause: Clause, before: str, token: NumberToken, amount: Amount) -> None:
        measure, self.measure = self.measure, None
        if measure is not None and not before.strip(" \t的约"):
            rate = "completion_rate" if measure.kind == "completion" else "share"
            figure = self._observe(clause, token, amount, measure.point.at(measure=rate))
            self.reader.claim(measure.kind, figure, measure.left, measure.whole, isinstance(measure.left, int))
            return
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
        certain = all(isinstance(side, int) for side in sides)
        self.reader.claim("completion", figure, *sides, certain, any_budget=phrases.completes_any_budget(before))

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
        if "合计" in of and own.keys() == {"flow"} and named.stage == "final":
            # 本年收入合计 of the accounts; with what is carried over it is 收入总计.
            named = named.at(flow=_OF_THE_YEAR.get(own["flow"], own["flow"]))
            return self.spoken.get(named, named)
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
        if self.divided and self.head is not None and "agency" not in self.head:
            return self._operand(self.reader.resolved(self.head))
        if self.head_stated != self.last_stated or self.last_stated is None:
            return None
        observed = self.reader.observations
        least = observed[self.last_stated].amount.fen
        wholes = (whole for whole in self.reader.wholes(self.numbered) if observed[whole].amount.fen >= least)
        stated = next(wholes, None)
        return self.reader.section_whole(part) if stated is None else stated

    def _observe(
        self, clause: Clause, token: NumberToken, amount: Amount, point: Point, by_custom: bool = False
    ) -> int:
        self.taken.add(clause.start + token.start)
        return self.reader.observe(self.line, clause, token, amount, point, self.said, by_custom)


def _signed(amount: Amount, sign: int) -> Amount:
    return amount if sign > 0 else Amount(amount.printed, amount.unit, -amount.value, amount.decimals)
