"""How far one deviation can go: linear programs over a component, their bounds proved by exact weak duality."""

from __future__ import annotations

from fractions import Fraction

from mingzhang.reconciliation.solver.deviations import Deviations, Point
from mingzhang.reconciliation.solver.elimination import Equation, solve
from mingzhang.reconciliation.solver.exact import Number, whole
from mingzhang.reconciliation.solver.live import LiveModel
from mingzhang.reconciliation.solver.oracle import dropped_rows
from mingzhang.reconciliation.solver.work import Work

_LOOSE = 1e-6  # in units of the row and of the scale; only decides which rows join


class Extremes:
    """Bounds of deviations in one component with the positions ``relaxed`` set free, and the rows they own dropped.

    ``point`` satisfies all the other rows. The search begins there: far from the variable nothing has to move.
    """

    def __init__(self, view: Deviations, relaxed: frozenset[int], point: Point | None) -> None:
        self.view = view
        self._relaxed = relaxed
        self._dropped = dropped_rows(view, relaxed)
        origin = (
            {} if point is None else {j: round(Fraction(n, point.denominator)) for j, n in point.numerators.items()}
        )
        self._live = LiveModel(view, origin)
        self._live.free(relaxed, self._dropped)
        if point is None:
            self._live.add(r for r, row in enumerate(view.rows) if row.misses_zero() and r not in self._dropped)

    @property
    def rows(self) -> tuple[int, ...]:
        """The rows that have been taken up."""
        return tuple(self._live.rows)

    def bound(self, position: int, direction: int, work: Work) -> Fraction | None:
        """A proved bound of one deviation: the greatest (``direction`` 1) or the least (-1).

        The rows near the variable are optimised first and others join as they are violated. ``None``: unbounded, or not
        proved within ``work``.
        """
        live = self._live
        live.add(r for r in self.view.rows_of[position] if r not in self._dropped)
        if not live.aim(position, direction):
            return None
        best: Fraction | None = None
        try:
            while True:
                answer = live.run(work)
                if answer == "optimal":
                    bound = self._dual_bound(position, direction)
                    if bound is not None and (best is None or direction * bound < direction * best):
                        best = bound
                    violated = self._loosely_violated(live.point())
                elif answer == "unbounded":
                    free = [j for j in live.positions if self.view.half[j] is None or j in self._relaxed]
                    violated = self._outside({r for j in free for r in self.view.rows_of[j]})
                    violated = violated or self._outside(range(len(self.view.rows)))
                else:
                    return best
                if not violated:
                    return best
                live.add(violated)
        finally:
            live.aim(position, 0)

    def _outside(self, rows: range | set[int]) -> list[int]:
        known = self._live.place_of_row
        return [r for r in sorted(rows) if r not in known and r not in self._dropped]

    def _loosely_violated(self, moved: dict[int, float]) -> list[int]:
        found: list[int] = []
        origin = self._live.origin
        for r in self._outside({r for j in moved for r in self.view.rows_of[j]}):
            row = self.view.rows[r]
            total = sum(c * (origin.get(j, 0.0) + moved.get(j, 0.0)) for c, j in row.terms)
            slack = _LOOSE * self.view.scale * row.size
            under = row.lower is not None and total < row.lower - slack
            if under or (row.upper is not None and total > row.upper + slack):
                found.append(r)
        return found

    def _dual_bound(self, position: int, direction: int) -> Fraction | None:
        """The bound of ``direction * d[position]`` that the duals prove, exactly, as a bound of ``d[position]``.

        With ``direction * d = sum(y * row) + rest`` and ``rest`` vanishing on what has no interval, the bound is
        ``sum(y * bound of row) + sum(|rest| * half)``: weak duality, valid for any multipliers ``y``.
        """
        floats = {r: -y for r, y in self._live.duals().items() if r not in self._dropped}
        simple = {r: Fraction(y).limit_denominator(1000) for r, y in floats.items()}
        bound = self._weak_duality(position, direction, simple)
        if bound is None:
            gradient: dict[int, dict[int, int]] = {position: {}}
            for r in floats:
                for c, j in self.view.rows[r].terms:
                    if self.view.half[j] is None or j in self._relaxed:
                        gradient.setdefault(j, {})[r] = c
            equations: list[Equation] = [(row, direction if j == position else 0) for j, row in gradient.items()]
            exact = solve(equations, floats)
            if exact is not None:
                bound = self._weak_duality(position, direction, {**simple, **exact})
        return bound

    def _weak_duality(self, position: int, direction: int, multipliers: dict[int, Fraction]) -> Fraction | None:
        rest: dict[int, Number] = {position: direction}
        total: Number = 0
        for r, multiplier in multipliers.items():
            if not multiplier:
                continue
            y: Number = whole(multiplier)
            row = self.view.rows[r]
            bound = row.upper if y > 0 else row.lower
            if bound is None:
                return None
            total = total + y * bound
            for c, j in row.terms:
                rest[j] = rest.get(j, 0) - y * c
        for j, share in rest.items():
            if share:
                half = self.view.half[j]
                if half is None or j in self._relaxed:
                    return None
                total += (share if share > 0 else -share) * half
        return Fraction(direction * total)
