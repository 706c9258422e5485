"""Figures → workbook: ``python tools/build_example.py`` makes examples/social_insurance_centre_2024.xlsx.

The figures are in examples/data/social_insurance_centre_2024.toml. The same file always gives the same bytes.
"""

from __future__ import annotations

import io
import tomllib
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

EXAMPLES = Path(__file__).resolve().parents[1] / "examples"
DATA = EXAMPLES / "data" / "social_insurance_centre_2024.toml"
WORKBOOK = EXAMPLES / "social_insurance_centre_2024.xlsx"

_LEFT, _ABOVE = "<", "^"
_FIRST_DAY = datetime(2024, 1, 1)
_CODE_WIDTH, _NAME_WIDTH, _WIDTH = 16, 38, 16

Value = str | int | Decimal
Block = tuple[int, int, int, int]


def load(path: Path = DATA) -> dict[str, Any]:
    """The figures, amounts as exact decimals."""
    with path.open("rb") as stream:
        return tomllib.load(stream, parse_float=Decimal)


def blocks(rows: Sequence[Sequence[Value]]) -> list[Block]:
    """The cells of a table, each with the rectangle it covers (first row, first column, last row, last column).

    A cell marked ``<`` is part of its left neighbour, one marked ``^`` of the cell above.
    """
    found: list[Block] = []
    for row, values in enumerate(rows):
        for column, value in enumerate(values):
            if value in (_LEFT, _ABOVE):
                continue
            last_column = column
            while last_column + 1 < len(values) and values[last_column + 1] == _LEFT:
                last_column += 1
            last_row = row
            while last_row + 1 < len(rows) and rows[last_row + 1][column] == _ABOVE:
                last_row += 1
            found.append((row, column, last_row, last_column))
    return found


def build(data: dict[str, Any]) -> bytes:
    """The workbook of the figures: one sheet a table, the contents first."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"title": f"{data['year']}年部门预算公开表", "author": "mingzhang", "created": _FIRST_DAY})
    formats = {
        "title": book.add_format({"bold": True, "font_size": 14, "align": "center"}),
        "caption": book.add_format({"font_size": 10}),
        "unit": book.add_format({"font_size": 10, "align": "right"}),
        "text": book.add_format({"border": 1, "valign": "vcenter"}),
        "header": book.add_format({"border": 1, "bold": True, "align": "center", "valign": "vcenter"}),
        "amount": book.add_format({"border": 1, "num_format": "#,##0.00"}),
        "count": book.add_format({"border": 1, "num_format": "0"}),
    }
    contents = book.add_worksheet(data["contents"]["sheet"])
    width = len(data["contents"]["rows"][0])
    contents.merge_range(0, 0, 0, width - 1, data["contents"]["title"], formats["title"])
    contents.set_column(width - 1, width - 1, 90)
    _fill(contents, formats, 2, data["contents"])
    for table in data["table"]:
        _write_table(book.add_worksheet(table["sheet"]), formats, table, data)
    book.close()
    return buffer.getvalue()


def _write_table(sheet: Any, formats: dict[str, Any], table: dict[str, Any], data: dict[str, Any]) -> None:
    last = len(table["rows"][0]) - 1
    sheet.write_string(0, 0, table["sheet"], formats["caption"])
    sheet.merge_range(1, 0, 1, last, table["title"], formats["title"])
    row = 2
    if "subtitle" in table:
        sheet.merge_range(row, 0, row, last, table["subtitle"], formats["title"])
        row += 1
    sheet.write_string(row, 0, f"部门全称：{data['agency']}", formats["caption"])
    sheet.write_string(row, last, f"单位：{data['unit']}", formats["unit"])
    row += 1
    _fill(sheet, formats, row, table)
    if "note" in table:
        sheet.write_string(row + len(table["rows"]), 0, table["note"], formats["caption"])
    sheet.set_column(0, 0, _CODE_WIDTH)
    sheet.set_column(1, 1, _NAME_WIDTH)
    sheet.set_column(2, last, _WIDTH)


def _fill(sheet: Any, formats: dict[str, Any], first: int, table: dict[str, Any]) -> None:
    rows: list[list[Value]] = table["rows"]
    for top, left, bottom, right in blocks(rows):
        value = rows[top][left]
        style = formats[_style(value, top < table["header"])]
        place = (first + top, left)
        if (bottom, right) != (top, left):
            sheet.merge_range(*place, first + bottom, right, "", style)
        if isinstance(value, str):
            sheet.write_string(*place, value, style) if value else sheet.write_blank(*place, None, style)
        else:
            sheet.write_number(*place, value, style)


def _style(value: Value, in_header: bool) -> str:
    if in_header:
        return "header"
    if isinstance(value, Decimal):
        return "amount"
    return "count" if isinstance(value, int) else "text"


if __name__ == "__main__":
    WORKBOOK.write_bytes(build(load()))
    print(WORKBOOK)
