"""The plain alternative: every sum within 0.01, one at a time, as a spreadsheet of check formulas does it.

A sum is a parent code and the codes right below it, 合计 and the codes of the highest level, 总计 and 基本 + 项目, 基本
and 人员 + 公用; besides, one point that two tables print must be equal. Each is allowed 0.01 in the printed unit.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from mingzhang.cube import Disclosure, Observation, Point
from mingzhang.cube.hierarchy import CODED_DIMENSIONS

_ALLOWED = Decimal("0.01")
_SPLITS = {"nature": ("basic", "project"), "staffing": ("personnel", "public")}


@dataclass(frozen=True, slots=True)
class Alarm:
    """A sum that misses by more than 0.01: its cells, as positions in ``disclosure.observations``, the sum first."""

    cells: tuple[int, ...]


def alarms(disclosure: Disclosure) -> frozenset[Alarm]:
    """All sums of the disclosure's tables that miss by more than 0.01 in the printed unit."""
    observations = disclosure.observations
    tables: dict[str, dict[Point, int]] = defaultdict(dict)
    for index, observation in enumerate(observations):
        if observation.origin == "table" and observation.amount.unit.is_money and observation.point.measure == "amount":
            tables[observation.source.table or ""].setdefault(observation.point, index)
    sums: list[tuple[int, ...]] = []
    for cells in tables.values():
        sums += _code_sums(cells)
        sums += _column_sums(cells)
    for left, right in combinations(tables.values(), 2):
        sums += [(left[point], right[point]) for point in left if point in right]
    return frozenset(Alarm(members) for members in sums if _misses(observations, members))


def _misses(observations: tuple[Observation, ...], members: tuple[int, ...]) -> bool:
    total, *parts = (observations[index].amount.value for index in members)
    return abs(total - sum(parts, Decimal(0))) > _ALLOWED


def _code_sums(cells: dict[Point, int]) -> list[tuple[int, ...]]:
    below: dict[Point, list[int]] = defaultdict(list)
    lengths = {
        dimension: min((len(code) for point in cells if (code := point.get(dimension))), default=0)
        for dimension in CODED_DIMENSIONS
    }
    for point, index in cells.items():
        for dimension in CODED_DIMENSIONS:
            code = point.get(dimension)
            if code is not None:
                above = None if len(code) == lengths[dimension] else code[:-2]
                below[point.at(**{dimension: above})].append(index)
    return [(cells[point], *parts) for point, parts in below.items() if point in cells]


def _column_sums(cells: dict[Point, int]) -> list[tuple[int, ...]]:
    found: list[tuple[int, ...]] = []
    for point, index in cells.items():
        for dimension, members in _SPLITS.items():
            parts = [cells.get(point.at(**{dimension: member})) for member in members]
            if dimension == "staffing" and point.nature is None:
                parts = [cells.get(point.at(nature="basic", staffing=member)) for member in members]
            if point.get(dimension) is None and None not in parts:
                found.append((index, *(part for part in parts if part is not None)))
    return found
