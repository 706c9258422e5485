"""One disclosure in three regional shapes, written as txt, xlsx, docx, html and PDF."""

from __future__ import annotations

import html
import importlib.util
import os
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

import docx
import openpyxl
from docx.oxml import OxmlElement


@dataclass(frozen=True)
class Spent:
    """Expenditure of one 项, in 元."""

    code: str
    basic: int
    project: int


Ledger = Sequence[Spent]
NAMES = {
    "201": "一般公共服务支出",
    "20103": "政府办公厅（室）及相关机构事务",
    "2010301": "行政运行",
    "2010302": "一般行政管理事务",
    "20106": "财政事务",
    "2010601": "行政运行",
    "205": "教育支出",
    "20508": "进修及培训",
    "2050803": "培训支出",
    "208": "社会保障和就业支出",
    "20805": "行政事业单位养老支出",
    "2080505": "机关事业单位基本养老保险缴费支出",
    "2080506": "机关事业单位职业年金缴费支出",
    "210": "卫生健康支出",
    "21011": "行政事业单位医疗",
    "2101101": "行政单位医疗",
    "221": "住房保障支出",
    "22102": "住房改革支出",
    "2210201": "住房公积金",
}
CODES = tuple(code for code in NAMES if len(code) == 7)

TEN_THOUSAND = Decimal(10_000)


@dataclass(frozen=True)
class Sheet:
    """One table: header cells are (text, rows, columns); a body cell is its text."""

    title: str
    unit: str
    header: Sequence[Sequence[tuple[str, int, int]]]
    body: Sequence[Sequence[str]]

    @property
    def width(self) -> int:
        return len(self.body[0])

    def cells(self) -> list[tuple[int, int, str, int, int]]:
        """Row, column, text, rows, columns of each cell, header first."""
        taken: set[tuple[int, int]] = set()
        placed: list[tuple[int, int, str, int, int]] = []
        rows = [*self.header, *([(text, 1, 1) for text in row] for row in self.body)]
        for row, cells in enumerate(rows):
            column = 0
            for text, down, wide in cells:
                while (row, column) in taken:
                    column += 1
                placed.append((row, column, text, down, wide))
                taken |= {(row + r, column + c) for r in range(down) for c in range(wide)}
                column += wide
        return placed

    @property
    def height(self) -> int:
        return len(self.header) + len(self.body)

    def dense(self) -> list[list[str]]:
        rows = [[""] * self.width for _ in range(self.height)]
        for row, column, text, _, _ in self.cells():
            rows[row][column] = text
        return rows


Content = Sequence[str | Sheet]
AGENCY = "某某县水务局"

# --- three regional shapes -----------------------------------------------------------------------------------------------


def rows_of(ledger: Ledger) -> list[tuple[str, int, int]]:
    """Code, basic and project expenditure of every 类, 款 and 项, each before its parts."""
    codes = sorted({line.code[:length] for line in ledger for length in (3, 5, 7)})
    return [
        (
            code,
            sum(line.basic for line in ledger if line.code.startswith(code)),
            sum(line.project for line in ledger if line.code.startswith(code)),
        )
        for code in codes
    ]


def totals(ledger: Ledger) -> tuple[int, int]:
    return sum(line.basic for line in ledger), sum(line.project for line in ledger)


def two_sided(ledger: Ledger) -> Content:
    """Codes in three columns, income beside expenditure, 元 without decimals, 合计 last."""

    def yuan(amount: int) -> str:
        return f"{amount:,}" if amount else ""

    rows, (basic, project) = rows_of(ledger), totals(ledger)
    classes = [(NAMES[code], yuan(b + p)) for code, b, p in rows if len(code) == 3]
    total = basic + project
    income = [("一、财政拨款收入", yuan(basic)), ("二、事业收入", yuan(project))]
    height = max(len(income), len(classes))
    left = [*income, *[("", "")] * (height - len(income))]
    right = [(f"{'一二三四五六'[n]}、{name}", amount) for n, (name, amount) in enumerate(classes)]
    right += [("", "")] * (height - len(right))
    both = Sheet(
        f"{AGENCY}2024年财务收支预算总表",
        "单位：元",
        [
            [("本年收入", 1, 2), ("本年支出", 1, 2)],
            [("项目", 1, 1), ("预算数", 1, 1), ("项目", 1, 1), ("预算数", 1, 1)],
        ],
        [[*a, *b] for a, b in zip(left, right, strict=True)] + [["收入总计", yuan(total), "支出总计", yuan(total)]],
    )

    def row(code: str, name: str, basic: int, project: int) -> list[str]:
        return [code[:3], code[3:5], code[5:], name, yuan(basic + project), yuan(basic), yuan(project)]

    spent = Sheet(
        f"{AGENCY}2024年支出预算总表",
        "单位：元",
        [
            [("项目", 1, 4), ("支出预算", 1, 3)],
            [("功能分类科目编码", 1, 3), ("功能分类科目名称", 2, 1)]
            + [(text, 2, 1) for text in ("合计", "基本支出", "项目支出")],
            [("类", 1, 1), ("款", 1, 1), ("项", 1, 1)],
        ],
        [row(code, NAMES[code], b, p) for code, b, p in rows] + [row("", "合计", basic, project)],
    )
    return [f"{AGENCY}2024年部门预算", f"2024年收入预算{yuan(total) or 0}元。", both, spent]


def _in_ten_thousand(amount: int) -> str:
    return f"{(amount / TEN_THOUSAND).quantize(Decimal('0.01')):,}"


def one_code_column(ledger: Ledger) -> Content:
    """Codes in one column, 合计 first, 万元 with two decimals, last year's column, basic expenditure by object."""
    w = _in_ten_thousand
    basic, project = totals(ledger)
    staff = ledger[0].basic

    def row(code: str, name: str, basic: int, project: int) -> list[str]:
        return [code, name, w(basic), w(basic + project), w(basic), w(project)]

    spent = Sheet(
        f"{AGENCY}一般公共预算财政拨款支出预算表",
        "单位：万元",
        [
            [("功能分类科目", 1, 2), ("2023年预算数", 2, 1), ("2024年预算数", 1, 3)],
            [(text, 1, 1) for text in ("科目编码", "科目名称", "小计", "基本支出", "项目支出")],
        ],
        [row("", "合计", basic, project), *(row(code, NAMES[code], b, p) for code, b, p in rows_of(ledger))],
    )
    objects = Sheet(
        f"{AGENCY}一般公共预算财政拨款基本支出预算表",
        "单位：万元",
        [
            [("经济分类科目", 1, 2), ("2024年基本支出", 1, 3)],
            [(text, 1, 1) for text in ("科目编码", "科目名称", "总计", "人员经费", "日常公用经费")],
        ],
        [
            ["", "合计", w(basic), w(staff), w(basic - staff)],
            ["301", "工资福利支出", w(staff), w(staff), w(0)],
            ["30101", "基本工资", w(staff), w(staff), w(0)],
            ["302", "商品和服务支出", w(basic - staff), w(0), w(basic - staff)],
            ["30201", "办公费", w(basic - staff), w(0), w(basic - staff)],
        ],
    )
    told = f"一般公共预算财政拨款支出{w(basic + project)}万元，其中：基本支出{w(basic)}万元，项目支出{w(project)}万元。"
    return [f"{AGENCY}2024年部门预算情况说明", f"2024年{told}", spent, objects]


def bracketed_names(ledger: Ledger) -> Content:
    """Names such as ``[201]一般公共服务支出`` in one column, zeros printed, 万元 with two decimals."""
    w = _in_ten_thousand
    basic, project = totals(ledger)

    def row(name: str, basic: int, project: int) -> list[str]:
        return [name, w(basic + project), w(basic), w(project)]

    income = Sheet(
        "部门收入总体情况表",
        "单位：万元",
        [[("项目", 1, 1), ("金额", 1, 1)]],
        [
            ["一般公共预算拨款收入", w(basic)],
            ["事业收入", w(project)],
            ["收入合计", w(basic + project)],
        ],
    )
    spent = Sheet(
        "部门支出总体情况表",
        "单位：万元",
        [[(text, 1, 1) for text in ("支出功能分类科目", "合计", "基本支出", "项目支出")]],
        [row(f"[{code}]{NAMES[code]}", b, p) for code, b, p in rows_of(ledger)] + [row("合计", basic, project)],
    )
    return [f"2024年{AGENCY}部门预算", income, spent]


SHAPES: dict[str, Callable[[Ledger], Content]] = {
    "two_sided": two_sided,
    "one_code_column": one_code_column,
    "bracketed_names": bracketed_names,
}

# --- the same in each kind of file -------------------------------------------------------------------------------------------


def write_txt(content: Content, place: Path) -> None:
    lines: list[str] = []
    for part in content:
        if isinstance(part, str):
            lines += [part, ""]
        else:
            lines += [part.title, part.unit, *("\t".join(row) for row in part.dense()), ""]
    place.write_text("\n".join(lines), encoding="utf-8")


def write_xlsx(content: Content, place: Path) -> None:
    """The narrative on a sheet of its own, then one sheet a table with its title inside; amounts are numbers."""
    book = openpyxl.Workbook()
    told = book.worksheets[0]
    told.title = "说明"
    for number, text in enumerate((part for part in content if isinstance(part, str)), start=1):
        told.cell(number, 1, text)
    for part in content:
        if isinstance(part, str):
            continue
        sheet = book.create_sheet(part.title[-10:])
        sheet.cell(1, 1, part.title)
        sheet.merge_cells(start_row=1, start_column=1, end_row=1, end_column=part.width)
        sheet.cell(2, part.width, part.unit)
        for row, column, text, down, wide in part.cells():
            top, left = row + 3, column + 1
            if text:
                _fill(sheet.cell(top, left), text, is_amount=row >= len(part.header) and not text.isdigit())
            if (down, wide) != (1, 1):
                sheet.merge_cells(start_row=top, start_column=left, end_row=top + down - 1, end_column=left + wide - 1)
    book.save(place)


def _fill(cell: openpyxl.cell.cell.Cell, text: str, *, is_amount: bool) -> None:
    plain = text.replace(",", "")
    if is_amount and plain.replace(".", "").isdigit():
        cell.value = Decimal(plain)
        cell.number_format = "#,##0.00" if "." in plain else "#,##0"
    else:
        cell.value = text


def write_docx(content: Content, place: Path, *, rows_part: bool = False) -> None:
    """``rows_part``: a row may begin on one page and end on the next, as word processors do unless told not to."""
    made = docx.Document()
    for part in content:
        if isinstance(part, str):
            made.add_paragraph(part)
            continue
        made.add_paragraph(part.title)
        made.add_paragraph(part.unit)
        table = made.add_table(part.height, part.width, style="Table Grid")
        for row, column, text, down, wide in part.cells():
            cell = table.cell(row, column)
            if (down, wide) != (1, 1):
                cell = cell.merge(table.cell(row + down - 1, column + wide - 1))
            cell.text = text
        for row in () if rows_part else table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    made.save(str(place))


def write_html(content: Content, place: Path) -> None:
    pieces = ["<!DOCTYPE html><html><head><meta charset='gb2312'><title>公开</title></head><body><nav>首页</nav>"]
    for part in content:
        if isinstance(part, str):
            pieces.append(f"<p>&nbsp;&nbsp;{html.escape(part)}</p>")
            continue
        pieces.append(f"<p align=center>{part.title}</p><p align=right>{part.unit}</p><table>")
        shown = -1
        for row, _, text, down, wide in part.cells():
            if row != shown:
                pieces.append("<tr>")
                shown = row
            pieces.append(f"<td rowspan={down} colspan={wide}>{html.escape(text) or '&nbsp;'}</td>")
        pieces.append("</table>")
    place.write_bytes("\n".join(pieces).encode("gb18030"))


WRITERS: dict[str, Callable[[Content, Path], None]] = {
    "txt": write_txt,
    "xlsx": write_xlsx,
    "docx": write_docx,
    "html": write_html,
}

# --- PDF by two producers --------------------------------------------------------------------------------------------------


def fonts() -> Path | None:
    """The folder of a Chinese font: that of a package of the development extra."""
    found = importlib.util.find_spec("pylopdf_fonts_zh_cn")
    return Path(found.origin).parent if found is not None and found.origin is not None else None


def write_typst(content: Content, place: Path, *, apart: bool = False) -> None:
    """``apart``: what follows a table begins a page, in type small enough for wide tables, as disclosures are printed."""
    import typst

    def quoted(text: str) -> str:
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'[#"{escaped}"]'

    pieces = ['#set page("a4", flipped: true)\n#set text(font: "Noto Sans SC", size: 9pt)\n']
    if apart:
        pieces.append("#set text(size: 6pt)\n#set table(inset: 2pt)\n")
    after_table = False
    for part in content:
        if apart and after_table:
            pieces.append("#pagebreak(weak: true)\n")
        after_table = not isinstance(part, str)
        if isinstance(part, str):
            pieces.append(f"#par{quoted(part)}\n")
            continue
        cells = [
            f"table.cell(x: {column}, y: {row}, rowspan: {down}, colspan: {wide}){quoted(text)}"
            for row, column, text, down, wide in part.cells()
        ]
        pieces.append(f"#align(center){quoted(part.title)}\n#align(right){quoted(part.unit)}\n")
        pieces.append(f"#table(columns: {part.width}, {', '.join(cells)})\n")
    folder = fonts()
    source: Any = "\n".join(pieces).encode()
    place.write_bytes(typst.compile(source, font_paths=[str(folder)] if folder else []))


def write_reportlab(content: Content, place: Path) -> None:
    """With a Chinese font that is named and not embedded; a table parts between rows, without repeating its header."""
    from reportlab.lib.pagesizes import A4, landscape  # type: ignore[import-untyped]
    from reportlab.lib.styles import ParagraphStyle  # type: ignore[import-untyped]
    from reportlab.pdfbase import pdfmetrics  # type: ignore[import-untyped]
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont  # type: ignore[import-untyped]
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table  # type: ignore[import-untyped]

    font = "STSong-Light"
    pdfmetrics.registerFont(UnicodeCIDFont(font))
    style = ParagraphStyle("told", fontName=font, fontSize=9, leading=14, wordWrap="CJK")
    flow: list[Any] = []
    for part in content:
        if isinstance(part, str):
            flow.append(Paragraph(html.escape(part), style))
            continue
        flow += [
            Paragraph(html.escape(part.title), ParagraphStyle("title", style, alignment=1)),
            Paragraph(html.escape(part.unit), ParagraphStyle("unit", style, alignment=2)),
        ]
        commands: list[tuple[Any, ...]] = [
            ("GRID", (0, 0), (-1, -1), 0.5, "black"),
            ("ALIGN", (0, len(part.header)), (-1, -1), "RIGHT"),
            ("NOSPLIT", (0, 0), (-1, len(part.header))),
        ]
        commands += [
            ("SPAN", (column, row), (column + wide - 1, row + down - 1))
            for row, column, _, down, wide in part.cells()
            if (down, wide) != (1, 1)
        ]
        cells = [[Paragraph(html.escape(text), style) if text else "" for text in row] for row in part.dense()]
        wide = (landscape(A4)[0] - 144) / part.width
        flow.append(Table(cells, colWidths=[wide] * part.width, style=commands))
    SimpleDocTemplate(str(place), pagesize=landscape(A4)).build(flow)


def soffice() -> str | None:
    """LibreOffice, where it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def write_libreoffice(content: Content, place: Path, *, rows_part: bool = False) -> None:
    """Through a Word document, with the Chinese font of the development extra."""
    folder = place.with_suffix(".lo")
    folder.mkdir()
    source = folder / f"{place.stem}.docx"
    write_docx(content, source, rows_part=rows_part)
    config = folder / "fonts.conf"
    config.write_text(
        f"<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig><dir>{fonts()}</dir>"
        f"<dir>/usr/share/fonts</dir><cachedir>{folder}/cache</cachedir></fontconfig>"
    )
    subprocess.run(
        [
            *(str(soffice()), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
            *("--convert-to", "pdf", "--outdir", str(place.parent), str(source)),
        ],
        env={**os.environ, "HOME": str(folder), "FONTCONFIG_FILE": str(config)},
        check=True,
        capture_output=True,
        timeout=120,
    )
