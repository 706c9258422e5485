"""Points, the trees of their members, and places: what is a part of what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.cube import DIMENSIONS, Point, Source
from mingzhang.cube.hierarchy import CODED_DIMENSIONS, ancestors, frontier, listed_parts, members, parent
from mingzhang.cube.names import DIMENSION_WORDS, MEMBER_WORDS, point_words
from mingzhang.cube.point import EVERYTHING

FIXED = [dimension for dimension in DIMENSIONS if members(dimension) is not None]

# --- points -----------------------------------------------------------------------------------------------------------


def test_a_point_names_only_what_it_is_given() -> None:
    point = Point(year=2024, flow="expenditure", function="208")
    assert point.named() == {"year": 2024, "flow": "expenditure", "function": "208", "measure": "amount"}
    assert EVERYTHING.named() == {"measure": "amount"}
    assert point.get("fund") is None


def test_at_replaces_and_sums_over() -> None:
    point = Point(year=2024, function="208", nature="basic")
    assert point.at(nature=None, year=2023) == Point(year=2023, function="208")
    assert point.at() == point
    with pytest.raises(TypeError):
        point.at(colour="red")


def test_merged_takes_what_the_other_names() -> None:
    change = Point(year=2024, nature="basic", measure="change")
    assert change.merged(Point(nature="project", fund="general")) == Point(
        year=2024, nature="project", fund="general", measure="change"
    )
    assert Point(year=1).merged(Point(measure="change")).measure == "change"
    assert EVERYTHING.merged(change) == change


def test_points_are_values() -> None:
    assert len({Point(year=2024), Point(year=2024), Point(year=2023)}) == 2


# --- trees ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dimension", "value", "above"),
    [
        ("function", "2080501", ("20805", "208")),
        ("function", "20805", ("208",)),
        ("function", "208", ()),
        ("function", "208050101", ("2080501", "20805", "208")),  # a local code below 项
        ("object", "30101", ("301",)),
        ("gov_object", "50101", ("501",)),
        ("fund", "general", ("fiscal",)),
        ("fund", "business", ("own",)),
        ("fund", "fiscal", ()),
        ("topic", "vehicle_running", ("vehicle", "three_public", "three_public_and_meetings")),
        ("flow", "carried_in", ("sources",)),
        ("nature", "basic", ()),
        ("agency", "某某中心", ()),
        ("project", "维护", ()),
    ],
)
def test_what_a_member_is_a_part_of(dimension: str, value: str, above: tuple[str, ...]) -> None:
    assert ancestors(dimension, value) == above
    assert parent(dimension, value) == (above[0] if above else None)


@pytest.mark.parametrize("dimension", FIXED)
def test_fixed_trees_are_closed_and_have_no_circle(dimension: str) -> None:
    known = members(dimension)
    assert known
    for member in known:
        above = ancestors(dimension, member)
        assert member not in above
        assert set(above) <= known


def test_every_dimension_and_member_has_a_chinese_name() -> None:
    assert set(DIMENSION_WORDS) == set(DIMENSIONS)
    for dimension in FIXED:
        assert frozenset(MEMBER_WORDS[dimension]) == members(dimension), dimension


def test_a_point_is_named_in_chinese() -> None:
    words = point_words(Point(year=2023, stage="budget", fund="general", flow="expenditure", nature="basic"))
    assert words.startswith("2023年")
    assert "一般公共预算" in words
    assert "基本支出" in words


CODES = st.lists(
    st.tuples(st.sampled_from(["208", "210", "221"]), st.sampled_from(["", "01", "05"]), st.sampled_from(["", "01", "99"]))
    .map(lambda parts: parts[0] + (parts[1] + parts[2] if parts[1] else "")),
    max_size=14,
)  # fmt: skip
LISTS = st.one_of(
    st.tuples(st.sampled_from(sorted(CODED_DIMENSIONS)), CODES),
    *(st.tuples(st.just(d), st.lists(st.sampled_from(sorted(members(d) or ())), max_size=9)) for d in FIXED),
)


@given(LISTS)
def test_listed_parts_are_the_frontiers_of_the_listed(case: tuple[str, list[str]]) -> None:
    dimension, present = case
    parts = listed_parts(dimension, present)
    for node in [None, *present]:
        assert parts.get(node, []) == frontier(dimension, node, present)
    assert sorted(m for found in parts.values() for m in found) == sorted(set(present))  # each is a part exactly once


@given(LISTS)
def test_a_frontier_covers_what_is_below_and_overlaps_nowhere(case: tuple[str, list[str]]) -> None:
    dimension, present = case
    for node in [None, *present]:
        found = frontier(dimension, node, present)
        assert found == [member for member in dict.fromkeys(present) if member in found]  # the order of the list
        for member in found:
            assert member != node
            assert node is None or node in ancestors(dimension, member)
            assert not set(ancestors(dimension, member)) & set(found)
        for member in present:
            above = ancestors(dimension, member)
            if member != node and (node is None or node in above):
                assert member in found or set(above) & set(found)


def test_a_missing_class_is_replaced_by_its_own_parts() -> None:
    assert frontier("function", "208", ["208", "2080101", "20805", "2080501"]) == ["2080101", "20805"]
    assert frontier("function", None, ["2080101", "2080102"]) == ["2080101", "2080102"]
    assert frontier("fund", None, ["general", "gov_fund", "business"]) == ["general", "gov_fund", "business"]
    assert frontier("fund", None, ["fiscal", "general", "business"]) == ["fiscal", "business"]


# --- places -----------------------------------------------------------------------------------------------------------


def test_a_place_tells_what_is_known_only() -> None:
    place = Source(page=3, bbox=(1.0, 2.0, 3.0, 4.0), table="t01", row=2, column=4)
    assert place.to_json() == {"page": 3, "bbox": [1.0, 2.0, 3.0, 4.0], "table": "t01", "row": 2, "column": 4}
    assert Source().to_json() == {}
    assert Source().describe() == ""


@pytest.mark.parametrize(
    ("place", "words"),
    [
        (Source(line=57), "第57行"),
        (Source(page=3), "第3页"),
        (Source(sheet="表三", cell="C7"), "工作表“表三”C7单元格"),
        (Source(sheet="表三"), "工作表“表三”"),
    ],
)
def test_a_place_in_chinese(place: Source, words: str) -> None:
    assert place.describe() == words
