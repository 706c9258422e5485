"""Sums that no single dimension lists: purchases in steps, rows of several classifications, columns under 其中."""

from __future__ import annotations

import pytest
from reconciliation_samples import HEAD, check_text

STEPS = """\
政府采购预算表
单位：万元
采购品目大类\t专项名称\t经济科目\t采购物品名称\t采购组织形式\t总计
合计\t\t\t\t\t{total}
一、货物A\t\t\t\t\t30.00
\t设备购置费\t办公设备购置\t\t\t20.00
\t\t\t台式计算机\t分散采购\t12.00
\t\t\t打印设备\t分散采购\t{printer}
\t\t家具购置\t\t\t10.00
\t\t\t家具用具\t分散采购\t10.00
三、服务C\t\t\t\t\t70.00
\t会议经费\t会议费\t\t\t70.00
\t\t\t会议服务\t集中采购\t70.00

"""
PURCHASES = """\
政府购买服务明细表
单位：万元
指导性目录\t\t\t预算金额
一级\t二级\t三级\t
合计\t\t\t{total}
01-公共服务\t0112-农业服务\t森林管理服务\t80.00
01-公共服务\t0115-宣传服务\t公益宣传服务\t60.00
02-辅助性服务\t0203-会计服务\t会计服务\t25.00

"""
JOINT = """\
支出总表
单位：万元
功能分类科目\t政府预算经济分类科目\t部门预算经济分类科目\t合计\t基本支出\t项目支出
2010301-行政运行\t50101-工资奖金津补贴\t30101-基本工资\t50.00\t50.00\t
2010301-行政运行\t50201-办公经费\t30201-办公费\t20.00\t20.00\t
{row}2080505-机关事业单位基本养老保险缴费支出\t50102-社会保障缴费\t30108-机关事业单位基本养老保险缴费\t8.00\t8.00\t
合计\t\t\t{total}\t78.00\t12.00

"""
LOST = "2010302-一般行政管理事务\t50205-委托业务费\t30227-委托业务费\t12.00\t\t12.00\n"
UNDER = """\
一般公共预算支出表
单位：万元
科目编码\t科目名称\t小计\t其中：\t
\t\t\t基本支出\t项目支出
合计\t\t100.00\t60.00\t40.00
2010301\t行政运行\t{basic}\t{basic}\t0.00
2010302\t一般行政管理事务\t40.00\t0.00\t40.00

"""


@pytest.mark.parametrize(
    "text",
    [
        STEPS.format(total="100.00", printer="8.00"),
        PURCHASES.format(total="165.00"),
        JOINT.format(row=LOST, total="90.00"),
        UNDER.format(basic="60.00"),
    ],
)
def test_right_tables_raise_nothing(text: str) -> None:
    outcome, findings = check_text(HEAD + text)
    assert findings == ()
    assert outcome.counts.held > 0


def test_an_article_is_part_of_its_head() -> None:
    _, (finding,) = check_text(HEAD + STEPS.format(total="100.00", printer="3.00"))
    assert finding.level == "error"
    assert "打印设备" in finding.message
    assert "所列各项之和为12.00＋3.00＝15.00，相差5.00" in finding.message


def test_the_total_of_a_list_in_steps_is_that_of_its_first_step() -> None:
    _, findings = check_text(HEAD + STEPS.format(total="110.00", printer="8.00"))
    assert [(finding.reported, finding.expected) for finding in findings] == [("110.00", "100.00")]


def test_columns_of_labels_that_are_no_steps_give_no_sums() -> None:
    text = STEPS.format(total="100.00", printer="8.00").replace("\t12.00", "\t55.00").replace("\t10.00", "\t31.00")
    _, findings = check_text(HEAD + text)
    assert findings == ()


def test_a_plain_list_of_purchases_adds_up() -> None:
    _, (finding,) = check_text(HEAD + PURCHASES.format(total="185.00"))
    assert "80.00＋60.00＋25.00＝165.00，相差20.00" in finding.message


def test_a_row_lost_from_rows_of_several_classifications() -> None:
    _, (finding,) = check_text(HEAD + JOINT.format(row="", total="90.00"))
    assert (finding.rule, finding.level) == ("missing-row", "error")
    assert "支出总表》似缺少一行" in finding.message


def test_a_column_under_other_words_adds_up_like_the_others() -> None:
    _, findings = check_text(HEAD + UNDER.format(basic="61.00"))
    assert findings
    assert all(finding.level == "error" for finding in findings)
