"""Whole numbers of the least cost within rows of bounds: a sparse programme for HiGHS, built once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from mingzhang.reconciliation.solver.highs import quiet_model

_WHOLE = 1e-6
_MOST_NODES = 2_000  # a limit that does not depend on the machine


@dataclass(frozen=True, slots=True)
class Row:
    """``lower <= sum(factor * number) <= upper``; ``None`` is unbounded. ``terms`` pairs numbers with their factors."""

    terms: tuple[tuple[int, int], ...]
    lower: int | None
    upper: int | None

    def binds(self, widths: Sequence[int]) -> bool:
        """Whether numbers from nought to their widths could break it."""
        least = sum(min(factor, 0) * widths[number] for number, factor in self.terms)
        most = sum(max(factor, 0) * widths[number] for number, factor in self.terms)
        return (self.lower is not None and least < self.lower) or (self.upper is not None and most > self.upper)


def cheapest(costs: Sequence[float], widths: Sequence[int], rows: Sequence[Row]) -> list[int] | None:
    """Whole numbers from nought to ``widths`` that satisfy every row, at the least cost; ``None`` where none are found.

    First the linear programme. Around what does not come out whole, whole numbers are searched among all that share a row
    with it, the others kept; while there are none, among all that share a row with those, until all are free. So the cost
    is the least of all only where everything came out whole; else it is the least with the others kept.
    """
    rows = [row for row in rows if row.binds(widths)]
    programme = _programme(costs, rows)
    found = _run(programme, [0] * len(costs), widths, whole=False)
    if found is None:
        return None
    free = {number for number, value in enumerate(found) if abs(value - round(value)) > _WHOLE}
    kept = [round(value) for value in found]
    answer: Sequence[float] | None = found
    while free:
        free, before = (
            free | {n for row in rows if any(n in free for n, _ in row.terms) for n, _ in row.terms},
            len(free),
        )
        lowest = [0 if number in free else value for number, value in enumerate(kept)]
        highest = [widths[number] if number in free else value for number, value in enumerate(kept)]
        answer = _run(programme, lowest, highest, whole=True)
        if answer is not None or len(free) == before:
            break
    return None if answer is None else [round(value) for value in answer]


def _programme(costs: Sequence[float], rows: Sequence[Row]) -> Any:
    import highspy
    import numpy

    terms = list(chain.from_iterable(row.terms for row in rows))
    programme: Any = highspy.HighsLp()
    programme.num_col_, programme.num_row_ = len(costs), len(rows)
    programme.col_cost_ = numpy.array(costs)
    programme.row_lower_ = numpy.array([-highspy.kHighsInf if row.lower is None else row.lower for row in rows], float)
    programme.row_upper_ = numpy.array([highspy.kHighsInf if row.upper is None else row.upper for row in rows], float)
    programme.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    programme.a_matrix_.start_ = numpy.cumsum([0, *(len(row.terms) for row in rows)], dtype=numpy.int32)
    programme.a_matrix_.index_ = numpy.array([number for number, _ in terms], dtype=numpy.int32)
    programme.a_matrix_.value_ = numpy.array([factor for _, factor in terms], dtype=float)
    return programme


def _run(programme: Any, lowest: Sequence[int], highest: Sequence[int], *, whole: bool) -> list[float] | None:
    """The solution within bounds, in whole numbers where asked; ``None`` where there is none (or none is found)."""
    import highspy
    import numpy

    programme.col_lower_ = numpy.array(lowest, dtype=float)
    programme.col_upper_ = numpy.array(highest, dtype=float)
    programme.integrality_ = [highspy.HighsVarType.kInteger] * len(lowest) if whole else []
    model = quiet_model(presolve="on", solver="choose", mip_rel_gap=0.0, mip_max_nodes=_MOST_NODES)
    model.passModel(programme)
    model.run()
    solved = model.getModelStatus() in (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kSolutionLimit)
    found: list[float] = list(model.getSolution().col_value)
    return found if solved and len(found) == len(lowest) else None


def impossible(widths: Sequence[int], rows: Sequence[Row]) -> bool:
    """Whether an exhaustive search in whole numbers shows that none satisfy the rows; false where it was given up.

    The solver's word is not taken for it.
    """
    touching: dict[int, list[Row]] = {}
    for row in rows:
        for number, _ in row.terms:
            touching.setdefault(number, []).append(row)
    open_ = [([0] * len(widths), list(widths), list(rows))]
    for _ in range(_MOST_NODES):
        if not open_:
            return True
        low, high, changed = open_.pop()
        if not _narrow(low, high, changed, touching):
            continue
        unfixed = [[n for n, _ in row.terms if low[n] != high[n]] for row in rows]
        narrowest = min((numbers for numbers in unfixed if numbers), key=len, default=None)
        if narrowest is None:
            return False  # every row holds: it is possible
        number = narrowest[0]
        for value in range(low[number], high[number] + 1):
            own_low, own_high = list(low), list(high)
            own_low[number] = own_high[number] = value
            open_.append((own_low, own_high, list(touching[number])))
    return False


def _narrow(low: list[int], high: list[int], changed: list[Row], touching: Mapping[int, list[Row]]) -> bool:
    """Narrow the bounds of every number by the rows until nothing changes; false where a row cannot hold."""
    while changed:
        row = changed.pop()
        least = sum(factor * (low if factor > 0 else high)[number] for number, factor in row.terms)
        most = sum(factor * (high if factor > 0 else low)[number] for number, factor in row.terms)
        if (row.upper is not None and least > row.upper) or (row.lower is not None and most < row.lower):
            return False
        for number, factor in row.terms:
            span = abs(factor) * (high[number] - low[number])
            up = span if row.upper is None else min(span, row.upper - least)
            down = span if row.lower is None else min(span, most - row.lower)
            rising, falling = (up, down) if factor > 0 else (down, up)
            bounds = high[number] - falling // abs(factor), low[number] + rising // abs(factor)
            if bounds != (low[number], high[number]):
                low[number], high[number] = bounds
                changed += touching[number]
                break  # its least and most have changed
    return True
