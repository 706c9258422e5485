"""Subordinate units in a ledger rebuilt from a disclosure: which part of each line is whose.

Tables by unit show each unit's total, or its amounts by nature, fund or class. Every line is divided among the units so
that all of these come out; how it is divided below them is a supposition.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mingzhang.composition.ledger import Line
from mingzhang.composition.reconstruction.exact import Demand, NoSolutionError, solve
from mingzhang.composition.reconstruction.families import Below, at_or_below
from mingzhang.cube.disclosure import Disclosure, Observation
from mingzhang.cube.hierarchy import CODED_DIMENSIONS
from mingzhang.cube.point import UNNAMED_AGENCY, Point

_BELOW = ("fund", "nature", "staffing", *sorted(CODED_DIMENSIONS))
_FLOWS_OF = {
    "sources": frozenset({"income", "carried_in", "balance_used"}),
    "uses": frozenset({"expenditure", "carried_out", "distributed"}),
}
_MOST_PARTS = 400_000
_MOST_QUANTA = 2  # what is further off is no rounding
_DIVIDED = "各单位之间的划分，其合计与按单位列示的表一致，所属科目的明细是推定的，请按实际改正。"
_UNTOUCHED = "按所属单位列示的金额没有导入，单位之间的划分请自行补充。"


def with_agencies(
    lines: Sequence[Line], disclosure: Disclosure, year: int, stage: str
) -> tuple[tuple[Line, ...], list[str]]:
    """The lines divided among the units that the tables name, and what of these could not be kept to, in Chinese."""
    shown = _without_wholes([o for o in disclosure.observations if _is_of_unit(o, year, stage)])
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
    reached = _reached(lines, shown)
    # What no table gives by unit, income for one, stays whole.
    chosen = frozenset[int]().union(*reached)
    owners = _owners(shown, reached)
    parts: list[Line] = []
    of_line: list[int] = []
    totals: list[Demand] = []
    for number in sorted(chosen):
        own = [replace(lines[number], point=point) for point in _owned(number, lines[number].point, owners)]
        totals.append(Demand(tuple(range(len(parts), len(parts) + len(own))), lines[number].fen, 0))
        parts += own
        of_line += [number] * len(own)
    places: defaultdict[tuple[str | None, int], list[int]] = defaultdict(list)
    for place, (part, number) in enumerate(zip(parts, of_line, strict=True)):
        places[part.point.agency, number].append(place)
    wanted = [
        _demand(
            o,
            [
                p
                for n in sorted(inside)
                for p in places[o.point.agency, n]
                if o.point.project in (None, parts[p].point.project)
            ],
        )
        for o, inside in zip(shown, reached, strict=True)
    ]
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
    whole = [line for number, line in enumerate(lines) if number not in chosen]
    return (*made, *whole), untold | missed


def _without_wholes(shown: Sequence[Observation]) -> list[Observation]:
    """Without the rows of a department above its units: in all that its table prints of it, it is all the others."""
    rows: defaultdict[str | None, dict[str | None, dict[Point, Observation]]] = defaultdict(dict)
    for observation in shown:
        of_unit = rows[observation.source.table].setdefault(observation.point.agency, {})
        of_unit.setdefault(observation.point.at(agency=None), observation)
    wholes: set[tuple[str | None, str | None]] = set()
    for table, units in rows.items():
        for agency, own in units.items():
            others = [unit for name, unit in units.items() if name != agency and (table, name) not in wholes]
            if all(_is_all(whole, [unit[point] for unit in others if point in unit]) for point, whole in own.items()):
                wholes.add((table, agency))
    return [o for o in shown if (o.source.table, o.point.agency) not in wholes]


def _is_all(whole: Observation, others: Sequence[Observation]) -> bool:
    gap = whole.amount.fen - sum(o.amount.fen for o in others)
    return bool(others) and abs(gap) <= whole.amount.quantum * len(others) / 2


_Owner = tuple[str | None, str | None]
"""A unit, and a project of it or none."""


def _reached(lines: Sequence[Line], shown: Sequence[Observation]) -> list[frozenset[int]]:
    """For each observation the lines, by number, that it would take in were they all of its unit and project."""
    below = Below.of([line.point for line in lines], (*_BELOW, "purchase"))
    return [frozenset(n for n in below.inside(o.point) if _fits(o.point, lines[n].point)) for o in shown]


def _fits(printed: Point, line: Point) -> bool:
    flows = _FLOWS_OF.get(printed.flow or "", frozenset({printed.flow}))
    if (printed.topic is None) != (line.topic is None) or not (
        printed.project in (None, line.project) or _is_open(line)
    ):
        return False
    return line.flow in flows if printed.topic is None else at_or_below("topic", line.topic, printed.topic)


def _is_open(line: Point) -> bool:
    """Whether a line may be of any project."""
    return line.nature == "project" and line.project is None and line.topic is None


def _owners(shown: Sequence[Observation], reached: Sequence[frozenset[int]]) -> dict[_Owner, frozenset[int]]:
    """The lines, by number, that each owner may have a part of: in an amount of its own, and in none that is nought."""
    found: dict[_Owner, set[int]] = {}
    nought: defaultdict[_Owner, set[int]] = defaultdict(set)
    for observation, inside in zip(shown, reached, strict=True):
        owner = (observation.point.agency, observation.point.project)
        for each in dict.fromkeys((owner, (owner[0], None))):
            found.setdefault(each, set()).update(inside if observation.amount.value else ())
        if observation.amount.is_blank:
            nought[owner] |= inside
    return {owner: frozenset(may - nought[owner] - nought[owner[0], None]) for owner, may in found.items()}


def _owned(number: int, point: Point, owners: Mapping[_Owner, frozenset[int]]) -> Iterator[Point]:
    """The points that a line may be divided into: of every unit, of every project of it that the line may be of."""
    for (unit, project), may in owners.items():
        if number in may and (project is None or _is_open(point)):
            yield point.at(agency=unit) if project is None else point.at(agency=unit, project=project)
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


def _demand(observation: Observation, inside: Sequence[int]) -> Demand:
    amount = observation.amount
    half = 0 if amount.is_blank else max(int(amount.quantum / 2) - 1, 0)
    return Demand(tuple(inside), int(amount.fen), half)
