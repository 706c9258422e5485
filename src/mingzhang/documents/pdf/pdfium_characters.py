"""The characters of a page through PDFium: one pass over its text page, a column of numbers at a time.

PDFium is asked for each number of each character. Runs of characters that adjoin and are as high share the rest: baseline,
size, clip.
"""

from __future__ import annotations

import itertools
import math
from dataclasses import dataclass
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
from mingzhang.documents.pdf.pdfium_calls import Calls, addresses, call_each
from mingzhang.documents.pdf.pdfium_clips import Clips

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

_HYPHENS = frozenset((0x2, 0xFFFE))  # as PDFium tells one at the end of a line
_SMALLEST, _LARGEST = 0.5, 2_000.0  # sizes of type, in points
UPRIGHT = 0.06  # radians
_CLOSE, _APART = -0.2, 0.1  # of the height: between them lies the gap before the next character of a run
_BELOW = 0.35  # of the size, under its baseline: farther down no character reaches
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


@dataclass(frozen=True, slots=True)
class _Runs:
    """Runs of characters: the number of the first of each, and what all of them have in common.

    ``cut``: whether some of them may not be seen whole; ``slanted``: they are not written along the page's edges.
    """

    begins: list[int]
    tops: list[float]
    bottoms: list[float]
    baselines: list[float]
    sizes: list[float]
    clips: list[Box]
    cut: list[bool]
    slanted: list[bool]


class Characters:
    """The characters of a text page, with the clip path of each run honoured."""

    def __init__(self, raw: Calls, text_page: int, placement: Placement, rotation: int) -> None:
        self.raw = raw
        self.text_page = text_page
        self.placement = placement
        self.angle = math.radians(rotation)
        self._clips = Clips(raw, placement)
        self.borrowed = False  # a font that is not in the file

    def collect(self, page: PageGlyphs) -> None:
        """Takes every character as whole; then mends those that are cut off."""
        text, places, spaced = self._written(page)
        if not text:
            return
        boxes = self._boxes(places)
        runs = self._runs(places, boxes)
        lefts, _, rights, _ = columns = boxes.T.tolist()
        ends = [*runs.begins[1:], len(text)]
        lengths = list(map(int.__sub__, ends, runs.begins))
        tops, bottoms, baselines, sizes = (
            itertools.chain.from_iterable(map(itertools.repeat, values, lengths))
            for values in (runs.tops, runs.bottoms, runs.baselines, runs.sizes)
        )
        rows = zip(text, lefts, tops, rights, bottoms, baselines, sizes, spaced, strict=True)
        glyphs = list(map(tuple.__new__, itertools.repeat(Glyph), rows))
        page.slanted += sum(runs.slanted)
        cut: dict[int, Box | None] = {}
        for number in itertools.compress(range(len(ends)), runs.cut):
            pieces = _cut(runs, number, ends[number], columns)
            page.hidden += 0 if runs.slanted[number] else sum(box is None for box in pieces.values())
            cut.update(pieces)
        page.glyphs.extend(_mended(glyphs, cut) if cut else glyphs)

    def _written(self, page: PageGlyphs) -> tuple[str, list[int], list[bool]]:
        """The printed characters, where each is in the text page, and whether a space of the document precedes it."""
        import numpy

        units = self._units()
        kinds = _kinds()[numpy.minimum(units, 0xFFFF)]  # what lies beyond is odd too
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

    def _units(self) -> NDArray[np.uint16] | NDArray[np.uint32]:
        """The UTF-16 units of the text page, one a character; of some pages their code points."""
        import numpy

        raw, text_page = self.raw, self.text_page
        count = max(raw.FPDFText_CountChars(text_page), 0)
        units = numpy.empty(count + 1, dtype=numpy.uint16)
        if raw.FPDFText_GetText(text_page, 0, count, units.ctypes.data) == count + 1:
            return units[:count]
        # Some characters have no text: ask for each.
        return numpy.array([raw.FPDFText_GetUnicode(text_page, index) for index in range(count)], dtype=numpy.uint32)

    def _boxes(self, places: list[int]) -> Numbers:
        """The box of each character, as displayed: left, top, right, bottom."""
        import numpy

        boxes = numpy.zeros((len(places), 4), dtype=numpy.float32)  # left, top, right, bottom: an FS_RECTF each
        call_each(self.raw.FPDFText_GetLooseCharBox, itertools.repeat(self.text_page), places, addresses(boxes))
        return self.placement.boxes(boxes.astype(numpy.float64)).round(2)

    def _runs(self, places: list[int], boxes: Numbers) -> _Runs:
        import numpy

        raw, text_page = self.raw, itertools.repeat(self.text_page)
        begins = _beginnings(boxes)
        firsts = [places[begin] for begin in begins]
        left, top, right, bottom = boxes.T
        leftmost, rightmost = numpy.minimum.reduceat(left, begins), numpy.maximum.reduceat(right, begins)
        top, bottom = top[begins], bottom[begins]

        origins = numpy.zeros((len(firsts), 2), dtype=numpy.float64)
        call_each(raw.FPDFText_GetCharOrigin, text_page, firsts, addresses(origins), addresses(origins, 1))
        baseline = self.placement.ordinates(origins).round(2)
        matrices = numpy.zeros((len(firsts), 6), dtype=numpy.float32)
        call_each(raw.FPDFText_GetMatrix, text_page, firsts, addresses(matrices))
        across, up, aside, along = matrices.astype(numpy.float64).T[:4]
        angle = (numpy.arctan2(up, across) - self.angle + 0.7) % (math.pi / 2)
        slanted = numpy.abs(angle - 0.7) > UPRIGHT
        size = numpy.hypot(aside, along)
        size *= numpy.fromiter(map(raw.FPDFText_GetFontSize, text_page, firsts), dtype=numpy.float64, count=len(firsts))
        size[slanted] = 0.0
        height = bottom - top
        size = numpy.where((size > _SMALLEST) & (size < _LARGEST), size, numpy.maximum(height, _SMALLEST))
        # Fonts lie about how high they reach.
        top = numpy.where(baseline - top <= size, top, (baseline - size).round(2))
        bottom = numpy.where(bottom - baseline <= _BELOW * size, bottom, (baseline + _BELOW * size).round(2))

        items = list(map(raw.FPDFText_GetTextObject, text_page, firsts))
        sizes = size.tolist()
        self._note_fonts(dict(zip(zip(sizes, height.round(2).tolist(), strict=True), items, strict=True)))
        clips = self._clips.boxes(items)
        clip_left, clip_top, clip_right, clip_bottom = numpy.array(clips).T
        cut = (top < clip_top) | (bottom > clip_bottom) | (leftmost < clip_left) | (rightmost > clip_right) | slanted
        return _Runs(
            begins, top.tolist(), bottom.tolist(), baseline.tolist(), sizes, clips, cut.tolist(), slanted.tolist()
        )

    def _note_fonts(self, items: dict[tuple[float, float], Any]) -> None:
        """Whether the fonts of text objects are in the file. Another size or height is another font, most often."""
        raw = self.raw
        for item in items.values():
            if item and raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(item)) == 0:
                self.borrowed = True
                return


def _beginnings(boxes: Numbers) -> list[int]:
    """Where runs begin: elsewhere than where the one before ends, or in another font."""
    import numpy

    left, top, right, bottom = boxes.T
    gap, height = left[1:] - right[:-1], bottom[1:] - top[1:]
    apart = (gap <= _CLOSE * height) | (gap >= _APART * height)
    changes = numpy.flatnonzero(apart | (top[1:] != top[:-1]) | (bottom[1:] != bottom[:-1])) + 1
    return [0, *changes.tolist()]


def _cut(runs: _Runs, number: int, end: int, columns: list[list[float]]) -> dict[int, Box | None]:
    """What its clip leaves of the characters of a run: the box of those that it cuts, None for those that nobody sees."""
    indexes = range(runs.begins[number], end)
    if runs.slanted[number]:
        return dict.fromkeys(indexes)
    lefts, _, rights, _ = columns
    whole_top, whole_bottom = runs.tops[number], runs.bottoms[number]
    clip_left, clip_top, clip_right, clip_bottom = runs.clips[number]
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
    gone = set()
    for index, box in cut.items():
        if box is None:
            gone.add(index)
        else:
            whole = glyphs[index]
            glyphs[index] = Glyph(whole.char, *box, whole.baseline, whole.size, whole.spaced)
    if not gone:
        return glyphs
    seen = []
    spaced = False
    for index, glyph in enumerate(glyphs):
        if index in gone:
            spaced = spaced or glyph.spaced
            continue
        seen.append(glyph._replace(spaced=True) if spaced else glyph)
        spaced = False
    return seen
