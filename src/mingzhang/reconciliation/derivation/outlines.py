"""Lists of items in steps: a row is the sum of the rows that stand below it further to the right.

Purchases are listed so: 货物 | project | article, each label in a column of its own. The points of such rows do not say
what is part of what; where they stand does. Steps are believed only where most of the amounts bear them out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from mingzhang.cube.disclosure import Row, Table
from mingzhang.reconciliation.derivation.book import Book
from mingzhang.reconciliation.derivation.tie import Tie

_LISTS = frozenset({"procurement", "service_purchase"})
_HELD_FOR_ONE_BROKEN = 2  # heads whose sums hold, for each one whose sum does not

Cells = dict[tuple[int, int], int]


def outlines(book: Book) -> Iterator[Tie]:
    """The sums of the lists of purchases: each head over its items, and 合计 over all that stands first."""
    for table in book.tables.values():
        if table.point.topic not in _LISTS or table.unread_rows:
            continue
        cells: Cells = {}
        for variable in book.by_table.get(table.id, ()):
            observation = book.observations[variable]
            if observation.of_which:
                cells.clear()
                break
            cells[observation.source.row or 0, observation.source.column or 0] = variable
        if cells:
            yield from _of_list(book, table, cells)


def _of_list(book: Book, table: Table, cells: Cells) -> Iterator[Tie]:
    rows = [row for row in table.rows if any(row.source.row == at for at, _ in cells)]
    totals = [row for row in rows if row.kind == "total"]
    items = [row for row in rows if row.kind != "total"]
    if not items or any(row.kind not in ("total", "item") for row in rows):
        return
    best: list[Tie] | None = None
    fewest = 0
    for depths in (_depths(table, items, 0), _depths(table, items, -1)):
        below = _below(depths, items)
        steps = [tie for head, parts in below.items() for tie in _sums(book, table, cells, head, parts)]
        broken = sum(not book.may_hold(tie.terms) for tie in steps)
        if (len(steps) - broken) < _HELD_FOR_ONE_BROKEN * broken:
            continue  # the columns of the labels are no steps
        parts = _outermost(table, depths, items, below)
        if parts and len(totals) == 1:
            steps += _sums(book, table, cells, totals[0].source.row or 0, parts)
            broken = sum(not book.may_hold(tie.terms) for tie in steps)
        if best is None or broken < fewest:
            best, fewest = steps, broken
    yield from best or ()


def _depths(table: Table, items: list[Row], which: Literal[0, -1]) -> list[int]:
    """The first or the last column of labels in which each row says something."""
    found = []
    for row in items:
        filled = _filled(table, row)
        found.append(filled[which] if filled else len(row.texts))
    return found


def _filled(table: Table, row: Row) -> list[int]:
    """The columns of labels in which a row says something."""
    texts = zip(row.texts, table.columns, strict=False)
    return [at for at, (text, point) in enumerate(texts) if text and point is None]


def _outermost(table: Table, depths: list[int], items: list[Row], below: dict[int, list[int]]) -> list[int]:
    """The rows that 合计 adds up: those of the first depth if each of them heads others, or a plain list of like rows."""
    first = [row for depth, row in zip(depths, items, strict=True) if depth == min(depths)]
    heads = [row.source.row or 0 for row in first if (row.source.row or 0) in below]
    if heads:
        # 货物 over 某局 in one column of labels: one row more that heads nothing itself.
        return heads if len(heads) == len(first) else []
    alike = len({tuple(_filled(table, row)) for row in first}) == 1
    return [row.source.row or 0 for row in first] if alike else []


def _below(depths: list[int], items: list[Row]) -> dict[int, list[int]]:
    """The rows right below each head: those of the next depth that occurs below it, down to the next row of its own."""
    found: dict[int, list[int]] = {}
    above: list[tuple[int, int]] = []
    for depth, row in zip(depths, items, strict=True):
        number = row.source.row or 0
        while above and above[-1][0] >= depth:
            above.pop()
        if above:
            found.setdefault(above[-1][1], []).append(number)
        above.append((depth, number))
    return found


def _sums(book: Book, table: Table, cells: Cells, head: int, parts: list[int]) -> Iterator[Tie]:
    for column in sorted({column for _, column in cells}):
        listed = [cells[row, column] for row in parts if (row, column) in cells]
        if (head, column) in cells and listed and book.any_printed((cells[head, column], *listed)):
            terms = ((1, cells[head, column]), *((-1, part) for part in listed))
            yield Tie("sum", terms, dimension="project", table=table.id)
