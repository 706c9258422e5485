"""Rows that name classes of several classifications at once: 2010601-行政运行 | 50201-办公经费 | 30201-办公费.

Each such row is part of the total, of its function and of its economic classes; no single dimension lists it. Only sums
that are printed are derived: of this table, or of another one for the same slice.
"""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.cube.hierarchy import CODED_DIMENSIONS, ancestors
from mingzhang.cube.point import UNNAMED_AGENCY, Point
from mingzhang.reconciliation.derivation.book import Book
from mingzhang.reconciliation.derivation.tie import Tie

_CODED = tuple(sorted(CODED_DIMENSIONS))


def joint_sums(book: Book, table: str, points: dict[Point, int]) -> Iterator[Tie]:
    """The sums of a table's joint rows: in all, and by each class that is printed.

    A table in which such rows are themselves sums of others (a class beside its own parts) is not added up so.
    """
    if not any((p.function is not None) + (p.object is not None) + (p.gov_object is not None) > 1 for p in points):
        return
    slices: dict[Point, list[Point]] = {}
    partly: set[Point] = set()
    for point in points:
        named = [dimension for dimension in _CODED if point.get(dimension) is not None]
        if named:
            # Rows that repeat a point are counted as units without a name: parts like the others.
            agency = (point.agency or "").partition(UNNAMED_AGENCY)[0] or None
            rest = point.at(**dict.fromkeys(named), agency=agency)
            if len(named) > 1:
                slices.setdefault(rest, []).append(point)
            else:
                partly.add(rest)
    for rest, rows in slices.items():
        if rest in partly or any(_nested(rows, dimension) for dimension in _CODED):
            continue  # not every row is a part of its own
        if rest not in points:
            continue  # without a total the table does not say that it lists everything
        yield from _sum(book, table, points, rest, None, rows)
        for dimension in _CODED:
            if all(row.get(dimension) is not None for row in rows):
                for code, below in _by_class(rows, dimension).items():
                    yield from _sum(book, table, points, rest.at(**{dimension: code}), dimension, below)


def _nested(rows: list[Point], dimension: str) -> bool:
    """Whether some row is a sum of others: its code is above theirs, and it is like them in all else."""
    codes: dict[Point, set[str]] = {}
    for row in rows:
        code = row.get(dimension)
        if code is not None:
            codes.setdefault(row.at(**{dimension: None}), set()).add(code)
    return any(above in listed for listed in codes.values() for code in listed for above in ancestors(dimension, code))


def _by_class(rows: list[Point], dimension: str) -> dict[str, list[Point]]:
    """The rows of each class, of 项, 款 and 类 alike."""
    found: dict[str, list[Point]] = {}
    for row in rows:
        code = row.get(dimension)
        for within in (code, *ancestors(dimension, code)):
            found.setdefault(within, []).append(row)
    return found


def _sum(
    book: Book, table: str, points: dict[Point, int], point: Point, dimension: str | None, rows: list[Point]
) -> Iterator[Tie]:
    whole = points.get(point)
    whole = whole if whole is not None else book.find(point)
    if whole is None or book.is_latent(whole):
        return
    variables = [points[row] for row in rows]
    if book.any_printed((whole, *variables)):
        terms = ((1, whole), *((-1, variable) for variable in variables))
        known = book.tables.get(table)
        blocked = known is not None and known.unread_rows  # parts may be missing
        yield Tie("sum", terms, dimension=dimension or "function", table=table, blocked=blocked)
