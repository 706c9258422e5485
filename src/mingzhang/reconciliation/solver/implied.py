"""What the rest of the system says a suspect should be: the interval that its relations leave it.

For each member of a suspect set, all of which is released, the least and greatest value over the other intervals: two
linear programs on a live model (``extremes``). The bound reported is that of an exact dual combination, hence safe:
the true range never exceeds it. None: no bound could be proved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from mingzhang.reconciliation.solver.deviations import Point
from mingzhang.reconciliation.solver.extremes import Extremes
from mingzhang.reconciliation.solver.oracle import Oracles
from mingzhang.reconciliation.solver.system import System
from mingzhang.reconciliation.solver.work import Work

_STEPS = 1_000_000


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
    """What a system leaves released suspects, asked many times; the ``oracles`` of its components are kept."""

    def __init__(self, system: System, oracles: Oracles | None = None) -> None:
        self._oracles = oracles or Oracles(system)
        self._place = {v: k for k, (component, _) in enumerate(self._oracles.views) for v in component.variables}

    def of(self, suspects: Iterable[int], others: Iterable[int] = (), *, steps: int = _STEPS) -> tuple[Implied, ...]:
        """The implied interval of each of ``suspects`` when they and ``others`` are released, in ascending order.

        ``steps``: of work in all; what could not be bounded with it is None.
        """
        chosen = frozenset(suspects)
        released = chosen.union(others)
        work = self._oracles.work(steps)
        inside: dict[int, list[int]] = {}
        for variable in sorted(chosen):
            if variable in self._place:
                inside.setdefault(self._place[variable], []).append(variable)
        found = {variable: Implied(variable, None, None) for variable in chosen}
        for place, variables in sorted(inside.items()):
            view = self._oracles.views[place][1]
            relaxed = frozenset(view.position[v] for v in released if v in view.position)
            answer = self._oracles[place].check(relaxed, work)
            extremes = Extremes(view, relaxed, answer if isinstance(answer, Point) else None)
            for variable in variables:
                found[variable] = _interval(extremes, variable, work)
        return tuple(found[variable] for variable in sorted(found))


def implied(system: System, suspects: Iterable[int], *, steps: int = _STEPS) -> tuple[Implied, ...]:
    """The implied interval of each of ``suspects`` when all of them are released: ``Rests`` asked once."""
    return Rests(system).of(suspects, steps=steps)


def _interval(extremes: Extremes, variable: int, work: Work) -> Implied:
    j = extremes.view.position[variable]
    low = extremes.bound(j, -1, work)
    high = extremes.bound(j, 1, work)
    base = extremes.view.base[j]
    return Implied(variable, None if low is None else base + low, None if high is None else base + high)
