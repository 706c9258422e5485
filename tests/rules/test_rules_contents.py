"""The contents page against the body: what is absent, what merely looks so, and when nothing is said."""

from __future__ import annotations

import pytest
from rule_samples import disclosure, table

from mingzhang.cube import Disclosure, Table
from mingzhang.cube.finding import Finding
from mingzhang.rules import run_rules
from mingzhang.rules.contents import title_key

LISTED = ["1. 2024年部门收支预算总表", "2. 2024年部门收入预算总表", "3．2024年部门支出预算总表……………12"]
BODY = (table("t01", "2024年部门收支预算总表"), table("t02", "部门支出预算总表"))


def absent(found: Disclosure) -> list[Finding]:
    return [finding for finding in run_rules(found) if finding.rule == "contents-table-absent"]


@pytest.mark.parametrize(
    ("listed", "printed"),
    [
        ("五、2024年部门一般公共预算支出表", "一般公共预算支出表"),
        ("（七）2026年市级部门一般公共预算“三公”经费支出表……… 18", '2026年市级部门一般公共预算"三公"经费支出表'),
        ("9.部门“三公”经费和机关运行经费预算表 ……", "2025年单位“三公”经费和机关运行经费预算表"),
        ("六、财政拨款基本支出表（经济科目）", "财政拨款基本支出表(经济科目)"),
    ],
)
def test_titles_that_are_the_same(listed: str, printed: str) -> None:
    assert title_key(listed) == title_key(printed)


def test_twins_and_parts_are_not_the_same() -> None:
    assert title_key("基本支出预算表（部门预算支出经济分类科目）") != title_key(
        "基本支出预算表（政府预算支出经济分类科目）"
    )
    assert title_key("收支预算总表") != title_key("财政拨款收支预算总表")


def test_an_absent_table_is_an_error() -> None:
    (finding,) = absent(disclosure(*BODY, contents=LISTED))
    assert (finding.level, finding.expected) == ("error", "2024年部门收入预算总表")


@pytest.mark.parametrize(
    ("note", "level"),
    [
        ("第3页为图像，未读取", "warning"),
        ("工作表“表二”已隐藏，未读取。", "warning"),
        ("各表按“某表样”识别。", "error"),
    ],
)
def test_what_was_not_read_may_hold_the_table(note: str, level: str) -> None:
    assert [finding.level for finding in absent(disclosure(*BODY, contents=LISTED, notes=[note]))] == [level]


def test_a_table_without_a_title_may_be_it() -> None:
    (finding,) = absent(disclosure(*BODY, table("t03", "", page=None), contents=LISTED))
    assert (finding.level, "1张没有表题的表" in finding.message) == ("warning", True)


@pytest.mark.parametrize("extra", ["2024年部门收入预算情况总表", "收入预算汇总表"])
def test_a_table_that_resembles_it_may_be_it(extra: str) -> None:
    assert absent(disclosure(*BODY, table("t03", extra), contents=LISTED)) == []


def test_a_heading_in_the_text_may_head_an_unrecognised_table() -> None:
    assert absent(disclosure(*BODY, contents=LISTED, text=[("2024年部门收入预算总表", 5)])) == []


@pytest.mark.parametrize("body", [(), BODY[:1]])
def test_too_few_matches_say_nothing_of_the_document(body: tuple[Table, ...]) -> None:
    assert absent(disclosure(*body, contents=LISTED)) == []


def test_contents_are_read_from_lines_too() -> None:
    lines = ["目 录", "一、部门主要职能", "五、部门预算表", *LISTED, "六、其他相关情况说明", "某单位主要职能如下。"]
    (finding,) = absent(disclosure(*BODY, text=[(line, 2) for line in lines]))
    assert finding.places[0].line == 5


def test_forms_tell_two_wordings_of_one_table() -> None:
    listed = [f"2024年某区部门{title}" for title in ("收支预算总表", "支出预算总表", "重点项目绩效目标表")]
    forms = {
        "cq2024.t1": listed[0],
        "cq2024.t3": listed[1],
        "cq2024.t15": "2024年区级重点专项资金绩效目标表（一级项目）",
    }
    body = [table(f"t{number:02d}", title, form=form) for number, (form, title) in enumerate(forms.items())]
    assert run_rules(disclosure(*body, contents=listed)) == ()
