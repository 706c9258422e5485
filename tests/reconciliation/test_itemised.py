"""Items of the text that add up at one stage add up at the other."""

from __future__ import annotations

import pytest
from reconciliation_samples import check_text

HEAD = "某某县某某局2024年度部门决算\n\n"
TEXT = """\
三、一般公共预算财政拨款支出决算情况说明

2024年度一般公共预算财政拨款支出年初预算为{budget}万元，支出决算为60.00万元。其中：

1、社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）。年初预算为{first}万元，支出决算为10.00万元。

2、卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）。年初预算为21.00万元，支出决算为20.00万元。

3、住房保障支出（类）住房改革支出（款）住房公积金（项）。年初预算为32.00万元，支出决算为{third}万元。
"""


def told(budget: str = "64.00", first: str = "11.00", third: str = "30.00") -> list[tuple[str, str]]:
    outcome, found = check_text(HEAD + TEXT.format(budget=budget, first=first, third=third))
    assert any(tie.kind == "sum" and tie.table is None for tie in outcome.ties) is (third == "30.00")
    return [(finding.level, finding.message) for finding in found]


def test_items_that_add_up_are_silent() -> None:
    assert told() == []


def test_a_unit_in_the_last_place_is_rounding() -> None:
    assert told(budget="64.01") == []


@pytest.mark.parametrize(("budget", "first"), [("65.00", "11.00"), ("64.00", "19.00")])
def test_items_that_do_not_add_up_are_a_doubt(budget: str, first: str) -> None:
    ((level, message),) = told(budget, first)
    assert level == "warning"
    assert f"{first}＋21.00＋32.00＝" in message


def test_a_list_that_is_not_whole_at_the_other_stage_says_nothing() -> None:
    assert told(budget="65.00", third="25.00") == []
