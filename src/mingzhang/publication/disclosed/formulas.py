"""Formulas for the totals of a table: a class is the sum of its listed parts, where that gives just what is printed."""

from __future__ import annotations

from collections import defaultdict

from mingzhang.cube.composed import ComposedTable
from mingzhang.cube.hierarchy import CODED_DIMENSIONS, listed_parts
from mingzhang.cube.point import Point

_MOST_TERMS = 200  # of one formula; Excel takes 255 arguments


def formulas_of(table: ComposedTable, top: int) -> dict[tuple[int, int], str]:
    """The formulas by row and column of the table (from 0); ``top`` is the sheet's row where the table begins.

    Every formula looks up and down its own column. A total that rounding parts from its parts keeps its number.
    """
    places = {
        (row, column): cell.figure
        for row, column, cell in table.placed()
        if cell.figure is not None and cell.rows == cell.columns == 1
    }
    columns: defaultdict[int, dict[Point, int]] = defaultdict(dict)
    for (row, column), figure in places.items():
        columns[column].setdefault(figure.point, row)
    made: dict[tuple[int, int], str] = {}
    for column, rows in columns.items():
        for dimension in sorted(CODED_DIMENSIONS):
            for whole, parts in _sums(rows, dimension):
                values = [places[row, column].amount.value for row in parts]
                if len(parts) <= _MOST_TERMS and sum(values) == places[whole, column].amount.value and any(values):
                    made.setdefault((whole, column), "=" + _sum(parts, column, top))
    return made


def _sums(rows: dict[Point, int], dimension: str) -> list[tuple[int, list[int]]]:
    groups: defaultdict[Point, dict[str | None, int]] = defaultdict(dict)
    for point, row in rows.items():
        groups[point.at(**{dimension: None})][point.get(dimension)] = row
    found: list[tuple[int, list[int]]] = []
    for members in groups.values():
        below = listed_parts(dimension, [code for code in members if code is not None])
        for code, row in members.items():
            parts = [members[part] for part in below.get(code, [])]
            if parts:
                found.append((row, parts))
    return found


def _sum(rows: list[int], column: int, top: int) -> str:
    return "SUM(" + ",".join(f"{_letters(column)}{top + row + 1}" for row in rows) + ")"


def _letters(column: int) -> str:
    """A … Z, AA …: the column counted from 0, as a sheet names it."""
    head, last = divmod(column, 26)
    return (_letters(head - 1) if head else "") + chr(ord("A") + last)
