"""Sums that are left at nought: a row 公务用车费 0 over parts that are not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mingzhang.reconciliation.changes import Interval, is_broken, span
from mingzhang.reconciliation.derivation import Book, Tie
from mingzhang.reconciliation.solver import Relation


def sums_left_out(
    book: Book,
    ties: tuple[Tie, ...],
    relations: Sequence[Relation],
    broken: list[int],
    intervals: list[Interval | None],
) -> bool:
    """Whether all is mended where a row of nought over parts that are not (公务用车费 0) is given their sum: so much a
    slip of that row alone explains.
    """
    changed: dict[int, Interval | None] = {}
    for number in broken:
        whole, parts = ties[number].terms[0][1], ties[number].terms[1:]
        if ties[number].kind == "sum" and not book.is_latent(whole) and book.is_zero(whole):
            changed[whole] = span(replace(ties[number], terms=tuple((-c, v) for c, v in parts)), intervals)
    rows = {book.observations[variable].source.row for variable in changed}
    return len(rows) == 1 and not any(is_broken(relations[number], intervals, changed) for number in broken)
