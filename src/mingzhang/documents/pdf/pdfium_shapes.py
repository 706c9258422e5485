"""Rulings and images of a page through PDFium: one pass over the page's objects."""

from __future__ import annotations

import ctypes
import itertools
from typing import Any, Literal

from mingzhang.documents.pdf.glyphs import Box, PageGlyphs, Placement, RulingCollector
from mingzhang.documents.pdf.pdfium_calls import Calls

_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_MOVE = 2
_WHITE = 250
_DEEPEST_FORM = 8
_NO_WIDTH = 0.001
_Six = ctypes.c_float * 6

Doubtful = Literal["all", "borrowed", "none"]
Matrix = tuple[float, float, float, float, float, float]


class Shapes:
    """Paths as rulings; images as covered area."""

    def __init__(self, raw: Calls, placement: Placement, page: PageGlyphs, most_rulings: int) -> None:
        self.raw = raw
        self.placement = placement
        self.page = page
        self.collector = RulingCollector(page, most_rulings)
        self._numbers = (ctypes.c_float * 4)()
        self._refs = [ctypes.addressof(self._numbers) + 4 * place for place in range(4)]
        self._channels = (ctypes.c_uint * 4)()
        self._channel_refs = [ctypes.addressof(self._channels) + 4 * place for place in range(4)]
        self._matrix = _Six()
        self._matrix_ref = ctypes.byref(self._matrix)
        self._fill, self._stroke = ctypes.c_int(), ctypes.c_int()
        self._fill_ref, self._stroke_ref = ctypes.byref(self._fill), ctypes.byref(self._stroke)

    def walk_page(self, raw_page: int, doubtful: Doubtful) -> None:
        """``doubtful``: whose texts of no width count as lost, all fonts', those of ``borrowed`` fonts, none's.

        PDFium leaves out texts whose substitute font has no such character. Of a font that is in the file, what has no
        width is a space.
        """
        raw = self.raw
        get_type, get_object = raw.FPDFPageObj_GetType, raw.FPDFPage_GetObject
        for index in range(raw.FPDFPage_CountObjects(raw_page)):
            item = get_object(raw_page, index)
            kind = get_type(item)
            if kind != _TEXT:
                self._take(item, kind, None, 0)
            elif doubtful != "none":
                left, _, right, _ = self._bounds(item, None)
                if right - left < _NO_WIDTH:
                    embedded = raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(item)) != 0
                    self.page.lost += doubtful == "all" or not embedded

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
        numbers = self._numbers
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
            x, y = numbers[:2]
            points.append(self.placement.point(a * x + c * y + e, b * x + d * y + f))
            if raw.FPDFPathSegment_GetClose(segment):
                found.append((points, True))
                points = []
        if points:
            found.append((points, False))
        return found

    def _visible(self, get_color: Any, item: Any) -> bool:
        get_color(item, *self._channel_refs)
        red, green, blue, alpha = self._channels[:]
        return alpha > 0 and not (red >= _WHITE and green >= _WHITE and blue >= _WHITE)

    def _bounds(self, item: Any, outer: Matrix | None) -> Box:
        left, bottom, right, top = self._refs
        self.raw.FPDFPageObj_GetBounds(item, left, bottom, right, top)
        x0, y0, x1, y1 = self._numbers[:]
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
