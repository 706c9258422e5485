"""One live HiGHS model of a component: rows join when they are needed, bounds change, the basis stays warm.

Columns are pairs ``d = origin + p - n`` with ``p, n >= 0``, in units of the view's ``scale``: what nothing pushes stays
at the origin, which is the printed values unless another is given. Rows are divided by their largest coefficient. All
answers are floats, that is, hints.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal

from mingzhang.reconciliation.solver.deviations import Deviations
from mingzhang.reconciliation.solver.highs import quiet_model, wall_time
from mingzhang.reconciliation.solver.work import Work

Answer = Literal["optimal", "infeasible", "unbounded", "limit", "unknown"]
Side = Literal["basic", "lower", "upper"]
_ENDLESS = float("inf")
_A_RUN = 200  # steps of a run however small, and of an iteration; each hundredth of the rows costs another
_AN_ITERATION = 5
_MOST_ITERATIONS = 10**9


class LiveModel:
    """The model and its state: which rows are in, which positions are free (``relaxed``), which rows ``dropped``."""

    def __init__(self, view: Deviations, origin: Mapping[int, int] | None = None) -> None:
        self.view = view
        self.origin = origin or {}
        self.rows: list[int] = []  # in model order
        self.positions: list[int] = []  # in model order
        self.place_of_row: dict[int, int] = {}
        self._column_of: dict[int, int] = {}  # position -> model column of p; n is the next one
        self._relaxed: frozenset[int] = frozenset()
        self._dropped: frozenset[int] = frozenset()
        self._model: Any = quiet_model()

    def free(self, relaxed: frozenset[int], dropped: frozenset[int]) -> None:
        """Move the model from the positions relaxed and the rows dropped before to these."""
        positions = sorted(relaxed ^ self._relaxed)
        rows = sorted(dropped ^ self._dropped)
        self._relaxed = relaxed
        self._dropped = dropped
        for j in positions:
            column = self._column_of.get(j)
            if column is not None:
                for k, width in enumerate(self._widths(j)):
                    self._model.changeColBounds(column + k, 0.0, width)
        for r in rows:
            if r in self.place_of_row:
                self._model.changeRowBounds(self.place_of_row[r], *self._limits(r))

    def add(self, rows: Iterable[int]) -> None:
        """Add these rows, and the columns they bring; those already in are left alone."""
        import numpy as np

        fresh = [r for r in rows if r not in self.place_of_row]
        if not fresh:
            return
        model = self._model
        known = len(self.positions)
        for r in fresh:
            for _, j in self.view.rows[r].terms:
                if j not in self._column_of:
                    self._column_of[j] = 2 * len(self.positions)
                    self.positions.append(j)
        added = self.positions[known:]
        if added:
            upper = np.array([width for j in added for width in self._widths(j)], dtype=np.float64)
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
            self.place_of_row[r] = len(self.rows)
            self.rows.append(r)
            starts_list.append(len(indices))
            size = self.view.rows[r].size
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

    def _widths(self, position: int) -> tuple[float, float]:
        """How far a deviation can go up and down from the origin."""
        half = self.view.half[position]
        if half is None or position in self._relaxed:
            return _ENDLESS, _ENDLESS
        begun = self.origin.get(position, 0.0)
        return max(half - begun, 0.0) / self.view.scale, max(half + begun, 0.0) / self.view.scale

    def _limits(self, r: int) -> tuple[float, float]:
        if r in self._dropped:
            return -_ENDLESS, _ENDLESS
        row = self.view.rows[r]
        divisor = self.view.scale * row.size
        begun = sum(c * self.origin.get(j, 0.0) for c, j in row.terms) if self.origin else 0
        lower = -_ENDLESS if row.lower is None else (row.lower - begun) / divisor
        upper = _ENDLESS if row.upper is None else (row.upper - begun) / divisor
        return lower, upper

    def run(self, work: Work, *, afresh: bool = False) -> Answer:
        """Solve from the present basis (``afresh``: from none), within ``work``."""
        import highspy

        if afresh:
            self._model.clearSolver()
        if work.is_over():
            return "limit"
        an_iteration = _AN_ITERATION + len(self.rows) // 100
        self._model.setOptionValue("simplex_iteration_limit", min(1 + work.left // an_iteration, _MOST_ITERATIONS))
        self._model.setOptionValue("time_limit", self._model.getRunTime() + wall_time(work.seconds()))
        self._model.run()
        iterations = max(self._model.getInfo().simplex_iteration_count, 0)
        work.spend(_A_RUN + len(self.rows) + len(self.positions) + iterations * an_iteration)
        status = highspy.HighsModelStatus
        if self._model.getModelStatus() == status.kTimeLimit:
            work.interrupt()
        answers: dict[Any, Answer] = {
            status.kOptimal: "optimal",
            status.kInfeasible: "infeasible",
            status.kUnbounded: "unbounded",
            status.kUnboundedOrInfeasible: "unbounded",
            status.kIterationLimit: "limit",
            status.kTimeLimit: "limit",
        }
        return answers.get(self._model.getModelStatus(), "unknown")

    def aim(self, position: int, direction: int) -> bool:
        """Maximise ``direction * d[position]`` from now on (0: nothing); False if no row has it."""
        column = self._column_of.get(position)
        if column is None:
            return False
        self._model.changeColCost(column, -float(direction))
        self._model.changeColCost(column + 1, float(direction))
        return True

    def point(self) -> dict[int, float]:
        """How far the deviations found are from the origin, in grid units, by position; those at it are left out."""
        values = self._model.getSolution().col_value
        scale = self.view.scale
        return {j: step * scale for k, j in enumerate(self.positions) if (step := values[2 * k] - values[2 * k + 1])}

    def duals(self) -> dict[int, float]:
        """The dual of each row as the view states it; zeros left out."""
        duals = self._model.getSolution().row_dual
        return {r: float(y) / self.view.rows[r].size for r, y in zip(self.rows, duals, strict=True) if abs(y) > 1e-9}

    def ray(self) -> dict[int, float]:
        """A combination of rows that proves infeasibility, up to its sign; empty if there is none."""
        _, found, ray = self._model.getDualRay()
        if not found:
            return {}
        top = max((abs(y) for y in ray), default=0.0)
        return {
            r: float(y) / self.view.rows[r].size for r, y in zip(self.rows, ray, strict=True) if abs(y) > 1e-9 * top
        }

    def basis(self) -> tuple[dict[int, tuple[Side, Side]], dict[int, Side]] | None:
        """Where the pair of each position and each row stand in the final basis."""
        import highspy

        basis = self._model.getBasis()
        if not basis.valid:
            return None
        names: dict[Any, Side] = {highspy.HighsBasisStatus.kBasic: "basic", highspy.HighsBasisStatus.kUpper: "upper"}
        columns = [names.get(state, "lower") for state in basis.col_status]
        pairs = {j: (columns[2 * k], columns[2 * k + 1]) for k, j in enumerate(self.positions)}
        return pairs, {r: names.get(state, "lower") for r, state in zip(self.rows, basis.row_status, strict=True)}
