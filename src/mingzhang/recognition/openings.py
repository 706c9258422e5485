"""What stands in a grid around its table: the cover before it, the sentences behind it, of a sheet that holds everything."""

from __future__ import annotations

import re
from dataclasses import replace

from mingzhang.documents.model import Grid, Line
from mingzhang.recognition.captions import is_caption_row
from mingzhang.recognition.header import is_number
from mingzhang.recognition.matrix import Matrix

_NOTE = re.compile(r"\s*(?:备注|附注|注|说明)\s*\d?\s*[:：]")
_SENTENCE = 15  # characters; what is shorter is the name of a row


def parted(grid: Grid, matrix: Matrix) -> tuple[tuple[Line, ...], Grid, tuple[Line, ...]]:
    """The rows of one text each that stand before the caption within a grid, as lines; the grid from its caption on; and
    the sentences that end it, as lines.

    Without a caption right above the header nothing tells the rows before it from those of the header: they stay.
    """
    first, end = _caption(matrix), _sentences(matrix)
    if not first and end == matrix.height:
        return (), grid, ()
    cells = [cell._replace(row=cell.row - first) for cell in grid.cells if first <= cell.row < end]
    rest = replace(grid, rows=end - first, cells=tuple(cells), source=cells[0].source if first else grid.source)
    return _lines(grid, range(first)), rest, _lines(grid, range(end, matrix.height))


def _lines(grid: Grid, rows: range) -> tuple[Line, ...]:
    cells = (cell for cell in grid.cells if cell.row in rows and cell.text.strip())
    return tuple(Line(cell.text.strip(), ((0, cell.source),)) for cell in cells)


def _sentences(matrix: Matrix) -> int:
    """The row from which on a grid holds nothing but a sentence a row. Notes belong to the table."""
    row = matrix.height
    while row > 1:
        texts = [text for text in matrix.own[row - 1] if text]
        sentence = len(texts) == 1 and len(texts[0]) >= _SENTENCE and texts[0].endswith("。")
        if not sentence or _NOTE.match(texts[0]) or _spans_rows(matrix, row - 1):
            break
        row -= 1
    return row


def _caption(matrix: Matrix) -> int:
    """The row at which the caption above the header begins, if rows that are none stand before it."""
    first = 0
    strange = False
    for row, own in enumerate(matrix.own):
        texts = [text for text in own if text]
        if texts and is_caption_row(texts):
            continue
        if len(texts) > 1 or any(map(is_number, texts)) or _spans_rows(matrix, row):
            return first if strange and first < row else 0
        if texts:
            first, strange = row + 1, True
    return 0


def _spans_rows(matrix: Matrix, row: int) -> bool:
    return any(cell is not None and cell.row == row and cell.row_span > 1 for cell in matrix.cells[row])
