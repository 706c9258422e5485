"""The amounts of a disclosure's own year and stage, also those that only follow: sums over the rows of two classifications.

A table may list functions and economic classes together and print the total of neither alone. Its rows are added up where
their sum over all is the printed total: that proves that it lists everything.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from itertools import product

from mingzhang.across.points import Stand, View
from mingzhang.cube.hierarchy import ancestors
from mingzhang.cube.point import Point

CLASSES = ("function", "object", "gov_object")
_APART = ("agency", "project", "indicator")


@dataclass(frozen=True, slots=True)
class OwnAmounts:
    """``stands`` by point without year and stage; ``complete`` are the scopes of which every code is known, by dimension."""

    view: View
    stands: dict[Point, Stand]
    complete: frozenset[tuple[str, Point]]

    def leaves_out(self, point: Point) -> bool:
        """Whether a code is nought because a complete list lacks it."""
        for name in CLASSES:
            if point.get(name) is not None and (name, point.at(**{name: None})) in self.complete:
                return True
        its = self.view.disclosure
        return self.view.table_without(point.at(year=its.year, stage=its.stage)) is not None


def own_amounts(view: View) -> OwnAmounts:
    """The finest print of each point in a table, else in the text; and what the rows of two classifications add up to."""
    disclosure = view.disclosure
    found: dict[Point, Stand] = {}
    for point, stands in view.stands.items():
        if (point.year, point.stage) != (disclosure.year, disclosure.stage) or any(point.get(n) for n in _APART):
            continue
        best = min(stands, key=lambda stand: (stand.seen[0].origin != "table", stand.high - stand.low))
        found[point.at(year=None, stage=None)] = best
    complete: set[tuple[str, Point]] = set()
    for dimension in CLASSES:
        for base, rows in _crossed(found, dimension).items():
            total = found.get(base)
            if total is None or not rows:
                continue
            low, high = sum(row.low for row in rows.values()), sum(row.high for row in rows.values())
            if low > total.high or high < total.low:
                continue
            complete.add((dimension, base))
            for code, stand in _with_ancestors(dimension, rows).items():
                found.setdefault(base.at(**{dimension: code}), stand)
    return OwnAmounts(view, found, frozenset(complete))


def _crossed(found: dict[Point, Stand], dimension: str) -> dict[Point, dict[str, Stand]]:
    """By scope, the innermost codes of a dimension with the sums over the innermost codes of the others beside it."""
    by_table: dict[tuple[Point, str], dict[tuple[str, ...], Stand]] = {}
    for point, stand in found.items():
        code, table = point.get(dimension), stand.seen[0].source.table
        others = [name for name in CLASSES if name != dimension and point.get(name)]
        if code is None or not others or table is None:
            continue
        base = point.at(**dict.fromkeys(CLASSES))
        by_table.setdefault((base, table), {})[(code, *(point.get(name) or "" for name in CLASSES))] = stand
    sums: dict[Point, dict[str, Stand]] = {}
    for (base, _), rows in by_table.items():
        sums.setdefault(base, _added(base, dimension, rows))
    return sums


def _added(base: Point, dimension: str, rows: dict[tuple[str, ...], Stand]) -> dict[str, Stand]:
    above = {
        upper
        for codes in rows
        for upper in product(
            *((code, *ancestors(name, code)) for name, code in zip((dimension, *CLASSES), codes, strict=True))
        )
        if upper != codes
    }
    inner: dict[str, list[Stand]] = {}
    for codes, stand in rows.items():
        if codes not in above:
            inner.setdefault(codes[0], []).append(stand)
    return {code: _sum(base.at(**{dimension: code}), stands) for code, stands in inner.items()}


def _with_ancestors(dimension: str, rows: dict[str, Stand]) -> dict[str, Stand]:
    """The rows, and every class above them as the sum of its own."""
    below: dict[str, list[Stand]] = {}
    for code, stand in rows.items():
        for above in (code, *ancestors(dimension, code)):
            below.setdefault(above, []).append(stand)
    return {code: _sum(stands[0].point.at(**{dimension: code}), stands) for code, stands in below.items()}


def _sum(point: Point, stands: list[Stand]) -> Stand:
    if len(stands) == 1:
        only = stands[0]
        return Stand(point, only.low, only.high, only.seen)
    low = sum((stand.low for stand in stands), Decimal(0))
    high = sum((stand.high for stand in stands), Decimal(0))
    return Stand(point, low, high, tuple(seen for stand in stands for seen in stand.seen))
