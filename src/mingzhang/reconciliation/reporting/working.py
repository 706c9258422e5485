"""A violated relation written out as arithmetic: each operand with its sign, its print and its place."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal

from mingzhang.cube.finding import Term, Working
from mingzhang.reconciliation.derivation import Tie
from mingzhang.reconciliation.reporting.explain import actual_rate, explain
from mingzhang.reconciliation.reporting.wording import Wording, format_number
from mingzhang.reconciliation.solver import System


def working(wording: Wording, system: System, tie: Tie) -> Working:
    """The working of one tie: what the first term says against what the others make."""
    sentence = explain(wording, system, tie)
    if tie.kind == "stated_rate":
        return _stated_rate(wording, system, tie, sentence)
    if tie.kind in ("change_rate", "share", "completion"):
        return _rate(wording, system, tie, sentence)
    if tie.kind == "crosswalk":
        left = [(c, v) for c, v in tie.terms if c > 0]
        right = [(-c, v) for c, v in tie.terms if c < 0]
    else:
        direction = 1 if tie.terms[0][0] > 0 else -1
        left = [(direction * c, v) for c, v in tie.terms[:1]]
        right = [(-direction * c, v) for c, v in tie.terms[1:]]
    like = left[0][1]
    shown = [(c, v) for c, v in right if not wording.book.is_zero(v)] or right[:1]
    known = not any(wording.book.is_latent(variable) for _, variable in tie.terms)
    return Working(
        sentence,
        _side(wording, system, left),
        _side(wording, system, shown),
        _relation(tie),
        wording.value(_sum(system, right), like) if known and len(shown) > 1 else None,
        wording.value(abs(_sum(system, left) - _sum(system, right)), like) if known else None,
        len(right) - len(shown),
    )


def _relation(tie: Tie) -> Literal["＝", "≥", "≤"]:
    if tie.lower is not None and tie.upper is not None:
        return "＝"
    return "≥" if (tie.upper is None) == (tie.terms[0][0] > 0) else "≤"


def _side(wording: Wording, system: System, terms: list[tuple[int, int]]) -> tuple[Term, ...]:
    found: list[Term] = []
    for coefficient, variable in terms:
        sign = "－" if coefficient < 0 else "＋" if found else ""
        found.append(_term(wording, system, variable, sign))
    return tuple(found)


def _term(wording: Wording, system: System, variable: int, sign: str = "") -> Term:
    book = wording.book
    if book.is_latent(variable):
        return Term(sign, wording.name(variable), "（未印出）", None)
    observation = book.observations[variable]
    printed = wording.number(variable)
    if observation.point.measure == "change":
        stated = system.variables[variable].value or 0
        printed = f"{'增加' if stated > 0 else '减少' if stated < 0 else '持平 '}{printed}"
    elif observation.amount.unit.name == "%" and not printed.endswith("%"):
        printed += "%"
    return Term(sign, wording.name(variable), printed, observation.source)


def _rate(wording: Wording, system: System, tie: Tie, sentence: str) -> Working:
    """A stated rate against (this year − last year) ÷ last year, or against the part ÷ the whole."""
    (_, this), (_, last) = tie.terms
    owner = tie.owner if tie.owner is not None else this
    known = not (wording.book.is_latent(this) or wording.book.is_latent(last))
    actual = actual_rate(system, tie) if known else None
    decimals = wording.book.observations[owner].amount.decimals
    grown = tie.kind == "change_rate"
    made = (_term(wording, system, this, "(" if grown else ""), _term(wording, system, last, "－" if grown else "÷"))
    return Working(
        sentence,
        (_term(wording, system, owner),),
        (*made, _term(wording, system, last, ")÷")) if grown else made,
        total=f"{format_number(actual, decimals)}%" if actual is not None else None,
    )


def _stated_rate(wording: Wording, system: System, tie: Tie, sentence: str) -> Working:
    """A stated rate against the change over (this year − the change)."""
    (_, this), (_, change) = tie.terms
    owner = tie.owner if tie.owner is not None else this
    actual = actual_rate(system, tie)
    return Working(
        sentence,
        (_term(wording, system, owner),),
        (
            _term(wording, system, change),
            _term(wording, system, this, "÷("),
            _term(wording, system, change, "－"),
            Term(")×", "百分比", "100%", None),
        ),
        total=None if actual is None else f"{format_number(actual, wording.book.observations[owner].amount.decimals)}%",
    )


def _sum(system: System, terms: list[tuple[int, int]]) -> Fraction:
    return Fraction(sum(c * (system.variables[v].value or 0) for c, v in terms))
