"""The worked example: every figure at its point (a golden file), nothing lost, and what is proved of it."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from mingzhang.cube import Disclosure, Observation
from mingzhang.reconciliation import Reconciliation, findings_of, proof_of, reconcile

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def outcome(worked_example: Disclosure) -> Reconciliation:
    return reconcile(worked_example)


# --- reading ----------------------------------------------------------------------------------------------------------


def points(observations: list[Observation]) -> Iterator[str]:
    """One line an observation: place, point, figure. Names of projects and indicators are numbered, not quoted."""
    names: dict[str, str] = {}
    for observation in observations:
        point = observation.point.named()
        for dimension in ("project", "indicator", "agency"):
            if dimension in point:
                point[dimension] = names.setdefault(point[dimension], f"#{len(names) + 1}")
        amount = observation.amount
        value = amount.printed if any(c.isdigit() for c in amount.printed) else f"({amount.value})"
        place = f"{observation.source.row}:{observation.source.column} " if observation.origin == "table" else ""
        marks = " 其中" if observation.of_which else ""
        named = ",".join(
            f"{name}={member}" for name, member in point.items() if (name, member) != ("measure", "amount")
        )
        sign = "-" if amount.value < 0 and not amount.printed.startswith(("-", "(")) else ""
        yield f"{place}{named} = {sign}{value} {amount.unit.name} /{amount.decimals}{marks}"


def picture(disclosure: Disclosure) -> dict[str, Any]:
    tables = [
        {
            "form": table.form,
            "number": table.number,
            "unit": table.unit.name if table.unit else None,
            "rows": Counter(row.kind for row in table.rows),
            "codes": " ".join(row.code for row in table.rows if row.code),
            "points": list(points([o for o in disclosure.observations if o.source.table == table.id])),
        }
        for table in disclosure.tables
    ]
    return {
        "year": disclosure.year,
        "stage": disclosure.stage,
        "region": disclosure.region,
        "tables": tables,
        "text": list(points([o for o in disclosure.observations if o.origin == "text"])),
        "contents": len(disclosure.contents),
        "unread": dict(sorted(Counter(f"{item.kind}: {item.reason}" for item in disclosure.unread).items())),
    }


def test_every_figure_is_at_its_point(worked_example: Disclosure, golden: Callable[[str, Any], None]) -> None:
    golden("worked_example.json", picture(worked_example))


def test_golden_files_are_not_regenerated_unnoticed(request: pytest.FixtureRequest) -> None:
    """Fails whenever the switch is on, so that no run that regenerates is green."""
    assert not request.config.getoption("--regenerate-golden")
    for place in (".ci/run", "Makefile", "pyproject.toml"):
        if (ROOT / place).exists():
            assert "regenerate-golden" not in (ROOT / place).read_text(encoding="utf-8"), place


def test_all_fourteen_tables_are_read_by_their_forms(worked_example: Disclosure) -> None:
    assert [table.form for table in worked_example.tables] == [
        f"cq2024.t{number}" for number in (1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 14, 15, 16)
    ]
    assert len(worked_example.contents) == 16
    assert not any(table.holes or table.unread_rows or table.unread_columns for table in worked_example.tables)
    assert not [item for item in worked_example.unread if item.kind == "amount"]


def test_whose_it_is(worked_example: Disclosure) -> None:
    assert (worked_example.year, worked_example.stage, worked_example.region) == (2024, "budget", "重庆市")
    assert worked_example.agency
    assert worked_example.agency.endswith("社会保险事务中心")


DIGITS = re.compile("[0-9０-９]")


def test_every_number_of_the_file_is_observed_or_listed_exactly_once(
    worked_example: Disclosure, worked_example_path: Path
) -> None:
    """Counted by a reading of its own: the digits of each line of the file, against those of what was read there."""
    text = worked_example_path.read_text(encoding="utf-8-sig")
    there = {number: sorted(DIGITS.findall(line)) for number, line in enumerate(text.splitlines(), start=1)}
    found: dict[int, list[str]] = {number: [] for number in there}
    for item in (*((o.amount.printed, o.source) for o in worked_example.observations),
                 *((u.printed, u.source) for u in worked_example.unread)):  # fmt: skip
        digits = DIGITS.findall(item[0])
        if digits:
            assert item[1].line is not None
            found[item[1].line] += digits
    assert {line: sorted(digits) for line, digits in found.items()} == there

    tokens = re.findall(r"[0-9]+(?:,[0-9]{3})*(?:\.[0-9]+)?", unicodedata.normalize("NFKC", text))
    printed = [o for o in worked_example.observations if DIGITS.search(o.amount.printed)]
    assert len(printed) + len(worked_example.unread) == len(tokens)
    assert len(tokens) > 600


# --- reconciling ------------------------------------------------------------------------------------------------------


def test_the_ties_that_follow_from_the_points(outcome: Reconciliation) -> None:
    kinds = Counter(tie.kind for tie in outcome.ties)
    assert set(kinds) - {"topic_bound"} == {
        "sum", "fund_closure", "same_point", "crosswalk", "change", "topic", "balance", "project_bound"
    }  # fmt: skip
    # 表三, 表五 (this year) and 表四 alike; 26 figures printed again; 20 groups of the crosswalk in 表七 and 表九.
    assert kinds["sum"] >= 180
    assert kinds["fund_closure"] >= 50
    assert kinds["same_point"] >= 26
    assert kinds["crosswalk"] >= 20
    assert (kinds["balance"], kinds["project_bound"], kinds["topic"] + kinds["topic_bound"]) == (3, 1, 4)
    assert outcome.counts.not_evaluable == 0
    assert outcome.counts.violated == 0
    assert outcome.counts.held + outcome.counts.rounding == len(outcome.ties)


def test_it_is_proved_consistent_with_exactly_sixteen_rounding_differences(outcome: Reconciliation) -> None:
    certificate = outcome.certificate
    assert certificate.consistent is True
    assert certificate.verified_exactly
    # Fourteen in the tables; two in the text, where 480.16 is told as 23.83 and 456.34.
    assert outcome.counts.rounding == 16
    proof = proof_of(outcome)
    assert (proof.consistent, proof.verified_exactly, len(proof.rounding_differences)) == (True, True, 16)
    for difference in proof.rounding_differences:
        assert "相差0.01" in difference.message
        assert difference.places


def test_nothing_is_found_wrong_with_its_arithmetic(outcome: Reconciliation) -> None:
    assert not outcome.structural
    assert findings_of(outcome) == ()


def test_the_witness_lies_in_every_printed_interval_and_holds_every_tie(outcome: Reconciliation) -> None:
    """The certificate, checked here once more without any of the solver's own code."""
    witness = outcome.certificate.witness
    assert witness is not None
    for variable, value in zip(outcome.assembled.system.variables, witness, strict=True):
        if variable.value is not None:
            assert abs(value - variable.value) <= variable.half
    for relation in outcome.assembled.system.relations:
        total = sum(coefficient * witness[variable] for coefficient, variable in relation.terms)
        assert relation.lower is None or total >= relation.lower
        assert relation.upper is None or total <= relation.upper
