"""Judging code and name: the eight verdicts, and that nothing is accused on weak evidence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.classification import Dimension, Entry, by_code, entries, exact_key, judge_name
from mingzhang.classification.entry import DIMENSIONS

EVERY = [entry for dimension in DIMENSIONS for entry in entries(dimension)]
any_entry = st.sampled_from(EVERY)
any_year = st.one_of(st.none(), st.integers(2007, 2030))


@pytest.mark.parametrize(
    ("dimension", "code", "printed", "year", "kind", "may_accuse"),
    [
        ("function", "2080101", "行政运行", 2024, "agrees", False),
        ("function", "2080501", "行政单位离退休", 2024, "agrees", False),
        ("object", "303", "对个人和家庭补助", 2024, "agrees", False),
        ("function", "20805", "行政事业单位离退休", 2018, "agrees", False),
        ("object", "30101", "基本工资", 2016, "agrees", False),
        ("object", "30212", "因公出国(境)费用", 2024, "variant", False),
        ("function", "2080505", "机关事业单位基本养老保险缴费", 2024, "variant", False),
        ("function", "2080501", "行政单位\n离退休", 2024, "variant", False),
        ("function", "2080505", "机关事业单位基本养老保险缴费支", 2024, "cut", False),
        ("function", "2080506", "职业年金缴费支出", 2024, "cut", False),
        ("function", "2080506", "", 2024, "cut", False),
        ("function", "20805", "行政事业单位离退休", 2024, "former", True),
        ("function", "20805", "行政事业单位离退休", None, "former", False),
        ("object", "30217", "招待费", 2024, "former", True),
        ("object", "30307", "医疗费", 2024, "former", True),
        ("object", "30311", "住房公积金", 2024, "former", True),
        ("function", "2013804", "市场主体管理", 2024, "former", False),
        ("object", "30312", "提租补贴", 2024, "former", False),
        ("object", "30201", "水费", 2024, "belongs_to_another", True),
        ("object", "30201", "水费", None, "belongs_to_another", False),
        ("object", "30201", "水费", 2031, "belongs_to_another", False),
        ("object", "30299", "商品和服务支出", 2024, "belongs_to_another", False),
        ("object", "30201", "办公用费", 2024, "differs", True),
        ("object", "30201", "办公用费", 2017, "differs", False),
        ("function", "2210201", "住房公基金", 2018, "differs", False),
        ("function", "2210201", "住房公基金", 2024, "differs", True),
        ("object", "302", "无锡市发展和改革委员会", 2025, "differs", False),
        ("object", "30399", "其他对个人和家庭的补助（离休）", 2024, "differs", False),
        ("object", "3021503", "三类会议费", 2024, "unknown_code", False),
        ("function", "2050000", "大学教育", 2024, "unknown_code", False),
        ("gov_object", "51647", "行业安全宣", 2024, "unknown_code", False),
        # The gathered name (工业和信息产业监管) is from memory only; disclosures of 2025 and 2026 print this one.
        ("function", "21505", "工业和信息产业", 2026, "cut", False),
        ("gov_object", "51301", "政府间转移", 2024, "cut", False),
        ("gov_object", "51301", "补贴企业", 2024, "unverified", False),
    ],
)
def test_verdicts(dimension: Dimension, code: str, printed: str, year: int | None, kind: str, may_accuse: bool) -> None:
    verdict = judge_name(dimension, code, printed, year)
    assert (verdict.kind, verdict.may_accuse) == (kind, may_accuse)


def test_a_former_name_comes_with_the_current_one() -> None:
    verdict = judge_name("object", "30217", "招待费", 2024)
    assert [entry.name for entry in verdict.expected] == ["公务接待费"]
    assert [entry.name for entry in verdict.matched] == ["招待费"]
    assert [entry.name for entry in verdict.evidence] == ["招待费", "公务接待费"]


def test_another_name_comes_with_its_codes_nearest_first() -> None:
    assert [entry.code for entry in judge_name("object", "30201", "水费", 2024).matched] == ["30205"]
    siblings = judge_name("function", "2080199", "行政运行", 2024)
    assert [entry.code for entry in siblings.matched] == ["2080101"]
    class_mates = judge_name("function", "2080501", "拥军优属", 2024)
    assert [entry.code for entry in class_mates.matched] == ["2082804"]


def test_an_unknown_code_comes_with_what_is_above_it() -> None:
    verdict = judge_name("object", "3021503", "三类会议费", 2024)
    assert [entry.code for entry in verdict.expected] == ["30215"]


@given(any_entry, any_year)
def test_a_known_name_is_never_accused_while_it_may_be_valid(entry: Entry, year: int | None) -> None:
    verdict = judge_name(entry.dimension, entry.code, entry.name, year)
    assert verdict.kind in ("agrees", "variant", "former")
    if not entry.ended_before(year):
        assert verdict.kind == "agrees"
    # A former name that differs from the current one only by a trailing 支出 or brackets is read as the current one.
    assert entry in verdict.matched or verdict.kind == "variant"


@given(any_entry, st.data())
def test_a_cut_name_is_never_accused(entry: Entry, data: st.DataObject) -> None:
    key = exact_key(entry.name)
    if len(key) < 3:
        return
    part = key[: data.draw(st.integers(2, len(key) - 1))]
    verdict = judge_name(entry.dimension, entry.code, part, 2024)
    assert verdict.kind in ("cut", "variant", "former", "agrees", "belongs_to_another")
    if verdict.kind != "former":
        assert not verdict.may_accuse


@given(any_entry, any_entry, any_year)
def test_an_accusation_rests_on_a_name_that_can_accuse(one: Entry, other: Entry, year: int | None) -> None:
    verdict = judge_name(one.dimension, one.code, other.name, year)
    if verdict.may_accuse:
        assert year is not None
        assert 2018 <= year <= 2026
        assert any(entry.can_accuse and entry.valid_in(year) for entry in verdict.expected)
        assert all(entry.code == one.code for entry in verdict.expected)


@given(st.sampled_from(DIMENSIONS), st.text(max_size=12), st.text(), any_year)
def test_any_text_gets_a_verdict(dimension: Dimension, code: str, printed: str, year: int | None) -> None:
    verdict = judge_name(dimension, code, printed, year)
    assert (verdict.kind == "unknown_code") == (not by_code(dimension, code))
