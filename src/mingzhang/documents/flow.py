"""What word-processor files and web pages have in common: paragraphs and drawn tables in order → blocks.

A table may stand within a cell of another. Where the inner one is a table of its own the outer rows around it are only
layout: their text and the inner tables are told one after the other, and the rows above and below stay tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from mingzhang.cube.source import Source
from mingzhang.documents import refusals
from mingzhang.documents.model import Cell, Grid, Line
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text_tables import Row, grid_of, pasted_rows
from mingzhang.documents.workbook import one_line

_BLANKS = " \u3000\u00a0\r\f\v"
MAX_NESTING = 50
"""Tables within tables; browsers and word processors give up at about as many."""


@dataclass(frozen=True, slots=True)
class FlowCell:
    """A cell as drawn: where it is anchored (from 0), what it spans, and its paragraphs and tables in order."""

    row: int
    column: int
    row_span: int
    column_span: int
    parts: tuple[str | FlowTable, ...]


@dataclass(frozen=True, slots=True)
class FlowTable:
    """A table as drawn; no two cells claim one position."""

    rows: int
    columns: int
    cells: tuple[FlowCell, ...]


@dataclass(slots=True)
class _Placed:
    row: int
    column: int
    row_span: int
    column_span: int
    parts: list[str | FlowTable]


@dataclass(slots=True)
class Count:
    """The cells and paragraphs of a whole file, bounded."""

    raw: RawFile
    cells: int = 0
    paragraphs: int = 0

    def texts(self, text: str) -> list[str]:
        """The lines of a paragraph that show anything, without the blanks around them; tabs may part fields and stay."""
        found = [line.strip(_BLANKS) for line in text.split("\n") if line.strip()]
        self.paragraphs += len(found)
        if self.paragraphs > self.raw.limits.paragraphs:
            raise refusals.too_large(self.raw.path, f"段落超过 {self.raw.limits.paragraphs} 个", "paragraphs")
        return found

    def cell(self) -> None:
        """One more cell."""
        self.cells += 1
        if self.cells > self.raw.limits.cells:
            raise refusals.too_large(self.raw.path, f"表格单元格超过 {self.raw.limits.cells} 个", "cells")


@dataclass(slots=True)
class TableMaker:
    """Puts cells where they are drawn, row by row, around those that reach down from the rows above."""

    count: Count
    row: int = -1
    _cells: list[_Placed] = field(default_factory=list)
    _anchored: dict[int, _Placed] = field(default_factory=dict)
    _reaching: dict[int, int] = field(default_factory=dict)
    _width: int = 0
    _next: int = 0

    def next_row(self) -> None:
        """Begin a row."""
        self.row += 1
        self._next = 0
        self._reaching = {column: last for column, last in self._reaching.items() if last >= self.row}

    def skip(self, columns: int) -> None:
        """Leave positions without a cell at the start of a row."""
        self._next += max(columns, 0)
        self._check()

    def add(self, parts: list[str | FlowTable], row_span: int = 1, column_span: int = 1) -> None:
        """A cell at the next free position; a wide one ends before a cell that reaches down."""
        self.count.cell()
        if self.row < 0:
            self.next_row()
        while self._next in self._reaching:
            self._next += 1
        column = self._next
        self._next += 1
        while self._next < column + column_span and self._next not in self._reaching:
            self._next += 1
            if self._next % 1000 == 0:
                self._check()
        width = self._next - column
        placed = self._anchored[column] = _Placed(self.row, column, max(row_span, 1), width, parts)
        self._cells.append(placed)
        if row_span > 1:
            self._reaching |= dict.fromkeys(range(column, self._next), self.row + row_span - 1)
        self._check()

    def extend_above(self, column_span: int) -> bool:
        """Make the cell above the next position reach into this row; false where none of that width ends there."""
        cell = self._anchored.get(self._next)
        if cell is not None and (cell.row + cell.row_span, cell.column_span) == (self.row, column_span):
            cell.row_span += 1
            self._next += column_span
            self._check()
            return True
        return False

    def widen_last(self, column_span: int) -> bool:
        """Make the last cell of this row reach over the next position."""
        if not self._cells or self._cells[-1].row != self.row:
            return False
        self._cells[-1].column_span += column_span
        self._next += column_span
        self._check()
        return True

    def _check(self) -> None:
        self._width = max(self._width, self._next)
        raw = self.count.raw
        if (self.row + 1) * self._width > raw.limits.cells:
            raise refusals.too_large(raw.path, f"一张表格有 {self.row + 1} 行 {self._width} 列", "cells")

    def table(self) -> FlowTable:
        """The table of the rows so far; what reaches beyond the last row is cut there."""
        height = self.row + 1
        return FlowTable(
            height,
            self._width,
            tuple(
                FlowCell(c.row, c.column, min(c.row_span, height - c.row), c.column_span, tuple(c.parts))
                for c in self._cells
            ),
        )


def blocks_of(flow: Sequence[str | FlowTable]) -> tuple[Line | Grid, ...]:
    """Lines and grids in reading order.

    Paragraphs and tables count from 1 as ``line`` (a table counts once); a cell also has its address ``T2R3C4``:
    second table, third row, fourth column.
    """
    return tuple(_Blocks().of(flow))


@dataclass(slots=True)
class _Blocks:
    lines: int = 0
    tables: int = 0

    def of(self, flow: Sequence[str | FlowTable]) -> Iterator[Line | Grid]:
        for texts, part in _parts(flow):
            yield from self._lines(texts)
            if part is not None:
                yield from self._table(part)

    def _lines(self, texts: list[str]) -> Iterator[Line | Grid]:
        """Paragraphs, and the tables that were pasted as paragraphs: a row each, its fields parted by tabs or blanks."""
        number = told = 0
        while number < len(texts):
            rows, used = pasted_rows(texts, number) if number >= told else ([], 0)
            if rows:
                yield grid_of([Row(row.texts, self.lines + row.line - number) for row in rows], ruled=False)
                self.lines += used
                number += used
                continue
            told = max(told, number + used)
            yield self._line(texts[number].strip())
            number += 1

    def _line(self, text: str) -> Line:
        self.lines += 1
        return Line(text, ((0, Source(line=self.lines)),))

    def _table(self, table: FlowTable) -> Iterator[Line | Grid]:
        """The table as one grid, or, where it holds others, as the runs of rows between them."""
        self.tables += 1
        number = self.tables
        layout = {
            row
            for cell in table.cells
            if any(isinstance(part, FlowTable) and _is_table(part) for part in cell.parts)
            for row in range(cell.row, cell.row + cell.row_span)
        }
        for first, last in _runs(table.rows, layout):
            cells = [cell for cell in table.cells if first <= cell.row <= last]
            drawn = first not in layout and (not layout or _is_data(cells))
            if drawn and table.columns > 1 and len(cells) > 1:
                grid = self._grid(cells, first, last, table, number)
                if grid is not None:
                    yield grid
            else:
                for cell in cells:
                    yield from self.of(cell.parts)

    def _grid(self, cells: list[FlowCell], first: int, last: int, table: FlowTable, number: int) -> Grid | None:
        texts = [one_line("\n".join(_texts(cell))) for cell in cells]
        if not any(texts):
            return None
        self.lines += 1
        made = tuple(
            Cell(
                cell.row - first,
                cell.column,
                text,
                self._place(number, cell.row, cell.column),
                min(cell.row_span, last + 1 - cell.row),
                cell.column_span,
            )
            for cell, text in zip(cells, texts, strict=True)
        )
        return Grid(last + 1 - first, table.columns, made, self._place(number, first, 0))

    def _place(self, table: int, row: int, column: int) -> Source:
        return Source(line=self.lines, cell=f"T{table}R{row + 1}C{column + 1}")


def _parts(flow: Sequence[str | FlowTable]) -> Iterator[tuple[list[str], FlowTable | None]]:
    """Runs of paragraphs, each with the table that ends it."""
    texts: list[str] = []
    for part in flow:
        if isinstance(part, str):
            texts.append(part)
        else:
            yield texts, part
            texts = []
    yield texts, None


def _runs(rows: int, layout: set[int]) -> Iterator[tuple[int, int]]:
    """The rows parted where layout begins or ends."""
    first = 0
    for row in range(1, rows + 1):
        if row == rows or (row in layout) != (first in layout):
            yield first, row - 1
            first = row


def _is_table(table: FlowTable) -> bool:
    """More than a frame around text: two rows and two columns with text, or a table that holds one."""
    filled = [cell for cell in table.cells if any(_texts(cell))]
    return _is_data(filled) or any(
        isinstance(part, FlowTable) and _is_table(part) for cell in table.cells for part in cell.parts
    )


def _is_data(cells: list[FlowCell]) -> bool:
    by_row: dict[int, int] = {}
    for cell in cells:
        if any(_texts(cell)):
            by_row[cell.row] = by_row.get(cell.row, 0) + 1
    return sum(count > 1 for count in by_row.values()) > 1


def _texts(cell: FlowCell) -> Iterator[str]:
    for part in cell.parts:
        if isinstance(part, str):
            yield part
        else:
            for inner in part.cells:
                yield from _texts(inner)
