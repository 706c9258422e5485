"""From an exact amount to what is printed of it: the unit, the decimals, and how zero is shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from mingzhang.cube.amount import Amount, Unit
from mingzhang.cube.composed import Cell, ComposedTable, Figure
from mingzhang.cube.point import Point


@dataclass(frozen=True, slots=True)
class Print:
    """How the amounts of a table are printed. ``grouped``: with thousands separators; ``zero``: what stands for zero."""

    unit: Unit
    decimals: int
    grouped: bool = True
    zero: str = ""

    @property
    def quantum(self) -> Decimal:
        """One step of the print, in 分."""
        if self.unit.fen is None:
            raise ValueError(f"{self.unit.name} does not measure money")
        return Decimal(self.unit.fen).scaleb(-self.decimals)

    def steps(self, fen: int) -> int:
        """The exact amount in steps of the print, rounded half away from zero (conventional rounding)."""
        return int((Decimal(fen) / self.quantum).quantize(Decimal(1), rounding=ROUND_HALF_UP))

    def figure(self, point: Point, fen: int, steps: int | None = None) -> Figure:
        """The figure of an exact amount; ``steps`` is the print where it was chosen otherwise."""
        usual = self.steps(fen)
        chosen = usual if steps is None else steps
        return Figure(point, fen, self.amount(chosen, fen), chosen != usual)

    def amount(self, steps: int, fen: int) -> Amount:
        """The amount of so many steps. Only an exact zero is left blank; what rounds to zero is printed as zero."""
        value = Decimal(steps).scaleb(-self.decimals)
        if fen == 0 and steps == 0:
            return Amount(self.zero, self.unit, Decimal(0), self.decimals)
        return Amount(f"{value:{',' if self.grouped else ''}.{self.decimals}f}", self.unit, value, self.decimals)


def reprinted(table: ComposedTable, steps: Mapping[tuple[Point, Decimal], int]) -> ComposedTable:
    """A table whose figures are printed as chosen: ``steps`` by point and quantum; the others stay."""
    printed = Print(table.unit, table.decimals)

    def cell(one: Cell) -> Cell:
        chosen = steps.get((one.figure.point, one.figure.amount.quantum)) if one.figure is not None else None
        if one.figure is None or chosen is None:
            return one
        figure = printed.figure(one.figure.point, one.figure.fen, chosen)
        return replace(one, figure=figure, text=figure.amount.printed) if figure.departs else one

    return replace(table, body=tuple(tuple(map(cell, row)) for row in table.body))
