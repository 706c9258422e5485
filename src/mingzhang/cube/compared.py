"""What changed between two disclosures: the points that both know, side by side, largest change first."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from mingzhang.cube.point import Point
from mingzhang.cube.source import Source

State = Literal["changed", "same", "appeared", "vanished"]
Basis = Literal["years", "stages", "agencies", "drafts"]


@dataclass(frozen=True, slots=True)
class ComparedSide:
    """One of the two disclosures; ``label`` is the least that tells it from the other (2023年预算)."""

    path: str
    title: str
    agency: str | None
    year: int | None
    stage: str | None
    label: str


@dataclass(frozen=True, slots=True)
class ComparedLine:
    """One point in both: amounts in 分; ``point`` names neither year nor stage.

    ``slack`` is how far rounding lets the change be from what is printed. ``same`` is no change, or none beyond it. A code
    has ``appeared`` where the former disclosure has nothing at it (a blank, or a complete table that leaves it out), and
    ``vanished`` the other way round.
    ``former_name`` is what the former disclosure calls it, where that differs; ``moved`` the code that it had there, where
    the same name has another code now.
    """

    point: Point
    code: str | None
    name: str
    before: Decimal
    after: Decimal
    slack: Decimal
    state: State
    before_place: Source | None = None
    after_place: Source | None = None
    former_name: str | None = None
    moved: str | None = None

    @property
    def change(self) -> Decimal:
        return self.after - self.before

    @property
    def rate(self) -> Decimal | None:
        """The change in per cent of what was before; ``None`` where nothing was."""
        return self.change * 100 / self.before if self.before > 0 else None


@dataclass(frozen=True, slots=True)
class ComparedSection:
    """Points along one dimension (``None``: along several that have no codes), the largest change first.

    ``main`` sections are told first; the others look at parts of them.
    """

    title: str
    dimension: str | None
    lines: tuple[ComparedLine, ...]
    total: ComparedLine | None = None
    main: bool = True

    @property
    def leaves(self) -> tuple[ComparedLine, ...]:
        """The innermost codes only: each amount once."""
        codes = sorted(line.code for line in self.lines if line.code is not None)
        inner = {
            code
            for position, code in enumerate(codes)
            if position + 1 == len(codes) or not codes[position + 1].startswith(code)
        }
        return tuple(line for line in self.lines if line.code is None or line.code in inner)

    @property
    def tops(self) -> tuple[ComparedLine, ...]:
        """The outermost codes only."""
        codes = {line.code for line in self.lines if line.code is not None}
        return tuple(
            line
            for line in self.lines
            if line.code is None or not any(line.code != code and line.code.startswith(code) for code in codes)
        )


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that is comparable in two disclosures.

    ``headline`` is the total that is told first. ``decimals`` are those in which 万元 can be told; ``precision`` and
    ``notes`` are Chinese sentences: in which units the two were printed, and what could not be compared.
    """

    basis: Basis
    left: ComparedSide
    right: ComparedSide
    headline: ComparedLine | None
    sections: tuple[ComparedSection, ...]
    decimals: int
    precision: str
    notes: tuple[str, ...]
