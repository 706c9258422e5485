"""The oracle of one component: with these variables set free, is there an assignment? Each answer is proved exactly.

There is no objective, so the dual simplex stays warm whatever bounds change, and an infeasible end is one row of a
basis tableau: an irreducible conflict (Gleeson and Ryan 1990; Chinneck 2008). Rows are taken up only when a candidate
violates them, so an error in one corner of a large table does not pay for the rest. A few rows are decided by the exact
simplex alone, and HiGHS is not even imported.

A float answer is only a hint: it is rounded to integers, else its basis is solved in fractions, else the exact simplex
decides; and the result is checked in integers before it is returned.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from mingzhang.reconciliation.solver.deviations import Deviations, Point, admits, combine, views
from mingzhang.reconciliation.solver.elimination import Equation, solve
from mingzhang.reconciliation.solver.live import LiveModel
from mingzhang.reconciliation.solver.simplex import Bounds, solve_bounds
from mingzhang.reconciliation.solver.system import Conflict, System
from mingzhang.reconciliation.solver.work import Work

_FEW_ROWS = 10  # decided by the exact simplex alone
_FEW_TERMS = 80
_SIMPLEX_ROWS = 250  # the most that the exact simplex is asked to decide as a last resort
_SHARE_FOR_ALL = 0.5  # when this share of the rows is taken up, the rest joins at once


@dataclass(frozen=True, slots=True)
class Unanswered:
    """The oracle has no proved answer: out of work, or no float answer could be verified."""

    reason: str
    limited: bool = False


class Oracle:
    """Answers ``check(relaxed)`` for one component (positions are local, see ``Deviations``)."""

    def __init__(self, view: Deviations) -> None:
        self.view = view
        self._rows: list[int] = []
        self._known: set[int] = set()
        self._live: LiveModel | None = None
        self._first = [r for r, row in enumerate(view.rows) if row.misses_zero()]

    def check(self, relaxed: frozenset[int], work: Work) -> Point | Conflict | Unanswered:
        """A point with the variables ``relaxed`` set free, or a conflict among the others, within ``work``."""
        dropped = dropped_rows(self.view, relaxed)
        point = Point({})
        violated = [r for r in self._first if r not in dropped]
        if not violated:
            return point
        while True:
            self._take_up(violated)
            answer = self._solve(relaxed, dropped, work)
            if not isinstance(answer, Point):
                return answer
            point = answer
            touched = {r for j in point.numerators for r in self.view.rows_of[j]}
            touched.update(self._first)
            violated = sorted(
                r for r in touched if r not in self._known and r not in dropped and not admits(self.view.rows[r], point)
            )
            if not violated:
                return point
            if len(self._rows) + len(violated) > _SHARE_FOR_ALL * len(self.view.rows):
                violated = [r for r in range(len(self.view.rows)) if r not in self._known]

    def _take_up(self, rows: list[int]) -> None:
        self._rows += [r for r in rows if r not in self._known]
        self._known.update(rows)

    def _solve(self, relaxed: frozenset[int], dropped: frozenset[int], work: Work) -> Point | Conflict | Unanswered:
        if work.is_over():
            return Unanswered("out of work", limited=True)
        few = len(self._rows) <= _FEW_ROWS and sum(len(self.view.rows[r].terms) for r in self._rows) <= _FEW_TERMS
        if self._live is None and few:
            return self._exactly(relaxed, dropped, work)
        if self._live is None:
            self._live = LiveModel(self.view)
        self._live.free(relaxed, dropped)
        self._live.add(self._rows)
        for live, afresh in ((self._live, False), (self._live, True), (None, False)):
            model = live or self._nearer(relaxed, dropped)
            answer = model.run(work, afresh=afresh)
            proved: Point | Conflict | None = None
            if answer == "optimal":
                proved = self._exact_point(model, relaxed, dropped)
            elif answer == "infeasible":
                proved = self._exact_conflict(model, relaxed)
            elif answer == "limit":
                return Unanswered("out of work", limited=True)
            if proved is not None:
                return proved
        return self._exactly(relaxed, dropped, work)

    def _nearer(self, relaxed: frozenset[int], dropped: frozenset[int]) -> LiveModel:
        """A model that begins where the rows put what is free: a figure ten thousand times too large is beyond floats."""
        view = self.view
        unknown = relaxed | {j for j, half in enumerate(view.half) if half is None}
        origin: dict[int, int] = {}
        waiting = sorted(unknown)
        while waiting:
            placed = next(
                ((j, value) for j in waiting if (value := self._put(j, unknown, origin, dropped)) is not None), None
            )
            j, value = placed or (waiting[0], 0)
            origin[j] = value
            waiting.remove(j)
        model = LiveModel(view, origin)
        model.free(relaxed, dropped)
        model.add(self._rows)
        return model

    def _put(
        self, position: int, unknown: frozenset[int], origin: dict[int, int], dropped: frozenset[int]
    ) -> int | None:
        """Where a row of which all else is known puts this deviation; ``None`` if none does."""
        for r in self.view.rows_of[position]:
            row = self.view.rows[r]
            if r in dropped or any(j in unknown and j not in origin and j != position for _, j in row.terms):
                continue
            bound = row.lower if row.lower is not None else row.upper
            coefficient = next(c for c, j in row.terms if j == position)
            rest = sum(c * origin.get(j, 0) for c, j in row.terms if j != position)
            return None if bound is None else round(Fraction(bound - rest, coefficient))
        return None

    def _stands(self, point: Point, relaxed: frozenset[int], dropped: frozenset[int]) -> bool:
        for j, numerator in point.numerators.items():
            half = self.view.half[j]
            if half is not None and j not in relaxed and abs(numerator) > half * point.denominator:
                return False
        touched = {r for j in point.numerators for r in self.view.rows_of[j]}.union(self._first)
        return all(admits(self.view.rows[r], point) for r in touched & self._known if r not in dropped)

    def _exact_point(self, live: LiveModel, relaxed: frozenset[int], dropped: frozenset[int]) -> Point | None:
        floats: dict[int, float] = dict(live.origin)
        for j, moved in live.point().items():
            floats[j] = floats.get(j, 0.0) + moved
        point = Point({j: n for j, value in floats.items() if (n := round(value))})
        if self._stands(point, relaxed, dropped):
            return point
        solution = self._basic_point(live, floats)
        if solution is not None:
            point = Point.of(solution)
            if self._stands(point, relaxed, dropped):
                return point
        return None

    def _basic_point(self, live: LiveModel, floats: dict[int, float]) -> dict[int, Fraction] | None:
        """The deviations that the final basis stands for, solved in fractions."""
        basis = live.basis()
        if basis is None:
            return None
        pairs, states = basis
        fixed: dict[int, int] = {}
        unknown: set[int] = set()
        for j, sides in pairs.items():
            if "basic" in sides:
                unknown.add(j)
            else:
                side = (sides[0] == "upper") - (sides[1] == "upper")
                fixed[j] = side * (self.view.half[j] or 0) if side else live.origin.get(j, 0)
        equations: list[Equation] = []
        for r, state in states.items():
            if state == "basic":
                continue
            row = self.view.rows[r]
            bound = row.upper if state == "upper" else row.lower
            if bound is None:
                return None
            constant = bound - sum(c * fixed[j] for c, j in row.terms if j in fixed)
            equations.append(({j: c for c, j in row.terms if j in unknown}, constant))
        solution = solve(equations, floats)
        if solution is None:
            return None
        free = {j: Fraction(round(floats.get(j, 0.0))) for j in unknown if j not in solution}
        return {**{j: Fraction(value) for j, value in fixed.items()}, **free, **solution}

    def _exact_conflict(self, live: LiveModel, relaxed: frozenset[int]) -> Conflict | None:
        support = live.ray()
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

    def _exactly(self, relaxed: frozenset[int], dropped: frozenset[int], work: Work) -> Point | Conflict | Unanswered:
        """Decide the rows taken up by the exact simplex."""
        rows = [r for r in self._rows if r not in dropped]
        if len(rows) > _SIMPLEX_ROWS:
            return Unanswered("no float answer could be verified")
        columns: dict[int, Bounds] = {}
        for r in rows:
            for _, j in self.view.rows[r].terms:
                half = self.view.half[j]
                columns[j] = (None, None) if half is None or j in relaxed else (-half, half)
        lines = [
            ({j: c for c, j in self.view.rows[r].terms}, (self.view.rows[r].lower, self.view.rows[r].upper))
            for r in rows
        ]
        answer = solve_bounds(columns, lines, work)
        if answer is None:
            return Unanswered("out of work", limited=True)
        solution, multipliers = answer
        if solution is not None:
            point = Point.of(solution)
            return point if self._stands(point, relaxed, dropped) else Unanswered("an exact answer failed its check")
        conflict = combine(self.view, {rows[k]: y for k, y in multipliers.items()}, relaxed)
        return conflict or Unanswered("an exact answer failed its check")


class Oracles:
    """The oracle of each component of a system, made when it is first asked and warm for whoever asks after."""

    def __init__(self, system: System) -> None:
        self.views = views(system)
        self._made: dict[int, Oracle] = {}
        self._works: list[Work] = []

    def __getitem__(self, place: int) -> Oracle:
        """The oracle of the component at ``place`` in ``views``."""
        if place not in self._made:
            self._made[place] = Oracle(self.views[place][1])
        return self._made[place]

    def work(self, steps: int) -> Work:
        """So much work with these oracles."""
        self._works.append(Work(steps))
        return self._works[-1]

    @property
    def interrupted(self) -> bool:
        """Whether the clock ended any of it."""
        return any(work.interrupted for work in self._works)


def dropped_rows(view: Deviations, relaxed: frozenset[int]) -> frozenset[int]:
    """The rows that no longer hold when ``relaxed`` are declared wrong: those they own."""
    return frozenset(r for owner in relaxed for r in view.owned_by.get(owner, ()))
