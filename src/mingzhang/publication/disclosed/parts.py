"""What all the writers share: captions, widths, contents, properties."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from mingzhang.cube.composed import Cell, ComposedTable, Composition

_NUMERALS = frozenset("一二三四五六七八九十0123456789")
_WIDEST = 24  # display columns, that is twelve Chinese characters
_NARROWEST = 6
_LANDSCAPE_FROM = 7


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
    """The year that every table says it is of."""
    return f"{composition.year}年度"


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
    for _, column, cell in table.placed():
        if cell.columns == 1:
            need = display_width(cell.text) + 2 + 2 * indent(cell)
            if cell.kind == "header":
                need = (need + 1) // 2  # a heading may take two lines
            widths[column] = max(widths[column], min(need, _WIDEST if cell.kind != "label" else 2 * _WIDEST))
    return widths


def indent(cell: Cell) -> int:
    """How many steps a name stands in: 款 below 类, 项 below 款. Only a name at the left is indented."""
    return cell.level if cell.kind == "label" and not cell.total and cell.columns == 1 else 0


def alignment(cell: Cell) -> str:
    """``left``, ``center`` or ``right``."""
    if cell.kind == "amount":
        return "right"
    if cell.kind == "header" or cell.kind == "code" or (cell.total and cell.kind == "label"):
        return "center"
    return "left"
