"""By code, by name, by fragment, up and down the tree."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.classification import (
    Entry,
    Match,
    by_code,
    by_fragment,
    by_name,
    children,
    dimension_of,
    entries,
    entries_of,
    exact_key,
    loose_key,
    nearest,
    parent,
)
from mingzhang.classification.entry import DIMENSIONS, STATUSES

EVERY = [entry for dimension in DIMENSIONS for entry in entries(dimension)]
any_entry = st.sampled_from(EVERY)


def codes(matches: tuple[Match, ...]) -> list[str]:
    return [match.entry.code for match in matches]


def test_current_names_come_first() -> None:
    assert [entry.name for entry in by_code("function", "20805")] == ["行政事业单位养老支出", "行政事业单位离退休"]
    assert [entry.name for entry in by_code("object", "303")] == [
        "对个人和家庭的补助",
        "对个人和家庭补助",
        "对个人和家庭的补助支出",
    ]


def test_only_names_valid_in_the_year() -> None:
    assert [entry.name for entry in by_code("object", "30217", 2024)] == ["公务接待费"]
    assert [entry.name for entry in by_code("object", "30217", 2016)] == ["招待费"]
    assert [entry.name for entry in by_code("function", "20805", 2024)] == ["行政事业单位养老支出"]
    assert by_code("object", "30312", 2024) == ()


def test_an_unknown_dimension_is_refused() -> None:
    with pytest.raises(ValueError, match="colour"):
        by_code("colour", "301")  # type: ignore[arg-type]


def test_entries_do_not_change() -> None:
    with pytest.raises(FrozenInstanceError):
        by_code("object", "30101")[0].name = "x"  # type: ignore[misc]


def test_what_may_accuse() -> None:
    made = {status: Entry("object", "301", "x", "类", None, None, status, 0, "") for status in STATUSES}
    assert {status for status, entry in made.items() if entry.can_accuse} == {"verified", "sourced"}


def test_a_name_under_many_codes() -> None:
    assert len(by_name("function", "行政运行")) > 50
    assert codes(by_name("function", "行政运行", parent="20801")) == ["2080101"]
    assert codes(by_name("function", "城乡社区环境卫生", level="款")) == ["21205"]
    assert codes(by_name("object", "医疗费", year=2024)) == ["30114"]


@pytest.mark.parametrize("printed", ["因公出国(境)费用", "因公 出国\n（境）费用", "因公出国〔境〕费用", "⼯会经费"])
def test_layout_does_not_change_a_name(printed: str) -> None:
    found = by_name("object", printed, year=2024)
    assert [match.exact for match in found] == [True]


@pytest.mark.parametrize(
    ("printed", "code"),
    [
        ("机关事业单位基本养老保险缴费", "2080505"),
        ("行政单位离退休支出", "2080501"),
        ("因公出国境费用", None),
        ("在乡复员，退伍军人生活补助", "2080803"),
    ],
)
def test_what_people_vary_is_inexact(printed: str, code: str | None) -> None:
    found = by_name("function" if code else "object", printed, year=2024)
    assert [match.how for match in found] == ["inexact"]
    assert codes(found) == [code or "30212"]


def test_separators_stay_apart() -> None:
    assert exact_key("甲、乙") != exact_key("甲，乙") == exact_key("甲,乙")
    assert loose_key("甲、乙支出") == loose_key("甲，乙")
    assert loose_key("支出") == "支出"


def test_a_cut_ending() -> None:
    found = by_fragment("function", "机关事业单位基本养老保险缴费支")
    assert found.codes == ("2080505",)
    assert not found.is_ambiguous
    assert found.matches[0].how == "prefix"


def test_a_cut_beginning_and_both() -> None:
    assert by_fragment("function", "业单位职业年金缴费支出").matches[0].how == "suffix"
    assert by_fragment("function", "业单位职业年金缴费").codes == ("2080506",)
    assert by_fragment("function", "业单位职业年金缴费").matches[0].how == "inside"


def test_several_that_fit_are_all_named() -> None:
    found = by_fragment("function", "机关事业单位")
    assert found.is_ambiguous
    assert found.codes == ("2080505", "2080506")
    assert by_fragment("function", "行政运").is_ambiguous
    assert by_fragment("function", "行政运").names == ("行政运行",)
    assert not by_fragment("function", "行政运", parent="20801").is_ambiguous


def test_nothing_comes_of_nothing() -> None:
    assert by_fragment("function", "").matches == ()
    assert by_fragment("function", "支").matches == ()
    assert by_name("function", "") == ()
    assert by_name("function", "（）") == ()


def test_up_and_down() -> None:
    assert parent("function", "2080501") == "20805"
    assert parent("function", "208050101") == "2080501"
    assert parent("function", "208") is None
    assert children("object", "303", 2024)[:2] == ("30301", "30302")
    assert "30312" in children("object", "303")
    assert "30312" not in children("object", "303", 2024)
    assert children("function", None)[:3] == ("201", "202", "203")
    assert children("function", "999") == ()
    assert nearest("object", "3021503") == "30215"
    assert nearest("gov_object", "51647") is None
    assert nearest("function", "2069803") == "2069803"
    assert [entry.name for entry in entries_of("50201")] == ["办公经费"]
    assert entries_of("abc") == ()


@pytest.mark.parametrize(
    ("code", "dimension", "standard"),
    [
        ("208", "function", "208"),
        ("20805", "function", "20805"),
        ("2080501", "function", "2080501"),
        ("208050101", "function", "2080501"),
        ("301", "object", "301"),
        ("39999", "object", "39999"),
        ("3021503", "object", "30215"),
        ("30215003", "object", "30215"),
        ("501", "gov_object", "501"),
        ("5020101", "gov_object", "50201"),
    ],
)
def test_a_code_tells_its_dimension(code: str, dimension: str, standard: str) -> None:
    place = dimension_of(code)
    assert place is not None
    assert (place.dimension, place.standard, place.is_local) == (dimension, standard, code != standard)


@pytest.mark.parametrize(
    "code",
    ["", "2", "20", "2080", "301001", "20240101", "101", "401", "601", "A01", "２０８", "200", "50000024T000004179874"],
)
def test_what_is_no_code(code: str) -> None:
    assert dimension_of(code) is None


@given(any_entry)
def test_every_entry_is_found_by_code_and_by_name(entry: Entry) -> None:
    assert entry in by_code(entry.dimension, entry.code)
    assert any(match.entry == entry and match.exact for match in by_name(entry.dimension, entry.name))
    place = dimension_of(entry.code)
    assert place is not None
    assert (place.dimension, place.level, place.is_local) == (entry.dimension, entry.level, False)


@given(any_entry, st.data())
def test_every_part_of_a_name_leads_back_to_it(entry: Entry, data: st.DataObject) -> None:
    key = exact_key(entry.name)
    if len(key) < 3:
        return
    cut = data.draw(st.integers(2, len(key) - 1))
    found = by_fragment(entry.dimension, key[:cut])
    assert entry in [match.entry for match in found.matches]
    assert all(exact_key(name).startswith(key[:cut]) for name in found.names)


@given(any_entry)
def test_a_child_is_below_its_parent(entry: Entry) -> None:
    assert entry.code in children(entry.dimension, parent(entry.dimension, entry.code))


@given(st.text())
def test_keys_are_stable(text: str) -> None:
    assert exact_key(exact_key(text)) == exact_key(text)
    assert loose_key(exact_key(text)) == loose_key(text)
    assert not any(character.isspace() for character in exact_key(text))
