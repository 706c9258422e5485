"""How findings are told: nothing grows from nothing, a rate follows the corrected amount, one broken sum is told once."""

from __future__ import annotations

import pytest

from mingzhang.checking import check, told_once
from mingzhang.cube import Source
from mingzhang.cube.finding import Finding, Suspect
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text import read_text
from mingzhang.recognition import recognise

HEAD = "某某县某某局2024年部门预算公开\n\n"
TABLE = (
    "\n一般公共预算财政拨款支出预算表\n单位：万元\n科目编码\t科目名称\t合计\n合计\t\t120.00\n208\t社会保障和就业支出\t120.00\n"
    "20805\t行政事业单位养老支出\t120.00\n2080505\t机关事业单位基本养老保险缴费支出\t50.00\n"
    "2080506\t机关事业单位职业年金缴费支出\t70.00\n"
)


def findings(text: str) -> dict[str, Finding]:
    disclosure = recognise(read_text(RawFile((HEAD + text).encode(), "示例.txt", "0" * 64)))
    return {finding.rule: finding for finding in check(disclosure).findings if finding.level in ("error", "warning")}


def test_what_is_nothing_did_not_grow() -> None:
    text = "政府性基金预算拨款支出预算0万元，比2023年预算增加1421.25万元。\n" + TABLE
    finding = findings(text)["grown"]
    assert finding.expected == "持平或减少"
    assert finding.slip is None


def test_a_rate_follows_the_corrected_amount() -> None:
    text = (
        "1.“社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位职业年金缴费支出（项）”70.00万元。"
        "2023年当年预算执行数为40.00万元，2024年预算安排50.00万元，比2023年预算执行数增加10.00%。\n"
    )
    found = findings(text + TABLE.replace("一般公共预算财政拨款支出预算表", "部门支出预算总表"))
    assert found["same-point"].expected == "70.00"
    assert found["change-rate"].expected == "75.00"
    assert "50.00更正为70.00之后" in found["change-rate"].message


def test_a_class_is_compared_where_one_fund_only_is_printed() -> None:
    text = "1.社会保障和就业支出（类）行政事业单位养老支出（款）机关事业单位职业年金缴费支出（项）60.00万元，用于职业年金。\n"
    found = findings(text + TABLE)
    assert (found["same-point"].level, found["same-point"].expected) == ("warning", "70.00")
    other = (
        "\n部门收入预算总表\n单位：万元\n项目\t金额\n一般公共预算拨款收入\t120.00\n事业收入\t5.00\n收入总计\t125.00\n"
    )
    assert "same-point" not in findings(text + TABLE + other)


def finding(rule: str, sets: tuple[tuple[int, ...], ...]) -> Finding:
    places = tuple(Source(table="t01", row=row, column=2) for row in (1, 2, 3))
    suspects = tuple(Suspect(place, "", "1", (None, None)) for place in places)
    return Finding(rule, "error", rule, (rule,), places, suspects=suspects, sets=sets)


def test_a_sum_is_told_by_what_says_more() -> None:
    ruled = finding("target-funds", ())
    assert [each.rule for each in told_once([finding("sum", ((0,), (1,)))], [ruled])] == ["target-funds"]
    assert [each.rule for each in told_once([finding("sum", ((0,),))], [ruled])] == ["sum"]
    assert [each.rule for each in told_once([finding("balance", ((0,),))], [ruled])] == ["balance", "target-funds"]


@pytest.mark.parametrize(
    ("text", "rule", "level", "expected"),
    [
        ("本年支出合计200.00万元，其中：基本支出150.00万元，占75.00%。\n", "", "", None),
        ("本年支出合计200.00万元，其中：基本支出150.00万元，占57.00%。\n", "share", "error", "75.00"),
        ("本年支出合计30000.00万元，其中：基本支出20000.00万元，占66.66%。\n", "share", "rounding", None),
        ("公务接待费年初预算3.00万元，支出决算2.00万元，完成年初预算的66.67%。\n", "", "", None),
        ("公务接待费年初预算3.00万元，支出决算2.00万元，完成年初预算的76.67%。\n", "completion", "error", None),
        ("公务接待费支出决算2.00万元，比上年决算数增加3.00万元。\n", "grown", "error", None),
        ("公务接待费支出决算2.00万元，比上年决算数增加2.00万元。\n", "", "", None),
        ("公务接待费支出决算2.00万元，比上年决算数3.00万元减少1.00万元，下降33.33%。\n", "", "", None),
        ("公务接待费支出决算2.00万元，比上年决算数3.00万元减少1.10万元。\n", "change", "error", None),
        ("公务接待费支出决算2.00万元，比上年决算数3.00万元下降43.33%。\n", "change-rate", "error", "33.33"),
    ],
)
def test_the_findings_of_stated_relations(text: str, rule: str, level: str, expected: str | None) -> None:
    text = "某某县某某局2024年度部门决算公开\n\n" + text
    found = [
        each
        for each in check(recognise(read_text(RawFile(text.encode(), "示例.txt", "0" * 64)))).findings
        if each.level in ("error", "warning", "rounding")
    ]
    assert [(each.rule, each.level) for each in found] == ([(rule, level)] if rule else [])
    if expected is not None:
        assert found[0].expected == expected
