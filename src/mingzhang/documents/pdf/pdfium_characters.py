"""The characters of a page through PDFium: one pass over its text page, in runs of one baseline."""

from __future__ import annotations

import ctypes
import itertools
import math
from collections import deque
from functools import cache
from typing import TYPE_CHECKING, Any

from mingzhang.documents.pdf.glyphs import (
    Box,
    Glyph,
    PageGlyphs,
    Placement,
    is_printable,
    is_unmapped,
    unified,
)
from mingzhang.documents.pdf.pdfium_calls import Calls

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_HYPHENS = frozenset((0x2, 0xFFFE))  # as PDFium tells one at the end of a line
_Six = ctypes.c_float * 6
_SMALLEST, _LARGEST = 0.5, 2_000.0  # sizes of type, in points
UPRIGHT = 0.06  # radians
_NOT_DRAWN: Box = (0.0, 0.0, -1.0, -1.0)
_CLOSE, _APART = -0.3, 0.12  # of the size: between them lies the gap before the next character of a run
_ADJOINING = _APART * _SMALLEST  # a gap, either way, within which two characters are of one run whatever their size
_PLAIN, _SPACE, _NOTHING, _ODD = range(4)


@cache
def _kinds() -> NDArray[np.uint8]:
    """Of each UTF-16 unit: a character as it stands, a space, nothing that is printed, or one to be looked at."""
    import numpy

    kinds = numpy.full(0x10000, _PLAIN, dtype=numpy.uint8)
    kinds[:0x20] = kinds[0x7F:0xA0] = _NOTHING
    kinds[[0x20, 0xA0, 0x3000]] = _SPACE
    kinds[[0, *_HYPHENS, 0xFFFD, 0xFFFF]] = _ODD
    kinds[0x2E80:0x3000] = kinds[0xD800:0xFB00] = _ODD  # radicals; surrogates, private use, compatibility forms
    return kinds


class Characters:
    """The characters of a text page, with the clip path of each run honoured."""

    def __init__(self, raw: Calls, text_page: int, placement: Placement, rotation: int) -> None:
        self.raw = raw
        self.text_page = text_page
        self.placement = placement
        self.angle = math.radians(rotation)
        self.matrix = _Six()
        self.matrix_ref = ctypes.byref(self.matrix)
        self.corners = [(ctypes.c_float(), ctypes.c_float()) for _ in range(2)]
        self.corner_refs = [(ctypes.byref(x), ctypes.byref(y)) for x, y in self.corners]
        self.clips: dict[int, Box] = {}  # by the address of the innermost path's first point
        self.last: tuple[int, float, Box] | None = None  # a text object, with the size and the clip of its characters
        self.seen: set[tuple[float, float]] = set()
        self.borrowed = False  # a font that is not in the file

    def collect(self, page: PageGlyphs) -> None:
        """Takes every character as whole, a column of numbers at a time; then mends those that are cut off."""
        text, places, spaced = self._written(page)
        if not text:
            return
        boxes = self._boxes(places)
        lefts, tops, rights, bottoms = columns = boxes.T.tolist()
        starts, leftmost, rightmost = _pieces(boxes)
        get_origin, point = self.raw.FPDFText_GetCharOrigin, self.placement.point
        origin_x, origin_y = ctypes.c_double(), ctypes.c_double()
        x_ref, y_ref = ctypes.byref(origin_x), ctypes.byref(origin_y)
        last_top = last_bottom = last_right = -1e9
        size = 0.0
        clip_left, clip_top, clip_right, clip_bottom = clip = _NOT_DRAWN
        begins: list[int] = []
        runs: list[tuple[float, float, float, float]] = []  # top, bottom, baseline, size
        cut: dict[int, Box | None] = {}
        for (start, end), least, most in zip(itertools.pairwise(starts), leftmost, rightmost, strict=True):
            top, bottom = tops[start], bottoms[start]
            gap = lefts[start] - last_right
            if top != last_top or bottom != last_bottom or not _CLOSE * size < gap < _APART * size:
                # Elsewhere, or another font: a new run. Within a run, baseline and height are the same.
                last_top, last_bottom = top, bottom
                index = places[start]
                get_origin(self.text_page, index, x_ref, y_ref)
                baseline = round(point(origin_x.value, origin_y.value)[1], 2)
                em, clip = self._run(index, bottom - top, page)
                size = em if _SMALLEST < em < _LARGEST else max(bottom - top, _SMALLEST)
                # Fonts lie about how high they reach.
                if baseline - top > size:
                    top = round(baseline - size, 2)
                if bottom - baseline > 0.35 * size:
                    bottom = round(baseline + 0.35 * size, 2)
                clip_left, clip_top, clip_right, clip_bottom = clip
                inside = clip is not _NOT_DRAWN and top >= clip_top and bottom <= clip_bottom
                begins.append(start)
                runs.append((top, bottom, baseline, size))
            last_right = rights[end - 1]
            if not inside or least < clip_left or most > clip_right:
                pieces = _cut(range(start, end), columns, runs[-1], clip)
                page.hidden += sum(box is None for box in pieces.values()) if clip is not _NOT_DRAWN else 0
                cut.update(pieces)
        lengths = [end - start for start, end in itertools.pairwise([*begins, len(text)])]
        above, below, baselines, sizes = (
            itertools.chain.from_iterable(map(itertools.repeat, values, lengths)) for values in zip(*runs, strict=True)
        )
        rows = zip(text, lefts, above, rights, below, baselines, sizes, spaced, strict=True)
        glyphs = list(map(tuple.__new__, itertools.repeat(Glyph), rows))
        page.glyphs.extend(_mended(glyphs, cut) if cut else glyphs)

    def _written(self, page: PageGlyphs) -> tuple[str, list[int], list[bool]]:
        """The printed characters, where each is in the text page, and whether a space of the document precedes it."""
        import numpy

        units = self._units()
        kinds = _kinds()[units]
        odd = {}
        high = 0
        for index in numpy.flatnonzero(kinds == _ODD).tolist():
            code = int(units[index])
            if 0xD800 <= code < 0xDC00:
                high = code
                continue
            if 0xDC00 <= code < 0xE000 and high:
                code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
            elif code in _HYPHENS:
                code = 0x2D
            if is_unmapped(code):
                page.unmapped += 1
            if code and (is_printable(code) or is_unmapped(code)):
                odd[index] = ord(unified(chr(code)))
        spaces = numpy.flatnonzero(kinds == _SPACE)
        codes = units.astype("<u4")
        if odd:
            codes[list(odd)] = list(odd.values())
            kinds[list(odd)] = _PLAIN
        places = numpy.flatnonzero(kinds == _PLAIN)
        spaced = [False] * len(places)
        is_generated = map(self.raw.FPDFText_IsGenerated, itertools.repeat(self.text_page), spaces.tolist())
        for generated, follower in zip(is_generated, numpy.searchsorted(places, spaces).tolist(), strict=True):
            if generated != 1 and follower < len(spaced):
                spaced[follower] = True
        return codes[places].tobytes().decode("utf-32-le"), places.tolist(), spaced

    def _units(self) -> NDArray[np.uint16]:
        """The UTF-16 units of the text page, one a character."""
        import numpy

        raw, text_page = self.raw, self.text_page
        count = max(raw.FPDFText_CountChars(text_page), 0)
        units = numpy.empty(count + 1, dtype=numpy.uint16)
        if raw.FPDFText_GetText(text_page, 0, count, units.ctypes.data) == count + 1:
            return units[:count]
        # Some characters have no text: ask for each.
        return numpy.array([raw.FPDFText_GetUnicode(text_page, index) for index in range(count)], dtype=numpy.uint16)

    def _boxes(self, places: list[int]) -> NDArray[np.float64]:
        """The box of each character, as displayed: left, top, right, bottom."""
        import numpy

        boxes = numpy.zeros((len(places), 4), dtype=numpy.float32)  # left, top, right, bottom: an FS_RECTF each
        address, step = boxes.ctypes.data, 4 * boxes.itemsize
        rows = range(address, address + step * len(places), step)
        deque(map(self.raw.FPDFText_GetLooseCharBox, itertools.repeat(self.text_page), places, rows), maxlen=0)
        return self.placement.boxes(boxes.astype(numpy.float64)).round(2)

    def _run(self, index: int, height: float, page: PageGlyphs) -> tuple[float, Box]:
        """Of the run that begins at a character: its size, and the box it is seen through."""
        raw, matrix = self.raw, self.matrix
        item = raw.FPDFText_GetTextObject(self.text_page, index)
        if item and self.last is not None and self.last[0] == item:
            em, clip = self.last[1:]
            self._note_font(item, em, height)
            return em, clip
        raw.FPDFText_GetMatrix(self.text_page, index, self.matrix_ref)
        across, up, aside, along = matrix[:4]
        angle = (math.atan2(up, across) - self.angle + 0.7) % (math.pi / 2)
        if abs(angle - 0.7) > UPRIGHT:
            page.slanted += 1
            return 0.0, _NOT_DRAWN
        em = raw.FPDFText_GetFontSize(self.text_page, index) * math.hypot(aside, along)
        if not item:
            return em, (0.0, 0.0, self.placement.width, self.placement.height)
        self._note_font(item, em, height)
        clip = self._clip_box(item)
        self.last = (item, em, clip)
        return em, clip

    def _note_font(self, item: Any, em: float, height: float) -> None:
        """Whether the font of a text object is in the file."""
        kind = (em, round(height, 2))
        if kind not in self.seen:
            # Another size or height is another font, most often.
            self.seen.add(kind)
            if self.raw.FPDFFont_GetIsEmbedded(self.raw.FPDFTextObj_GetFont(item)) == 0:
                self.borrowed = True

    def _clip_box(self, item: Any) -> Box:
        """The box of an object's clip path, within the page."""
        raw = self.raw
        path = raw.FPDFPageObj_GetClipPath(item)
        count = raw.FPDFClipPath_CountPaths(path) if path else 0
        if count <= 0:
            return 0.0, 0.0, self.placement.width, self.placement.height
        # Objects share the paths of their clip: the innermost is drawn once, within the others, so it tells them all.
        innermost = raw.FPDFClipPath_GetPathSegment(path, count - 1, 0)
        box = self.clips.get(innermost) if innermost else None
        if box is None:
            box = self._clipped_by(path, count)
            if innermost:
                self.clips[innermost] = box
        return box

    def _clipped_by(self, path: Any, count: int) -> Box:
        raw, placement = self.raw, self.placement
        left, top, right, bottom = 0.0, 0.0, placement.width, placement.height
        get_segment, get_point = raw.FPDFClipPath_GetPathSegment, raw.FPDFPathSegment_GetPoint
        corner, far = self.corners
        for number in range(count):
            segments = raw.FPDFClipPath_CountPathSegments(path, number)
            if segments in (4, 5):
                # A rectangle is known by two opposite corners.
                get_point(get_segment(path, number, 0), *self.corner_refs[0])
                get_point(get_segment(path, number, 2), *self.corner_refs[1])
                x0, y0, x1, y1 = corner[0].value, corner[1].value, far[0].value, far[1].value
            elif segments > 0:
                xs, ys = [], []
                for position in range(segments):
                    get_point(get_segment(path, number, position), *self.corner_refs[0])
                    xs.append(corner[0].value)
                    ys.append(corner[1].value)
                x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
            else:
                continue
            x0, y0 = placement.point(x0, y0)
            x1, y1 = placement.point(x1, y1)
            if x1 < x0:
                x0, x1 = x1, x0
            if y1 < y0:
                y0, y1 = y1, y0
            if x0 > left:
                left = x0
            if y0 > top:
                top = y0
            if x1 < right:
                right = x1
            if y1 < bottom:
                bottom = y1
        return round(left, 2), round(top, 2), round(right, 2), round(bottom, 2)


def _pieces(boxes: NDArray[np.float64]) -> tuple[list[int], list[float], list[float]]:
    """Where the pieces begin (and the last ends) whose characters adjoin and are as high; how far each reaches."""
    import numpy

    left, top, right, bottom = boxes.T
    apart = numpy.abs(left[1:] - right[:-1]) >= _ADJOINING
    changes = numpy.flatnonzero(apart | (top[1:] != top[:-1]) | (bottom[1:] != bottom[:-1])) + 1
    starts = [0, *changes.tolist()]
    leftmost, rightmost = numpy.minimum.reduceat(left, starts), numpy.maximum.reduceat(right, starts)
    return [*starts, len(boxes)], leftmost.tolist(), rightmost.tolist()


def _cut(
    indexes: range, columns: list[list[float]], run: tuple[float, float, float, float], clip: Box
) -> dict[int, Box | None]:
    """What a clip leaves of characters: the box of those that it cuts, None for those that nobody sees."""
    lefts, _, rights, _ = columns
    whole_top, whole_bottom, *_ = run
    clip_left, clip_top, clip_right, clip_bottom = clip
    if clip is _NOT_DRAWN:
        return dict.fromkeys(indexes)
    cut: dict[int, Box | None] = {}
    inside = whole_top >= clip_top and whole_bottom <= clip_bottom
    for index in indexes:
        if inside and lefts[index] >= clip_left and rights[index] <= clip_right:
            continue
        across, down = rights[index] - lefts[index], whole_bottom - whole_top
        left, top = max(lefts[index], clip_left), max(whole_top, clip_top)
        right, bottom = min(rights[index], clip_right), min(whole_bottom, clip_bottom)
        cut[index] = None if (right - left) * 3 < across or (bottom - top) * 3 < down else (left, top, right, bottom)
    return cut


def _mended(glyphs: list[Glyph], cut: dict[int, Box | None]) -> list[Glyph]:
    """The characters that are seen, with the visible part of each; a space stands before the next that is seen."""
    seen = []
    spaced = False
    for index, glyph in enumerate(glyphs):
        spaced = spaced or glyph.spaced
        box = cut.get(index, glyph[1:5])
        if box is not None:
            seen.append(Glyph(glyph.char, *box, glyph.baseline, glyph.size, spaced))
            spaced = False
    return seen
