"""The 检查表 as a workbook: the same lines, without pictures."""

from __future__ import annotations

import io

from mingzhang.publication.checklist.filling import Checklist
from mingzhang.publication.checklist.words import foot, problem, signatures
from mingzhang.publication.workbooks import FIRST_DAY, dateless, fill

_WIDTHS = (16, 34, 10, 90)


def checklist_workbook(checklist: Checklist) -> bytes:
    """A workbook of two sheets: the form, the coverage. Deterministic."""
    import openpyxl
    from openpyxl.styles import Alignment, Border, Font, Side
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.properties import PageSetupProperties

    book = openpyxl.Workbook(write_only=False)
    book.properties.creator = "mingzhang"
    book.properties.created = book.properties.modified = FIRST_DAY
    first, *_ = book.worksheets
    first.title = "检查表"
    rows = [
        [
            line.group,
            line.name,
            line.answer,
            "\n".join(filter(None, [line.basis, *(problem(n, checklist, f) for n, f in enumerate(line.findings, 1))])),
        ]
        for line in checklist.lines
    ]
    fill(first, list(checklist.layout.columns), rows)
    first.auto_filter.ref = None
    first.insert_rows(1)
    title = first.cell(1, 1, checklist.title)
    title.data_type = "s"
    title.font = Font(bold=True, size=15)
    title.alignment = Alignment(horizontal="center")
    first.merge_cells("A1:D1")
    thin = Side(style="thin")
    for row in first.iter_rows(min_row=2):
        for cell in row:
            cell.border = Border(left=thin, right=thin, top=thin, bottom=thin)
            cell.alignment = Alignment(
                wrap_text=True, vertical="top", horizontal="center" if cell.column in (1, 3) or cell.row == 2 else None
            )
    first.freeze_panes = "A3"
    first.print_title_rows = "2:2"
    first.append([])
    first.append([signatures(checklist)])
    second = book.create_sheet("核对范围")
    fill(second, ["项目", "说明"], [list(pair) for pair in foot(checklist)])
    for sheet, widths in ((first, _WIDTHS), (second, (14, 120))):
        for number, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.page_setup.orientation = "landscape"
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    buffer = io.BytesIO()
    book.save(buffer)
    return dateless(buffer.getvalue())
