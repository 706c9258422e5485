"""The export workbook of a region, filled with the amounts of a ledger as an accountant would fill it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from mingzhang.classification import Dimension, by_code
from mingzhang.composition import Ledger, Line

Test = Callable[[Line], bool]

FUND_ROWS = (
    ("财政拨款收入", ("general", "gov_fund", "state_capital")),
    ("一般公共预算", ("general",)),
    ("政府性基金预算", ("gov_fund",)),
    ("国有资本经营预算", ("state_capital",)),
    ("事业收入", ("business",)),
    ("事业单位经营收入", ("operating",)),
    ("其他收入", ("other",)),
)


def filled(template: Path, ledger: Ledger, agency: str) -> bytes:
    """The workbook with the figures of this year's lines, in the format of the template (xlsx or xls)."""
    book = _opened(template)
    spent = [line for line in ledger.lines if line.point.year == ledger.year and line.point.flow == "expenditure"]
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith(("编制单位：", "编制部门：")):
                    cell.value += agency
                elif isinstance(cell.value, str) and cell.row < 12:
                    cell.value = cell.value.replace("上海市普陀区XX单位", agency).replace("上海市普陀区XX局", agency)
        title = str(sheet["A2"].value or "")
        if "财政拨款收支" in title or "财务收支" in title:
            _two_sided(sheet, spent, "财政拨款" in title)
        elif "基本支出部门预算经济分类" in title:
            _listed(sheet, [s for s in spent if s.point.fund == "general" and s.point.nature == "basic"], "object")
        elif "支出功能分类" in title:
            fund = next(fund for name, (fund, *_) in FUND_ROWS[1:4] if f"{name}支出" in title)
            _listed(sheet, [s for s in spent if s.point.fund == fund], "function")
        elif "收入预算总表" in title or "支出预算总表" in title:
            _listed(sheet, spent, "function")
        elif "“三公”经费" in title:
            _customary(sheet, ledger)
    return _saved(book, template.suffix)


def _yuan(lines: Sequence[Line]) -> float | None:
    """What an accountant types: a number in 元, or nothing."""
    fen = sum(line.fen for line in lines)
    return fen / 100 if fen else None


def _column_tests(sheet: Any, first: int, last: int) -> Iterator[tuple[int, Test]]:
    """Which lines stand in each column of amounts, by the words of the header above it."""
    tests: dict[str, Test] = {
        "合计": lambda line: True,
        "预算数": lambda line: True,
        "基本支出": lambda line: line.point.nature == "basic",
        "项目支出": lambda line: line.point.nature == "project",
        "人员经费": lambda line: line.point.staffing == "personnel",
        "公用经费": lambda line: line.point.staffing == "public",
    }
    for name, funds in FUND_ROWS:
        tests[name] = lambda line, funds=funds: line.point.fund in funds  # type: ignore[misc]
    for column in range(1, min(sheet.max_column, 9) + 1):
        words = ["".join(str(sheet.cell(row, column).value or "").split()) for row in range(last, first - 1, -1)]
        word = next((word for word in words if word in tests), None)
        if word:
            yield column, tests[word]


def _listed(sheet: Any, lines: Sequence[Line], dimension: Dimension) -> None:
    """Rows by code in split columns (类, 款, 项), with the total below them where the template has it."""
    columns = list(_column_tests(sheet, 6, 8))
    total = next(row for row in range(9, sheet.max_row + 1) if sheet.cell(row, 1).value == "合计")
    for merged in list(sheet.merged_cells.ranges):
        if merged.max_row >= 9:
            sheet.unmerge_cells(str(merged))
    for row in range(9, total + 1):
        for column in range(1, 10):
            sheet.cell(row, column).value = None
    split = 3 if dimension == "function" else 2
    codes = sorted({str(line.point.get(dimension))[:length] for line in lines for length in (3, 5, 7)})
    for row, code in enumerate(codes, start=9):
        inside = [line for line in lines if str(line.point.get(dimension)).startswith(code)]
        sheet.cell(row, 1).value = int(code[:3])
        for place in range(1, split):
            sheet.cell(row, place + 1).value = code[1 + 2 * place : 3 + 2 * place] or None
        sheet.cell(row, split + 1).value = by_code(dimension, code)[0].name
        _amounts(sheet, row, columns, inside)
    total = max(total, 9 + len(codes))
    sheet.cell(total, 1).value = "合计"
    _amounts(sheet, total, columns, lines)


def _amounts(sheet: Any, row: int, columns: Sequence[tuple[int, Test]], lines: Sequence[Line]) -> None:
    for column, test in columns:
        sheet.cell(row, column).value = _yuan([line for line in lines if test(line)])


def _two_sided(sheet: Any, spent: Sequence[Line], fiscal: bool) -> None:
    lines = [line for line in spent if not fiscal or line.point.fund in FUND_ROWS[0][1]]
    start = next(row for row in range(8, 12) if str(sheet.cell(row, 1).value or "").startswith("一、"))
    columns = [(column, test) for column, test in _column_tests(sheet, 7, start - 1) if column > 3]
    for row in range(start, 21):
        label = re.sub(r"^[一二三四123][、.]\s*", "", str(sheet.cell(row, 1).value or ""))
        funds = dict(FUND_ROWS).get(label)
        if funds:
            sheet.cell(row, 2).value = _yuan([line for line in lines if line.point.fund in funds])
        sheet.cell(row, 3).value = None
    numerals = "一二三四五六七八九十"
    for number, code in enumerate(sorted({str(line.point.function)[:3] for line in lines})):
        sheet.cell(start + number, 3).value = f"{numerals[number]}、{by_code('function', code)[0].name}"
        _amounts(sheet, start + number, columns, [line for line in lines if str(line.point.function).startswith(code)])
    sheet.cell(21, 2).value = _yuan(lines)
    _amounts(sheet, 21, columns, lines)


def _customary(sheet: Any, ledger: Ledger) -> None:
    """三公经费 in 万元, as the lines of customary scopes have it."""
    wanted = {
        "A": ("abroad", "reception", "vehicle_purchase", "vehicle_running"),
        "B": ("abroad",),
        "C": ("reception",),
        "D": ("vehicle_purchase", "vehicle_running"),
        "E": ("vehicle_purchase",),
        "F": ("vehicle_running",),
        "G": ("agency_running",),
    }
    for column, topics in wanted.items():
        fen = sum(line.fen for line in ledger.lines if line.point.topic in topics and line.point.year == ledger.year)
        sheet[f"{column}7"].value = float(Decimal(fen) / 1_000_000)


def _opened(template: Path) -> Any:
    import openpyxl

    if template.suffix == ".xlsx":
        return openpyxl.load_workbook(template)
    import xlrd

    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for old in xlrd.open_workbook(template, formatting_info=True).sheets():
        new = book.create_sheet(old.name)
        for row in range(old.nrows):
            for column, value in enumerate(old.row_values(row)):
                new.cell(row + 1, column + 1).value = value if value != "" else None
        for top, bottom, left, right in old.merged_cells:
            new.merge_cells(start_row=top + 1, end_row=bottom, start_column=left + 1, end_column=right)
    return book


def _saved(book: Any, suffix: str) -> bytes:
    buffer = io.BytesIO()
    if suffix == ".xlsx":
        book.save(buffer)
        return buffer.getvalue()
    import xlwt  # type: ignore[import-untyped]

    old = xlwt.Workbook()
    for sheet in book.worksheets:
        new = old.add_sheet(sheet.title)
        for m in sheet.merged_cells.ranges:
            new.merge(m.min_row - 1, m.max_row - 1, m.min_col - 1, m.max_col - 1)
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    new.write(cell.row - 1, cell.column - 1, cell.value)
    old.save(buffer)
    return buffer.getvalue()
