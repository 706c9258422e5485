"""The 检查表 as a workbook: the same lines, without pictures."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from mingzhang.publication.checklist.filling import Checklist, Line
from mingzhang.publication.checklist.words import foot, problem, signatures
from mingzhang.publication.workbooks import Value, begun, dress, fill, saved

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDTHS = (16, 34, 10, 90)


def checklist_workbook(checklist: Checklist) -> bytes:
    """A workbook of two sheets: the form, the coverage. Deterministic."""
    from openpyxl.styles import Alignment, Border, Font, Side

    book, first = begun("检查表")
    rows = [row for line in checklist.lines for row in _rows(line, checklist)]
    fill(first, list(checklist.layout.columns), rows)
    first.auto_filter.ref = None
    first.insert_rows(1)
    title = first.cell(1, 1, checklist.title)
    title.data_type = "s"
    title.font = Font(bold=True, size=15)
    title.alignment = Alignment(horizontal="center")
    first.merge_cells("A1:D1")
    dress(first, _WIDTHS, head=2)
    thin = Side(style="thin")
    for row in first.iter_rows(min_row=2):
        for cell in row:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            if cell.column in (1, 3) or cell.row == 2:
                cell.alignment = Alignment(wrap_text=True, vertical="top", horizontal="center")
    for column in (1, 2, 3):
        _merge_runs(first, column, checklist)
    first.freeze_panes = "A3"
    first.append([])
    first.append([signatures(checklist)])
    second = book.create_sheet("核对范围")
    fill(second, ["项目", "说明"], [list(pair) for pair in foot(checklist)])
    dress(second, (14, 120))
    return saved(book)


def _rows(line: Line, checklist: Checklist) -> list[list[Value]]:
    """One row a problem: a row of a sheet is never higher than a page."""
    told = [problem(number, checklist, finding) for number, finding in enumerate(line.findings, start=1)]
    if line.basis or not told:
        told = [line.basis, *told]
    return [[line.group, line.name, line.answer, text] for text in told]


def _merge_runs(sheet: Worksheet, column: int, checklist: Checklist) -> None:
    """One cell for the rows of a group, or of a line."""
    start = 3
    for _, lines in itertools.groupby(enumerate(checklist.lines), key=lambda n: n[1].group if column == 1 else n[0]):
        end = start + sum(len(_rows(line, checklist)) for _, line in lines) - 1
        if end > start:
            sheet.merge_cells(start_row=start, end_row=end, start_column=column, end_column=column)
        start = end + 1
