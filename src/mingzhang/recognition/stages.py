"""比预算减少x万元, 完成预算的y%: of the two budgets of a year, the one that the figures agree with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from mingzhang.cube.amount import Amount
from mingzhang.cube.claim import Claim, ClaimKind, Operand
from mingzhang.cube.disclosure import Observation
from mingzhang.cube.point import Point

_HUNDRED = Decimal(100)


def settled_stages(
    observations: Sequence[Observation], claims: Sequence[Claim]
) -> tuple[tuple[Observation, ...], tuple[Claim, ...], list[str]]:
    """The claims of a budget that is not said to be which, each of that of the year's beginning or the adjusted one.

    It is the former, unless only the latter agrees with what is claimed; then the figure's point goes with it, and a note
    says so (Chinese). Where neither agrees and both are printed, the sentence leaves open what it compares.
    """
    if not any(claim.any_budget for claim in claims):
        return tuple(observations), tuple(claims), []
    amounts: dict[Point, Amount] = {}
    for observation in sorted(observations, key=lambda o: o.origin != "table"):
        amounts.setdefault(observation.point, observation.amount)
    seen, settled, notes = list(observations), list(claims), []
    for place, claim in enumerate(claims):
        right = claim.right
        if not claim.any_budget or isinstance(right, int) or right.stage != "budget":
            continue
        other = right.at(stage="adjusted")
        left, figure = _amount(claim.left, seen, amounts), seen[claim.figure].amount
        if left is None or other not in amounts or agrees(claim.kind, figure, left, amounts.get(right)):
            continue
        if not agrees(claim.kind, figure, left, amounts[other]):
            settled[place] = replace(claim, certain=False)
            continue
        settled[place] = replace(claim, right=other)
        point = seen[claim.figure].point
        if point.stage == "budget":
            seen[claim.figure] = replace(seen[claim.figure], point=point.at(stage="adjusted"))
        notes.append(f"“{seen[claim.figure].label}”没有写明与哪个预算相比，按数字相符的全年（调整）预算读取（推断）。")
    return tuple(seen), tuple(settled), list(dict.fromkeys(notes))


def _amount(operand: Operand, observations: Sequence[Observation], amounts: dict[Point, Amount]) -> Amount | None:
    return observations[operand].amount if isinstance(operand, int) else amounts.get(operand)


def agrees(kind: ClaimKind, figure: Amount, left: Amount, right: Amount | None) -> bool:
    """Whether what is claimed fits the two amounts, give or take what rounding explains."""
    if right is None:
        return False
    slack = (left.quantum + right.quantum) / 2
    if kind == "change":
        return abs(left.fen - right.fen - figure.fen) <= slack + figure.quantum / 2
    if right.fen <= 0:
        return False
    start = 1 if kind == "change_rate" else 0
    ratio = (left.fen / right.fen - start) * _HUNDRED
    step = Decimal(1).scaleb(-figure.decimals) / 2
    return abs(ratio - figure.value) <= step + slack / right.fen * _HUNDRED * 2
