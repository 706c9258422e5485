"""Rulings and images of a page through PDFium: one pass over the page's objects."""

from __future__ import annotations

import ctypes
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal

from mingzhang.documents.pdf.glyphs import Box, PageGlyphs, Placement, RulingCollector
from mingzhang.documents.pdf.pdfium_calls import Calls, addresses, call_each

_TEXT, _PATH, _IMAGE, _FORM = 1, 2, 3, 5
_MOVE = 2
_WHITE = 250
_DEEPEST_FORM = 8
_AT_ONCE = 4_096  # objects
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
        self._numbers = (ctypes.c_float * 2)()
        self._refs = [ctypes.addressof(self._numbers) + 4 * place for place in range(2)]
        self._matrix = _Six()
        self._matrix_ref = ctypes.byref(self._matrix)

    def walk_page(self, raw_page: int, doubtful: Doubtful) -> None:
        """``doubtful``: whose texts of no width count as lost, all fonts', those of ``borrowed`` fonts, none's.

        PDFium leaves out texts whose substitute font has no such character. Of a font that is in the file, what has no
        width is a space.
        """
        raw = self.raw
        count = raw.FPDFPage_CountObjects(raw_page)
        for items, kinds in self._objects(raw.FPDFPage_GetObject, raw_page, count):
            self._take([each for each in zip(items, kinds, strict=True) if each[1] != _TEXT], None, 0)
            if doubtful == "none":
                continue
            texts = [item for item, kind in zip(items, kinds, strict=True) if kind == _TEXT]
            for item, (left, _, right, _) in zip(texts, self._bounds(texts, None), strict=True):
                if right - left < _NO_WIDTH:
                    embedded = raw.FPDFFont_GetIsEmbedded(raw.FPDFTextObj_GetFont(item)) != 0
                    self.page.lost += doubtful == "all" or not embedded

    def _objects(
        self, get_object: Callable[..., Any], holder: Any, count: int
    ) -> Iterator[tuple[list[Any], list[int]]]:
        """The objects of a page or form and their kinds, some thousand at a time: a crowded page is given up early."""
        for first in range(0, count, _AT_ONCE):
            items = list(map(get_object, itertools.repeat(holder), range(first, min(first + _AT_ONCE, count))))
            yield items, list(map(self.raw.FPDFPageObj_GetType, items))

    def _take(self, objects: Sequence[tuple[Any, int]], outer: Matrix | None, depth: int) -> None:
        """The paths, images and forms among objects and their kinds, in their order."""
        raw = self.raw
        boxes = iter(self._bounds([item for item, kind in objects if kind in (_PATH, _IMAGE)], outer))
        inks = iter(self._inks([item for item, kind in objects if kind == _PATH]))
        for item, kind in objects:
            if kind == _PATH:
                self._path(item, next(boxes), next(inks), outer)
            elif kind == _IMAGE:
                left, top, right, bottom = next(boxes)
                across = max(0.0, min(right, self.page.width) - max(left, 0.0))
                down = max(0.0, min(bottom, self.page.height) - max(top, 0.0))
                area = self.page.width * self.page.height
                self.page.image_share += across * down / area if area > 0 else 0.0
            elif kind == _FORM and depth < _DEEPEST_FORM:
                matrix = _compose(self._matrix_of(item), outer)
                count = raw.FPDFFormObj_CountObjects(item)
                for inner, kinds in self._objects(raw.FPDFFormObj_GetObject, item, count):
                    self._take(list(zip(inner, kinds, strict=True)), matrix, depth + 1)

    def _path(self, item: Any, box: Box, ink: tuple[bool, bool], outer: Matrix | None) -> None:
        filled, stroked = ink
        if not (stroked or filled) or self.collector.thin_box(*box):
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

    def _bounds(self, items: Sequence[Any], outer: Matrix | None) -> list[Box]:
        """The box of each object, as displayed."""
        if not items:
            return []
        import numpy

        boxes = numpy.zeros((len(items), 4), dtype=numpy.float32)  # left, top, right, bottom
        left, top, right, bottom = (addresses(boxes, place) for place in range(4))
        call_each(self.raw.FPDFPageObj_GetBounds, items, left, bottom, right, top)
        exact = boxes.astype(numpy.float64)
        if outer is not None:
            a, b, c, d, e, f = outer
            xs, ys = exact[:, [0, 0, 2, 2]], exact[:, [1, 3, 1, 3]]
            across, along = a * xs + c * ys + e, b * xs + d * ys + f
            exact = numpy.stack((across.min(1), along.max(1), across.max(1), along.min(1)), axis=1)
        placed: list[Box] = self.placement.boxes(exact).tolist()
        return placed

    def _inks(self, paths: Sequence[Any]) -> list[tuple[bool, bool]]:
        """Whether each path is filled, and whether it is stroked, with a colour that is seen on white."""
        if not paths:
            return []
        import numpy

        raw = self.raw
        modes = numpy.zeros((len(paths), 2), dtype=numpy.int32)  # fill, stroke
        colours = numpy.zeros((len(paths), 2, 4), dtype=numpy.uint32)  # of these two: red, green, blue, alpha
        call_each(raw.FPDFPath_GetDrawMode, paths, *(addresses(modes, place) for place in range(2)))
        for number, function in enumerate((raw.FPDFPageObj_GetFillColor, raw.FPDFPageObj_GetStrokeColor)):
            call_each(function, paths, *(addresses(colours, 4 * number + place) for place in range(4)))
        seen = (colours[:, :, 3] > 0) & (colours[:, :, :3].min(axis=2) < _WHITE)
        inks: list[tuple[bool, bool]] = ((modes != 0) & seen).tolist()
        return inks

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
