"""What two disclosures say of one point, held together: where no amount fits both prints, they contradict each other.

Nothing is listed table by table: a point that both know is compared, wherever it stands; a code that an exhaustive table
leaves out is nought there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.across.pairing import Pair
from mingzhang.across.points import Stand, View, implied_stands, open_stands
from mingzhang.cube.disclosure import Disclosure, Observation, Table
from mingzhang.cube.hierarchy import ancestors
from mingzhang.cube.point import DIMENSIONS, Point

_FISCAL = frozenset({"fiscal", "general", "gov_fund", "state_capital"})
_STAGE = re.compile("预算|决算")
_MOSTLY = 0.5
_OUTSIDE = ("project", "indicator", "agency")
"""Dimensions whose members are named differently in every document, or stand for its own parts."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """A point that both print and no amount satisfies. ``own`` or ``other`` is ``None`` where a complete table leaves it out.

    ``difference`` is own less other, in 分. ``above`` counts points that contain this one and differ by as much.
    ``bound``: own had only to be no less than other.
    """

    point: Point
    own: Stand | None
    other: Stand | None
    difference: Decimal
    listing: Table | None = None
    above: int = 0
    bound: bool = False


@dataclass(frozen=True, slots=True)
class Confrontation:
    """The outcome for a pair: how many points (not both nought) were compared, and those that contradict each other.

    ``unclear`` counts those of a 上年数 that does not say whether it is the budget and mostly is not: they were left out.
    """

    pair: Pair
    compared: int
    mismatches: tuple[Mismatch, ...]
    unclear: int = 0


def confront(pair: Pair, own: View, other: View) -> Confrontation:
    """Hold ``own`` to what ``other`` has published."""
    if pair.kind == "within":
        return _within(pair, own, other)
    year, stage = other.disclosure.year, "budget" if pair.kind == "accounts" else other.disclosure.stage
    theirs, ours = _of_year(other.stands, year, stage), _of_year(own.stands, year, stage)
    vague: set[Point] = set()
    if pair.kind == "former":
        ours, vague = _clear(own.disclosure, ours, theirs)
    compared, found = 0, []
    for point, stands in ours.items():
        stand, partners = _best(stands), theirs.get(point)
        if partners is not None:
            if stand.middle or _best(partners).middle:
                compared += 1
                found += _mismatch(point, stands, partners)
        elif stand.middle and (table := other.table_without(point)) is not None:
            compared += 1
            found.append(Mismatch(point, stand, None, stand.middle, table))
    for point, partners in theirs.items():
        partner = _best(partners)
        if point not in ours and not vague and partner.middle and (table := own.table_without(point)) is not None:
            compared += 1
            found.append(Mismatch(point, None, partner, -partner.middle, table))
    for stand in (*open_stands(own.disclosure), *implied_stands(own.disclosure)):
        if (stand.point.year, stand.point.stage) != (year, stage) or any(stand.point.get(name) for name in _OUTSIDE):
            continue
        known = [theirs[point] for point in stand.readings() if point in theirs]
        if stand.point in ours or not known or not (stand.middle or _best(known[0]).middle):
            continue  # what a table prints too is held to the table by the document's own relations
        compared += 1
        if not any(_mismatch(stand.point, [stand], partners) == [] for partners in known):
            found += _mismatch(stand.point, [stand], known[0])
    return Confrontation(pair, compared, tuple(_grouped(found)), len(vague))


def _clear(
    own: Disclosure, ours: dict[Point, list[Stand]], theirs: dict[Point, list[Stand]]
) -> tuple[dict[Point, list[Stand]], set[Point]]:
    """What can be held to last year, without the amounts that do not say of which stage they are and mostly differ."""
    open_ = {
        point
        for point, stands in ours.items()
        if point in theirs and stands[0].middle and not any(_STAGE.search(words_at(s.seen[0], own)) for s in stands)
    }
    apart = {point for point in open_ if _mismatch(point, ours[point], theirs[point])}
    if len(apart) <= _MOSTLY * len(open_):
        return ours, set()
    return {point: stands for point, stands in ours.items() if point not in open_}, open_


def words_at(observation: Observation, disclosure: Disclosure) -> str:
    """What the document itself says over or before an amount: the header of its column, or its sentence."""
    table = next((table for table in disclosure.tables if table.id == observation.source.table), None)
    column = observation.source.column
    if table is None or column is None or column > len(table.header):
        return observation.label
    return " ".join(table.header[column - 1])


def _within(pair: Pair, department: View, unit: View) -> Confrontation:
    """The unit's row in the department's tables is what the unit prints; and no unit has more than its department."""
    ours, theirs = department.stands, _of_year(unit.stands, unit.disclosure.year, unit.disclosure.stage)
    compared, exact, bounds = 0, [], []
    for point, stands in ours.items():
        if pair.listed is None or point.agency != pair.listed:
            continue
        partners = theirs.get(point.at(agency=None))
        if partners is not None and (_best(stands).middle or _best(partners).middle):
            compared += 1
            exact += _mismatch(point, stands, partners)
    for point, partners in theirs.items():
        partner = _best(partners)
        if point.fund not in _FISCAL or partner.middle <= 0:
            continue  # other money may flow between a department and its units
        whole = ours.get(point)
        if whole is not None:
            compared += 1
            if all(one.low > each.high for one in partners for each in whole):
                own = _best(whole)
                bounds.append(Mismatch(point, own, partner, own.middle - partner.middle, bound=True))
        elif (table := department.table_without(point)) is not None:
            compared += 1
            bounds.append(Mismatch(point, None, partner, -partner.middle, table, bound=True))
    return Confrontation(pair, compared, (*_grouped(exact), *_grouped(bounds)))


def sum_of_units(department: View, units: Sequence[View]) -> Iterator[tuple[Mismatch, tuple[Stand, ...]]]:
    """Points of fiscal money where the units, which are all of the department's, do not add up to it; with their parts."""
    its = department.disclosure
    found: list[Mismatch] = []
    parts: dict[Point, tuple[Stand, ...]] = {}
    for point, stands in _of_year(department.stands, its.year, its.stage).items():
        if point.fund not in _FISCAL:
            continue
        known: list[Stand] = []
        for unit in units:
            if point in unit.stands:
                known.append(_best(unit.stands[point]))
            elif unit.table_without(point) is None:
                break
        else:
            low, high = sum(stand.low for stand in known), sum(stand.high for stand in known)
            if known and not any(stand.low <= high and low <= stand.high for stand in stands):
                own = _best(stands)
                total = Stand(point, Decimal(low), Decimal(high), tuple(o for stand in known for o in stand.seen))
                found.append(Mismatch(point, own, total, own.middle - total.middle))
                parts[point] = tuple(known)
    for mismatch in _grouped(found):
        yield mismatch, parts[mismatch.point]


def explains(outcome: Confrontation, mismatch: Mismatch) -> bool:
    """Whether the row of a unit is wrong by as much as the units together are."""
    return any(_as_much(known, mismatch) for known in outcome.mismatches if known.point.agency is not None)


def _of_year(stands: dict[Point, list[Stand]], year: int | None, stage: str | None) -> dict[Point, list[Stand]]:
    return {
        point: found
        for point, found in stands.items()
        if (point.year, point.stage) == (year, stage) and not any(point.get(name) for name in _OUTSIDE)
    }


def _best(stands: Sequence[Stand]) -> Stand:
    """The stand that is told: one of a table, the first."""
    return next((stand for stand in stands if stand.seen[0].origin == "table"), stands[0])


def _mismatch(point: Point, stands: Sequence[Stand], partners: Sequence[Stand]) -> list[Mismatch]:
    if any(stand.meets(partner) for stand in stands for partner in partners):
        return []
    own, other = _best(stands), _best(partners)
    return [Mismatch(point, own, other, own.middle - other.middle)]


def _grouped(found: Sequence[Mismatch]) -> list[Mismatch]:
    """A difference shows again in every total above it: the innermost point is told, the others are counted."""
    kept: list[Mismatch] = []
    above: dict[Point, int] = {}
    for mismatch in sorted(found, key=lambda m: -_depth(m.point)):
        below = next((k for k in kept if _contains(mismatch.point, k.point) and _as_much(k, mismatch)), None)
        if below is not None:
            above[below.point] = above.get(below.point, 0) + 1
        elif not any(_as_much_together(kept, mismatch, name) for name in DIMENSIONS):
            kept.append(mismatch)
    order = {id(mismatch): number for number, mismatch in enumerate(found)}
    kept.sort(key=lambda mismatch: order[id(mismatch)])
    return [Mismatch(m.point, m.own, m.other, m.difference, m.listing, above.get(m.point, 0), m.bound) for m in kept]


def _depth(point: Point) -> int:
    return sum(1 + len(ancestors(name, value)) for name, value in point.named().items() if isinstance(value, str))


def _contains(whole: Point, part: Point) -> bool:
    """Whether every dimension of ``whole`` is that of ``part`` or above it."""
    for name in DIMENSIONS:
        value, below = whole.get(name), part.get(name)
        if value is not None and value != below and (below is None or value not in ancestors(name, str(below))):
            return False
    return True


def _as_much(part: Mismatch, whole: Mismatch) -> bool:
    return abs(part.difference - whole.difference) <= _width(part) + _width(whole)


def _as_much_together(kept: Sequence[Mismatch], whole: Mismatch, dimension: str) -> bool:
    """Whether a total is off by what its parts along one dimension are off together."""
    value = whole.point.get(dimension)
    parts = [k for k in kept if k.point != whole.point and k.point.at(**{dimension: value}) == whole.point]
    together = sum((k.difference for k in parts), Decimal(0))
    return len(parts) > 1 and abs(together - whole.difference) <= _width(whole) + sum(_width(k) for k in parts)


def _width(mismatch: Mismatch) -> Decimal:
    """How far rounding lets a difference be from what is printed."""
    stands = (stand for stand in (mismatch.own, mismatch.other) if stand is not None)
    return sum(((stand.high - stand.low) / 2 for stand in stands), Decimal(0))
