"""Whole numbers next to given ones that satisfy sums: the integer programme of controlled rounding, in steps of a print.

Knows nothing of amounts. The numbers are parted into components; those whose sums hold as rounded conventionally are left
alone. Sums of sums are mostly a network, so that the linear programme comes out whole almost everywhere: only what does
not, and what shares a sum with it, is searched for whole numbers. Every answer is verified in whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from mingzhang.composition.programme import Row, cheapest, impossible

_NEAR = 0.1  # how much the distance to the exact amount counts beside the departure itself
_FURTHER = 1_000.0  # a number beyond its two neighbours weighs more than any number of departures


@dataclass(frozen=True, slots=True)
class Neighbours:
    """A number to choose: ``floor`` or one more (unless ``part``, what it is above its floor, is nought).

    ``usual`` is what conventional rounding takes; ``weight`` the number of places it is printed at.
    """

    floor: int
    part: float
    usual: int
    weight: int = 1

    @property
    def ceiling(self) -> int:
        return self.floor + (self.part > 0)


@dataclass(frozen=True, slots=True)
class Sum:
    """``lower <= sum(coefficient * number) <= upper``; ``None`` is unbounded. ``terms`` pairs coefficients with numbers."""

    terms: tuple[tuple[int, int], ...]
    lower: int | None = 0
    upper: int | None = 0

    def holds(self, values: Sequence[int]) -> bool:
        total = sum(coefficient * values[number] for coefficient, number in self.terms)
        return (self.lower is None or total >= self.lower) and (self.upper is None or total <= self.upper)


@dataclass(frozen=True, slots=True)
class Choice:
    """The chosen ``values``; ``proved``: where numbers went further, it is shown that no choice of neighbours satisfies."""

    values: tuple[int, ...]
    proved: bool = True


def choose(numbers: Sequence[Neighbours], sums: Sequence[Sum]) -> Choice:
    """The choice that departs from convention in the fewest places, and there the least.

    Where no choice between neighbours satisfies a component's sums, numbers go one further than their neighbours, the
    fewest possible; where even that does not, the component stays as rounded conventionally.
    """
    values = [number.usual for number in numbers]
    proved = True
    for own, touching in _components(len(numbers), sums):
        if all(one.holds(values) for one in touching):
            continue
        place = {number: i for i, number in enumerate(own)}
        within = [Sum(tuple((c, place[n]) for c, n in s.terms), s.lower, s.upper) for s in touching]
        chosen = [numbers[number] for number in own]
        solved = _solve(chosen, within)
        if solved is None:
            proved &= impossible([number.ceiling - number.floor for number in chosen], _rows(chosen, within))
            solved = _solve(chosen, within, further=True)
        if solved is not None:
            for number, value in zip(own, solved, strict=True):
                values[number] = value
    return Choice(tuple(values), proved)


def _components(count: int, sums: Sequence[Sum]) -> Iterator[tuple[list[int], list[Sum]]]:
    """The connected parts: their numbers and their sums, in order."""
    parent = list(range(count))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for one in sums:
        first = root(one.terms[0][1])
        for _, other in one.terms[1:]:
            parent[root(other)] = first
    found: dict[int, tuple[list[int], list[Sum]]] = {}
    for i in range(count):
        found.setdefault(root(i), ([], []))[0].append(i)
    for one in sums:
        found[root(one.terms[0][1])][1].append(one)
    return (part for part in found.values() if part[1])


def _solve(numbers: Sequence[Neighbours], sums: Sequence[Sum], *, further: bool = False) -> list[int] | None:
    """The cheapest choice, verified; ``further`` lets every number go one beyond its neighbours, at a price."""
    costs = [_cost_of_ceiling(number) for number in numbers]
    widths = [number.ceiling - number.floor for number in numbers]
    rows = _rows(numbers, sums)
    count = len(numbers)
    if further:
        # Behind the steps from floor to ceiling: one further up, and one further down.
        costs += [_FURTHER] * (2 * count)
        widths += [1] * (2 * count)
        rows = [
            replace(
                row,
                terms=(
                    *row.terms,
                    *((count + n, f) for n, f in row.terms),
                    *((2 * count + n, -f) for n, f in row.terms),
                ),
            )
            for row in rows
        ]
    answer = cheapest(costs, widths, rows)
    if answer is None:
        return None
    steps = [number.floor + answer[place] for place, number in enumerate(numbers)]
    if further:
        steps = [step + answer[count + place] - answer[2 * count + place] for place, step in enumerate(steps)]
    return steps if all(one.holds(steps) for one in sums) else None


def _rows(numbers: Sequence[Neighbours], sums: Sequence[Sum]) -> list[Row]:
    """The sums over what each number is above its floor."""
    rows: list[Row] = []
    for one in sums:
        base = sum(factor * numbers[number].floor for factor, number in one.terms)
        lower = None if one.lower is None else one.lower - base
        upper = None if one.upper is None else one.upper - base
        rows.append(Row(tuple((number, factor) for factor, number in one.terms), lower, upper))
    return rows


def _cost_of_ceiling(number: Neighbours) -> float:
    """What the ceiling costs more than the floor: a departure at each place, and how much further it is off."""
    departure = number.weight * (1 + _NEAR * abs(1 - 2 * number.part))
    return 0.0 if not number.part else departure if number.usual == number.floor else -departure
