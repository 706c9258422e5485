"""Classes that are paid to people, and classes that things are bought under: 人员经费 and 公用经费 of one table."""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.classification.topics import staffing_of
from mingzhang.cube.point import Point
from mingzhang.reconciliation.derivation.book import TEXT, Book
from mingzhang.reconciliation.derivation.tie import Tie

_FEWEST = 2  # classes on the wrong side: one alone may be a unit's own manner


def staffings(book: Book) -> Iterator[Tie]:
    """Of a class that stands wholly under the other heading, the amount there is nought.

    Only where all such classes of a table stand on the wrong side: then its columns are exchanged, or their headings.
    Customary: the classification does not forbid it.
    """
    for table, variables in book.by_table.items():
        if table == TEXT:
            continue
        wrong: dict[Point, list[int]] = {}
        right: set[Point] = set()
        for variable in variables:
            point = book.observations[variable].point
            usual = staffing_of(point.function, point.object) if point.staffing is not None else None
            if usual is None or book.is_zero(variable):
                continue
            column = point.at(function=None, object=None, agency=None, staffing=None)
            if point.staffing == usual:
                right.add(column)
            else:
                wrong.setdefault(column, []).append(variable)
        for column, found in wrong.items():
            if column not in right and len(found) >= _FEWEST:
                yield from (Tie("staffing", ((1, variable),), "customary", table=table) for variable in found)
