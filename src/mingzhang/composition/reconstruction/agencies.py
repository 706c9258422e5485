"""Subordinate units in a ledger rebuilt from a disclosure: which part of each line is whose.

Tables by unit show each unit's total, or its amounts by nature, fund or class. Every line is divided among the units so
that all of these come out; how it is divided below them is a supposition.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from mingzhang.composition.ledger import Line
from mingzhang.composition.reconstruction.exact import Demand, NoSolutionError, solve
from mingzhang.composition.reconstruction.families import at_or_below
from mingzhang.cube.disclosure import Disclosure, Observation
from mingzhang.cube.hierarchy import CODED_DIMENSIONS
from mingzhang.cube.point import UNNAMED_AGENCY, Point

_BELOW = ("fund", "nature", "staffing", *sorted(CODED_DIMENSIONS))
_FLOWS_OF = {
    "sources": frozenset({"income", "carried_in", "balance_used"}),
    "uses": frozenset({"expenditure", "carried_out", "distributed"}),
}
_MOST_PARTS = 40_000
_MOST_QUANTA = 2  # what is further off is no rounding
_DIVIDED = "各单位之间的划分，其合计与按单位列示的表一致，所属科目的明细是推定的，请按实际改正。"
_UNTOUCHED = "按所属单位列示的金额没有导入，单位之间的划分请自行补充。"


def with_agencies(
    lines: Sequence[Line], disclosure: Disclosure, year: int, stage: str
) -> tuple[tuple[Line, ...], list[str]]:
    """The lines divided among the units that the tables name, and what of these could not be kept to, in Chinese."""
    shown = [o for o in disclosure.observations if _is_of_unit(o, year, stage)]
    units = list(dict.fromkeys(o.point.agency for o in shown if o.amount.value))
    if not units or units == [disclosure.agency]:
        return tuple(lines), []
    plain = [o for o in shown if o.point.project is None]
    for kept in (shown, plain) if len(plain) < len(shown) else (shown,):
        found = _divided(lines, kept)
        if found is not None:
            own, untold = found
            lost = [o for o in shown if o.amount.value and (o not in kept or o in untold)]
            return own, [_DIVIDED, *(_told(observation) for observation in lost)]
    return tuple(lines), [_UNTOUCHED]


def _divided(
    lines: Sequence[Line], shown: Sequence[Observation]
) -> tuple[tuple[Line, ...], frozenset[Observation]] | None:
    """The lines divided as ``shown`` has it, and which of these nothing could be divided by; None where they cannot be."""
    # What no table gives by unit, income for one, stays whole.
    chosen = [any(_takes_in(o.point.at(project=None), line.point) for o in shown) for line in lines]
    owners = dict.fromkeys((o.point.agency, project) for o in shown for project in (None, o.point.project))
    parts: list[Line] = []
    totals: list[Demand] = []
    for line in (line for line, divides in zip(lines, chosen, strict=True) if divides):
        own = [replace(line, point=point) for point in _owned(line.point, owners)]
        totals.append(Demand(tuple(range(len(parts), len(parts) + len(own))), line.fen, 0))
        parts += own
    wanted = [_demand(observation, parts) for observation in shown]
    untold = frozenset(o for o, demand in zip(shown, wanted, strict=True) if not demand.atoms)
    told = [(o, demand) for o, demand in zip(shown, wanted, strict=True) if demand.atoms]
    values = _values(len(parts), totals, [demand for _, demand in told])
    if values is None:
        return None
    missed: set[Observation] = set()
    for observation, demand in told:
        off = abs(sum(values[part] for part in demand.atoms) - demand.fen)
        if off > _MOST_QUANTA * observation.amount.quantum:
            return None
        if off > demand.half:
            missed.add(observation)
    made = [replace(part, fen=fen) for part, fen in zip(parts, values, strict=True) if fen]
    whole = [line for line, divides in zip(lines, chosen, strict=True) if not divides]
    return (*made, *whole), untold | missed


def _owned(point: Point, owners: Iterable[tuple[str | None, str | None]]) -> Iterator[Point]:
    """The points that a line may be divided into: of every unit, of every project of it that the line may be of."""
    for unit, project in owners:
        if project is None:
            yield point.at(agency=unit)
        elif point.nature == "project" and point.project is None and point.topic is None:
            yield point.at(agency=unit, project=project)
    yield point


def _told(observation: Observation) -> str:
    amount = observation.amount
    what = f"“{observation.point.agency}”{observation.point.project or ''}"
    return f"{observation.source.describe()}的{what}{amount.printed}{amount.unit.name}没有照此划分，底账中没有与之相符的明细。"


def _values(count: int, totals: Sequence[Demand], wanted: Sequence[Demand]) -> list[int] | None:
    """What each part gets, every line's total exact; None where there are too many parts, or no answer."""
    if count > _MOST_PARTS:
        return None
    try:
        values = list(solve(count, [*totals, *wanted], [], [total.atoms for total in totals]).values)
    except NoSolutionError:
        return None
    for total in totals:
        # The programme's own tolerance may be a 分 of a large line.
        largest = max(total.atoms, key=lambda part: (abs(values[part]), -part))
        values[largest] += total.fen - sum(values[part] for part in total.atoms)
    return values


def _is_of_unit(observation: Observation, year: int, stage: str) -> bool:
    point = observation.point
    return (
        observation.origin == "table"
        and observation.amount.unit.is_money
        and point.agency is not None
        and not point.agency.startswith(UNNAMED_AGENCY)
        and (point.year, point.stage, point.measure) == (year, stage, "amount")
        and (point.flow is not None or point.topic is not None)
        and point.indicator is None
        and (point.project is None or not point.project.startswith(UNNAMED_AGENCY))
    )


def _takes_in(printed: Point, line: Point) -> bool:
    """Whether what is printed of a unit would take in a line, were it all of that unit."""
    flows = _FLOWS_OF.get(printed.flow or "", frozenset({printed.flow}))
    return (
        (line.flow in flows if printed.topic is None else at_or_below("topic", line.topic, printed.topic))
        and (printed.topic is None) == (line.topic is None)
        and printed.project in (None, line.project)
        and all(at_or_below(name, line.get(name), printed.get(name)) for name in (*_BELOW, "purchase"))
    )


def _demand(observation: Observation, parts: Sequence[Line]) -> Demand:
    point, amount = observation.point, observation.amount
    inside = tuple(
        number
        for number, part in enumerate(parts)
        if part.point.agency == point.agency and _takes_in(point, part.point)
    )
    half = 0 if amount.is_blank else max(int(amount.quantum / 2) - 1, 0)
    return Demand(inside, int(amount.fen), half)
