"""One wrong word or figure does not decide how the rest is read."""

from __future__ import annotations

from decimal import Decimal

from mingzhang.recognition.identity import identify
from mingzhang.recognition.outline import agreed_headings

STEP = Decimal("0.01")


def test_a_heading_of_another_year_does_not_make_the_document_of_that_year() -> None:
    lines = ["2026年", "某市商务局部门预算", "目录", "第二部分 2024年部门预算表", "第三部分 2026年部门预算情况说明"]
    assert identify(lines, [], []).year == 2026


def test_three_titles_of_one_year_are_sure() -> None:
    captions = ["2025年部门收支预算总表", "2025年部门收入预算总表", "2025年部门支出预算总表"]
    assert identify(["2026年工作要点", "2026年预算编制说明"], captions, []).year == 2025


def test_a_title_is_outvoted_by_all_headings_and_not_by_some() -> None:
    headings = ["一、2026年收入预算情况", "二、2026年支出预算情况", "三、2026年部门预算情况说明"]
    assert identify(["某市商务局2024年部门预算", *headings], [], []).year == 2026
    last = ["一、2025年预算执行情况", "二、2025年预算绩效情况", "三、2025年部门预算调整情况", "四、2026年支出预算情况"]
    assert identify(["某市商务局2026年部门预算", *last], [], []).year == 2026


def rows(*amounts: tuple[str, str]) -> list[tuple[Decimal, ...]]:
    return [tuple(Decimal(amount) for amount in row) for row in amounts]


def test_one_wrong_amount_does_not_undo_a_list_by_unit() -> None:
    whole = rows(("10", "10"), ("4", "4"), ("6", "6"), ("7", "7"), ("5", "5"), ("2", "2"))
    likely = [True, False, False, True, False, False]
    assert agreed_headings(whole, likely, STEP) == frozenset({0, 3})
    wrong = rows(("10", "10"), ("4", "4"), ("6", "60000"), ("7", "7"), ("5", "5"), ("2", "2"))
    assert agreed_headings(wrong, likely, STEP) == frozenset({0, 3})


def test_columns_that_fall_into_other_groups_decide_nothing() -> None:
    # By the first column the first row heads the next two; by the second it heads the next one only.
    torn = rows(("10", "4"), ("4", "4"), ("6", "9"), ("7", "5"), ("5", "4"), ("2", "0.5"))
    assert agreed_headings(torn, [True, False, False, True, False, False], STEP) in (None, frozenset({0, 3}))
