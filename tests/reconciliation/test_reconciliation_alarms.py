"""What must not be called an error: layouts and customs that a rule-by-rule checker stumbles over."""

from __future__ import annotations

import pytest
from reconciliation_samples import HEAD, check_text

SIDES = """\
部门收支预算总表
单位：万元
收入\t\t支出\t
项目\t预算数\t项目\t预算数
一、一般公共预算财政拨款收入\t100.00\t一、社会保障和就业支出\t150.00
二、政府性基金预算财政拨款收入\t\t二、卫生健康支出\t20.00
三、事业收入\t{business}\t\t
本年收入合计\t160.00\t本年支出合计\t170.00
上年结转\t10.00\t结转下年\t
收入总计\t170.00\t支出总计\t170.00

"""
GENERAL = """\
一般公共预算财政拨款支出预算表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
合计\t\t100.00\t80.00\t20.00
208\t社会保障和就业支出\t90.00\t70.00\t20.00
210\t卫生健康支出\t10.00\t10.00\t

"""
ALL = """\
部门支出预算总表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
合计\t\t170.00\t130.00\t40.00
208\t社会保障和就业支出\t150.00\t110.00\t40.00
210\t卫生健康支出\t20.00\t20.00\t

"""
OBJECTS = """\
一般公共预算财政拨款基本支出预算表（部门预算支出经济分类科目）
单位：万元
科目编码\t科目名称\t合计\t人员经费\t公用经费
合计\t\t150.00\t120.00\t30.00
301\t工资福利支出\t120.00\t120.00\t
30101\t基本工资\t120.00\t120.00\t
302\t商品和服务支出\t30.00\t\t30.00
30201\t办公费\t30.00\t\t30.00

"""
MIXED = """\
一般公共预算财政拨款基本支出预算表（政府预算支出经济分类科目）
单位：万元
科目编码\t科目名称\t合计
合计\t\t150.00
501\t机关工资福利支出\t100.00
50101\t工资奖金津补贴\t100.00
502\t机关商品和服务支出\t25.00
50201\t办公经费\t25.00
505\t对事业单位经常性补助\t25.00
50501\t工资福利支出\t20.00
50502\t商品和服务支出\t5.00

"""
CLASSES_ONLY = """\
部门支出预算总表
单位：万元
科目编码\t科目名称\t合计
合计\t\t100.00
208\t社会保障和就业支出\t100.00

一般公共预算财政拨款支出预算表
单位：万元
科目编码\t科目名称\t合计
合计\t\t100.00
208\t社会保障和就业支出\t100.00
20801\t人力资源和社会保障管理事务\t40.00
20805\t行政事业单位养老支出\t60.00

"""
OF_WHICH = """\
部门支出预算总表
单位：万元
科目编码\t科目名称\t合计
合计\t\t120.00
208\t社会保障和就业支出\t120.00
20801\t人力资源和社会保障管理事务\t120.00
2080101\t其中：行政运行\t20.00

"""
CLEAN = {
    "a unit with 事业收入: 一般公共预算 is a part of the total": SIDES.format(business="60.00") + GENERAL + ALL,
    "机关 and 事业单位 in one department": OBJECTS + MIXED + "2024年机关运行经费25.00万元。\n",
    "a table that shows 类 only": CLASSES_ONLY,
    "其中 does not exhaust": OF_WHICH,
    "last year's column of another stage": GENERAL.replace("合计\t基本支出\t项目支出", "2023年执行数\t2024年预算数\t备注").replace(
        "\t80.00\t20.00\n", "\t80.00\t\n"
    ).replace("\t70.00\t20.00\n", "\t70.00\t\n").replace("100.00\t80.00", "80.00\t100.00").replace("90.00\t70.00", "70.00\t90.00").replace(
        "10.00\t10.00", "10.00\t10.00"
    ) + "2024年一般公共预算财政拨款支出100.00万元，比上年预算增加5.00万元。\n",
    "goods listed one by one": "政府采购预算表\n单位：万元\n序号\t项目名称\t采购类别\t金额\n1\t电脑\t货物\t1.50\n2\t打印机\t货物\t0.50\n",
    "units under one another": "部门支出预算总表\n单位：万元\n单位名称\t科目编码\t科目名称\t合计\n合计\t\t\t300.00\n"
    "甲局\t208\t社会保障和就业支出\t100.00\n乙中心\t208\t社会保障和就业支出\t200.00\n",
    "小计 between the rows": ALL.replace("210\t", "小计\t\t150.00\t110.00\t40.00\n210\t") + "",
    "negative amounts": ALL.replace("150.00\t110.00\t40.00", "200.00\t160.00\t40.00").replace("20.00\t20.00\t\n", "(30.00)\t-30.00\t\n"),
    "元 beside 万元": ALL + "一般公共预算财政拨款支出预算表\n单位：元\n科目编码\t科目名称\t合计\n合计\t\t1700000\n"
    "208\t社会保障和就业支出\t1500000\n210\t卫生健康支出\t200000\n",
    "no growth from nothing, a dash for a rate": "一般公共预算财政拨款支出预算表\n单位：万元\n"
    "科目编码\t科目名称\t2023年预算数\t2024年预算数\t增减额\t增减%\n合计\t\t90.00\t110.00\t20.00\t22.22\n"
    "208\t社会保障和就业支出\t100.00\t120.00\t20.00\t—\n210\t卫生健康支出\t-10.00\t-10.00\t0.00\t0\n221\t住房保障支出\t0\t0\t\t—\n",
    "an amount a head": GENERAL + "一般公共预算财政拨款基本支出80.00万元。人均公用经费1.5万元，公用经费2万元/人。\n",
    "rates that round": GENERAL + "支出100.00万元，比上年增加33.33万元，增长50%。\n",
    "an approximate amount": GENERAL + "一般公共预算财政拨款支出约100万元。\n",
    "a table that goes on": ALL.replace("210\t卫生健康支出\t20.00\t20.00\t\n", "")
    + "部门支出预算总表（续）\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n210\t卫生健康支出\t20.00\t20.00\t\n",
}  # fmt: skip


@pytest.mark.parametrize("name", CLEAN)
def test_no_false_alarm(name: str) -> None:
    outcome, found = check_text(HEAD + CLEAN[name])
    assert [(f.level, f.message) for f in found if f.level != "rounding"] == []
    assert outcome.certificate.consistent is True
    assert outcome.certificate.verified_exactly
    assert outcome.counts.violated == 0


def test_the_same_unit_with_wrong_general_total_is_still_seen() -> None:
    """The layouts above are not simply passed over."""
    _, found = check_text(
        HEAD + SIDES.format(business="60.00") + GENERAL.replace("100.00\t80.00", "104.00\t80.00") + ALL
    )
    assert [f.level for f in found] == ["error"]
    assert "104.00" in found[0].message


LISTED = """\
{title}
单位：万元
项目名称\t项目金额\t绩效目标
合计\t{total}\t
修桥\t{total}\t修一座桥，保证安全。

"""


def test_targets_of_transfers_are_no_part_of_the_unit_s_projects() -> None:
    """Targets are set for projects that there are; money passed on to lower levels is no expenditure of the unit."""
    own = LISTED.format(title="项目支出绩效目标表", total="55.00")
    _, found = check_text(HEAD + ALL + own)
    assert [f.level for f in found] == ["warning"]
    passed_on = LISTED.format(title="项目支出绩效目标表（含转移支付项目）", total="55.00")
    _, found = check_text(HEAD + ALL + passed_on)
    assert [f for f in found if f.level in ("error", "warning")] == []


SHEET = """\
{name}项目支出绩效目标表
单位：万元
项目名称\t{name}\t
资金总额\t{total}\t
指标名称\t指标值\t权重
修桥数量\t1\t100

"""


def test_sheets_beside_what_may_be_passed_on_need_not_be_all_but_for_a_digit() -> None:
    """30.00 of 救灾（含转移支付） may be the unit's own: 10.00 beside a total of 40.00 is no slip of the pen."""
    own, mixed = SHEET.format(name="修桥", total="10.00"), SHEET.format(name="救灾（含转移支付）", total="30.00")
    _, found = check_text(HEAD + ALL + own)
    assert [(f.level, "少于" in f.message) for f in found] == [("warning", True)]
    _, found = check_text(HEAD + ALL + own + mixed)
    assert [f for f in found if f.level in ("error", "warning")] == []


def test_sums_over_rows_that_were_not_read_are_counted_as_not_evaluable() -> None:
    text = HEAD + ALL + "\t奇怪的行\t7.00\t7.00\t\n"
    outcome, found = check_text(text)
    assert found == ()
    assert outcome.counts.not_evaluable >= 3
    wrong = text.replace("合计\t\t170.00\t130.00", "合计\t\t177.00\t137.00")
    assert check_text(wrong)[1] == ()


def test_sums_over_columns_that_were_not_read_are_counted_as_not_evaluable() -> None:
    income = (
        "部门收入预算总表\n单位：万元\n科目编码\t科目名称\t合计\t一般公共预算\t事业收入\t奇怪的钱\n"
        "合计\t\t125.00\t100.00\t20.00\t5.00\n208\t社会保障和就业支出\t125.00\t100.00\t20.00\t5.00\n"
    )
    outcome, found = check_text(HEAD + income)
    assert found == ()
    assert outcome.counts.not_evaluable >= 2


def test_tables_without_titles_are_not_held_against_each_other() -> None:
    rows = "科目编码\t科目名称\t总计\t基本支出\t项目支出\n合计\t\t{0}0.00\t{0}0.00\t\n208\t社会保障和就业支出\t{0}0.00\t{0}0.00\t\n"
    text = HEAD + "单位：万元\n" + rows.format(12) + "\n正文在此。\n\n单位：万元\n" + rows.format(15)
    assert [f for f in check_text(text)[1] if f.level == "error"] == []


def test_tables_of_two_units_under_one_title_are_not_held_against_each_other() -> None:
    table = (
        "部门支出预算总表\n部门名称：{0}\n单位：万元\n科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
        "合计\t\t{1}0.00\t80.00\t{2}0.00\n208\t社会保障和就业支出\t{1}0.00\t80.00\t{2}0.00\n\n"
    )
    text = HEAD + table.format("某某局", 10, 2) + table.format("某某中心", 18, 10)
    assert [f for f in check_text(text)[1] if f.level == "error"] == []
