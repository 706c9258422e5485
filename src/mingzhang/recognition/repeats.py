"""Rows that repeat a point: a class once for each unit, an item listed again. They are parts, not the same amount."""

from __future__ import annotations

from dataclasses import replace

from mingzhang.cube.disclosure import Observation
from mingzhang.cube.hierarchy import CODED_DIMENSIONS
from mingzhang.cube.point import UNNAMED_AGENCY, Point

_TWO_LEVELS = 2
_MOST_APART = 0.2  # of the figures that two tables would share
_DASHES = ("—", "——")


def _is_item(point: Point, by_unit: bool) -> bool:
    """Whether a point may rightly stand on several rows: a class, an item of a list, a unit named as its department."""
    if point.project is not None or (by_unit and point.agency is not None):
        return True
    return any(point.get(dimension) for dimension in CODED_DIMENSIONS)


def _is_one_level(point: Point, found: list[Observation]) -> bool:
    """A class that has nothing finer below it, printed once more where its 项 would stand: one amount, not two."""
    if point.project is not None or not any(point.get(dimension) for dimension in CODED_DIMENSIONS):
        return False
    rows = sorted(each.source.row or 0 for each in found)
    beside = rows == list(range(rows[0], rows[0] + len(rows))) and len(rows) == _TWO_LEVELS
    return beside and all(each.label == found[0].label and _agree(each, found[0]) for each in found)


def told_apart(observations: list[Observation], units: dict[int, str] | None = None) -> list[Observation]:
    """One point on several rows: a code once for each unit, an item that is listed again.

    ``units`` are the units by the rows that name them beside a code; where it names none they are counted.
    """
    rows: dict[Point, list[int]] = {}
    for position, observation in enumerate(observations):
        rows.setdefault(observation.point, []).append(position)
    by_unit = len({point.agency for point in rows}) > 1
    repeated = {
        point: positions
        for point, positions in rows.items()
        if len({observations[position].source.row for position in positions}) > 1
        and _is_item(point, by_unit)
        and not _is_one_level(point, [observations[position] for position in positions])
    }
    if any(point.get(dimension) for point in repeated for dimension in CODED_DIMENSIONS):
        # Where the total recurs as well, whole tables stand below each other, each with its own.
        repeated |= {
            point: positions
            for point, positions in rows.items()
            if len({observations[position].source.row for position in positions}) > 1
        }
        # The sum over the unnamed units takes in the codes that only one of them has.
        repeated |= {
            point: positions
            for point, positions in rows.items()
            if any(point.get(dimension) for dimension in CODED_DIMENSIONS) and point.agency is None
        }
    told = list(observations)
    for point, positions in repeated.items():
        named = [(units or {}).get(observations[position].source.row or 0) for position in positions]
        if point.agency is None and None not in named and len(set(named)) == len(named):
            agencies = [unit or "" for unit in named]
        else:
            agencies = [f"{point.agency or ''}{UNNAMED_AGENCY}{number}" for number in range(1, len(positions) + 1)]
        for agency, position in zip(agencies, positions, strict=True):
            told[position] = replace(told[position], point=point.at(agency=agency))
    return told


def in_one_order(tables: list[list[Observation]]) -> list[list[Observation]]:
    """The same, where tables list the unnamed in different orders: then the first of one is not the first of another."""
    known: dict[Point, Observation] = {}
    ordered: list[list[Observation]] = []
    for observations in tables:
        counted = [each for each in observations if UNNAMED_AGENCY in (each.point.agency or "")]
        shared = [(each, known[each.point]) for each in counted if each.point in known]
        apart = sum(not _agree(left, right) for left, right in shared)
        if apart > _MOST_APART * len(shared):
            observations = [_of_its_table(each) for each in observations]
        else:
            for each in counted:
                known.setdefault(each.point, each)
        ordered.append(observations)
    return ordered


def _agree(left: Observation, right: Observation) -> bool:
    one, other = left.amount, right.amount
    if not (one.unit.is_money and other.unit.is_money):
        return one.unit == other.unit and abs(one.value - other.value) <= max(one.quantum, other.quantum)
    return abs(one.fen - other.fen) <= max(one.quantum, other.quantum)


def _of_its_table(observation: Observation) -> Observation:
    agency = observation.point.agency or ""
    if UNNAMED_AGENCY not in agency:
        return observation
    return replace(observation, point=observation.point.at(agency=f"{agency}.{observation.source.table}"))


def without_headings(observations: list[Observation]) -> list[Observation]:
    """一、“三公”经费支出 — over （一）支出合计 20.00: the dash says that the figure stands below, not that it is nought."""
    printed = {each.point for each in observations if not each.amount.is_blank}
    return [each for each in observations if not (each.amount.printed.strip() in _DASHES and each.point in printed)]
