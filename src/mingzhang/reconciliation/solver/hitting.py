"""Minimum-cost hitting sets of conflicts, with all ties: the master problem of the implicit-hitting-set method.

A depth-first search over a live list of conflicts: branch on the members of a conflict not yet hit, each branch
forbidding its elder siblings, so every set appears once; prune with the cheapest members of class-disjoint unhit
conflicts. The cost bound is deepened iteratively (IDA*), so the first set found is a minimum. Reiter's HS-tree (1987),
Davies and Bacchus (2011) for the implicit form.
"""

from __future__ import annotations

from collections.abc import Iterator
from time import monotonic

from mingzhang.reconciliation.solver.copies import Costs


class OutOfTimeError(Exception):
    """The deadline passed; ``bound`` is the cost below which no hitting set exists."""

    def __init__(self, bound: int) -> None:
        super().__init__("out of time")
        self.bound = bound


class TooManyNodesError(Exception):
    """The search has grown beyond ``max_nodes``."""


class HittingSets:
    """Hitting sets of ``conflicts``, a list the caller may extend while it iterates."""

    def __init__(
        self,
        conflicts: list[frozenset[int]],
        costs: Costs,
        deadline: float | None = None,
        *,
        need_copies: bool = False,
        max_nodes: int | None = None,
    ) -> None:
        self.conflicts = conflicts
        self._need_copies = need_copies  # only sets with two members of one class
        self._costs = costs
        self._deadline = deadline
        self._next_bound: int | None = None
        self._nodes = 0
        self._max_nodes = max_nodes
        self.proved = 0  # no hitting set costs less than this

    def within(self, bound: int) -> Iterator[frozenset[int]]:
        """Every set that costs at most ``bound`` and has no member that hits nothing of its own branch, each once.

        A set is yielded when it hits all conflicts known then; if the caller adds one that it misses, the search goes
        on below it. ``OutOfTimeError`` past the deadline.
        """
        self._next_bound = None
        yield from self._search([], set(), {}, 0, bound)

    def lower_bound(self) -> int:
        """No hitting set costs less than this: the cheapest members of class-disjoint conflicts."""
        return max(0, self._remaining([], set(), {})[0])

    def cheapest(self) -> Iterator[frozenset[int]]:
        """Sets by rising cost: first those of the least cost, then of the next, until none is left."""
        bound = self.lower_bound()
        while True:
            self.proved = bound
            for chosen in self.within(bound):
                if self._costs.total(chosen) == bound:
                    yield chosen
            if self._next_bound is None:
                return
            bound = self._next_bound

    def _search(
        self, chosen: list[int], forbidden: set[int], dearest: dict[int, int], cost: int, bound: int
    ) -> Iterator[frozenset[int]]:
        self._nodes += 1
        if self._deadline is not None and self._nodes % 64 == 0 and monotonic() > self._deadline:
            raise OutOfTimeError(self.proved)
        if self._max_nodes is not None and self._nodes > self._max_nodes:
            raise TooManyNodesError
        rest, branch = self._remaining(chosen, forbidden, dearest)
        if rest < 0:
            return
        if cost + rest > bound:
            self._postpone(cost + rest)
            return
        if self._need_copies and len(dearest) == len(chosen) and cost + 1 > bound:
            return
        if branch is None:
            yield frozenset(chosen)
            if any(conflict.isdisjoint(chosen) for conflict in reversed(self.conflicts)):
                yield from self._search(chosen, forbidden, dearest, cost, bound)
            return
        yield from self._each(sorted(branch), chosen, forbidden, dearest, cost, bound)

    def _each(
        self,
        members: list[int],
        chosen: list[int],
        forbidden: set[int],
        dearest: dict[int, int],
        cost: int,
        bound: int,
    ) -> Iterator[frozenset[int]]:
        """One branch a member, each forbidding its elder siblings."""
        closed: list[int] = []
        for variable in members:
            if variable in forbidden:
                continue
            key = self._costs.class_of[variable]
            before = dearest.get(key)
            step = self._step(variable, dearest)
            if cost + step > bound:
                self._postpone(cost + step)
            else:
                dearest[key] = max(before or 0, self._costs.own_weight(variable))
                chosen.append(variable)
                yield from self._search(chosen, forbidden, dearest, cost + step, bound)
                chosen.pop()
                if before is None:
                    del dearest[key]
                else:
                    dearest[key] = before
            forbidden.add(variable)
            closed.append(variable)
        forbidden.difference_update(closed)

    def _step(self, variable: int, dearest: dict[int, int]) -> int:
        before = dearest.get(self._costs.class_of[variable])
        return self._costs.weight(variable) if before is None else self._costs.extra(variable, before)

    def _postpone(self, cost: int) -> None:
        if self._next_bound is None or cost < self._next_bound:
            self._next_bound = cost

    def _remaining(
        self, chosen: list[int], forbidden: set[int], dearest: dict[int, int]
    ) -> tuple[int, frozenset[int] | None]:
        """A lower bound of what is still to pay (-1: cannot be hit) and the unhit conflict to branch on."""
        taken = set(chosen)
        unhit: list[tuple[int, int, frozenset[int]]] = []
        for number, conflict in enumerate(self.conflicts):
            if taken.isdisjoint(conflict):
                open_members = len(conflict) - len(forbidden & conflict)
                if open_members == 0:
                    return -1, None
                unhit.append((open_members, number, conflict))
        if not unhit:
            return 0, None
        unhit.sort(key=lambda item: item[:2])
        used: set[int] = set()
        total = 0
        for _, _, conflict in unhit:
            free = conflict - forbidden if forbidden else conflict
            classes = {self._costs.class_of[variable] for variable in free}
            if used.isdisjoint(classes):
                used |= classes
                total += min(self._step(variable, dearest) for variable in free)
        return total, unhit[0][2]
