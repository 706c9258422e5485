"""A fragment of a point as a form writes it: some dimensions named, the year relative to the disclosure's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mingzhang.cube import Point
from mingzhang.cube.point import EVERYTHING

YearWord = Literal["this", "last"]
YEAR_WORDS: tuple[YearWord, ...] = ("this", "last")


@dataclass(frozen=True, slots=True)
class Fragment:
    """Part of a point. ``year`` is ``this``, ``last``, a fixed year or unnamed; ``rest`` is everything but the year."""

    rest: Point = EVERYTHING
    year: YearWord | int | None = None

    def resolve(self, year: int | None) -> Point:
        """The point that is meant in a disclosure of ``year``; without one, ``this`` and ``last`` stay unnamed."""
        if self.year == "this":
            return self.rest.at(year=year)
        if self.year == "last":
            return self.rest.at(year=None if year is None else year - 1)
        return self.rest.at(year=self.year)

    def merged(self, other: Fragment) -> Fragment:
        """This fragment, with every dimension that ``other`` names taken from ``other``."""
        return Fragment(self.rest.merged(other.rest), self.year if other.year is None else other.year)

    def names(self, dimension: str) -> bool:
        """Whether the fragment itself says where it stands in ``dimension``."""
        if dimension == "year":
            return self.year is not None
        if dimension == "measure":
            return self.rest.measure != EVERYTHING.measure
        return self.rest.get(dimension) is not None


NOTHING = Fragment()
"""The fragment that names nothing."""
