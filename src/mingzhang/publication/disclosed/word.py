"""A composition as a Word document: real headings, real tables with merged headers that repeat, page numbers, contents."""

from __future__ import annotations

import io
from datetime import datetime
from functools import cache
from typing import Any

from mingzhang.cube.composed import Cell, ComposedTable, Composition
from mingzhang.publication.disclosed.packaging import with_fixed_times
from mingzhang.publication.disclosed.parts import (
    Properties,
    aligned_rows,
    column_widths,
    font_size,
    heading,
    indent,
    is_at_ease,
    is_wide,
    lines_below,
    number_line,
    unit_line,
    year_line,
)

_DAY = datetime(2000, 1, 1)
_SONG, _HEI, _FANGSONG, _ROMAN = "宋体", "黑体", "仿宋", "Times New Roman"
_A4 = (11906, 16838)  # twentieths of a point
_MARGIN = 1134
_LOW_MARGIN = 850  # above and below on a turned page
_MOST_TURNED = 17  # half points
_ROOM_USED = 0.95  # of a cell, for programs that put wider letters in place of a missing font
_TEXT_ROOM = {False: _A4[0] - 2 * _MARGIN, True: _A4[1] - 2 * _MARGIN}


def word(composition: Composition, properties: Properties) -> bytes:
    """The document's bytes."""
    import docx
    from docx.enum.text import WD_COLOR_INDEX

    document = docx.Document()
    _styles(document)
    core = document.core_properties
    core.title, core.author, core.comments = properties.title, properties.author, properties.remark
    core.created = core.modified = _DAY
    core.last_modified_by, core.revision = properties.author, 1
    _front(document, composition)
    _numbered_from_here(document)
    body = document.styles["正文段落"].style_id
    for number, paragraph in enumerate(composition.narrative, len(composition.tables)):
        if paragraph.heading:
            _marked(document.add_heading(level=paragraph.heading), paragraph.text, number, f"part_{number}")
        else:
            run = _styled(document, body).add_run(paragraph.text)
            if paragraph.missing:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
    wide = False
    for number, table in enumerate(composition.tables):
        wide = _table(document, table, number, year_line(composition), wide)
    buffer = io.BytesIO()
    document.save(buffer)
    return with_fixed_times(buffer.getvalue())


def _styles(document: Any) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    normal = document.styles["Normal"]
    _font(normal, _SONG, 10.5)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(0), 1.0
    for level, size in ((1, 16), (2, 14), (3, 12)):
        style = document.styles[f"Heading {level}"]
        _font(style, _HEI, size)
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.font.bold = False
    body = document.styles.add_style("正文段落", WD_STYLE_TYPE.PARAGRAPH)
    body.base_style = document.styles["Normal"]
    _font(body, _FANGSONG, 14)
    body.paragraph_format.first_line_indent = Pt(28)
    body.paragraph_format.line_spacing = Pt(28)
    title = document.styles.add_style("表题", WD_STYLE_TYPE.PARAGRAPH)
    title.base_style = document.styles["Heading 1"]
    _font(title, _HEI, 16)
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(0), Pt(4)
    section = document.sections[0]
    _size(section, wide=False)


def _font(style: Any, name: str, size: float) -> None:
    from docx.oxml.ns import qn
    from docx.shared import Pt

    roman = name if name == _HEI else _ROMAN
    style.font.name, style.font.size = roman, Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key, font in (("w:eastAsia", name), ("w:ascii", roman), ("w:hAnsi", roman)):
        fonts.set(qn(key), font)
    for key in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(key), None)
    look = style.element.rPr
    for former in look.findall(qn("w:lang")):
        look.remove(former)
    look.append(_element("w:lang", {"w:val": "en-US", "w:eastAsia": "zh-CN"}))  # else punctuation is set as in Taiwan


def _size(section: Any, *, wide: bool) -> None:
    from docx.enum.section import WD_ORIENT
    from docx.shared import Twips

    width, height = _A4 if not wide else _A4[::-1]
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Twips(width), Twips(height)
    for side in ("left_margin", "right_margin", "top_margin", "bottom_margin"):
        upright = not wide or side in ("left_margin", "right_margin")
        setattr(section, side, Twips(_MARGIN if upright else _LOW_MARGIN))


def _front(document: Any, composition: Composition) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_before = Pt(200)
    run = title.add_run(composition.title)
    run.font.size = Pt(26)
    _named(run, _HEI)
    document.add_page_break()
    contents = document.add_paragraph()
    contents.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = contents.add_run("目　录")
    run.font.size = Pt(18)
    _named(run, _HEI)
    for number, paragraph in enumerate(composition.narrative, len(composition.tables)):
        if paragraph.heading == 1:
            _link(document.add_paragraph(), f"part_{number}", paragraph.text)
    for number, table in enumerate(composition.tables):
        _link(document.add_paragraph(), f"table_{number}", heading(table) + (table.subtitle or ""))


def _named(run: Any, name: str) -> None:
    from docx.oxml.ns import qn

    run.font.name = name
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _link(paragraph: Any, anchor: str, text: str) -> None:
    """A line of the contents that leads to a bookmark; its page is a field, for only the program that shows it knows."""
    from docx.enum.text import WD_TAB_LEADER
    from docx.shared import Pt

    paragraph.paragraph_format.space_after = Pt(6)
    paragraph.paragraph_format.tab_stops.add_tab_stop(_twips(_TEXT_ROOM[False]), _right_tab(), WD_TAB_LEADER.DOTS)
    link = _element("w:hyperlink", {"w:anchor": anchor, "w:history": "1"})
    run = _element("w:r", {})
    words = _element("w:t", {})
    words.text = text
    run.append(words)
    link.append(run)
    tab = _element("w:r", {})
    tab.append(_element("w:tab", {}))
    link.append(tab)
    link.append(_field(f"PAGEREF {anchor} \\h", ""))
    paragraph._p.append(link)


def _styled(document: Any, style_id: str) -> Any:
    """A paragraph of a style, by its id: to look a style up by its name takes longer than to write the paragraph."""
    paragraph = document.add_paragraph()
    paragraph._p.style = style_id
    return paragraph


def _element(name: str, attributes: dict[str, str]) -> Any:
    from docx.oxml.ns import nsmap
    from docx.oxml.parser import oxml_parser

    own = {_clark(key): value for key, value in attributes.items()}
    return oxml_parser.makeelement(_clark(name), own, nsmap={"w": nsmap["w"]})


@cache
def _clark(name: str) -> str:
    """``w:tbl`` in the notation of lxml."""
    from docx.oxml.ns import qn

    return str(qn(name))


def _table(document: Any, table: ComposedTable, number: int, year: str, before: bool) -> bool:
    """One table on a page of its own; a section only where the page turns. Returns whether its page is turned."""
    from docx.enum.section import WD_SECTION
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn
    from docx.shared import Pt

    wide = is_wide(table)
    if wide != before:
        section = document.add_section(WD_SECTION.NEW_PAGE)
        for restart in section._sectPr.findall(qn("w:pgNumType")):
            section._sectPr.remove(restart)
        _size(section, wide=wide)
    above = document.add_paragraph() if number_line(table) else None
    if above is not None:
        _named(above.add_run(number_line(table)), _HEI)
    title = _styled(document, document.styles["表题"].style_id)
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    (above or title).paragraph_format.page_break_before = wide == before
    _marked(title, table.title, number, f"table_{number}")
    if table.subtitle:
        document.add_paragraph(table.subtitle).alignment = WD_ALIGN_PARAGRAPH.CENTER
    caption = document.add_paragraph()
    caption.paragraph_format.tab_stops.add_tab_stop(_twips(_TEXT_ROOM[wide]), _right_tab())
    caption.add_run(f"{year}\t{unit_line(table)}")
    if table.header or table.body:
        _grid(document, table, _TEXT_ROOM[wide])
    for line in lines_below(table):
        document.add_paragraph(line).paragraph_format.space_before = Pt(4)
    return wide


def _twips(value: int) -> Any:
    from docx.shared import Twips

    return Twips(value)


def _right_tab() -> Any:
    from docx.enum.text import WD_TAB_ALIGNMENT

    return WD_TAB_ALIGNMENT.RIGHT


def _grid(document: Any, table: ComposedTable, room: int) -> None:
    """The table written as XML: a library call for every cell would take seconds on a large one."""
    widths = column_widths(table)
    columns = [room * width // sum(widths) for width in widths]
    size = int(2 * font_size(widths, _ROOM_USED * room / 20))  # half points
    space = 60 if is_at_ease(table) else 20
    if is_wide(table) and not is_at_ease(table):
        size = min(size, _MOST_TURNED)  # a turned page is low
    made = _element("w:tbl", {})
    properties = _element("w:tblPr", {})
    properties.append(_element("w:tblW", {"w:w": str(sum(columns)), "w:type": "dxa"}))
    borders = _element("w:tblBorders", {})
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(f"w:{side}", {"w:val": "single", "w:sz": "4", "w:color": "000000"}))
    properties.append(borders)
    properties.append(_element("w:tblLayout", {"w:type": "fixed"}))
    margins = _element("w:tblCellMar", {})
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", {"w:w": "70", "w:type": "dxa"}))
    properties.append(margins)
    made.append(properties)
    grid = _element("w:tblGrid", {})
    for column in columns:
        grid.append(_element("w:gridCol", {"w:w": str(column)}))
    made.append(grid)
    rows: dict[int, list[tuple[int, Cell, str, str]]] = {}
    for row, cells in enumerate(aligned_rows(table)):
        for column, cell, side in cells:
            for down in range(cell.rows):
                merge = "" if cell.rows == 1 else "restart" if down == 0 else "continue"
                rows.setdefault(row + down, []).append((column, cell, side, merge))
    for row in sorted(rows):
        line = _element("w:tr", {})
        look = _element("w:trPr", {})
        look.append(_element("w:cantSplit", {}))
        if row < len(table.header):
            look.append(_element("w:tblHeader", {}))
        line.append(look)
        for column, cell, side, merge in sorted(rows[row], key=lambda item: item[0]):
            line.append(_cell(cell, side, merge, sum(columns[column : column + cell.columns]), size, space))
        made.append(line)
    document.element.body.insert(len(document.element.body) - 1, made)


def _cell(cell: Cell, side: str, merge: str, width: int, size: int, space: int) -> Any:
    made = _element("w:tc", {})
    properties = _element("w:tcPr", {})
    properties.append(_element("w:tcW", {"w:w": str(width), "w:type": "dxa"}))
    if cell.columns > 1:
        properties.append(_element("w:gridSpan", {"w:val": str(cell.columns)}))
    if merge:
        properties.append(_element("w:vMerge", {"w:val": merge}))
    properties.append(_element("w:vAlign", {"w:val": "center"}))
    made.append(properties)
    paragraph = _element("w:p", {})
    style = _element("w:pPr", {})
    style.append(_element("w:spacing", {"w:before": str(space), "w:after": str(space)}))
    if indent(cell):
        style.append(_element("w:ind", {"w:left": str(10 * size * indent(cell))}))
    style.append(_element("w:jc", {"w:val": side}))
    paragraph.append(style)
    if cell.text and merge != "continue":
        run = _element("w:r", {})
        look = _element("w:rPr", {})
        if cell.kind == "header" or cell.total:
            look.append(_element("w:b", {}))
        look.append(_element("w:sz", {"w:val": str(size)}))
        run.append(look)
        words = _element("w:t", {"xml:space": "preserve"})
        words.text = cell.text
        run.append(words)
        paragraph.append(run)
    made.append(paragraph)
    return made


def _marked(paragraph: Any, text: str, number: int, name: str) -> None:
    """The text within a bookmark that the contents lead to."""
    paragraph._p.append(_element("w:bookmarkStart", {"w:id": str(number), "w:name": name}))
    paragraph.add_run(text)
    paragraph._p.append(_element("w:bookmarkEnd", {"w:id": str(number)}))


def _field(instruction: str, shown: str) -> Any:
    """A field that the program fills in; ``shown`` until it does."""
    field = _element("w:fldSimple", {"w:instr": instruction} | ({} if shown else {"w:dirty": "true"}))
    run = _element("w:r", {})
    words = _element("w:t", {})
    words.text = shown
    run.append(words)
    field.append(run)
    return field


def _numbered_from_here(document: Any) -> None:
    """A section of its own after cover and contents: its pages are numbered from 1, those before it not at all."""
    from docx.enum.section import WD_SECTION
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml.ns import qn

    section = document.add_section(WD_SECTION.NEW_PAGE)
    margins = section._sectPr.find(qn("w:pgMar"))
    margins.addnext(_element("w:pgNumType", {"w:start": "1"}))  # the schema has an order
    section.footer.is_linked_to_previous = False
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    footer.add_run("— ")
    footer._p.append(_field("PAGE", "1"))
    footer.add_run(" —")
