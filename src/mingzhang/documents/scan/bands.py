"""Rulings seen from row to row of a table: dark from one level ruling to the next without a break.

A line of type leaves paper above and below it in its row, however near digits stand to a ruling; the ruling does not.
So a faint ruling is found where digits right beside it hide its edges. Here it is told of upright rulings; level ones
are those of the picture turned over its diagonal.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from mingzhang.documents.pdf.glyphs import Ruling
from mingzhang.documents.pdf.rulings import positions
from mingzhang.documents.scan.picture import paper_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Gray = NDArray[np.uint8]

_SMOOTH = 1.4  # points along the line
_DARKER = 14  # of 255, than the paper: more than what noise leaves of so much paper
_WHOLE = 0.93  # of the height of a row that a ruling is dark in
_BESIDE = 0.8  # at most so much of it is dark a little to the side of a ruling
_CLEAR = 0.3  # and so much on one of its sides: no text goes on through it
_ALONE = 0.5  # the like for a ruling that is seen in one low row only
_ALIKE = 0.75  # and as dark, or as light, as what was seen of it elsewhere
_EVEN = 0.45  # as dark as on the whole, where it is lightest: strokes fade at their ends
_NEAR, _FAR = 1.3, 2.5  # points: a little to the side
_LOWEST = 4.5  # points: lower rows show nothing
_LOW = 9.0  # points: so low a row may be filled by its type
_MARGIN = 1.3  # points of a row that are its level rulings
_LONGEST_STROKE = 36.0  # points: where none was known, a ruling is longer than any stroke of type
_SAME = 1.6  # points


def running_through(gray: Gray, level: Sequence[Ruling], known: Sequence[Ruling], scale: float) -> list[Ruling]:
    """The upright rulings, in points, that run through whole rows between level rulings.

    Only where one that is ``known`` stands can another be as short as a stroke of type.
    """
    import cv2

    along = cv2.blur(gray, (1, max(round(_SMOOTH / scale), 3)))
    darker: Gray = cv2.subtract(paper_of(gray, scale), along)  # type: ignore[assignment]
    found: list[Ruling] = []
    open_: list[tuple[Ruling, float, float]] = []  # with how much beside it is dark, and how high its highest row is
    for top, bottom, seen in [*_rows(darker, level, scale), (float("inf"), float("inf"), [])]:
        going: list[tuple[Ruling, float, float]] = []
        for at, beside in seen:
            before = next((item for item in open_ if abs(item[0].at - at) <= _SAME and item[0].end == top), None)
            if before is not None:
                open_.remove(before)
                _, less, higher = before
                going.append((Ruling(at, before[0].start, bottom), min(beside, less), max(bottom - top, higher)))
            else:
                going.append((Ruling(at, top, bottom), beside, bottom - top))
        for line, beside, highest in open_:
            # In low rows the stems of digits that stand one below another fill nearly every row.
            plain = line.end - line.start > _LONGEST_STROKE and highest > _LOW
            if plain or (beside <= _ALONE and _is_as_known(line, known, darker, scale)):
                found.append(line)
        open_ = going
    return sorted(found)


def _is_as_known(line: Ruling, known: Sequence[Ruling], darker: Gray, scale: float) -> bool:
    """Whether a ruling goes on where another was seen, about as dark."""
    same = [_darkness(other, darker, scale) for other in known if abs(other.at - line.at) <= _SAME]
    dark = _darkness(line, darker, scale)
    return any(min(other, dark) >= _ALIKE * max(other, dark) for other in same)


def _darkness(line: Ruling, darker: Gray, scale: float) -> float:
    import numpy as np

    first = max(round(line.at / scale) - 1, 0)
    piece = darker[round(line.start / scale) : round(line.end / scale), first : first + 3]
    return float(np.median(piece.max(axis=1))) if piece.size else 0.0


def _rows(
    darker: Gray, level: Sequence[Ruling], scale: float
) -> Iterator[tuple[float, float, list[tuple[float, float]]]]:
    """Of each row between two level rulings: its top, its bottom, where upright rulings stand, in points, each with the
    share of the row that is dark a little to its side."""
    import numpy as np

    dark = darker >= _DARKER
    near, far, margin = round(_NEAR / scale), round(_FAR / scale), round(_MARGIN / scale)
    for top, bottom in pairwise(positions(line.at for line in level)):
        first, last = round(top / scale) + margin, round(bottom / scale) - margin
        if (last - first) * scale < _LOWEST:
            continue
        share = np.asarray(dark[first:last].mean(axis=0))
        sides = np.pad(share, far, constant_values=0.0)
        steps = range(near, far + 1)
        left = np.min([sides[far - step : len(sides) - far - step] for step in steps], axis=0)
        right = np.min([sides[far + step : len(sides) - far + step] for step in steps], axis=0)
        more, less = np.maximum(left, right), np.minimum(left, right)
        seen = np.flatnonzero((share >= _WHOLE) & (more <= _BESIDE) & (less <= _CLEAR))
        lightest, usual = np.percentile(darker[first:last, seen], (4, 50), axis=0)
        even = seen[lightest >= _EVEN * usual].tolist()
        yield (
            top,
            bottom,
            [(round(at * scale, 2), float(more[round(at)])) for at in positions(even, 2.0, far)],
        )
