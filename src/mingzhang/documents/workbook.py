"""Worksheets as printed → blocks: which cells make one table, which are running text, and what is left out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mingzhang.cube.source import Source
from mingzhang.documents import refusals
from mingzhang.documents.model import Cell, Document, Grid, Line
from mingzhang.documents.raw import RawFile

UNCOMPUTED = "#未计算"
"""What stands for the result of a formula that the file does not hold."""

Position = tuple[int, int]
"""Row and column of a worksheet, both from 1."""

Box = tuple[int, int, int, int]
"""First row, first column, last row, last column, all from 1 and included."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What one cell shows, and whether a number is behind it."""

    text: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class Sheet:
    """One worksheet as printed, whatever the file format.

    ``cells`` holds the cells with text only. ``bordered_rows`` are the rows in which some cell has a drawn border.
    ``uncomputed`` are formulas that the file stores without a result, ``formulas`` the number of all.
    """

    name: str
    cells: Mapping[Position, Printed]
    merges: Sequence[Box] = ()
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    bordered_rows: frozenset[int] = frozenset()
    uncomputed: Sequence[Position] = field(default=())
    formulas: int = 0


def document_of(raw: RawFile, kind: str, sheets: Sequence[Sheet], notes: Sequence[str] = ()) -> Document:
    """The document of all visible sheets in their order. Raises ``UnreadableError``: empty-file, too-large."""
    blocks: list[Line | Grid] = []
    told = list(notes)
    for sheet in sheets:
        if sheet.hidden:
            if sheet.cells:
                told.append(f"工作表“{sheet.name}”已隐藏，未读取。")
            continue
        told.extend(_notes(sheet))
        blocks.extend(_sheet_blocks(sheet, raw))
    if not blocks:
        reason = "；".join(note.rstrip("。") for note in told)
        raise refusals.empty_file(raw.path, reason or "所有工作表都没有内容")
    return Document(raw.path, raw.sha256, kind, None, tuple(blocks), tuple(told))


def address(row: int, column: int) -> str:
    """``(7, 3)`` → ``C7``."""
    return f"{column_letters(column)}{row}"


def column_letters(column: int) -> str:
    """``28`` → ``AB``."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


# --- what is left out ----------------------------------------------------------------------------------------------

_LISTED = 30


def _notes(sheet: Sheet) -> list[str]:
    notes: list[str] = []
    rows = sorted({row for row, _ in sheet.cells} & sheet.hidden_rows)
    if rows:
        notes.append(f"工作表“{sheet.name}”隐藏的第 {'、'.join(_runs(rows, str))} 行未读取。")
    columns = sorted({column for _, column in sheet.cells} & sheet.hidden_columns)
    if columns:
        notes.append(f"工作表“{sheet.name}”隐藏的 {'、'.join(_runs(columns, column_letters))} 列未读取。")
    if sheet.uncomputed:
        places = [address(row, column) for row, column in sheet.uncomputed]
        listed = "、".join(places[:_LISTED]) + (" 等" if len(places) > _LISTED else "")
        notes.append(
            f"工作表“{sheet.name}”的 {listed}共 {len(places)} 个公式单元格没有保存计算结果，读作“{UNCOMPUTED}”，"
            "请用 Excel 或 WPS 打开、保存后重新读取。"
        )
    return notes


def _runs(numbers: Sequence[int], name: Callable[[int], str]) -> list[str]:
    """Ascending numbers as ranges: 3、5—7."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][1] + 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    return [name(first) if first == last else f"{name(first)}—{name(last)}" for first, last in runs]


# --- which cells belong together -----------------------------------------------------------------------------------


def _sheet_blocks(sheet: Sheet, raw: RawFile) -> list[Line | Grid]:
    by_row: dict[int, dict[int, _Shown]] = {}
    for (row, column), cell in sorted(_visible(sheet).items(), key=lambda item: item[0]):
        by_row.setdefault(row, {})[column] = cell
    blocks: list[Line | Grid] = []
    for rows in _regions(sheet, by_row):
        region = {row: by_row[row] for row in rows}
        blocks.extend(_lines(sheet.name, region) if _is_narrative(region) else [_grid(sheet, region, raw)])
    return blocks


@dataclass(frozen=True, slots=True)
class _Shown:
    """A non-empty cell where it is seen, which for a merged cell under a hidden row is not where it is stored."""

    printed: Printed
    address: str


_Rows = Mapping[int, Mapping[int, _Shown]]


def _visible(sheet: Sheet) -> dict[Position, _Shown]:
    shown: dict[Position, _Shown] = {}
    covering = {(top, left): (bottom, right) for top, left, bottom, right in sheet.merges}
    for (row, column), printed in sheet.cells.items():
        bottom, right = covering.get((row, column), (row, column))
        seen_row = next((number for number in range(row, bottom + 1) if number not in sheet.hidden_rows), None)
        seen_column = next((n for n in range(column, right + 1) if n not in sheet.hidden_columns), None)
        if seen_row is not None and seen_column is not None:
            shown[seen_row, seen_column] = _Shown(printed, address(row, column))
    return shown


_A_NUMBER = re.compile(r"[-+(（]?[\d,]+(?:\.\d+)?%?[)）]?\Z")


def _regions(sheet: Sheet, by_row: _Rows) -> list[list[int]]:
    """The non-empty rows, parted where another table begins below a gap.

    One sheet is mostly one table with its title, unit and notes, and blank rows between them. A gap parts two tables
    only if there is a table (two rows of two cells, or a header of its own) on either side, the blank rows are not drawn as rows of the
    table, and what follows starts afresh: its first row of several cells has no number. Rows of single cells between
    two tables go to the nearer one, in doubt to the following: they are its title more often than the former's notes.
    """
    regions: list[list[int]] = []
    current: list[int] = []
    pending: list[list[int]] = []
    has_table = False
    for block in _blocks_of(list(by_row), sheet):
        wide = [row for row in block if len(by_row[row]) > 1]
        goes_on = has_table and wide and any(map(_numeric, by_row[wide[0]].values()))
        if len(wide) < 2 and not goes_on and not any(_is_header(by_row[row], row, sheet) for row in wide):
            pending.append(block)
            continue
        if has_table and not goes_on:
            while pending and _nearer_to_former(current, pending, block):
                current += pending.pop(0)
            regions.append(current)
            current = []
        current += [row for part in pending for row in part] + block
        pending, has_table = [], True
    current += [row for part in pending for row in part]
    return [*regions, current] if current else regions


def _is_header(cells: Mapping[int, _Shown], row: int, sheet: Sheet) -> bool:
    """A drawn row of several words: the header of a table that lists nothing. A row of signatures is not drawn."""
    return len(cells) > 2 and row in sheet.bordered_rows and not any(map(_numeric, cells.values()))


def _numeric(cell: _Shown) -> bool:
    return cell.printed.is_number or _A_NUMBER.match(cell.printed.text.strip()) is not None


def _blocks_of(rows: Sequence[int], sheet: Sheet) -> list[list[int]]:
    """Runs of rows without a blank row between them; blank rows with borders and hidden rows are no gap."""
    blocks: list[list[int]] = []
    for row in rows:
        if blocks:
            between = range(blocks[-1][-1] + 1, row)
            if len(between) <= _LONGEST_DRAWN_GAP and all(
                gap in sheet.bordered_rows or gap in sheet.hidden_rows for gap in between
            ):
                blocks[-1].append(row)
                continue
        blocks.append([row])
    return blocks


_LONGEST_DRAWN_GAP = 1000


def _nearer_to_former(former: Sequence[int], pending: Sequence[Sequence[int]], following: Sequence[int]) -> bool:
    above = pending[0][0] - former[-1]
    below = (pending[1][0] if len(pending) > 1 else following[0]) - pending[0][-1]
    return above < below


def _is_narrative(region: _Rows) -> bool:
    """Only text, one cell a row: a cover, a contents page, an explanation typed into cells."""
    return all(
        len(cells) == 1 and not any(cell.printed.is_number for cell in cells.values()) for cells in region.values()
    )


def _lines(name: str, region: _Rows) -> Iterator[Line]:
    for cells in region.values():
        for cell in cells.values():
            source = Source(sheet=name, cell=cell.address)
            for text in cell.printed.text.splitlines():
                if text.strip():
                    yield Line(text.strip(), ((0, source),))


def _grid(sheet: Sheet, region: _Rows, raw: RawFile) -> Grid:
    """The grid of the rows and columns that have any text; others carry nothing, and merged spans shrink with them."""
    rows = list(region)
    columns = sorted({column for cells in region.values() for column in cells})
    if len(rows) * len(columns) > raw.limits.cells:
        raise refusals.too_large(raw.path, f"工作表“{sheet.name}”的表格有 {len(rows)} 行 {len(columns)} 列", "cells")
    spans, covered = _spans(sheet.merges, rows, columns)
    cells: list[Cell] = []
    for row_index, row in enumerate(rows):
        for column_index, column in enumerate(columns):
            place = (row_index, column_index)
            if place in covered:
                continue
            shown = region[row].get(column)
            text = one_line(shown.printed.text) if shown else ""
            source = Source(sheet=sheet.name, cell=shown.address if shown else address(row, column))
            cells.append(Cell(row_index, column_index, text, source, *spans.get(place, (1, 1))))
    return Grid(len(rows), len(columns), tuple(cells), Source(sheet=sheet.name, cell=address(rows[0], columns[0])))


def _spans(
    merges: Sequence[Box], rows: Sequence[int], columns: Sequence[int]
) -> tuple[dict[Position, tuple[int, int]], set[Position]]:
    """Spans by anchor and the positions that they cover, as indices; of ranges that overlap the first counts."""
    spans: dict[Position, tuple[int, int]] = {}
    covered: set[Position] = set()
    area_left = 2 * len(rows) * len(columns)  # sound ranges cover a position once; senseless ones stop here
    for top, left, bottom, right in merges:
        first, last = bisect_left(rows, top), bisect_right(rows, bottom)
        start, end = bisect_left(columns, left), bisect_right(columns, right)
        if last - first < 1 or end - start < 1 or (last - first, end - start) == (1, 1):
            continue
        area_left -= (last - first) * (end - start)
        if area_left < 0:
            break
        box = {(row, column) for row in range(first, last) for column in range(start, end)}
        if box & covered or any(place in spans for place in box):
            continue
        spans[first, start] = (last - first, end - start)
        covered |= box - {(first, start)}
    return spans, covered


def one_line(text: str) -> str:
    """The lines of a cell joined: with a blank between two Latin words or numbers, without one in Chinese."""
    joined = ""
    for part in filter(None, (line.strip() for line in text.splitlines())):
        apart = joined and joined[-1].isascii() and joined[-1].isalnum() and part[0].isascii() and part[0].isalnum()
        joined += (" " if apart else "") + part
    return joined
