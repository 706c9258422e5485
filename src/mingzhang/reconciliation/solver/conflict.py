"""Reduce a conflict to one that a person can follow: no relation in it can be left out.

Deletion filter (Chinneck and Dravnieks 1991; Chinneck 2008) over the relations of a conflict, all intervals kept. The
test is the exact simplex, for conflicts are small, and each infeasible test returns its own Farkas support, so that
several relations leave at once.
"""

from __future__ import annotations

from bisect import bisect_left
from math import inf

from mingzhang.reconciliation.solver.deviations import Deviations, combine
from mingzhang.reconciliation.solver.simplex import Bounds, solve_bounds
from mingzhang.reconciliation.solver.system import Conflict
from mingzhang.reconciliation.solver.work import Work

_MAX_RELATIONS = 60
_STEPS = 100_000


def conflict_of_rows(view: Deviations, rows: list[int], relaxed: frozenset[int], work: Work) -> Conflict | None:
    """A conflict among ``rows`` with the positions ``relaxed`` set free, or None if there is none (or ``work`` is over)."""
    columns: dict[int, Bounds] = {}
    for r in rows:
        for _, j in view.rows[r].terms:
            half = view.half[j]
            columns[j] = (None, None) if half is None or j in relaxed else (-half, half)
    lines = [({j: c for c, j in view.rows[r].terms}, (view.rows[r].lower, view.rows[r].upper)) for r in rows]
    answer = solve_bounds(columns, lines, work)
    if answer is None or answer[0] is not None:
        return None
    return combine(view, {rows[k]: y for k, y in answer[1].items()}, relaxed)


def reduce_conflict(view: Deviations, conflict: Conflict, relaxed: frozenset[int] = frozenset()) -> Conflict:
    """A conflict over some of the relations of ``conflict``, none of which can be left out; it never uses ``relaxed``.

    Conflicts of one relation, or of very many, are returned as they are; so is what is reached when its work is over.
    """
    if not 1 < len(conflict.relations) <= _MAX_RELATIONS:
        return conflict
    work = Work(_STEPS, seconds=inf)
    rows = [bisect_left(view.relations, number) for number in conflict.relations]
    kept: list[int] = []
    while rows:
        smaller = conflict_of_rows(view, kept + rows[1:], relaxed, work)
        if smaller is None:
            kept.append(rows[0])
            rows = rows[1:]
        else:
            conflict = smaller
            left = set(smaller.relations)
            kept = [r for r in kept if view.relations[r] in left]
            rows = [r for r in rows[1:] if view.relations[r] in left]
    return conflict
