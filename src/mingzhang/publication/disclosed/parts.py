"""What all the writers share: captions, widths, contents, properties."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mingzhang.cube.composed import Cell, ComposedTable, Composition

_NUMERALS = frozenset("一二三四五六七八九十0123456789")
_WIDEST = 24  # display columns, that is twelve Chinese characters
_NARROWEST = 6
_NARROWEST_AMOUNT = 10  # columns of amounts look alike even where they are blank
_SHORT_TEXT = 10  # texts that are all as short as this stand in the middle of their column
_LANDSCAPE_FROM = 7
_SMALLEST, _LARGEST = 6.5, 10.0  # points
_MOST_AT_EASE = 22  # rows that leave a page room between the lines


@dataclass(frozen=True, slots=True)
class Properties:
    """What a file says of itself. ``remark`` is set where a disclosure is published in spite of errors."""

    title: str
    author: str
    remark: str = ""

    @staticmethod
    def of(composition: Composition, remark: str = "") -> Properties:
        return Properties(composition.title, composition.agency, remark)


def heading(table: ComposedTable) -> str:
    """The number and title, as the contents page lists them: 表五 一般公共预算支出表."""
    return f"{table.number} {table.title}".strip()


def number_line(table: ComposedTable) -> str:
    """The number above the title; a bare 一 or a bare 附表 is part of the contents page only."""
    numbered = any(character in _NUMERALS for character in table.number)
    return table.number if numbered and "表" in table.number else ""


def unit_line(table: ComposedTable) -> str:
    """The unit above the table, at the right; blank where it shows no money."""
    return f"单位：{table.unit.name}" if table.unit.is_money else ""


def year_line(composition: Composition) -> str:
    """Whose every table is, and the year it is of."""
    return f"编制{composition.body}：{composition.agency}　{composition.year}年度"


def lines_below(table: ComposedTable) -> Iterator[str]:
    """What is printed below the table: the statement of an empty one, then its notes."""
    if table.statement:
        yield table.statement
    yield from table.notes


def is_wide(table: ComposedTable) -> bool:
    """Whether the table wants a page turned sideways."""
    return table.width >= _LANDSCAPE_FROM


def display_width(text: str) -> int:
    """How many columns a text takes; a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def column_widths(table: ComposedTable) -> list[int]:
    """A width for every column, in display columns: what its cells need, within bounds; wide spans do not count."""
    widths = [_NARROWEST] * table.width
    for row, column, cell in table.placed():
        if cell.columns == 1:
            need = display_width(cell.text) + 2 + 2 * indent(cell)
            if cell.kind == "header" and row < len(table.header):
                need = (need + 1) // 2  # a heading may take two lines
            elif cell.kind == "amount":
                need = max(need, _NARROWEST_AMOUNT)
            widths[column] = max(widths[column], min(need, _WIDEST if cell.kind != "label" else 2 * _WIDEST))
    return widths


def indent(cell: Cell) -> int:
    """How many steps a name stands in: 款 below 类, 项 below 款. Only a name at the left is indented."""
    return cell.level if cell.kind == "label" and not cell.total and cell.columns == 1 else 0


def alignment(cell: Cell, *, short: bool = False) -> str:
    """``left``, ``center`` or ``right``; ``short``: the texts of its column are all short."""
    if cell.kind == "amount":
        return "right"
    if cell.kind in ("header", "code") or (cell.total and cell.kind == "label") or (cell.kind == "text" and short):
        return "center"
    return "left"


def aligned_rows(table: ComposedTable) -> list[list[tuple[int, Cell, str]]]:
    """The rows, header first, each as (column, cell, alignment) of the cells that begin in it."""
    rows: list[list[tuple[int, Cell, str]]] = [[] for _ in (*table.header, *table.body)]
    longest: dict[int, int] = {}
    for _, column, cell in table.placed():
        if cell.kind == "text" and cell.columns == 1:
            longest[column] = max(longest.get(column, 0), display_width(cell.text))
    for row, column, cell in table.placed():
        short = cell.columns == 1 and longest.get(column, 0) <= _SHORT_TEXT
        rows[row].append((column, cell, alignment(cell, short=short)))
    return rows


def font_size(widths: Sequence[int], room: float) -> float:
    """The size in points, to the half, at which columns of these widths fill ``room`` points; within bounds."""
    return max(_SMALLEST, min(_LARGEST, int(4 * room / sum(widths)) / 2))


def is_at_ease(table: ComposedTable) -> bool:
    """Whether the table is short enough to be set with room between its lines."""
    return len(table.header) + len(table.body) <= _MOST_AT_EASE
