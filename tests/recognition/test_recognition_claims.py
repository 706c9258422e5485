"""Sentences: which point, amount and sign they state, and which of their numbers are left unread."""

from __future__ import annotations

from typing import Any

import pytest
from recognition_samples import HEAD, lost_or_doubled, named, read

LAST = {"year": 2023}
Claim = tuple[str, str, str]  # what it is about, value, unit


def claims(sentence: str) -> list[tuple[dict[str, Any], str, str]]:
    disclosure = read(HEAD + sentence + "\n")
    assert lost_or_doubled(HEAD + sentence, disclosure) == {}
    found = []
    for o in disclosure.observations:
        point = named(o) | ({"year": o.point.year} if o.point.year != 2024 else {})
        found.append((point, f"{o.amount.value.normalize():f}", o.amount.unit.name))
    return found


E = {"flow": "expenditure"}
BASIC, PROJECT = E | {"nature": "basic"}, E | {"nature": "project"}
CHANGE, RATE = {"measure": "change"}, {"measure": "change_rate"}
T = "三公"

STATED: list[tuple[str, list[tuple[dict[str, Any], str, str]]]] = [
    ("支出预算1482.34万元。", [(E, "1482.34", "万元")]),
    ("支出预算 1,482.34 万元。", [(E, "1482.34", "万元")]),
    ("支出预算1，482.34万元。", [(E, "1482.34", "万元")]),
    ("支出预算１，４８２．３４万元。", [(E, "1482.34", "万元")]),
    ("支出预算12,345,678.90元。", [(E, "12345678.9", "元")]),
    ("支出预算1.2亿元。", [(E, "1.2", "亿元")]),
    ("支出预算约100万元。", [(E, "100", "万元")]),
    ("2024年支出预算100万元，2023年支出预算90万元。", [(E, "100", "万元"), (E | LAST, "90", "万元")]),
    ("上年支出预算90万元。", [(E | LAST, "90", "万元")]),
    (
        "支出预算100万元，其中：基本支出80万元，项目支出20万元。",
        [(E, "100", "万元"), (BASIC, "80", "万元"), (PROJECT, "20", "万元")],
    ),
    (
        "支出预算100万元（其中基本支出80万元，项目支出20万元）。",
        [(E, "100", "万元"), (BASIC, "80", "万元"), (PROJECT, "20", "万元")],
    ),
    (
        "一般公共预算财政拨款支出100万元，其中：基本支出80万元，项目支出20万元。",
        [
            (E | {"fund": "general"}, "100", "万元"),
            (BASIC | {"fund": "general"}, "80", "万元"),
            (PROJECT | {"fund": "general"}, "20", "万元"),
        ],
    ),
    (
        "基本支出80万元，其中：人员经费60万元，公用经费20万元。",
        [
            (BASIC, "80", "万元"),
            (BASIC | {"staffing": "personnel"}, "60", "万元"),
            (BASIC | {"staffing": "public"}, "20", "万元"),
        ],
    ),
    (
        "支出预算100万元，其中：社会保障和就业支出60万元，卫生健康支出40万元。",
        [(E, "100", "万元"), (E | {"function": "208"}, "60", "万元"), (E | {"function": "210"}, "40", "万元")],
    ),
    (
        "“三公”经费预算3.5万元，其中：因公出国（境）费用0万元，公务接待费0.5万元，公务用车运行维护费3万元。",
        [
            ({"topic": "three_public"}, "3.5", "万元"),
            ({"topic": "abroad"}, "0", "万元"),
            ({"topic": "reception"}, "0.5", "万元"),
            ({"topic": "vehicle_running"}, "3", "万元"),
        ],
    ),
    ("机关运行经费84.68万元。", [({"topic": "agency_running"}, "84.68", "万元")]),
    (
        "政府采购预算总额6万元，其中：政府采购货物预算1万元，政府采购工程预算2万元，政府采购服务预算3万元。",
        [
            ({"topic": "procurement"}, "6", "万元"),
            ({"topic": "procurement", "purchase": "goods"}, "1", "万元"),
            ({"topic": "procurement", "purchase": "works"}, "2", "万元"),
            ({"topic": "procurement", "purchase": "services"}, "3", "万元"),
        ],
    ),
]

COMPARED: list[tuple[str, list[tuple[dict[str, Any], str, str]]]] = [
    ("支出预算100万元，比上年增加20万元。", [(E, "100", "万元"), (E | CHANGE, "20", "万元")]),
    ("支出预算100万元，较上年减少20万元。", [(E, "100", "万元"), (E | CHANGE, "-20", "万元")]),
    ("支出预算100万元，同比下降16.67%。", [(E, "100", "万元"), (E | RATE, "-16.67", "%")]),
    (
        "支出预算100万元，比2023年增加了20万元，增长25%。",
        [(E, "100", "万元"), (E | CHANGE, "20", "万元"), (E | RATE, "25", "%")],
    ),
    ("支出预算100万元，与上年持平。", [(E, "100", "万元"), (E | CHANGE, "0", "万元")]),
    ("支出预算100万元，较上年无变化。", [(E, "100", "万元"), (E | CHANGE, "0", "万元")]),
    (
        "支出预算较上年预算数80万元增加20万元，增幅25%。",
        [(E | LAST, "80", "万元"), (E | CHANGE, "20", "万元"), (E | RATE, "25", "%")],
    ),
    (
        "基本支出80万元，比上年增加5万元；项目支出20万元，比上年减少3万元。",
        [(BASIC, "80", "万元"), (BASIC | CHANGE, "5", "万元"), (PROJECT, "20", "万元"), (PROJECT | CHANGE, "-3", "万元")],
    ),
    ("机关运行经费80万元，比上年压减3万元。", [
        ({"topic": "agency_running"}, "80", "万元"), ({"topic": "agency_running"} | CHANGE, "-3", "万元"),
    ]),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "expected"), STATED + COMPARED, ids=lambda value: str(value)[:30])
def test_what_a_sentence_states(sentence: str, expected: list[tuple[dict[str, Any], str, str]]) -> None:
    assert claims(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "年初预算数-3.21万元。",  # a sign is not read over
        "支出预算－3.21万元。",
        "支出预算比上年增加-3.21万元。",
        "支出预算比上年增减-3.21万元。",
        "支出预算1 482.34万元。",  # the end of a broken number is not the number
        "支出预算1.2.3万元。",
        "支出预算2,02455万元。",
        "支出预算12,34万元。",
        "支出预算100-200万元。",  # nor the end of a range
        "支出预算100～200万元。",
        "支出预算100—200万元。",
        "人均公用经费1.5万元。",  # nor an amount a head
        "公用经费1.5万元/人。",
        "公用经费每人每月500元。",
        "支出预算比2022年增加100万元。",  # not the year before
        "支出预算完成100%。",
        "购置单位价值50万元以上设备。",
        "负责3个街道20万人次的服务。",
        "联系电话：023-12345678。",
    ],
)
def test_what_a_sentence_does_not_state(sentence: str) -> None:
    assert claims(sentence) == []


@pytest.mark.parametrize(
    ("heading", "sentence", "expected"),
    [
        ("（一）机关运行经费。", "2024年安排84.68万元，比上年减少3.21万元。", [
            ({"topic": "agency_running"}, "84.68"), ({"topic": "agency_running", "measure": "change"}, "-3.21")]),
        ("（一）一般公共预算财政拨款收支。", "支出1482.34万元，其中：基本支出697.48万元。", [
            (E | {"fund": "general"}, "1482.34"), (BASIC | {"fund": "general"}, "697.48")]),
        ("（一）一般公共预算财政拨款收支。", "“三公”经费3.5万元。", [({"topic": "three_public"}, "3.5")]),
    ],
)  # fmt: skip
def test_a_heading_governs_what_follows(
    heading: str, sentence: str, expected: list[tuple[dict[str, Any], str]]
) -> None:
    assert [(point, value) for point, value, _ in claims(f"{heading}\n\n{sentence}")] == expected


@pytest.mark.parametrize(
    ("heading", "fund"),
    [
        ("三、关于2024年度一般公共预算财政拨款支出情况说明", "general"),
        ("三、关于一般公共预算支出情况的说明", "general"),
        ("三、一般公共预算财政拨款支出情况（附表5）", "general"),
        ("三、一般公共预算财政拨款支出与年初预算的差异", "general"),
        ("（三）有关政府性基金预算财政拨款支出情况", "gov_fund"),
    ],
)
def test_a_heading_says_the_fund_of_what_follows(heading: str, fund: str) -> None:
    """However it is worded; else 支出 below it would be taken for that of all funds."""
    found = claims(f"{heading}\n\n按功能分类科目，主要用于以下方面：教育支出3.75万元、卫生健康支出5.01万元。")
    assert [point for point, _, _ in found] == [E | {"fund": fund, "function": code} for code in ("205", "210")]


@pytest.mark.parametrize("heading", ["三、一般公共预算和政府性基金预算支出的差异", "三、关于其他事项的说明"])
def test_a_heading_of_several_funds_or_none_says_no_fund(heading: str) -> None:
    found = claims(f"{heading}\n\n教育支出3.75万元。")
    assert all("fund" not in point for point, _, _ in found)


def test_amounts_under_performance_targets_are_of_no_other_point() -> None:
    """Targets of some projects, of the unit, of evaluations: the heading does not say which."""
    found = claims("（三）绩效目标设置情况。\n\n一般公共预算财政拨款784.87万元、政府性基金预算财政拨款0万元。")
    assert all(point.get("topic") == "performance" for point, _, _ in found)


def test_a_heading_governs_its_own_part_only() -> None:
    text = "（一）机关运行经费。\n\n2024年安排84.68万元。\n\n（二）其他事项。\n\n2024年安排5万元。"
    assert [point for point, _, _ in claims(text)] == [{"topic": "agency_running"}]


def test_the_place_of_a_claim_is_its_line_and_its_words() -> None:
    disclosure = read(HEAD + "正文第一段。\n\n支出预算100万元，比上年增加20万元。\n")
    assert [(o.source.line, o.source.quote) for o in disclosure.observations] == [(5, "100"), (5, "20")]


@pytest.mark.parametrize(
    ("text", "kind", "reason"),
    [
        ("根据2019年的规定办理。", "identifier", "年份"),
        ("于3月5日举行。", "identifier", "年份或日期"),
        ("内设9个职能科室。", "quantity", "数量"),
        ("价值50万元以上设备。", "quantity", "价值界限"),
        ("（渝财〔2023〕15号）", "identifier", "文号"),
        ("1.贯彻执行法律。", "identifier", "序号"),
        ("另有神秘事项77.7万元。", "amount", "没有认出"),
        ("神秘比例77.7%。", "amount", "没有认出"),
        ("见附表5。", "identifier", "编号"),
    ],
)
def test_why_a_number_was_not_read(text: str, kind: str, reason: str) -> None:
    unread = [item for item in read(HEAD + text + "\n").unread if item.source.line == 3]
    assert unread
    assert unread[-1].kind == kind
    assert any(reason in item.reason for item in unread)


def test_a_number_longer_than_any_amount_is_listed_unread() -> None:
    disclosure = read(f"{HEAD}\n2024年支出预算{'9' * 40}.80万元，比上年增加{'9' * 40}万元。\n")
    assert not disclosure.observations
    assert [item.printed for item in disclosure.unread if item.kind == "amount"] == ["9" * 40 + ".80", "9" * 40]
