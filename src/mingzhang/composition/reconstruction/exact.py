"""Exact amounts behind printed ones: whole 分 for every atom, such that each printed sum comes out as printed.

A linear programme keeps every sum as near to its print as it can be, apart for each part of the disclosure that hangs
together; the atoms are then rounded to whole 分, and what came out is verified against every interval in integers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mingzhang.reconciliation.solver.highs import quiet_model

_SCALE = 100  # the programme counts in 元
_NEAR = 1e-6
_MISSING = 100.0  # a 元 outside an interval weighs more than all the room inside


@dataclass(frozen=True, slots=True)
class Demand:
    """``|Σ atoms − fen| ≤ half``, in 分; exact where ``half`` is 0."""

    atoms: tuple[int, ...]
    fen: int
    half: int


@dataclass(frozen=True, slots=True)
class Equal:
    """Two sets of atoms that are the same money: their sums are equal."""

    left: tuple[int, ...]
    right: tuple[int, ...]


class NoSolutionError(Exception):
    """No exact amounts print as the disclosure does."""


@dataclass(frozen=True, slots=True)
class Solution:
    """Whole 分 for every atom; ``missed`` are the demands that no assignment meets, by their numbers, as near as can be."""

    values: tuple[int, ...]
    missed: tuple[int, ...]


def solve(count: int, demands: Sequence[Demand], equals: Sequence[Equal], blocks: Sequence[Sequence[int]]) -> Solution:
    """Whole 分 for ``count`` atoms, none negative unless something printed is. ``blocks`` part the atoms into slices.

    Rounding keeps each block's total whole: equal blocks stay equal. Raises ``NoSolutionError`` where the programme has
    no answer, or where its answer does not stand up to an exact look.
    """
    values = [0.0] * count
    negative = any(demand.fen < 0 for demand in demands)
    for atoms, wanted, same in _parts(count, demands, equals, blocks):
        place = {atom: number for number, atom in enumerate(atoms)}
        own = [Demand(tuple(place[atom] for atom in d.atoms), d.fen, d.half) for d in wanted]
        alike = [Equal(tuple(place[atom] for atom in e.left), tuple(place[atom] for atom in e.right)) for e in same]
        for atom, value in zip(atoms, _relaxed(len(atoms), own, alike, negative), strict=True):
            values[atom] = value
    whole = _whole(values, blocks)
    _close(whole, equals)
    for equal in equals:
        if sum(whole[atom] for atom in equal.left) != sum(whole[atom] for atom in equal.right):
            raise NoSolutionError
    missed = [
        number
        for number, demand in enumerate(demands)
        if abs(sum(whole[atom] for atom in demand.atoms) - demand.fen) > demand.half
    ]
    return Solution(tuple(whole), tuple(missed))


def _parts(
    count: int, demands: Sequence[Demand], equals: Sequence[Equal], blocks: Sequence[Sequence[int]]
) -> list[tuple[list[int], list[Demand], list[Equal]]]:
    """The atoms that hang together by what is demanded of them, with that: what is rounded here moves nothing there."""
    head = list(range(count))

    def top(atom: int) -> int:
        while head[atom] != atom:
            head[atom] = head[head[atom]]
            atom = head[atom]
        return atom

    tied = [*(d.atoms for d in demands), *((*e.left, *e.right) for e in equals), *(tuple(b) for b in blocks)]
    for atoms in tied:
        for atom in atoms[1:]:
            head[top(atom)] = top(atoms[0])
    found: dict[int, tuple[list[int], list[Demand], list[Equal]]] = {}
    for atom in range(count):
        found.setdefault(top(atom), ([], [], []))[0].append(atom)
    for demand in demands:
        if demand.atoms:
            found[top(demand.atoms[0])][1].append(demand)
    for equal in equals:
        found[top((equal.left or equal.right)[0])][2].append(equal)
    return list(found.values())


def _close(whole: list[int], equals: Sequence[Equal]) -> None:
    """Rounding apart can leave equal sums some 分 apart: the largest atom of the right side takes the difference."""
    for equal in equals:
        gap = sum(whole[atom] for atom in equal.left) - sum(whole[atom] for atom in equal.right)
        if gap:
            whole[max(equal.right, key=lambda atom: (whole[atom], -atom))] += gap


def _relaxed(count: int, demands: Sequence[Demand], equals: Sequence[Equal], negative: bool) -> list[float]:
    """The atoms in 分, as the programme has them: as few 分 outside the intervals as can be, then as far inside.

    One column is the room that every sum is left with; two for each demand are what it is missed by.
    """
    import highspy
    import numpy

    infinity = 1e30
    low = [-infinity if negative else 0.0] * count
    rows: list[tuple[dict[int, float], float, float]] = []
    room = count
    missed = room + 1
    for number, demand in enumerate(demands):
        over, under = missed + 2 * number, missed + 2 * number + 1
        terms = dict.fromkeys(demand.atoms, 1.0) | {over: -1.0, under: 1.0}
        centre, half = demand.fen / _SCALE, demand.half / _SCALE
        if demand.half == 0:
            rows.append((terms, centre, centre))
        else:
            rows.append((terms | {room: half}, -infinity, centre + half))
            rows.append((terms | {room: -half}, centre - half, infinity))
    for equal in equals:
        rows.append((dict.fromkeys(equal.left, 1.0) | dict.fromkeys(equal.right, -1.0), 0.0, 0.0))
    # Sums run to billions of 元: what comes out is rounded to 分 and looked at exactly, so this is near enough.
    model = quiet_model(presolve="on", primal_feasibility_tolerance=_NEAR, dual_feasibility_tolerance=_NEAR)
    index: Any = numpy.array([], dtype=numpy.int32)
    for lower in low:
        model.addCol(0.0, lower, infinity, 0, index, numpy.array([]))
    model.addCol(-1.0, 0.0, 1.0, 0, index, numpy.array([]))
    for _ in range(2 * len(demands)):
        model.addCol(_MISSING, 0.0, infinity, 0, index, numpy.array([]))
    for terms, lower, upper in rows:
        columns = numpy.array(list(terms), dtype=numpy.int32)
        model.addRow(lower, upper, len(terms), columns, numpy.array(list(terms.values())))
    model.run()
    # Whether it is the best is not asked, for billions to the 分 are at the end of what floats hold: it is looked at exactly.
    if model.getInfo().primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        raise NoSolutionError
    return [value * _SCALE for value in model.getSolution().col_value[:count]]


def _whole(values: Sequence[float], blocks: Sequence[Sequence[int]]) -> list[int]:
    """Each value as whole 分; the total of a block is rounded once, and what is over goes to the largest remainders."""
    found = [0] * len(values)
    for block in blocks:
        total = round(sum(Decimal(values[atom]) for atom in block))
        floors = {atom: int(Decimal(values[atom]) // 1) for atom in block}
        over = total - sum(floors.values())
        by_remainder = sorted(block, key=lambda atom: (floors[atom] - values[atom], atom))
        for place, atom in enumerate(by_remainder):
            found[atom] = floors[atom] + (place < over)
    return found
