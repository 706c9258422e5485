"""A picture of a page made upright: its tilt measured, turned straight, and the way back to the page as displayed."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from mingzhang.documents.pdf.glyphs import Box

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Gray = NDArray[np.uint8]

_STEEPEST = 6.0  # degrees of tilt looked for
_LEAST_TILT = 0.03
_AROUND = 20.0  # points
_SMALL = 1_200  # pixels of the longer side, for measuring the tilt


@dataclass(frozen=True, slots=True)
class Upright:
    """A picture whose lines run level. ``scale`` is points a pixel; ``back`` takes its pixels to points of the page."""

    gray: Gray
    scale: float
    back: tuple[tuple[float, float, float], tuple[float, float, float]]

    def box_on_page(self, box: Box) -> Box:
        """A box in points of the upright picture, as the enclosing box on the page as displayed."""
        left, top, right, bottom = (value / self.scale for value in box)
        (a, b, c), (d, e, f) = self.back
        xs = [a * x + b * y + c for x in (left, right) for y in (top, bottom)]
        ys = [d * x + e * y + f for x in (left, right) for y in (top, bottom)]
        return round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2)


def upright(gray: Gray, scale: float) -> Upright:
    """The picture turned by its measured tilt; ``scale`` is points a pixel."""
    import cv2
    import numpy as np

    turned, back = gray, np.eye(3)
    angle = tilt(turned)
    if abs(angle) >= _LEAST_TILT:
        high, wide = turned.shape
        cosine, sine = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        across, down = round(wide * cosine + high * abs(sine)), round(wide * abs(sine) + high * cosine)
        forth = np.array(
            [
                [cosine, sine, (across - wide * cosine - high * sine) / 2],
                [-sine, cosine, (down + wide * sine - high * cosine) / 2],
            ]
        )
        paper = float(np.percentile(turned[::8, ::8], 90))
        turned = cv2.warpAffine(turned, forth, (across, down), flags=cv2.INTER_CUBIC, borderValue=paper)  # type: ignore[assignment]
        inverse = cv2.invertAffineTransform(forth)
        back = back @ np.vstack([inverse, [0.0, 0.0, 1.0]])
    rows = (back[:2] * scale).tolist()
    return Upright(turned, scale, (tuple(rows[0]), tuple(rows[1])))


def tilt(gray: Gray) -> float:
    """By how many degrees the lines of a picture fall to the right: where its rows of ink are sharpest."""
    import cv2
    import numpy as np

    factor = min(1.0, _SMALL / max(gray.shape))
    small = cv2.resize(gray, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    ink = cv2.adaptiveThreshold(small, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 25, 15)
    ys, xs = np.nonzero(ink)
    if len(ys) < 200:
        return 0.0
    if len(ys) > 200_000:
        keep = np.linspace(0, len(ys) - 1, 200_000).astype(np.int64)
        ys, xs = ys[keep], xs[keep]

    def sharpness(angle: float, bins: float) -> float:
        rows = (ys - xs * math.tan(math.radians(angle))) * bins
        counts = np.bincount((rows - rows.min()).astype(np.int64))
        return float((counts.astype(np.float64) ** 2).sum())

    def sharpest(angles: Sequence[float], bins: float) -> float:
        return max((sharpness(angle, bins), -abs(angle), angle) for angle in angles)[2]

    steps = round(_STEEPEST * 4)
    coarse = sharpest([step * 0.25 for step in range(-steps, steps + 1)], 1.0)
    return round(sharpest([coarse + step * 0.02 for step in range(-14, 15)], 2.0), 3)


def paper_of(gray: Gray, scale: float) -> Gray:
    """How bright the paper is around each pixel: the middle of what is near, for most of a page is paper."""
    import cv2

    small = cv2.resize(gray, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    middle = cv2.medianBlur(small, round(_AROUND / scale / 2) | 1)
    paper: Gray = cv2.resize(middle, (gray.shape[1], gray.shape[0]), interpolation=cv2.INTER_LINEAR)  # type: ignore[assignment]
    return paper


def darker_than_paper(gray: Gray, scale: float) -> Gray:
    import cv2

    darker: Gray = cv2.subtract(paper_of(gray, scale), gray)  # type: ignore[assignment]
    return darker
