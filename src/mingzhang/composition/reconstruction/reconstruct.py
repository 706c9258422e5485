"""Disclosure → the lines of a ledger that prints the same amounts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.composition.ledger import Line
from mingzhang.composition.reconstruction.exact import Demand, Equal, NoSolutionError, solve
from mingzhang.composition.reconstruction.families import Below, Family, at_or_below, families, funds_of
from mingzhang.composition.reconstruction.joint import crossed, paired
from mingzhang.cube.disclosure import Disclosure, Observation
from mingzhang.cube.hierarchy import CODED_DIMENSIONS
from mingzhang.cube.point import Point
from mingzhang.errors import UnreadableError
from mingzhang.reconciliation.derivation import Book

_BELOW = ("fund", "nature", "staffing", *sorted(CODED_DIMENSIONS))
_MOST_QUANTA = 2  # what is further off is no rounding
_OTHER_FLOWS = ("income", "carried_in", "balance_used", "carried_out", "distributed")

Slice = tuple[str | None, str | None, str | None]


class ContradictoryError(UnreadableError):
    """The amounts of the disclosure contradict each other: no ledger prints them."""


@dataclass(frozen=True, slots=True)
class Departure:
    """A printed amount that no ledger prints together with the others, and what the ledger prints there instead."""

    observation: Observation
    fen: int


@dataclass(frozen=True, slots=True)
class Reconstruction:
    """The lines of one year and stage, and what of the print they do not give back (尾差 of the document itself).

    ``within`` are natures with amounts under 其中, which are part of the others and have no lines of their own.
    """

    lines: tuple[Line, ...]
    departures: tuple[Departure, ...]
    within: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What a sentence says of money spent on ``functions``: it lies within ``half`` of ``fen`` (分)."""

    functions: frozenset[str]
    fund: str | None
    fen: int
    half: int


def lines_of(disclosure: Disclosure, year: int, stage: str, told: Sequence[Told] = ()) -> Reconstruction:
    """The ledger's lines for one year and stage of a disclosure; ``told`` is kept to only if the tables allow all of it.

    Raises ``ContradictoryError`` where no exact amounts print as the disclosure does, but for a unit of the last place.
    """
    book = Book.of(disclosure)
    printed = [o for o in disclosure.observations if _takes_part(o, year, stage)]
    # A sheet that leaves open what it speaks of (targets of the unit as a whole) counts only where there is no other.
    printed = [o for o in printed if not o.is_open] or printed
    others = _within_others(printed)
    tables = [o for o in printed if o.point.nature not in others]
    funds = funds_of(tables)
    found = families(tables, Point(year=year, stage=stage, flow="expenditure"), funds, book)
    atoms = _Atoms.of(found, [*_flow_atoms(tables, funds), *_topic_atoms(tables, funds)])
    demands, sources = _demands(atoms, tables)
    equals, blocks = _equals(atoms), _blocks(atoms)
    try:
        solution = solve(len(atoms.points), [*demands, *_told_demands(atoms, told)], equals, blocks)
        if told and solution.missed:
            solution = solve(len(atoms.points), demands, equals, blocks)
    except NoSolutionError:
        raise _contradictory(disclosure, None) from None
    departures: list[Departure] = []
    for number in solution.missed:
        demand, observation = demands[number], sources[number]
        fen = sum(solution.values[atom] for atom in demand.atoms)
        if abs(fen - demand.fen) > _MOST_QUANTA * observation.amount.quantum:
            raise _contradictory(disclosure, Departure(observation, fen))
        departures.append(Departure(observation, fen))
    lines = (*_lines(atoms, solution.values), *_flow_lines(atoms, solution.values))
    within = dict.fromkeys(o.point.nature for o in printed if o.amount.value and o.point.nature in others)
    return Reconstruction(lines, tuple(departures), tuple(nature for nature in within if nature is not None))


def _contradictory(disclosure: Disclosure, departure: Departure | None) -> ContradictoryError:
    why = ""
    if departure is not None:
        observation, fen = departure.observation, departure.fen
        printed, unit = observation.amount.printed or "空白", observation.amount.unit
        rest = f"{Decimal(fen) / (unit.fen or 100):,.{observation.amount.decimals}f}{unit.name}"
        label = f"“{observation.label}”" if observation.label else ""
        why = f"，例如{observation.source.describe()}的{label}印为{printed}{unit.name}，要与其他各数相符，应约为{rest}"
    return ContradictoryError(
        "contradictory-amounts",
        f"“{disclosure.path}”的金额互相矛盾，没有一套明细能同时得出各表数字{why}。"
        "请核对这个数和与它合计的各数（是否有一部分没有列出，或列出的各数口径不同），改正以后再导入；"
        "材料本身没有错的，请用 mingzhang ledger new 生成空白底账，按实际填写。",
    )


def _takes_part(observation: Observation, year: int, stage: str) -> bool:
    point = observation.point
    return (
        observation.origin == "table"
        and observation.amount.unit.is_money
        and (point.year, point.stage, point.measure) == (year, stage, "amount")
        and all(point.get(name) is None for name in ("project", "agency", "indicator"))
    )


def _within_others(tables: Sequence[Observation]) -> frozenset[str]:
    """The natures that stand only under 其中, beside others that do not: part of those, not a further one."""
    natures = {o.point.nature for o in tables} - {None}
    plain = {o.point.nature for o in tables if not o.of_which} - {None}
    return frozenset(nature for nature in natures - plain if nature is not None) if plain else frozenset()


def _flow_atoms(tables: Sequence[Observation], funds: Sequence[str]) -> list[Point]:
    """Income, carry-over and the like by fund (and class, where income is shown apart from what is spent)."""
    found: list[Point] = []
    flows = {o.point.flow for o in tables if o.amount.value and o.point.flow in _OTHER_FLOWS}
    carried = bool(flows - {"income"})
    for flow in _OTHER_FLOWS:
        shown = [o.point for o in tables if o.point.flow == flow and o.amount.value and o.point.topic is None]
        if not shown:
            continue
        codes = sorted({p.function for p in shown if p.function}) if carried else []
        leaves: list[str | None] = [c for c in codes if not any(o != c and o.startswith(c) for o in codes)]
        base = Point(year=shown[0].year, stage=shown[0].stage, flow=flow)
        found += [base.at(fund=fund, function=code) for fund in funds for code in (leaves or [None])]
    return found


def _topic_atoms(tables: Sequence[Observation], funds: Sequence[str]) -> list[Point]:
    """The customary scopes by their finest parts, as far as the tables print them."""
    shown = [o.point for o in tables if o.point.topic is not None and o.amount.value]
    return [p for p in dict.fromkeys(shown) if not any(q != p and _topic_below(q, p) for q in shown)]


def _topic_below(point: Point, other: Point) -> bool:
    names = ("topic", "purchase", *_BELOW)
    return all(at_or_below(name, point.get(name), other.get(name)) for name in names)


def _plain(point: Point) -> bool:
    return all(point.get(name) is None for name in _BELOW if name not in ("fund", "function"))


@dataclass(frozen=True, slots=True)
class _Atoms:
    """All atoms in one numbering: those of the families, then those of the other flows (from ``flows`` on)."""

    families: tuple[Family, ...]
    starts: tuple[int, ...]
    points: tuple[Point, ...]
    flows: int
    below: Below

    @staticmethod
    def of(found: Sequence[Family], flows: Sequence[Point]) -> _Atoms:
        starts: list[int] = []
        points: list[Point] = []
        for family in found:
            starts.append(len(points))
            points += family.atoms
        return _Atoms(tuple(found), tuple(starts), (*points, *flows), len(points), Below.of(points, _BELOW))

    def of_family(self, number: int) -> range:
        return range(self.starts[number], self.starts[number] + len(self.families[number].atoms))

    def spent(self, point: Point) -> list[list[int]]:
        """For every family that can say what a point of expenditure amounts to: its atoms there."""
        inside = sorted(self.below.inside(point))
        return [
            [i for i in inside if i in self.of_family(number)]
            for number, family in enumerate(self.families)
            if family.shows(point) and self._covers(family, point)
        ]

    def _covers(self, family: Family, point: Point) -> bool:
        """Whether the family has all the money of a point: its slices are all that any family knows there."""
        every = {key for other in self.families for key in other.slices}
        wanted = {
            (fund, nature)
            for fund, nature in every
            if at_or_below("fund", fund, point.fund) and at_or_below("nature", nature, point.nature)
        }
        return wanted <= family.slices

    def flowing(self, point: Point) -> list[int]:
        """The atoms of the other flows at or below a point of income, sources or uses; or of a topic."""
        return [
            i
            for i in range(self.flows, len(self.points))
            if (self.points[i].topic is None) == (point.topic is None)
            and all(at_or_below(n, self.points[i].get(n), point.get(n)) for n in ("flow", "topic", "purchase", *_BELOW))
        ]


def _demands(atoms: _Atoms, tables: Sequence[Observation]) -> tuple[list[Demand], list[Observation]]:
    """What the atoms must add up to, and the observation that demands it first."""
    found: dict[tuple[tuple[int, ...], int, int], Observation] = {}
    for observation in tables:
        fen, half = _interval(observation)
        for inside in _meant(atoms, observation.point):
            found.setdefault((tuple(inside), fen, half), observation)
    return [Demand(*key) for key in found], list(found.values())


def _told_demands(atoms: _Atoms, told: Sequence[Told]) -> list[Demand]:
    """What sentences demand of the atoms of every family that shows functions."""
    return [
        Demand(inside, one.fen, one.half)
        for one in told
        for number in range(len(atoms.families))
        if (
            inside := tuple(
                i
                for i in atoms.of_family(number)
                if atoms.points[i].function in one.functions and at_or_below("fund", atoms.points[i].fund, one.fund)
            )
        )
    ]


def _meant(atoms: _Atoms, point: Point) -> list[list[int]]:
    """The sets of atoms that a printed amount may be the sum of, one a family."""
    if point.topic is not None:
        return [atoms.flowing(point)]
    if point.flow == "expenditure":
        return atoms.spent(point)
    if point.flow == "uses":
        return [[*spent, *atoms.flowing(point)] for spent in atoms.spent(point.at(flow="expenditure"))]
    others = [atoms.points[i] for i in range(atoms.flows, len(atoms.points))]
    if not _plain(point) or (point.function is not None and not any(other.function for other in others)):
        # By class, what comes in is what is spent there, unless something is carried over.
        flows = {other.flow for other in others}
        same = (point.flow == "income" and "carried_in" not in flows) or point.flow == "sources"
        return atoms.spent(point.at(flow="expenditure")) if same and "carried_out" not in flows else []
    inside = atoms.flowing(point)
    return [inside] if inside or point.flow != "sources" else []


def _interval(observation: Observation) -> tuple[int, int]:
    """The centre and half-width of what an observation may stand for, in whole 分 (ends left out, as in assembly)."""
    amount = observation.amount
    half = 0 if amount.is_blank else max(int(amount.quantum / 2) - 1, 0)
    return int(amount.fen), half


def _slice(atom: Point) -> Slice:
    return atom.fund, atom.nature, atom.staffing


def _by_slice(atoms: _Atoms, number: int) -> dict[Slice, list[int]]:
    own: defaultdict[Slice, list[int]] = defaultdict(list)
    for i in atoms.of_family(number):
        own[_slice(atoms.points[i])].append(i)
    return own


def _blocks(atoms: _Atoms) -> list[list[int]]:
    """What is rounded together: a slice of a family; every other flow by itself."""
    blocks = [block for number in range(len(atoms.families)) for block in _by_slice(atoms, number).values()]
    return blocks + [[i] for i in range(atoms.flows, len(atoms.points))]


def _equals(atoms: _Atoms) -> list[Equal]:
    """Every family of a slice adds up to what the first one does; both sides of the whole balance."""
    sums: defaultdict[Slice, list[list[int]]] = defaultdict(list)
    for number in range(len(atoms.families)):
        for key, members in _by_slice(atoms, number).items():
            sums[key].append(members)
    found = [Equal(tuple(first), tuple(other)) for first, *rest in sums.values() for other in rest]
    sources, spent = atoms.flowing(Point(flow="sources")), atoms.spent(Point())
    if sources and spent:
        found.append(Equal((*spent[0], *atoms.flowing(Point(flow="uses"))), tuple(sources)))
    return found


def _lines(atoms: _Atoms, values: Sequence[int]) -> Iterator[Line]:
    """The families of each slice joined into lines."""
    slices: defaultdict[Slice, list[list[tuple[Point, int]]]] = defaultdict(list)
    for number in range(len(atoms.families)):
        for key, members in _by_slice(atoms, number).items():
            own = [(atoms.points[i], values[i]) for i in members if values[i]]
            if own:
                slices[key].append(own)
    for parts in slices.values():
        yield from (Line(point, fen) for point, fen in _joined(parts))


def _flow_lines(atoms: _Atoms, values: Sequence[int]) -> Iterator[Line]:
    for i in range(atoms.flows, len(atoms.points)):
        point = atoms.points[i]
        if values[i]:
            # A customary scope whose fund is not named is spent from the general budget.
            yield Line(point.at(fund="general") if point.topic and point.fund is None else point, values[i])


def _joined(parts: list[list[tuple[Point, int]]]) -> list[tuple[Point, int]]:
    economic = [part for part in parts if part[0][0].function is None]
    others = [part for part in parts if part[0][0].function is not None]
    joined = economic[0] if economic else []
    if len(economic) == 2:
        by_object, by_gov = sorted(economic, key=lambda part: part[0][0].object is None)
        base = by_object[0][0].at(object=None)
        joined = [
            (base.at(object=left, gov_object=right), fen)
            for left, right, fen in crossed(
                [(p.object or "", fen) for p, fen in by_object], [(p.gov_object or "", fen) for p, fen in by_gov]
            )
        ]
    if not others:
        return joined
    if not joined:
        return others[0]
    return [(left.merged(right), fen) for left, right, fen in paired(others[0], joined)]
