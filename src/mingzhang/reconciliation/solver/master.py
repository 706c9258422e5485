"""The master problem where the search of ``hitting`` grows too large: cheapest hitting sets by integer programming.

Binary ``y`` a variable, one ``m`` a class of copies with ``m >= 3 w y`` for its members, minimise ``sum(w y)`` plus
``sum(m)``: the costs of ``copies`` in quarters, all small integers. What comes back is checked to hit every conflict;
that nothing is cheaper rests on the bound of HiGHS, taken with a margin of half a cost unit. Its presolve has called problems
of seven variables infeasible that are not (HiGHS 1.16): it is left to those that cost too much without it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil

from mingzhang.reconciliation.solver.copies import QUARTERS, Costs
from mingzhang.reconciliation.solver.highs import quiet_model, wall_time
from mingzhang.reconciliation.solver.hitting import HittingSets, TooManyNodesError
from mingzhang.reconciliation.solver.work import OutOfWorkError, Work

Suspects = frozenset[int]

_NODES_FOR_ONE = 300
_NODES_FOR_ALL = 4_000
_GAP = 0.5
_MOST_PLAIN = 100  # variables of a problem that is solved as it stands
_A_NODE = 5_000  # steps of a node of branch and bound, with all that is tried there, and of an iteration
_AN_ITERATION = 20


def cheapest(conflicts: Sequence[Suspects], costs: Costs, work: Work) -> tuple[Suspects, bool]:
    """A cheapest hitting set, and whether it was hard to find; ``OutOfWorkError`` carries a proved lower bound."""
    search = HittingSets(list(conflicts), costs, work, max_nodes=_NODES_FOR_ONE)
    try:
        return next(search.cheapest()), False
    except TooManyNodesError:
        found = _solve(conflicts, (), costs, work, search.proved)
        assert found is not None  # every conflict has a member
        return found, True


def all_within(live: list[Suspects], cost: int, costs: Costs, work: Work) -> Iterator[Suspects]:
    """Every hitting set that costs ``cost``, which must be the least; the caller may extend ``live`` meanwhile.

    A set that misses a conflict added after it was yielded is replaced by those that hit it.
    """
    seen: list[Suspects] = []
    try:
        for candidate in HittingSets(live, costs, work, max_nodes=_NODES_FOR_ALL).within(cost):
            seen.append(candidate)
            yield candidate
    except TooManyNodesError:
        while True:
            found = _solve(live, seen, costs, work, cost)
            if found is None or costs.total(found) > cost:
                return
            seen.append(found)
            yield found


def _solve(
    conflicts: Sequence[Suspects], excluded: Sequence[Suspects], costs: Costs, work: Work, bound: int
) -> Suspects | None:
    """A cheapest hitting set that contains none of ``excluded``; None if there is none."""
    import highspy
    import numpy as np

    if work.is_over():
        raise OutOfWorkError(bound)
    members = sorted(frozenset().union(*conflicts))
    column = {variable: k for k, variable in enumerate(members)}
    classes = sorted({costs.class_of[variable] for variable in members})
    class_column = {key: len(members) + k for k, key in enumerate(classes)}
    count, total = len(members), len(members) + len(classes)
    presolve = "on" if len(members) > _MOST_PLAIN else "off"
    model = quiet_model(presolve=presolve, solver="choose", mip_rel_gap=0.0, mip_abs_gap=_GAP)
    model.setOptionValue("mip_max_nodes", 1 + work.left // _A_NODE)
    model.setOptionValue("time_limit", wall_time(work.seconds()))
    weights = np.array([*(costs.own_weight(v) for v in members), *([1] * len(classes))], dtype=np.float64)
    upper = np.array([1.0] * count + [float("inf")] * len(classes))
    nothing = np.zeros(0, dtype=np.int32)
    model.addCols(total, weights, np.zeros(total), upper, 0, np.zeros(total, dtype=np.int32), nothing, np.zeros(0))
    model.changeColsIntegrality(
        count, np.arange(count, dtype=np.int32), np.array([highspy.HighsVarType.kInteger] * count)
    )
    rows: list[tuple[list[int], list[float], float, float]] = []
    for conflict in conflicts:
        rows.append(([column[v] for v in sorted(conflict)], [1.0] * len(conflict), 1.0, float("inf")))
    for known in excluded:
        if known <= column.keys():
            rows.append(([column[v] for v in sorted(known)], [1.0] * len(known), 0.0, len(known) - 1.0))
    for variable in members:
        share = float((QUARTERS - 1) * costs.own_weight(variable))
        rows.append(([class_column[costs.class_of[variable]], column[variable]], [1.0, -share], 0.0, float("inf")))
    starts = np.cumsum([0, *(len(row[0]) for row in rows[:-1])], dtype=np.int32)
    model.addRows(
        len(rows),
        np.array([row[2] for row in rows]),
        np.array([row[3] for row in rows]),
        sum(len(row[0]) for row in rows),
        starts,
        np.array([k for row in rows for k in row[0]], dtype=np.int32),
        np.array([c for row in rows for c in row[1]]),
    )
    model.run()
    status = model.getModelStatus()
    spent = model.getInfo()
    work.spend(_A_NODE * max(spent.mip_node_count, 1) + _AN_ITERATION * max(spent.simplex_iteration_count, 0))
    if status == highspy.HighsModelStatus.kTimeLimit:
        work.interrupt()
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    if status != highspy.HighsModelStatus.kOptimal:
        reached = model.getInfo().mip_dual_bound
        raise OutOfWorkError(max(bound, ceil(reached - _GAP) if abs(reached) < 1e15 else 0))
    values = model.getSolution().col_value
    found = frozenset(variable for variable, k in column.items() if values[k] > 0.5)
    if any(found.isdisjoint(conflict) for conflict in conflicts):
        raise OutOfWorkError(bound)
    return found
