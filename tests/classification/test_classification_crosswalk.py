"""The crosswalk: links by agency type, and the groups whose sums are tied."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from mingzhang.classification import Group, gov_objects_of, groups, objects_of
from mingzhang.classification.crosswalk import read_links
from mingzhang.classification.files import FOLDER

LINKS = read_links(FOLDER / "crosswalk.csv")
OBJECTS = sorted({link.object for link in LINKS} | {"30104", "39906"})
GOVS = sorted({link.gov_object for link in LINKS} | {"50599", "51301"})


def sides(found: tuple[Group, ...]) -> list[tuple[str, str]]:
    return [(" ".join(group.objects), " ".join(group.gov_objects)) for group in found]


def test_by_agency_type() -> None:
    assert [link.gov_object for link in gov_objects_of("30101")] == ["50101", "50501"]
    assert [link.gov_object for link in gov_objects_of("30101", "机关")] == ["50101"]
    assert [link.gov_object for link in gov_objects_of("30101", "事业单位")] == ["50501"]
    assert [link.gov_object for link in gov_objects_of("30302", "机关")] == ["50905"]
    assert gov_objects_of("30215")[0] == gov_objects_of("3021503")[0]
    assert gov_objects_of("302") == ()
    assert [link.object for link in objects_of("50102")] == ["30108", "30109", "30110", "30111", "30112"]
    assert objects_of("50502", "机关") == ()


def test_the_worked_example() -> None:
    """Chongqing Wansheng 2024, basic expenditure (表6 and 表7)."""
    ties = [
        ("30101 30102 30103", "50101"),
        ("30108 30109 30110 30112", "50102"),
        ("30113", "50103"),
        ("30114 30199", "50199"),
        ("30201 30205 30206 30207 30228 30229 30239", "50201"),
        ("30213", "50209"),
        ("30216", "50203"),
        ("30217", "50206"),
        ("30226", "50205"),
        ("30231", "50208"),
        ("30299", "50299"),
        ("30302", "50905"),
        ("30307 30309", "50901"),
    ]
    found = groups(" ".join(left for left, _ in ties).split(), [right for _, right in ties])
    assert sides(found) == ties
    assert all(group.complete for group in found)
    assert [group.gov_objects for group in found if not group.verified] == [("50199",)]  # 30114: seen once


def test_the_worked_example_projects() -> None:
    """The same disclosure, project expenditure (表8 and 表9)."""
    ties = [
        ("30201 30202 30205 30206 30207 30209 30239", "50201"),
        ("30226 30227", "50205"),
        ("30305 30307", "50901"),
        ("31002", "50306"),
    ]
    found = groups(" ".join(left for left, _ in ties).split(), [right for _, right in ties])
    assert sides(found) == ties
    assert all(group.complete and group.verified for group in found)


def test_a_mixed_agency_ties_the_union_only() -> None:
    found = groups(["30101", "30102", "30113"], ["50101", "50103", "50501"])
    assert sides(found) == [("30101 30102 30113", "50101 50103 50501")]


def test_a_class_without_a_link_stands_alone_and_incomplete() -> None:
    found = groups(["30101", "30113"], ["50101", "51301"])
    assert sides(found) == [("30101", "50101"), ("30113", ""), ("", "51301")]
    assert [(group.complete, group.verified) for group in found] == [(True, True), (False, False), (False, False)]
    assert groups([], []) == ()


@given(st.sets(st.sampled_from(OBJECTS)), st.sets(st.sampled_from(GOVS)))
def test_groups_are_a_partition_into_connected_parts(objects: set[str], govs: set[str]) -> None:
    found = groups(objects, govs)
    assert sorted(code for group in found for code in group.objects) == sorted(objects)
    assert sorted(code for group in found for code in group.gov_objects) == sorted(govs)
    home = {code: number for number, group in enumerate(found) for code in group.objects + group.gov_objects}
    for link in LINKS:
        if link.object in objects and link.gov_object in govs:
            assert home[link.object] == home[link.gov_object]
    for group in found:
        assert group.complete == bool(group.objects and group.gov_objects)
        assert len(group.links) >= len(group.objects) + len(group.gov_objects) - 1
        assert group.verified == (group.complete and all(link.can_accuse for link in group.links))


@given(st.permutations(OBJECTS[:12]), st.permutations(GOVS[:8]))
def test_the_order_given_does_not_matter(objects: list[str], govs: list[str]) -> None:
    assert groups(objects, govs) == groups(sorted(objects), sorted(govs))
