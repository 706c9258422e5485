"""A composition as one web page: no script, no network, readable by a screen reader, printable."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from mingzhang.cube.composed import Cell, ComposedParagraph, ComposedTable, Composition
from mingzhang.publication.disclosed.parts import (
    Properties,
    aligned_rows,
    heading,
    indent,
    is_wide,
    lines_below,
    number_line,
    unit_line,
    year_line,
)

_STYLE = """
:root { color-scheme: light; }
body { font-family: "Noto Serif SC", "Source Han Serif SC", SimSun, serif; color: #1a1a1a; line-height: 1.75;
  max-width: 60rem; margin: 0 auto; padding: 1rem; }
h1 { text-align: center; font-size: 1.7rem; }
h2 { font-size: 1.3rem; margin-top: 2.4rem; }
h3 { font-size: 1.1rem; }
p { text-indent: 2em; margin: .4rem 0; }
nav ol { list-style: none; padding: 0; columns: 1; }
nav a { color: #0b4f8a; }
.missing { background: #fff3c4; }
section.table { margin: 2.5rem 0; }
.scroll { overflow-x: auto; margin-top: .2rem; }
nav li { padding: .15rem 0; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
section.table h2 { text-align: center; margin: .2rem 0; }
.number, .subtitle { text-indent: 0; margin: 0; font-size: .9rem; }
.subtitle { text-align: center; }
.number { font-weight: bold; }
.unit { display: flex; flex-wrap: wrap; justify-content: space-between; margin: 0; text-indent: 0; font-size: .9rem; }
th, td { border: 1px solid #555; padding: .2rem .45rem; font-weight: normal; }
thead th { background: #eef2f6; font-weight: bold; min-width: 4.5em; }
tbody th { background: #f6f8fa; min-width: 4.5em; }
td.name { min-width: 9em; }
tbody td { line-height: 1.5; }
td.amount { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.center { text-align: center; }
td.in1 { padding-left: 1.45em; } td.in2 { padding-left: 2.45em; } td.in3 { padding-left: 3.45em; }
.total > * { font-weight: bold; }
.note { font-size: .9rem; text-indent: 0; }
@page { size: A4; margin: 18mm 15mm; @bottom-center { content: "— " counter(page) " —"; font-size: 9pt; } }
@page wide { size: A4 landscape; margin: 13mm 15mm 15mm; }
@media print {
  body { max-width: none; padding: 0; font-size: 10.5pt; }
  header { padding-top: 30vh; break-after: page; }
  nav a { color: inherit; text-decoration: none; }
  table { font-size: 9pt; }
  section.wide table { font-size: 7.5pt; }
  section.wide .name { white-space: nowrap; }
  th, td { padding: .1rem .25rem; line-height: 1.35; }
  thead th, tbody th { min-width: 0; }
  td.name { min-width: 0; }
  td.center { white-space: nowrap; }
  h1, h2, h3 { break-after: avoid; }
  p { orphans: 2; widows: 2; }
  section.table { break-before: page; margin: 0; }
  section.wide { page: wide; }
  thead { display: table-header-group; }
  tr { break-inside: avoid; }
  .scroll { overflow: visible; padding-right: 1px; }
  nav { break-after: page; }
}
"""


def webpage(composition: Composition, properties: Properties) -> bytes:
    """The page's bytes, UTF-8."""
    return "".join(_page(composition, properties)).encode()


def _page(composition: Composition, properties: Properties) -> Iterator[str]:
    title = escape(properties.title)
    yield f'<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield f'<meta name="author" content="{escape(properties.author)}">\n'
    if properties.remark:
        yield f'<meta name="description" content="{escape(properties.remark)}">\n'
    yield f"<style>{_STYLE}</style>\n</head>\n<body>\n<header><h1>{title}</h1></header>\n"
    yield '<nav aria-label="目录">\n<h2>目录</h2>\n<ol>\n'
    for number, paragraph in enumerate(composition.narrative):
        if paragraph.heading == 1:
            yield f'<li><a href="#s{number}">{escape(paragraph.text)}</a></li>\n'
    for number, table in enumerate(composition.tables):
        subtitle = escape(table.subtitle or "")
        yield f'<li><a href="#t{number}">{escape(heading(table))}{subtitle}</a></li>\n'
    yield "</ol>\n</nav>\n<main>\n"
    for number, paragraph in enumerate(composition.narrative):
        yield _paragraph(paragraph, number)
    for number, table in enumerate(composition.tables):
        yield from _table(table, number, year_line(composition))
    yield "</main>\n</body>\n</html>\n"


def _paragraph(paragraph: ComposedParagraph, number: int) -> str:
    text = escape(paragraph.text)
    if paragraph.heading:
        level = min(paragraph.heading + 1, 6)
        return f'<h{level} id="s{number}">{text}</h{level}>\n'
    return f'<p class="missing">{text}</p>\n' if paragraph.missing else f"<p>{text}</p>\n"


def _table(table: ComposedTable, number: int, year: str) -> Iterator[str]:
    rows = aligned_rows(table)
    wide = " wide" if is_wide(table) else ""
    yield f'<section class="table{wide}" id="t{number}">\n'
    if number_line(table):
        yield f'<p class="number">{escape(number_line(table))}</p>\n'
    yield f"<h2>{escape(table.title)}</h2>\n"
    if table.subtitle:
        yield f'<p class="subtitle">{escape(table.subtitle)}</p>\n'
    yield f'<p class="unit"><span>{escape(year)}</span> <span>{escape(unit_line(table))}</span></p>\n'
    yield f'<div class="scroll">\n<table aria-label="{escape(heading(table))}">\n'
    if table.header:
        yield "<thead>\n"
        for row in rows[: len(table.header)]:
            yield "<tr>" + "".join(_cell(cell, side, head=True) for _, cell, side in row) + "</tr>\n"
        yield "</thead>\n"
    yield "<tbody>\n"
    for row in rows[len(table.header) :]:
        total = ' class="total"' if row and row[0][1].total else ""
        yield f"<tr{total}>" + "".join(_cell(cell, side, head=False) for _, cell, side in row) + "</tr>\n"
    yield "</tbody>\n</table>\n</div>\n"
    for line in lines_below(table):
        yield f'<p class="note">{escape(line)}</p>\n'
    yield "</section>\n"


def _cell(cell: Cell, side: str, *, head: bool) -> str:
    spans = (f' rowspan="{cell.rows}"' if cell.rows > 1 else "") + (
        f' colspan="{cell.columns}"' if cell.columns > 1 else ""
    )
    if head:
        scope = "colgroup" if cell.columns > 1 else "col"
        return f'<th scope="{scope}"{spans}>{escape(cell.text)}</th>'
    if cell.kind == "header":
        return f'<th scope="row"{spans}>{escape(cell.text)}</th>'
    style = "amount" if cell.kind == "amount" else "center" if side == "center" else ""
    if cell.kind == "label" and cell.columns == 1:
        style = f"{style} name".strip()
    if indent(cell):
        style = f"name in{min(indent(cell), 3)}"
    return f"<td{f' class={chr(34)}{style}{chr(34)}' if style else ''}{spans}>{escape(cell.text)}</td>"
