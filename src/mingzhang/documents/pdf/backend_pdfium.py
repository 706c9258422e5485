"""Characters and rulings through PDFium, called directly: one pass over the text page; ``pdfium_shapes`` has the other."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Sequence
from typing import Any

from mingzhang.documents.pdf.glyphs import (
    Box,
    DamagedFileError,
    EncryptedFileError,
    Glyph,
    PageGlyphs,
    Placement,
    is_printable,
    is_unmapped,
    unified,
)
from mingzhang.documents.pdf.pdfium_calls import Calls, address_of, calls
from mingzhang.documents.pdf.pdfium_shapes import Doubtful, Shapes

_PASSWORD_ERROR = 4
_LINE_END_HYPHENS = frozenset((0x2, 0xFFFE))
_SPACES = frozenset((0x20, 0xA0, 0x3000))
_Six = ctypes.c_float * 6
_SMALLEST, _LARGEST = 0.5, 2_000.0  # sizes of type, in points
_UPRIGHT = 0.06  # radians
_SAMPLE = 60  # characters of a page that show how it stands
_NOT_DRAWN: Box = (0.0, 0.0, -1.0, -1.0)


class PdfiumFile:
    """A file opened with PDFium."""

    def __init__(self, data: bytes, most_rulings: int) -> None:
        import pypdfium2  # type: ignore[import-untyped]

        self._most_rulings = most_rulings
        self._calls = calls()
        try:
            self._document: Any = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).lower():
                raise EncryptedFileError from error
            raise DamagedFileError from error

    def __len__(self) -> int:
        return len(self._document)

    def close(self) -> None:
        self._document.close()

    def page(self, index: int) -> PageGlyphs:
        import pypdfium2

        try:
            page = self._document[index]
        except pypdfium2.PdfiumError as error:
            raise DamagedFileError from error
        try:
            rotation = page.get_rotation()
            text = page.get_textpage()
            try:
                upright = _upright(self._calls, address_of(text.raw), rotation)
                placement = Placement(page.get_bbox(), upright)
                found = PageGlyphs(index + 1, placement.width, placement.height, turned=(upright - rotation) % 360)
                rotation = upright
                characters = _Characters(self._calls, address_of(text.raw), placement, rotation)
                characters.collect(found)
            finally:
                text.close()
            doubtful: Doubtful = "all" if not found.glyphs else "borrowed" if characters.borrowed else "none"
            Shapes(self._calls, placement, found, self._most_rulings).walk_page(address_of(page.raw), doubtful)
            return found
        finally:
            page.close()


def _upright(raw: Calls, text_page: int, rotation: int) -> int:
    """The rotation under which the writing stands upright: that of the page, unless nearly all of a sample says another."""
    count = max(raw.FPDFText_CountChars(text_page), 0)
    matrix = _Six()
    reference = ctypes.byref(matrix)
    votes: Counter[int] = Counter()
    for index in range(0, count, count // _SAMPLE + 1):
        if raw.FPDFText_IsGenerated(text_page, index) == 1:
            continue  # line ends and blanks that the library adds lie in no direction
        if raw.FPDFText_GetMatrix(text_page, index, reference) and (matrix[0] or matrix[1]):
            angle = math.degrees(math.atan2(matrix[1], matrix[0]))
            quarters = round(angle / 90)
            if abs(angle - 90 * quarters) < math.degrees(_UPRIGHT):
                votes[quarters * 90 % 360] += 1
    if not votes or votes[rotation % 360] * 5 > votes.total():
        return rotation
    return votes.most_common(1)[0][0]


class _Characters:
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
        raw, text_page, placement = self.raw, self.text_page, self.placement
        origin_x, origin_y = ctypes.c_double(), ctypes.c_double()
        x_ref, y_ref = ctypes.byref(origin_x), ctypes.byref(origin_y)
        append, new = page.glyphs.append, tuple.__new__
        last_top = last_bottom = last_right = -1e9
        baseline, size, high = 0.0, 0.0, 0
        run_top = run_bottom = 0.0
        clip_left, clip_top, clip_right, clip_bottom = clip = _NOT_DRAWN
        inside = spaced = False
        codes = self._codes()
        for index, (code, (left, top, right, bottom)) in enumerate(zip(codes, self._boxes(codes), strict=True)):
            if 0x20 < code < 0x7F or 0x3000 < code < 0xD800 or 0xFF00 < code < 0xFFF0:
                char = chr(code)
            else:
                if code in _SPACES:
                    spaced = spaced or raw.FPDFText_IsGenerated(text_page, index) != 1
                    continue
                if 0xD800 <= code < 0xDC00:
                    high = code
                    continue
                if 0xDC00 <= code < 0xE000 and high:
                    code, high = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00), 0
                elif code in _LINE_END_HYPHENS:
                    code = 0x2D
                char = unified(chr(code))
                if is_unmapped(code):
                    page.unmapped += 1
                    if code == 0:
                        continue
                elif not is_printable(code):
                    continue
            if top != last_top or bottom != last_bottom or not -0.3 * size < left - last_right < 0.12 * size:
                # Elsewhere, or another font: a new run. Within a run, baseline and height are the same.
                last_top, last_bottom = top, bottom
                raw.FPDFText_GetCharOrigin(text_page, index, x_ref, y_ref)
                baseline = round(placement.point(origin_x.value, origin_y.value)[1], 2)
                em, clip = self._run(index, bottom - top, page)
                size = em if _SMALLEST < em < _LARGEST else max(bottom - top, _SMALLEST)
                # Fonts lie about how high they reach.
                run_top = top if baseline - top <= size else round(baseline - size, 2)
                run_bottom = bottom if bottom - baseline <= 0.35 * size else round(baseline + 0.35 * size, 2)
                clip_left, clip_top, clip_right, clip_bottom = clip
                inside = run_top >= clip_top and run_bottom <= clip_bottom
            last_right = right
            if clip is _NOT_DRAWN:
                continue
            top, bottom = run_top, run_bottom
            if not inside or left < clip_left or right > clip_right:
                across, down = right - left, bottom - top
                left, top = max(left, clip_left), max(top, clip_top)
                right, bottom = min(right, clip_right), min(bottom, clip_bottom)
                if (right - left) * 3 < across or (bottom - top) * 3 < down:
                    page.hidden += 1
                    continue
            append(new(Glyph, (char, left, top, right, bottom, baseline, size, spaced)))
            spaced = False

    def _codes(self) -> Sequence[int]:
        """The UTF-16 units of the text page, one a character."""
        raw, text_page = self.raw, self.text_page
        count = max(raw.FPDFText_CountChars(text_page), 0)
        buffer = (ctypes.c_ushort * (count + 1))()
        if raw.FPDFText_GetText(text_page, 0, count, buffer) == count + 1:
            units: list[int] = buffer[:count]
            return units
        # Some characters have no text: ask for each.
        return [raw.FPDFText_GetUnicode(text_page, index) for index in range(count)]

    def _boxes(self, codes: Sequence[int]) -> list[Box]:
        """The box of each character, as displayed; that of a space is not asked for."""
        import numpy

        get_box, text_page = self.raw.FPDFText_GetLooseCharBox, self.text_page
        boxes = numpy.zeros((len(codes), 4), dtype=numpy.float32)  # left, top, right, bottom: an FS_RECTF each
        address, step = boxes.ctypes.data, 4 * boxes.itemsize
        places = range(address, address + step * len(codes), step)
        for index, (code, place) in enumerate(zip(codes, places, strict=True)):
            if code > 0x20:
                get_box(text_page, index, place)
        placed: list[Box] = self.placement.boxes(boxes.astype(numpy.float64)).round(2).tolist()
        return placed

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
        if abs(angle - 0.7) > _UPRIGHT:
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
