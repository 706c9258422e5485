"""The arithmetic of a rule's finding, written out as that of the derived relations is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from mingzhang.cube import Source
from mingzhang.cube.finding import Term, Working


def figure(label: str, printed: str, source: Source | None) -> Term:
    """One operand without a sign."""
    return Term("", label, printed, source)


def sum_working(sentence: str, whole: Term, parts: Sequence[tuple[Term, Decimal]], value: Decimal) -> Working:
    """``whole``, whose value is ``value``, against the sum of its parts; parts of nought are counted, not shown."""
    shown = [term for term, amount in parts if amount] or [term for term, _ in parts][:1]
    total = sum((amount for _, amount in parts), Decimal(0))
    return Working(
        sentence,
        (whole,),
        tuple(replace(term, sign="＋" if index else "") for index, term in enumerate(shown)),
        total=f"{total:,f}" if len(shown) > 1 else None,
        difference=f"{abs(value - total):,f}",
        zeros=len(parts) - len(shown),
    )


def same_working(sentence: str, left: Term, right: Term, difference: Decimal | None = None) -> Working:
    """Two figures that should be one."""
    return Working(sentence, (left,), (right,), difference=None if difference is None else f"{abs(difference):,f}")
