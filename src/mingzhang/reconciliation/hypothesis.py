"""A slip of a whole row, column or table, and what it would change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from mingzhang.cube.point import EVERYTHING, Point
from mingzhang.reconciliation.changes import Interval

SlipOf = Literal["columns", "rows", "unit", "missing_row", "surplus_rows", "label"]


@dataclass(frozen=True, slots=True)
class Structural:
    """A slip of a whole row, column or table, and the relations that it breaks (positions in the ties).

    ``first`` and ``second`` are the rows or columns exchanged (as printed, from 1); for a missing row ``point`` names
    it and ``amounts`` are the observations elsewhere that show it; for surplus rows ``point`` names the class and
    ``amounts`` are its own and those of its parts; for a unit slip ``factor`` is how many times too
    large (or, negative, too small) the table's numbers are; for a row under a wrong class ``point`` names that and
    ``code`` the right one (``relabelling``). ``rivals`` are tables in which the same slip would explain as much,
    ``others`` exchanges of the other kind in other tables that would.
    ``side``: the columns of rows exchanged in one half of a table of income and expenditure (empty: all).
    """

    kind: SlipOf
    table: str
    first: int = 0
    second: int = 0
    factor: int = 0
    point: Point = EVERYTHING
    amounts: tuple[int, ...] = ()
    broken: tuple[int, ...] = ()
    rivals: tuple[str, ...] = ()
    code: str = ""
    side: tuple[int, ...] = ()
    others: tuple[Structural, ...] = ()


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """A slip with what it would change: other intervals (``None``: unknown), and relations that it excuses."""

    slip: Structural
    changed: Mapping[int, Interval | None]
    excused: frozenset[int] = frozenset()
