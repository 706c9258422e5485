"""A table that goes on over pages or sheets is one table: its parts are joined, a repeated header counts once."""

from __future__ import annotations

from mingzhang.documents.model import Grid
from mingzhang.recognition.header import header_rows, is_number
from mingzhang.recognition.joining import NEAR, occupied, outer_edges, standing_within
from mingzhang.recognition.matrix import Matrix, matrix_of
from mingzhang.recognition.vocabulary import parse_phrase


def continues(former: Grid, latter: Grid, former_first: int, latter_first: int, *, sheet: bool = False) -> int | None:
    """The first row of ``latter`` that goes on with ``former``, or ``None`` if it is a table of its own.

    ``former_first`` and ``latter_first`` are the rows below captions inside the grids. The latter repeats the former's
    header (which is skipped) or has none; either way its columns are the former's. ``sheet``: the former is a sheet of
    targets, whose parts have columns of their own within the same outer edges; what follows without a header is its.
    """
    if sheet:
        return latter_first if _same_edges(former, latter) else None
    upper, lower = matrix_of(former), matrix_of(latter)
    upper_end = header_rows(upper, former_first)
    lower_end = header_rows(lower, latter_first)
    header_only = former_first < upper_end == former.rows
    if not (_alike(former, latter) or (header_only and standing_within(former, latter))):
        return None
    if lower_end == latter_first:
        return latter_first
    header = [_texts(upper, row) for row in range(former_first, upper_end)]
    repeated = [_texts(lower, row) for row in range(latter_first, lower_end)]
    if repeated == header[: len(repeated)]:
        return lower_end
    if {text for row in repeated for text in row if text} <= {text for row in header for text in row if text}:
        return lower_end
    if header_only and former.source.page != latter.source.page and _is_unfinished(header, former, latter):
        return latter_first
    amounts = _amount_columns(upper, upper_end)
    if not any(_is_header_like(lower, row, amounts) for row in range(latter_first, lower_end)):
        return latter_first
    return None


def _alike(former: Grid, latter: Grid) -> bool:
    """Whether the columns of two grids stand at the same places (or are as many, where places are not known).

    A last row whose 合计 is merged over all the labels shows fewer of the columns; an outer column without any text may
    be drawn on one page only.
    """
    if former.columns == latter.columns:
        return True
    if former.source.bbox is None or latter.source.bbox is None:
        return len(occupied(former)) == len(occupied(latter))
    if not _same_edges(former, latter):
        return False
    return abs(former.columns - latter.columns) <= 2 or standing_within(latter, former)


def _same_edges(former: Grid, latter: Grid) -> bool:
    """Whether two grids begin and end at the same places, as drawn or as far as they hold any text."""
    if former.source.bbox is None or latter.source.bbox is None:
        return former.columns == latter.columns
    left, right = former.source.bbox, latter.source.bbox
    if _near(left[0], right[0]) and _near(left[2], right[2]):
        return True
    above, below = outer_edges(former), outer_edges(latter)
    return above is not None and below is not None and _near(above[0], below[0]) and _near(above[1], below[1])


def _near(at: float, other: float) -> bool:
    return abs(at - other) <= NEAR


def _is_unfinished(header: list[list[str]], former: Grid, latter: Grid) -> bool:
    """Whether a header at the foot of a page goes on with finer columns, or with the rest of its words, on the next."""
    return former.columns < latter.columns or any(
        text and not parse_phrase(text).understood for row in header for text in row
    )


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
