"""Rows of a class that only one table lists: one finding, not a wrong cell in every column."""

from __future__ import annotations

import pytest
from reconciliation_samples import HEAD, check_text

GENERAL = """\
一般公共预算财政拨款支出预算表
单位：万元
科目编码\t科目名称\t合计\t基本支出\t项目支出
合计\t\t170.00\t130.00\t40.00
208\t社会保障和就业支出\t150.00\t110.00\t40.00
20801\t人力资源和社会保障管理事务\t150.00\t110.00\t40.00
210\t卫生健康支出\t20.00\t20.00\t
{surplus}
"""
SURPLUS = "222\t粮油物资储备支出\t8.25\t\t8.25\n22201\t粮油物资事务\t8.25\t\t8.25\n"
SAME = "2024年一般公共预算财政拨款支出预算170.00万元。\n"
MORE = "2024年一般公共预算财政拨款支出预算178.25万元。\n"
KNOWN = SAME + "其中：粮油物资储备支出（类）8.25万元。\n"


def test_rows_too_many_are_one_finding_with_their_class() -> None:
    _, found = check_text(HEAD + GENERAL.format(surplus=SURPLUS) + SAME)
    (finding,) = found
    assert finding.rule == "surplus-row"
    assert finding.level == "error"
    assert "多出“222 粮油物资储备支出”及其下共2行（8.25）" in finding.message
    assert "之和为150.00＋20.00＋8.25＝178.25" in finding.message
    assert [(place.row, place.column) for place in finding.places] == [(6, 3), (6, 5), (7, 3), (7, 5)]


@pytest.mark.parametrize(
    ("surplus", "text"),
    [
        ("", SAME),
        (SURPLUS, ""),  # no other figure says that the total is right
        (SURPLUS, MORE),  # it is the total that leaves the class out
        (SURPLUS, KNOWN),
    ],
)
def test_no_class_is_called_surplus_that_other_figures_may_know(surplus: str, text: str) -> None:
    _, found = check_text(HEAD + GENERAL.format(surplus=surplus) + text)
    assert bool(found) is bool(surplus)
    assert all(finding.rule != "surplus-row" for finding in found)
