"""What a county's accountant really hands in: no traceback, nothing lost, and nothing called wrong that is right."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest
from recognition_samples import COLUMNS, EXPENDITURE, HEAD, LINES_OF_EXPENDITURE, lost_or_doubled, read

from mingzhang.cube import Disclosure
from mingzhang.documents import open_document
from mingzhang.recognition import recognise
from mingzhang.reconciliation import findings_of, proof_of, reconcile

TABLE = EXPENDITURE[len(HEAD) :]
PIPED = "".join("| " + line.replace("\t", " | ") + " |\n" for line in LINES_OF_EXPENDITURE.strip().split("\n"))
WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")

ATTACKS = {
    "full-width digits pasted from Word": HEAD + TABLE.translate(WIDE),
    "the unit in every header": EXPENDITURE.replace("单位：万元\n", "").replace("支出\t项目支出", "支出（万元）\t项目支出（万元）").replace(
        "总计", "总计（万元）"
    ),
    "the unit in every cell": EXPENDITURE.replace(".00", ".00万元"),
    "元 with two decimals": EXPENDITURE.replace("万元", "元").replace(".00", ".55").replace("120.55", "121.10"),
    "negative amounts in brackets": EXPENDITURE.replace("120.00", "80.00").replace("\t20.00", "\t(20.00)"),
    "full-width minus": EXPENDITURE.replace("120.00", "80.00").replace("\t20.00", "\t－20.00"),
    "two tables, one without a title": EXPENDITURE + "\n正文在此。\n\n单位：万元\n" + COLUMNS + "合计\t\t\t\t\n",
    "fifteen rows of header": HEAD + "部门支出预算总表\n单位：万元\n" + "\t\t2024年预算数\t\t\n" * 14 + COLUMNS + LINES_OF_EXPENDITURE,
    "a table of one row": HEAD + "三公经费预算表\n单位：万元\n合计\t因公出国（境）费\t公务接待费\t公务用车购置及运行费\n3.50\t\t0.50\t3.00\n",
    "another century": EXPENDITURE.replace("2024", "2124"),
    "the last century": EXPENDITURE.replace("2024", "1999"),
    "the year in Chinese": EXPENDITURE.replace("2024", "二〇二四"),
    "no year": EXPENDITURE.replace("2024年", ""),
    "two years in the title": EXPENDITURE.replace("2024年部门预算", "2023年决算和2024年预算"),
    "spaces inside numbers": EXPENDITURE.replace("120.00", "1 120.00").replace("100.00", "1 100.00"),
    "quoted numbers": EXPENDITURE.replace("120.00", '"1,120.00"').replace("\t100.00", '\t"1,100.00"'),
    "columns of dashes": EXPENDITURE.replace("20.00\n", "—\n").replace("120.00", "100.00").replace("一般行政管理事务\t20.00", "一般行政管理事务\t-"),
    "trailing tabs": EXPENDITURE.replace("\n", "\t\t\n"),
    "agency and unit in one row of the grid": EXPENDITURE.replace("单位：万元\n", "编制单位：某某局\t\t\t\t单位：万元\n"),
    "agency and unit on one line": EXPENDITURE.replace("单位：万元", "编制单位：某某局          单位：万元"),
    "a Markdown table": HEAD + "部门支出预算总表\n单位：万元\n\n"
    "| 科目编码 | 科目名称 | 总计 | 基本支出 | 项目支出 |\n|---|---|---|---|---|\n" + PIPED,
    "an empty table": HEAD + "部门支出预算总表\n单位：万元\n" + COLUMNS + "合计\t\t\t\t\n\n本表无数据。\n",
    "a header and nothing else": HEAD + "部门支出预算总表\n单位：万元\n" + COLUMNS,
    "footnote marks": EXPENDITURE.replace("合计\t\t120.00", "合计\t\t120.00①").replace("行政运行\t100.00", "行政运行②\t100.00"),
    "O for nought, l for one": EXPENDITURE.replace("合计\t\t120.00", "合计\t\t12O.00").replace("行政运行\t100.00", "行政运行\tl00.00"),
    "invisible characters": EXPENDITURE.replace("120.00", "\u202d120.00\u202c").replace("合计", "合\u200b计"),
    "hundreds of trillions": EXPENDITURE.replace(".00", "0,000,000,000.00"),
    "dates, numbers of documents and telephones": HEAD + "2024年3月5日，根据财预〔2023〕15号文件第3条，批复12个项目，联系电话010-12345678，"
    "邮编100000，网址www.x.gov.cn/2024/01/a1.html。\n",
    "其中 within 其中": EXPENDITURE
    + "\n2024年支出预算120万元，其中：基本支出100万元，其中：人员经费80万元、公用经费20万元；项目支出20万元，其中：信息化5万元。\n",
    "the same sentence twice": EXPENDITURE + "\n支出预算120万元。\n\n支出预算120万元。\n",
    "so much a head": EXPENDITURE + "\n按每人每月500元标准发放，共计60人36万元。人均公用经费1.5万元。\n",
    "numbers broken by the page": EXPENDITURE + "\n支出预算1 120.00万元，基本支出-100.00万元，项目支出20-30万元。\n",
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_nothing_is_lost_and_nothing_right_is_called_wrong(name: str) -> None:
    text = ATTACKS[name]
    disclosure = read(text)
    assert lost_or_doubled(text, disclosure) == {}
    assert [(f.level, f.message) for f in told(disclosure) if f.level == "error"] == []


def told(disclosure: Disclosure) -> Any:
    outcome = reconcile(disclosure)
    proof_of(outcome)
    return findings_of(outcome)


# --- workbooks ----------------------------------------------------------------------------------------------------------

ROWS: list[list[object]] = [
    ["某某县某某局2024年部门支出预算总表"],
    ["单位：万元"],
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["合计", None, 120, 100, 20],
    ["208", "社会保障和就业支出", 120, 100, 20],
    ["20801", "人力资源和社会保障管理事务", 120, 100, 20],
    ["2080101", "行政运行", 100, 100, None],
    ["2080102", "一般行政管理事务", 20, None, 20],
]


@pytest.fixture
def sheet() -> Any:
    book = openpyxl.Workbook()
    found = book.worksheets[0]
    found.title = "表三"
    for row in ROWS:
        found.append(row)
    return found


def saved(sheet: Any, place: Path) -> Disclosure:
    sheet.parent.save(place / "a.xlsx")
    return recognise(open_document(place / "a.xlsx"))


def numbers(disclosure: Disclosure) -> int:
    printed = [o for o in disclosure.observations if any(map(str.isdigit, o.amount.printed))]
    return len(printed) + len([item for item in disclosure.unread if item.kind == "amount"])


@pytest.mark.parametrize("merges", [["A1:E1", "A2:E2"], ["A1:E2"], ["A4:B4"], ["A7:A8"], ["B5:B6"]], ids=str)
def test_merged_cells(sheet: Any, tmp_path: Path, merges: list[str]) -> None:
    for merge in merges:
        sheet.merge_cells(merge)
    disclosure = saved(sheet, tmp_path)
    assert [f for f in told(disclosure) if f.level == "error"] == []
    if merges != ["A1:E2"]:  # there the unit is covered
        assert numbers(disclosure) == 13


def test_hidden_rows_and_columns_are_told(sheet: Any, tmp_path: Path) -> None:
    sheet.row_dimensions[6].hidden = True
    sheet.column_dimensions["D"].hidden = True
    disclosure = saved(sheet, tmp_path)
    assert sum("隐藏" in note for note in disclosure.notes) == 2
    assert told(disclosure) == ()


@pytest.mark.parametrize("value", ["#REF!", "见附件", "1.2.3", True])
def test_a_cell_of_something_else(sheet: Any, tmp_path: Path, value: object) -> None:
    sheet["C6"] = value
    disclosure = saved(sheet, tmp_path)
    assert [f for f in told(disclosure) if f.level == "error"] == []


def test_numbers_kept_as_text(sheet: Any, tmp_path: Path) -> None:
    for row in sheet.iter_rows(min_row=4, min_col=3):
        for cell in row:
            if cell.value is not None:
                cell.value = f" {cell.value:,.2f} "
    disclosure = saved(sheet, tmp_path)
    assert numbers(disclosure) == 13
    assert told(disclosure) == ()


def test_a_formula_without_its_result_is_not_nought(sheet: Any, tmp_path: Path) -> None:
    sheet["C4"] = "=C5"
    disclosure = saved(sheet, tmp_path)
    assert any("公式" in note for note in disclosure.notes)
    assert [f for f in told(disclosure) if f.level == "error"] == []
    assert numbers(disclosure) == 12
    assert all(o.source.cell != "C4" for o in disclosure.observations)


def test_a_table_pasted_twice(sheet: Any, tmp_path: Path) -> None:
    sheet.append([])
    for row in ROWS:
        sheet.append(row)
    assert [f for f in told(saved(sheet, tmp_path)) if f.level == "error"] == []
