"""Edits of a document as read: another text in a cell, other words in a line, a row or a block less."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from mingzhang.cube.source import Source
from mingzhang.documents.model import Cell, Document, Grid, Line


@dataclass(frozen=True, slots=True)
class At:
    """A cell (``start`` is its number in the grid) or characters of a line of one block of a document."""

    block: int
    start: int
    end: int = -1


def grids(document: Document) -> Iterator[tuple[int, Grid]]:
    """The grids with the numbers of their blocks."""
    return ((number, block) for number, block in enumerate(document.blocks) if isinstance(block, Grid))


def lines(document: Document) -> Iterator[tuple[int, Line]]:
    """The lines with the numbers of their blocks."""
    return ((number, block) for number, block in enumerate(document.blocks) if isinstance(block, Line))


def with_block(document: Document, number: int, block: Line | Grid | None) -> Document:
    """The document with another block there, or without it."""
    new = () if block is None else (block,)
    return replace(document, blocks=(*document.blocks[:number], *new, *document.blocks[number + 1 :]))


def with_cells(document: Document, texts: dict[At, str]) -> Document:
    """The document with other texts in some cells."""
    for number in {at.block for at in texts}:
        grid = document.blocks[number]
        assert isinstance(grid, Grid)
        cells = list(grid.cells)
        for at, text in texts.items():
            if at.block == number:
                cells[at.start] = cells[at.start]._replace(text=text)
        document = with_block(document, number, replace(grid, cells=tuple(cells)))
    return document


def with_words(document: Document, at: At, words: str) -> Document:
    """The document with ``words`` in place of the characters at ``at``; what stands behind keeps its place."""
    line = document.blocks[at.block]
    assert isinstance(line, Line)
    text = line.text[: at.start] + words + line.text[at.end :]
    shift = len(words) - (at.end - at.start)
    anchors: dict[int, Source] = {}
    for offset, source in line.anchors:
        moved = offset if offset <= at.start else max(offset + shift, at.start) if offset < at.end else offset + shift
        if moved < max(len(text), 1):
            anchors.setdefault(moved, source)
    return with_block(document, at.block, replace(line, text=text, anchors=tuple(sorted(anchors.items()))))


def without_row(document: Document, number: int, row: int) -> Document:
    """The document without that row of the grid, which no cell may span."""
    grid = document.blocks[number]
    assert isinstance(grid, Grid)
    kept: list[Cell] = []
    for cell in grid.cells:
        if cell.row > row:
            kept.append(cell._replace(row=cell.row - 1))
        elif cell.row < row:
            assert cell.row + cell.row_span <= row
            kept.append(cell)
    return with_block(document, number, replace(grid, rows=grid.rows - 1, cells=tuple(kept)))


def is_plain_row(grid: Grid, row: int) -> bool:
    """Whether every cell at the row stands in that row alone."""
    return all(
        cell.row_span == 1 and cell.column_span == 1
        for cell in grid.cells
        if cell.row <= row < cell.row + cell.row_span
    )


def key_of(source: Source) -> tuple[object, ...]:
    """What tells places of one document apart, without the table that recognition adds."""
    return (source.page, source.bbox, source.sheet, source.cell, source.line)


def overlap(one: Source, other: Source) -> bool:
    """Whether two places of a document meet."""
    if one.bbox and other.bbox:
        apart = any(one.bbox[i] >= other.bbox[i + 2] or other.bbox[i] >= one.bbox[i + 2] for i in (0, 1))
        return one.page == other.page and not apart
    if (one.sheet, one.line, one.page) != (other.sheet, other.line, other.page):
        return False
    if one.cell and other.cell:
        return one.cell == other.cell
    return None in (one.column, other.column) or one.column == other.column
