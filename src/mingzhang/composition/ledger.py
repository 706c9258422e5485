"""The ledger: what a unit brings. Lines of exact amounts at the finest points known, projects with targets, texts.

Everything here is immutable and in 分; where it came from stands in each ``Source`` (sheet and cell).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType
from typing import Literal

from mingzhang.cube.point import Point
from mingzhang.cube.source import Source

NOWHERE = Source()
"""The place of what no file says."""

Kind = Literal["budget", "final"]
AgencyKind = Literal["机关", "参公单位", "事业单位", "混合"]
ADMINISTRATIVE: frozenset[str] = frozenset({"机关", "参公单位"})
"""The kinds whose 公用经费 is 机关运行经费."""

STAGE_OF: Mapping[str, str] = MappingProxyType({"budget": "budget", "final": "final"})


@dataclass(frozen=True, slots=True)
class Line:
    """One line: an exact amount at a point. ``carried`` is money carried over from the year before (上年结转)."""

    point: Point
    fen: int
    carried: bool = False
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True)
class Indicator:
    """One performance indicator (三级指标); ``value`` is as it shall be printed. ``weight`` is None where none is set."""

    name: str
    value: str
    unit: str = ""
    direction: str = ""
    weight: Decimal | None = None
    core: bool | None = None
    first: str = ""
    second: str = ""
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True)
class Project:
    """A project and its targets. Its amount is never here: it is the sum of its lines."""

    name: str
    code: str = ""
    agency: str = ""
    overview: str = ""
    goal: str = ""
    emphasis: bool = False
    indicators: tuple[Indicator, ...] = ()
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True)
class Count:
    """A count that is no money: vehicles, equipment, staff. ``kind`` says what it is a count of: 占有, 当年购置."""

    label: str
    value: Decimal
    unit: str
    kind: str = "占有"
    source: Source = NOWHERE


@dataclass(frozen=True, slots=True)
class Ledger:
    """Everything that one disclosure is composed from.

    ``lines`` hold this year and the year before, told apart by their points. ``goal`` and ``indicators`` are those of
    the whole unit (整体绩效). ``texts`` are the words that nobody can compute, by their keys (职责, 机构, 原因.… ).
    """

    agency: str
    year: int
    kind: Kind
    agency_kind: AgencyKind
    body: str = "部门"
    place: str = ""
    level: str = ""
    lines: tuple[Line, ...] = ()
    projects: tuple[Project, ...] = ()
    goal: str = ""
    indicators: tuple[Indicator, ...] = ()
    counts: tuple[Count, ...] = ()
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[str, ...] = ()

    @property
    def stage(self) -> str:
        """The stage of this year's lines."""
        return STAGE_OF[self.kind]
