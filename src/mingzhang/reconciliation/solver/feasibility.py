"""Is there one assignment inside every interval that satisfies every relation at once?

Per connected component: an exact look at the printed values, then integer interval reasoning on single relations, then
linear programming (``oracle``). No status is trusted: what is returned was verified exactly.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from mingzhang.reconciliation.solver.certificate import Certificate, verify, verify_conflict
from mingzhang.reconciliation.solver.components import Standing, classify
from mingzhang.reconciliation.solver.conflict import reduce_conflict
from mingzhang.reconciliation.solver.deviations import Deviations, Point, Row, combine
from mingzhang.reconciliation.solver.oracle import Oracles
from mingzhang.reconciliation.solver.system import Conflict, System

_STEPS = 10_000_000


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


def feasibility(system: System, oracles: Oracles | None = None, *, steps: int = _STEPS) -> Outcome:
    """The first verified conflict, else a witness for the whole system. ``steps``: of work in all."""
    oracles = oracles or Oracles(system)
    work = oracles.work(steps)
    for _, view in oracles.views:
        alone = broken_rows(view)
        if alone:
            return _checked(system, min(alone, key=lambda c: (len(c.variables), c.relations)))
    witness = [Fraction(variable.value or 0) for variable in system.variables]
    unproved = ""
    for place, (_, view) in enumerate(oracles.views):
        answer = oracles[place].check(frozenset(), work)
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
        if row.misses_zero() and _alone_broken(view, row):
            sign = 1 if row.lower is not None and row.lower > 0 else -1
            conflict = combine(view, {r: Fraction(sign)}, frozenset())
            if conflict is not None:
                found.append(conflict)
    return found


def _alone_broken(view: Deviations, row: Row) -> bool:
    """Whether a row that the printed values violate stays violated however far they deviate."""
    reach = 0
    for coefficient, j in row.terms:
        half = view.half[j]
        if half is None:
            return False
        reach += abs(coefficient) * half
    return reach < max(row.lower or 0, -(row.upper or 0))


def certify(system: System, oracles: Oracles | None = None, *, steps: int = _STEPS) -> Certificate:
    """The certificate of the whole system; see ``Certificate``."""
    outcome = feasibility(system, oracles, steps=steps)
    if isinstance(outcome, Feasible):
        explained = (Standing.SLACK, Standing.BROKEN)
        differences = tuple(number for number, standing in enumerate(classify(system)) if standing in explained)
        return Certificate(True, outcome.witness, differences, verify(system, outcome.witness))
    if isinstance(outcome, Infeasible):
        return Certificate(False, (), (), verify_conflict(system, outcome.conflict), conflict=outcome.conflict)
    return Certificate(None, (), (), False, reason=outcome.reason)
