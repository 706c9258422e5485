"""Rules that rest on figures write their arithmetic out, and it adds up."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from mingzhang.documents import open_document
from mingzhang.recognition import recognise
from mingzhang.rules import run_rules

CASES = Path(__file__).parent / "cases"


@pytest.mark.parametrize("rule", ["quantity-sum", "target-funds", "target-total", "indicator-weights", "item-left-out"])
def test_the_working_of_a_rule_adds_up(rule: str) -> None:
    findings = run_rules(recognise(open_document(CASES / f"{rule}.invalid.txt")))
    (finding,) = [each for each in findings if each.rule == rule]
    (working,) = finding.workings
    whole = Decimal(working.left[0].printed.replace(",", ""))
    parts = sum((Decimal(term.printed.replace(",", "")) for term in working.right), Decimal(0))
    assert abs(whole - parts) == Decimal((working.difference or "0").replace(",", ""))
    assert working.total is None or Decimal(working.total.replace(",", "")) == parts
    assert [term.sign for term in working.right] == ["", *["＋"] * (len(working.right) - 1)]
    assert all(term.source is not None for term in working.right)


@pytest.mark.parametrize(
    "rule", ["count-conflict", "none-stated-for-topic", "three-public-counts", "listed-object", "change-conflict"]
)
def test_two_figures_are_set_against_each_other(rule: str) -> None:
    findings = run_rules(recognise(open_document(CASES / f"{rule}.invalid.txt")))
    (working,) = next(each for each in findings if each.rule == rule).workings
    assert working.left[0].source != working.right[0].source


def test_a_rate_without_its_sign_is_set_against_what_makes_it() -> None:
    findings = run_rules(recognise(open_document(CASES / "percent-missing.invalid.txt")))
    (working,) = next(each for each in findings if each.rule == "percent-missing").workings
    change, base = (Decimal(term.printed.replace(",", "")) for term in working.right)
    assert working.total == f"{change / base * 100:.2f}%"
    assert working.left[0].printed == "10.00"
    assert all(term.source is not None for term in (*working.left, *working.right))
