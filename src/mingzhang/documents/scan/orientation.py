"""Whether a picture of a page lies on its side or stands on its head.

Lines of writing are long and low: where most are tall, the page lies on its side. Which way up it is then is tried: a
line that is read upside down is read with little confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import fmean
from typing import TYPE_CHECKING

from mingzhang.documents.pdf.glyphs import Box
from mingzhang.documents.scan.engine import Engine

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Gray = NDArray[np.uint8]

_SIDE = 736  # pixels: enough to see where lines run
_LONG = 1.8  # times as long as high: a line that shows its direction
_SAMPLE = 10  # of the longest lines
_SURE = 0.9  # the mean confidence of writing that is the right way up
_BETTER = 0.05
_LEAST = 2  # lines: fewer tell nothing
_ENOUGH = 10  # times as long as high: so much of a line shows which way up it is


def quarter_turns(engine: Engine, gray: Gray) -> int:
    """By how many quarters, counter-clockwise, the picture must be turned to be upright; 0 where nothing tells it."""
    boxes = engine.boxes(gray, _SIDE)
    level = [box for box in boxes if box[2] - box[0] > _LONG * (box[3] - box[1])]
    upright = [box for box in boxes if box[3] - box[1] > _LONG * (box[2] - box[0])]
    lying = _length(upright, 1) > _length(level, 0)
    lines = sorted(upright if lying else level, key=lambda box: -max(box[2] - box[0], box[3] - box[1]))[:_SAMPLE]
    if len(lines) < _LEAST:
        return 0
    pieces = [_piece(gray, box) for box in lines]
    ways = (1, 3) if lying else (0, 2)
    first = _confidence(engine, pieces, ways[0])
    if first >= _SURE:
        return ways[0]
    second = _confidence(engine, pieces, ways[1])
    return ways[1] if second > first + (0.0 if lying else _BETTER) else ways[0]


def turned(gray: Gray, turns: int) -> Gray:
    """The picture turned by quarters, counter-clockwise."""
    import numpy as np

    return gray if turns == 0 else np.ascontiguousarray(np.rot90(gray, turns))


def _length(boxes: Sequence[Box], axis: int) -> float:
    return sum(box[axis + 2] - box[axis] for box in boxes)


def _piece(gray: Gray, box: Box) -> Gray:
    high, wide = gray.shape
    left, top = max(int(box[0]), 0), max(int(box[1]), 0)
    right, bottom = max(min(round(box[2]), wide), left + 1), max(min(round(box[3]), high), top + 1)
    if right - left > bottom - top:
        right = min(right, left + _ENOUGH * (bottom - top))
    else:
        bottom = min(bottom, top + _ENOUGH * (right - left))
    return gray[top:bottom, left:right]


def _confidence(engine: Engine, pieces: Sequence[Gray], turns: int) -> float:
    """How surely the lines are read when turned so: the mean of their characters, a line of none for nothing."""
    read = engine.read([turned(piece, turns) for piece in pieces])
    return fmean(fmean(c.probability for c in line) if line else 0.0 for line in read)
