"""Workbooks of the xls family (Excel 5–2003, WPS et) → Document, by xlrd."""

from __future__ import annotations

import io
import struct
from decimal import Decimal
from typing import Any

from mingzhang.documents import refusals
from mingzhang.documents.builtin_formats import BUILTIN_FORMATS, COUNTRY_DATES
from mingzhang.documents.model import Document
from mingzhang.documents.number_format import printed
from mingzhang.documents.raw import RawFile
from mingzhang.documents.workbook import Position, Printed, Sheet, document_of

# What xlrd raises for damaged files besides its own errors.
_BROKEN = (
    struct.error,
    AssertionError,
    AttributeError,
    IndexError,
    KeyError,
    OverflowError,
    TypeError,
    ValueError,
    NotImplementedError,
    ZeroDivisionError,
    RecursionError,
    EOFError,
)


def read_xls(raw: RawFile) -> Document:
    """Read an xls workbook: visible sheets in order, cells as printed.

    Raises ``UnreadableError``: damaged-file, encrypted, too-large, empty-file.
    """
    import xlrd
    from xlrd.compdoc import CompDocError

    try:
        # xlrd prints its warnings to standard output unless it is given another place.
        book = xlrd.open_workbook(file_contents=raw.data, formatting_info=True, ragged_rows=True, logfile=io.StringIO())
        sheets = [_sheet(book, sheet, raw) for sheet in book.sheets()]
    except (xlrd.XLRDError, CompDocError) as error:
        if "encrypted" in str(error).lower() or "password" in str(error).lower():
            raise refusals.encrypted(raw.path) from error
        raise refusals.damaged(raw.path, "工作簿结构无法解析") from error
    except _BROKEN as error:
        raise refusals.damaged(raw.path, "工作簿结构无法解析") from error
    return document_of(raw, "xls", sheets)


def _sheet(book: Any, sheet: Any, raw: RawFile) -> Sheet:
    if len(sheet.merged_cells) > raw.limits.merges:
        raise refusals.too_large(raw.path, f"工作表“{sheet.name}”的合并单元格过多", "merges")
    codes, bordered = _styles(book)
    cells: dict[Position, Printed] = {}
    bordered_rows: set[int] = set()
    for row in range(sheet.nrows):
        kinds, values, styles = sheet.row_types(row), sheet.row_values(row), _style_indices(sheet, row)
        for column, (kind, value) in enumerate(zip(kinds, values, strict=True)):
            style = styles[column]
            if style in bordered:
                bordered_rows.add(row + 1)
            typed = _typed(kind, value)
            if typed is None:
                continue
            text = printed(typed, codes.get(style, "General"), since_1904=book.datemode == 1)
            if text.strip():
                cells[row + 1, column + 1] = Printed(text, isinstance(typed, Decimal))
        if len(cells) > raw.limits.cells:
            raise refusals.too_large(raw.path, f"工作表“{sheet.name}”的单元格超过 {raw.limits.cells} 个", "cells")
    return Sheet(
        sheet.name,
        cells,
        [(top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells],
        sheet.visibility != 0,
        frozenset(number + 1 for number, info in sheet.rowinfo_map.items() if info.hidden),
        frozenset(number + 1 for number, info in sheet.colinfo_map.items() if info.hidden or info.width == 0),
        frozenset(bordered_rows),
    )


def _style_indices(sheet: Any, row: int) -> list[int]:
    return [sheet.cell_xf_index(row, column) for column in range(sheet.row_len(row))]


def _styles(book: Any) -> tuple[dict[int, str], frozenset[int]]:
    """Format code by style index, and the styles that draw a border."""
    codes: dict[int, str] = {}
    bordered: set[int] = set()
    for index, style in enumerate(book.xf_list):
        key = style.format_key
        known = book.format_map.get(key)
        code = known.format_str if known is not None and known.format_str else BUILTIN_FORMATS.get(key, "General")
        if known is not None and code == "General" and key in BUILTIN_FORMATS:
            code = BUILTIN_FORMATS[key]
        codes[index] = COUNTRY_DATES.get(key, code)
        border = style.border
        if border.left_line_style or border.right_line_style or border.top_line_style or border.bottom_line_style:
            bordered.add(index)
    return codes, frozenset(bordered)


def _typed(kind: int, value: Any) -> Decimal | bool | str | None:
    import xlrd

    if kind == xlrd.XL_CELL_TEXT:
        return str(value)
    if kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
        number = Decimal(repr(float(value)))
        return number if number.is_finite() else "#NUM!"
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "#ERROR"))
    return None
