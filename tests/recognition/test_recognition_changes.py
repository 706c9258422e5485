"""增减 in tables, dashes that the form prints, groups of classes, and counts below counts; every table is made up."""

from __future__ import annotations

import pytest
from recognition_samples import named, read

from mingzhang.checking import check
from mingzhang.cube import Disclosure, Observation
from mingzhang.cube.finding import Finding

HEAD = "某某县某某局2023年度部门决算公开\n\n"
BY_ROWS = (
    "“三公”经费财政拨款支出决算表\n单位：万元\n项目\t“三公”经费\t公务接待费\t公务用车运行维护费\n"
    "预算数\t5.00\t2.00\t3.00\n决算数\t4.20\t1.40\t2.80\n增减额\t{}\t-0.60\t-0.20\n增减率（%）\t-16.00\t-30.00\t-6.67\n\n"
)
BY_COLUMNS = (
    "“三公”经费财政拨款支出决算表\n单位：万元\n项目\t预算数\t决算数\t增减额\t增减率（%）\n“三公”经费\t5.00\t4.20\t{}\t-16.00\n"
    "公务接待费\t2.00\t1.40\t-0.60\t-30.00\n公务用车运行维护费\t3.00\t2.80\t-0.20\t-6.67\n\n"
)
SENTENCE = "2023年度“三公”经费支出决算4.20万元，比上年增加0.40万元，增长10.53%；比预算减少0.80万元，下降16%。\n"


def errors(disclosure: Disclosure) -> list[Finding]:
    return [finding for finding in check(disclosure).findings if finding.level == "error"]


def in_tables(disclosure: Disclosure, *measures: str) -> list[Observation]:
    return [o for o in disclosure.observations if o.origin == "table" and o.point.measure in measures]


@pytest.mark.parametrize("table", [BY_ROWS, BY_COLUMNS])
def test_a_change_from_the_budget_is_none_from_last_year(table: str) -> None:
    disclosure = read(HEAD + table.format("-0.80") + "一、“三公”经费\n" + SENTENCE)
    changes = in_tables(disclosure, "change", "change_rate")
    assert len(changes) == 6
    assert {(o.point.year, o.point.stage) for o in changes} == {(2023, "budget")}
    assert not errors(disclosure)


@pytest.mark.parametrize("table", [BY_ROWS, BY_COLUMNS])
def test_a_change_from_the_budget_that_is_wrong(table: str) -> None:
    found = check(read(HEAD + table.format("-0.90"))).findings
    assert any(finding.rule == "change" for finding in found)


def test_beside_two_budgets_a_change_is_tied_to_neither() -> None:
    table = BY_COLUMNS.format("-0.80").replace("\t预算数\t", "\t年初预算数\t全年预算数\t")
    table = (
        table.replace("\t5.00\t", "\t6.00\t5.00\t")
        .replace("\t2.00\t", "\t3.00\t2.00\t")
        .replace("\t3.00\t2.80", "\t3.00\t3.00\t2.80")
    )
    disclosure = read(HEAD + table + "一、“三公”经费\n" + SENTENCE.partition("；")[0] + "。\n")
    assert all((o.point.agency or "").startswith("?") for o in in_tables(disclosure, "change", "change_rate"))
    assert not errors(disclosure)


def test_beside_last_year_a_change_is_from_last_year() -> None:
    table = (
        BY_COLUMNS.format("0.40")
        .replace("\t预算数\t", "\t2022年决算数\t预算数\t")
        .replace("\t5.00\t", "\t3.80\t5.00\t")
    )
    changes = in_tables(read(HEAD + table), "change")
    assert {o.point.stage for o in changes} == {"final"}


def test_a_row_of_rates_is_in_per_cent() -> None:
    rates = in_tables(read(HEAD + BY_ROWS.format("-0.80")), "change_rate")
    assert [(o.amount.unit.name, str(o.amount.value)) for o in rates] == [
        ("%", "-16.00"),
        ("%", "-30.00"),
        ("%", "-6.67"),
    ]


def test_a_rate_left_blank_beside_noughts_is_no_other_way_of_writing_them() -> None:
    table = BY_ROWS.format("-0.80").replace("\t2.00\t", "\t0.00\t").replace("\t1.40\t", "\t0.00\t")
    found = check(read(HEAD + table.replace("\t-0.60\t", "\t0.00\t").replace("\t-30.00\t", "\t\t"))).findings
    assert "zero-and-blank" not in {finding.rule for finding in found}


FORM = (
    "财政拨款“三公”经费、机关运行经费情况表\n单位：万元\n项目\t行次\t预算数\t决算数\n一、“三公”经费支出\t1\t—\t—\n"
    "（一）支出合计\t2\t8.00\t5.50\n1.因公出国（境）费\t3\t0.00\t0.00\n2.公务接待费\t4\t8.00\t5.50\n（1）国内接待费\t5\t—\t5.50\n"
    "（二）相关统计数\t6\t—\t—\n1.公务用车保有量（辆）\t7\t—\t4\n二、机关运行经费\t8\t—\t—\n（一）行政单位\t9\t—\t110.20\n"
    "（二）参照公务员法管理事业单位\t10\t—\t0.00\n三、国有资产占用情况\t11\t—\t—\n（一）车辆数合计（辆）\t12\t—\t3\n"
    "1.主要负责人用车\t13\t—\t1\n2.其他用车\t14\t—\t2\n（二）单价100万元以上设备（台）\t15\t—\t0\n四、会议费\t16\t1.00\t0.90\n\n"
)


def test_dashes_of_the_form_are_no_noughts() -> None:
    text = "一、机关运行经费\n2023年度机关运行经费支出110.20万元，年初预算为100.00万元。\n"
    disclosure = read(HEAD + FORM + text)
    assert not [o for o in in_tables(disclosure, "amount") if o.point.topic == "agency_running"]
    assert not errors(disclosure)


def test_a_dash_that_heads_nothing_is_a_nought() -> None:
    found = read(HEAD + FORM.replace("四、会议费\t16\t1.00\t0.90", "四、会议费\t16\t1.00\t—"))
    (_, spent) = (o for o in in_tables(found, "amount") if o.point.topic == "meeting")
    assert (spent.amount.printed, str(spent.amount.value)) == ("—", "0")


def test_parts_of_what_is_counted_are_counted() -> None:
    disclosure = read(HEAD + FORM)
    assert [u.printed for u in disclosure.unread if u.kind == "quantity"] == ["4", "3", "1", "2", "0"]
    assert [u.printed for u in disclosure.unread if u.kind == "amount"] == ["110.20", "0.00"]
    assert [str(o.amount.value) for o in in_tables(disclosure, "amount") if o.point.topic == "meeting"] == [
        "1.00",
        "0.90",
    ]


GROUPS = (
    "某某县某某局{}年部门预算公开\n\n一般公共预算基本支出表--人员经费（工资福利支出）\n单位：万元\n"
    "科目编码\t科目名称\t总计\t工资津补贴\t\t\t社会保障缴费\t住房公积金\n\t\t\t合计\t基本工资\t津贴补贴\t\t\n"
    "2010301\t行政运行\t150.00\t100.00\t60.00\t40.00\t30.00\t20.00\n"
)


def test_groups_of_classes_of_the_class_that_the_title_names() -> None:
    disclosure = read(GROUPS.format(2023))
    found = {named(o).get("object"): o.amount.printed for o in in_tables(disclosure, "amount")}
    assert found == {"301": "150.00", "30101": "60.00", "30102": "40.00", "30113": "20.00"}
    assert [(u.printed, u.reason) for u in disclosure.unread if u.kind == "amount"] == [
        ("100.00", "表头“工资津补贴 / 合计”未能识别"),
        ("30.00", "表头“社会保障缴费”未能识别"),
    ]
    (table,) = disclosure.tables
    assert table.unread_columns


def test_a_class_is_named_in_the_years_in_which_it_was_in_force() -> None:
    found = {named(o).get("object") for o in in_tables(read(GROUPS.format(2016)), "amount")}
    assert "30104" in found
