"""Controlled rounding: every printed amount is the exact one rounded up or down, chosen so that every sum holds exactly.

The relations are those that a reader would check (``reconciliation`` derives them from the points). Among all choices
that satisfy them, the one that differs from conventional rounding in the fewest and nearest figures is taken. Where no
such choice exists, some figures go one unit further than rounding would; those are listed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mingzhang.composition.amounts import Amounts
from mingzhang.composition.as_read import as_read
from mingzhang.cube.composed import Composition
from mingzhang.cube.point import Point
from mingzhang.reconciliation.derivation import Book, derive
from mingzhang.reconciliation.solver.highs import quiet_model

_FURTHER = 1_000  # a figure beyond rounding weighs more than any number of departures from convention
_INFINITY = 1e30
_TIME_LIMIT = 8.0  # seconds

Key = tuple[Point, Decimal]
"""A point and the quantum (in 分) that it is printed to."""


@dataclass(frozen=True, slots=True)
class Rounding:
    """The chosen print of each figure, in steps of its quantum.

    ``departures`` are printed otherwise than conventionally; ``further`` are off by a whole step or more, because no
    rounding satisfies every relation; ``open`` counts relations that could not be made exact all the same.
    """

    steps: Mapping[Key, int]
    departures: tuple[Key, ...]
    further: tuple[Key, ...]
    relations: int
    open: int


@dataclass(frozen=True, slots=True)
class _Unknown:
    key: Key
    floor: int
    usual: int
    part: float  # what the exact amount is above the floor, in steps

    @property
    def fixed(self) -> bool:
        return self.part == 0


@dataclass(frozen=True, slots=True)
class _Relation:
    """A sum that is nought; or only not below it (``lower``), or not above it (``upper``)."""

    terms: Mapping[Key, int]
    lower: bool = True
    upper: bool = True

    def allows(self, total: int) -> bool:
        return not (self.lower and total < 0) and not (self.upper and total > 0)


def control(composition: Composition, amounts: Amounts) -> Rounding:
    """Choose the print of every figure of a composition (its narrative included) that was rounded conventionally."""
    book = Book.of(as_read(composition, exactly=True))
    ties = derive(book).ties
    prints = [observation.amount.quantum for observation in Book.of(as_read(composition)).observations]
    points = [observation.point for observation in book.observations]
    exact = _exact(composition)
    unknowns: dict[Key, _Unknown] = {}
    relations: list[_Relation] = []
    latent = {variable: point for point, variable in book.latent.items()}
    for tie in ties:
        observed = {prints[v] for _, v in tie.terms if v < len(points)}
        if tie.owner is not None or len(observed) != 1 or {tie.lower, tie.upper} - {0, None}:
            continue
        quantum = next(iter(observed))
        terms: dict[Key, int] = {}
        total = 0
        for coefficient, variable in tie.terms:
            point = latent[variable] if variable in latent else points[variable]
            fen = exact[point] if point in exact else amounts.at(point)
            key = (point, quantum)
            terms[key] = terms.get(key, 0) + coefficient
            total += coefficient * fen
            if key not in unknowns:
                unknowns[key] = _unknown(key, fen)
        relation = _Relation(terms, tie.lower is not None, tie.upper is not None)
        if relation.allows(total) and any(terms.values()):
            relations.append(relation)
    return _chosen(list(unknowns.values()), relations)


def _exact(composition: Composition) -> dict[Point, int]:
    found = {figure.point: figure.fen for figure in composition.figures()}
    for paragraph in composition.narrative:
        found.update({run.point: run.fen for run in paragraph.runs if not isinstance(run, str)})
    return found


def _unknown(key: Key, fen: int) -> _Unknown:
    steps = Decimal(fen) / key[1]
    floor = int(steps.to_integral_value(rounding="ROUND_FLOOR"))
    part = steps - floor
    up = part > Decimal("0.5") or (part == Decimal("0.5") and fen > 0)
    return _Unknown(key, floor, floor + up, float(part))


def _chosen(unknowns: Sequence[_Unknown], relations: Sequence[_Relation]) -> Rounding:
    numbers = {unknown.key: number for number, unknown in enumerate(unknowns)}
    values = [unknown.usual for unknown in unknowns]
    for component in _components(len(unknowns), [[numbers[key] for key in relation.terms] for relation in relations]):
        own = [relations[r] for r in component[1]]
        if all(_holds(relation, values, numbers) for relation in own):
            continue
        solved = _solve([unknowns[i] for i in component[0]], own, beyond=0)
        if solved is None:
            solved = _solve([unknowns[i] for i in component[0]], own, beyond=1)
        if solved is not None:
            for i, value in zip(component[0], solved, strict=True):
                values[i] = value
    failing = sum(not _holds(relation, values, numbers) for relation in relations)
    return Rounding(
        {unknown.key: value for unknown, value in zip(unknowns, values, strict=True)},
        tuple(u.key for u, value in zip(unknowns, values, strict=True) if value != u.usual),
        tuple(
            u.key for u, value in zip(unknowns, values, strict=True) if not u.floor <= value <= u.floor + (not u.fixed)
        ),
        len(relations),
        failing,
    )


def _holds(relation: _Relation, values: Sequence[int], numbers: Mapping[Key, int]) -> bool:
    return relation.allows(sum(c * values[numbers[key]] for key, c in relation.terms.items()))


def _components(count: int, groups: Sequence[Sequence[int]]) -> list[tuple[list[int], list[int]]]:
    """The connected parts: their unknowns and their relations, in order."""
    parent = list(range(count))

    def root(i: int) -> int:
        while parent[i] != i:
            parent[i] = parent[parent[i]]
            i = parent[i]
        return i

    for group in groups:
        for other in group[1:]:
            parent[root(other)] = root(group[0])
    found: dict[int, tuple[list[int], list[int]]] = {}
    for i in range(count):
        found.setdefault(root(i), ([], []))[0].append(i)
    for r, group in enumerate(groups):
        found[root(group[0])][1].append(r)
    return [part for part in found.values() if part[1]]


def _solve(unknowns: Sequence[_Unknown], relations: Sequence[_Relation], beyond: int) -> list[int] | None:
    """The cheapest choice, in steps, verified; ``beyond`` is how far past its two neighbours a figure may go."""
    import numpy

    numbers = {unknown.key: i for i, unknown in enumerate(unknowns)}
    model = quiet_model(
        presolve="on", solver="choose", time_limit=_TIME_LIMIT, mip_rel_gap=0.0, primal_feasibility_tolerance=1e-7
    )
    nothing: Any = numpy.array([], dtype=numpy.int32)
    for unknown in unknowns:
        width = 0 if unknown.fixed else 1
        # Going up costs what convention says against it: little near one half, nothing where it says up.
        cost = 1.0 - 2 * unknown.part if not unknown.fixed else 0.0
        model.addCol(
            cost + (0.1 if cost > 0 else -0.1 if cost < 0 else 0), 0.0, float(width), 0, nothing, numpy.array([])
        )
    if beyond:
        for _ in unknowns:
            for _ in range(2):
                model.addCol(float(_FURTHER), 0.0, float(beyond), 0, nothing, numpy.array([]))
    count = len(unknowns) * (3 if beyond else 1)
    for relation in relations:
        columns: list[int] = []
        factors: list[float] = []
        constant = 0
        for key, coefficient in relation.terms.items():
            i = numbers[key]
            constant += coefficient * unknowns[i].floor
            columns.append(i)
            factors.append(float(coefficient))
            if beyond:
                first = len(unknowns) + 2 * i
                columns += [first, first + 1]
                factors += [float(coefficient), -float(coefficient)]
        lower = -constant if relation.lower else -_INFINITY
        upper = -constant if relation.upper else _INFINITY
        model.addRow(lower, upper, len(columns), numpy.array(columns, dtype=numpy.int32), numpy.array(factors))
    kinds = numpy.ones(count, dtype=numpy.uint8)
    model.changeColsIntegrality(count, numpy.arange(count, dtype=numpy.int32), kinds)
    model.run()
    answer = model.getSolution().col_value
    if len(answer) != count:
        return None
    steps = [unknown.floor + round(answer[i]) for i, unknown in enumerate(unknowns)]
    if beyond:
        for i in range(len(unknowns)):
            first = len(unknowns) + 2 * i
            steps[i] += round(answer[first]) - round(answer[first + 1])
    return steps if all(_holds(relation, steps, numbers) for relation in relations) else None
