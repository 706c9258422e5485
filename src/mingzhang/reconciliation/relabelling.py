"""A row under the name of another class: its amounts are right, and stand in every other table under the right name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from mingzhang.cube.amount import Amount
from mingzhang.cube.disclosure import Disclosure, Observation, Table
from mingzhang.cube.hierarchy import CODED_DIMENSIONS
from mingzhang.cube.point import EVERYTHING, Point
from mingzhang.reconciliation.derivation import Book
from mingzhang.reconciliation.hypothesis import Structural

Amounts = dict[tuple[str, Point], list[int]]
"""(code, the rest of the point) → the observations with a non-zero amount there."""


def mislabelled_rows(book: Book) -> Iterator[Structural]:
    """Rows of a class that no other table knows, whose amounts all others print under one class that this table lacks.

    Only where one class fits, and nothing else of the row speaks against it; the caller sees whether it mends anything.
    """
    if len(book.by_table) < 2:
        return
    for dimension in sorted(CODED_DIMENSIONS):
        shown: dict[str, Amounts] = {}
        for table, variables in book.by_table.items():
            for variable in variables:
                observation = book.observations[variable]
                code = observation.point.get(dimension)
                if code is not None and observation.amount.value and observation.amount.unit.is_money:
                    rest = observation.point.without(dimension)
                    shown.setdefault(table, {}).setdefault((code, rest), []).append(variable)
        for table in sorted(shown):
            yield from _in_table(book, dimension, table, shown)


def _in_table(book: Book, dimension: str, table: str, shown: dict[str, Amounts]) -> Iterator[Structural]:
    own = shown[table]
    others: Amounts = {}
    for other, amounts in shown.items():
        if other != table:
            for key, variables in amounts.items():
                others.setdefault(key, []).extend(variables)
    known_elsewhere = {code for code, _ in others}
    here = {code for code, _ in own}
    lacking = sorted(known_elsewhere - here)
    if not lacking:
        return
    divided = {code[:length] for code in here for length in range(1, len(code))}
    rows: dict[str, Amounts] = {}
    for (code, rest), variables in own.items():
        rows.setdefault(code, {})[code, rest] = variables
    fitting: list[tuple[str, str, tuple[int, ...]]] = []
    for wrong in sorted(here - known_elsewhere - divided):
        for right in lacking:
            if len(right) == len(wrong):
                seen = _same_amounts(book, rows[wrong], others, right)
                if seen:
                    fitting.append((wrong, right, seen))
    for wrong, right, seen in fitting:
        if sum(wrong == pair[0] or right == pair[1] for pair in fitting) == 1:
            row = next(book.observations[variables[0]].source.row for variables in rows[wrong].values())
            point = EVERYTHING.at(**{dimension: wrong})
            yield Structural("label", table, first=row or 0, point=point, code=right, amounts=seen)


def _same_amounts(book: Book, row: Amounts, others: Amounts, right: str) -> tuple[int, ...]:
    """The other tables' observations of ``right`` that a row repeats; none if one of them differs."""
    seen: list[int] = []
    for (_, rest), variables in row.items():
        amount = book.observations[variables[0]].amount
        there = others.get((right, rest), [])
        if any(not _may_be_equal(amount, book.observations[v].amount) for v in there):
            return ()
        seen += there
    return tuple(seen)


def _may_be_equal(one: Amount, other: Amount) -> bool:
    """Whether one is the other, printed to its own last place."""
    return 2 * abs(one.fen - other.fen) <= max(one.quantum, other.quantum)


def relabelled(disclosure: Disclosure, slip: Structural) -> Disclosure:
    """The disclosure with the row under its right class."""
    dimension, wrong = next((n, v) for n, v in slip.point.named().items() if n in CODED_DIMENSIONS)

    def right(point: Point) -> Point:
        return point.at(**{dimension: slip.code}) if point.get(dimension) == wrong else point

    def table_with(table: Table) -> Table:
        rows = tuple(replace(row, point=right(row.point)) for row in table.rows)
        return replace(table, rows=rows, holes=tuple(right(hole) for hole in table.holes))

    name = next((o.label for o in disclosure.observations if o.label and o.point.get(dimension) == slip.code), "")

    def told(observation: Observation) -> Observation:
        point = right(observation.point)
        if observation.source.table != slip.table or point == observation.point:
            return observation
        return replace(observation, point=point, label=name)

    observations = tuple(told(observation) for observation in disclosure.observations)
    tables = tuple(table_with(table) if table.id == slip.table else table for table in disclosure.tables)
    return replace(disclosure, observations=observations, tables=tables)
