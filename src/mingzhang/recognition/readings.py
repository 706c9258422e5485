"""Sentences that leave a dimension open are read as the tables show: 基本支出 under 财政拨款, 收入 with the carry-over.

So are the amounts of a whole unit in its table of targets, which may leave out what has no targets.

Only what the sentence does not say is settled this way. Where no reading agrees with a table, the likeliest one stands,
and stays marked as open: a disagreement is then for a person to look at, not a proved error.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mingzhang.cube.amount import Amount
from mingzhang.cube.disclosure import Observation
from mingzhang.cube.point import Point

_FLOWS = {"income": "sources", "expenditure": "uses"}
_FUNDS: tuple[str | None, ...] = (None, "fiscal", "general")


def settle(tables: list[Observation], claims: list[Observation]) -> list[Observation]:
    """The claims, each at the first of its possible readings that a table bears out (or as it was)."""
    printed: dict[Point, Amount] = {}
    for observation in tables:
        if observation.amount.unit.is_money:
            printed.setdefault(observation.point, observation.amount)
    return [_settled(printed, claim) if claim.unsaid else claim for claim in claims]


def _settled(printed: dict[Point, Amount], claim: Observation) -> Observation:
    if claim.point.measure != "amount" or not claim.amount.unit.is_money:
        return claim
    shown: list[Amount] = []
    for point in _readings(claim):
        amount = printed.get(point)
        if amount is not None and _agree(amount, claim.amount):
            return replace(claim, point=point, unsaid=frozenset())
        shown += [amount] if amount is not None else []
    if claim.origin == "text" and shown and all(_agree(shown[0], amount) for amount in shown):
        # Whichever is meant, the tables print one figure: nothing is open.
        return replace(claim, unsaid=frozenset())
    return claim


def _readings(claim: Observation) -> Iterator[Point]:
    point = claim.point
    flows = [point.flow]
    if "flow" in claim.unsaid and point.flow in _FLOWS:
        flows.append(_FLOWS[point.flow])
    funds = [point.fund]
    if "fund" in claim.unsaid:
        funds += [fund for fund in _FUNDS if fund != point.fund]
    for fund in funds:
        for flow in flows:
            yield point.at(flow=flow, fund=fund)


def _agree(left: Amount, right: Amount) -> bool:
    """Whether two printed amounts can be the same number, truncation included."""
    return abs(left.fen - right.fen) <= max(left.quantum, right.quantum)
