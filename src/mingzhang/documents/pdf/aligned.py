"""Tables without vertical lines, or without any: columns from numbers that stand one below the other.

A table is only claimed where at least three lines have numbers in the same two columns. Prose never has.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.cube.source import Source
from mingzhang.documents.model import Cell, Grid
from mingzhang.documents.pdf.glyphs import Box, Glyph, Ruling
from mingzhang.documents.pdf.textlines import box_of, lines_of, size_of, text_of

_GAP = 0.9  # sizes between two texts of different columns
_PITCH = 3.2  # sizes between two rows of one table
_ALIGNED = 0.7  # sizes by which the right edges (or the middles, or the left edges) of a column may differ
_LEAST_ROWS = 3
_LEAST_COLUMNS = 2
_HEADER_ROWS = 4
_NUMBER = re.compile(r"[-−(（]?\d[\d,，]*(?:\.\d+)?[%％)）]?")
_PLAIN = re.compile(r"\d{1,3}")
_LEADERS = re.compile(r"[.…·．]{3,}")


@dataclass(slots=True)
class _Piece:
    """Text between two wide gaps of a line."""

    glyphs: list[Glyph]
    text: str
    box: Box
    is_number: bool


@dataclass(slots=True)
class _Row:
    pieces: list[_Piece]
    baseline: float
    size: float

    @property
    def numbers(self) -> list[_Piece]:
        return [piece for piece in self.pieces if piece.is_number]


def aligned_grids(
    glyphs: Sequence[Glyph], rules: Sequence[Ruling], page: int, barriers: Sequence[Box] = ()
) -> tuple[list[Grid], list[Glyph]]:
    """Unruled tables among the characters of a page, and the characters that are in none.

    ``rules`` are horizontal lines that belong to no ruled table; ``barriers`` the boxes of ruled tables, which no
    other table reaches across.
    """
    digits = sum(1 for glyph in glyphs if glyph.char.isdigit())
    if digits < _LEAST_ROWS * _LEAST_COLUMNS:
        return [], list(glyphs)
    rows = [_row(line) for line in lines_of(glyphs)]
    if sum(1 for row in rows if len(row.numbers) >= _LEAST_COLUMNS) < _LEAST_ROWS:
        return [], list(glyphs)
    grids: list[Grid] = []
    used: set[int] = set()
    for first, last in _stretches(rows, rules, barriers):
        columns = _columns(rows[first : last + 1])
        if columns is None:
            continue
        grids.append(_grid(rows[first : last + 1], columns, page))
        used.update(range(first, last + 1))
    rest = [
        glyph for index, row in enumerate(rows) if index not in used for piece in row.pieces for glyph in piece.glyphs
    ]
    return grids, rest if grids else list(glyphs)


def _row(line: list[Glyph]) -> _Row:
    pieces: list[list[Glyph]] = [[line[0]]]
    for before, glyph in itertools.pairwise(line):
        if glyph.left - before.right > _GAP * min(before.size, glyph.size):
            pieces.append([])
        pieces[-1].append(glyph)
    return _Row([_piece(piece) for piece in pieces], line[0].baseline, size_of(line))


def _piece(glyphs: list[Glyph]) -> _Piece:
    text = text_of(glyphs)
    return _Piece(glyphs, text, box_of(glyphs), _NUMBER.fullmatch(text.replace(" ", "")) is not None)


def _stretches(rows: Sequence[_Row], rules: Sequence[Ruling], barriers: Sequence[Box]) -> list[tuple[int, int]]:
    """First and last rows of stretches that may be tables: rows of numbers, what stands between, headers above."""
    found: list[tuple[int, int]] = []
    index = 0
    while index < len(rows):
        if len(rows[index].numbers) < _LEAST_COLUMNS or _LEADERS.search(rows[index].pieces[-1].text):
            index += 1
            continue
        last = probe = index
        gap_rows = 0
        while probe + 1 < len(rows) and _adjoin(rows[probe], rows[probe + 1], barriers) and gap_rows <= 2:
            probe += 1
            if rows[probe].numbers and len(rows[probe].pieces) > 1:
                last, gap_rows = probe, 0
            else:
                gap_rows += 1
        count = sum(1 for row in rows[index : last + 1] if len(row.numbers) >= _LEAST_COLUMNS)
        if count >= _LEAST_ROWS:
            first = _header(rows, index, found[-1][1] + 1 if found else 0, rules, barriers)
            found.append((first, last))
        index = last + 1
    return found


def _adjoin(upper: _Row, lower: _Row, barriers: Sequence[Box]) -> bool:
    if lower.baseline - upper.baseline > _PITCH * max(upper.size, lower.size):
        return False
    return not any(upper.baseline < box[1] < lower.baseline for box in barriers)


def _header(rows: Sequence[_Row], index: int, lowest: int, rules: Sequence[Ruling], barriers: Sequence[Box]) -> int:
    """Where the header above the first row of numbers begins: at the top rule, else with the first row in pieces."""
    top_rule = max((rule.at for rule in rules if rule.at < rows[index].baseline - rows[index].size), default=None)
    first = index
    while first > lowest and index - first < _HEADER_ROWS and _adjoin(rows[first - 1], rows[first], barriers):
        above = rows[first - 1]
        ruled = any(rule.at < above.baseline - 0.5 * above.size for rule in rules if rule.at > above.baseline - 40)
        if len(above.pieces) < 2 and not (ruled and top_rule is not None and above.baseline > top_rule - 60):
            break
        first -= 1
    while first < index and len(rows[first].pieces) < 2 and not _is_ruled_above(rows[first], rules):
        first += 1
    return first


def _is_ruled_above(row: _Row, rules: Sequence[Ruling]) -> bool:
    return any(row.baseline - 3 * row.size < rule.at < row.baseline for rule in rules)


def _columns(rows: Sequence[_Row]) -> list[tuple[float, float]] | None:
    """The x-intervals that the pieces of number rows occupy together; None if they are not a table's columns."""
    counted = [row for row in rows if len(row.numbers) >= _LEAST_COLUMNS]
    spans = sorted((piece.box[0], piece.box[2]) for row in counted for piece in row.pieces)
    columns: list[tuple[float, float]] = []
    for left, right in spans:
        if columns and left <= columns[-1][1] + 1.0:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    if sum(1 for column in columns if _is_number_column(column, counted)) < _LEAST_COLUMNS:
        return None
    return columns


def _is_number_column(column: tuple[float, float], rows: Sequence[_Row]) -> bool:
    pieces = [piece for row in rows for piece in row.pieces if column[0] <= piece.box[0] and piece.box[2] <= column[1]]
    numbers = [piece for piece in pieces if piece.is_number]
    if len(numbers) < _LEAST_ROWS or len(numbers) < 0.6 * len(pieces):
        return False
    texts = [piece.text for piece in numbers]
    if all(_PLAIN.fullmatch(text) for text in texts):
        values = [int(text) for text in texts]
        if values == sorted(values) and values[0] != values[-1]:
            return False  # counting: 1 2 3, or the page numbers of a contents page
    slack = _ALIGNED * numbers[0].glyphs[0].size
    for edge in (2, 0):
        places = sorted(piece.box[edge] for piece in numbers)
        if places[-1 - len(places) // 8] - places[len(places) // 8] <= slack:
            return True
    middles = sorted((piece.box[0] + piece.box[2]) / 2 for piece in numbers)
    return middles[-1] - middles[0] <= slack


def _grid(rows: Sequence[_Row], columns: Sequence[tuple[float, float]], page: int) -> Grid:
    bounds = [columns[0][0]]
    bounds.extend((left[1] + right[0]) / 2 for left, right in itertools.pairwise(columns))
    bounds.append(columns[-1][1])
    bounds[0] = min(bounds[0], *(row.pieces[0].box[0] for row in rows))
    bounds[-1] = max(bounds[-1], *(row.pieces[-1].box[2] for row in rows))
    tops = [min(piece.box[1] for piece in row.pieces) for row in rows]
    bottom = max(piece.box[3] for piece in rows[-1].pieces)
    edges = [*tops, bottom]
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        occupied: dict[int, tuple[int, list[str]]] = {}
        taken = -1
        for piece in row.pieces:
            first, last = _covered(piece, columns, bounds)
            if first <= taken:
                # Two pieces in one column: one text.
                owner = max(key for key in occupied if key <= first)
                span, texts = occupied[owner]
                occupied[owner] = (max(span, last - owner + 1), [*texts, piece.text])
            else:
                occupied[first] = (last - first + 1, [piece.text])
            taken = max(taken, last)
        column = 0
        while column < len(columns):
            span, texts = occupied.get(column, (1, []))
            box = (bounds[column], edges[number], bounds[column + span], max(edges[number], edges[number + 1]))
            place = Source(page=page, bbox=_rounded(box))
            cells.append(Cell(number, column, " ".join(texts), place, 1, span))
            column += span
    box = (bounds[0], edges[0], bounds[-1], bottom)
    return Grid(len(rows), len(columns), tuple(cells), Source(page=page, bbox=_rounded(box)), ruled=False)


def _covered(piece: _Piece, columns: Sequence[tuple[float, float]], bounds: Sequence[float]) -> tuple[int, int]:
    """The columns a piece stands over: those it overlaps by half, else the one its middle is in."""
    left, right = piece.box[0], piece.box[2]
    over = [
        index
        for index, (start, end) in enumerate(columns)
        if min(right, end) - max(left, start) > 0.5 * min(end - start, right - left)
    ]
    if over:
        return over[0], over[-1]
    middle = (left + right) / 2
    inside = sum(1 for bound in bounds[1:-1] if bound <= middle)
    return inside, inside


def _rounded(box: Box) -> Box:
    return round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2)
