"""Is there one assignment inside every interval that satisfies every relation at once?

Per connected component: an exact look at the printed values, then integer interval reasoning on single relations, then
linear programming (``oracle``). No status is trusted: what is returned was verified exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from time import thread_time

from mingzhang.reconciliation.solver.certificate import Certificate, verify, verify_conflict
from mingzhang.reconciliation.solver.components import Standing, classify
from mingzhang.reconciliation.solver.conflict import reduce_conflict
from mingzhang.reconciliation.solver.deviations import Deviations, Point, combine, views
from mingzhang.reconciliation.solver.oracle import Oracle
from mingzhang.reconciliation.solver.system import Conflict, System


@dataclass(frozen=True, slots=True)
class Feasible:
    """One exact number a variable, in grid units."""

    witness: tuple[Fraction, ...]


@dataclass(frozen=True, slots=True)
class Infeasible:
    """A verified conflict."""

    conflict: Conflict


@dataclass(frozen=True, slots=True)
class Unproved:
    """Neither could be proved."""

    reason: str


Outcome = Feasible | Infeasible | Unproved


def feasibility(system: System, *, time_limit: float = 10.0) -> Outcome:
    """The first verified conflict, else a witness for the whole system. ``time_limit``: seconds in all."""
    deadline = thread_time() + time_limit
    of_components = [view for _, view in views(system)]
    for view in of_components:
        alone = broken_rows(view)
        if alone:
            return _checked(system, min(alone, key=lambda c: (len(c.variables), c.relations)))
    witness = [Fraction(variable.value or 0) for variable in system.variables]
    unproved = ""
    for view in of_components:
        answer = Oracle(view).check(deadline=deadline)
        if isinstance(answer, Conflict):
            return _checked(system, reduce_conflict(view, answer))
        if isinstance(answer, Point):
            for j, index in enumerate(view.variables):
                if view.half[j] is None or j in answer.numerators:
                    witness[index] = view.base[j] + answer.value(j)
        else:
            unproved = unproved or answer.reason
    if unproved:
        return Unproved(unproved)
    if not verify(system, witness):
        return Unproved("the witness did not pass the independent check")
    return Feasible(tuple(witness))


def _checked(system: System, conflict: Conflict) -> Outcome:
    if verify_conflict(system, conflict):
        return Infeasible(conflict)
    return Unproved("the conflict did not pass the independent check")


def broken_rows(view: Deviations) -> list[Conflict]:
    """The conflicts of one relation each: no values inside the intervals satisfy it."""
    found: list[Conflict] = []
    for r, row in enumerate(view.rows):
        if row.misses_zero():
            sign = 1 if row.lower is not None and row.lower > 0 else -1
            conflict = combine(view, {r: Fraction(sign)}, frozenset())
            if conflict is not None:
                found.append(conflict)
    return found


def certify(system: System, *, time_limit: float = 10.0) -> Certificate:
    """The certificate of the whole system; see ``Certificate``."""
    outcome = feasibility(system, time_limit=time_limit)
    if isinstance(outcome, Feasible):
        explained = (Standing.SLACK, Standing.BROKEN)
        differences = tuple(number for number, standing in enumerate(classify(system)) if standing in explained)
        return Certificate(True, outcome.witness, differences, verify(system, outcome.witness))
    if isinstance(outcome, Infeasible):
        return Certificate(False, (), (), verify_conflict(system, outcome.conflict), conflict=outcome.conflict)
    return Certificate(None, (), (), False, reason=outcome.reason)
