"""Connected components of a system, and what can be said of each relation without a solver."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from mingzhang.reconciliation.solver.system import Relation, System, Variable


class Standing(StrEnum):
    """How one relation stands when it is looked at alone."""

    HELD = "held"  # the printed values satisfy it exactly
    SLACK = "slack"  # they do not, but some values inside the intervals do
    BROKEN = "broken"  # no values inside the intervals do
    UNDETERMINED = "undetermined"  # it has a latent variable


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the system that shares no variable (nor figure copied) with any other; indices ascend."""

    variables: tuple[int, ...]
    relations: tuple[int, ...]


def components(system: System) -> tuple[Component, ...]:
    """The connected components that have a relation, in order of their first variable.

    An owner connects too, and so does a shared ``copies`` label with the same value: their costs depend on each other.
    """
    parent = list(range(len(system.variables)))

    def find(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    def join(one: int, other: int) -> int:
        one, other = min(one, other), max(one, other)
        parent[other] = one
        return one

    for relation in system.relations:
        root = find(relation.terms[0][1])
        others = [index for _, index in relation.terms[1:]]
        if relation.owner is not None:
            others.append(relation.owner)
        for index in others:
            root = join(root, find(index))
    labelled: dict[tuple[int, int], int] = {}
    for index, variable in enumerate(system.variables):
        if variable.copies is not None and variable.value is not None:
            join(find(labelled.setdefault((variable.copies, variable.value), index)), find(index))
    relations: dict[int, list[int]] = {}
    for number, relation in enumerate(system.relations):
        relations.setdefault(find(relation.terms[0][1]), []).append(number)
    variables: dict[int, list[int]] = {root: [] for root in relations}
    for index in range(len(system.variables)):
        root = find(index)
        if root in variables:
            variables[root].append(index)
    return tuple(Component(tuple(variables[root]), tuple(relations[root])) for root in sorted(variables))


def standing(variables: Sequence[Variable], relation: Relation) -> Standing:
    """How ``relation`` between these variables stands alone, in exact integers."""
    total = 0
    width = 0
    for coefficient, index in relation.terms:
        variable = variables[index]
        if variable.value is None:
            return Standing.UNDETERMINED
        total += coefficient * variable.value
        width += abs(coefficient) * variable.half
    short = 0 if relation.lower is None else relation.lower - total
    over = 0 if relation.upper is None else total - relation.upper
    miss = max(short, over)
    if miss <= 0:
        return Standing.HELD
    return Standing.SLACK if miss <= width else Standing.BROKEN


def classify(system: System) -> tuple[Standing, ...]:
    """The standing of every relation, aligned with ``system.relations``."""
    return tuple(standing(system.variables, relation) for relation in system.relations)
