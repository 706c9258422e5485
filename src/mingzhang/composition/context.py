"""What the tables of one disclosure are laid out from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mingzhang.composition.amounts import Amounts
from mingzhang.composition.ledger import Ledger
from mingzhang.composition.names import Names
from mingzhang.composition.printing import Print
from mingzhang.cube.amount import unit_named
from mingzhang.cube.composed import Figure
from mingzhang.cube.point import Point
from mingzhang.forms import NOTHING, FormSet, TableForm
from mingzhang.forms.template import fill


@dataclass(frozen=True, slots=True)
class Context:
    """What every table of one disclosure is laid out from.

    ``words`` are the values of the placeholders.
    """

    ledger: Ledger
    forms: FormSet
    amounts: Amounts
    names: Names
    words: Mapping[str, object]

    def figure(self, table: TableForm, point: Point) -> Figure:
        """The figure of a point in a table, conventionally rounded."""
        scoped = point if table.scope == NOTHING else table.scope.resolve(self.ledger.year).merged(point)
        return Print(unit_named(table.unit), table.decimals).figure(point, self.amounts.at(scoped))

    def fill(self, template: str) -> str:
        return fill(template, self.words)
