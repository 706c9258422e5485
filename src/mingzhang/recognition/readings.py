"""Sentences that leave a dimension open are read as the tables show: 基本支出 under 财政拨款, 收入 with the carry-over.

So are the amounts of a whole unit in its table of targets, which may leave out what has no targets.

Only what the sentence does not say is settled this way. Where no reading agrees with a table, the likeliest one stands,
and stays marked as open: a disagreement is then for a person to look at, not a proved error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from mingzhang.cube.amount import Amount
from mingzhang.cube.claim import Claim, Operand
from mingzhang.cube.disclosure import Observation
from mingzhang.cube.hierarchy import WITH_CARRY_OVER
from mingzhang.cube.point import Point

_SIDE = re.compile("[收支]")
_EITHER_TOTAL = re.compile("总收入|总支出")  # of the year alone, or with what was carried over: its figures cannot tell
_OTHER_FLOW = WITH_CARRY_OVER | {total: part for part, total in WITH_CARRY_OVER.items()}
_SETTLED = frozenset({"fund", "flow"})  # what a table can settle by printing but one
_FUNDS: tuple[str | None, ...] = (None, "fiscal", "general")


def settle(tables: list[Observation], claims: list[Observation]) -> list[Observation]:
    """The claims, each at the first of its possible readings that a table bears out (or as it was)."""
    if not claims:
        return []
    printed: dict[Point, Amount] = {}
    for observation in tables:
        if observation.amount.unit.is_money:
            printed.setdefault(observation.point, observation.amount)
    if not printed:
        # No table tells: where something is carried into the next year, 支出预算 without 本年 is the sum with it.
        carried = any(_carries_out(claim) for claim in claims)
        claims = [
            _of_this_year(each) if each.point.stage == "final" else _with_carried(each, carried) for each in claims
        ]
    several = {point.year for point, amount in printed.items() if point.fund not in _FUNDS and amount.value}
    return [_settled(printed, claim, several) if claim.is_open else claim for claim in claims]


def with_one_fund(observations: list[Observation], beside: Sequence[Observation] = ()) -> list[Observation]:
    """经费拨款 is a part of 一般公共预算拨款 where both are printed, and the whole of it where it stands alone.

    ``beside``: further observations of the document, which may print the whole.
    """
    printed = {each.point.fund for each in (*observations, *beside)}
    if "appropriation" not in printed or printed & {"general", "non_tax"}:
        return observations
    return [
        replace(each, point=each.point.at(fund="general")) if each.point.fund == "appropriation" else each
        for each in observations
    ]


def _carries_out(claim: Observation) -> bool:
    return claim.point.flow == "carried_out" and claim.point.measure == "amount" and claim.amount.value != 0


def _with_carried(claim: Observation, carried: bool) -> Observation:
    """A total of expenditure as the total of all uses, if anything is carried out."""
    point = claim.point
    total = point == Point(year=point.year, stage=point.stage, flow="expenditure", measure=point.measure)
    if not carried or not total or "flow" not in claim.unsaid or "本年支出" in claim.label:
        return claim
    return replace(claim, point=point.at(flow="uses"))


def _of_this_year(claim: Observation) -> Observation:
    """收入合计 of accounts, where no table tells: without what was carried over, as 收入决算表 prints it."""
    point = claim.point
    if "flow" in claim.unsaid and point.flow in ("sources", "uses") and _EITHER_TOTAL.search(claim.label) is None:
        return replace(claim, point=point.at(flow=_OTHER_FLOW[point.flow]))
    return claim


def _settled(printed: dict[Point, Amount], claim: Observation, several: set[int | None]) -> Observation:
    """The claim as the tables read it; ``several``: the years in which there is money of more than one fund."""
    if claim.point.measure != "amount" or not claim.amount.unit.is_money or claim.amount.is_blank:
        return claim  # a blank agrees with whatever is next to nothing
    shown: list[tuple[Point, Amount]] = []
    for point in _readings(claim):
        amount = printed.get(point)
        if amount is not None and _agree(amount, claim.amount):
            return replace(claim, point=point, unsaid=frozenset(), by_custom=False)
        shown += [(point, amount)] if amount is not None else []
    if claim.origin != "text" or not shown or not all(_agree(shown[0][1], amount) for _, amount in shown):
        return claim
    if claim.point in printed:
        # Whichever is meant, the tables print one figure: nothing is open.
        return replace(claim, unsaid=claim.unsaid - _SETTLED)
    if claim.point.function is not None and claim.point.year not in several:
        # Only a table of one fund prints the class, and there is no other fund: that is what can be meant.
        return replace(claim, point=shown[0][0], unsaid=frozenset({"fund"}), by_custom=False)
    if "fund" not in claim.unsaid and len(shown) == 1:
        # 事业收入 with or without what was carried over: the tables print one of them, which is meant if either is.
        return replace(claim, point=shown[0][0], unsaid=frozenset({"flow"}), by_custom=False)
    return replace(claim, unsaid=claim.unsaid - _SETTLED)


def _readings(claim: Observation) -> Iterator[Point]:
    point = claim.point
    flows = [point.flow]
    if "flow" in claim.unsaid and point.flow in _OTHER_FLOW:
        flows.append(_OTHER_FLOW[point.flow])
        if _SIDE.search(claim.label) is None:
            flows += [flow for flow in ("income", "sources") if flow not in flows]
    funds = [point.fund]
    if "fund" in claim.unsaid:
        funds += [fund for fund in _FUNDS if fund != point.fund]
    for fund in funds:
        for flow in flows:
            yield point.at(flow=flow, fund=fund)


def _agree(left: Amount, right: Amount) -> bool:
    """Whether two printed amounts can be the same number, truncation included."""
    return abs(left.fen - right.fen) <= max(left.quantum, right.quantum)


def with_figures(
    before: Sequence[Observation], settled: Sequence[Observation], claims: Sequence[Claim]
) -> list[Observation]:
    """The settled observations, a stated change or rate at the point that its amount was moved to."""
    moved = list(settled)
    for claim in claims:
        if not isinstance(claim.left, int):
            continue
        old, new, figure = before[claim.left].point, settled[claim.left].point, settled[claim.figure].point
        if (old.flow, old.fund) != (new.flow, new.fund) and (old.flow, old.fund) == (figure.flow, figure.fund):
            moved[claim.figure] = replace(settled[claim.figure], point=figure.at(flow=new.flow, fund=new.fund))
    return moved


def settle_claims(
    tables: Sequence[Observation], settled: Sequence[Observation], claims: Sequence[Claim]
) -> tuple[Claim, ...]:
    """The claims over all observations of the disclosure, the tables' first; points read as their figures were.

    A whole that is only named (占本年支出的…) is read as the tables show it: with the fund and carry-over of the first
    point that they print.
    """
    offset = len(tables)
    printed = {o.point for o in tables if o.amount.unit.is_money}

    def moved(operand: Operand, other: Operand, *, whole: bool) -> Operand:
        if isinstance(operand, int):
            return operand + offset
        if isinstance(other, int) and not whole:
            like = settled[other].point
            return operand.at(fund=like.fund, flow=like.flow)
        return _first_printed(operand, printed) if whole else operand

    return tuple(
        replace(
            claim,
            figure=claim.figure + offset,
            left=moved(claim.left, claim.right, whole=False),
            right=moved(claim.right, claim.left, whole=claim.kind == "share"),
        )
        for claim in claims
    )


def _first_printed(point: Point, printed: set[Point]) -> Point:
    flows = [point.flow] + ([WITH_CARRY_OVER[point.flow]] if point.flow in WITH_CARRY_OVER else [])
    funds = [point.fund, *(fund for fund in _FUNDS if point.fund is None and fund is not None)]
    readings = (point.at(flow=flow, fund=fund) for fund in funds for flow in flows)
    return next((reading for reading in readings if reading in printed), point)
