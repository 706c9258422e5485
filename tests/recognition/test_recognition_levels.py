"""Columns of levels of government, of counts and prices, of classes of projects; dashes where a stage is not told."""

from __future__ import annotations

import pytest
from recognition_samples import HEAD, figures, read

from mingzhang.checking import check

LEVELS = (
    HEAD + "部门项目支出表\n单位：万元\n项目名称\t合计\t中央资金\t省级资金\t市级资金\t县（区）级资金\n"
    "合计\t10.00\t1.00\t2.00\t3.00\t4.00\n甲项目\t4.00\t1.00\t1.00\t1.00\t1.00\n乙项目\t6.00\t\t1.00\t2.00\t3.00\n"
)
PURCHASES = (
    HEAD
    + "部门政府采购预算表\n单位：万元\n采购项目名称\t采购品目\t计量单位\t数量\t单价\t采购金额\n合计\t\t\t\t\t12.00\n"
    "设备购置\t台式计算机\t台\t10\t0.80\t8.00\n设备购置\t复印机\t台\t2\t2.00\t4.00\n"
)
ASSETS = (
    HEAD
    + "新增资产配置表\n单位：万元\n单位名称\t资产类别\t资产名称\t计量单位\t数量\t单价\t金额\n某某县某某局\t设备\t复印机\t台\t2\t2.00\t4.00\n"
)


def levels(text: str) -> list[str]:
    return [finding.level for finding in check(read(text)).findings if finding.level in ("error", "warning")]


def test_money_of_each_level_is_a_part_of_all_of_it() -> None:
    assert levels(LEVELS) == []
    topics = [point.partition("topic=")[2].partition(",")[0] for point, _ in figures(read(LEVELS))][:5]
    assert topics == ["", "from_centre", "from_province", "from_city", "from_county"]
    assert levels(LEVELS.replace("4.00\t1.00\t1.00\t1.00\t1.00", "4.00\t1.00\t1.00\t1.00\t7.00")) == ["error"]
    assert levels(LEVELS.replace("4.00\n", "5.00\n").replace("\t3.00\n", "\t4.00\n")) == ["warning"]


def test_one_level_alone_says_nothing() -> None:
    one = LEVELS.replace("中央资金\t省级资金\t市级资金\t县（区）级资金", "市级财政资金\t\t\t").splitlines()
    text = "\n".join("\t".join(line.split("\t")[:3]) for line in one) + "\n"
    assert not any("topic" in point for point, _ in figures(read(text)))


@pytest.mark.parametrize(("text", "amounts"), [(PURCHASES, ["12.00", "8.00", "4.00"]), (ASSETS, ["4.00"])])
def test_counts_and_prices_are_no_amounts(text: str, amounts: list[str]) -> None:
    disclosure = read(text)
    assert [value for _, value in figures(disclosure)] == amounts
    assert not [item for item in disclosure.unread if item.kind == "amount"]
    assert {item.reason for item in disclosure.unread if item.kind == "quantity"} == {"数量、单价，不是预算金额"}
    assert levels(text) == []


STAGES = (
    HEAD.replace("预算公开", "决算公开") + "收入支出决算总表\n单位：万元\n收入\t\t\t支出\t\t\n"
    "项目\t年初预算数\t决算数\t项目（按支出性质和经济分类）\t年初预算数\t决算数\n"
    "一、一般公共预算财政拨款收入\t90.00\t100.00\t一、基本支出\t60.00\t70.00\n\t\t\t二、项目支出\t30.00\t30.00\n"
    "\t\t\t支出经济分类合计\t{dash}\t100.00\n\t\t\t一、工资福利支出\t{dash}\t50.00\n\t\t\t二、商品和服务支出\t{dash}\t40.00\n"
    "\t\t\t三、资本性支出\t{dash}\t10.00\n本年收入合计\t90.00\t100.00\t本年支出合计\t90.00\t100.00\n"
)


def test_dashes_for_a_stage_that_is_not_told_are_no_noughts() -> None:
    assert levels(STAGES.format(dash="—")) == []
    assert levels(STAGES.format(dash="—").replace("\t40.00", "\t45.00")) == ["error"]
    assert "error" in levels(STAGES.format(dash="0.00"))


CLASSES = (
    HEAD
    + "部门支出总体情况表\n单位：万元\n科目编码\t科目名称\t总计\t基本支出\t项目支出\t\t\n\t\t\t\t小计\t一般性项目\t专项资金\n"
    "207\t文化旅游体育与传媒支出\t100.00\t60.00\t40.00\t30.00\t10.00\n合计\t\t100.00\t60.00\t40.00\t30.00\t10.00\n"
)


def test_classes_of_projects() -> None:
    found = dict(figures(read(CLASSES)))
    assert found["flow=expenditure,function=207,nature=project,topic=ordinary_project"] == "30.00"
    assert found["flow=expenditure,nature=project,topic=special_project"] == "10.00"
    assert levels(CLASSES) == []
    assert levels(CLASSES.replace("\t30.00", "\t20.00")) == ["error"]


def test_other_tables_of_projects_and_of_what_is_received() -> None:
    plan = "部门项目中期规划预算表\n单位：万元\n单位名称\t项目名称\t2024年\t2025年\n某某县某某局\t甲项目\t4.00\t1.00\n"
    assert [value for _, value in figures(read(HEAD + plan))] == ["4.00", "1.00"]
    income = "收入总表\n单位：万元\n项目\t2024年预算数\n一般公共预算\t90.00\n其中：财政拨款\t80.00\n专户管理的教育收费\t5.00\n合计\t95.00\n"
    points = [point for point, _ in figures(read(HEAD + income))]
    assert [point.partition("fund=")[2] for point in points] == ["general", "appropriation", "special_account", ""]
    assert levels(HEAD + income) == []


UNITS = (
    HEAD + "部门支出总体情况表\n单位：万元\n单位名称\t科目编码\t科目名称\t合计\t基本支出\t项目支出\n"
    "合计\t\t\t30.00\t20.00\t10.00\n某某县某某局本级\t\t\t18.00\t12.00\t6.00\n某某县某某局本级\t2070101\t行政运行\t12.00\t12.00\t\n"
    "某某县某某局本级\t2070102\t一般行政管理事务\t6.00\t\t6.00\n某某县文化馆\t\t\t12.00\t8.00\t4.00\n"
    "某某县文化馆\t2070101\t行政运行\t8.00\t8.00\t\n某某县文化馆\t2070102\t一般行政管理事务\t4.00\t\t4.00\n"
)


def test_a_class_of_several_units_is_of_the_unit_beside_it() -> None:
    found = dict(figures(read(UNITS)))
    assert found["flow=expenditure,function=2070101,agency=某某县文化馆"] == "8.00"
    assert levels(UNITS) == []
    assert levels(UNITS.replace("行政运行\t8.00\t8.00", "行政运行\t9.00\t9.00")) == ["error"]


@pytest.mark.parametrize("label", ["[201]一般公共服务支出", "201一般公共服务支出", "201 一般公共服务支出"])
def test_a_code_and_its_name_in_one_cell(label: str) -> None:
    text = HEAD + f"部门支出总表\n单位：万元\n科目编码\t科目名称\t合计\n{label}\t\t12.00\n合计\t\t12.00\n"
    assert figures(read(text)) == [("flow=expenditure,function=201", "12.00"), ("flow=expenditure", "12.00")]


def test_the_number_before_another_name_is_no_code() -> None:
    text = HEAD + "部门支出总表\n单位：万元\n科目\t合计\n201示范工程经费\t12.00\n合计\t12.00\n"
    assert "function" not in "".join(point for point, _ in figures(read(text)))
