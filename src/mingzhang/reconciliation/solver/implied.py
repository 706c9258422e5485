"""What the rest of the system says a suspect should be: the interval that its relations leave it.

For each member of a suspect set, all of which is released, the least and greatest value over the other intervals: two
linear programs on a live model (``extremes``). The bound reported is that of an exact dual combination, hence safe:
the true range never exceeds it. None: no bound could be proved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from time import thread_time

from mingzhang.reconciliation.solver.deviations import views
from mingzhang.reconciliation.solver.extremes import Extremes
from mingzhang.reconciliation.solver.system import System


@dataclass(frozen=True, slots=True)
class Implied:
    """The closed interval [low, high], in grid units, that the rest of the system leaves ``variable``."""

    variable: int
    low: Fraction | None
    high: Fraction | None

    @property
    def width(self) -> Fraction | None:
        """``high - low``, or None if it is unbounded."""
        return None if self.low is None or self.high is None else self.high - self.low


class Rests:
    """What a system leaves released suspects, asked many times: views and live models of its components are kept."""

    def __init__(self, system: System) -> None:
        self._extremes: dict[int, Extremes] = {}
        self._views = views(system)
        self._place = {v: k for k, (component, _) in enumerate(self._views) for v in component.variables}

    def of(
        self, suspects: Iterable[int], others: Iterable[int] = (), *, time_limit: float = 1.0
    ) -> tuple[Implied, ...]:
        """The implied interval of each of ``suspects`` when they and ``others`` are released, in ascending order.

        ``time_limit``: seconds in all; what could not be bounded in time is None.
        """
        chosen = frozenset(suspects)
        released = chosen.union(others)
        deadline = thread_time() + time_limit
        inside: dict[int, list[int]] = {}
        for variable in sorted(chosen):
            if variable in self._place:
                inside.setdefault(self._place[variable], []).append(variable)
        found = {variable: Implied(variable, None, None) for variable in chosen}
        for place, variables in sorted(inside.items()):
            if place not in self._extremes:
                self._extremes[place] = Extremes(self._views[place][1])
            extremes = self._extremes[place]
            position = extremes.view.position
            extremes.release(frozenset(position[v] for v in released if v in position))
            for variable in variables:
                found[variable] = _interval(extremes, variable, deadline)
        return tuple(found[variable] for variable in sorted(found))


def implied(system: System, suspects: Iterable[int], *, time_limit: float = 1.0) -> tuple[Implied, ...]:
    """The implied interval of each of ``suspects`` when all of them are released: ``Rests`` asked once."""
    return Rests(system).of(suspects, time_limit=time_limit)


def _interval(extremes: Extremes, variable: int, deadline: float) -> Implied:
    j = extremes.view.position[variable]
    low = extremes.bound(j, -1, deadline)
    high = extremes.bound(j, 1, deadline)
    base = extremes.view.base[j]
    return Implied(variable, None if low is None else base + low, None if high is None else base + high)
