"""Makes the workbooks of these tests: by openpyxl, xlwt, or part by part where a library would not write it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook

from mingzhang.documents import Document, Grid, Line

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"


def save(place: Path, fill: Callable[[Workbook], None]) -> Path:
    """A workbook of openpyxl with one sheet 表, filled by ``fill``."""
    book = openpyxl.Workbook()
    book.worksheets[0].title = "表"
    fill(book)
    book.save(place)
    return place


def raw_package(sheet: str, **changes: str | None) -> bytes:
    """A smallest xlsx around the XML of one sheet; ``changes`` replace (or, by None, drop) parts by short name."""
    parts: Mapping[str, str] = {
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE_REL}"><Relationship Id="r" Type="{REL}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{REL}"><sheets><sheet name="表" sheetId="1" r:id="r1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE_REL}"><Relationship Id="r1" '
        f'Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            short = name.rpartition("/")[2].partition(".")[0] or "rels"
            replaced = changes.get(short, text)
            if replaced is not None:
                archive.writestr(name, replaced)
        for name, added in changes.items():
            if "/" in name and added is not None:
                archive.writestr(name, added)
    return buffer.getvalue()


def worksheet(data: str, after: str = "", before: str = "") -> str:
    """The XML of a sheet with the given rows."""
    return f"<worksheet {MAIN}>{before}<sheetData>{data}</sheetData>{after}</worksheet>"


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def lines(document: Document) -> list[Line]:
    return [block for block in document.blocks if isinstance(block, Line)]


def texts(grid: Grid) -> list[list[str | None]]:
    """Rows of texts; ``None`` where a merged cell covers the position."""
    rows: list[list[str | None]] = [[None] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        assert rows[cell.row][cell.column] is None
        rows[cell.row][cell.column] = cell.text
    covered = sum(cell.row_span * cell.column_span for cell in grid.cells)
    assert covered == grid.rows * grid.columns
    return rows
