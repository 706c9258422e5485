"""A composition as a workbook: the contents, the narrative, one sheet a table; amounts are numbers, with their format."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Any

from mingzhang.cube.composed import Cell, ComposedTable, Composition
from mingzhang.publication.disclosed.formulas import formulas_of
from mingzhang.publication.disclosed.parts import (
    Properties,
    aligned_rows,
    column_widths,
    display_width,
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
_CONTENTS, _NARRATIVE = "目录", "情况说明"
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", "_"))
_TEXT_WIDTH = 76  # one column: no program shrinks a page for it
_PAGE_WIDTH = {False: 88, True: 128}  # display columns that a sheet is wide at least: an A4 page, upright and turned
_LINE = 15.0  # points that a line of a cell is high
_ROW = 18.0
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
    _contents(book.add_worksheet(_CONTENTS), styles, composition, names)
    if composition.narrative:
        _narrative(book.add_worksheet(_NARRATIVE), styles, composition)
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

    def cell(self, cell: Cell, side: str, table: ComposedTable) -> Any:
        wanted: dict[str, Any] = {"border": 1, "font_size": 10, "align": side, "text_wrap": True}
        if cell.kind == "amount":
            wanted["num_format"] = "#,##0" + ("." + "0" * table.decimals if table.decimals else "")
            wanted["text_wrap"] = False
            wanted["indent"] = 1  # else it touches the name at its right
        if cell.kind == "header" or cell.total:
            wanted["bold"] = True
        if indent(cell):
            wanted["indent"] = indent(cell)
        if cell.kind == "code":
            wanted["num_format"] = "@"
        return self.of(**wanted)


def _sheet_names(composition: Composition) -> list[str]:
    """A name for every table's sheet: its number, told apart where several tables share one."""
    taken = {_CONTENTS, _NARRATIVE}
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
    sheet.set_column(0, 0, _TEXT_WIDTH)
    sheet.set_row(0, 48)
    title = {"font_name": "黑体", "text_wrap": True, "align": "center"}
    sheet.write_string(0, 0, composition.title, styles.of(font_size=18, **title))
    sheet.set_row(1, 28)
    sheet.write_string(1, 0, "目　录", styles.of(font_size=14, **title))
    link = styles.of(font_size=11, font_color="#0563C1", underline=1, text_wrap=True)
    links = [
        (name, heading(table) + (table.subtitle or "")) for table, name in zip(composition.tables, names, strict=True)
    ]
    if composition.narrative:
        links.insert(0, (_NARRATIVE, _NARRATIVE))
    for row, (name, text) in enumerate(links, 2):
        sheet.set_row(row, 22)
        sheet.write_url(row, 0, f"internal:'{name}'!A1", link, string=text)
    _page(sheet, wide=False)


def _narrative(sheet: Any, styles: _Styles, composition: Composition) -> None:
    sheet.set_column(0, 0, _TEXT_WIDTH)
    for row, paragraph in enumerate(composition.narrative):
        if paragraph.heading:
            style = styles.of(font_name="黑体", font_size=14 if paragraph.heading == 1 else 12)
            sheet.set_row(row, 30 if paragraph.heading == 1 else 24)
        else:
            shade = {"bg_color": "#FFF3C4"} if paragraph.missing else {}
            style = styles.of(font_size=11, text_wrap=True, indent=2, valign="top", **shade)
            sheet.set_row(row, (_LINE + 2) * _lines(paragraph.text, (_TEXT_WIDTH - 5) / 1.06) + 4)
        sheet.write_string(row, 0, paragraph.text, style)
    _page(sheet, wide=False)


def _page(sheet: Any, *, wide: bool) -> None:
    """One page wide, however long; numbered."""
    sheet.set_paper(_A4)
    sheet.set_margins(left=0.5, right=0.5, top=0.7, bottom=0.7)
    sheet.fit_to_pages(_FIT_WIDTH, 0)
    sheet.center_horizontally()
    if wide:
        sheet.set_landscape()
    sheet.set_footer("&C— &P —")


def _lines(text: str, width: float) -> int:
    """The lines that a text takes in a cell of that width."""
    return max(1, sum(-int(-display_width(part) // max(width, 1)) for part in text.split("\n")))


def _widths(table: ComposedTable) -> list[float]:
    """The columns, stretched to the page and to the title: a title wider than its table would be cut on paper."""
    widths = column_widths(table)
    wanted = max(_PAGE_WIDTH[is_wide(table)], 1.7 * display_width(table.title))
    factor = max(1.0, wanted / max(sum(widths), 1))
    return [width * factor for width in widths]


def _heights(table: ComposedTable, widths: list[float]) -> list[float]:
    """The height of every row in points, given because no program fits a row to its merged cells."""
    heights = [_ROW] * (len(table.header) + len(table.body))
    for row, column, cell in sorted(table.placed(), key=lambda item: item[2].rows):
        room = sum(widths[column : column + cell.columns]) - 1 - 2 * indent(cell)
        lack = _LINE * _lines(cell.text, room) + 3 - sum(heights[row : row + cell.rows])
        if lack > 0 and cell.text:
            for down in range(row, row + cell.rows):
                heights[down] += lack / cell.rows
    return heights


def _table(sheet: Any, styles: _Styles, table: ComposedTable, year: str, formulas: bool) -> None:
    last = max(table.width - 1, 1)
    sheet.write_string(0, 0, number_line(table), styles.of(font_name="黑体", font_size=11))
    sheet.merge_range(1, 0, 1, last, table.title, styles.of(font_name="黑体", font_size=16, align="center"))
    sheet.set_row(1, 30)
    top = 2
    if table.subtitle:
        sheet.merge_range(top, 0, top, last, table.subtitle, styles.of(font_size=11, align="center"))
        top += 1
    sheet.write_string(top, 0, year, styles.of(font_size=10))
    if unit_line(table):
        sheet.write_string(top, last, unit_line(table), styles.of(font_size=10, align="right"))
    sheet.set_row(top, 20)
    top += 1
    made = formulas_of(table, top) if formulas else {}
    for row, cells in enumerate(aligned_rows(table)):
        for column, cell, side in cells:
            _cell(sheet, styles.cell(cell, side, table), top + row, column, cell, made.get((row, column)))
    bottom = top + len(table.header) + len(table.body)
    for offset, line in enumerate(lines_below(table)):
        sheet.write_string(bottom + offset, 0, line, styles.of(font_size=10))
    widths = _widths(table)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    for row, height in enumerate(_heights(table, widths), top):
        sheet.set_row(row, height)
    _page(sheet, wide=is_wide(table))
    if table.header:
        sheet.repeat_rows(top, top + len(table.header) - 1)
        sheet.freeze_panes(top + len(table.header), 0)


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
