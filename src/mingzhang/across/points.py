"""What a disclosure says of each point: the interval of the amount, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.cube.disclosure import Disclosure, Observation
from mingzhang.cube.point import Point

Interval = tuple[Decimal, Decimal]


@dataclass(frozen=True, slots=True)
class Stand:
    """What is known of a point: the least and the greatest amount in 分, and the observations that say so.

    ``implied`` holds the figure of a comparison (比上年增加 x) where the amount itself is printed nowhere:
    ``seen`` are then this year's amount and that figure.
    """

    point: Point
    low: Decimal
    high: Decimal
    seen: tuple[Observation, ...]
    implied: bool = False

    @property
    def middle(self) -> Decimal:
        return (self.low + self.high) / 2

    def meets(self, other: Stand) -> bool:
        """Whether one amount lies in both."""
        return self.low <= other.high and other.low <= self.high


def interval_of(observation: Observation) -> Interval:
    """The amounts in 分 that are printed so: within half a quantum, its ends excluded; a blank is exactly zero."""
    amount = observation.amount
    if amount.is_blank:
        return Decimal(0), Decimal(0)
    half = amount.quantum / 2
    inside = half - 1 if half > 1 else Decimal(0)
    return amount.fen - inside, amount.fen + inside


def stands_of(disclosure: Disclosure, *, likely: bool = False) -> dict[Point, list[Stand]]:
    """Every amount of money by its point, in the order of the document.

    Amounts of sentences that leave something of their point open are taken only where the ``likely`` reading will do.
    """
    found: dict[Point, list[Stand]] = {}
    for observation in disclosure.observations:
        if observation.point.measure != "amount" or not observation.amount.unit.is_money:
            continue
        if observation.unsaid and not likely:
            continue
        low, high = interval_of(observation)
        found.setdefault(observation.point, []).append(Stand(observation.point, low, high, (observation,)))
    return found


def implied_stands(disclosure: Disclosure) -> Iterator[Stand]:
    """What comparisons say of amounts that are printed nowhere: this year's less the change."""
    for claim in disclosure.claims:
        if claim.kind != "change" or not isinstance(claim.right, Point) or not isinstance(claim.left, int):
            continue
        figure, left = disclosure.observations[claim.figure], disclosure.observations[claim.left]
        if not claim.certain or left.unsaid or not (left.amount.unit.is_money and figure.amount.unit.is_money):
            continue
        (low, high), (least, most) = interval_of(left), interval_of(figure)
        yield Stand(claim.right, low - most, high - least, (left, figure), implied=True)


def agreement(one: Disclosure, other: Disclosure) -> tuple[int, int]:
    """How many distinct amounts other than zero two documents print alike, and how many differently, at one point."""
    here, there = stands_of(one, likely=True), stands_of(other, likely=True)
    same = apart = 0
    for point, stands in here.items():
        partners = there.get(point, [])
        if not partners or (not stands[0].middle and not partners[0].middle):
            continue
        if any(stand.meets(partner) for stand in stands for partner in partners):
            same += 1
        else:
            apart += 1
    return same, apart
