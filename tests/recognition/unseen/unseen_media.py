"""Media in which layouts are met besides plain files: everything on one sheet, pages as word processors save them, tables
pasted as paragraphs, pages printed sideways.
"""

from __future__ import annotations

import ctypes
import html
from itertools import groupby
from pathlib import Path

import openpyxl
from openpyxl.styles import Border, Side
from unseen_layouts import Grid, Layout

from same_content import Content, write_typst

_EDGE = Side(style="thin")
_DRAWN = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)


def content_of(layout: Layout) -> Content:
    parts: list[str | Grid] = []
    for part in layout.parts:
        parts += [*part.above, part] if isinstance(part, Grid) else [part]
    return parts


def one_sheet(layout: Layout, place: Path) -> None:
    """The cover, the tables and the sentences below each other on one sheet, a blank row before each table."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    top = 1
    for part in layout.parts:
        if isinstance(part, str):
            sheet.cell(top, 1, part)
            top += 1
            continue
        top += 1
        for text in (*part.above, part.title):
            sheet.cell(top, 1, text)
            sheet.merge_cells(start_row=top, start_column=1, end_row=top, end_column=part.width)
            top += 1
        sheet.cell(top, part.width, part.unit)
        top += bool(part.unit)
        for row, column, text, down, wide in part.cells():
            first, left = top + row, column + 1
            for drawn in (sheet.cell(first + r, left + c) for r in range(down) for c in range(wide)):
                drawn.border = _DRAWN
            sheet.cell(first, left).value = text or None
            if (down, wide) != (1, 1):
                sheet.merge_cells(
                    start_row=first, start_column=left, end_row=first + down - 1, end_column=left + wide - 1
                )
        top += part.height + 1
    book.save(place)


def pasted(layout: Layout, place: Path) -> None:
    """A web page into which tables were pasted as text: a paragraph a row, its fields parted by tabs."""
    pieces = ["<html><head><meta charset=utf-8></head><body><div id=zoom>"]
    for part in content_of(layout):
        lines = [part] if isinstance(part, str) else [part.title, part.unit, *("\t".join(row) for row in part.dense())]
        pieces += [f"<p>{html.escape(line)}</p>" for line in lines]
    place.write_text("\n".join([*pieces, "</div></body></html>"]), encoding="utf-8")


def _word(text: str) -> str:
    if not text:
        return "<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>"
    half = len(text) // 2
    first, second = html.escape(text[:half]), html.escape(text[half:])
    return f"<p class=MsoNormal><span>{first}</span><span lang=EN-US>{second}<o:p></o:p></span></p>"


def word_page(layout: Layout, place: Path) -> None:
    """As word processors save it: texts in pieces, titles in the tables' first rows, all within a table for the layout."""
    pieces = [
        "<html><head><meta charset=utf-8><script>var a='<table>';</script></head><body><div class=nav><ul><li>首页</li></ul>"
        "</div><table class=layout><tr><td><div class=TRS_Editor>"
    ]
    for part in layout.parts:
        if isinstance(part, str):
            pieces.append(_word(part))
            continue
        pieces.append("<div align=center><table class=MsoNormalTable>")
        pieces += [f"<tr><td colspan={part.width}>{_word(text)}</td></tr>" for text in (*part.above, part.title)]
        blank = f"<td colspan={part.width - 1}>{_word('')}</td>" if part.width > 1 else ""
        pieces.append(f"<tr>{blank}<td>{_word(part.unit)}</td></tr>")
        rows = {row: list(cells) for row, cells in groupby(sorted(part.cells()), key=lambda cell: cell[0])}
        for row in range(part.height):
            cells = "".join(
                f"<td rowspan={down} colspan={wide}>{_word(text)}</td>" for _, _, text, down, wide in rows.get(row, [])
            )
            pieces.append(f"<tr>{cells}</tr>")
        pieces.append("</table></div>")
    place.write_text("\n".join([*pieces, "</div></td></tr></table></body></html>"]), encoding="utf-8")


def sideways(layout: Layout, place: Path) -> None:
    """Of three pages one lies on its side, one is turned back by the viewer, one stands upright."""
    import pypdfium2  # type: ignore[import-untyped]

    write_typst(content_of(layout), place, apart=True)
    raw = pypdfium2.raw
    document = pypdfium2.PdfDocument(place.read_bytes())
    for index in range(len(document)):
        page = document[index]
        if index % 3 == 2:
            continue
        width, height = page.get_size()
        turn = raw.FS_MATRIX(0, 1, -1, 0, height, 0)
        whole = raw.FS_RECTF(0, max(width, height), max(width, height), 0)
        assert raw.FPDFPage_TransFormWithClip(page.raw, ctypes.byref(turn), ctypes.byref(whole))
        page.set_mediabox(0, 0, height, width)
        page.set_cropbox(0, 0, height, width)
        if index % 3 == 1:
            page.set_rotation(90)
        raw.FPDFPage_GenerateContent(page.raw)
    document.save(str(place))
