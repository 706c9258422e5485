"""Controlled rounding: every printed amount is the exact one rounded up or down, chosen so that every sum holds exactly.

The relations are those that a reader would check (``reconciliation`` derives them from the points). Among all choices
that satisfy them, the one that differs from conventional rounding at the fewest places is taken. Where no such choice
exists, some figures go one unit further than rounding would; those are listed.

An amount that is printed to several units (表 in 元, 文字 in 万元) is one amount: it is chosen where it is printed
finest, and every coarser print is that one rounded conventionally. A relation of coarser prints follows the finer ones.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

from mingzhang.composition.amounts import Amounts
from mingzhang.composition.as_read import as_read
from mingzhang.composition.choosing import Neighbours, Sum, choose
from mingzhang.cube.composed import Composition
from mingzhang.cube.point import Point
from mingzhang.reconciliation.derivation import Book, derive

_OF_THE_TABLE = frozenset({"year", "stage", "flow", "measure"})

Key = tuple[Point, Decimal]
"""A point and the quantum (in 分) that it is printed to."""


@dataclass(frozen=True, slots=True)
class Rounding:
    """The chosen print of each figure, in steps of its quantum.

    ``departures`` are printed otherwise than conventionally; ``further`` are off by a whole step or more, because no
    rounding satisfies every relation (``proved``: that is shown by exhaustion, else none was found); ``open`` counts
    relations that could not be made exact all the same.
    """

    steps: Mapping[Key, int]
    departures: tuple[Key, ...]
    further: tuple[Key, ...]
    relations: int
    open: int
    proved: bool


@dataclass(frozen=True, slots=True)
class _Amount:
    """An amount to print: its exact value, the quantum that it is printed finest to (both in 分), and in how many cells.

    One that is printed nowhere, in no cell, takes the finest quantum of what it is summed with.
    """

    point: Point
    fen: int
    quantum: Decimal
    cells: int


@dataclass(frozen=True, slots=True)
class _Relation:
    """A sum of amounts (by number) that is nought; or only not below it (``lower``), or not above it (``upper``).

    ``quantum`` is the coarsest of its amounts'. As printed it may be off by ``room``: by nothing, or where its amounts
    are printed to several units, by half a step of the coarsest.
    """

    terms: tuple[tuple[int, int], ...]
    quantum: Decimal
    room: Decimal
    lower: bool
    upper: bool


def control(composition: Composition, amounts: Amounts) -> Rounding:
    """Choose the print of every figure of a composition (its narrative included) that was rounded conventionally."""
    cells = Counter((f.point, f.amount.quantum) for f in composition.everywhere() if f.amount.unit.is_money)
    known, relations = _related(composition, amounts, cells)
    steps = [_usual(amount.fen / amount.quantum) for amount in known]
    proved = True
    for quantum in sorted({relation.quantum for relation in relations}):
        proved &= _choose([relation for relation in relations if relation.quantum == quantum], known, steps)
    # What stands in no relation is left alone; a change in the text follows from the two amounts that it is of.
    number_of = {known[number].point: number for relation in relations for _, number in relation.terms}
    chosen: dict[Key, int] = {}
    usual: dict[Key, int] = {}
    for point, quantum in (key for key in cells if key[0] in number_of):
        number = number_of[point]
        amount = known[number]
        fine = steps[number] * amount.quantum
        chosen[point, quantum] = steps[number] if quantum == amount.quantum else _usual(fine / quantum)
        usual[point, quantum] = _usual(amount.fen / quantum)
    return Rounding(
        chosen,
        tuple(key for key, step in chosen.items() if step != usual[key]),
        tuple(key for key, step in chosen.items() if abs(step * key[1] - known[number_of[key[0]]].fen) >= key[1]),
        len(relations),
        sum(not _holds(relation, known, steps) for relation in relations),
        proved,
    )


def _related(
    composition: Composition, amounts: Amounts, cells: Mapping[Key, int]
) -> tuple[list[_Amount], list[_Relation]]:
    """The amounts, and what a reader would check of them and the exact amounts satisfy."""
    book = Book.of(as_read(composition, exactly=True))
    ties = [tie for tie in derive(book).ties if tie.owner is None and not {tie.lower, tie.upper} - {0, None}]
    exact = {figure.point: figure.fen for figure in composition.everywhere()}
    finest: dict[Point, Decimal] = {}
    for point, quantum in cells:
        finest[point] = min(quantum, finest.get(point, quantum))
    points = [*book.printed_at, *book.latent]
    for tie in ties:
        printed = [finest[points[v]] for _, v in tie.terms if not book.is_latent(v)]
        for _, variable in tie.terms if printed else ():
            if book.is_latent(variable):
                point = points[variable]
                finest[point] = min(max(printed), finest.get(point, max(printed)))
    known = [_Amount(p, exact[p] if p in exact else amounts.at(p), q, cells.get((p, q), 0)) for p, q in finest.items()]
    numbers = {amount.point: number for number, amount in enumerate(known)}
    number_of = [numbers.get(point) for point in points]
    relations: list[_Relation] = []
    for tie in ties:
        factors: dict[int, int] = {}
        for factor, variable in tie.terms:
            number = number_of[variable]
            if number is None:
                break  # printed nowhere, nor summed with anything that is
            factors[number] = factors.get(number, 0) + factor
        else:
            terms = tuple((factor, number) for number, factor in factors.items() if factor)
            total = sum(factor * known[number].fen for factor, number in terms)
            if terms and (tie.lower is None or total >= 0) and (tie.upper is None or total <= 0):
                quanta = {known[number].quantum for _, number in terms}
                room = max(quanta) / 2 if len(quanta) > 1 else Decimal(0)
                relations.append(_Relation(terms, max(quanta), room, tie.lower is not None, tie.upper is not None))
    said = frozenset(run.point for p in composition.narrative for run in p.runs if not isinstance(run, str))
    relations += _same_money(known, numbers, said)
    return known, relations


def _same_money(known: Sequence[_Amount], numbers: Mapping[Point, int], said: frozenset[Point]) -> Iterator[_Relation]:
    """A part that is all of what a sentence says: one that leaves the fund open speaks of the only one."""
    for number, amount in enumerate(known):
        for dimension in amount.point.named() if amount.fen else ():
            point = amount.point.without(dimension)
            if dimension in _OF_THE_TABLE or point not in said or point not in numbers:
                continue
            whole = numbers[point]
            if (known[whole].fen, known[whole].quantum) == (amount.fen, amount.quantum):
                yield _Relation(((1, whole), (-1, number)), amount.quantum, Decimal(0), True, True)


def _choose(relations: Sequence[_Relation], known: Sequence[_Amount], steps: list[int]) -> bool:
    """Set the ``steps`` of the amounts of the relations' own quantum; those of finer ones stand.

    Whether it is shown that those which go further had to.
    """
    quantum = relations[0].quantum
    own = [n for n in dict.fromkeys(n for r in relations for _, n in r.terms) if known[n].quantum == quantum]
    place = {number: i for i, number in enumerate(own)}
    sums: list[Sum] = []
    for relation in relations:
        terms = tuple((factor, place[n]) for factor, n in relation.terms if n in place)
        given = sum(factor * steps[n] * known[n].quantum for factor, n in relation.terms if n not in place)
        least = ((-relation.room - given) / quantum).to_integral_value(ROUND_CEILING) if relation.lower else None
        most = ((relation.room - given) / quantum).to_integral_value(ROUND_FLOOR) if relation.upper else None
        sums.append(Sum(terms, None if least is None else int(least), None if most is None else int(most)))
    choice = choose([_neighbours(known[n].fen / quantum, known[n].cells) for n in own], sums)
    for number, value in zip(own, choice.values, strict=True):
        steps[number] = value
    return choice.proved


def _holds(relation: _Relation, known: Sequence[_Amount], steps: Sequence[int]) -> bool:
    """Whether a relation is exact as printed, but for the room between units."""
    total = sum((factor * steps[n] * known[n].quantum for factor, n in relation.terms), Decimal(0))
    return not (relation.lower and total < -relation.room) and not (relation.upper and total > relation.room)


def _usual(steps: Decimal) -> int:
    """Conventional rounding: half away from nought."""
    return int(steps.to_integral_value(ROUND_HALF_UP))


def _neighbours(steps: Decimal, cells: int) -> Neighbours:
    floor = int(steps.to_integral_value(ROUND_FLOOR))
    return Neighbours(floor, float(steps - floor), _usual(steps), cells)
