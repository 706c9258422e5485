"""A table that goes on over pages or sheets is one table: its parts are joined, a repeated header counts once."""

from __future__ import annotations

from dataclasses import replace

from mingzhang.cube.source import Source
from mingzhang.documents.model import Cell, Grid
from mingzhang.recognition.header import header_rows, is_number
from mingzhang.recognition.matrix import Matrix, matrix_of

_NEAR = 6.0  # points by which the edges of a column may differ between pages


def continues(former: Grid, latter: Grid, former_first: int, latter_first: int, *, sheet: bool = False) -> int | None:
    """The first row of ``latter`` that goes on with ``former``, or ``None`` if it is a table of its own.

    ``former_first`` and ``latter_first`` are the rows below captions inside the grids. The latter repeats the former's
    header (which is skipped) or has none; either way its columns are the former's. ``sheet``: the former is a sheet of
    targets, whose parts have columns of their own within the same outer edges; what follows without a header is its.
    """
    if sheet:
        return latter_first if _same_edges(former, latter) else None
    if not _alike(former, latter):
        return None
    upper, lower = matrix_of(former), matrix_of(latter)
    upper_end = header_rows(upper, former_first)
    lower_end = header_rows(lower, latter_first)
    if lower_end == latter_first:
        return latter_first
    header = [_texts(upper, row) for row in range(former_first, upper_end)]
    repeated = [_texts(lower, row) for row in range(latter_first, lower_end)]
    if repeated == header[: len(repeated)]:
        return lower_end
    if {text for row in repeated for text in row if text} <= {text for row in header for text in row if text}:
        return lower_end
    amounts = _amount_columns(upper, upper_end)
    if not any(_is_header_like(lower, row, amounts) for row in range(latter_first, lower_end)):
        return latter_first
    return None


def continues_beside(former: Grid, latter: Grid) -> bool:
    """Whether ``latter`` holds further columns of ``former``: a sheet too wide for one page, its rows at one height."""
    if former.rows != latter.rows or former.source.page == latter.source.page:
        return False
    left, right = _tops(former), _tops(latter)
    return len(left) == former.rows and all(abs(left[row] - right.get(row, -_NEAR)) <= _NEAR for row in left)


def _tops(grid: Grid) -> dict[int, float]:
    """The upper edge of each row, where places are known."""
    found: dict[int, float] = {}
    for cell in grid.cells:
        box = _box(cell)
        if box is not None:
            found[cell.row] = min(found.get(cell.row, box[1]), box[1])
    return found


def joined_beside(former: Grid, latter: Grid) -> Grid:
    """``former`` with the columns of ``latter`` to its right."""
    moved = tuple(replace(cell, column=cell.column + former.columns) for cell in latter.cells)
    cells = tuple(sorted((*former.cells, *moved), key=lambda cell: (cell.row, cell.column)))
    return Grid(former.rows, former.columns + latter.columns, cells, former.source, former.ruled)


def _alike(former: Grid, latter: Grid) -> bool:
    """Whether the columns of two grids stand at the same places (or are as many, where places are not known).

    A last row whose 合计 is merged over all the labels shows fewer of the columns.
    """
    if former.columns == latter.columns:
        return True
    if not _same_edges(former, latter):
        return False
    return abs(former.columns - latter.columns) <= 2 or _within(former, latter)


def _within(former: Grid, latter: Grid) -> bool:
    """Whether every cell of ``latter`` begins where some cell of ``former`` does."""
    known = [box[0] for cell in former.cells if (box := _box(cell)) is not None]
    starts = {box[0] for cell in latter.cells if (box := _box(cell)) is not None}
    return bool(starts) and all(any(abs(start - edge) <= _NEAR for edge in known) for start in starts)


def _same_edges(former: Grid, latter: Grid) -> bool:
    if former.source.bbox is None or latter.source.bbox is None:
        return former.columns == latter.columns
    left, right = former.source.bbox, latter.source.bbox
    return abs(left[0] - right[0]) <= _NEAR and abs(left[2] - right[2]) <= _NEAR


def _texts(matrix: Matrix, row: int) -> list[str]:
    return ["".join(matrix.text(row, column).split()) for column in range(matrix.width)]


def _amount_columns(matrix: Matrix, start: int) -> frozenset[int]:
    """The columns that hold numbers and no words below the header."""
    found: set[int] = set()
    for column in range(matrix.width):
        texts = [text for row in range(start, matrix.height) if (text := matrix.own_text(row, column))]
        if texts and all(is_number(text) for text in texts):
            found.add(column)
    return frozenset(found)


def _is_header_like(matrix: Matrix, row: int, amounts: frozenset[int]) -> bool:
    """A row of several short words and no number; a body row has a number, a single label, or labels beside blanks.

    ``amounts`` are the columns of numbers of the table before: a header would say what is in them.
    """
    filled = {column: text for column in range(matrix.width) if (text := matrix.own_text(row, column))}
    if len(filled) < 2 or any(is_number(text) for text in filled.values()):
        return False
    return not amounts or any(matrix.text(row, column) for column in amounts)


def joined(former: Grid, latter: Grid, start: int) -> Grid:
    """``former`` with the rows of ``latter`` from ``start`` below it; columns are matched by place where they differ."""
    columns = _column_map(former, latter)
    cells = list(former.cells)
    width = former.columns
    for cell in latter.cells:
        if cell.row < start:
            continue
        first = columns[cell.column]
        last = columns[min(cell.column + cell.column_span, latter.columns) - 1]
        cells.append(
            replace(cell, row=cell.row - start + former.rows, column=first, column_span=max(1, last - first + 1))
        )
        width = max(width, last + 1)
    return Grid(former.rows + latter.rows - start, width, tuple(cells), former.source, former.ruled)


def _column_map(former: Grid, latter: Grid) -> list[int]:
    """For each column of ``latter`` the column of ``former`` at the same place, keeping their order."""
    if former.columns == latter.columns:
        return list(range(latter.columns))
    above, below = _lefts(former), _lefts(latter)
    mapped: list[int] = []
    for column in range(latter.columns):
        wanted = below.get(column)
        nearest = min(above, key=lambda c: abs(above[c] - wanted)) if wanted is not None and above else column
        mapped.append(max(nearest, mapped[-1] if mapped else 0))
    return mapped


def _lefts(grid: Grid) -> dict[int, float]:
    """The left edge of each column that some unmerged cell shows."""
    found: dict[int, float] = {}
    for cell in grid.cells:
        box = _box(cell)
        if box is not None and cell.column_span == 1:
            found.setdefault(cell.column, box[0])
    return found


def _box(cell: Cell) -> tuple[float, float, float, float] | None:
    source: Source = cell.source
    return source.bbox
