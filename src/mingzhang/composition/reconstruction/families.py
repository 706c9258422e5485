"""The atoms of a disclosure: its finest amounts, one family a classification, and what is printed of them.

A family holds one atom for every combination of fund, nature, staffing and listed code. All families of one slice
(fund and nature) add up to the same: they are the same money, classed in different ways.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

from mingzhang.cube.disclosure import Observation
from mingzhang.cube.hierarchy import CODED_DIMENSIONS, ancestors
from mingzhang.cube.point import Point
from mingzhang.reconciliation.derivation import Book

_CLASSES = ("function", "gov_object", "object")


@dataclass(frozen=True, slots=True)
class Family:
    """The atoms that are classed by ``dimensions``; ``slices`` are the (fund, nature) that it covers."""

    dimensions: tuple[str, ...]
    atoms: tuple[Point, ...]
    slices: frozenset[tuple[str | None, str | None]]

    def shows(self, point: Point) -> bool:
        """Whether the family can say what ``point`` amounts to."""
        return all(point.get(name) is None or name in self.dimensions for name in _CLASSES)


def funds_of(observations: Iterable[Observation]) -> list[str]:
    """The finest funds that have an amount anywhere; general where none is named.

    ``other`` with them where more is printed of all funds than of 财政拨款, and no fund is named that it could be of.
    """
    shown = [o for o in observations if o.amount.value]
    funds = _leaves("fund", [o.point.fund for o in shown]) or ["general"]
    whole = {o.point: o.amount.fen for o in shown if o.point.fund is None}
    beyond = any(
        o.point.fund == "fiscal" and whole.get(o.point.at(fund=None), 0) >= o.amount.fen + 2 * o.amount.quantum
        for o in shown
    )
    return [*funds, "other"] if beyond and all(at_or_below("fund", fund, "fiscal") for fund in funds) else funds


def families(
    observations: Iterable[Observation], moment: Point, funds: Sequence[str], book: Book
) -> tuple[Family, ...]:
    """The families of the expenditure at ``moment`` (year, stage and flow named)."""
    seen = [o for o in observations if _within(o.point, moment)]
    if not seen:
        return ()
    natures: list[str | None] = [*_leaves("nature", [o.point.nature for o in seen if o.amount.value])] or [None]
    shapes = {tuple(n for n in _CLASSES if o.point.get(n) is not None) for o in seen if o.amount.value}
    return tuple(_family(shape, seen, funds, natures, book) for shape in _kept(shapes))


def _kept(shapes: set[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """The ways of classing that say the most: one that is part of another adds nothing."""
    return sorted(shape for shape in shapes if not any(set(shape) < set(other) for other in shapes))


def _within(point: Point, moment: Point) -> bool:
    return (
        (point.year, point.stage, point.flow) == (moment.year, moment.stage, moment.flow)
        and point.topic is None
        and point.project is None
        and point.agency is None
        and point.indicator is None
        and point.purchase is None
        and point.measure == "amount"
    )


def _leaves(dimension: str, values: Iterable[str | None]) -> list[str]:
    """The distinct members that have none of the others below them, in order of appearance."""
    found = list(dict.fromkeys(value for value in values if value is not None))
    above = {higher for value in found for higher in ancestors(dimension, value)}
    return [value for value in found if value not in above]


def _family(
    shape: tuple[str, ...],
    seen: list[Observation],
    funds: Sequence[str],
    natures: list[str | None],
    book: Book,
) -> Family:
    own = [o.point for o in seen if o.amount.value and all(o.point.get(name) is not None for name in shape)]
    combinations = _combinations(shape, own)
    slices = frozenset(
        (fund, nature) for fund in funds for nature in natures if any(_covers(p, fund, nature) for p in own)
    )
    atoms: list[Point] = []
    moment = seen[0].point
    base = Point(year=moment.year, stage=moment.stage, flow=moment.flow)
    split = any(o.point.staffing is not None and o.amount.value for o in seen)
    for fund, nature in product(funds, natures):
        if (fund, nature) not in slices:
            continue
        staffings: tuple[str | None, ...] = ("personnel", "public") if nature == "basic" and split else (None,)
        for values, staffing in product(combinations, staffings):
            atom = base.at(fund=fund, nature=nature, staffing=staffing, **dict(zip(shape, values, strict=True)))
            if not any(book.listing_without(wider) for wider in _wider(atom)):
                atoms.append(atom)
    return Family(shape, tuple(atoms), slices)


def _combinations(shape: tuple[str, ...], points: list[Point]) -> list[tuple[str, ...]]:
    """The codes (or combinations of codes) that have none of the others below them."""
    if len(shape) == 1:
        return [(code,) for code in sorted(_leaves(shape[0], [p.get(shape[0]) for p in points]))]
    return sorted({tuple(p.get(name) for name in shape) for p in points})


def _covers(point: Point, fund: str, nature: str | None) -> bool:
    return at_or_below("fund", fund, point.fund) and at_or_below("nature", nature, point.nature)


def at_or_below(dimension: str, value: str | None, wanted: str | None) -> bool:
    """Whether ``value`` is ``wanted`` or a part of it; everything is part of what is not named."""
    return wanted is None or value == wanted or (value is not None and wanted in ancestors(dimension, value))


@dataclass(frozen=True, slots=True)
class Below:
    """Numbered points, found by what they are at or below, along ``dimensions``."""

    dimensions: tuple[str, ...]
    everything: frozenset[int]
    members: Mapping[tuple[str, str | None], frozenset[int]]

    @staticmethod
    def of(points: Sequence[Point], dimensions: Sequence[str]) -> Below:
        found: defaultdict[tuple[str, str | None], list[int]] = defaultdict(list)
        for number, point in enumerate(points):
            for name in dimensions:
                value = point.get(name)
                if value is not None:
                    for wanted in (value, *ancestors(name, value)):
                        found[name, wanted].append(number)
        members = {key: frozenset(numbers) for key, numbers in found.items()}
        return Below(tuple(dimensions), frozenset(range(len(points))), members)

    def inside(self, point: Point) -> frozenset[int]:
        """The numbers of the points that are ``point`` or parts of it; dimensions that it does not name say nothing."""
        wanted = [(name, point.get(name)) for name in self.dimensions if point.get(name) is not None]
        sets = sorted((self.members.get(key, frozenset()) for key in wanted), key=len)
        return frozenset.intersection(*sets) if sets else self.everything


def _wider(atom: Point) -> Iterator[Point]:
    """The points under which an exhaustive table may have left the atom out."""
    plain = atom.at(staffing=None)
    for coded in sorted(CODED_DIMENSIONS):
        if atom.get(coded) is not None:
            alone = plain.at(**{other: None for other in CODED_DIMENSIONS if other != coded})
            yield alone
            yield alone.at(nature=None)
            yield alone.at(fund=None)
            yield alone.at(fund=None, nature=None)
