"""Controlled rounding: every relation exact, every figure the exact amount rounded up or down."""

from __future__ import annotations

import random
import re
from decimal import Decimal

from hypothesis import given, settings

from ledgers import SMALL, any_ledger, basic, department, ledger, of_year, project
from mingzhang.checking import check
from mingzhang.composition import Ledger, compose
from mingzhang.composition.as_read import as_read
from mingzhang.cube import Point
from mingzhang.forms import load_form_sets

SETS = {forms.id: forms for forms in load_form_sets()}
CHONGQING, SHANGHAI, NATIONAL = SETS["cq2024"], SETS["shanghai_department"], SETS["national2026"]
HUZHOU = SETS["huzhou2026"]


def test_thirds_add_up() -> None:
    made = ledger(basic("2080101", 0, 33_333), basic("2080505", 2, 33_333), basic("2210201", 3, 33_334))
    usual = check(as_read(compose(made, CHONGQING))).proof.rounding_differences
    assert usual
    assert not check(as_read(compose(made, CHONGQING, controlled=True))).proof.rounding_differences


def test_it_says_how_many_figures_depart() -> None:
    made = compose(SMALL, CHONGQING, controlled=True)
    departing = {figure.point for figure in made.figures() if figure.departs}
    told = re.search(r"(\d+)个数字", made.notes[0])
    assert told is not None
    assert int(told[1]) >= len(departing) > 0


def test_text_in_a_coarser_unit_says_what_the_tables_say() -> None:
    """Tables in 元, text in 万元: 10.004 and 10.004 are 20.008, whatever 10.00 and 10.00 add up to."""
    made = ledger(basic("2080101", 0, 10_004_040), project("2080101", 1, 10_004_040), basic("2080505", 4, 7_777_750))
    composed = compose(made, SHANGHAI, controlled=True)
    verdict = check(as_read(composed))
    assert any(figure.departs for figure in composed.figures())
    assert verdict.proof.consistent
    assert [finding.message for finding in verdict.findings if finding.level != "note"] == []
    tables = {figure.point: figure.amount.fen for figure in composed.figures()}
    said = [figure for figure in composed.everywhere() if figure.amount.unit.name == "万元" and figure.point in tables]
    assert len(said) > 5
    for figure in said:
        assert abs(figure.amount.fen - tables[figure.point]) <= figure.amount.quantum / 2


def test_a_change_in_the_text_is_that_of_the_printed_amounts() -> None:
    thirds = (basic(code, 0, 3_333_333) for code in ("2080101", "2080505", "2210201"))
    made = ledger(*thirds, basic("2120501", 0, 4_000_000, year=2023))
    composed = compose(made, CHONGQING, controlled=True)
    printed = {figure.point: figure for figure in composed.everywhere()}
    changes = [figure for figure in composed.everywhere() if figure.point.measure == "change"]
    assert len(changes) >= 3
    for change in changes:
        this = change.point.at(measure="amount")
        before = printed.get(this.at(year=2023))
        last = before.amount.value if before else Decimal(printed[this].fen - change.fen) / 1_000_000
        assert change.amount.value == printed[this].amount.value - round(last, 2), change


def test_a_sentence_that_leaves_the_fund_open_says_what_the_only_fund_prints() -> None:
    for seed in range(4):
        made = of_year(department(random.Random(seed), 12, 0), 2025)
        composed = compose(made, HUZHOU, controlled=True)
        printed = {figure.point: figure for figure in composed.everywhere()}
        basic_, general = (Point(2025, "budget", "expenditure", fund, nature="basic") for fund in (None, "general"))
        assert printed[basic_].fen == printed[general].fen
        assert printed[basic_].amount.value == printed[general].amount.value, seed


def test_a_total_of_one_step_is_its_only_unit() -> None:
    """A unit of 0.01 in a table of units repeats its department's total no more than it is a part of it."""
    made = ledger(basic("2080101", 0, 10_000))
    verdict = check(as_read(compose(made, NATIONAL, controlled=True)))
    assert verdict.coverage.relations.violated == 0
    assert not verdict.proof.rounding_differences


# What is less than one step of the print is another matter: a whole fund may be printed as 0.00.
@given(any_ledger(least=20_000))
@settings(max_examples=15, deadline=None)
def test_every_relation_is_exact_and_every_figure_is_a_neighbour(made: Ledger) -> None:
    composed = compose(made, CHONGQING, controlled=True)
    verdict = check(as_read(composed))
    assert verdict.coverage.relations.violated == 0
    assert not verdict.proof.rounding_differences
    for figure in composed.figures():
        assert abs(figure.amount.fen - figure.fen) < figure.amount.quantum
        assert figure.fen or figure.amount.value == Decimal(0)
