"""How the parts of a table are put together: which columns are the same, and what a page break did to the row at it."""

from __future__ import annotations

import itertools

from mingzhang.classification import by_name
from mingzhang.documents.model import Cell, Grid
from mingzhang.recognition.header import CODE, PREFIXED_CODE, decimal_of, is_number, is_total_label

NEAR = 6.0
"""Points by which the edges of a column may differ between pages."""

Box = tuple[float, float, float, float]


def joined(former: Grid, latter: Grid, start: int) -> Grid:
    """``former`` with the rows of ``latter`` from ``start`` below it; columns are matched by place where they differ.

    The columns are those of ``former``, unless it shows fewer: the upper row of a header, merged over what follows.
    """
    upper, lower = list(former.cells), [cell for cell in latter.cells if cell.row >= start]
    width = former.columns
    if former.columns != latter.columns:
        if latter.columns > former.columns and standing_within(former, latter):
            upper, width = _moved(upper, former, latter), latter.columns
        else:
            lower = _moved(lower, latter, former)
    lower = [Cell(cell[0] - start + former.rows, *cell[1:]) for cell in lower]
    upper, lower = _one_row(upper, lower, former.rows)
    return Grid(former.rows + latter.rows - start, width, (*upper, *lower), former.source, former.ruled)


def _moved(cells: list[Cell], grid: Grid, onto: Grid) -> list[Cell]:
    """The cells with the columns of another grid, at the same places; one without text gives way to one with text."""
    first, last = _column_maps(grid, onto)
    moved: list[Cell] = []
    for cell in cells:
        column = first[cell.column]
        end = last[min(cell.column + cell.column_span, grid.columns) - 1]
        moved.append(cell._replace(column=column, column_span=max(1, end - column + 1)))
    taken = {(cell.row, cell.column) for cell in moved if cell.text}
    return [cell for cell in moved if cell.text or (cell.row, cell.column) not in taken]


def _column_maps(grid: Grid, onto: Grid) -> tuple[list[int], list[int]]:
    """For each column of ``grid`` the first and the last of ``onto`` at the same place, keeping their order."""
    lefts, rights = _edges(grid)
    known_lefts, known_rights = _edges(onto)
    if not lefts or not known_lefts:
        # Places are not known: the columns that hold any text are the same, in their order.
        here, there = occupied(grid), occupied(onto)
        shift = (there[0] if there else 0) - (here[0] if here else 0)
        plain = [min(max(0, column + shift), onto.columns - 1) for column in range(grid.columns)]
        return plain, plain
    first: list[int] = []
    last: list[int] = []
    for column in range(grid.columns):
        at = _nearest(known_lefts, lefts.get(column), column)
        first.append(max(at, first[-1] if first else 0))
        last.append(max(first[-1], _nearest(known_rights, rights.get(column), first[-1])))
    return first, last


def _nearest(known: dict[int, float], wanted: float | None, otherwise: int) -> int:
    return otherwise if wanted is None else min(known, key=lambda column: abs(known[column] - wanted))


def _edges(grid: Grid) -> tuple[dict[int, float], dict[int, float]]:
    """The left and the right edge of each column that some cell which begins or ends there shows."""
    lefts: dict[int, float] = {}
    rights: dict[int, float] = {}
    for cell in grid.cells:
        box = box_of(cell)
        if box is not None:
            lefts.setdefault(cell.column, box[0])
            rights.setdefault(cell.column + cell.column_span - 1, box[2])
    return lefts, rights


def box_of(cell: Cell) -> Box | None:
    """The box of a cell, where its place is known."""
    return cell.source.bbox


def occupied(grid: Grid) -> range:
    """The columns from the first to the last that hold any text."""
    filled = [cell for cell in grid.cells if cell.text]
    if not filled:
        return range(grid.columns)
    return range(min(cell.column for cell in filled), max(cell.column + cell.column_span for cell in filled))


def outer_edges(grid: Grid) -> tuple[float, float] | None:
    """Where the columns that hold any text begin and end."""
    if grid.source.bbox is None:
        return None
    columns = occupied(grid)
    lefts, rights = _edges(grid)
    return lefts.get(columns.start, grid.source.bbox[0]), rights.get(columns.stop - 1, grid.source.bbox[2])


def standing_within(inner: Grid, outer: Grid) -> bool:
    """Whether every cell of ``inner`` begins and ends where some cell of ``outer`` does."""
    boxes = [box for cell in outer.cells if (box := box_of(cell)) is not None]
    begins, ends = {box[0] for box in boxes}, {box[2] for box in boxes}
    wanted = [box for cell in inner.cells if (box := box_of(cell)) is not None]
    return bool(wanted) and all(_is_near(box[0], begins) and _is_near(box[2], ends) for box in wanted)


def _is_near(at: float, known: set[float]) -> bool:
    return any(abs(at - other) <= NEAR for other in known)


# --- the row at the break --------------------------------------------------------------------------------------------


def is_printed_again(former: Grid, latter: Grid, row: int) -> bool:
    """Whether the row of ``latter`` is the last one of ``former``, drawn whole on both pages: words and amounts alike."""
    if former.source.page is None or former.source.page == latter.source.page:
        return False
    above = [cell.text for cell in former.cells if cell.row == former.rows - 1 and cell.text]
    below = [cell.text for cell in latter.cells if cell.row == row and cell.text]
    coded = any(CODE.match(text) or PREFIXED_CODE.match(text) for text in above)
    return coded and above == below and any(is_number(t) and "." in t and decimal_of(t) for t in above)


def _one_row(upper: list[Cell], lower: list[Cell], row: int) -> tuple[list[Cell], list[Cell]]:
    """A row that begins on one page and ends on the next, where only the lines of its name are parted."""
    above = [cell for cell in itertools.takewhile(lambda cell: cell.row >= row - 1, reversed(upper)) if cell.text][::-1]
    below = [cell for cell in lower if cell.row == row and cell.text]
    if len(below) == 1 and len(above) > 1:
        rest, whole = below[0], above
    elif len(above) == 1 and len(below) > 1:
        rest, whole = above[0], below
    else:
        return upper, lower
    beside = next((cell for cell in whole if cell.column == rest.column), None)
    if beside is None or not _is_words(rest.text) or not _is_words(beside.text):
        return upper, lower
    text = beside.text + rest.text if rest is below[0] else rest.text + beside.text
    coded = any(CODE.match(cell.text) for cell in whole)
    if not ((coded and not rest.text.endswith((":", "："))) or (_names(text) and not _names(beside.text))):
        return upper, lower
    mended = beside._replace(text=text)
    return (
        [mended if cell is beside else cell._replace(text="") if cell is rest else cell for cell in upper],
        [mended if cell is beside else cell._replace(text="") if cell is rest else cell for cell in lower],
    )


def _is_words(text: str) -> bool:
    return not any(character.isdigit() for character in text) and not is_total_label(text)


def _names(text: str) -> bool:
    """Whether a text is the name of some class."""
    return any(match.exact for dimension in ("function", "object") for match in by_name(dimension, text))
