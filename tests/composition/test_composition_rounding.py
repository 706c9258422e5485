"""Controlled rounding: every relation exact, every figure the exact amount rounded up or down."""

from __future__ import annotations

import re
from decimal import Decimal

from hypothesis import given, settings

from ledgers import SMALL, any_ledger, basic, ledger
from mingzhang.checking import check
from mingzhang.composition import Ledger, compose
from mingzhang.composition.as_read import as_read
from mingzhang.forms import load_form_sets

CHONGQING = next(forms for forms in load_form_sets() if forms.id == "cq2024")


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
