"""Tables of every structure: each figure at its point, what is not understood listed with the reason."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from recognition_samples import COLUMNS, EXPENDITURE, HEAD, figures, lost_or_doubled, named, read

from mingzhang.cube import Disclosure
from mingzhang.documents import open_document
from mingzhang.recognition import recognise
from mingzhang.recognition.header import is_index_row

E = "flow=expenditure"
FIGURES = [
    (E, "120.00"), (E + ",nature=basic", "100.00"), (E + ",nature=project", "20.00"),
    (E + ",function=208", "120.00"), (E + ",function=208,nature=basic", "100.00"), (E + ",function=208,nature=project", "20.00"),
    (E + ",function=20801", "120.00"), (E + ",function=20801,nature=basic", "100.00"), (E + ",function=20801,nature=project", "20.00"),
    (E + ",function=2080101", "100.00"), (E + ",function=2080101,nature=basic", "100.00"),
    (E + ",function=2080102", "20.00"), (E + ",function=2080102,nature=project", "20.00"),
]  # fmt: skip
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")


def with_columns(*changes: tuple[str, str]) -> str:
    text = EXPENDITURE
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return text


# --- one table, printed in many ways ------------------------------------------------------------------------------------

SAME_TABLE = {
    "as it is": EXPENDITURE,
    "full-width digits": HEAD + EXPENDITURE[len(HEAD) :].translate(WIDE),
    "spaced words": with_columns(("合计", "合　　计"), ("科目编码", "科 目 编 码"), ("总计", "总　计")),
    "indented codes": with_columns(("\n20801\t", "\n  20801\t"), ("\n2080101", "\n\u3000\u30002080101")),
    "total in the name column": with_columns(("合计\t\t", "\t合计\t")),
    "total last": with_columns(("合计\t\t120.00\t100.00\t20.00\n", "")) + "合计\t\t120.00\t100.00\t20.00\n",
    "three code columns": with_columns(
        (COLUMNS, "类\t款\t项\t科目名称\t总计\t基本支出\t项目支出\n"), ("合计\t\t", "合计\t\t\t\t"),
        ("\n208\t", "\n208\t\t\t"), ("\n20801\t", "\n208\t01\t\t"),
        ("\n2080101\t", "\n208\t01\t01\t"), ("\n2080102\t", "\n208\t01\t02\t"),
    ),
    "codes under one heading of three columns": with_columns(
        (COLUMNS, "科目编码\t\t\t科目名称\t总计\t基本支出\t项目支出\n类\t款\t项\t\t\t\t\n"), ("合计\t\t", "合计\t\t\t\t"),
        ("\n208\t", "\n208\t\t\t"), ("\n20801\t", "\n208\t01\t\t"),
        ("\n2080101\t", "\n208\t01\t01\t"), ("\n2080102\t", "\n208\t01\t02\t"),
    ),
    "codes before the names in brackets": with_columns(
        (COLUMNS, "科目\t总计\t基本支出\t项目支出\n"), ("合计\t\t", "合计\t"), ("\n208\t", "\n[208]"),
        ("\n20801\t", "\n[20801]"), ("\n2080101\t", "\n【2080101】"), ("\n2080102\t", "\n[2080102]"),
    ),
    "a row that numbers the columns": with_columns((COLUMNS, COLUMNS + "栏次\t\t1\t2\t3\n")),
    "numbers and sums of the columns": with_columns((COLUMNS, COLUMNS + "**\t**\t1=2+3\t2\t3\n")),
    "line numbers": "\n".join(
        f"{number - 3}\t{line}" if number >= 5 and line else (f"序号\t{line}" if number == 4 else line)
        for number, line in enumerate(EXPENDITURE.split("\n"))
    ),
    "two rows of header": with_columns((COLUMNS, "功能分类科目\t\t2024年预算数\t\t\n科目编码\t科目名称\t小计\t基本支出\t项目支出\n")),
    "unit in the header": with_columns(("单位：万元\n", ""), ("总计\t基本支出\t项目支出", "总计（万元）\t基本支出（万元）\t项目支出(万元)")),
    "unit in the title": with_columns(("单位：万元\n", ""), ("部门支出预算总表", "部门支出预算总表（万元）")),
    "unit on a line of its own": with_columns(("单位：万元", "（万元）")),
    "unit with spaces": with_columns(("单位：万元", "单 位 : 万　元")),
    "unit at length": with_columns(("单位：万元", "金额单位：人民币万元")),
    "number and title on one line": with_columns(("部门支出预算总表", "表三 2024年部门支出预算总表")),
    "a note below": EXPENDITURE + "\n备注：2024年有3个下属单位。\n",
    "a note as the last row": EXPENDITURE + "备注：2024年数据\t\t\t\t\n",
    "Windows line ends": EXPENDITURE.replace("\n", "\r\n"),
    "title within the grid": with_columns(
        ("部门支出预算总表\n单位：万元\n", "部门支出预算总表\t\t\t\t\n\t\t\t\t单位：万元\n")
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME_TABLE)
def test_however_it_is_printed_each_figure_is_at_its_point(name: str) -> None:
    disclosure = read(SAME_TABLE[name])
    assert sorted(figures(disclosure)) == sorted(FIGURES)
    assert {(o.point.year, o.point.stage) for o in disclosure.observations} == {(2024, "budget")}
    assert {o.amount.unit.name for o in disclosure.observations} == {"万元"}
    assert lost_or_doubled(SAME_TABLE[name], disclosure) == {}
    assert [item for item in disclosure.unread if item.kind == "amount"] == []
    assert [table.title.replace("2024年", "").replace("(万元)", "") for table in disclosure.tables] == [
        "部门支出预算总表"
    ]


@pytest.mark.parametrize("unit", ["元", "千元", "万元", "亿元"])
def test_the_unit_is_that_of_the_table(unit: str) -> None:
    disclosure = read(EXPENDITURE.replace("万元", unit))
    assert {o.amount.unit.name for o in disclosure.observations} == {unit}


def test_names_without_codes_are_classes() -> None:
    table = "一般公共预算支出表\n单位：万元\n项目\t2024年预算数\n社会保障和就业支出\t120.00\n卫生健康支出\t30.00\n合计\t150.00\n"
    assert figures(read(HEAD + table)) == [
        (E + ",fund=general,function=208", "120.00"),
        (E + ",fund=general,function=210", "30.00"),
        (E + ",fund=general", "150.00"),
    ]


def test_two_sides_are_read_apart() -> None:
    table = """\
部门收支预算总表
单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、本年收入\t100.00\t一、本年支出\t110.00
一般公共预算财政拨款\t90.00\t社会保障和就业支出\t80.00
事业收入\t10.00\t卫生健康支出\t30.00
二、上年结转\t10.00\t二、结转下年\t—
收入总计\t110.00\t支出总计\t110.00
"""
    assert figures(read(HEAD + table)) == [
        ("flow=income", "100.00"), (E, "110.00"),
        ("flow=income,fund=general", "90.00"), (E + ",function=208", "80.00"),
        ("flow=income,fund=business", "10.00"), (E + ",function=210", "30.00"),
        ("flow=carried_in", "10.00"),
        ("flow=sources", "110.00"), ("flow=uses", "110.00"),
    ]  # fmt: skip


def test_what_stands_below_carry_over_is_carried_over() -> None:
    table = """\
财政拨款收支预算总表
单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t合计
一、本年收入\t100.00\t一、本年支出\t110.00
（一）一般公共预算财政拨款\t100.00\t（一）社会保障和就业支出\t110.00
二、上年结转\t10.00\t二、结转下年\t
（一）一般公共预算财政拨款\t10.00\t\t
收入总计\t110.00\t支出总计\t110.00
"""
    found = figures(read(HEAD + table))
    assert ("flow=carried_in,fund=general", "10.00") in found
    assert ("flow=income,fund=general", "100.00") in found
    assert found.count(("flow=income,fund=general", "100.00")) == 1


def test_columns_of_two_years_and_their_difference() -> None:
    table = """\
一般公共预算财政拨款支出预算表
单位：万元
科目编码\t科目名称\t2023年执行数\t2024年预算数\t增减额\t增减%
合计\t\t90.00\t100.00\t10.00\t11.11
208\t社会保障和就业支出\t90.00\t100.00\t10.00\t11.11%
"""
    disclosure = read(HEAD + table)
    assert [
        (o.point.year, o.point.stage, o.point.measure, o.amount.unit.name) for o in disclosure.observations[:4]
    ] == [
        (2023, "executed", "amount", "万元"),
        (2024, "budget", "amount", "万元"),
        (2024, "budget", "change", "万元"),
        (2024, "budget", "change_rate", "%"),
    ]


def test_last_year_in_words() -> None:
    table = "一般公共预算支出表\n单位：万元\n科目编码\t科目名称\t上年预算数\t本年预算数\n208\t社会保障和就业支出\t90.00\t100.00\n"
    assert [o.point.year for o in read(HEAD + table).observations] == [2023, 2024]


def test_economic_classes_by_title_and_by_header() -> None:
    body = "合计\t\t9.00\t5.00\t4.00\n{0}\t名称\t9.00\t5.00\t4.00\n"
    objects = "一般公共预算财政拨款基本支出预算表\n（部门预算支出经济分类科目）\n单位：万元\n科目编码\t科目名称\t合计\t人员经费\t公用经费\n"
    found = figures(read(HEAD + objects + body.format("301")))
    assert found[3:] == [
        (E + ",fund=general,object=301,nature=basic", "9.00"),
        (E + ",fund=general,object=301,nature=basic,staffing=personnel", "5.00"),
        (E + ",fund=general,object=301,nature=basic,staffing=public", "4.00"),
    ]
    found = figures(read(HEAD + objects.replace("部门预算支出经济", "政府预算支出经济") + body.format("501")))
    assert found[3][0] == E + ",fund=general,gov_object=501,nature=basic"


def test_three_public_expenses_in_one_row() -> None:
    table = """\
一般公共预算“三公”经费支出预算表
单位：万元
2024年预算数\t\t\t\t\t
合计\t因公出国（境）费\t公务用车购置及运行费\t\t\t公务接待费
\t\t小计\t公务用车购置费\t公务用车运行费\t
3.50\t\t3.00\t—\t3.00\t0.50
"""
    assert figures(read(HEAD + table)) == [
        ("topic=three_public", "3.50"),
        ("topic=vehicle", "3.00"),
        ("topic=vehicle_running", "3.00"),
        ("topic=reception", "0.50"),
    ]


# --- blank, nought, dash, precision ---------------------------------------------------------------------------------------


def test_blank_nought_and_dash_are_nought_of_the_precision_of_the_table() -> None:
    disclosure = read(EXPENDITURE.replace("2080101\t行政运行\t100.00\t100.00\t", "2080101\t行政运行\t—\t0\t"))
    row = [o.amount for o in disclosure.observations if o.point.function == "2080101"]
    assert [(a.printed, a.value, a.decimals, a.is_blank) for a in row] == [
        ("—", Decimal(0), 2, True),
        ("0", Decimal(0), 2, False),
        ("", Decimal(0), 2, True),
    ]


def test_a_general_number_format_drops_zeros_but_not_precision() -> None:
    general = EXPENDITURE.replace("120.00", "120.5").replace("100.00", "100").replace("20.00", "20.25")
    assert {o.amount.decimals for o in read(general).observations if not o.amount.is_blank} == {2}


def test_whole_numbers_are_whole() -> None:
    whole = EXPENDITURE.replace(".00", "")
    assert {o.amount.decimals for o in read(whole).observations} == {0}


# --- what is not understood ------------------------------------------------------------------------------------------------


def test_a_cell_that_is_no_number_is_a_hole_with_the_reason() -> None:
    text = EXPENDITURE.replace("20801\t人力资源和社会保障管理事务\t120.00", "20801\t人力资源和社会保障管理事务\t12.3x")
    disclosure = read(text)
    (table,) = disclosure.tables
    assert [hole.function for hole in table.holes] == ["20801"]
    (unread,) = [item for item in disclosure.unread if item.kind == "amount"]
    assert (unread.printed, unread.source.row, unread.source.column) == ("12.3", 4, 3)
    assert "12.3x" in unread.reason
    assert lost_or_doubled(text, disclosure) == {}
    assert (E + ",function=20801", "120.00") not in figures(disclosure)


def test_an_unread_header_is_listed_with_its_words() -> None:
    text = (
        HEAD
        + "部门支出预算总表\n单位：万元\n科目编码\t科目名称\t总计\t奇怪的钱\n合计\t\t5.00\t5.00\n208\t社会保障和就业支出\t5.00\t5.00\n"
    )
    disclosure = read(text)
    unread = [item for item in disclosure.unread if item.kind == "amount"]
    assert [item.printed for item in unread] == ["5.00", "5.00"]
    assert all("奇怪的钱" in item.reason for item in unread)
    assert disclosure.tables[0].unread_columns
    assert not disclosure.tables[0].unread_rows


def test_an_unread_row_is_listed_with_its_words() -> None:
    text = EXPENDITURE + "\t奇怪的行\t7.77\t\t\n999\t没有的科目\t8.88\t\t\n"
    disclosure = read(text)
    reasons = {item.printed: item.reason for item in disclosure.unread if item.kind == "amount"}
    assert set(reasons) == {"7.77", "8.88"}
    assert "奇怪的行" in reasons["7.77"]
    assert "999" in reasons["8.88"]
    assert disclosure.tables[0].unread_rows


def test_a_missing_unit_is_taken_from_the_other_tables_with_a_note() -> None:
    other = "\n部门收入预算总表\n单位：万元\n项目\t预算数\n合计\t120.00\n一般公共预算财政拨款\t120.00\n"
    disclosure = read(EXPENDITURE.replace("单位：万元\n", "") + other)
    assert {o.amount.unit.name for o in disclosure.observations} == {"万元"}
    (note,) = [note for note in disclosure.notes if "单位" in note]
    assert "部门支出预算总表" in note
    assert "推断" in note


def test_all_tables_without_a_unit_are_named_in_one_note() -> None:
    plain = EXPENDITURE.replace("单位：万元\n", "")
    other = "\n部门收入预算总表\n单位：万元\n项目\t预算数\n合计\t120.00\n一般公共预算财政拨款\t120.00\n"
    disclosure = read(plain + other + "\n财政拨款收入预算表\n项目\t预算数\n合计\t120.00\n")
    (note,) = [note for note in disclosure.notes if "没有标明单位" in note]
    assert note.startswith("2张表没有标明单位，按其他各表的“万元”读取（推断）：部门支出预算总表；财政拨款收入预算表")


def test_a_missing_unit_is_not_guessed_where_the_others_disagree() -> None:
    others = "".join(
        f"\n{title}\n单位：{unit}\n项目\t预算数\n合计\t120.00\n"
        for title, unit in (("部门收入预算总表", "万元"), ("财政拨款收入预算表", "元"))
    )
    disclosure = read(EXPENDITURE.replace("单位：万元\n", "") + others)
    unread = [item for item in disclosure.unread if item.kind == "amount" and item.source.table == "t01"]
    assert len(unread) == len(FIGURES)
    assert {item.reason for item in unread} == {"表格没有标明金额单位"}


def test_a_subtotal_beside_the_total_is_no_total() -> None:
    text = EXPENDITURE + "小计\t\t77.00\t\t\n210\t卫生健康支出\t\t\t\n小计\t\t33.00\t\t\n"
    disclosure = read(text)
    assert [o.amount.printed for o in disclosure.observations if named(o) == {"flow": "expenditure"}] == ["120.00"]
    assert [item.printed for item in disclosure.unread if "小计" in item.reason] == ["77.00", "33.00"]


def test_a_row_of_which_is_marked() -> None:
    text = EXPENDITURE + "2080101\t其中：行政运行的一部分\t5.00\t\t\n"
    disclosure = read(text)
    assert [o.of_which for o in disclosure.observations if o.amount.printed == "5.00"] == [True]
    assert not any(o.of_which for o in disclosure.observations if o.amount.printed != "5.00" and o.source.row != 7)


def test_goods_listed_one_by_one_are_not_one_point() -> None:
    table = "政府采购预算表\n单位：万元\n序号\t项目名称\t采购类别\t金额\n1\t电脑\t货物\t1.50\n2\t打印机\t货物\t0.50\n"
    disclosure = read(HEAD + table)
    assert len({o.point for o in disclosure.observations}) == 2
    assert lost_or_doubled(HEAD + table, disclosure) == {}


def test_codes_that_recur_under_units_are_not_one_point() -> None:
    rows = "合计\t\t\t300.00\n甲局\t208\t社会保障和就业支出\t100.00\n乙中心\t208\t社会保障和就业支出\t200.00\n"
    text = HEAD + "部门支出预算总表\n单位：万元\n单位名称\t科目编码\t科目名称\t合计\n" + rows
    found = [o.point for o in read(text).observations if o.point.function == "208"]
    assert len(set(found)) == 2
    assert all(point.agency for point in found)


# --- several tables --------------------------------------------------------------------------------------------------------


def test_a_table_that_goes_on_is_one_table() -> None:
    more = "部门支出预算总表（续）\n单位：万元\n" + COLUMNS + "210\t卫生健康支出\t30.00\t30.00\t\n"
    text = EXPENDITURE.replace("120.00\t100.00\t20.00\n208", "150.00\t130.00\t20.00\n208") + "\n" + more
    disclosure = read(text)
    assert len(disclosure.tables) == 1
    assert (E + ",function=210", "30.00") in figures(disclosure)
    assert lost_or_doubled(text, disclosure) == {}


def test_a_table_of_another_unit_is_not_the_former_going_on() -> None:
    text = EXPENDITURE + "\n" + EXPENDITURE[len(HEAD) :].replace("万元", "元")
    disclosure = read(text)
    assert [table.unit.name for table in disclosure.tables if table.unit] == ["万元", "元"]
    assert len(disclosure.observations) == 2 * len(read(EXPENDITURE).observations)


def test_contents_are_no_table() -> None:
    contents = "编号\t工作表名\t\n1\t表一\t部门收支预算总表\n2\t表二\t部门收入预算总表\n3\t表三\t部门支出预算总表\n\n"
    disclosure = read(HEAD + contents + EXPENDITURE[len(HEAD) :])
    assert len(disclosure.tables) == 1
    assert disclosure.contents == ("部门收支预算总表", "部门收入预算总表", "部门支出预算总表")


# --- performance targets ---------------------------------------------------------------------------------------------------

TARGETS = """\
项目绩效目标表
单位：万元
项目名称\t维护\t\t主管部门\t某某局\t
当年预算\t143.00\t\t\t\t
项目概况\t维护3套系统，服务20万人次。\t\t\t\t
绩效指标\t指标名称\t指标权重\t计量单位\t指标性质\t指标值
\t合格率\t50\t\t≥\t95%
\t完成率\t30%\t%\t≥\t98
\t件数\t20\t件\t≥\t1,000
"""


def test_targets_weights_and_the_amount_of_the_project() -> None:
    disclosure = read(HEAD + TARGETS)
    found = [
        (o.point.indicator, o.point.measure, str(o.amount.value), o.amount.unit.name) for o in disclosure.observations
    ]
    assert found == [
        (None, "amount", "143.00", "万元"),
        ("合格率", "weight", "50.0", "%"), ("合格率", "target", "95.0", "%"),
        ("完成率", "weight", "30.0", "%"), ("完成率", "target", "98.0", "%"),
        ("件数", "weight", "20.0", "%"), ("件数", "target", "1000.0", "件"),
    ]  # fmt: skip
    assert {o.point.project for o in disclosure.observations} == {"维护"}
    assert lost_or_doubled(HEAD + TARGETS, disclosure) == {}


def test_a_percentage_of_things_is_listed_unread() -> None:
    text = HEAD + TARGETS.replace("件\t≥\t1,000", "件\t≥\t40%")
    disclosure = read(text)
    assert "40" not in {o.amount.printed.rstrip("%") for o in disclosure.observations}
    assert [item.kind for item in disclosure.unread if item.printed.startswith("40")] == ["amount"]
    assert lost_or_doubled(text, disclosure) == {}


def test_a_row_that_lost_its_first_cell_is_read_by_its_header() -> None:
    text = HEAD + TARGETS.replace("\t件数\t20\t件\t≥\t1,000", "件数\t20\t件\t≥\t1,000")
    disclosure = read(text)
    assert [o.amount.printed for o in disclosure.observations if o.point.indicator == "件数"] == ["20", "1,000"]
    (note,) = [note for note in disclosure.notes if "左移" in note]
    assert "第7行" in note


# --- workbooks -------------------------------------------------------------------------------------------------------------


def workbook(place: Path, rows: list[list[object]], *merges: str, formats: str | None = None) -> Disclosure:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "表三"
    for row in rows:
        sheet.append(row)
    for merge in merges:
        sheet.merge_cells(merge)
    if formats is not None:
        for line in sheet.iter_rows():
            for cell in line:
                if isinstance(cell.value, (int, float)):
                    cell.number_format = formats
    book.save(place)
    return recognise(open_document(place))


ROWS: list[list[object]] = [
    ["某某县某某局2024年部门支出预算总表", None, None, None, None],
    [None, None, None, None, "单位：万元"],
    ["功能分类科目", None, "2024年预算数", None, None],
    ["科目编码", "科目名称", "合计", "基本支出", "项目支出"],
    ["合计", None, 120, 100, 20],
    ["208", "社会保障和就业支出", 120, 100, 20],
    ["20801", "人力资源和社会保障管理事务", 120, 100, 20],
    ["2080101", "行政运行", 100, 100, None],
    ["2080102", "一般行政管理事务", 20, None, 20],
]
MERGES = ("A1:E1", "A3:B3", "C3:E3", "A5:B5")


@pytest.mark.parametrize("merged", [True, False])
@pytest.mark.parametrize("formats", ["0.00", "#,##0.00", "#,##0.00_ ;[Red]-#,##0.00 "])
def test_a_workbook_with_merged_cells(tmp_path: Path, merged: bool, formats: str) -> None:
    disclosure = workbook(tmp_path / "a.xlsx", ROWS, *(MERGES if merged else ()), formats=formats)
    assert sorted(figures(disclosure)) == sorted(FIGURES)
    assert disclosure.observations[0].amount.printed == "120.00"
    place = next(o.source for o in disclosure.observations if o.point.function == "2080102")
    assert (place.sheet, place.cell, place.row, place.column) == ("表三", "C9", 9, 3)


def test_codes_kept_as_numbers_are_codes(tmp_path: Path) -> None:
    rows = [[int(cell) if isinstance(cell, str) and cell.isdigit() else cell for cell in row] for row in ROWS]
    disclosure = workbook(tmp_path / "a.xlsx", rows, *MERGES)
    assert [name for name, _ in figures(disclosure)] == [name for name, _ in FIGURES]


def test_negative_numbers_in_red_brackets(tmp_path: Path) -> None:
    rows = [[-cell if isinstance(cell, int) else cell for cell in row] for row in ROWS]
    disclosure = workbook(tmp_path / "a.xlsx", rows, *MERGES, formats="#,##0.00_);[Red](#,##0.00)")
    assert sorted(figures(disclosure)) == sorted((name, f"-{value}") for name, value in FIGURES)


def test_the_lines_at_a_table_are_kept() -> None:
    one = EXPENDITURE + "\n注：本表为全部支出。\n\n"
    two = one + EXPENDITURE.removeprefix(HEAD).replace("支出", "收入", 1)
    first, second = read(two).tables
    assert [line.text for line in first.caption] == ["部门支出预算总表", "单位：万元"]
    assert [line.text for line in first.remarks] == ["注：本表为全部支出。"]
    assert ([line.text for line in second.caption], second.remarks) == (["部门收入预算总表", "单位：万元"], ())


def test_the_agency_is_found_in_headings_where_the_cover_breaks_its_name() -> None:
    head = "某市某某区规划和自然\n\n资源局\n\n2024年度部门决算\n\n"
    body = "第一部分 某市某某区规划和自然资源局概况\n\n某市某某区规划和自然资源局2024年度收入总计9.00万元。\n\n"
    assert read(head + body).agency == "某市某某区规划和自然资源局"
    assert read(head + "第一部分 概况").agency == "某市某某区规划和自然资源局"
    assert read(head.replace("资源局", "资源") + "第一部分 概况").agency is None


# --- rows that number the columns ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (("**", "1", "2", "3", "4"), True),
        (("98", "1", "2", "3", "4"), True),  # a scan's ``**``
        (("98", "", "1", "2", "3", "4"), True),
        (("98", "1", "2", "3"), False),
        (("98", "2", "3", "4", "5"), False),
        (("208", "1", "2", "3", "4"), False),
        (("车辆", "1", "2", "3", "4"), False),
        (("98", "1", "2", "4", "5"), False),
        (("**", "**", "1"), True),
        (("**", "2"), False),
        (("序号", "1"), False),
    ],
)
def test_a_row_that_counts_the_columns_is_no_row_of_amounts(texts: tuple[str, ...], numbers: bool) -> None:
    assert is_index_row(texts) is numbers


# --- 小计 whose header over it was lost -----------------------------------------------------------------------------------


def subtotal(title: str, header: str, amounts: str) -> tuple[list[str], list[str]]:
    """The points of a row of amounts, and the reasons of those that were not read."""
    disclosure = read(HEAD + f"{title}\n单位：万元\n{header}\n{amounts}\n")
    return [point for point, _ in figures(disclosure)], [
        item.reason for item in disclosure.unread if item.kind == "amount"
    ]


def test_subtotal_beside_a_total_is_of_what_stands_behind_it() -> None:
    header = "合计\t因公出国（境）费\t小计\t公务用车购置费\t公务用车运行费\t公务接待费"
    points, reasons = subtotal("一般公共预算“三公”经费支出表", header, "9.00\t1.00\t6.00\t2.00\t4.00\t2.00")
    topics = ["three_public", "abroad", "vehicle", "vehicle_purchase", "vehicle_running", "reception"]
    assert (points, reasons) == ([f"topic={topic}" for topic in topics], [])


def test_subtotal_beside_a_total_is_not_read_where_nobody_can_say_of_what() -> None:
    points, reasons = subtotal(
        "部门支出预算总表", "科目编码\t合计\t小计\t基本支出\t项目支出", "208\t9.00\t6.00\t4.00\t5.00"
    )
    assert [point.removeprefix("flow=expenditure,") for point in points] == [
        "function=208",
        "function=208,nature=basic",
        "function=208,nature=project",
    ]
    assert reasons == ["表头“小计”未能识别"]


def test_subtotal_alone_is_the_total() -> None:
    points, reasons = subtotal("部门支出预算总表", "科目编码\t小计\t基本支出\t项目支出", "208\t9.00\t4.00\t5.00")
    assert (points[0].removeprefix("flow=expenditure,"), reasons) == ("function=208", [])
