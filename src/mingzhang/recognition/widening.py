"""A sheet too wide for one page: its further columns stand on later pages, the rows at the heights of those they go on with."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.documents.model import Cell, Grid
from mingzhang.recognition.header import header_rows
from mingzhang.recognition.joining import NEAR, box_of
from mingzhang.recognition.matrix import matrix_of
from mingzhang.recognition.vocabulary import parse_phrase


@dataclass(frozen=True, slots=True)
class Part:
    """What one page holds of a table: the grid, where its rows begin in the joined one, how many of them were skipped."""

    grid: Grid
    offset: int = 0
    skipped: int = 0


def goes_beside(part: Part, grid: Grid) -> bool:
    """Whether ``grid`` holds further columns of the rows of ``part``: the same rows at the same heights on another page.

    The header may have a row more or less: where nothing is subdivided its rows are drawn as one.
    """
    if part.grid.source.page is None or part.grid.source.page == grid.source.page:
        return False
    left, right = _edges(part.grid), _edges(grid)
    if len(left) < 3 or len(right) < 3:
        return False
    if abs(left[0] - right[0]) > NEAR or abs(left[-1] - right[-1]) > NEAR:
        return False
    fewer, more = sorted((left, right), key=len)
    return len(more) - len(fewer) <= 2 and all(any(abs(at - other) <= NEAR for other in more) for at in fewer)


def widened(whole: Grid, part: Part, grid: Grid, first: int) -> tuple[Grid, int]:
    """``whole`` with the columns of ``grid`` at the right of the rows of ``part``, and how many rows the header grew.

    ``first`` is the first row of the header of ``grid``. Columns of ``grid`` go to the right of all those of ``whole`` if
    ``part`` is the first, and else below those that were put beside the parts before it.
    """
    if part.offset == 0:
        edges = _united(_edges(part.grid), _edges(grid))
        grown = len(edges) - 1 - part.grid.rows
        own = {id(cell) for cell in whole.cells if cell.row < part.grid.rows}
        left = [_placed(c, edges, 0) if id(c) in own else c._replace(row=c.row + grown) for c in whole.cells]
        right = [_placed(cell, edges, whole.columns) for cell in grid.cells]
        left, right = _headed(left, right, whole.columns, _header_end(grid, first, edges))
        cells = sorted((*left, *right), key=lambda cell: (cell.row, cell.column))
        return Grid(whole.rows + grown, whole.columns + grid.columns, tuple(cells), whole.source, whole.ruled), grown
    body = part.grid.rows - part.skipped
    start, column = grid.rows - body, whole.columns - grid.columns
    lower = [
        c._replace(row=c.row - start + part.offset, column=c.column + column) for c in grid.cells if c.row >= start
    ]
    cells = sorted((*whole.cells, *lower), key=lambda cell: (cell.row, cell.column))
    return Grid(whole.rows, whole.columns, tuple(cells), whole.source, whole.ruled), 0


def _edges(grid: Grid) -> list[float]:
    """The heights at which rows begin, and where the last ends; empty where places are not known."""
    found: list[float] = []
    for cell in grid.cells:
        box = box_of(cell)
        if box is None:
            return []
        found += [box[1], box[3]]
    return _united(found, [])


def _united(left: list[float], right: list[float]) -> list[float]:
    edges: list[float] = []
    for at in sorted((*left, *right)):
        if not edges or at - edges[-1] > NEAR:
            edges.append(at)
    return edges


def _placed(cell: Cell, edges: list[float], column: int) -> Cell:
    """The cell at the rows that its box covers."""
    box = box_of(cell)
    if box is None:
        return cell._replace(column=cell.column + column)
    top = min(range(len(edges)), key=lambda row: abs(edges[row] - box[1]))
    bottom = min(range(len(edges)), key=lambda row: abs(edges[row] - box[3]))
    return cell._replace(row=top, row_span=max(1, bottom - top), column=cell.column + column)


def _header_end(grid: Grid, first: int, edges: list[float]) -> int:
    end = header_rows(matrix_of(grid), min(first, grid.rows - 1))
    tops = [box[1] for cell in grid.cells if cell.row == end and (box := box_of(cell)) is not None]
    return min(range(len(edges)), key=lambda row: abs(edges[row] - min(tops))) if tops else len(edges)


def _headed(left: list[Cell], right: list[Cell], column: int, end: int) -> tuple[list[Cell], list[Cell]]:
    """A phrase over columns of both pages is printed on one of them, or in part on each: it stands over all of them."""
    last = {cell.row: cell for cell in left if cell.column + cell.column_span == column and cell.row < end}
    changed: dict[int, str] = {}
    for cell in right:
        beside = last.get(cell.row)
        if cell.column != column or cell.row >= end or beside is None:
            continue
        over = cell.column_span > 1 or any(c.column == column and cell.row < c.row < end and c.text for c in right)
        cut = _together(beside.text, cell.text)
        if not cell.text and over and beside.text and beside.row_span == cell.row_span:
            changed[id(cell)] = beside.text
        elif not beside.text and over and cell.text and beside.row_span == cell.row_span:
            changed[id(beside)] = cell.text
        elif cut and not _understood(beside, cell):
            changed[id(beside)] = changed[id(cell)] = cut
    return (
        [cell._replace(text=changed.get(id(cell), cell.text)) for cell in left],
        [cell._replace(text=changed.get(id(cell), cell.text)) for cell in right],
    )


def _together(left: str, right: str) -> str:
    """What two texts make that one header was cut into; empty where that says nothing.

    The character at the cut may be printed on both pages, in part on each.
    """
    if not left or not right:
        return ""
    wholes = [left + right[1:]] if left[-1] == right[0] else []
    return next((whole for whole in (*wholes, left + right) if parse_phrase(whole).understood), "")


def _understood(left: Cell, right: Cell) -> bool:
    """Whether each says something by itself; 上年 before 结转 does not."""
    first, second = parse_phrase(left.text), parse_phrase(right.text)
    parted = first.point.keys() == {"year"} and isinstance(first.point["year"], str) and "year" not in second.point
    return first.understood and second.understood and not parted
