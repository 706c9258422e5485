"""What the rest of the system says a suspect should be: the interval that its relations leave it.

For each member of a suspect set, all of which is released, the least and greatest value over the other intervals: two
linear programs on a live model (``extremes``). The bound reported is that of an exact dual combination, hence safe:
the true range never exceeds it. None: no bound could be proved.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from time import monotonic

from mingzhang.reconciliation.solver.components import Component, components
from mingzhang.reconciliation.solver.deviations import deviations
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


def implied(system: System, suspects: Iterable[int], *, time_limit: float = 1.0) -> tuple[Implied, ...]:
    """The implied interval of each of ``suspects`` when all of them are released, in ascending order.

    ``time_limit``: seconds in all; what could not be bounded in time is None.
    """
    chosen = frozenset(suspects)
    deadline = monotonic() + time_limit
    found: dict[int, Implied] = {variable: Implied(variable, None, None) for variable in chosen}
    for component in components(system):
        inside = chosen.intersection(component.variables)
        if inside:
            found.update(_in_component(system, component, inside, deadline))
    return tuple(found[variable] for variable in sorted(found))


def _in_component(system: System, component: Component, inside: frozenset[int], deadline: float) -> dict[int, Implied]:
    view = deviations(system, component)
    relaxed = frozenset(view.position[variable] for variable in inside)
    extremes = Extremes(view, relaxed)
    found: dict[int, Implied] = {}
    for variable in sorted(inside):
        j = view.position[variable]
        low = extremes.bound(j, -1, deadline)
        high = extremes.bound(j, 1, deadline)
        base = view.base[j]
        found[variable] = Implied(variable, None if low is None else base + low, None if high is None else base + high)
    return found
