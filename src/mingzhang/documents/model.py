"""A document as read from a file of any kind: lines of text and grids of cells, in reading order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from mingzhang.cube.disclosure import InputFile
from mingzhang.cube.source import Anchors, Source, place_of


class Cell(NamedTuple):
    """One cell of a grid; ``row`` and ``column`` count from 0, spans from 1. ``text`` is as printed, lines joined."""

    row: int
    column: int
    text: str
    source: Source
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as drawn: cells in reading order, each anchored once; positions not covered by a cell do not exist.

    ``ruled`` is False where columns were inferred from the alignment of text rather than from lines, tabs or cells.
    """

    rows: int
    columns: int
    cells: tuple[Cell, ...]
    source: Source
    ruled: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of running text. ``anchors`` maps offsets in ``text`` to places, ascending, the first at 0.

    A document without finer places (a text file) has one anchor. A PDF has one for each run of characters.
    """

    text: str
    anchors: Anchors

    @property
    def source(self) -> Source:
        return self.anchors[0][1]

    def source_at(self, start: int, end: int) -> Source:
        """The place of ``text[start:end]``, with that text as its quote; boxes on one page are united."""
        return place_of(self.text, self.anchors, start, end)


@dataclass(frozen=True, slots=True)
class Document:
    """Everything read from one file, or from several that are one disclosure (``files``, see ``joining``).

    ``kind`` is txt, xlsx, xls, pdf, docx, html or image; ``blocks`` are lines and grids in reading order; ``notes`` are
    Chinese sentences on what could not be read fully (a recovered file, a page that is only an image …). ``turned`` are
    the pages whose writing lies on its side or on its head, each with the degrees, clockwise, that set it upright: places
    on such a page are those of the upright page.
    """

    path: str
    sha256: str
    kind: str
    pages: int | None
    blocks: tuple[Line | Grid, ...]
    notes: tuple[str, ...] = ()
    files: tuple[InputFile, ...] = ()
    turned: tuple[tuple[int, int], ...] = ()
