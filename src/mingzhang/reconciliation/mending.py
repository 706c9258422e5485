"""The disclosure as it would read without a structural slip, so that what else is wrong can be found."""

from __future__ import annotations

from dataclasses import replace

from mingzhang.cube.amount import Amount
from mingzhang.cube.disclosure import Disclosure, Observation
from mingzhang.cube.hierarchy import CODED_DIMENSIONS
from mingzhang.reconciliation.hypothesis import Structural
from mingzhang.reconciliation.relabelling import relabelled
from mingzhang.reconciliation.surplus import without_rows


def mended(disclosure: Disclosure, slip: Structural) -> Disclosure:
    """The disclosure as it would read without the slip, so that what else is wrong can be found."""
    if slip.kind == "missing_row":
        return _with_row(disclosure, slip)
    if slip.kind == "label":
        return relabelled(disclosure, slip)
    if slip.kind == "surplus_rows":
        return without_rows(disclosure, slip)
    observations: list[Observation] = []
    amounts = {
        (o.source.row, o.source.column): o.amount for o in disclosure.observations if o.source.table == slip.table
    }
    for observation in disclosure.observations:
        if observation.source.table == slip.table and observation.amount.unit.is_money:
            observation = replace(observation, amount=_mended_amount(observation, amounts, slip))
        observations.append(observation)
    return replace(disclosure, observations=tuple(observations))


def _mended_amount(
    observation: Observation, amounts: dict[tuple[int | None, int | None], Amount], slip: Structural
) -> Amount:
    row, column = observation.source.row, observation.source.column
    other = {slip.first: slip.second, slip.second: slip.first}
    if slip.kind == "columns" and column in other:
        return amounts.get((row, other[column]), observation.amount)
    if slip.kind == "rows" and row in other and (not slip.side or column in slip.side):
        return amounts.get((other[row], column), observation.amount)
    if slip.kind == "unit":
        unit = observation.amount.unit
        fen = unit.fen or 0
        scaled = fen // slip.factor if slip.factor > 0 else fen * -slip.factor
        return replace(observation.amount, unit=replace(unit, fen=scaled)) if scaled else observation.amount
    return observation.amount


def _with_row(disclosure: Disclosure, slip: Structural) -> Disclosure:
    """The table with the lost row as unknown cells: one for each point that the table's other rows have."""
    named = {name: value for name, value in slip.point.named().items() if name in CODED_DIMENSIONS}
    dimension, code = next(iter(named.items()))
    holes = {
        o.point.at(**{dimension: code})
        for o in disclosure.observations
        if o.source.table == slip.table and o.point.get(dimension) is not None
    }
    # Where it is not known which row is lost, others may be too: the table no longer shows what is nought.
    tables = tuple(
        replace(
            table,
            holes=(*table.holes, *sorted(holes, key=repr)),
            unread_rows=table.unread_rows or code.endswith("_"),
        )
        if table.id == slip.table
        else table
        for table in disclosure.tables
    )
    return replace(disclosure, tables=tables)
