"""What a ledger's lines say of any point: an exact sum, found by looking up and not by scanning.

A point that names a dimension takes the lines at or below its value (20805 takes 2080501; ``fiscal`` takes ``general``);
one that does not, all of them. What follows from the lines by definition is added here once: income by class, 三公经费
by object class, 机关运行经费 of administrative units (the customary scopes are data of ``classification``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import product

from mingzhang.classification.topics import CONSTRUCTION_CLASS, TOPIC_OBJECTS
from mingzhang.composition.ledger import ADMINISTRATIVE, Ledger, Line
from mingzhang.cube.hierarchy import CODED_DIMENSIONS, ancestors
from mingzhang.cube.point import DIMENSIONS, Point

UNNAMED = "未列明项目"
"""What a list of projects calls the project expenditure that the ledger gives to no project."""

BASIC_PURCHASES = "基本支出采购"
"""What a list of purchases by project calls those of 基本支出."""

_FISCAL = frozenset({"general", "gov_fund", "state_capital"})
_SOURCES = frozenset({"income", "carried_in", "balance_used", "sources"})
_CLASSIFIED = (*sorted(CODED_DIMENSIONS), "nature", "staffing", "project")


@dataclass(slots=True)
class Amounts:
    """The lines of a ledger, with those that follow from them, indexed by what a question names."""

    lines: tuple[Line, ...]
    _sums: dict[tuple[str, ...], dict[tuple[object, ...], int]] = field(default_factory=dict)
    _listed: dict[tuple[tuple[str, ...], str], dict[tuple[object, ...], list[str]]] = field(default_factory=dict)

    @staticmethod
    def of(ledger: Ledger) -> Amounts:
        """The amounts of a ledger."""
        lines = _owned(ledger, [line for line in ledger.lines if line.point.measure == "amount"])
        return Amounts((*lines, *_income(lines), *_topics(ledger, lines)))

    def at(self, point: Point) -> int:
        """The exact amount of a point, in 分."""
        own = point[:-1]  # all but the measure
        names = tuple([name for name, value in zip(DIMENSIONS, own, strict=False) if value is not None])
        return self._index(names).get(tuple([value for value in own if value is not None]), 0)

    def members(self, dimension: str, point: Point, lengths: Iterable[int] = ()) -> tuple[str, ...]:
        """The members of a dimension with an amount other than zero within ``point``, in the ledger's order.

        Of a coded dimension, those of the given code lengths, in the order of their codes.
        """
        wanted = frozenset(lengths)
        names = tuple(n for n in DIMENSIONS if n != "measure" and (n == dimension or point.get(n) is not None))
        found = self._members(names, dimension).get(tuple(point.get(name) for name in names if name != dimension), [])
        if dimension in CODED_DIMENSIONS:
            return tuple(sorted(code for code in found if not wanted or len(code) in wanted))
        return tuple(found)

    def _members(self, names: tuple[str, ...], dimension: str) -> dict[tuple[object, ...], list[str]]:
        """The members of a dimension with an amount, by the values of the other named dimensions."""
        found = self._listed.get((names, dimension))
        if found is None:
            found = self._listed[names, dimension] = {}
            where = names.index(dimension)
            for values, fen in self._index(names).items():
                if fen:
                    found.setdefault((*values[:where], *values[where + 1 :]), []).append(str(values[where]))
        return found

    def _index(self, names: tuple[str, ...]) -> dict[tuple[object, ...], int]:
        """The sums by the values of the named dimensions; topics are apart: they cut across the classes."""
        found = self._sums.get(names)
        if found is None:
            found = self._sums[names] = {}
            by_topic = "topic" in names
            plain: dict[tuple[object, ...], int] = {}
            places = [DIMENSIONS.index(name) for name in names]
            for line in self.lines:
                if (line.point.topic is None) == by_topic:
                    continue
                own: tuple[object, ...] = tuple([line.point[place] for place in places])
                plain[own] = plain.get(own, 0) + line.fen
            for own, fen in plain.items():
                for above in product(*(_upwards(name, value) for name, value in zip(names, own, strict=True))):
                    found[above] = found.get(above, 0) + fen
        return found


def _owned(ledger: Ledger, lines: list[Line]) -> list[Line]:
    """Every line with its unit and project: what names no unit is the disclosing unit's own.

    In a ledger of several units that does not part its income among them, the income stays undivided.
    """
    units = {line.point.agency for line in lines} - {None}
    parted = {line.point.flow for line in lines if line.point.agency is not None} | {"expenditure"}
    owned = [
        replace(line, point=line.point.at(agency=ledger.agency))
        if line.point.agency is None and ledger.agency and (not units or line.point.flow in parted)
        else line
        for line in lines
    ]
    return [replace(line, point=line.point.at(project=UNNAMED)) if _is_unnamed(line.point) else line for line in owned]


def _is_unnamed(point: Point) -> bool:
    return point.flow == "expenditure" and point.nature == "project" and point.project is None and point.topic is None


@lru_cache(maxsize=10_000)
def _upwards(dimension: str, value: object) -> tuple[object, ...]:
    """A value and those above it; nothing where there is none."""
    if isinstance(value, str):
        return (value, *ancestors(dimension, value))
    return () if value is None else (value,)


def _income(lines: list[Line]) -> Iterator[Line]:
    """Where the ledger states no income of a year: the money that its expenditure is paid from.

    Income lines without a class say the totals by fund; what falls to each class is what is spent there.
    """
    stated = {(line.point.year, line.point.stage) for line in lines if line.point.flow in _SOURCES}
    classed = {
        (line.point.year, line.point.stage)
        for line in lines
        if line.point.flow in _SOURCES and line.point.function is not None
    }
    for line in lines:
        point = line.point
        moment = (point.year, point.stage)
        if point.flow != "expenditure" or point.topic is not None or moment in classed:
            continue
        flow = "carried_in" if line.carried else "income"
        if moment not in stated:
            yield Line(point.at(flow=flow), line.fen, line.carried, line.source)
        elif any(point.get(name) is not None for name in _CLASSIFIED):
            # Counted in its class only: the total is stated. The year's own total must not change.
            yield from _within_classes(point.at(flow=flow), line)


def _within_classes(point: Point, line: Line) -> Iterator[Line]:
    """An income line seen only by questions that name a class: paired with its opposite outside the classes."""
    yield Line(point, line.fen, line.carried, line.source)
    plain = point.at(**dict.fromkeys(_CLASSIFIED))
    yield Line(plain, -line.fen, line.carried, line.source)


def _topics(ledger: Ledger, lines: list[Line]) -> Iterator[Line]:
    """The customary scopes that follow from classes, for the years and topics that the ledger does not state itself."""
    stated = {(line.point.year, line.point.stage, line.point.topic) for line in lines if line.point.topic}
    moments = {(year, stage) for year, stage, topic in stated if topic in TOPIC_OBJECTS}
    by_object = {code: topic for topic, codes in TOPIC_OBJECTS.items() for code in codes}
    aimed = frozenset(project.name for project in ledger.projects if project.indicators)
    for line in lines:
        point = line.point
        if point.flow != "expenditure" or point.topic is not None:
            continue
        moment = (point.year, point.stage)
        if point.project in aimed and point.nature == "project":
            yield Line(point.at(topic="performance"), line.fen, line.carried, line.source)
        topic = by_object.get((point.object or "")[:5])
        if topic is not None and point.fund in _FISCAL and moment not in moments:
            yield Line(point.at(topic=topic), line.fen, line.carried, line.source)
        running = point.nature == "basic" and point.staffing == "public" and point.fund == "general"
        if running and ledger.agency_kind in ADMINISTRATIVE and (*moment, "agency_running") not in stated:
            yield Line(point.at(topic="agency_running"), line.fen, line.carried, line.source)
        if (*moment, "own_level") not in stated and (*moment, "transfer") not in stated:
            yield Line(point.at(topic="own_level"), line.fen, line.carried, line.source)
        construction = (point.object or "").startswith(CONSTRUCTION_CLASS)
        if point.nature == "project" and not construction and (*moment, "net_of_construction") not in stated:
            yield Line(point.at(topic="net_of_construction"), line.fen, line.carried, line.source)
        if point.purchase is not None and (*moment, "procurement") not in stated:
            # A list of purchases by project is whole only with those that are of none.
            bought = point.at(topic="procurement", project=point.project or BASIC_PURCHASES)
            yield Line(bought, line.fen, line.carried, line.source)
