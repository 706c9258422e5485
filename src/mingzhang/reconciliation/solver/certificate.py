"""What was proved, and an independent check of it that shares no code with the solver.

``verify`` and ``verify_conflict`` use only integers and fractions and the definitions in ``system``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from mingzhang.reconciliation.solver.system import Conflict, System


@dataclass(frozen=True, slots=True)
class Certificate:
    """The proof that a system is consistent, or that it is not, or that neither could be proved.

    ``consistent`` is None if nothing was proved. ``witness`` has one exact number a variable (empty unless consistent).
    ``rounding_differences`` are the relations that the printed values violate when added exactly, and that the witness
    explains as rounding. ``verified_exactly`` says that ``verify`` (or ``verify_conflict``) accepted the proof.
    """

    consistent: bool | None
    witness: tuple[Fraction, ...]
    rounding_differences: tuple[int, ...]
    verified_exactly: bool
    conflict: Conflict | None = None
    reason: str = ""


def verify(system: System, witness: Sequence[Fraction]) -> bool:
    """``witness`` lies in every interval and satisfies every relation, exactly."""
    if len(witness) != len(system.variables):
        return False
    # Whole numbers as integers, whose arithmetic is as exact and much faster.
    exact: list[int | Fraction] = list(witness)
    for index, found in enumerate(witness):
        if found.denominator == 1:
            exact[index] = found.numerator
    for variable, number in zip(system.variables, exact, strict=True):
        if variable.value is not None and not -variable.half <= number - variable.value <= variable.half:
            return False
    for relation in system.relations:
        total: int | Fraction = 0
        for coefficient, index in relation.terms:
            total += coefficient * exact[index]
        if relation.lower is not None and total < relation.lower:
            return False
        if relation.upper is not None and total > relation.upper:
            return False
    return True


def verify_conflict(system: System, conflict: Conflict) -> bool:
    """The combination of the conflict's relations excludes its variables' intervals, exactly."""
    if len(conflict.relations) != len(conflict.multipliers) or len(set(conflict.relations)) != len(conflict.relations):
        return False
    demanded = 0
    slopes: dict[int, int] = {}
    needed: set[int] = set()
    for number, multiplier in zip(conflict.relations, conflict.multipliers, strict=True):
        relation = system.relations[number]
        bound = relation.lower if multiplier > 0 else relation.upper
        if multiplier == 0 or bound is None:
            return False
        demanded += multiplier * bound
        if relation.owner is not None:
            needed.add(relation.owner)
        for coefficient, index in relation.terms:
            slopes[index] = slopes.get(index, 0) + multiplier * coefficient
    highest = 0
    for index, slope in slopes.items():
        variable = system.variables[index]
        if slope == 0:
            continue
        if variable.value is None:
            return False
        needed.add(index)
        highest += slope * variable.value + abs(slope) * variable.half
    return highest < demanded and needed <= set(conflict.variables)
