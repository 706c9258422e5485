"""What the clip paths of a page leave to be seen, through PDFium."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from typing import Any

from mingzhang.documents.pdf.glyphs import Box, Placement
from mingzhang.documents.pdf.pdfium_calls import Calls


class Clips:
    """The boxes of the clip paths of one page, each worked out once."""

    def __init__(self, raw: Calls, placement: Placement) -> None:
        self.raw = raw
        self.placement = placement
        self.corners = [(ctypes.c_float(), ctypes.c_float()) for _ in range(2)]
        self.corner_refs = [(ctypes.byref(x), ctypes.byref(y)) for x, y in self.corners]
        self.known: dict[int, Box] = {}  # by the address of the innermost path's first point

    def boxes(self, items: Sequence[Any]) -> list[Box]:
        """The box of each object's clip path, within the page."""
        raw, known = self.raw, self.known
        whole = (0.0, 0.0, self.placement.width, self.placement.height)
        get_segment = raw.FPDFClipPath_GetPathSegment
        paths = list(map(raw.FPDFPageObj_GetClipPath, items))
        found: list[Box] = []
        for path, count in zip(paths, map(raw.FPDFClipPath_CountPaths, paths), strict=True):
            if count <= 0:
                found.append(whole)
                continue
            # Objects share the paths of their clip: the innermost is drawn once, within the others, so it tells them all.
            innermost = get_segment(path, count - 1, 0)
            box = known.get(innermost) if innermost else None
            if box is None:
                box = self._clipped_by(path, count)
                if innermost:
                    known[innermost] = box
            found.append(box)
        return found

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
