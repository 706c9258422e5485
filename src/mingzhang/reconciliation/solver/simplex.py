"""A small exact simplex for bounds, the last resort where floats cannot be verified.

Dutertre and de Moura, "A fast linear-arithmetic solver for DPLL(T)" (2006): every row gets a slack variable, a basic
variable that leaves its bounds is pivoted against a nonbasic one that can move, least index first (Bland), so it ends.
Its explanation of infeasibility is one tableau row, hence irreducible.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from mingzhang.reconciliation.solver.exact import Number, quotient
from mingzhang.reconciliation.solver.work import Work

Bounds = tuple[int | None, int | None]


def solve_bounds(
    columns: Mapping[int, Bounds], rows: Sequence[tuple[Mapping[int, int], Bounds]], work: Work
) -> tuple[dict[int, Fraction] | None, dict[int, Fraction]] | None:
    """Find ``x`` with ``columns`` bounds and ``lower <= row . x <= upper``, in exact fractions.

    Returns ``(x, {})``, or ``(None, multipliers by row)`` of a Farkas combination (positive: the lower bound is used),
    or ``None`` when ``work`` is over.
    """
    names = sorted(columns)
    number = {name: k for k, name in enumerate(names)}
    count = len(names)
    bounds: list[Bounds] = [columns[name] for name in names] + [limits for _, limits in rows]
    value: list[Number] = [_nearest_zero(columns[name]) for name in names]
    tableau: dict[int, dict[int, Number]] = {}
    for r, (coefficients, _) in enumerate(rows):
        tableau[count + r] = {number[name]: c for name, c in coefficients.items()}
        value.append(sum([c * value[number[name]] for name, c in coefficients.items()]))
    while True:
        if work.is_over():
            return None
        leaving = min([b for b in tableau if _miss(value[b], bounds[b])], default=None)
        if leaving is None:
            return {name: Fraction(value[number[name]]) for name in names}, {}
        row = tableau[leaving]
        direction = _miss(value[leaving], bounds[leaving])
        entering = min([k for k, c in row.items() if _can_move(value[k], bounds[k], direction * c)], default=None)
        if entering is None:
            multipliers = {k - count: Fraction(-direction * c) for k, c in row.items() if k >= count}
            if leaving >= count:
                multipliers[leaving - count] = Fraction(direction)
            return None, multipliers
        lower, upper = bounds[leaving]
        target = lower if direction > 0 else upper
        assert target is not None
        step = quotient(target - value[leaving], row[entering])
        value[leaving] = target
        value[entering] += step
        for basic, other in tableau.items():
            if basic != leaving and entering in other:
                value[basic] += other[entering] * step
        work.spend(2 * len(tableau) + _pivot(tableau, leaving, entering))


def _nearest_zero(limits: Bounds) -> int:
    lower, upper = limits
    if lower is not None and lower > 0:
        return lower
    return upper if upper is not None and upper < 0 else 0


def _miss(value: Number, limits: Bounds) -> int:
    """+1 if the value must rise, -1 if it must fall, 0 if it is within its bounds."""
    lower, upper = limits
    if lower is not None and value < lower:
        return 1
    return -1 if upper is not None and value > upper else 0


def _can_move(value: Number, limits: Bounds, slope: Number) -> bool:
    lower, upper = limits
    return (upper is None or value < upper) if slope > 0 else (lower is None or value > lower)


def _pivot(tableau: dict[int, dict[int, Number]], leaving: int, entering: int) -> int:
    """Exchange two variables; the number of entries looked at."""
    row = tableau.pop(leaving)
    factor = row.pop(entering)
    solved = {k: quotient(-c, factor) for k, c in row.items()}
    solved[leaving] = quotient(1, factor)
    changes = 0
    for other in tableau.values():
        share = other.pop(entering, None)
        if share is None:
            continue
        changes += len(solved)
        for k, c in solved.items():
            changed = other.get(k, 0) + share * c
            if changed:
                other[k] = changed
            else:
                other.pop(k, None)
    tableau[entering] = solved
    return changes
