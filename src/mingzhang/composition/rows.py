"""The rows of a table: fixed ones, and those that a dimension has members for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mingzhang.composition.amounts import Amounts
from mingzhang.cube.hierarchy import CODED_DIMENSIONS
from mingzhang.cube.point import EVERYTHING, Point
from mingzhang.forms import BodyForm, Fragment, RowForm, RowsForm

_LENGTHS = {
    "function": {"类": 3, "款": 5, "项": 7},
    "object": {"类": 3, "款": 5},
    "gov_object": {"类": 3, "款": 5},
}
_LONGEST_CODE = 12
_NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One row: what it adds to the point of its cells, its label or the members it stands for, its depth.

    ``values`` are the members by dimension.
    """

    point: Fragment
    label: str = ""
    code: str = ""
    values: tuple[tuple[str, str], ...] = ()
    level: int = 0
    total: bool = False
    numbering: str = ""

    def value(self, dimension: str) -> str | None:
        """The member of a dimension that the row stands for."""
        return next((value for name, value in self.values if name == dimension), None)


def body_rows(body: BodyForm, columns: Sequence[Point], amounts: Amounts) -> Iterator[BodyRow]:
    """The rows of a body. ``columns`` are the points of its amount columns, without the rows' own dimensions."""
    for part in body:
        if isinstance(part, RowForm):
            # A row that no point names could only be printed blank, and a blank says zero.
            if part.role is None:
                yield BodyRow(part.point, part.label, part.code or "", total=_is_total(part.label))
        else:
            yield from _listed(part, columns, amounts)


def _is_total(label: str) -> bool:
    return any(word in label for word in ("合计", "总计"))


def _listed(part: RowsForm, columns: Sequence[Point], amounts: Amounts) -> Iterator[BodyRow]:
    total = BodyRow(part.point, part.total, total=True) if part.total is not None else None
    if total is not None and part.total_position == "first":
        yield total
    counter = 0
    own = [column.merged(part.point.rest) for column in columns]
    for values in _combinations(part, own, amounts):
        dimension, value = values[-1]
        level = _level(part, values)
        numbering = ""
        if part.numbering and level == 0:
            counter += 1
            numbering = part.numbering.replace("一", numeral(counter))
        point = part.point
        for name, member in values:
            point = point.merged(Fragment(EVERYTHING.at(**{name: member})))
        code = value if dimension in CODED_DIMENSIONS else ""
        yield BodyRow(point, code=code, values=values, level=level, numbering=numbering)
    if total is not None and part.total_position == "last":
        yield total


def _level(part: RowsForm, values: tuple[tuple[str, str], ...]) -> int:
    """The depth of a row among those that the table prints."""
    dimension, value = values[-1]
    below = len(values) - 1 if part.subtotals else 0
    if dimension in _LENGTHS and not part.across:
        lengths = sorted(_LENGTHS[dimension][level] for level in part.levels)
        return below + (lengths.index(len(value)) if len(value) in lengths else len(lengths) - 1)
    return below


def _combinations(part: RowsForm, columns: Sequence[Point], amounts: Amounts) -> Iterator[tuple[tuple[str, str], ...]]:
    axes = [(part.dimension, part.levels), *((axis.dimension, axis.levels) for axis in part.across)]
    yield from _below((), axes, columns, amounts, part.subtotals)


def _below(
    above: tuple[tuple[str, str], ...],
    axes: Sequence[tuple[str, tuple[str, ...]]],
    columns: Sequence[Point],
    amounts: Amounts,
    subtotals: bool,
) -> Iterator[tuple[tuple[str, str], ...]]:
    (dimension, levels), rest = axes[0], axes[1:]
    slices = [column.at(**dict(above)) for column in columns]
    finest = bool(above or rest) and not subtotals
    for member in _members(dimension, levels, slices, amounts, finest):
        here = (*above, (dimension, member))
        if not rest or subtotals:
            yield here
        if rest:
            yield from _below(here, rest, columns, amounts, subtotals)


def _members(
    dimension: str, levels: tuple[str, ...], columns: Sequence[Point], amounts: Amounts, finest: bool
) -> tuple[str, ...]:
    """The members with an amount in any of the columns, each once; codes in order, others as the ledger has them.

    Where combinations are listed (``finest``) no class stands above its parts: a local code takes its class's place.
    """
    known = _LENGTHS.get(dimension, {})
    lengths = tuple(known[level] for level in levels)
    if lengths and max(lengths) == max(known.values()):
        # The last standard level takes the local codes below it along.
        lengths = (*(() if finest else lengths), *range(max(lengths), _LONGEST_CODE + 1))
    found: dict[str, None] = {}
    for column in columns:
        if column.get(dimension) is None:
            found.update(dict.fromkeys(amounts.members(dimension, column, lengths)))
    if dimension not in CODED_DIMENSIONS:
        return tuple(found)
    codes = sorted(found)
    return tuple(c for c in codes if not (finest and any(other != c and other.startswith(c) for other in codes)))


def numeral(number: int) -> str:
    """一, 二, … 十一, … 九十九."""
    tens, ones = divmod(number, 10)
    if tens == 0:
        return _NUMERALS[ones - 1]
    head = ("" if tens == 1 else _NUMERALS[tens - 1]) + "十"
    return head + (_NUMERALS[ones - 1] if ones else "")
