"""What a hypothesis would make of the printed values, worked out only for the numbers that are asked after.

Most hypotheses are refuted by the first few relations that they touch; a table can have thousands of cells.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from mingzhang.reconciliation.derivation import Book, Tie
from mingzhang.reconciliation.solver import Relation

Interval = tuple[int, int]
Intervals = Sequence[Interval | None]
Place = tuple[int, int]  # row and column, as printed


@dataclass(frozen=True, slots=True)
class Cells:
    """The cells of one table: the variable at each place, and the place of each variable."""

    at: dict[Place, int]
    places: dict[int, Place]
    rows: tuple[int, ...]
    columns: tuple[int, ...]

    @staticmethod
    def of(book: Book, table: str) -> Cells:
        """The cells of a table of the book."""
        at: dict[Place, int] = {}
        for variable in book.by_table[table]:
            source = book.observations[variable].source
            at[source.row or 0, source.column or 0] = variable
        return Cells._of(at)

    @staticmethod
    def _of(at: dict[Place, int]) -> Cells:
        places = {variable: place for place, variable in at.items()}
        rows, columns = sorted({row for row, _ in at}), sorted({column for _, column in at})
        return Cells(at, places, tuple(rows), tuple(columns))

    def within(self, columns: Sequence[int]) -> Cells:
        """The cells of some columns."""
        return Cells._of({place: variable for place, variable in self.at.items() if place[1] in columns})


@dataclass(frozen=True, slots=True)
class Exchanged(Mapping[int, Interval | None]):
    """Two columns (``axis`` 1) or two rows (0) with their numbers exchanged, where both have one."""

    cells: Cells
    intervals: Intervals
    axis: int
    first: int
    second: int

    def _other(self, variable: int) -> int | None:
        place = self.cells.places.get(variable)
        if place is None or place[self.axis] not in (self.first, self.second):
            return None
        moved = self.second if place[self.axis] == self.first else self.first
        return self.cells.at.get((place[0], moved) if self.axis else (moved, place[1]))

    def __getitem__(self, variable: int) -> Interval | None:
        other = self._other(variable)
        if other is None:
            raise KeyError(variable)
        return self.intervals[other]

    def __contains__(self, variable: object) -> bool:
        return isinstance(variable, int) and self._other(variable) is not None

    def __iter__(self) -> Iterator[int]:
        at = self.cells.at
        for along in self.cells.rows if self.axis else self.cells.columns:
            places = [(along, at_) if self.axis else (at_, along) for at_ in (self.first, self.second)]
            if all(place in at for place in places):
                yield from (at[place] for place in places)

    def __len__(self) -> int:
        return sum(1 for _ in self)


@dataclass(frozen=True, slots=True)
class Scaled(Mapping[int, Interval | None]):
    """The table's values brought to the unit that it should have named; a quotient is widened to whole grid units.

    ``factor`` is how many times too large they are (or, negative, too small).
    """

    book: Book
    cells: Cells
    intervals: Intervals
    factor: int
    steps: int

    def __getitem__(self, variable: int) -> Interval | None:
        interval = self.intervals[variable] if variable in self.cells.places else None
        if interval is None:
            raise KeyError(variable)
        low, high = interval
        if self.factor > 0:
            return low // self.factor, -(-high // self.factor)
        # In a larger unit the last place is coarser: the interval grows from half a quantum, not from what 分 left of it.
        amount = self.book.observations[variable].amount
        half = 0 if amount.is_blank else max(int(amount.quantum * self.steps / 2) * -self.factor - self.steps, 0)
        middle = (low + high) // 2 * -self.factor
        return middle - half, middle + half

    def __contains__(self, variable: object) -> bool:
        return variable in self.cells.places and self.intervals[variable] is not None

    def __iter__(self) -> Iterator[int]:
        return (variable for variable in self.cells.places if self.intervals[variable] is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def is_broken(relation: Relation, intervals: Intervals, changed: Mapping[int, Interval | None]) -> bool:
    """Whether no values inside the intervals satisfy the relation; an unknown value satisfies it."""
    low = high = 0
    for coefficient, variable in relation.terms:
        interval = changed[variable] if variable in changed else intervals[variable]
        if interval is None:
            return False
        low += coefficient * interval[0 if coefficient > 0 else 1]
        high += coefficient * interval[1 if coefficient > 0 else 0]
    return (relation.upper is not None and low > relation.upper) or (
        relation.lower is not None and high < relation.lower
    )


def span(tie: Tie, intervals: Intervals) -> Interval | None:
    """The least and the greatest value of a relation's terms together."""
    low = high = 0
    for coefficient, variable in tie.terms:
        interval = intervals[variable]
        if interval is None:
            return None
        low += coefficient * interval[0 if coefficient > 0 else 1]
        high += coefficient * interval[1 if coefficient > 0 else 0]
    return low, high
