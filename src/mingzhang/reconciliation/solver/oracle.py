"""The oracle of one component: with these variables set free, is there an assignment? Each answer is proved exactly.

One live HiGHS model a component. It has no objective, so the dual simplex stays warm whatever bounds change, and an
infeasible end is one row of a basis tableau: an irreducible conflict (Gleeson and Ryan 1990; Chinneck 2008). Rows
enter the model only when a candidate violates them, so an error in one corner of a large table does not pay for the
rest. Columns are pairs ``d = p - n`` with ``p, n >= 0``: what nothing pushes stays at the printed value.

A float answer is only a hint: it is rounded to integers, else its basis is solved in fractions, else an exact simplex
decides; and the result is checked in integers before it is returned.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from time import monotonic
from typing import Any

from mingzhang.reconciliation.solver.conflict import reduce_conflict
from mingzhang.reconciliation.solver.deviations import Deviations, Point, admits, combine
from mingzhang.reconciliation.solver.elimination import Equation, solve
from mingzhang.reconciliation.solver.highs import quiet_model
from mingzhang.reconciliation.solver.simplex import solve_bounds
from mingzhang.reconciliation.solver.system import Conflict

_SIMPLEX_ROWS = 250
_SHARE_FOR_ALL = 0.5  # when this share of the rows is in the model, the rest joins at once


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The oracle has no proved answer: out of time, or no float answer could be verified."""

    reason: str
    timed_out: bool = False


class Oracle:
    """Answers ``check(relaxed)`` for one component (positions are local, see ``Deviations``)."""

    def __init__(self, view: Deviations) -> None:
        self.view = view
        self.calls = 0
        self._model: Any = None
        self._row_at: list[int] = []  # rows in the model, in model order
        self._place_of_row: dict[int, int] = {}
        self._column_of: dict[int, int] = {}  # position -> model column of p; n is the next one
        self._position_at: list[int] = []
        self._relaxed: frozenset[int] = frozenset()
        self._dropped: set[int] = set()
        self._first = [r for r, row in enumerate(view.rows) if row.misses_zero()]

    def check(
        self, relaxed: frozenset[int] = frozenset(), deadline: float | None = None
    ) -> Point | Conflict | Unanswered:
        """A point with the variables ``relaxed`` set free, or a conflict among the others. ``deadline``: monotonic."""
        self.calls += 1
        dropped = {r for owner in relaxed for r in self.view.owned_by.get(owner, ())}
        point = Point({})
        violated = [r for r in self._first if r not in dropped]
        if not violated:
            return point
        self._free(relaxed, dropped)
        while True:
            self._add_rows(violated)
            answer = self._solve(relaxed, dropped, deadline)
            if isinstance(answer, Conflict):
                return reduce_conflict(self.view, answer, relaxed)
            if not isinstance(answer, Point):
                return answer
            point = answer
            touched = {r for j in point.numerators for r in self.view.rows_of[j]}
            touched.update(self._first)
            violated = sorted(
                r
                for r in touched
                if r not in self._place_of_row and r not in dropped and not admits(self.view.rows[r], point)
            )
            if not violated:
                return point
            if len(self._row_at) + len(violated) > _SHARE_FOR_ALL * len(self.view.rows):
                violated = [r for r in range(len(self.view.rows)) if r not in self._place_of_row]

    def extreme(
        self, position: int, relaxed: frozenset[int], direction: int, deadline: float | None = None
    ) -> Fraction | None:
        """A proved bound of one deviation with ``relaxed`` set free: the greatest (``direction`` 1) or least (-1).

        The rows near the variable are optimised first and the rest joins as it is violated. ``None``: unbounded, or not
        proved in time.
        """
        import highspy

        status = highspy.HighsModelStatus
        dropped = {r for owner in relaxed for r in self.view.owned_by.get(owner, ())}
        self._free(relaxed, dropped)
        rows = {r for r in (*self._first, *self.view.rows_of[position]) if r not in dropped}
        self._add_rows(sorted(rows))
        model = self._highs()
        column = self._column_of.get(position)
        if column is None:
            return None
        best: Fraction | None = None
        model.changeColCost(column, -float(direction))
        model.changeColCost(column + 1, float(direction))
        try:
            while True:
                if deadline is not None:
                    if monotonic() >= deadline:
                        return best
                    model.setOptionValue("time_limit", model.getRunTime() + max(deadline - monotonic(), 0.01))
                model.run()
                answer = model.getModelStatus()
                if answer == status.kOptimal:
                    bound = self._dual_bound(position, relaxed, dropped, direction)
                    if bound is not None and (best is None or direction * bound < direction * best):
                        best = bound
                    values = model.getSolution().col_value
                    size = {
                        j: (values[2 * k] - values[2 * k + 1]) * self.view.scale
                        for k, j in enumerate(self._position_at)
                    }
                    violated = self._loosely_violated(size, dropped)
                elif answer in (status.kUnbounded, status.kUnboundedOrInfeasible):
                    violated = [r for r in range(len(self.view.rows)) if r not in self._place_of_row]
                else:
                    return best
                if not violated:
                    return best
                self._add_rows(violated)
        finally:
            model.changeColCost(column, 0.0)
            model.changeColCost(column + 1, 0.0)

    def _loosely_violated(self, deviation: dict[int, float], dropped: set[int]) -> list[int]:
        """Rows outside the model that a float point misses; judged loosely, it only decides what to add."""
        touched = {r for j, value in deviation.items() if value for r in self.view.rows_of[j]}
        found: list[int] = []
        for r in sorted(touched):
            if r in self._place_of_row or r in dropped:
                continue
            row = self.view.rows[r]
            total = sum(c * deviation.get(j, 0.0) for c, j in row.terms)
            slack = 1e-6 * self.view.scale * self._size(r)
            if (row.lower is not None and total < row.lower - slack) or (
                row.upper is not None and total > row.upper + slack
            ):
                found.append(r)
        return found

    def _dual_bound(self, position: int, relaxed: frozenset[int], dropped: set[int], direction: int) -> Fraction | None:
        """The bound of ``direction * d[position]`` that the duals prove, exactly, as a bound of ``d[position]``.

        With ``direction * d = sum(y * row) + rest`` and ``rest`` vanishing on what has no interval, the bound is
        ``sum(y * bound of row) + sum(|rest| * half)``: weak duality, valid for any multipliers ``y``.
        """
        duals = self._model.getSolution().row_dual
        floats = {
            r: -float(duals[place]) / self._size(r)
            for place, r in enumerate(self._row_at)
            if r not in dropped and abs(duals[place]) > 1e-9
        }
        simple = {r: Fraction(y).limit_denominator(1000) for r, y in floats.items()}
        bound = self._weak_duality(position, relaxed, direction, simple)
        if bound is None:
            gradient: dict[int, dict[int, int]] = {position: {}}
            for r in floats:
                for c, j in self.view.rows[r].terms:
                    if self.view.half[j] is None or j in relaxed:
                        gradient.setdefault(j, {})[r] = c
            equations: list[Equation] = [(row, direction if j == position else 0) for j, row in gradient.items()]
            exact = solve(equations, floats)
            if exact is not None:
                bound = self._weak_duality(position, relaxed, direction, {**simple, **exact})
        return bound

    def _weak_duality(
        self, position: int, relaxed: frozenset[int], direction: int, multipliers: dict[int, Fraction]
    ) -> Fraction | None:
        rest: dict[int, Fraction] = {position: Fraction(direction)}
        total = Fraction(0)
        for r, y in multipliers.items():
            if not y:
                continue
            row = self.view.rows[r]
            bound = row.upper if y > 0 else row.lower
            if bound is None:
                return None
            total += y * bound
            for c, j in row.terms:
                rest[j] = rest.get(j, Fraction(0)) - y * c
        for j, share in rest.items():
            if share:
                half = self.view.half[j]
                if half is None or j in relaxed:
                    return None
                total += abs(share) * half
        return direction * total

    # -- the live model --------------------------------------------------------------------------------------------

    def _highs(self) -> Any:
        if self._model is None:
            self._model = quiet_model()
        return self._model

    def _width(self, position: int) -> float:
        half = self.view.half[position]
        return float("inf") if half is None or position in self._relaxed else half / self.view.scale

    def _limits(self, r: int) -> tuple[float, float]:
        if r in self._dropped:
            return -float("inf"), float("inf")
        row = self.view.rows[r]
        divisor = self.view.scale * self._size(r)
        lower = -float("inf") if row.lower is None else row.lower / divisor
        upper = float("inf") if row.upper is None else row.upper / divisor
        return lower, upper

    def _size(self, r: int) -> int:
        return max(abs(c) for c, _ in self.view.rows[r].terms)

    def _free(self, relaxed: frozenset[int], dropped: set[int]) -> None:
        """Move the model from the variables relaxed before to these."""
        changed = relaxed ^ self._relaxed
        rows = dropped ^ self._dropped
        self._relaxed = relaxed
        self._dropped = dropped
        for j in sorted(changed):
            column = self._column_of.get(j)
            if column is not None:
                self._highs().changeColBounds(column, 0.0, self._width(j))
                self._highs().changeColBounds(column + 1, 0.0, self._width(j))
        for r in sorted(rows):
            if r in self._place_of_row:
                self._highs().changeRowBounds(self._place_of_row[r], *self._limits(r))

    def _add_rows(self, rows: Iterable[int]) -> None:
        import numpy as np

        fresh = [r for r in rows if r not in self._place_of_row]
        if not fresh:
            return
        model = self._highs()
        known = len(self._position_at)
        for r in fresh:
            for _, j in self.view.rows[r].terms:
                if j not in self._column_of:
                    self._column_of[j] = 2 * len(self._position_at)
                    self._position_at.append(j)
        added = self._position_at[known:]
        if added:
            upper = np.repeat(np.array([self._width(j) for j in added], dtype=np.float64), 2)
            nothing, empty = np.zeros(0, dtype=np.int32), np.zeros(0)
            zeros = np.zeros(len(upper))
            starts = np.zeros(len(upper), dtype=np.int32)
            model.addCols(len(upper), zeros, zeros, upper, 0, starts, nothing, empty)
        starts_list: list[int] = []
        indices: list[int] = []
        values: list[float] = []
        lower_list: list[float] = []
        upper_list: list[float] = []
        for r in fresh:
            self._place_of_row[r] = len(self._row_at)
            self._row_at.append(r)
            starts_list.append(len(indices))
            size = self._size(r)
            for coefficient, j in self.view.rows[r].terms:
                column = self._column_of[j]
                indices += (column, column + 1)
                values += (coefficient / size, -coefficient / size)
            low, high = self._limits(r)
            lower_list.append(low)
            upper_list.append(high)
        model.addRows(
            len(fresh),
            np.array(lower_list, dtype=np.float64),
            np.array(upper_list, dtype=np.float64),
            len(indices),
            np.array(starts_list, dtype=np.int32),
            np.array(indices, dtype=np.int32),
            np.array(values, dtype=np.float64),
        )

    def _solve(
        self, relaxed: frozenset[int], dropped: set[int], deadline: float | None
    ) -> Point | Conflict | Unanswered:
        import highspy

        model = self._highs()
        for attempt in range(2):
            if deadline is not None:
                left = deadline - monotonic()
                if left <= 0:
                    return Unanswered("out of time", timed_out=True)
                model.setOptionValue("time_limit", model.getRunTime() + max(left, 0.01))
            model.run()
            status = model.getModelStatus()
            if status == highspy.HighsModelStatus.kOptimal:
                point = self._exact_point(relaxed, dropped)
                if point is not None:
                    return point
            elif status == highspy.HighsModelStatus.kInfeasible:
                conflict = self._exact_conflict(relaxed)
                if conflict is not None:
                    return conflict
            elif status == highspy.HighsModelStatus.kTimeLimit:
                return Unanswered("out of time", timed_out=True)
            if attempt == 0:
                model.clearSolver()
        return self._last_resort(relaxed, dropped, deadline)

    # -- from floats to proofs -------------------------------------------------------------------------------------

    def _stands(self, point: Point, relaxed: frozenset[int], dropped: set[int]) -> bool:
        for j, numerator in point.numerators.items():
            half = self.view.half[j]
            if half is not None and j not in relaxed and abs(numerator) > half * point.denominator:
                return False
        return all(r in dropped or admits(self.view.rows[r], point) for r in self._row_at)

    def _exact_point(self, relaxed: frozenset[int], dropped: set[int]) -> Point | None:
        values = self._model.getSolution().col_value
        scale = self.view.scale
        floats = {j: (values[2 * k] - values[2 * k + 1]) * scale for k, j in enumerate(self._position_at)}
        rounded = {j: round(value) for j, value in floats.items()}
        point = Point({j: n for j, n in rounded.items() if n})
        if self._stands(point, relaxed, dropped):
            return point
        solution = self._basic_point(floats)
        if solution is not None:
            point = Point.of(solution)
            if self._stands(point, relaxed, dropped):
                return point
        return None

    def _basic_point(self, floats: dict[int, float]) -> dict[int, Fraction] | None:
        """The deviations that the final basis stands for, solved in fractions."""
        import highspy

        basis = self._model.getBasis()
        if not basis.valid:
            return None
        basic, at_upper = highspy.HighsBasisStatus.kBasic, highspy.HighsBasisStatus.kUpper
        fixed: dict[int, int] = {}
        unknown: set[int] = set()
        for k, j in enumerate(self._position_at):
            sides = (basis.col_status[2 * k], basis.col_status[2 * k + 1])
            if basic in sides:
                unknown.add(j)
                continue
            half = self.view.half[j] or 0
            fixed[j] = half * ((sides[0] == at_upper) - (sides[1] == at_upper))
        equations: list[Equation] = []
        for place, r in enumerate(self._row_at):
            state = basis.row_status[place]
            if state == basic:
                continue
            row = self.view.rows[r]
            bound = row.upper if state == at_upper else row.lower
            if bound is None:
                return None
            constant = bound - sum(c * fixed[j] for c, j in row.terms if j in fixed)
            equations.append(({j: c for c, j in row.terms if j in unknown}, constant))
        solution = solve(equations, floats)
        if solution is None:
            return None
        free = {j: Fraction(round(floats[j])) for j in unknown if j not in solution}
        return {**{j: Fraction(value) for j, value in fixed.items()}, **free, **solution}

    def _exact_conflict(self, relaxed: frozenset[int]) -> Conflict | None:
        _, found, ray = self._model.getDualRay()
        if not found:
            return None
        top = max((abs(y) for y in ray), default=0.0)
        support = {
            r: float(ray[place]) / self._size(r) for place, r in enumerate(self._row_at) if abs(ray[place]) > 1e-9 * top
        }
        if not support:
            return None
        unit = min(abs(y) for y in support.values())
        simple = {r: Fraction(y / unit).limit_denominator(60) for r, y in support.items()}
        for sign in (1, -1):
            conflict = combine(self.view, {r: sign * y for r, y in simple.items()}, relaxed)
            if conflict is not None:
                return conflict
        gradient: dict[int, dict[int, int]] = {}
        slope: dict[int, float] = {}
        weight: dict[int, float] = {}
        for r, y in support.items():
            for c, j in self.view.rows[r].terms:
                gradient.setdefault(j, {})[r] = c
                slope[j] = slope.get(j, 0.0) + c * y
                weight[j] = max(weight.get(j, 0.0), abs(c * y))
        vanishing: list[Equation] = [
            (gradient[j], 0)
            for j in gradient
            if self.view.half[j] is None or j in relaxed or abs(slope[j]) <= 1e-7 * weight[j]
        ]
        pivot = max(support, key=lambda r: (abs(support[r]), -r))
        exact = solve([({pivot: 1}, 1), *vanishing], {r: y / support[pivot] for r, y in support.items()})
        if exact is None:
            return None
        for sign in (1, -1):
            conflict = combine(self.view, {r: sign * y for r, y in exact.items()}, relaxed)
            if conflict is not None:
                return conflict
        return None

    def _last_resort(
        self, relaxed: frozenset[int], dropped: set[int], deadline: float | None
    ) -> Point | Conflict | Unanswered:
        rows = [r for r in self._row_at if r not in dropped]
        if len(rows) > _SIMPLEX_ROWS:
            return Unanswered("no float answer could be verified")
        columns: dict[int, tuple[int | None, int | None]] = {}
        for j in self._position_at:
            half = self.view.half[j]
            columns[j] = (None, None) if half is None or j in relaxed else (-half, half)
        answer = solve_bounds(
            columns,
            [
                ({j: c for c, j in self.view.rows[r].terms}, (self.view.rows[r].lower, self.view.rows[r].upper))
                for r in rows
            ],
            deadline,
        )
        if answer is None:
            return Unanswered("out of time", timed_out=True)
        solution, multipliers = answer
        if solution is not None:
            return Point.of(solution)
        conflict = combine(self.view, {rows[k]: y for k, y in multipliers.items()}, relaxed)
        return conflict or Unanswered("no float answer could be verified")
