"""Workbooks: rows into sheets without any text becoming a formula, and packages without the time of day."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from mingzhang.publication.exact import plain
from mingzhang.publication.terminal import width

if TYPE_CHECKING:
    from openpyxl.workbook.workbook import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

Value = str | int | Decimal | None

FIRST_DAY = datetime(2000, 1, 1)
_ZIP_DATE = (2000, 1, 1, 0, 0, 0)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")
_MODIFIED_THEN = rb"\g<1>" + f"{FIRST_DAY:%Y-%m-%dT%H:%M:%SZ}".encode()
_FORMULA_LEADS = ("=", "+", "-", "@", "\t", "\r")
_EXACT_DIGITS = 15  # a spreadsheet keeps no more
_LONGEST_CELL = 32_767
_LINE, _TALLEST = 14.5, 400.0  # points of a line of text, and of a row
_HEAD = "FFEEF1F5"


def begun(title: str) -> tuple[Workbook, Worksheet]:
    """A new workbook without a time of day, and its first sheet under that title."""
    import openpyxl

    book = openpyxl.Workbook(write_only=False)
    book.properties.creator = "mingzhang"
    book.properties.created = book.properties.modified = FIRST_DAY
    first, *_ = book.worksheets
    first.title = title
    return book, first


def saved(book: Workbook) -> bytes:
    """The bytes of a workbook: the same for the same content."""
    buffer = io.BytesIO()
    book.save(buffer)
    return dateless(buffer.getvalue())


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


def dress(sheet: Worksheet, widths: Sequence[int], *, head: int = 1) -> None:
    """Columns of these widths (in characters), rows as high as their wrapped text, pages one sheet wide.

    ``head`` is the row of the column names; it stays in sight and is printed on every page.
    """
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    for number, across in enumerate(widths, start=1):
        sheet.column_dimensions[get_column_letter(number)].width = across
    for position, row in enumerate(sheet.iter_rows(min_row=head), start=head):
        lines = 1
        for cell, across in zip(row, widths, strict=False):
            cell.alignment = Alignment(vertical="top", wrap_text=True)
            text = "" if cell.value is None else str(cell.value)
            lines = max(lines, sum(-(-max(width(part), 1) // max(across - 2, 1)) for part in text.split("\n")))
        sheet.row_dimensions[position].height = min(_LINE * lines + 3, _TALLEST)
    for cell in sheet[head]:
        cell.font = Font(bold=True)
        cell.fill = PatternFill("solid", start_color=_HEAD)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = f"{head}:{head}"


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
