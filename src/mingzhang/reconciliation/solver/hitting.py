"""Minimum-cost hitting sets of conflicts, with all ties: the master problem of the implicit-hitting-set method.

A depth-first search over a live list of conflicts: branch on the members of a conflict not yet hit, each branch
forbidding its elder siblings, so every set appears once; prune with the cheapest members of class-disjoint unhit
conflicts. The cost bound is deepened iteratively (IDA*), so the first set found is a minimum. Reiter's HS-tree (1987),
Davies and Bacchus (2011) for the implicit form.
"""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.reconciliation.solver.copies import Costs
from mingzhang.reconciliation.solver.work import OutOfWorkError, Work

_A_NODE = 10  # steps besides one a conflict


class TooManyNodesError(Exception):
    """The search has grown beyond ``max_nodes``."""


class HittingSets:
    """Hitting sets of ``conflicts``, a list the caller may extend while it iterates.

    Sets of variables and of classes are masks of bits within the search.
    """

    def __init__(
        self,
        conflicts: list[frozenset[int]],
        costs: Costs,
        work: Work,
        *,
        need_copies: bool = False,
        max_nodes: int | None = None,
    ) -> None:
        self.conflicts = conflicts
        self._need_copies = need_copies  # only sets with two members of one class
        self._costs = costs
        self._work = work
        self._next_bound: int | None = None
        self._nodes = 0
        self._max_nodes = max_nodes
        self._masks: list[int] = []
        self._variables: list[int] = []  # by bit
        self._bit: dict[int, int] = {}
        self._class_bit: dict[int, int] = {}
        self._of_bit: dict[int, tuple[int, int]] = {}  # the bit of its class, and what it costs alone
        self._known: dict[int, tuple[int, int]] = {}
        self.proved = 0  # no hitting set costs less than this

    def within(self, bound: int) -> Iterator[frozenset[int]]:
        """Every set that costs at most ``bound`` and has no member that hits nothing of its own branch, each once.

        A set is yielded when it hits all conflicts known then; if the caller adds one that it misses, the search goes
        on below it. ``OutOfWorkError`` when the work is over.
        """
        self._next_bound = None
        yield from self._search([], 0, 0, {}, 0, bound)

    def lower_bound(self) -> int:
        """No hitting set costs less than this: the cheapest members of class-disjoint conflicts."""
        return max(0, self._remaining(0, 0, {})[0])

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
        self, chosen: list[int], taken: int, forbidden: int, dearest: dict[int, int], cost: int, bound: int
    ) -> Iterator[frozenset[int]]:
        self._nodes += 1
        self._work.spend(_A_NODE + len(self.conflicts))
        if self._work.is_over():
            raise OutOfWorkError(self.proved)
        if self._max_nodes is not None and self._nodes > self._max_nodes:
            raise TooManyNodesError
        rest, branch = self._remaining(taken, forbidden, dearest)
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
                yield from self._search(chosen, taken, forbidden, dearest, cost, bound)
            return
        yield from self._each(sorted(branch), chosen, taken, forbidden, dearest, cost, bound)

    def _each(
        self,
        members: list[int],
        chosen: list[int],
        taken: int,
        forbidden: int,
        dearest: dict[int, int],
        cost: int,
        bound: int,
    ) -> Iterator[frozenset[int]]:
        """One branch a member, each forbidding its elder siblings."""
        for variable in members:
            bit = self._bit[variable]
            if forbidden & bit:
                continue
            key = self._costs.class_of[variable]
            before = dearest.get(key)
            step = self._step(variable, dearest)
            if cost + step > bound:
                self._postpone(cost + step)
            else:
                dearest[key] = max(before or 0, self._costs.own_weight(variable))
                chosen.append(variable)
                yield from self._search(chosen, taken | bit, forbidden, dearest, cost + step, bound)
                chosen.pop()
                if before is None:
                    del dearest[key]
                else:
                    dearest[key] = before
            forbidden |= bit

    def _step(self, variable: int, dearest: dict[int, int]) -> int:
        before = dearest.get(self._costs.class_of[variable])
        return self._costs.weight(variable) if before is None else self._costs.extra(variable, before)

    def _postpone(self, cost: int) -> None:
        if self._next_bound is None or cost < self._next_bound:
            self._next_bound = cost

    def _remaining(self, taken: int, forbidden: int, dearest: dict[int, int]) -> tuple[int, frozenset[int] | None]:
        """A lower bound of what is still to pay (-1: cannot be hit) and the unhit conflict to branch on."""
        while len(self._masks) < len(self.conflicts):
            self._masks.append(self._mask(self.conflicts[len(self._masks)]))
        masks = self._masks
        unhit: list[tuple[int, int]] = []
        for number, mask in enumerate(masks):
            if not mask & taken:
                open_members = (mask & ~forbidden).bit_count()
                if open_members == 0:
                    return -1, None
                unhit.append((open_members, number))
        if not unhit:
            return 0, None
        unhit.sort()
        opened = sum(self._class_bit[key] for key in dearest)
        used = 0
        total = 0
        for _, number in unhit:
            free = masks[number] & ~forbidden
            classes, least = self._classes_and_least(free)
            if not used & classes:
                used |= classes
                total += min(self._step(v, dearest) for v in self._members(free)) if classes & opened else least
        return total, self.conflicts[unhit[0][1]]

    def _mask(self, conflict: frozenset[int]) -> int:
        mask = 0
        for variable in conflict:
            if variable not in self._bit:
                self._bit[variable] = 1 << len(self._variables)
                self._variables.append(variable)
                class_bit = self._class_bit.setdefault(self._costs.class_of[variable], 1 << len(self._class_bit))
                self._of_bit[self._bit[variable]] = class_bit, self._costs.weight(variable)
            mask |= self._bit[variable]
        return mask

    def _members(self, mask: int) -> Iterator[int]:
        while mask:
            lowest = mask & -mask
            yield self._variables[lowest.bit_length() - 1]
            mask ^= lowest

    def _classes_and_least(self, mask: int) -> tuple[int, int]:
        """The classes of these variables, and what the cheapest of them costs alone."""
        found = self._known.get(mask)
        if found is None:
            classes, weights, rest = 0, set(), mask
            while rest:
                lowest = rest & -rest
                class_bit, weight = self._of_bit[lowest]
                classes |= class_bit
                weights.add(weight)
                rest ^= lowest
            self._work.spend(mask.bit_count())
            found = self._known[mask] = (classes, min(weights))
        return found
