"""Workbooks: rows into sheets without any text becoming a formula, and packages without the time of day."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from mingzhang.publication.exact import plain

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | Decimal | None

FIRST_DAY = datetime(2000, 1, 1)
_ZIP_DATE = (2000, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_MODIFIED_THEN = rb"\g<1>" + f"{FIRST_DAY:%Y-%m-%dT%H:%M:%SZ}".encode()
_FORMULA_LEADS = ("=", "+", "-", "@", "\t", "\r")
_EXACT_DIGITS = 15  # a spreadsheet keeps no more
_LONGEST_CELL = 32_767


def like_a_formula(text: str) -> bool:
    return text.startswith(_FORMULA_LEADS) and text != "-" and not _is_number(text)


def _is_number(text: str) -> bool:
    digits = text.removeprefix("-").removeprefix("+").replace(",", "").replace(".", "", 1)
    return digits.isascii() and digits.isdigit()


def fill(sheet: Worksheet, header: list[str], rows: Iterable[Iterable[Value]]) -> None:
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    sheet.append(header)
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    for number, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            if value is not None:
                kept = cell_value(value)
                cell = sheet.cell(number, column, kept)
                if isinstance(kept, str):
                    cell.data_type = "s"  # never a formula, whatever it begins with …
                    cell.quotePrefix = like_a_formula(kept)  # … even where someone edits the cell
    sheet.freeze_panes = "A2"
    last = f"{get_column_letter(len(header))}{max(sheet.max_row, 1)}"
    sheet.auto_filter.ref = f"A1:{last}"


def cell_value(value: str | int | Decimal) -> str | int | Decimal:
    if isinstance(value, Decimal):
        text = plain(value)
        return value if len(text.strip("-0.").replace(".", "")) <= _EXACT_DIGITS else text
    if isinstance(value, str):
        return "".join(c for c in value if (c in "\t\n\r" or c >= " ") and not "\ud800" <= c <= "\udfff")[
            :_LONGEST_CELL
        ]
    return value


def dateless(data: bytes) -> bytes:
    """The same package with constant dates: the same disclosure gives the same bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            info = zipfile.ZipInfo(name, _ZIP_DATE)
            info.compress_type = zipfile.ZIP_DEFLATED
            part = old.read(name)
            # Saving stamps the time of day over the properties of the book.
            new.writestr(info, _MODIFIED.sub(_MODIFIED_THEN, part) if name == "docProps/core.xml" else part)
    return buffer.getvalue()
