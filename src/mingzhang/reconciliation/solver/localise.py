"""Which printed numbers must be wrong: the smallest sets whose release makes the system consistent.

Fellegi and Holt (1976) by implicit hitting sets: every verified conflict must lose a member; a cheapest hitting set
(``hitting``) is tried by the ``oracle``, which answers with an exact assignment or with a new verified conflict. Work
is done per connected component, and in it per *cluster* of conflicts that overlap (or share a class of copies), so
that independent errors add up instead of multiplying. Every cheapest set is listed; the order of rows does not matter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import prod
from typing import Literal

from mingzhang.reconciliation.solver import master
from mingzhang.reconciliation.solver.alternatives import Alternatives, alternatives
from mingzhang.reconciliation.solver.certificate import verify_conflict
from mingzhang.reconciliation.solver.clusters import factors, groups
from mingzhang.reconciliation.solver.components import Component
from mingzhang.reconciliation.solver.conflict import reduce_conflict
from mingzhang.reconciliation.solver.copies import Costs
from mingzhang.reconciliation.solver.deviations import Point
from mingzhang.reconciliation.solver.feasibility import broken_rows
from mingzhang.reconciliation.solver.hitting import HittingSets
from mingzhang.reconciliation.solver.oracle import Oracle, Oracles
from mingzhang.reconciliation.solver.system import Conflict, System
from mingzhang.reconciliation.solver.work import OutOfWorkError, Work

Status = Literal["proved", "work-limit", "unproved", "unrepairable"]
Suspects = frozenset[int]

_PAIR_CHECKS = 200
_STEPS = 1_000_000
_REDUCED = 3  # conflicts a cluster that are reduced for the reader
_SHARE_FOR_ALTERNATIVES = 0.3


@dataclass(frozen=True, slots=True)
class Cluster:
    """One error to be explained: all its cheapest explanations, and the conflicts that force one.

    ``cost`` is the least cost in weight units (a proved lower bound when ``status`` is not "proved"). ``sets`` are the
    sets of variables of that cost, each of which makes the system consistent together with one set of every other
    cluster; ``truncated`` if there are more. ``alternatives`` are minimal sets that cost more by at most one weight
    (the largest in the component) and in which several copies of one figure are wrong together.

    Status "work-limit": the listed sets are proved, the list may not be whole; "unproved": a float answer could not be
    verified; "unrepairable": the relations themselves contradict each other.
    """

    sets: tuple[Suspects, ...]
    cost: Fraction
    conflicts: tuple[Conflict, ...]
    alternatives: tuple[Suspects, ...]
    truncated: bool
    status: Status


@dataclass(frozen=True, slots=True)
class _Found:
    numbers: tuple[int, ...]
    sets: tuple[Suspects, ...]
    cost: int
    truncated: bool
    status: Status


class _UnprovedError(Exception):
    pass


class _UnrepairableError(Exception):
    pass


class _BridgedError(Exception):
    """A new conflict joins two clusters: begin again with it."""


def localise(
    system: System, oracles: Oracles | None = None, *, limit: int = 32, steps: int = _STEPS
) -> tuple[Cluster, ...]:
    """The clusters of ``system``, ordered by their first suspect; empty if it is consistent.

    ``limit``: sets and alternatives listed a cluster. ``steps``: of work a connected component, so that what else
    runs on the machine does not change the answer.
    """
    costs = Costs(system)
    found: list[Cluster] = []
    oracles = oracles or Oracles(system)
    for place, (component, view) in enumerate(oracles.views):
        if any(row.misses_zero() for row in view.rows):
            found += _Search(system, component, oracles[place], costs, limit, oracles.work(steps)).clusters()
    return tuple(sorted(found, key=_order))


def _order(cluster: Cluster) -> tuple[list[int], list[int]]:
    suspects = sorted({variable for chosen in cluster.sets for variable in chosen})
    return suspects, sorted({number for conflict in cluster.conflicts for number in conflict.relations})


class _Search:
    """The search in one component."""

    def __init__(
        self, system: System, component: Component, oracle: Oracle, costs: Costs, limit: int, work: Work
    ) -> None:
        self._system = system
        self._view = oracle.view
        self._costs = costs
        self._limit = limit
        self._oracle = oracle
        self._steps = work.left
        self._work = work
        self._conflicts: list[Conflict] = []
        self._sets: list[Suspects] = []
        self._members: Counter[int] = Counter()  # in how many of the conflicts a variable is
        self._repairs: list[Suspects] = []
        self._refuted: set[Suspects] = set()
        self._pair_checks = 0
        self._step = max(map(costs.weight, component.variables))
        self._done: list[_Found] = []

    def clusters(self) -> list[Cluster]:
        """All clusters of this component."""
        status: Status = "proved"
        representatives: list[Suspects] | None = None
        try:
            for conflict in broken_rows(self._view):
                self._add(conflict)
            self._disjoint(frozenset().union(*self._sets))
            while True:
                self._done = []
                try:
                    representatives = None
                    representatives = self._representatives()
                    self._ties(representatives)
                    with suppress(OutOfWorkError):  # what is listed is proved beside the representatives
                        self._pairs()
                    break
                except _BridgedError:
                    continue
        except OutOfWorkError:
            status = "work-limit"
        except _UnprovedError:
            status = "unproved"
        except _UnrepairableError:
            status = "unrepairable"
        if status != "proved":
            return self._degraded(status, representatives)
        return self._finished()

    # -- conflicts and repairs -------------------------------------------------------------------------------------

    def _add(self, conflict: Conflict) -> None:
        if not verify_conflict(self._system, conflict):
            raise _UnprovedError
        members = frozenset(conflict.variables)
        if members not in self._sets:
            self._conflicts.append(conflict)
            self._sets.append(members)
            self._members.update(members)
        if not members:
            raise _UnrepairableError

    def repairs(self, relaxed: Suspects) -> Conflict | None:
        """None if releasing ``relaxed`` makes the component consistent (proved), else a verified conflict."""
        if any(known <= relaxed for known in self._repairs):
            return None
        local = frozenset(self._view.position[variable] for variable in relaxed)
        answer = self._oracle.check(local, self._work)
        if isinstance(answer, Point):
            self._repairs.append(relaxed)
            return None
        if isinstance(answer, Conflict):
            return answer
        if answer.limited:
            raise OutOfWorkError(0)
        raise _UnprovedError

    def _disjoint(self, released: Suspects = frozenset()) -> None:
        """Conflicts that share no variable with ``released`` nor with each other, until none is left."""
        while True:
            conflict = self.repairs(released)
            if conflict is None:
                return
            self._add(conflict)
            released |= frozenset(conflict.variables)

    def _patch(self, released: Suspects) -> None:
        """Make ``released`` a repair by one more suspect a conflict, the one most conflicts share: conflicts come cheap
        this way, and the master problem is solved to the optimum more rarely (Davies and Bacchus 2013)."""
        while True:
            conflict = self.repairs(released)
            if conflict is None:
                return
            self._add(conflict)
            released |= {max(conflict.variables, key=lambda v: (self._members[v], -v))}

    def _groups(self) -> list[tuple[int, ...]]:
        return groups(self._sets, self._costs.class_of)

    def _representatives(self) -> list[Suspects]:
        """One cheapest set for each group, which together repair the component."""
        cheapest: dict[tuple[int, ...], Suspects] = {}
        hard = False
        while True:
            current = self._groups()
            for numbers in current:
                if numbers not in cheapest:
                    conflicts = [self._sets[k] for k in numbers]
                    cheapest[numbers], slow = master.cheapest(conflicts, self._costs, self._work)
                    hard = hard or slow
            chosen = [cheapest[numbers] for numbers in current]
            before = len(self._sets)
            released = frozenset().union(*chosen)
            if hard:
                self._patch(released)
            else:
                self._disjoint(released)
            if len(self._sets) == before:
                return chosen

    def _ties(self, representatives: list[Suspects]) -> None:
        """Every cheapest set of every group, tried beside the representatives of the others."""
        for place, numbers in enumerate(self._groups()):
            others = frozenset().union(*representatives[:place], *representatives[place + 1 :])
            cost = self._costs.total(representatives[place])
            live = [self._sets[k] for k in numbers]
            members = set(numbers)
            accepted: list[Suspects] = []
            truncated = False
            for candidate in master.all_within(live, cost, self._costs, self._work):
                conflict = self.repairs(candidate | others)
                if conflict is not None:
                    before = len(self._sets)
                    self._add(conflict)
                    here = next((g for g in self._groups() if before in g), ())
                    if not set(here) <= members | {before}:
                        raise _BridgedError
                    members.add(before)
                    live.append(self._sets[before])
                elif len(accepted) == self._limit:
                    truncated = True
                    break
                else:
                    accepted.append(candidate)
            self._done.append(_Found(tuple(sorted(members)), _sorted(accepted), cost, truncated, "proved"))

    def _pairs(self) -> None:
        """Do the sets of two clusters go together, not only with the representatives? If not, they are one cluster."""
        for place, one in enumerate(self._done):
            for other in self._done[:place]:
                if one.truncated or other.truncated or len(one.sets) * len(other.sets) == 1:
                    continue
                rest = frozenset().union(*(f.sets[0] for f in self._done if f is not one and f is not other))
                for left, right in product(one.sets, other.sets):
                    if self._pair_checks >= _PAIR_CHECKS:
                        return
                    self._pair_checks += 1
                    conflict = self.repairs(left | right | rest)
                    if conflict is not None:
                        self._add(conflict)
                        raise _BridgedError

    # -- results ---------------------------------------------------------------------------------------------------

    def _finished(self) -> list[Cluster]:
        parts: list[_Found] = []
        for found in self._done:
            families = [found.sets] if found.truncated else factors(found.sets, self._costs.class_of)
            if len(families) > 1 and prod(map(len, families)) == len(found.sets):
                for family in families:
                    numbers = tuple(k for k in found.numbers if all(self._sets[k] & chosen for chosen in family))
                    cost = self._costs.total(family[0])
                    parts.append(_Found(numbers, _sorted(family), cost, False, found.status))
            else:
                parts.append(found)
        clusters: list[Cluster] = []
        self._work.spend(-int(self._steps * _SHARE_FOR_ALTERNATIVES))
        for part in parts:
            rest = [other for other in parts if other is not part]
            others = frozenset().union(*(other.sets[0] for other in rest))
            # Which of its tied sets mends another cluster is not known: what more could mend this one must not hang on it.
            decided = all(len(other.sets) == 1 for other in rest)
            more = self._alternatives(part, others) if decided else Alternatives((), True)
            clusters.append(self._cluster(part, more.sets, others))
        return clusters

    def _alternatives(self, part: _Found, others: Suspects) -> Alternatives:
        conflicts = [self._sets[k] for k in part.numbers]
        try:
            return alternatives(
                conflicts, self._costs, part.sets, others, self.repairs, self._step, self._limit, self._work
            )
        except (_UnprovedError, OutOfWorkError):
            return Alternatives((), True)

    def _cluster(self, part: _Found, more: tuple[Suspects, ...], others: Suspects) -> Cluster:
        """The cluster as it is reported: its shortest conflicts reduced further, none of them about ``others``."""
        conflicts = sorted((self._conflicts[k] for k in part.numbers), key=_length)
        free = frozenset(self._view.position[variable] for variable in others)
        shortest = [
            reduce_conflict(self._view, c, free) for c in conflicts[:_REDUCED] if others.isdisjoint(c.variables)
        ]
        kept = {(c.variables, c.relations): c for c in (*shortest, *conflicts) if verify_conflict(self._system, c)}
        cost = self._costs.in_weights(part.cost)
        ordered = tuple(sorted(kept.values(), key=_length))
        return Cluster(part.sets, cost, ordered, more, part.truncated, part.status)

    def _degraded(self, status: Status, representatives: list[Suspects] | None) -> list[Cluster]:
        """What was proved before the work was over: finished clusters, one set of the others, or only lower bounds."""
        if status == "unrepairable":
            hard = tuple(conflict for conflict in self._conflicts if not conflict.variables)
            return [Cluster((), Fraction(0), hard, (), False, status)]
        found = list(self._done)
        finished = {k for part in found for k in part.numbers}
        for place, numbers in enumerate(self._groups()):
            if finished.intersection(numbers):
                continue
            if representatives is not None and place < len(representatives):
                chosen = representatives[place]
                found.append(_Found(numbers, (chosen,), self._costs.total(chosen), True, status))
            else:
                bound = HittingSets([self._sets[k] for k in numbers], self._costs, self._work).lower_bound()
                found.append(_Found(numbers, (), bound, True, status))
        if not found:
            return [Cluster((), Fraction(0), (), (), True, status)]
        return [self._cluster(part, (), frozenset()) for part in found]


def _length(conflict: Conflict) -> tuple[int, int, tuple[int, ...]]:
    return len(conflict.relations), len(conflict.variables), conflict.relations


def _sorted(sets: Sequence[Suspects]) -> tuple[Suspects, ...]:
    return tuple(sorted(sets, key=lambda chosen: (len(chosen), sorted(chosen))))
