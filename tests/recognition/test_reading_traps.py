"""What real tables do to a reader, each on a small document made for it; docs/traps.md lists where each is tested."""

from __future__ import annotations

from decimal import Decimal

import pytest
from handmade import Page, make_pdf
from recognition_samples import COLUMNS, EXPENDITURE, HEAD, figures, lost_or_doubled, read

from mingzhang.cube import Disclosure
from mingzhang.documents.pdf import read_pdf
from mingzhang.recognition import recognise

E = "flow=expenditure"


def read_pages(*pages: Page) -> Disclosure:
    return recognise(read_pdf(make_pdf(*pages), "a.pdf", "0" * 64))


def unread(disclosure: Disclosure) -> list[str]:
    return [item.printed for item in disclosure.unread if item.kind != "identifier"]


# --- numbers ---------------------------------------------------------------------------------------------------------


def test_unit_precision_and_separators_are_those_of_each_table() -> None:
    """元 without decimals, 万元 with two, 万元 with six, with thousands parted in one table and not in another."""
    head = "科目编码\t科目名称\t合计\n"
    document = HEAD + "\n".join(
        f"{title}\n单位：{unit}\n{head}208\t社会保障和就业支出\t{one}\n210\t卫生健康支出\t{two}\n合计\t\t{total}\n"
        for title, unit, one, two, total in (
            ("支出预算总表", "元", "12,345,678", "1,000", "12,346,678"),
            ("一般公共预算支出表", "万元", "1234.57", "0.10", "1234.67"),
            ("政府性基金预算支出表", "万元", "1,234.567800", "0.100000", "1,234.667800"),
            ("国有资本经营预算支出表", "万元", "1234.5678", "0.1000", "1234.6678"),
        )
    )
    disclosure = read(document)
    quanta = [
        {(o.amount.unit.name, o.amount.decimals) for o in disclosure.observations if o.source.table == table.id}
        for table in disclosure.tables
    ]
    assert quanta == [{("元", 0)}, {("万元", 2)}, {("万元", 6)}, {("万元", 4)}]
    assert [o.amount.value for o in disclosure.observations if not o.point.function] == [
        Decimal(total) for total in ("12346678", "1234.67", "1234.6678", "1234.6678")
    ]
    assert lost_or_doubled(document, disclosure) == {}


@pytest.mark.parametrize("mark", ["", "0", "0.00", "—", "——", "────", "-", "–", "/"])
def test_every_way_to_print_nothing(mark: str) -> None:
    text = EXPENDITURE.replace("2080102\t一般行政管理事务\t20.00\t\t", f"2080102\t一般行政管理事务\t20.00\t{mark}\t")
    disclosure = read(text)
    (found,) = [o for o in disclosure.observations if o.point.function == "2080102" and o.point.nature == "basic"]
    assert found.amount.value == 0
    assert found.amount.decimals == 2
    assert unread(disclosure) == []


# --- totals ----------------------------------------------------------------------------------------------------------

ROWS = "208\t社会保障和就业支出\t120.00\t100.00\t20.00\n210\t卫生健康支出\t30.00\t30.00\t\n"
WHOLE = [("flow=expenditure", "150.00"), (E + ",nature=basic", "130.00"), (E + ",nature=project", "20.00")]
TOTALS = {
    "first": "合计\t\t150.00\t130.00\t20.00\n" + ROWS,
    "last": ROWS + "合计\t\t150.00\t130.00\t20.00\n",
    "in the name column": "\t合  计\t150.00\t130.00\t20.00\n" + ROWS,
    "without the word, first": "\t\t150.00\t130.00\t20.00\n" + ROWS,
    "without the word, last": ROWS + "\t\t150.00\t130.00\t20.00\n",
    "as 总计": ROWS + "总　计\t\t150.00\t130.00\t20.00\n",
    "as 支出合计": ROWS + "支出合计\t\t150.00\t130.00\t20.00\n",
    "missing": ROWS,
}


@pytest.mark.parametrize("place", TOTALS)
def test_the_total_wherever_it_stands(place: str) -> None:
    document = HEAD + "部门支出预算总表\n单位：万元\n" + COLUMNS + TOTALS[place]
    disclosure = read(document)
    assert [item for item in figures(disclosure) if "function" not in item[0]] == ([] if place == "missing" else WHOLE)
    assert len(figures(disclosure)) == (5 if place == "missing" else 8)
    assert unread(disclosure) == []


def test_a_total_that_only_the_header_names() -> None:
    """One row of amounts below 合计 and its parts, and no row label at all."""
    table = "一般公共预算“三公”经费支出表\n单位：万元\n合计\t因公出国（境）费\t公务接待费\n6.00\t2.00\t4.00\n"
    assert figures(read(HEAD + table)) == [
        ("topic=three_public", "6.00"), ("topic=abroad", "2.00"), ("topic=reception", "4.00"),
    ]  # fmt: skip


# --- names and codes -------------------------------------------------------------------------------------------------


def test_a_path_of_names_joined_by_hyphens() -> None:
    table = (
        "支出预算总表\n单位：万元\n功能分类科目\t合计\n"
        "教育支出\t20.00\n教育支出-进修及培训\t20.00\n教育支出-进修及培训-培训支出\t20.00\n合计\t20.00\n"
    )
    assert figures(read(HEAD + table)) == [
        (E + ",function=205", "20.00"), (E + ",function=20508", "20.00"), (E + ",function=2050803", "20.00"),
        (E, "20.00"),
    ]  # fmt: skip


def test_names_that_repeat_under_different_parents_without_codes() -> None:
    """行政运行 stands under many 款: the 款 above it decides."""
    table = (
        "支出预算总表\n单位：万元\n科目名称\t合计\n一般公共服务支出\t70.00\n政府办公厅（室）及相关机构事务\t40.00\n行政运行\t30.00\n"
        "一般行政管理事务\t10.00\n财政事务\t30.00\n行政运行\t25.00\n一般行政管理事务\t5.00\n社会保障和就业支出\t9.00\n"
        "人力资源和社会保障管理事务\t9.00\n行政运行\t9.00\n合计\t79.00\n"
    )
    disclosure = read(HEAD + table)
    assert figures(disclosure) == [
        (E + f",function={code}", amount)
        for code, amount in (
            ("201", "70.00"), ("20103", "40.00"), ("2010301", "30.00"), ("2010302", "10.00"), ("20106", "30.00"),
            ("2010601", "25.00"), ("2010602", "5.00"), ("208", "9.00"), ("20801", "9.00"), ("2080101", "9.00"),
        )
    ] + [(E, "79.00")]  # fmt: skip
    assert unread(disclosure) == []


def test_projects_of_one_name_under_different_units_are_two() -> None:
    table = (
        "项目支出表\n单位：万元\n单位名称\t项目名称\t合计\n某某县水务局\t办公设备购置\t3.00\n某某县水务局\t河道整治\t5.00\n"
        "某某县水文站\t办公设备购置\t2.00\n合计\t\t10.00\n"
    )
    found = figures(read(HEAD + table))
    assert len({point for point, _ in found}) == 4
    assert sorted(amount for _, amount in found) == ["10.00", "2.00", "3.00", "5.00"]


def test_two_classifications_in_one_row() -> None:
    table = (
        "支出表\n单位：万元\n功能分类科目编码\t功能分类科目名称\t部门经济分类科目编码\t部门经济分类科目名称\t合计\n"
        "2080101\t行政运行\t30101\t基本工资\t5.00\n2080101\t行政运行\t30201\t办公费\t2.00\n合计\t\t\t\t7.00\n"
    )
    assert figures(read(HEAD + table)) == [
        (E + ",function=2080101,object=30101", "5.00"), (E + ",function=2080101,object=30201", "2.00"),
        (E, "7.00"),
    ]  # fmt: skip


def test_the_same_code_on_several_rows_once_a_unit() -> None:
    """A volume's table lists each unit's rows without naming the unit: none is the amount of the whole."""
    table = "支出预算总表\n单位：万元\n科目编码\t科目名称\t合计\n2080101\t行政运行\t5.00\n2080101\t行政运行\t7.00\n合计\t\t12.00\n"
    disclosure = read(HEAD + table)
    points = [o.point for o in disclosure.observations if o.point.function == "2080101"]
    assert len(set(points)) == 2
    assert all(point.agency for point in points)


# --- titles ----------------------------------------------------------------------------------------------------------

NUMBERS = [
    "表一", "表1", "附表1", "附件1", "预算01表", "公开01表", "公开表1", "部门公开表1", "表1-1", "附表1-1", "财决公开01表", "表三：",
]  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
@pytest.mark.parametrize("where", ["line above", "same line", "line below"])
def test_every_way_to_number_a_table(number: str, where: str) -> None:
    title = "部门支出预算总表"
    lines = {
        "line above": f"{number}\n{title}",
        "same line": f"{number} {title}",
        "line below": f"{title}\n{number}",
    }[where]
    disclosure = read(EXPENDITURE.replace(title, lines))
    (table,) = disclosure.tables
    assert table.title == title
    assert table.number == number.rstrip("：")
    assert len(figures(disclosure)) == 13


TITLES = {
    "twice above": ("部门支出预算总表", "部门支出预算总表\n部门支出预算总表"),
    "above and inside": ("部门支出预算总表\n单位：万元\n", "部门支出预算总表\n\n部门支出预算总表\t\t\t\t\n\t\t\t\t单位：万元\n"),
    "with the year and the unit's name": ("部门支出预算总表", "2024年某某县某某局部门支出预算总表"),
    "a heading of the chapter above": ("部门支出预算总表", "第二部分 2024年部门预算表\n三、部门支出预算总表"),
}  # fmt: skip


@pytest.mark.parametrize("case", TITLES)
def test_titles_inside_above_and_twice(case: str) -> None:
    old, new = TITLES[case]
    disclosure = read(EXPENDITURE.replace(old, new))
    (table,) = disclosure.tables
    assert table.title.endswith("部门支出预算总表")
    assert table.unit is not None
    assert table.unit.name == "万元"
    assert len(figures(disclosure)) == 13


def test_a_title_that_differs_from_the_contents_page_is_the_tables_own() -> None:
    contents = "目录\n一、部门收支预算总表\n二、部门收入预算总表\n三、部门支出总体情况表\n\n"
    disclosure = read(HEAD + contents + EXPENDITURE[len(HEAD) :])
    assert [table.title for table in disclosure.tables] == ["部门支出预算总表"]
    assert len(figures(disclosure)) == 13


def test_two_stages_in_one_header_phrase_are_not_one() -> None:
    """Headers that run into each other (预算数决算数) name two columns: which is meant is not known."""
    table = "支出决算表\n单位：万元\n项目\t年初预算数决算数\n教育支出\t5.00\n卫生健康支出\t7.00\n"
    disclosure = read(HEAD.replace("预算", "决算") + table)
    assert figures(disclosure) == []
    assert unread(disclosure) == ["5.00", "7.00"]
    assert {item.reason for item in disclosure.unread if item.kind == "amount"} == {"表头“年初预算数决算数”未能识别"}


# --- pages -----------------------------------------------------------------------------------------------------------

XS = (50, 120, 260, 340, 420, 500)
GRID = [line.split("\t") for line in (COLUMNS + TOTALS["last"]).splitlines()]


def drawn(page: Page, top: float) -> Page:
    ys = [top + 20 * number for number in range(len(GRID) + 1)]
    return page.grid(XS, ys).rows(XS, ys, GRID)


@pytest.mark.parametrize("how", ["without ink", "white"])
def test_an_invisible_copy_of_a_title(how: str) -> None:
    """Spreadsheets leave an unseen title beside the seen one, some points away."""
    page = Page().text(180, 50, "某某县某某局2024年部门预算", 14)
    before = {"without ink": "BT 3 Tr ET", "white": "1 g"}[how]
    after = {"without ink": "BT 0 Tr ET", "white": "0 g"}[how]
    page.commands.append(before)
    page.text(236, 78, "部门支出预算总表", 12)
    page.commands.append(after)
    page.text(220, 85, "部门支出预算总表", 12).text(430, 95, "单位：万元")
    disclosure = read_pages(drawn(page, 100))
    assert [table.title for table in disclosure.tables] == ["部门支出预算总表"]
    assert len(figures(disclosure)) == 8
    assert unread(disclosure) == []


def test_printed_page_numbers_are_no_page_numbers_of_the_file() -> None:
    first = Page().text(180, 50, "某某县某某局2024年部门预算", 14).text(290, 800, "— 17 —")
    second = Page().text(220, 85, "部门支出预算总表", 12).text(430, 95, "单位：万元").text(290, 800, "— 18 —")
    disclosure = read_pages(first, drawn(second, 100))
    assert {o.source.page for o in disclosure.observations} == {2}
    assert unread(disclosure) == []


def test_two_tables_under_each_other_have_their_own_titles_and_units() -> None:
    page = Page().text(180, 50, "某某县某某局2024年部门预算", 14)
    page.text(220, 85, "部门支出预算总表", 12).text(430, 95, "单位：万元")
    drawn(page, 100).text(220, 225, "一般公共预算支出表", 12).text(430, 235, "单位：元")
    disclosure = read_pages(drawn(page, 240))
    assert [(table.title, table.unit.name) for table in disclosure.tables if table.unit] == [
        ("部门支出预算总表", "万元"), ("一般公共预算支出表", "元"),
    ]  # fmt: skip
    assert len(figures(disclosure)) == 16


def test_sides_of_different_lengths() -> None:
    table = (
        "部门收支预算总表\n单位：万元\n收入\t\t支出\t\n项目\t预算数\t项目\t预算数\n一、一般公共预算拨款\t100.00\t一、教育支出\t60.00\n"
        "二、事业收入\t10.00\t二、社会保障和就业支出\t20.00\n\t\t三、卫生健康支出\t20.00\n\t\t四、住房保障支出\t10.00\n"
        "本年收入合计\t110.00\t本年支出合计\t110.00\n收入总计\t110.00\t支出总计\t110.00\n"
    )
    assert figures(read(HEAD + table)) == [
        ("flow=income,fund=general", "100.00"), (E + ",function=205", "60.00"),
        ("flow=income,fund=business", "10.00"), (E + ",function=208", "20.00"),
        (E + ",function=210", "20.00"), (E + ",function=221", "10.00"),
        ("flow=income", "110.00"), (E, "110.00"), ("flow=sources", "110.00"), ("flow=uses", "110.00"),
    ]  # fmt: skip
