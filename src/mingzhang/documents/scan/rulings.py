"""Ruling lines on a picture: dark, thin, straight and longer than any stroke of a character."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mingzhang.documents.pdf.glyphs import Ruling
from mingzhang.documents.pdf.rulings import join
from mingzhang.documents.scan.bands import running_through

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Gray = NDArray[np.uint8]

_THICKEST = 3.0  # points
_LEVEL_LENGTH = 16.0  # points: longer than a stroke of ordinary type
_UPRIGHT_LENGTH = 9.0
_CONTRAST = 22  # of 255: how much darker than the paper on either side
_TOUCH = 1.4  # points
_LONG = 36.0
_SMOOTH = 1.5  # points along the line
_HALF = 0.7  # points: half of how thick most are, and a slip
_PIECE = 40.0  # points: how much of a line is looked at for how thick it is
_EDGE = 0.06  # as dark, beside what is around it, as the line itself: its blurred edge
_CROSSING = 1.5  # points
_NO_STROKE = 100.0  # points: longer than a stroke of any type
_APART = 1.5  # points on either side of a line that are paper
_CROSSED = 0.35  # of its length where they are not
_LONG_CROSSED = 0.65  # so much where cells are hardly higher than their type
_VERY_LONG = 180.0  # points: strokes of type that noise joins reach no further


def rulings_on(gray: Gray, scale: float) -> tuple[list[Ruling], list[Ruling], Gray]:
    """Level and upright rulings in points, and a mask of their pixels."""
    import cv2

    across = _contrast(gray, scale)
    along = _contrast(cv2.transpose(gray), scale)  # type: ignore[arg-type]
    level = _lines(across, scale, _LEVEL_LENGTH)
    upright = _lines(along, scale, _UPRIGHT_LENGTH)
    level = [line for line in level if line.end - line.start > _NO_STROKE or _joins(line, upright, _NO_STROKE)]
    upright += running_through(gray, level, upright, scale)
    upright = join(line for line in upright if _joins(line, level, _LONG))
    level += running_through(cv2.transpose(gray), upright, level, scale)  # type: ignore[arg-type]
    level = join(line for line in level if _joins(line, upright, _NO_STROKE))
    mask: Gray = cv2.bitwise_or(_pixels(level, across, scale), cv2.transpose(_pixels(upright, along, scale)))  # type: ignore[assignment]
    return level, upright, mask


def _pixels(lines: list[Ruling], contrast: Gray, scale: float) -> Gray:
    """The pixels that lines are drawn with, and their blurred edges: piece by piece, for no line is quite straight."""
    import numpy as np

    mask = np.zeros_like(contrast)
    reach, piece = _HALF / scale, max(round(_PIECE / scale), 8)
    for at, start, end in lines:
        middle, first, last = at / scale, max(round(start / scale), 0), round(end / scale) + 1
        rows = slice(max(round(middle - reach), 0), round(middle + reach) + 1)
        mask[rows, first:last] = contrast[rows, first:last] >= _CONTRAST // 2
        for left in range(first, last, piece):
            columns = slice(left, min(left + piece, last))
            mask[_edges(contrast[:, columns], round(middle), _thick(scale)), columns] = 1
    return mask


def _edges(contrast: Gray, middle: int, thick: int) -> slice:
    """The rows that are darker than what is beside them in three quarters of a piece of a line, around its middle."""
    import numpy as np

    top = max(middle - thick - 1, 0)
    band = contrast[top : middle + thick + 2]
    if band.shape[0] < 2 * thick or not band.shape[1]:
        return slice(middle, middle)
    quarter = np.percentile(band, 25, axis=1)
    near = slice(max(middle - top - 1, 0), middle - top + 2)
    peak = near.start + int(quarter[near].argmax())
    darker = quarter > quarter.min() + max(_EDGE * (quarter[peak] - quarter.min()), 2.0)
    if not darker[peak]:
        return slice(middle, middle)
    first = last = peak
    while first > 0 and darker[first - 1]:
        first -= 1
    while last < len(darker) - 1 and darker[last + 1]:
        last += 1
    return slice(top + first, top + last + 1)


def _contrast(gray: Gray, scale: float) -> Gray:
    """How much darker than the paper above and below it each pixel is, if what is dark is thin."""
    import cv2
    import numpy as np

    smooth = cv2.blur(gray, (max(round(_SMOOTH / scale), 3), 1))
    # What a closing across the line takes away is darker than both its sides.
    column = np.ones((2 * _thick(scale) + 1, 1), np.uint8)
    found: Gray = cv2.morphologyEx(smooth, cv2.MORPH_BLACKHAT, column)  # type: ignore[assignment]
    return found


def _thick(scale: float) -> int:
    return max(round(_THICKEST / scale), 3)


def _lines(contrast: Gray, scale: float, shortest: float) -> list[Ruling]:
    """Lines along the rows of a picture."""
    import cv2
    import numpy as np

    thick, length = _thick(scale), round(shortest / scale)
    dark = (contrast >= _CONTRAST).astype(np.uint8)
    # Where it crosses another line it has no sides.
    bridged = cv2.morphologyEx(dark, cv2.MORPH_CLOSE, np.ones((1, max(round(_CROSSING / scale), 3)), np.uint8))
    mask = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, np.ones((1, length), np.uint8))
    count, labels, stats, centres = cv2.connectedComponentsWithStats(mask, connectivity=8)
    apart = max(round(_APART / scale), 2)
    found: list[Ruling] = []
    for number in range(1, count):
        left, top, across, down, area = (int(value) for value in stats[number])
        own = labels[top : top + down, left : left + across] == number
        if area / across > thick or down > max(2 * thick, 0.05 * across):
            continue
        # A line of small type that is dark all along is long, too, but not between two lines of paper.
        crossed = _LONG_CROSSED if across * scale > _VERY_LONG else _CROSSED
        if _crossed(dark, own, left, top, apart) <= crossed:
            found.append(Ruling(float(centres[number][1]) * scale, left * scale, (left + across) * scale))
    return sorted(found)


def _crossed(dark: Gray, own: NDArray[np.bool_], left: int, top: int, apart: int) -> float:
    """The share of a line's length beside which there is ink: strokes of a character cross and meet others."""
    import numpy as np

    columns = np.arange(own.shape[1])
    first = top + own.argmax(axis=0)
    last = top + own.shape[0] - 1 - own[::-1].argmax(axis=0)
    beside = np.zeros(own.shape[1], dtype=bool)
    for step in (1, apart):
        above = np.maximum(first - 1 - step, 0)
        below = np.minimum(last + 1 + step, dark.shape[0] - 1)
        beside |= (dark[above, left + columns] > 0) | (dark[below, left + columns] > 0)
    return float(beside.mean())


def _joins(line: Ruling, others: list[Ruling], long: float) -> bool:
    """Whether a line ends at others: a short one at both ends, a long one meets any."""
    if line.end - line.start > long:
        return any(_meets(line, other, line.start, line.end) for other in others)
    return all(any(_meets(line, other, end, end) for other in others) for end in (line.start, line.end))


def _meets(line: Ruling, other: Ruling, first: float, last: float) -> bool:
    return first - _TOUCH <= other.at <= last + _TOUCH and other.start - _TOUCH <= line.at <= other.end + _TOUCH
