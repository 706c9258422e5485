"""A point of the budget cube: one named value a dimension; a dimension that is not named is summed over."""

from __future__ import annotations

from typing import Any, NamedTuple


class Point(NamedTuple):
    """Where an amount stands in the cube (DESIGN §1). ``None`` means: summed over, or the dimension does not apply.

    ``year`` is the fiscal year; ``stage`` is budget, adjusted, executed or final; ``flow`` is income, expenditure,
    carried_in, carried_out, balance_used, distributed, or one of the totals sources and uses. ``topic`` is a
    customary scope that cuts across the classes (三公经费 and its parts, 机关运行经费, 政府采购, 绩效管理);
    ``indicator`` a performance indicator; ``measure`` is ``amount`` unless something else is counted or compared.

    A named tuple, not a dataclass: points are made, hashed and compared by the hundred thousand.
    """

    year: int | None = None
    stage: str | None = None
    flow: str | None = None
    fund: str | None = None
    function: str | None = None
    object: str | None = None
    gov_object: str | None = None
    nature: str | None = None
    staffing: str | None = None
    topic: str | None = None
    purchase: str | None = None
    project: str | None = None
    agency: str | None = None
    indicator: str | None = None
    measure: str = "amount"

    def at(self, **values: Any) -> Point:
        """The point with some dimensions replaced; an unknown dimension is a TypeError."""
        fields: list[Any] = [*self]
        for name, value in values.items():
            if name not in _POSITION:
                raise TypeError(f"a point has no dimension {name!r}")
            fields[_POSITION[name]] = value
        return tuple.__new__(Point, fields)

    def without(self, dimension: str) -> Point:
        """The point summed over ``dimension``."""
        position = _POSITION[dimension]
        if self[position] is None:
            return self
        return tuple.__new__(Point, (*self[:position], None, *self[position + 1 :]))

    def get(self, dimension: str) -> Any:
        """The value at ``dimension`` (``None`` where it is summed over)."""
        return getattr(self, dimension)

    def named(self) -> dict[str, Any]:
        """The named dimensions only, in declared order."""
        return {name: value for name, value in zip(DIMENSIONS, self, strict=True) if value is not None}

    def merged(self, other: Point) -> Point:
        """This point, with every dimension that ``other`` names taken from ``other``."""
        fields = [own if value is None else value for own, value in zip(self, other, strict=True)]
        if other.measure == EVERYTHING.measure:
            fields[-1] = self.measure
        return tuple.__new__(Point, fields)


DIMENSIONS: tuple[str, ...] = Point._fields
_POSITION = {name: position for position, name in enumerate(DIMENSIONS)}

EVERYTHING = Point()
"""The point that names nothing: the sum over all dimensions."""

UNNAMED_AGENCY = "#"
"""An agency that a table counts apart without naming it: ``#1`` is the first row of a repeated code, and so on."""

UNKNOWN_SCOPE = "?"
"""The scope of a table that does not say what it covers: ``?t05`` is that of table t05, tied to no other."""
