"""A frame of rulings → cells with their spans.

A cell is what one can walk through without crossing a line. Sides that are open at the edge of the table are closed.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from mingzhang.documents.pdf.glyphs import Box, Ruling
from mingzhang.documents.pdf.rulings import JOIN_GAP, Frame, nearest, positions

_OPEN_SIDE = 8.0  # lines reaching this far past the last crossing line leave an open side
_TOUCH = 4.0
_SLACK = JOIN_GAP + 1.0  # by which a line may fall short of the crossing line at its end


class Region(NamedTuple):
    """A cell before it has text; rows and columns are counted in the lattice as drawn.

    ``is_corner``: open to the side and upwards or downwards, as the blank beside a narrower part of a table is.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    box: Box
    is_corner: bool = False


class Lattice:
    """The cells of one frame, and the way from a point to its cell."""

    def __init__(self, frame: Frame) -> None:
        horizontal, vertical = frame.horizontal, frame.vertical
        xs = positions(ruling.at for ruling in vertical)
        ys = positions(ruling.at for ruling in horizontal)
        self.open_left, self.open_right = _open_ends(xs, horizontal)
        self.open_top, self.open_bottom = _open_ends(ys, vertical)
        self.xs = _extend(xs, self.open_left, self.open_right)
        self.ys = _extend(ys, self.open_top, self.open_bottom)
        self.regions: list[Region] = []
        self._owner: list[list[int]] = []
        if len(self.xs) > 1 and len(self.ys) > 1:
            self._build(horizontal, vertical)

    @property
    def box(self) -> Box:
        return self.xs[0], self.ys[0], self.xs[-1], self.ys[-1]

    @property
    def columns(self) -> int:
        return len({region.column for region in self.regions})

    def at(self, x: float, y: float) -> int | None:
        """The number of the region around a point; a point on the rim, or just outside, belongs to the nearest."""
        left, top, right, bottom = self.box
        if not (left - 1.0 <= x <= right + 1.0 and top - 1.0 <= y <= bottom + 1.0):
            return None
        column = min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)
        row = min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)
        return self._owner[row][column]

    def _build(self, horizontal: Sequence[Ruling], vertical: Sequence[Ruling]) -> None:
        rows, columns = len(self.ys) - 1, len(self.xs) - 1
        # below[k][c]: a line at ys[k] under column c; beside[k][r]: a line at xs[k] along row r.
        level = _edges(self.ys, self.xs, horizontal)
        upright = _edges(self.xs, self.ys, vertical)
        missing = (
            [not line for line in upright[0]] if self.open_left is None else [False] * rows,
            [not line for line in upright[columns]] if self.open_right is None else [False] * rows,
            [not line for line in level[0]] if self.open_top is None else [False] * columns,
            [not line for line in level[rows]] if self.open_bottom is None else [False] * columns,
        )
        owner = [[-1] * columns for _ in range(rows)]
        for row in range(rows):
            for column in range(columns):
                if owner[row][column] >= 0:
                    continue
                right = column + 1
                while right < columns and not upright[right][row] and owner[row][right] < 0:
                    right += 1
                low = row + 1
                while low < rows and self._goes_down(level, upright, owner, low, column, right):
                    low += 1
                beside = (column == 0 and any(missing[0][row:low])) or (right == columns and any(missing[1][row:low]))
                above = (row == 0 and any(missing[2][column:right])) or (low == rows and any(missing[3][column:right]))
                number = len(self.regions)
                box = (self.xs[column], self.ys[row], self.xs[right], self.ys[low])
                self.regions.append(Region(row, column, low - row, right - column, box, beside and above))
                for r in range(row, low):
                    owner[r][column:right] = [number] * (right - column)
        self._owner = owner

    @staticmethod
    def _goes_down(
        level: list[list[bool]], upright: list[list[bool]], owner: list[list[int]], row: int, left: int, right: int
    ) -> bool:
        if any(level[row][left:right]):
            return False
        if any(upright[column][row] for column in range(left + 1, right)):
            return False
        return all(number < 0 for number in owner[row][left:right])


def _open_ends(ordered: Sequence[float], crossing: Sequence[Ruling]) -> tuple[float | None, float | None]:
    """Where the lines of the other direction run on past the first and the last position, at least two of them alike."""
    if not ordered or len(crossing) < 2:
        return None, None
    starts = sorted(ruling.start for ruling in crossing)
    ends = sorted((ruling.end for ruling in crossing), reverse=True)
    first = starts[1] if ordered[0] - starts[1] > _OPEN_SIDE and starts[1] - starts[0] <= _TOUCH else None
    last = ends[1] if ends[1] - ordered[-1] > _OPEN_SIDE and ends[0] - ends[1] <= _TOUCH else None
    return first, last


def _extend(ordered: list[float], first: float | None, last: float | None) -> list[float]:
    return [*([first] if first is not None else []), *ordered, *([last] if last is not None else [])]


def _edges(across: Sequence[float], along: Sequence[float], rulings: Sequence[Ruling]) -> list[list[bool]]:
    """For each position, which of the intervals between the crossing positions a line covers."""
    covered = [[False] * (len(along) - 1) for _ in across]
    for at, start, end in rulings:
        line = covered[nearest(across, at)]
        for index in range(bisect_left(along, start - _SLACK), len(along) - 1):
            low, high = along[index], along[index + 1]
            if high > end + _SLACK:
                break
            slack = min(_SLACK, 0.3 * (high - low))
            if start <= low + slack and end >= high - slack:
                line[index] = True
    return covered
