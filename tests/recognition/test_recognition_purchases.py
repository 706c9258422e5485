"""Lists of purchases: a kind heads units, a unit heads its items; columns and tables without anything in them."""

from __future__ import annotations

import pytest
from recognition_samples import read

HEAD = "示例市示例局2026年部门预算\n"
PURCHASES = """\
政府采购支出表
单位：万元
采购品目大类\t专项名称\t经济科目\t采购品目名称\t采购组织形式\t一般公共预算资金\t总计
合计\t\t\t\t\t100.00\t100.00
货物\t\t\t\t\t30.00\t30.00
示例市示例局第一中心\t\t\t\t\t30.00\t30.00
\t设备更新\t\t\t\t30.00\t30.00
服务\t\t\t\t\t70.00\t70.00
示例市示例局第一中心\t\t\t\t\t50.00\t50.00
\t设备更新\t\t\t\t50.00\t50.00
示例市示例局第二中心\t\t\t\t\t20.00\t20.00
\t系统运维\t\t\t\t20.00\t20.00

"""
NOTHING = """\
政府采购支出表
单位：万元
采购品目大类\t专项名称\t经济科目\t总计
合计\t\t\t
货物\t\t\t
工程\t\t\t
服务\t\t\t
注：本部门2026年没有政府采购支出，本表无数据。
"""


def test_items_are_of_the_kind_and_the_unit_that_head_them() -> None:
    places = {
        (o.point.purchase, o.point.agency, o.point.project): str(o.amount.value)
        for o in read(HEAD + PURCHASES).observations
        if o.point.fund == "general"
    }
    first, second = "示例市示例局第一中心", "示例市示例局第二中心"
    assert places == {
        (None, None, None): "100.00",
        ("goods", None, None): "30.00",
        ("goods", first, None): "30.00",
        ("goods", first, "设备更新"): "30.00",
        ("services", None, None): "70.00",
        ("services", first, None): "50.00",
        ("services", first, "设备更新"): "50.00",
        ("services", second, None): "20.00",
        ("services", second, "系统运维"): "20.00",
    }


def test_a_head_of_words_over_nothing_is_no_column_of_amounts() -> None:
    table = read(HEAD + PURCHASES).tables[0]
    assert [point is not None for point in table.columns] == [False] * 5 + [True] * 2


def test_a_total_under_a_head_of_labels_is_a_row() -> None:
    table = read(HEAD + NOTHING).tables[0]
    assert table.header[0] == ("采购品目大类",)
    assert [row.texts[0] for row in table.rows][:2] == ["合计", "货物"]


@pytest.mark.parametrize("name", ["乙（二期）项目", "财政预算评审", "市级重点项目评审"])
def test_a_project_named_in_the_title_keeps_its_own_words(name: str) -> None:
    sheet = f"{name}项目绩效目标表\n单位：万元\n资金总额\t12.00\n财政拨款\t12.00\n"
    found = read(HEAD + sheet + "绩效指标\t指标值\t权重\n服务人次\t8000\t40\n办结率\t98.5\t60\n").observations
    assert {o.point.project for o in found if o.amount.unit.is_money} == {name.replace("（", "").replace("）", "")}
