"""The book: observations of money by point and by table, what exhaustive tables list, and latent points."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from operator import attrgetter

from mingzhang.cube.claim import Claim, Operand
from mingzhang.cube.disclosure import Disclosure, Observation, Table
from mingzhang.cube.hierarchy import CODED_DIMENSIONS
from mingzhang.cube.point import Point

TEXT = "text"
_CODED = tuple(sorted(CODED_DIMENSIONS))
_KEPT_BACK = ("carried_out", "distributed")
_RATES = ("change_rate", "share", "completion_rate")


@dataclass(frozen=True, slots=True)
class Listing:
    """The codes that one column of one table lists along one dimension; ``total`` is its 合计, if printed."""

    table: str
    dimension: str
    codes: frozenset[str]
    total: int | None

    @property
    def levels(self) -> frozenset[int]:
        return frozenset(len(code) for code in self.codes)


@dataclass(slots=True)
class Book:
    """Variables are the money observations of a disclosure, by index, followed by the latent points."""

    observations: tuple[Observation, ...]
    by_point: dict[Point, list[int]] = field(default_factory=dict)
    by_table: dict[str, list[int]] = field(default_factory=dict)
    customary: set[int] = field(default_factory=set)
    listings: dict[tuple[str, Point], list[Listing]] = field(default_factory=dict)
    latent: dict[Point, int] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    printed_at: tuple[Point, ...] = ()  # the observations' points as the disclosure has them

    @staticmethod
    def of(disclosure: Disclosure) -> Book:
        """The book of a disclosure; only observations of money and of changes and rates of money take part."""
        printed = tuple(o for o in disclosure.observations if _takes_part(o))
        kept = _spent(printed)
        book = Book(kept, tables={table.id: table for table in disclosure.tables})
        book.printed_at = tuple(o.point for o in printed)
        book.claims = _renumbered(disclosure)
        for index, observation in enumerate(kept):
            book.by_point.setdefault(observation.point, []).append(index)
            if observation.by_custom:
                book.customary.add(index)
            elif observation.point.measure == "amount":
                book.by_table.setdefault(observation.source.table or TEXT, []).append(index)
        book._list_codes()
        return book

    def _list_codes(self) -> None:
        found: dict[tuple[str, str, Point], set[str]] = {}
        totals: dict[tuple[str, Point], int] = {}
        for table, indices in self.by_table.items():
            if table == TEXT:
                continue
            points = [self.observations[index].point for index in indices]
            coded = [d for d in _CODED if any(map(attrgetter(d), points))]
            for index, point in zip(indices, points, strict=True):
                uncoded = not (point.function or point.object or point.gov_object)
                for dimension in coded or _CODED:
                    code = point.get(dimension)
                    if code is not None:
                        found.setdefault((table, dimension, point.without(dimension)), set()).add(code)
                    elif uncoded:
                        totals.setdefault((table, point), index)
                        found.setdefault((table, dimension, point), set())
        for known in self.tables.values():
            for hole in known.holes:
                for dimension in _CODED:
                    code = hole.get(dimension)
                    if code is not None:
                        found.setdefault((known.id, dimension, hole.without(dimension)), set()).add(code)
        for (table, dimension, rest), codes in found.items():
            listing = Listing(table, dimension, frozenset(codes), totals.get((table, rest)))
            self.listings.setdefault((dimension, rest), []).append(listing)

    def size(self) -> int:
        """The number of variables, latent ones included."""
        return len(self.observations) + len(self.latent)

    def is_latent(self, variable: int) -> bool:
        return variable >= len(self.observations)

    def find(self, point: Point, table: str | None = None) -> int | None:
        """The observation of a point: in ``table`` if it has one, else in any table, else in the text.

        What only custom puts there is held to the point, and stands for it nowhere.
        """
        indices = self.by_point.get(point)
        if indices and self.customary:
            indices = [index for index in indices if index not in self.customary]
        if not indices:
            return None
        if table is not None:
            for index in indices:
                if (self.observations[index].source.table or TEXT) == table:
                    return index
        for index in indices:
            if self.observations[index].origin == "table":
                return index
        return indices[0]

    def find_or_latent(self, point: Point, table: str | None = None) -> int:
        """The observation of a point, or its latent variable (made if there is none yet)."""
        found = self.find(point, table)
        if found is None:
            found = self.latent.setdefault(point, len(self.observations) + len(self.latent))
        return found

    def known(self, point: Point) -> int | None:
        """The variable of a point if it is observed or latent already."""
        found = self.find(point)
        return found if found is not None else self.latent.get(point)

    def listing_without(self, point: Point) -> Listing | None:
        """An exhaustive table that covers the point's code and does not list it: the point is zero there."""
        for dimension in _CODED:
            code = point.get(dimension)
            if code is None:
                continue
            for listing in self.listings.get((dimension, point.without(dimension)), ()):
                if code in listing.codes or self._partly_read(listing):
                    continue
                if listing.codes:
                    if len(code) in listing.levels:
                        return listing
                elif listing.total is not None and self.observations[listing.total].amount.value == 0:
                    return listing
        return None

    def _partly_read(self, listing: Listing) -> bool:
        """Whether amounts of the listing's table stand at no point: it may list more than was read."""
        table = self.tables.get(listing.table)
        return table is not None and (table.unread_rows or table.unread_columns)

    def is_of_which(self, variable: int) -> bool:
        """Whether an observation stands under 其中."""
        return not self.is_latent(variable) and self.observations[variable].of_which

    def is_zero(self, variable: int) -> bool:
        """Whether an observation prints zero or nothing."""
        return not self.is_latent(variable) and self.observations[variable].amount.value == 0

    def any_printed(self, variables: Iterable[int]) -> bool:
        """Whether some of the variables is an observation that prints a non-zero number, or is latent."""
        return any(self.is_latent(variable) or not self.is_zero(variable) for variable in variables)

    def may_hold(self, terms: Iterable[tuple[int, int]]) -> bool:
        """Whether the printed amounts of the terms may come to nought: each is off by less than half of its last place."""
        amounts = [(coefficient, self.observations[variable].amount) for coefficient, variable in terms]
        slack = sum((abs(coefficient) * amount.quantum / 2 for coefficient, amount in amounts), Decimal())
        return abs(sum((coefficient * amount.fen for coefficient, amount in amounts), Decimal())) <= slack


def _renumbered(disclosure: Disclosure) -> tuple[Claim, ...]:
    """The claims of a disclosure, their observations by the numbers that they have in the book."""
    if not disclosure.claims:
        return ()
    numbers: dict[int, int] = {}
    for index, observation in enumerate(disclosure.observations):
        if _takes_part(observation):
            numbers[index] = len(numbers)

    def renumbered(operand: Operand) -> Operand:
        return numbers[operand] if isinstance(operand, int) else operand

    return tuple(
        replace(claim, figure=numbers[claim.figure], left=renumbered(claim.left), right=renumbered(claim.right))
        for claim in disclosure.claims
    )


def _spent(observations: tuple[Observation, ...]) -> tuple[Observation, ...]:
    """支出总计 under 基本支出 is what is spent: what is carried over is of no nature, where none is printed with one."""
    if any(o.point.flow in _KEPT_BACK and o.point.nature is not None and o.amount.value for o in observations):
        return observations
    return tuple(
        replace(o, point=o.point.at(flow="expenditure"))
        if o.point.flow == "uses" and o.point.nature is not None and o.point.measure == "amount"
        else o
        for o in observations
    )


def _takes_part(observation: Observation) -> bool:
    measure = observation.point.measure
    if measure in ("amount", "change"):
        return observation.amount.unit.is_money
    return measure in _RATES and observation.amount.unit.name == "%"
