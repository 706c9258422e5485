"""A composition as a workbook: the contents, the narrative, one sheet a table; amounts are numbers, with their format."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from mingzhang.cube.composed import Cell, ComposedTable, Composition
from mingzhang.publication.disclosed.formulas import formulas_of
from mingzhang.publication.disclosed.parts import (
    Properties,
    alignment,
    column_widths,
    heading,
    indent,
    is_wide,
    lines_below,
    number_line,
    unit_line,
    year_line,
)

_DAY = datetime(2000, 1, 1)  # the same bytes for the same input: no clock is asked
_LONGEST_NAME = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))
_TEXT_WIDTH = 100
_A4, _FIT_WIDTH = 9, 1


def workbook(composition: Composition, properties: Properties, *, formulas: bool = False) -> bytes:
    """The workbook's bytes. ``formulas``: totals are formulas wherever these give just what is printed."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False})
    book.set_properties(
        {"title": properties.title, "author": properties.author, "comments": properties.remark, "created": _DAY}
    )
    styles = _Styles(book)
    names = _sheet_names(composition)
    _contents(book.add_worksheet("目录"), styles, composition, names)
    if composition.narrative:
        _narrative(book.add_worksheet("情况说明"), styles, composition)
    for table, name in zip(composition.tables, names, strict=True):
        _table(book.add_worksheet(name), styles, table, year_line(composition), formulas)
    book.close()
    return buffer.getvalue()


class _Styles:
    """The formats of a workbook, each made once."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}

    def of(self, **wanted: Any) -> Any:
        key = tuple(sorted(wanted.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"font_name": "宋体", "valign": "vcenter", **wanted})
        return self._made[key]

    def cell(self, cell: Cell, table: ComposedTable) -> Any:
        wanted: dict[str, Any] = {"border": 1, "font_size": 10, "align": alignment(cell), "text_wrap": True}
        if cell.kind == "amount":
            wanted["num_format"] = "#,##0" + ("." + "0" * table.decimals if table.decimals else "")
            wanted["text_wrap"] = False
        if cell.kind == "header" or cell.total:
            wanted["bold"] = True
        if indent(cell):
            wanted["indent"] = indent(cell)
        if cell.kind == "code":
            wanted["num_format"] = "@"
        return self.of(**wanted)


def _sheet_names(composition: Composition) -> list[str]:
    """A name for every table's sheet: its number, told apart where several tables share one."""
    taken = {"目录", "情况说明"}
    names: list[str] = []
    for table in composition.tables:
        base = (table.number or table.title).translate(_FORBIDDEN)[:_LONGEST_NAME] or "表"
        name, counter = base, 1
        while name.casefold() in taken:
            counter += 1
            tail = f"({counter})"
            name = base[: _LONGEST_NAME - len(tail)] + tail
        taken.add(name.casefold())
        names.append(name)
    return names


def _contents(sheet: Any, styles: _Styles, composition: Composition, names: list[str]) -> None:
    sheet.set_column(0, 0, 90)
    sheet.write_string(0, 0, composition.title, styles.of(bold=True, font_size=16, align="center"))
    sheet.write_string(1, 0, "目录", styles.of(bold=True, font_size=12, align="center"))
    link = styles.of(font_size=11, font_color="#0563C1", underline=1)
    for row, (table, name) in enumerate(zip(composition.tables, names, strict=True), 2):
        sheet.write_url(row, 0, f"internal:'{name}'!A1", link, string=heading(table) + (table.subtitle or ""))


def _narrative(sheet: Any, styles: _Styles, composition: Composition) -> None:
    sheet.set_column(0, 0, _TEXT_WIDTH)
    for row, paragraph in enumerate(composition.narrative):
        bold = paragraph.heading > 0
        style = styles.of(bold=bold, font_size=14 if paragraph.heading == 1 else 11, text_wrap=True, valign="top")
        sheet.write_string(row, 0, paragraph.text, style)


def _table(sheet: Any, styles: _Styles, table: ComposedTable, year: str, formulas: bool) -> None:
    last = max(table.width - 1, 1)
    sheet.write_string(0, 0, number_line(table), styles.of(font_size=10))
    sheet.merge_range(1, 0, 1, last, table.title, styles.of(bold=True, font_size=14, align="center"))
    top = 2
    if table.subtitle:
        sheet.merge_range(top, 0, top, last, table.subtitle, styles.of(font_size=11, align="center"))
        top += 1
    sheet.write_string(top, 0, year, styles.of(font_size=10))
    if unit_line(table):
        sheet.write_string(top, last, unit_line(table), styles.of(font_size=10, align="right"))
    top += 1
    made = formulas_of(table, top) if formulas else {}
    for row, column, cell in table.placed():
        _cell(sheet, styles.cell(cell, table), top + row, column, cell, made.get((row, column)))
    bottom = top + len(table.header) + len(table.body)
    for offset, line in enumerate(lines_below(table)):
        sheet.write_string(bottom + offset, 0, line, styles.of(font_size=10))
    for column, width in enumerate(column_widths(table)):
        sheet.set_column(column, column, width)
    sheet.set_paper(_A4)
    sheet.fit_to_pages(_FIT_WIDTH, 0)
    if is_wide(table):
        sheet.set_landscape()
    if table.header:
        sheet.repeat_rows(top, top + len(table.header) - 1)
        sheet.freeze_panes(top + len(table.header), 0)
    sheet.set_footer("&C第 &P 页，共 &N 页")


def _cell(sheet: Any, style: Any, row: int, column: int, cell: Cell, formula: str | None) -> None:
    if cell.rows > 1 or cell.columns > 1:
        sheet.merge_range(row, column, row + cell.rows - 1, column + cell.columns - 1, "", style)
    if cell.figure is None:
        if cell.text:
            sheet.write_string(row, column, cell.text, style)
        else:
            sheet.write_blank(row, column, None, style)
    elif cell.figure.amount.is_blank:
        sheet.write_blank(row, column, None, style)
    elif formula is not None:
        sheet.write_formula(row, column, formula, style, float(cell.figure.amount.value))
    else:
        sheet.write_number(row, column, float(cell.figure.amount.value), style)
