"""Rows too many: a class that a table lists and that neither its total nor any other table knows of."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from mingzhang.cube.disclosure import Disclosure
from mingzhang.cube.hierarchy import CODED_DIMENSIONS, ancestors
from mingzhang.cube.point import EVERYTHING, Point
from mingzhang.reconciliation.changes import Interval
from mingzhang.reconciliation.derivation import Book, Tie
from mingzhang.reconciliation.hypothesis import Hypothesis, Structural

_NOUGHT: Interval = (0, 0)


def surplus_rows(
    book: Book, ties: tuple[Tie, ...], table: str, broken: Sequence[int], intervals: Sequence[Interval | None]
) -> Iterator[Hypothesis]:
    """The classes with which the parts of a sum exceed a total that another table prints as well.

    Where nothing else prints the total, it may as well be the total that leaves the class out.
    """
    proposed: dict[tuple[str, str], None] = {}
    for number in broken:
        tie = ties[number]
        whole = tie.terms[0][1]
        if tie.kind != "sum" or tie.table != table or tie.dimension not in CODED_DIMENSIONS or book.is_latent(whole):
            continue
        if not _is_confirmed(book, whole, intervals):
            continue
        for _, part in tie.terms[1:]:
            code = None if book.is_latent(part) else book.observations[part].point.get(tie.dimension)
            if code is not None and book.observations[part].amount.value:
                proposed.setdefault((tie.dimension, code))
    for dimension, code in proposed:
        branch = [v for v in book.by_table[table] if _is_under(book.observations[v].point, dimension, code)]
        amounts = tuple(v for v in branch if book.observations[v].amount.value)
        if amounts and not _is_known_elsewhere(book, table, dimension, code):
            point = EVERYTHING.at(**{dimension: code})
            first = min(book.observations[v].source.row or 0 for v in amounts)
            slip = Structural("surplus_rows", table, first=first, point=point, amounts=amounts)
            yield Hypothesis(slip, dict.fromkeys(amounts, _NOUGHT))


def _is_confirmed(book: Book, whole: int, intervals: Sequence[Interval | None]) -> bool:
    """Whether another table, or the text, prints a total as this one does."""
    own, table = intervals[whole], book.observations[whole].source.table
    if own is None:
        return False
    same = book.by_point[book.observations[whole].point]
    others = [intervals[v] for v in same if book.observations[v].source.table != table]
    return any(there is not None and there[0] <= own[1] and own[0] <= there[1] for there in others)


def _is_under(point: Point, dimension: str, code: str) -> bool:
    own = point.get(dimension)
    return own is not None and (own == code or code in ancestors(dimension, own))


def _is_known_elsewhere(book: Book, table: str, dimension: str, code: str) -> bool:
    """Whether another table, or the text, has an amount under the class."""
    return any(
        _is_under(observation.point, dimension, code) and observation.amount.value
        for observation in book.observations
        if observation.source.table != table
    )


def without_rows(disclosure: Disclosure, slip: Structural) -> Disclosure:
    """The disclosure with the rows of a class that one table has too many left blank (claims count on their places)."""
    dimension, code = next((n, v) for n, v in slip.point.named().items() if n in CODED_DIMENSIONS)
    emptied = tuple(
        replace(o, amount=replace(o.amount, printed="", value=Decimal(0)))
        if o.source.table == slip.table and o.amount.unit.is_money and _is_under(o.point, dimension, code)
        else o
        for o in disclosure.observations
    )
    return replace(disclosure, observations=emptied)
