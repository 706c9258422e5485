"""Where the lines of text stand on an upright picture: by their ink within the cells of ruled tables, else as detected."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from mingzhang.documents.pdf.glyphs import Box
from mingzhang.documents.scan.picture import paper_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Gray = NDArray[np.uint8]
    Mask = NDArray[np.bool_]

MARGIN = 0.22  # of its height: the paper left around a line
_FAINT, _PLAIN = 12, 24  # of 255: how much darker than the paper around it ink is, at least and somewhere
_ABOVE_NOISE = 4.0  # times as dark as paper is uneven
_EVEN = 0.3  # points over which noise is evened out
_SPECK = 0.35  # square points: less ink than a full stop of small type
_LEAST_HEIGHT = 1.2  # points
_LEAST_DIGIT = 3.2  # points: digits of type of 5 points
_WORD_GAP = 1.3  # of the height of a line: wider, and two texts are read apart
_USUAL = 9.0  # points: the height of a line where nothing tells it
_INSET = 0.6  # points from a ruling
_JOINED = 1.0  # of the usual height: what stands nearer is of one line
_LOWEST, _HIGHEST, _LONGEST = 0.3, 1.5, 7.0  # of the usual height: a short line that was overlooked


@dataclass(frozen=True, slots=True)
class TextLine:
    """The ink of one line of text in pixels, and ``room``: how far a picture of it may reach; ``column``: the left and
    the right edge of its cell, in a ruled table."""

    left: int
    top: int
    right: int
    bottom: int
    room: tuple[int, int, int, int]
    column: tuple[int, int] | None = None

    @property
    def height(self) -> int:
        return self.bottom - self.top


def ink_of(gray: Gray, rulings: Gray, scale: float) -> Mask:
    """The pixels of characters: darker than the paper around them, not of a ruling, not a speck.

    The thinnest strokes of small type are hardly darker than noise: what is faint is ink where it hangs together with
    something that is not.
    """
    import cv2
    import numpy as np

    smooth: Gray = cv2.GaussianBlur(gray, (0, 0), max(_EVEN / scale, 0.5))  # type: ignore[assignment]
    darker: Gray = cv2.subtract(paper_of(gray, scale), smooth)  # type: ignore[assignment]
    noise = _noise(smooth, darker)
    ink = (darker >= max(_FAINT, _ABOVE_NOISE * noise)).astype(np.uint8)
    ink[cv2.dilate(rulings, np.ones((3, 3), np.uint8)) > 0] = 0
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    solid = stats[:count, cv2.CC_STAT_AREA] * scale * scale >= _SPECK
    plain = np.zeros(count, dtype=bool)
    plain[labels[darker >= max(_PLAIN, 2 * _ABOVE_NOISE * noise)]] = True
    solid &= plain
    solid[0] = False
    kept: Mask = solid[labels]
    return kept


def _noise(smooth: Gray, darker: Gray) -> float:
    """The standard deviation of paper, from how far the middle pixel of it strays from what is right around it."""
    import cv2
    import numpy as np

    stray = cv2.absdiff(smooth, cv2.blur(smooth, (5, 5)))[darker < _FAINT]
    return 1.48 * float(np.median(stray)) if stray.size else 0.0


def lines_in_cells(ink: Mask, cells: Sequence[Box], scale: float) -> list[TextLine]:
    """The lines of text of each cell (boxes in points), top to bottom."""
    rooms: list[tuple[int, int, int, int]] = []
    bands: list[list[tuple[int, int]]] = []
    for left, top, right, bottom in cells:
        room = (
            max(round((left + _INSET) / scale), 0),
            max(round((top + _INSET) / scale), 0),
            min(round((right - _INSET) / scale), ink.shape[1]),
            min(round((bottom - _INSET) / scale), ink.shape[0]),
        )
        if room[2] - room[0] < 3 or room[3] - room[1] < 3:
            continue
        found = list(_runs(_marked(ink[room[1] : room[3], room[0] : room[2]], 1), 1))
        if found:
            rooms.append(room)
            bands.append(found)
    heights = [last - first for found in bands for first, last in found if (last - first) * scale >= 0.4 * _USUAL]
    usual = median(heights) if heights else _USUAL / scale
    lines: list[TextLine] = []
    for room, found in zip(rooms, bands, strict=True):
        inner = ink[room[1] : room[3], room[0] : room[2]]
        for first, last in _settled(found, inner, usual):
            lines.extend(_parts(inner[first:last], room, first, usual, scale))
    return lines


def lines_in_boxes(ink: Mask, boxes: Sequence[Box]) -> list[TextLine]:
    """Detected lines (boxes in pixels), drawn together to their ink."""
    lines: list[TextLine] = []
    for box in boxes:
        high, wide = ink.shape
        left, top = max(int(box[0]), 0), max(int(box[1]), 0)
        right, bottom = min(round(box[2]), wide), min(round(box[3]), high)
        if right - left < 3 or bottom - top < 3:
            continue
        inner = ink[top:bottom, left:right]
        runs = list(_runs(_marked(inner, 1), 2))
        if not runs:
            continue
        first, last = max(runs, key=lambda run: run[1] - run[0])
        if last - first < 0.45 * (bottom - top):
            first, last = 0, bottom - top
        start, stop = _extent(_marked(inner[first:last], 0))
        if stop == 0:
            continue
        margin = (last - first) // 3
        room = (max(left - margin, 0), max(top - margin, 0), min(right + margin, wide), min(bottom + margin, high))
        lines.append(TextLine(left + start, top + first, left + stop, top + last, room))
    return lines


def lines_beside(ink: Mask, taken: Sequence[Box], usual: float, scale: float) -> list[TextLine]:
    """Short lines that nothing has ``taken`` (boxes in pixels): a number by itself, such as that of a page, is easily
    overlooked. Ink that reaches into what is taken is of it."""
    import cv2
    import numpy as np

    joined = cv2.dilate(ink.astype(np.uint8), np.ones((1, 2 * round(_JOINED * usual / 2) + 1), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    free = np.ones(count, dtype=bool)
    free[0] = False
    for left, top, right, bottom in taken:
        free[np.unique(labels[max(int(top), 0) : int(bottom) + 1, max(int(left), 0) : int(right) + 1])] = False
    lines: list[TextLine] = []
    high, wide = ink.shape
    for number in np.flatnonzero(free).tolist():
        left, top, across, down = (int(value) for value in stats[number][:4])
        if not (max(_LOWEST * usual, _LEAST_DIGIT / scale) <= down <= _HIGHEST * usual and across <= _LONGEST * usual):
            continue
        start, stop = _extent(_marked(ink[top : top + down, left : left + across], 0))
        margin = down // 3
        room = (
            max(left + start - margin, 0),
            max(top - margin, 0),
            min(left + stop + margin, wide),
            min(top + down + margin, high),
        )
        lines.append(TextLine(left + start, top, left + stop, top + down, room))
    return lines


def _marked(ink: Mask, axis: int) -> list[bool]:
    import numpy as np

    found: list[bool] = np.asarray(ink.any(axis=axis)).tolist()
    return found


def _extent(marks: Sequence[bool]) -> tuple[int, int]:
    """From the first that is marked to past the last; nothing if none is."""
    runs = list(_runs(marks, len(marks)))
    return runs[0] if runs else (0, 0)


def pieces_of(ink: Mask, line: TextLine) -> int:
    """How many pieces, side by side with paper between them, a line stands in: its characters at least, of figures."""
    return sum(1 for _ in _runs(_marked(ink[line.top : line.bottom, line.left : line.right], 0), 0))


def middles(line: TextLine, ats: Sequence[float], usual: float) -> list[float]:
    """Where the middles of characters are, in pixels, from their shares ``ats`` of the picture of a line."""
    margin = 1.5 * MARGIN * max(line.height, 0.7 * usual)
    start, stop = max(line.left - margin, line.room[0]), min(line.right + margin, line.room[2])
    return [start + at * (stop - start) for at in ats]


def _runs(marks: Sequence[bool], bridge: int) -> Iterator[tuple[int, int]]:
    """First and last-plus-one of stretches that are marked, over gaps of up to ``bridge``."""
    start: int | None = None
    last = 0
    for index, mark in enumerate(marks):
        if not mark:
            continue
        if start is not None and index - last > bridge:
            yield start, last
            start = index
        elif start is None:
            start = index
        last = index + 1
    if start is not None:
        yield start, last


def _settled(bands: Sequence[tuple[int, int]], ink: Mask, usual: float) -> list[tuple[int, int]]:
    """Bands of ink as lines: what is parted within one character joined, lines that touch parted."""
    joined: list[tuple[int, int]] = []
    for band in bands:
        if joined and band[1] - joined[-1][0] <= 1.25 * usual:
            joined[-1] = (joined[-1][0], band[1])
        else:
            joined.append(band)
    settled: list[tuple[int, int]] = []
    for first, last in joined:
        settled.extend(_parted(first, last, ink, usual))
    return settled


def _parted(first: int, last: int, ink: Mask, usual: float) -> list[tuple[int, int]]:
    count = round((last - first) / (1.2 * usual))
    if count < 2:
        return [(first, last)]
    rows = ink[first:last].sum(axis=1)
    valley = 0.2 * float(rows.mean())
    cuts = [0]
    for number in range(1, count):
        middle = number * (last - first) // count
        reach = max(int(0.35 * usual), 1)
        low = max(middle - reach, cuts[-1] + 1)
        window = rows[low : middle + reach]
        if not len(window) or window.min() > valley:
            return [(first, last)]
        cuts.append(low + int(window.argmin()))
    cuts.append(last - first)
    return [(first + start, first + stop) for start, stop in pairwise(cuts)]


def _parts(band: Mask, room: tuple[int, int, int, int], top: int, usual: float, scale: float) -> Iterator[TextLine]:
    """The texts of one band, apart where the gap between them is wide."""
    height = max(float(band.shape[0]), usual)
    for first, last in _runs(_marked(band, 0), round(_WORD_GAP * height)):
        low, high = _extent(_marked(band[:, first:last], 1))
        if (high - low) * scale < _LEAST_HEIGHT:
            beside_ruling = top + low <= 1 or room[1] + top + high >= room[3] - 1  # what is left of its blurred edge
            if beside_ruling or (last - first) * scale < _LEAST_HEIGHT:
                continue
        yield TextLine(
            room[0] + first, room[1] + top + low, room[0] + last, room[1] + top + high, room, (room[0], room[2])
        )
