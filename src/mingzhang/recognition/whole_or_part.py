"""其中A…，B…，同比增加X，增长Y%: whether the whole or the last part is compared, which only the figures can tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from mingzhang.cube.amount import Amount
from mingzhang.cube.claim import Claim
from mingzhang.cube.disclosure import Observation

_PER_CENT = 100


@dataclass(slots=True)
class Doubt:
    """Comparisons without a subject after several parts: what they may be of, and where they stand among the claims.

    ``whole`` and ``part`` are places among the observations; ``parted``: semicolons stand between the parts, and what
    does not fit the whole alone is of the last part.
    """

    whole: int
    part: int
    parted: bool = False
    claims: list[int] = field(default_factory=list)


def resolved_doubts(
    observations: list[Observation], claims: Sequence[Claim], doubts: Iterable[Doubt]
) -> tuple[list[Observation], list[Claim], frozenset[int]]:
    """The comparisons, each of what its figures fit; and the figures that fit neither or both: these are tied to nothing.

    A change and a rate of one base fit an amount if the change is that rate of the amount less the change.
    """
    observations, tied = list(observations), dict(enumerate(claims))
    untied: set[int] = set()
    for doubt in doubts:
        bases: dict[object, list[int]] = {}
        for at in doubt.claims:
            bases.setdefault(claims[at].right, []).append(at)
        for places in bases.values():
            figures = [observations[claims[at].figure].amount for at in places]
            of_whole = _fits(observations[doubt.whole].amount, figures)
            if of_whole == _fits(observations[doubt.part].amount, figures):
                if doubt.parted:
                    continue
                untied.update(claims[at].figure for at in places)
                for at in places:
                    del tied[at]
            elif of_whole:
                for at in places:
                    tied[at] = _moved(observations, claims[at], doubt)
    return observations, [tied[at] for at in sorted(tied)], frozenset(untied)


def _moved(observations: list[Observation], claim: Claim, doubt: Doubt) -> Claim:
    """The claim as one of the whole; its figure's point goes with it."""
    whole, seen = observations[doubt.whole], observations[claim.figure]
    point = whole.point.at(measure=seen.point.measure, stage=seen.point.stage)
    observations[claim.figure] = replace(seen, point=point, unsaid=whole.unsaid, by_custom=whole.by_custom)
    right = claim.right
    if not isinstance(right, int):
        right = whole.point.at(year=right.year, stage=right.stage)
    return replace(claim, left=doubt.whole, right=right)


def _fits(amount: Amount, figures: Sequence[Amount]) -> bool:
    """Whether one change and one rate are given, and agree with the amount within what was printed of the three."""
    changes = [figure for figure in figures if figure.unit.is_money]
    rates = [figure for figure in figures if not figure.unit.is_money]
    if len(changes) != 1 or len(rates) != 1:
        return False
    change, rate = changes[0], rates[0]
    base = amount.fen - change.fen
    if base <= 0:
        return False
    # rate * base = 100 * change, give or take a step of the rate and half a step of each amount.
    slack = (
        rate.quantum * base + (amount.quantum + change.quantum) / 2 * abs(rate.value) + _PER_CENT * change.quantum / 2
    )
    return abs(rate.value * base - _PER_CENT * change.fen) <= slack
