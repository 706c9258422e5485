"""Last year's accounts in a budget: under their heading amounts are last year's, and final; every text is made up."""

from __future__ import annotations

import pytest
from recognition_samples import HEAD, read

from mingzhang.checking import check
from mingzhang.cube import Disclosure

BUDGET = (
    "一、2024年“三公”经费预算情况\n2024年“三公”经费预算4.00万元，其中：公务接待费1.00万元，公务用车运行维护费3.00万元。"
    "“三公”经费比上年预算减少0.50万元，下降11.11%。\n"
)
ACCOUNTS = (
    "2023年度三公经费支出3.20万元，其中：公务接待费0.80万元，公务用车运行维护费2.40万元。三公经费支出比上年减少0.30万元，下降8.57%。\n"
    "公务接待费支出0.80万元，比2022年减少0.10万元。\n"
)


def stated(disclosure: Disclosure) -> list[tuple[str, int | None, str | None, str]]:
    return [(o.point.topic or "", o.point.year, o.point.stage, o.amount.printed) for o in disclosure.observations]


@pytest.mark.parametrize(
    "heading", ["二、2023年“三公”经费决算情况", "二、上年“三公”经费决算情况", "（二）“三公”经费决算"]
)
def test_amounts_under_the_heading_of_accounts_are_last_years(heading: str) -> None:
    disclosure = read(HEAD + BUDGET + heading + "\n" + ACCOUNTS)
    assert stated(disclosure)[5:] == [
        ("three_public", 2023, "final", "3.20"),
        ("reception", 2023, "final", "0.80"),
        ("vehicle_running", 2023, "final", "2.40"),
        ("reception", 2023, "final", "0.80"),
    ]
    assert [u.printed for u in disclosure.unread if u.kind == "amount"] == ["0.30", "8.57", "0.10"]


def test_last_years_accounts_contradict_no_budget() -> None:
    found = check(read(HEAD + BUDGET + "二、2023年“三公”经费决算情况\n" + ACCOUNTS)).findings
    assert not [f for f in found if f.level in ("error", "warning")]


def test_this_year_named_under_the_heading_of_accounts_is_this_year() -> None:
    more = "2024年“三公”经费预算较2023年度减少0.80万元，其中公务接待费较上年同期增加0.20万元。\n"
    disclosure = read(HEAD + BUDGET + "二、2023年“三公”经费决算情况\n" + more)
    assert stated(disclosure)[5:] == [("three_public", 2024, "budget", "0.80"), ("reception", 2024, "budget", "0.20")]


def test_the_next_heading_ends_the_accounts() -> None:
    more = "三、机关运行经费\n机关运行经费60.00万元，比上年增加2.00万元。\n"
    disclosure = read(HEAD + BUDGET + "二、2023年“三公”经费决算情况\n" + ACCOUNTS + more)
    assert stated(disclosure)[-2:] == [
        ("agency_running", 2024, "budget", "60.00"),
        ("agency_running", 2024, "budget", "2.00"),
    ]


def test_a_comparison_of_last_years_accounts_is_none_of_this_year() -> None:
    text = (
        "2023年“三公”经费决算数3.20万元，比上年减少0.30万元。2024年“三公”经费预算4.00万元，比上年预算减少0.50万元。\n"
    )
    disclosure = read(HEAD + "一、“三公”经费\n" + text)
    assert [entry[1:] for entry in stated(disclosure)] == [
        (2023, "final", "3.20"),
        (2024, "budget", "4.00"),
        (2024, "budget", "0.50"),
    ]


def test_in_final_accounts_the_heading_says_nothing_new() -> None:
    head = "某某县某某局2024年度部门决算公开\n\n"
    disclosure = read(head + "一、“三公”经费支出决算情况\n“三公”经费支出3.20万元，比上年减少0.30万元。\n")
    assert [entry[1:] for entry in stated(disclosure)] == [(2024, "final", "3.20"), (2024, "final", "0.30")]


def test_a_year_two_before_is_no_old_draft_where_last_years_accounts_are_told() -> None:
    told = "二、2023年决算情况\n公务接待费0.80万元，比2022年减少0.10万元。\n"
    assert "year-stale" not in {f.rule for f in check(read(HEAD + BUDGET + told)).findings}
    stale = "二、其他情况\n公务接待费0.80万元，比2022年减少0.10万元。\n"
    assert "year-stale" in {f.rule for f in check(read(HEAD + BUDGET + stale)).findings}


def test_a_title_of_two_years_is_that_of_the_budget() -> None:
    disclosure = read(
        "某某县“三公”经费2023年执行情况和2024年预算情况\n\n2024年“三公”经费预算数4.00万元，较上年预算数减少0.50万元。\n"
    )
    assert (disclosure.year, disclosure.stage) == (2024, "budget")
    assert stated(disclosure) == [("three_public", 2024, "budget", "4.00"), ("three_public", 2024, "budget", "0.50")]
