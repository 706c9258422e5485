"""A component in deviations: the unknowns are ``d = x - base``, so right-hand sides are small exact residuals.

``base`` is the printed value, and for a latent variable a value that follows from the equalities around it (or 0).
Everything stays ``int``; only ``oracle`` turns residuals into floats, divided by ``scale``.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from math import gcd

from mingzhang.reconciliation.solver.components import Component, components
from mingzhang.reconciliation.solver.system import Conflict, System


@dataclass(frozen=True, slots=True)
class Row:
    """One relation over local variables: ``lower <= sum(c * d) <= upper``; ``size`` is its largest coefficient."""

    terms: tuple[tuple[int, int], ...]
    lower: int | None
    upper: int | None
    owner: int | None
    size: int

    def misses_zero(self) -> bool:
        """The printed values themselves violate it."""
        return (self.lower is not None and self.lower > 0) or (self.upper is not None and self.upper < 0)


@dataclass(frozen=True, slots=True)
class Deviations:
    """Local view of one component: position ``j`` stands for ``variables[j]``, row ``r`` for ``relations[r]``.

    ``half[j]`` is None for a latent variable. ``scale`` is the smallest positive half-width (1 if there is none).
    """

    variables: tuple[int, ...]
    relations: tuple[int, ...]
    base: tuple[int, ...]
    half: tuple[int | None, ...]
    rows: tuple[Row, ...]
    rows_of: tuple[tuple[int, ...], ...]
    owned_by: dict[int, tuple[int, ...]]
    position: dict[int, int]
    scale: int


@dataclass(frozen=True, slots=True)
class Point:
    """An exact assignment of deviations: ``numerators[j] / denominator`` for the positions that are not zero."""

    numerators: dict[int, int]
    denominator: int = 1

    def value(self, position: int) -> Fraction:
        return Fraction(self.numerators.get(position, 0), self.denominator)

    @classmethod
    def of(cls, values: dict[int, Fraction]) -> Point:
        denominator = 1
        for value in values.values():
            denominator = denominator * value.denominator // gcd(denominator, value.denominator)
        return cls({j: int(value * denominator) for j, value in values.items() if value}, denominator)


@lru_cache(maxsize=2)
def views(system: System) -> tuple[tuple[Component, Deviations], ...]:
    """Every component with its local view; certificate, localisation and implied intervals ask in turn."""
    return tuple((component, deviations(system, component)) for component in components(system))


def deviations(system: System, component: Component) -> Deviations:
    """The local view of ``component``, in deviations."""
    position = {index: j for j, index in enumerate(component.variables)}
    base = _bases(system, component)
    rows: list[Row] = []
    rows_of: list[list[int]] = [[] for _ in component.variables]
    owned: dict[int, list[int]] = {}
    for r, number in enumerate(component.relations):
        relation = system.relations[number]
        terms = tuple((coefficient, position[index]) for coefficient, index in relation.terms)
        total = sum(coefficient * base[j] for coefficient, j in terms)
        owner = None if relation.owner is None else position[relation.owner]
        lower = None if relation.lower is None else relation.lower - total
        upper = None if relation.upper is None else relation.upper - total
        size = max(abs(coefficient) for coefficient, _ in terms)
        rows.append(Row(terms, lower, upper, owner, size))
        for _, j in terms:
            rows_of[j].append(r)
        if owner is not None:
            owned.setdefault(owner, []).append(r)
    half = tuple(None if system.variables[i].is_latent else system.variables[i].half for i in component.variables)
    return Deviations(
        variables=component.variables,
        relations=component.relations,
        base=tuple(base),
        half=half,
        rows=tuple(rows),
        rows_of=tuple(map(tuple, rows_of)),
        owned_by={owner: tuple(numbers) for owner, numbers in owned.items()},
        position=position,
        scale=min((width for width in half if width), default=1),
    )


def _bases(system: System, component: Component) -> list[int]:
    """Printed values; latent ones follow along equalities with a single unknown, as far as that goes."""
    position = {index: j for j, index in enumerate(component.variables)}
    known: list[int | None] = [system.variables[index].value for index in component.variables]
    if all(value is not None for value in known):
        return [value for value in known if value is not None]
    around: dict[int, list[int]] = {}
    missing: dict[int, int] = {}
    ready: deque[int] = deque()
    for number in component.relations:
        relation = system.relations[number]
        latent = [position[index] for _, index in relation.terms if known[position[index]] is None]
        if not latent or (relation.lower is None and relation.upper is None):
            continue
        missing[number] = len(latent)
        for j in latent:
            around.setdefault(j, []).append(number)
        if len(latent) == 1:
            (ready.append if relation.owner is not None else ready.appendleft)(number)
    unset = deque(j for j, value in enumerate(known) if value is None)
    while True:
        while ready:
            relation = system.relations[ready.popleft()]
            target, factor, total = -1, 1, 0
            for coefficient, index in relation.terms:
                value = known[position[index]]
                if value is None:
                    target, factor = position[index], coefficient
                else:
                    total += coefficient * value
            if target < 0:
                continue
            bound = relation.lower if relation.lower is not None else relation.upper
            assert bound is not None
            known[target] = round(Fraction(bound - total, factor))
            _announce(around, missing, ready, target)
        while unset and known[unset[0]] is not None:
            unset.popleft()
        if not unset:
            return [value if value is not None else 0 for value in known]
        known[unset[0]] = 0
        _announce(around, missing, ready, unset[0])


def _announce(around: dict[int, list[int]], missing: dict[int, int], ready: deque[int], target: int) -> None:
    for number in around.get(target, ()):
        missing[number] -= 1
        if missing[number] == 1:
            ready.append(number)


def admits(row: Row, point: Point) -> bool:
    """``point`` satisfies ``row``, exactly."""
    numerators = point.numerators
    total = 0
    for coefficient, j in row.terms:
        if j in numerators:
            total += coefficient * numerators[j]
    if row.lower is not None and total < row.lower * point.denominator:
        return False
    return row.upper is None or total <= row.upper * point.denominator


def combine(view: Deviations, multipliers: dict[int, Fraction], relaxed: frozenset[int]) -> Conflict | None:
    """The conflict that ``sum(multiplier * row)`` proves, or None if it proves nothing with ``relaxed`` set free.

    Exact. ``multipliers`` by row; the combination must vanish on latent and relaxed variables and its value over the
    intervals must stay below what the rows demand.
    """
    used = {r: y for r, y in multipliers.items() if y}
    if not used:
        return None
    common = 1
    for y in used.values():
        common = common * y.denominator // gcd(common, y.denominator)
    whole = {r: int(y * common) for r, y in used.items()}
    divisor = gcd(*whole.values())
    demand = 0
    gradient: dict[int, int] = {}
    suspects: set[int] = set()
    whole = {r: n // divisor for r, n in whole.items()}
    for r, n in whole.items():
        row = view.rows[r]
        bound = row.lower if n > 0 else row.upper
        if bound is None:
            return None
        demand += n * bound
        if row.owner is not None:
            suspects.add(row.owner)
        for coefficient, j in row.terms:
            gradient[j] = gradient.get(j, 0) + n * coefficient
    reach = 0
    for j, slope in gradient.items():
        if slope:
            width = view.half[j]
            if width is None:
                return None
            reach += abs(slope) * width
            suspects.add(j)
    if reach >= demand or not suspects.isdisjoint(relaxed):
        return None
    order = sorted(whole)
    return Conflict(
        tuple(sorted(view.variables[j] for j in suspects)),
        tuple(view.relations[r] for r in order),
        tuple(whole[r] for r in order),
    )
