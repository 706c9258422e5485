"""What a disclosure says of each point: the interval of the amount, and where it stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from mingzhang.cube.disclosure import Disclosure, Observation, Table
from mingzhang.cube.point import Point
from mingzhang.reconciliation.derivation import Book

Interval = tuple[Decimal, Decimal]
_WIDER = {"income": "sources", "expenditure": "uses"}


@dataclass(frozen=True, slots=True)
class Stand:
    """What is known of a point: the least and the greatest amount in 分, and the observations that say so.

    ``implied`` says that the amount itself is printed nowhere but follows from a comparison (比上年增加 x, 增长 y%):
    ``seen`` are then this year's amount and that figure. ``unsaid`` names dimensions that the sentence leaves open.
    """

    point: Point
    low: Decimal
    high: Decimal
    seen: tuple[Observation, ...]
    implied: Literal["", "change", "rate"] = ""
    unsaid: frozenset[str] = frozenset()

    @property
    def middle(self) -> Decimal:
        return (self.low + self.high) / 2

    def readings(self) -> list[Point]:
        """The points that may be meant, the likeliest first."""
        flows = [self.point.flow]
        if "flow" in self.unsaid and self.point.flow in _WIDER:
            flows.append(_WIDER[self.point.flow])
        funds = [self.point.fund]
        if "fund" in self.unsaid:
            funds += [fund for fund in (None, "fiscal", "general") if fund != self.point.fund]
        return [self.point.at(flow=flow, fund=fund) for fund in funds for flow in flows]

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
        if observation.is_open and not likely:
            continue
        low, high = interval_of(observation)
        found.setdefault(observation.point, []).append(Stand(observation.point, low, high, (observation,)))
    return found


def implied_stands(disclosure: Disclosure) -> Iterator[Stand]:
    """What comparisons say of amounts that are printed nowhere: this year's less the change, or this year's by the rate.

    A rate says less than a change; it is taken where no change is stated.
    """
    told: set[Point] = set()
    for kind in ("change", "change_rate"):
        for claim in disclosure.claims:
            if claim.kind != kind or not isinstance(claim.right, Point) or not isinstance(claim.left, int):
                continue
            figure, left = disclosure.observations[claim.figure], disclosure.observations[claim.left]
            if not claim.certain or not left.amount.unit.is_money or claim.right in told:
                continue
            found = _before_change(left, figure) if kind == "change" else _before_rate(left, figure)
            if found is not None:
                told.add(claim.right)
                yield Stand(claim.right, *found, (left, figure), "change" if kind == "change" else "rate", left.unsaid)


def _before_change(left: Observation, figure: Observation) -> Interval | None:
    if not figure.amount.unit.is_money:
        return None
    (low, high), (least, most) = interval_of(left), interval_of(figure)
    return low - most, high - least


def _before_rate(left: Observation, figure: Observation) -> Interval | None:
    rate, (low, high) = figure.amount, interval_of(left)
    half = Decimal(1).scaleb(-rate.decimals) / 2
    slow, fast = 1 + (rate.value - half) / 100, 1 + (rate.value + half) / 100
    return None if slow <= 0 or low <= 0 else (low / fast, high / slow)


def open_stands(disclosure: Disclosure) -> Iterator[Stand]:
    """The amounts of sentences that leave open which of a few points they are at."""
    for observation in disclosure.observations:
        if observation.is_open and observation.point.measure == "amount" and observation.amount.unit.is_money:
            yield Stand(observation.point, *interval_of(observation), (observation,), "", observation.unsaid)


@dataclass(frozen=True, slots=True)
class View:
    """A disclosure as it is compared: its amounts by point, and its book, which knows what its tables list in full."""

    disclosure: Disclosure
    stands: dict[Point, list[Stand]]
    book: Book

    @staticmethod
    def of(disclosure: Disclosure) -> View:
        return View(disclosure, stands_of(disclosure), Book.of(disclosure))

    def table_without(self, point: Point) -> Table | None:
        """A complete table that lists codes of the point's kind and not this one: it is nought there."""
        listing = self.book.listing_without(point)
        return self.book.tables.get(listing.table) if listing is not None else None


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
