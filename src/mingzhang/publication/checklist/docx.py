"""The 检查表 as a Word file, as a bureau files it: four columns, the pictures under the problems they show."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from mingzhang.errors import UsageError
from mingzhang.publication.checklist.filling import Checklist, Line
from mingzhang.publication.checklist.words import caption, foot, problem, shown, signatures
from mingzhang.publication.report.crops import Crops
from mingzhang.publication.workbooks import FIRST_DAY, dateless

if TYPE_CHECKING:
    from docx.document import Document
    from docx.table import _Cell

_WIDTHS = (2.2, 3.0, 2.0, 11.0)  # centimetres; together the width of A4 between the margins
_PICTURE = 10.5
_FONT = "宋体"
_NO, _OPEN = "B42318", "8A5A00"


def checklist_docx(checklist: Checklist, crops: Crops) -> bytes:
    """The bytes of the file. Deterministic. Raises ``UsageError`` (needs-python-docx)."""
    try:
        import docx
    except ImportError as error:
        raise UsageError(
            "needs-python-docx",
            "Word 格式的检查表需要 python-docx，请先安装：pip install 'mingzhang[report]'（或 pip install python-docx），"
            "或者用 -o 检查表.html、-o 检查表.xlsx。",
        ) from error
    document = docx.Document()
    _prepare(document, checklist)
    table = document.add_table(rows=1, cols=4)
    table.style = "Table Grid"
    table.autofit = False
    for cell, name in zip(table.rows[0].cells, checklist.layout.columns, strict=True):
        _write(cell, name, bold=True, centre=True)
    _repeat(table.rows[0])
    first: dict[str, Any] = {}
    for line in checklist.lines:
        cells = table.add_row().cells
        if line.group in first:
            first[line.group] = (first[line.group][0], cells[0])
        else:
            first = {line.group: (cells[0], cells[0])}  # a group ends where another begins
            _write(cells[0], line.group, centre=True)
        _fill(cells, line, checklist, crops)
        top, last = first[line.group]
        if top is not last:
            top.merge(last)
            for paragraph in top.paragraphs[1:]:
                paragraph._p.getparent().remove(paragraph._p)
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = docx.shared.Cm(width)
    for row in table.rows:  # Word takes the cells' widths, others the columns'
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = docx.shared.Cm(width)
    document.add_paragraph()
    document.add_paragraph(signatures(checklist))
    document.add_heading("核对范围", level=2)
    for name, text in foot(checklist):
        paragraph = document.add_paragraph()
        paragraph.paragraph_format.space_after = docx.shared.Pt(2)
        paragraph.add_run(f"{_lawful(name)}：" if name else "　　").bold = True
        paragraph.add_run(_lawful(text))
    buffer = io.BytesIO()
    document.save(buffer)
    return dateless(buffer.getvalue())


def _prepare(document: Document, checklist: Checklist) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt, RGBColor

    properties = document.core_properties
    properties.author, properties.title, properties.comments = "mingzhang", _lawful(checklist.title), ""
    properties.created = properties.modified = FIRST_DAY
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.4)
    section.top_margin = section.bottom_margin = Cm(1.6)
    for name in ("Normal", "Heading 1", "Heading 2"):
        style: Any = document.styles[name]
        style.font.name = "Times New Roman"
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), _FONT)
    normal: Any = document.styles["Normal"]
    normal.font.size = Pt(10.5)
    title = document.add_heading(_lawful(checklist.title), level=1)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _fill(cells: Any, line: Line, checklist: Checklist, crops: Crops) -> None:
    _write(cells[1], line.name)
    layout = checklist.layout
    colour = {layout.no: _NO, layout.open: _OPEN}.get(line.answer)
    _write(cells[2], line.answer, bold=line.answer == layout.no, centre=True, colour=colour)
    body = cells[3]
    _write(body, line.basis)
    for number, finding in enumerate(line.findings, start=1):
        _paragraph(body, problem(number, checklist, finding))
        for crop in shown(crops, finding):
            _picture(body, crop.png, problem(number, checklist, finding))
            _paragraph(body, caption(checklist, crop), size=8.5)


def _write(cell: _Cell, text: str, *, bold: bool = False, centre: bool = False, colour: str | None = None) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt, RGBColor

    paragraph = cell.paragraphs[0]
    paragraph.paragraph_format.space_after = Pt(0)
    run = paragraph.add_run(_lawful(text))
    run.bold = bold
    if colour is not None:
        run.font.color.rgb = RGBColor.from_string(colour)
    if centre:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _paragraph(cell: _Cell, text: str, *, size: float | None = None) -> None:
    from docx.shared import Pt

    paragraph = cell.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    run = paragraph.add_run(_lawful(text))
    if size is not None:
        run.font.size = Pt(size)


def _picture(cell: _Cell, png: bytes, alternative: str) -> None:
    from docx.shared import Cm, Pt

    paragraph = cell.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(0)
    paragraph.paragraph_format.keep_with_next = True
    shape = paragraph.add_run().add_picture(io.BytesIO(png), width=Cm(_PICTURE))
    shape._inline.docPr.set("descr", _lawful(alternative)[:250])


def _repeat(row: Any) -> None:
    """The head of the table again on every page."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element: Any = OxmlElement("w:tblHeader")
    element.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(element)


def _lawful(text: str) -> str:
    """Text that XML can hold."""
    return "".join(
        c for c in text if (c in "\t\n" or c >= " ") and not "\ud800" <= c <= "\udfff" and c not in "\ufffe\uffff"
    )
