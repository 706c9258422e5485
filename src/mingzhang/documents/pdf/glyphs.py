"""What a page is made of, whatever library opened it: characters and ruling lines.

All coordinates are points from the top-left corner of the page as displayed (crop box and /Rotate applied), y downwards.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Box = tuple[float, float, float, float]

MIDDLE = 0.33  # of its size: how far above its baseline a character has its middle


class Glyph(NamedTuple):
    """One printed character; the box is the visible part. ``spaced``: the text layer has a space before it."""

    char: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    spaced: bool = False


class Ruling(NamedTuple):
    """A horizontal line at y = ``at`` from x = ``start`` to ``end``, or a vertical one at x = ``at``."""

    at: float
    start: float
    end: float


@dataclass(slots=True)
class PageGlyphs:
    """One page: glyphs in the order of the text layer, rulings unmerged; and what was left out, counted.

    ``hidden`` characters are outside the page or their clip, ``slanted`` ones are not written along the page's edges,
    ``unmapped`` ones have no Unicode value, ``lost`` ones the library could not place (another library may).
    ``turned``: by how many degrees, clockwise, the page as displayed is turned so that its writing stands upright; all
    coordinates are those of the upright page.
    """

    number: int
    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list)
    horizontal: list[Ruling] = field(default_factory=list)
    vertical: list[Ruling] = field(default_factory=list)
    hidden: int = 0
    slanted: int = 0
    unmapped: int = 0
    lost: int = 0
    turned: int = 0
    image_share: float = 0.0


class PageSource(Protocol):
    """An opened file. ``page`` counts from 0, and leaves nothing of the page in memory behind it."""

    def __len__(self) -> int: ...

    def page(self, index: int) -> PageGlyphs: ...

    def close(self) -> None: ...


class EncryptedFileError(Exception):
    """A password is needed to open the file."""


class DamagedFileError(Exception):
    """The library cannot open the file."""


class CrowdedPageError(Exception):
    """A page with more pieces of drawn lines than the reader may collect."""


class Placement:
    """From the page's own coordinates (origin bottom-left, unrotated) to the displayed page."""

    __slots__ = ("bottom", "height", "left", "right", "rotation", "top", "width")

    def __init__(self, box: Box, rotation: int) -> None:
        """``box`` is (left, bottom, right, top) of the visible page; ``rotation`` in degrees clockwise."""
        self.left, self.bottom, self.right, self.top = box
        self.rotation = rotation % 360
        across, down = self.right - self.left, self.top - self.bottom
        self.width, self.height = (down, across) if self.rotation in (90, 270) else (across, down)

    def point(self, x: float, y: float) -> tuple[float, float]:
        if self.rotation == 0:
            return x - self.left, self.top - y
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, left: float, bottom: float, right: float, top: float) -> Box:
        if self.rotation == 0:
            return left - self.left, self.top - top, right - self.left, self.top - bottom
        x0, y0 = self.point(left, bottom)
        x1, y1 = self.point(right, top)
        return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)

    def ordinates(self, points: NDArray[np.float64]) -> NDArray[np.float64]:
        """How far down the displayed page points lie, given as rows of x, y in the page's own coordinates."""
        down: NDArray[np.float64] = points[:, 1 if self.rotation in (0, 180) else 0]
        if self.rotation == 0:
            return self.top - down
        if self.rotation == 90:
            return down - self.left
        return down - self.bottom if self.rotation == 180 else self.right - down

    def boxes(self, boxes: NDArray[np.float64]) -> NDArray[np.float64]:
        """Rows of left, top, right, bottom in the page's own coordinates, as displayed."""
        left, top, right, bottom = boxes.T
        placed = boxes.copy()
        if self.rotation == 0:
            columns = (left - self.left, self.top - top, right - self.left, self.top - bottom)
        elif self.rotation == 90:
            columns = (bottom - self.bottom, left - self.left, top - self.bottom, right - self.left)
        elif self.rotation == 180:
            columns = (self.right - right, bottom - self.bottom, self.right - left, top - self.bottom)
        else:
            columns = (self.top - top, self.right - right, self.top - bottom, self.right - left)
        for number, column in enumerate(columns):
            placed[:, number] = column
        return placed


def is_printable(code: int) -> bool:
    """Whether a character code is one a reader could mean (no control codes, no-characters, surrogates)."""
    return code >= 0x20 and not 0x7F <= code < 0xA0 and not 0xD800 <= code < 0xE000 and code & 0xFFFE != 0xFFFE


def is_unmapped(code: int) -> bool:
    """A code that says only "the font has no Unicode map": private use or the replacement character."""
    return 0xE000 <= code < 0xF900 or code == 0xFFFD or code >= 0xF0000 or code == 0


def unified(char: str) -> str:
    """A radical or compatibility form (⼒, U+2F12) as the character it looks like (力); any other unchanged."""
    if "\u2e80" <= char < "\u3000" or "\uf900" <= char < "\ufb00":
        return unicodedata.normalize("NFKC", char)
    return char


class RulingCollector:
    """Turns drawn shapes, in displayed coordinates, into rulings; clips them to the page."""

    THIN = 3.2

    def __init__(self, page: PageGlyphs, most: int) -> None:
        """Collecting more than ``most`` raises ``CrowdedPageError``."""
        self.page = page
        self._left = most

    def thin_box(self, x0: float, y0: float, x1: float, y1: float) -> bool:
        """Takes a box as a ruling if it is thin; a tiny square may be a dot of either direction."""
        across, down = x1 - x0, y1 - y0
        if down > self.THIN and across > self.THIN:
            return False
        if down <= self.THIN and (across >= down or across > self.THIN):
            self.horizontal((y0 + y1) / 2, x0, x1)
        if across <= self.THIN and (down >= across or down > self.THIN):
            self.vertical((x0 + x1) / 2, y0, y1)
        return True

    def segment(self, x0: float, y0: float, x1: float, y1: float) -> None:
        across, down = abs(x1 - x0), abs(y1 - y0)
        if down <= 1.0 and across > down:
            self.horizontal((y0 + y1) / 2, min(x0, x1), max(x0, x1))
        elif across <= 1.0 and down > across:
            self.vertical((x0 + x1) / 2, min(y0, y1), max(y0, y1))

    def horizontal(self, y: float, x0: float, x1: float) -> None:
        page = self.page
        x0, x1 = max(x0, 0.0), min(x1, page.width)
        if -1 <= y <= page.height + 1 and x1 > x0:
            self._count()
            page.horizontal.append(Ruling(y, x0, x1))

    def vertical(self, x: float, y0: float, y1: float) -> None:
        page = self.page
        y0, y1 = max(y0, 0.0), min(y1, page.height)
        if -1 <= x <= page.width + 1 and y1 > y0:
            self._count()
            page.vertical.append(Ruling(x, y0, y1))

    def _count(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise CrowdedPageError
