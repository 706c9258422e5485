"""Findings: the order they are told in, and fingerprints that outlive unrelated edits."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from mingzhang.cube import Source
from mingzhang.cube.finding import LEVELS, Finding, Level, ordered, with_fingerprints


def finding(
    level: Level = "error", key: tuple[str, ...] = ("k",), place: Source | None = None, rule: str = "r"
) -> Finding:
    return Finding(rule, level, "一句话。", key, (place,) if place else ())


def test_the_most_serious_comes_first_then_the_order_of_the_document() -> None:
    told = [
        finding("note", ("1",), Source(line=1)),
        finding("error", ("2",), Source(table="t02", row=9, column=1, line=80)),
        finding("error", ("3",), Source(table="t01", row=3, column=4, line=20)),
        finding("rounding", ("4",), Source(line=2)),
        finding("error", ("5",), Source(table="t01", row=3, column=2, line=20)),
        finding("warning", ("6",)),
    ]
    assert [f.key[0] for f in ordered(told)] == ["5", "3", "2", "6", "4", "1"]


@given(st.lists(st.tuples(st.sampled_from(LEVELS), st.integers(1, 9), st.integers(1, 9)), max_size=12), st.randoms())
def test_the_order_does_not_depend_on_the_order_found(
    cases: list[tuple[Level, int, int]], chance: random.Random
) -> None:
    told = [finding(level, (), Source(line=line, column=column)) for level, line, column in cases]
    shuffled = list(told)
    chance.shuffle(shuffled)
    assert ordered(told) == ordered(shuffled)


def test_a_fingerprint_is_of_the_rule_and_the_key_alone() -> None:
    (here,) = with_fingerprints([finding(place=Source(line=5))])
    (there,) = with_fingerprints([Finding("r", "warning", "另一句话。", ("k",), (Source(line=500),))])
    assert here.id == there.id
    assert len(here.id) == 12
    assert here.id != with_fingerprints([finding(rule="other")])[0].id
    assert here.id != with_fingerprints([finding(key=("k", "l"))])[0].id
    # Keys are not merely joined.
    assert with_fingerprints([finding(key=("a", "bc"))])[0].id != with_fingerprints([finding(key=("ab", "c"))])[0].id


def test_findings_of_one_key_are_numbered() -> None:
    told = with_fingerprints([finding(), finding(key=("other",)), finding(), finding()])
    first = told[0].id
    assert [f.id for f in told] == [first, told[1].id, f"{first}-2", f"{first}-3"]
    assert len({f.id for f in told}) == 4


def test_a_further_finding_does_not_change_the_ids_of_the_others() -> None:
    alone = with_fingerprints([finding(key=("a",)), finding(key=("b",))])
    more = with_fingerprints([finding(key=("c",)), finding(key=("a",)), finding(key=("b",))])
    assert [f.id for f in more[1:]] == [f.id for f in alone]
