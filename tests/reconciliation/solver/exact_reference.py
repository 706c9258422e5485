"""A slow, independent reference: Fourier–Motzkin elimination in fractions, and enumeration of all subsets."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from itertools import combinations

from mingzhang.reconciliation.solver import System, components

Line = tuple[tuple[tuple[int, Fraction], ...], Fraction]  # sum(c * x) <= bound


def consistent(system: System, released: frozenset[int]) -> bool:
    """Is there an assignment when ``released`` are declared wrong?"""
    equalities: list[tuple[dict[int, Fraction], Fraction]] = []
    lines: list[tuple[dict[int, Fraction], Fraction]] = []
    for index, variable in enumerate(system.variables):
        if variable.value is not None and index not in released:
            lines.append(({index: Fraction(1)}, Fraction(variable.value + variable.half)))
            lines.append(({index: Fraction(-1)}, Fraction(variable.half - variable.value)))
    for relation in system.relations:
        if relation.owner in released:
            continue
        row = {index: Fraction(c) for c, index in relation.terms}
        if relation.lower is not None and relation.lower == relation.upper:
            equalities.append((row, Fraction(relation.lower)))
            continue
        if relation.upper is not None:
            lines.append((row, Fraction(relation.upper)))
        if relation.lower is not None:
            lines.append(({k: -c for k, c in row.items()}, Fraction(-relation.lower)))
    while equalities:
        row, bound = equalities.pop()
        if not row:
            if bound:
                return False
            continue
        pivot, factor = next(iter(row.items()))
        equalities = [_without(other, pivot, row, bound, factor) for other in equalities]
        lines = [_without(other, pivot, row, bound, factor) for other in lines]
    return _fourier_motzkin(lines)


def _without(
    other: tuple[dict[int, Fraction], Fraction], pivot: int, row: dict[int, Fraction], bound: Fraction, factor: Fraction
) -> tuple[dict[int, Fraction], Fraction]:
    coefficients, limit = other
    share = coefficients.get(pivot, Fraction(0)) / factor
    if not share:
        return other
    merged = {k: coefficients.get(k, Fraction(0)) - share * row.get(k, Fraction(0)) for k in {*coefficients, *row}}
    return {k: c for k, c in merged.items() if c}, limit - share * bound


def _fourier_motzkin(lines: Iterable[tuple[dict[int, Fraction], Fraction]]) -> bool:
    current = _tightest(lines)
    while True:
        unknowns = {k for terms, _ in current for k, _ in terms}
        if not unknowns:
            return all(bound >= 0 for _, bound in current)
        counts = {
            k: sum(dict(t).get(k, 0) > 0 for t, _ in current) * sum(dict(t).get(k, 0) < 0 for t, _ in current)
            for k in unknowns
        }
        pivot = min(unknowns, key=lambda k: (counts[k], k))
        rest: list[tuple[dict[int, Fraction], Fraction]] = []
        above: list[tuple[dict[int, Fraction], Fraction]] = []
        below: list[tuple[dict[int, Fraction], Fraction]] = []
        for terms, bound in current:
            row = dict(terms)
            (above if row.get(pivot, 0) > 0 else below if row.get(pivot, 0) < 0 else rest).append((row, bound))
        for up, high in above:
            for down, low in below:
                a, b = up[pivot], -down[pivot]
                merged = {k: up.get(k, Fraction(0)) / a + down.get(k, Fraction(0)) / b for k in {*up, *down}}
                rest.append(({k: c for k, c in merged.items() if c}, high / a + low / b))
        current = _tightest(rest)


def _tightest(lines: Iterable[tuple[dict[int, Fraction], Fraction]]) -> list[Line]:
    best: dict[tuple[tuple[int, Fraction], ...], Fraction] = {}
    for row, bound in lines:
        size = max((abs(c) for c in row.values()), default=Fraction(1))
        key = tuple(sorted((k, c / size) for k, c in row.items()))
        if key not in best or bound / size < best[key]:
            best[key] = bound / size
    return list(best.items())


def copied_repairs(system: System, least: Fraction) -> set[frozenset[int]]:
    """Minimal repairs with two copies in them that cost more than ``least`` by at most one weight of the component."""
    (component,) = [c for c in components(system) if not consistent(_part(system, c.relations), frozenset())]
    shown = [k for k in component.variables if system.variables[k].value is not None]
    step = max(system.variables[k].weight for k in component.variables)
    found: set[frozenset[int]] = set()
    repairs: list[frozenset[int]] = []
    for size in range(len(shown) + 1):
        for subset in map(frozenset, combinations(shown, size)):
            if any(known <= subset for known in repairs) or not consistent(system, subset):
                continue
            repairs.append(subset)
            copied = any(
                copy_cost(system, pair) < sum(system.variables[k].weight for k in pair)
                for pair in combinations(subset, 2)
            )
            if copied and least < copy_cost(system, subset) <= least + step:
                found.add(subset)
    return found


def _part(system: System, relations: tuple[int, ...]) -> System:
    return System(system.variables, tuple(system.relations[k] for k in relations))


def copy_cost(system: System, chosen: Iterable[int]) -> Fraction:
    """The cost of a set: a class of copies costs its dearest member and a quarter of the others."""
    parent = list(range(len(system.variables)))
    for _ in parent:
        for relation in system.relations:
            if len(relation.terms) == 2 and relation.lower == relation.upper == 0 and relation.owner is None:
                (a, i), (b, j) = relation.terms
                if a + b == 0:
                    parent[i] = parent[j] = min(parent[i], parent[j])
    classes: dict[tuple[int, int | None], list[int]] = {}
    for k in chosen:
        classes.setdefault((parent[k], system.variables[k].value), []).append(system.variables[k].weight)
    return sum((Fraction(sum(ws), 4) + Fraction(3 * max(ws), 4) for ws in classes.values()), Fraction(0))


def cheapest_sets(system: System) -> tuple[Fraction, set[frozenset[int]]] | None:
    """The least cost and all sets of that cost, by trying every subset of the printed variables."""
    shown = [k for k, variable in enumerate(system.variables) if variable.value is not None]
    subsets = [frozenset(s) for n in range(len(shown) + 1) for s in combinations(shown, n)]
    best: Fraction | None = None
    found: set[frozenset[int]] = set()
    for cost, subset in sorted(((copy_cost(system, s), s) for s in subsets), key=lambda item: item[0]):
        if best is not None and cost > best:
            break
        if consistent(system, subset):
            best = cost
            found.add(subset)
    return None if best is None else (best, found)
