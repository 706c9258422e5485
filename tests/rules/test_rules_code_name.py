"""Codes and names: what proves an error, what is only suspected, and what is not said at all."""

from __future__ import annotations

import pytest
from rule_samples import disclosure, table

from mingzhang.cube import Disclosure
from mingzhang.cube.finding import Finding
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text import read_text
from mingzhang.recognition import recognise
from mingzhang.rules import run_rules

ONE, OTHER = "2024年部门支出预算总表", "2024年一般公共预算支出预算表"


def names(found: Disclosure) -> list[Finding]:
    return [finding for finding in run_rules(found) if finding.rule.startswith("code-name")]


@pytest.mark.parametrize(
    ("code", "name", "level", "words"),
    [
        ("30201", "水费", "error", "“水费”是30205的科目名称"),
        ("30201", "办公用费", "warning", "应为“办公费”"),
        ("20805", "行政事业单位离退休", "style", "应改用现行名称“行政事业单位养老支出”"),
    ],
)
def test_the_level_follows_the_evidence(code: str, name: str, level: str, words: str) -> None:
    (finding,) = names(disclosure(table("t01", ONE, [(code, name)])))
    assert (finding.level, words in finding.message) == (level, True), finding.message


def test_the_name_is_pointed_at_not_its_code() -> None:
    text = "单位：万元\n\n科目编码\t科目名称\t合计\n30201\t办公用费\t5.00\n30205\t水费\t5.00\n合计\t\t10.00\n"
    read = recognise(read_text(RawFile(f"2024年部门支出预算总表\n{text}".encode(), "某局.txt", "0" * 64)))
    (finding,) = names(read)
    (place,) = finding.places
    assert (place.column, place.quote) == (2, "30201 办公用费")


@pytest.mark.parametrize("name", ["办公用费", "水费"])
def test_the_right_name_in_another_table_makes_it_an_error_with_both_places(name: str) -> None:
    (finding,) = names(disclosure(table("t01", ONE, [("30201", name)]), table("t02", OTHER, [("30201", "办公费")])))
    assert (finding.level, finding.expected) == ("error", "办公费")
    assert [place.table for place in finding.places] == ["t01", "t02"]


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("2080505", "机关事业单位基本养老保险缴费支"),  # cut
        ("30212", "因公出国(境)费用"),  # variant
        ("3021503", "三类会议费"),  # local
        ("302", "无锡市发展和改革委员会"),  # a unit's code
        ("30299", "商品和服务支出"),  # 302's name, or its own cut short: the text does not tell
        ("51301", "补贴企业"),  # the classification's own name is unverified
    ],
)
def test_what_may_not_accuse_is_silent(code: str, name: str) -> None:
    assert names(disclosure(table("t01", ONE, [(code, name)]))) == []


def test_nothing_is_accused_without_a_year() -> None:
    assert names(disclosure(table("t01", ONE, [("30201", "水费")]), year=None)) == []


def test_a_units_code_is_no_classification() -> None:
    header = (("单位编码",), ("单位名称",), ("合计",))
    units = table("t01", ONE, [("30201", "水费")], header=header)
    assert names(disclosure(units)) == []
    department = table(
        "t01", ONE, [("30201", "水费")], header=(("部门预算支出经济分类", "科目编码"), ("科目名称",), ("合计",))
    )
    assert len(names(disclosure(department))) == 1


def test_repeated_rows_of_one_table_are_one_finding() -> None:
    (finding,) = names(disclosure(table("t01", ONE, [("30201", "水费"), None, ("30201", "水费")])))
    assert [place.row for place in finding.places] == [1, 3]


def test_a_table_over_a_page_break_is_one_table() -> None:
    first = table("t01", ONE, [("30201", "水费")], page=3)
    second = table("t02", "", [("30201", "水费")], page=4)
    (finding,) = names(disclosure(first, second))
    assert [place.table for place in finding.places] == ["t01", "t02"]


def test_two_names_that_no_classification_decides_are_a_warning() -> None:
    first, second = table("t01", ONE, [("3021599", "其他会议")]), table("t02", OTHER, [("3021599", "培训场地")])
    (finding,) = names(disclosure(first, second))
    assert (finding.rule, finding.level) == ("code-name-within", "warning")
    assert {place.table for place in finding.places} == {"t01", "t02"}


def test_what_the_classification_accused_is_not_reported_twice() -> None:
    found = names(disclosure(table("t01", ONE, [("30201", "办公用费")]), table("t02", OTHER, [("30201", "办公费")])))
    assert [finding.rule for finding in found] == ["code-name"]


def test_a_cut_name_is_the_same_name() -> None:
    first, second = table("t01", ONE, [("3021599", "其他会议费用")]), table("t02", OTHER, [("3021599", "其他会议费")])
    assert names(disclosure(first, second)) == []


def test_a_code_with_two_names_in_one_table_is_no_category() -> None:
    both = table("t01", ONE, [("3021599", "会议甲"), ("3021599", "会议乙")])
    other = table("t02", OTHER, [("3021599", "会议乙")])
    assert names(disclosure(both, other)) == []
