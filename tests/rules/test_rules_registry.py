"""The registry is deterministic and refuses incomplete rules; running swallows nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from mingzhang.cube.disclosure import Disclosure
from mingzhang.cube.finding import Finding
from mingzhang.rules import Entry, Rule, all_entries, all_rules, run_rules
from mingzhang.rules.registry import validate

EMPTY = Disclosure("", "", "", None, 2024, "budget", None, None, (), (), (), ())


def nothing(disclosure: Disclosure) -> Iterator[Finding]:
    yield from ()


def made(check: object = nothing, **values: object) -> Rule:
    fields: dict[str, object] = {
        "id": "some-rule",
        "title": "题",
        "sentence": "句",
        "basis": "惯例",
        "why": "因",
        "how_to_fix": "改",
        "example": "例",
        "levels": ("warning",),
        "check": check,
    }
    return Rule(**(fields | values))  # type: ignore[arg-type]


def test_rules_come_in_the_order_of_their_ids() -> None:
    ids = [rule.id for rule in all_rules()]
    assert ids == sorted(ids)
    assert set(all_rules()) <= set(all_entries())


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"id": "Some_Rule"}, "kebab-case"),
        ({"basis": " "}, "“basis” is empty"),
        ({"levels": ()}, "levels"),
        ({"levels": ("note", "error")}, "most serious first"),
        ({"kinds": ()}, "kinds"),
        ({"years": (2025, 2024)}, "wrong way round"),
    ],
)
def test_an_incomplete_rule_is_refused(values: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        validate([made(**values)])


def test_a_doubled_id_is_refused() -> None:
    with pytest.raises(ValueError, match="not unique"):
        validate([made(), made()])


def test_an_entry_without_a_check_is_documented_and_not_run() -> None:
    entry = Entry(
        id="sum", title="和", sentence="句", basis="据", why="因", how_to_fix="改", example="例", levels=("error",)
    )
    validate([entry])
    assert not isinstance(entry, Rule)


@pytest.mark.parametrize(
    ("years", "kinds", "year", "stage", "covered"),
    [
        ((2020, None), ("budget", "final"), 2019, "budget", False),
        ((2020, None), ("budget", "final"), 2020, "budget", True),
        ((None, 2023), ("budget", "final"), 2024, "budget", False),
        ((None, None), ("final",), 2024, "budget", False),
        ((2020, 2021), ("final",), None, None, True),
    ],
)
def test_years_and_kinds_bound_a_rule(
    years: tuple[int | None, int | None], kinds: tuple[str, ...], year: int | None, stage: str | None, covered: bool
) -> None:
    assert made(years=years, kinds=kinds).covers(year, stage) is covered


def test_a_crash_propagates_and_names_its_rule() -> None:
    def crash(disclosure: Disclosure) -> Iterator[Finding]:
        yield Finding("some-rule", "warning", "。", ("a",))
        raise KeyError("x")

    with pytest.raises(KeyError) as caught:
        run_rules(EMPTY, [made(crash)])
    assert caught.value.__notes__ == ["in rule some-rule"]


@pytest.mark.parametrize(("rule", "level"), [("other-rule", "warning"), ("some-rule", "error")])
def test_a_finding_of_another_id_or_level_is_refused(rule: str, level: str) -> None:
    def check(disclosure: Disclosure) -> Iterator[Finding]:
        yield Finding(rule, level, "。", ("a",))  # type: ignore[arg-type]

    with pytest.raises(ValueError, match="some-rule"):
        run_rules(EMPTY, [made(check)])


def test_findings_are_ordered_and_fingerprinted() -> None:
    def check(disclosure: Disclosure) -> Iterator[Finding]:
        yield Finding("some-rule", "note", "乙。", ("b",))
        yield Finding("some-rule", "error", "甲。", ("a",))

    found = run_rules(EMPTY, [made(check, levels=("error", "note"))])
    assert [finding.message for finding in found] == ["甲。", "乙。"]
    assert all(finding.id for finding in found)


def test_an_empty_disclosure_has_no_findings() -> None:
    assert run_rules(EMPTY) == ()
    assert run_rules(replace(EMPTY, year=None, stage=None)) == ()
