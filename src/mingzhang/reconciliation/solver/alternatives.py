"""Repairs that cost a little more than the cheapest, because one wrong figure was copied into several places."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from mingzhang.reconciliation.solver.copies import Costs
from mingzhang.reconciliation.solver.hitting import HittingSets, TooManyNodesError
from mingzhang.reconciliation.solver.system import Conflict
from mingzhang.reconciliation.solver.work import OutOfWorkError, Work

Suspects = frozenset[int]

_NODES = 3_000


@dataclass(frozen=True, slots=True)
class Alternatives:
    """Minimal sets, cheapest first; ``truncated`` if the search stopped before its end."""

    sets: tuple[Suspects, ...]
    truncated: bool


def alternatives(
    conflicts: Sequence[Suspects],
    costs: Costs,
    cheapest: Sequence[Suspects],
    others: Suspects,
    repairs: Callable[[Suspects], Conflict | None],
    step: int,
    limit: int,
    work: Work,
) -> Alternatives:
    """Minimal repairs beyond ``cheapest`` with two copies of one figure in them, up to ``step`` (in quarters) dearer.

    ``others`` are released besides (the repairs of other
    clusters); ``repairs`` returns None for a proved repair, else a conflict disjoint from what was released.
    """
    live = [members for members in conflicts if members.isdisjoint(others)]
    if not cheapest or not live:
        return Alternatives((), False)
    least = costs.total(cheapest[0])
    bound = least + step
    found: list[Suspects] = []
    truncated = False
    try:
        for candidate in HittingSets(live, costs, work, need_copies=True, max_nodes=_NODES).within(bound):
            if any(known <= candidate for known in (*cheapest, *found)):
                continue
            conflict = repairs(candidate | others)
            if conflict is not None:
                live.append(frozenset(conflict.variables))
                continue
            copied = len({costs.class_of[variable] for variable in candidate}) < len(candidate)
            if not copied or costs.total(candidate) <= least or not _is_minimal(candidate, live, others, repairs):
                continue
            if len(found) == limit:
                truncated = True
                break
            found = [known for known in found if not candidate <= known]
            found.append(candidate)
    except (OutOfWorkError, TooManyNodesError):
        truncated = True
    return Alternatives(tuple(sorted(found, key=lambda s: (costs.total(s), sorted(s)))), truncated)


def _is_minimal(
    candidate: Suspects, live: list[Suspects], others: Suspects, repairs: Callable[[Suspects], Conflict | None]
) -> bool:
    for variable in sorted(candidate):
        smaller = candidate - {variable}
        if all(not members.isdisjoint(smaller) for members in live):
            conflict = repairs(smaller | others)
            if conflict is None:
                return False
            live.append(frozenset(conflict.variables))
    return True
