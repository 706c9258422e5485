"""Columns whose figures add up as before: only another table, or what the rows are of, speaks against them."""

from __future__ import annotations

import pytest
from reconciliation_samples import exchanged_columns, findings, with_table

TOTALS = """部门财务收支总表

单位：万元

本年收入\t\t本年支出\t\t\t\t
项目\t预算数\t项目\t合计\t基本支出\t\t项目支出
\t\t\t\t人员经费\t公用经费\t
一、财政拨款收入\t200.00\t一、社会保障和就业支出\t140.00\t70.00\t20.00\t50.00
1、一般公共预算\t200.00\t二、卫生健康支出\t60.00\t40.00\t10.00\t10.00
2、政府性基金预算\t\t\t\t\t\t
3、国有资本经营预算\t\t\t\t\t\t
二、事业收入\t\t\t\t\t\t
收入总计\t200.00\t支出总计\t200.00\t110.00\t30.00\t60.00

"""
CLASSES = """一般公共预算基本支出部门预算经济分类预算表

单位：万元

科目编码\t科目名称\t合计\t人员经费\t公用经费
301\t工资福利支出\t110.00\t110.00\t
30101\t基本工资\t60.00\t60.00\t
30113\t住房公积金\t50.00\t50.00\t
302\t商品和服务支出\t30.00\t\t30.00
30201\t办公费\t30.00\t\t30.00
\t合计\t140.00\t110.00\t30.00
"""
ALL = """部门支出总表

单位：万元

科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t110.00\t50.00\t60.00
208\t社会保障和就业支出\t80.00\t30.00\t50.00
210\t卫生健康支出\t30.00\t20.00\t10.00

"""
GENERAL = """一般公共预算支出表

单位：万元

科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t100.00\t45.00\t55.00
208\t社会保障和就业支出\t72.00\t27.00\t45.00
210\t卫生健康支出\t28.00\t18.00\t10.00
"""


@pytest.mark.parametrize("text", [TOTALS + CLASSES, ALL + GENERAL, CLASSES])
def test_sound_tables_are_silent(text: str) -> None:
    assert findings(text) == ()


def test_the_row_of_all_spending_is_told_apart_by_nature() -> None:
    """支出总计 under 人员经费 is what another table prints as 人员经费 of the only fund."""
    (finding,) = findings(with_table(TOTALS + CLASSES, 0, exchanged_columns(4, 5, 3)))
    assert (finding.rule, finding.level) == ("columns-exchanged", "error")
    assert "“支出总计”的“基本支出·人员经费”为30.00" in finding.message


def test_what_is_carried_over_under_a_nature_is_not_spent() -> None:
    carried = TOTALS.replace("2、政府性基金预算\t\t\t", "2、政府性基金预算\t\t结转下年\t").replace(
        "结转下年\t\t\t\t", "结转下年\t5.00\t\t\t5.00"
    )
    carried = carried.replace("支出总计\t200.00\t110.00\t30.00\t60.00", "支出总计\t205.00\t110.00\t30.00\t65.00")
    assert "结转下年\t5.00" in carried
    assert not [f for f in findings(carried) if "项目支出" in f.message]


def test_what_the_rows_are_of_tells_which_of_two_tables_is_exchanged() -> None:
    (finding,) = findings(with_table(TOTALS + CLASSES, 1, exchanged_columns(3, 4, 1)))
    assert finding.rule == "columns-exchanged"
    assert finding.message.startswith("《一般公共预算基本支出部门预算经济分类预算表》“人员经费”与“公用经费”两列")


def test_wages_under_the_other_heading_alone_are_a_suspicion() -> None:
    """Nothing but the custom speaks against the table: a warning, and none where one class alone stands there."""
    (finding,) = findings(with_table(CLASSES, 0, exchanged_columns(3, 4, 1)))
    assert (finding.rule, finding.level) == ("columns-exchanged", "warning")
    assert "这类支出属于人员经费" in finding.message
    alone = CLASSES.replace("302\t商品和服务支出\t30.00\t\t30.00", "302\t商品和服务支出\t30.00\t30.00\t").replace(
        "30201\t办公费\t30.00\t\t30.00", "30201\t办公费\t30.00\t30.00\t"
    )
    assert findings(alone.replace("140.00\t110.00\t30.00", "140.00\t140.00\t")) == ()


def test_one_fund_is_not_more_than_all() -> None:
    (finding,) = findings(with_table(ALL + GENERAL, 0, exchanged_columns(3, 4, 1)))
    assert (finding.rule, finding.level) == ("columns-exchanged", "warning")
    assert finding.message.startswith("《部门支出总表》或《一般公共预算支出表》（其中一张）“基本支出”与“项目支出”两列")
    assert "部分不能大于全部" in finding.message
