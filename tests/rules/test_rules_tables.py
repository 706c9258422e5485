"""Weights, order, repetition, digits and empty-table statements: the cases that must stay silent, and the hard ones."""

from __future__ import annotations

import pytest
from rule_samples import disclosure, money, table, weight

from mingzhang.cube import Disclosure, Source, Unread
from mingzhang.cube.finding import Finding
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text import read_text
from mingzhang.recognition import recognise
from mingzhang.rules import run_rules

TITLE = "2024年部门支出预算总表"
EMPTY = """\
某市某区社会保险中心2024年部门预算情况说明

本部门按规定公开2024年部门预算。

<sentence>

2024年某区部门政府性基金预算支出表

单位：万元

科目编码\t科目名称\t总计\t基本支出\t项目支出
合计\t\t\t\t
"""
ASCENDING = [(str(code), "科目") for code in range(2080101, 2080121)]


def of(rule: str, found: Disclosure) -> list[Finding]:
    return [finding for finding in run_rules(found) if finding.rule == rule]


def test_weights_over_a_page_break_are_added_up() -> None:
    tables = table("t01", "一般项目绩效目标表", page=8), table("t02", "", page=9)
    weights = [weight("t01", 1, "75", "专项"), weight("t02", 1, "25", None)]
    assert of("indicator-weights", disclosure(*tables, observations=weights)) == []


def test_the_remark_on_execution_only_where_it_is_not_listed() -> None:
    weights = [weight("t01", 1, "80", "专项"), weight("t01", 2, "10", "专项", "预算执行率")]
    (finding,) = of("indicator-weights", disclosure(table("t01", "绩效目标表"), observations=weights))
    assert finding.message.endswith("权重合计90，应为100，少10。")


@pytest.mark.parametrize(("value", "words"), [("110", "多10"), ("99.5", "少0.5")])
def test_the_message_gives_the_gap(value: str, words: str) -> None:
    (finding,) = of(
        "indicator-weights", disclosure(table("t01", "绩效目标表"), observations=[weight("t01", 1, value, None)])
    )
    assert words in finding.message


def test_a_number_that_was_not_read_silences_the_sum() -> None:
    unread = Unread("1O", Source(table="t01", row=2), "没有认出这个数说的是什么")
    found = disclosure(table("t01", "绩效目标表"), observations=[weight("t01", 1, "90", None)], unread=[unread])
    assert of("indicator-weights", found) == []


def test_projects_of_one_table_are_added_up_apart() -> None:
    weights = [weight("t01", 1, "100", "甲"), weight("t01", 2, "60", "乙"), weight("t01", 3, "40", "乙")]
    assert of("indicator-weights", disclosure(table("t01", "绩效目标表"), observations=weights)) == []


def test_a_child_below_another_parent_is_named() -> None:
    rows = [*ASCENDING, ("21011", "行政事业单位医疗"), ("2080506", "机关事业单位职业年金缴费支出")]
    (finding,) = of("code-order", disclosure(table("t01", TITLE, rows)))
    assert "2080506不属于其上方的21011" in finding.message


@pytest.mark.parametrize(
    "rows",
    [
        ASCENDING[::-1],  # ordered by something else
        [*ASCENDING[:5], *ASCENDING[:5], *ASCENDING],  # several units one after the other
        [*ASCENDING[10:], None, *ASCENDING[:10]],  # a subtotal between two groups
        [ASCENDING[1], ASCENDING[0]],  # too few to tell
    ],
)
def test_other_orders_are_no_reversal(rows: list[tuple[str, str] | None]) -> None:
    assert of("code-order", disclosure(table("t01", TITLE, rows))) == []


def test_equal_rows_among_projects_are_no_repetition() -> None:
    rows = [("2200509", "气象服务"), ("2200509", "气象服务")]
    assert of("row-duplicate", disclosure(table("t01", TITLE, rows))) == []
    assert of("row-duplicate", disclosure(table("t01", TITLE, rows, amounts=False))) == []


STATEMENT = "注：本部门2024年无“三公”经费预算，故本表为空表。"


def test_an_empty_table_statement_beside_amounts_is_an_error() -> None:
    body = table("t01", "“三公”经费预算表", page=31)
    found = disclosure(body, observations=[money("t01", 1, "3.50")], text=[(STATEMENT, 31)])
    (finding,) = of("empty-statement-contradicted", found)
    assert (finding.level, finding.places[0].page) == ("error", 31)


@pytest.mark.parametrize(
    ("title", "page", "value"),
    [
        ("“三公”经费预算表", 31, "0.00"),  # zeros are no amounts
        ("“三公”经费预算表", 31, ""),
        ("“三公”经费预算表", 30, "3.50"),  # another page
        ("支出预算总表", 31, "3.50"),  # another table
    ],
)
def test_statements_that_contradict_nothing(title: str, page: int, value: str) -> None:
    body = table("t01", title, page=page)
    found = disclosure(body, observations=[money("t01", 1, value)], text=[(STATEMENT, 31)])
    assert of("empty-statement-contradicted", found) == []


def test_two_tables_on_the_page_leave_it_open() -> None:
    tables = table("t01", "“三公”经费预算表", page=31), table("t02", "三公经费说明表", page=31)
    found = disclosure(*tables, observations=[money("t01", 1, "3.50")], text=[(STATEMENT, 31)])
    assert of("empty-statement-contradicted", found) == []


def test_a_number_unread_elsewhere_does_not_silence_the_weights() -> None:
    apart = Unread("1", Source(table="t01", row=2, column=9), "没有认出这个数说的是什么")
    weights = [weight("t01", 1, "90", None)]
    found = disclosure(table("t01", "绩效目标表"), observations=weights, unread=[apart])
    assert len(of("indicator-weights", found)) == (weights[0].source.column is not None)


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("", "warning"),
        ("本部门没有使用政府性基金预算拨款安排的支出。", "note"),
        ("政府性基金预算拨款支出预算0万元。", "note"),
        ("本部门没有因公出国计划。政府性基金预算支出另见附表。", "warning"),  # nothing is said of the funds
        ("政府性基金预算拨款支出预算10万元。", "warning"),
    ],
)
def test_an_empty_table_is_a_doubt_only_where_nothing_says_that_there_is_none(sentence: str, level: str) -> None:
    text = EMPTY.replace("<sentence>", sentence)
    found = of("empty-table-unstated", recognise(read_text(RawFile(text.encode(), "示例.txt", "0" * 64))))
    assert [finding.level for finding in found] == [level]
    assert ("文字已说没有" in found[0].message) is (level == "note")
