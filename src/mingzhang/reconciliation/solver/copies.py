"""Copied slips: one figure printed in several places is nearly one slip.

Printed variables that the relations tie by ``x = y`` (also through latent ones), or that share a ``copies`` label, and
that print the same value form a class. Declaring k members of a class wrong costs the dearest one in full and a
quarter of each further one: with equal weights ``weight * (1 + (k - 1) / 4)``. Costs are integers, in quarters.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from mingzhang.reconciliation.solver.system import System

QUARTERS = 4
_EXTRA = QUARTERS - 1


def copy_classes(system: System) -> tuple[int, ...]:
    """For each variable the first variable of its class (itself when it has no copies)."""
    parent = list(range(len(system.variables)))

    def find(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    def tie(one: int, other: int) -> None:
        one, other = sorted((find(one), find(other)))
        parent[other] = one

    labelled: dict[tuple[int, int], int] = {}
    for index, variable in enumerate(system.variables):
        if variable.copies is not None and variable.value is not None:
            tie(labelled.setdefault((variable.copies, variable.value), index), index)
    for relation in system.relations:
        if relation.is_equality and relation.lower == 0 and relation.owner is None and len(relation.terms) == 2:
            (a, one), (b, other) = relation.terms
            if a + b == 0:
                tie(one, other)
    first: dict[tuple[int, int], int] = {}
    classes: list[int] = []
    for index, variable in enumerate(system.variables):
        if variable.value is None:
            classes.append(index)
        else:
            classes.append(first.setdefault((find(index), variable.value), index))
    return tuple(classes)


class Costs:
    """What it costs to declare variables wrong, in quarters of a weight unit."""

    def __init__(self, system: System) -> None:
        self._weight = tuple(variable.weight for variable in system.variables)
        self.class_of = copy_classes(system)

    def weight(self, variable: int) -> int:
        """The cost of this variable alone."""
        return QUARTERS * self._weight[variable]

    def extra(self, variable: int, dearest: int) -> int:
        """The further cost of ``variable`` where its class already has members, the dearest of weight ``dearest``."""
        weight = self._weight[variable]
        return weight + _EXTRA * max(0, weight - dearest)

    def own_weight(self, variable: int) -> int:
        return self._weight[variable]

    def total(self, variables: Iterable[int]) -> int:
        """The cost of declaring all of ``variables`` wrong together."""
        total = 0
        dearest: dict[int, int] = {}
        for variable in variables:
            key = self.class_of[variable]
            total += self._weight[variable]
            dearest[key] = max(dearest.get(key, 0), self._weight[variable])
        return total + _EXTRA * sum(dearest.values())

    def in_weights(self, quarters: int) -> Fraction:
        """Quarters as a number of weight units."""
        return Fraction(quarters, QUARTERS)
