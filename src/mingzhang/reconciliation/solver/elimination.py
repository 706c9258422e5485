"""Sparse Gaussian elimination in exact fractions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from heapq import heapify, heappop, heappush

from mingzhang.reconciliation.solver.exact import Number, quotient, whole

Equation = tuple[Mapping[int, int], int]  # sum(coefficient * unknown) == constant

_GUESS_DENOMINATOR = 1_000


def solve(
    equations: Iterable[Equation], guess: Mapping[int, float] | None = None, budget: int = 2_000_000
) -> dict[int, Fraction] | None:
    """An exact solution of ``equations``; unknowns left free take a simple fraction near ``guess`` (or 0).

    Pivots on the shortest row and, in it, the rarest unknown. ``None`` if there is no solution, or if the work exceeds
    ``budget`` entry updates.
    """
    rows: list[dict[int, Number]] = []
    constants: list[Number] = []
    holders: dict[int, set[int]] = {}
    for coefficients, constant in equations:
        number = len(rows)
        rows.append({j: c for j, c in coefficients.items() if c})
        constants.append(constant)
        for j in rows[-1]:
            holders.setdefault(j, set()).add(number)
    heap = [(len(row), number) for number, row in enumerate(rows)]
    heapify(heap)
    done: set[int] = set()
    pivots: list[tuple[int, int]] = []
    while heap:
        length, number = heappop(heap)
        row = rows[number]
        if number in done or length != len(row):
            continue
        done.add(number)
        if not row:
            if constants[number]:
                return None
            continue
        pivot = min(row, key=lambda j: (len(holders[j]), j))
        pivots.append((number, pivot))
        for j in row:
            holders[j].discard(number)
        for other in sorted(holders[pivot]):
            target = rows[other]
            factor = quotient(target[pivot], row[pivot])
            constants[other] -= factor * constants[number]
            budget -= len(row)
            for j, value in row.items():
                changed = target.get(j, 0) - factor * value
                if changed:
                    target[j] = changed
                    holders[j].add(other)
                elif j in target:
                    del target[j]
                    holders[j].discard(other)
            heappush(heap, (len(target), other))
        if budget < 0:
            return None
    guess = guess or {}
    solution: dict[int, Number] = {}
    for number, pivot in reversed(pivots):
        total = constants[number]
        for j, value in rows[number].items():
            if j != pivot:
                if j not in solution:
                    solution[j] = whole(Fraction(guess.get(j, 0.0)).limit_denominator(_GUESS_DENOMINATOR))
                total -= value * solution[j]
        solution[pivot] = quotient(total, rows[number][pivot])
    return {j: Fraction(value) for j, value in solution.items()}
