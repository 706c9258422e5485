"""Characters and rulings through PDFium, called directly: one pass over the text page, one over the page's objects."""

from __future__ import annotations

import ctypes
import itertools
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
    RulingCollector,
    is_printable,
    is_unmapped,
    unified,
)
from mingzhang.documents.pdf.pdfium_calls import Calls, address_of, calls

_PASSWORD_ERROR = 4
_TEXT, _PATH, _SHADING, _IMAGE, _FORM = 1, 2, 4, 3, 5
_LINE, _BEZIER, _MOVE = 0, 1, 2
_INVISIBLE = 3
_WHITE = 250
_LINE_END_HYPHENS = frozenset((0x2, 0xFFFE))
_SPACES = frozenset((0x20, 0xA0, 0x3000))
_Six = ctypes.c_float * 6
_DEEPEST_FORM = 8
_NO_WIDTH = 0.001
_SMALLEST, _LARGEST = 0.5, 2_000.0  # sizes of type, in points
_UPRIGHT = 0.06  # radians
_SAMPLE = 60  # characters of a page that show how it stands
_NOT_DRAWN: Box = (0.0, 0.0, -1.0, -1.0)

Matrix = tuple[float, float, float, float, float, float]


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
            doubtful = characters.borrowed or not found.glyphs
            _Shapes(self._calls, placement, found, self._most_rulings).walk_page(
                address_of(page.raw), count_lost=doubtful
            )
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
        self.seen: set[tuple[float, float]] = set()
        self.borrowed = False  # a font that is not in the file

    def collect(self, page: PageGlyphs) -> None:
        raw, text_page, placement = self.raw, self.text_page, self.placement
        origin_x, origin_y = ctypes.c_double(), ctypes.c_double()
        x_ref, y_ref = ctypes.byref(origin_x), ctypes.byref(origin_y)
        append, new = page.glyphs.append, tuple.__new__
        last_top = last_bottom = last_right = -1e9
        baseline, size, high = 0.0, 0.0, 0
        clip = _NOT_DRAWN
        spaced = False
        codes = self._codes()
        for index, (code, (left, top, right, bottom)) in enumerate(zip(codes, self._boxes(codes), strict=True)):
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
            char = chr(code)
            if not (0x20 < code < 0x7F or 0x3000 < code < 0xD800 or 0xFF00 < code < 0xFFF0):
                char = unified(char)
                if is_unmapped(code):
                    page.unmapped += 1
                    if code == 0:
                        continue
                elif not is_printable(code):
                    continue
            if top != last_top or bottom != last_bottom or not -0.3 * size < left - last_right < 0.12 * size:
                # Elsewhere, or another font: a new run. Within a run, the baseline is the same.
                last_top, last_bottom = top, bottom
                raw.FPDFText_GetCharOrigin(text_page, index, x_ref, y_ref)
                baseline = round(placement.point(origin_x.value, origin_y.value)[1], 2)
                em, clip = self._run(index, bottom - top, page)
                size = em if _SMALLEST < em < _LARGEST else max(bottom - top, _SMALLEST)
            last_right = right
            if clip is _NOT_DRAWN:
                continue
            # Fonts lie about how high they reach.
            if baseline - top > size:
                top = round(baseline - size, 2)
            if bottom - baseline > 0.35 * size:
                bottom = round(baseline + 0.35 * size, 2)
            clip_left, clip_top, clip_right, clip_bottom = clip
            if left < clip_left or top < clip_top or right > clip_right or bottom > clip_bottom:
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
        address, step = boxes.ctypes.data, boxes.strides[0]
        for index, code in enumerate(codes):
            if code > 0x20:
                get_box(text_page, index, address + step * index)
        placed: list[Box] = self.placement.boxes(boxes.astype(numpy.float64)).round(2).tolist()
        return placed

    def _run(self, index: int, height: float, page: PageGlyphs) -> tuple[float, Box]:
        """Of the run that begins at a character: its size, and the box it is seen through."""
        raw, matrix = self.raw, self.matrix
        raw.FPDFText_GetMatrix(self.text_page, index, self.matrix_ref)
        angle = (math.atan2(matrix[1], matrix[0]) - self.angle + 0.7) % (math.pi / 2)
        if abs(angle - 0.7) > _UPRIGHT:
            page.slanted += 1
            return 0.0, _NOT_DRAWN
        em = raw.FPDFText_GetFontSize(self.text_page, index) * math.hypot(matrix[2], matrix[3])
        item = raw.FPDFText_GetTextObject(self.text_page, index)
        if not item:
            return em, (0.0, 0.0, self.placement.width, self.placement.height)
        kind = (em, round(height, 2))
        if kind not in self.seen:
            # Another size or height is another font, most often.
            self.seen.add(kind)
            if raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(item)) == 0:
                self.borrowed = True
        return em, self._clip_box(item)

    def _clip_box(self, item: Any) -> Box:
        """The box of an object's clip path, within the page."""
        raw, placement = self.raw, self.placement
        whole = (0.0, 0.0, placement.width, placement.height)
        path = raw.FPDFPageObj_GetClipPath(item)
        count = raw.FPDFClipPath_CountPaths(path) if path else 0
        if count <= 0:
            return whole
        left, top, right, bottom = whole
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


class _Shapes:
    """Paths as rulings; images as covered area."""

    def __init__(self, raw: Calls, placement: Placement, page: PageGlyphs, most_rulings: int) -> None:
        self.raw = raw
        self.placement = placement
        self.page = page
        self.collector = RulingCollector(page, most_rulings)
        self._numbers = [ctypes.c_float() for _ in range(4)]
        self._refs = [ctypes.byref(number) for number in self._numbers]
        self._channels = [ctypes.c_uint() for _ in range(4)]
        self._channel_refs = [ctypes.byref(channel) for channel in self._channels]
        self._matrix = _Six()
        self._matrix_ref = ctypes.byref(self._matrix)
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()
        self._fill_ref, self._stroke_ref = ctypes.byref(self._fill), ctypes.byref(self._stroke)

    def walk_page(self, raw_page: int, *, count_lost: bool) -> None:
        """``count_lost``: PDFium leaves out texts whose substitute font has no such character (width nought)."""
        raw = self.raw
        get_type, get_object = raw.FPDFPageObj_GetType, raw.FPDFPage_GetObject
        for index in range(raw.FPDFPage_CountObjects(raw_page)):
            item = get_object(raw_page, index)
            kind = get_type(item)
            if kind != _TEXT:
                self._take(item, kind, None, 0)
            elif count_lost:
                left, _, right, _ = self._bounds(item, None)
                self.page.lost += right - left < _NO_WIDTH

    def _take(self, item: Any, kind: int, outer: Matrix | None, depth: int) -> None:
        if kind == _PATH:
            self._path(item, outer)
        elif kind == _IMAGE:
            left, top, right, bottom = self._bounds(item, outer)
            across = max(0.0, min(right, self.page.width) - max(left, 0.0))
            down = max(0.0, min(bottom, self.page.height) - max(top, 0.0))
            area = self.page.width * self.page.height
            self.page.image_share += across * down / area if area > 0 else 0.0
        elif kind == _FORM and depth < _DEEPEST_FORM:
            matrix = _compose(self._matrix_of(item), outer)
            for index in range(self.raw.FPDFFormObj_CountObjects(item)):
                inner = self.raw.FPDFFormObj_GetObject(item, index)
                self._take(inner, self.raw.FPDFPageObj_GetType(inner), matrix, depth + 1)

    def _path(self, item: Any, outer: Matrix | None) -> None:
        raw = self.raw
        left, top, right, bottom = self._bounds(item, outer)
        raw.FPDFPath_GetDrawMode(item, self._fill_ref, self._stroke_ref)
        stroked = bool(self._stroke.value) and self._visible(raw.FPDFPageObj_GetStrokeColor, item)
        filled = bool(self._fill.value) and self._visible(raw.FPDFPageObj_GetFillColor, item)
        if not (stroked or filled) or self.collector.thin_box(left, top, right, bottom):
            return
        for points, closed in self._subpaths(item, _compose(self._matrix_of(item), outer)):
            xs = [point[0] for point in points]
            ys = [point[1] for point in points]
            if (filled and not stroked) or len(points) > 2:
                if self.collector.thin_box(min(xs), min(ys), max(xs), max(ys)):
                    continue
                if not stroked:
                    continue
            for (x0, y0), (x1, y1) in itertools.pairwise(points):
                self.collector.segment(x0, y0, x1, y1)
            if closed:
                self.collector.segment(*points[-1], *points[0])

    def _subpaths(self, item: Any, matrix: Matrix) -> list[tuple[list[tuple[float, float]], bool]]:
        raw = self.raw
        a, b, c, d, e, f = matrix
        x, y = self._numbers[0], self._numbers[1]
        x_ref, y_ref = self._refs[0], self._refs[1]
        found: list[tuple[list[tuple[float, float]], bool]] = []
        points: list[tuple[float, float]] = []
        for index in range(raw.FPDFPath_CountSegments(item)):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            raw.FPDFPathSegment_GetPoint(segment, x_ref, y_ref)
            kind = raw.FPDFPathSegment_GetType(segment)
            if kind == _MOVE and points:
                found.append((points, False))
                points = []
            points.append(self.placement.point(a * x.value + c * y.value + e, b * x.value + d * y.value + f))
            if raw.FPDFPathSegment_GetClose(segment):
                found.append((points, True))
                points = []
        if points:
            found.append((points, False))
        return found

    def _visible(self, get_color: Any, item: Any) -> bool:
        get_color(item, *self._channel_refs)
        red, green, blue, alpha = (channel.value for channel in self._channels)
        return alpha > 0 and not (red >= _WHITE and green >= _WHITE and blue >= _WHITE)

    def _bounds(self, item: Any, outer: Matrix | None) -> Box:
        left, bottom, right, top = self._refs
        self.raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        x0, y0, x1, y1 = (number.value for number in self._numbers)
        if outer is not None:
            a, b, c, d, e, f = outer
            corners = [(a * x + c * y + e, b * x + d * y + f) for x in (x0, x1) for y in (y0, y1)]
            xs, ys = zip(*corners, strict=True)
            x0, y0, x1, y1 = min(xs), min(ys), max(xs), max(ys)
        return self.placement.box(x0, y0, x1, y1)

    def _matrix_of(self, item: Any) -> Matrix:
        self.raw.FPDFPageObj_GetMatrix(item, self._matrix_ref)
        a, b, c, d, e, f = self._matrix
        return a, b, c, d, e, f


def _compose(inner: Matrix, outer: Matrix | None) -> Matrix:
    if outer is None:
        return inner
    a, b, c, d, e, f = inner
    g, h, i, j, k, m = outer
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m
