"""A picture of a page → its characters and rulings, as a born-digital page has them, each character with its sureness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from mingzhang.documents.pdf.glyphs import Box, Glyph, PageGlyphs, Ruling
from mingzhang.documents.pdf.lattice import Lattice
from mingzhang.documents.pdf.rulings import frames, join
from mingzhang.documents.pdf.textlines import is_wide
from mingzhang.documents.scan.engine import Character, Engine
from mingzhang.documents.scan.lone import is_number_by_itself
from mingzhang.documents.scan.looking import Looker
from mingzhang.documents.scan.numbers import Recognised
from mingzhang.documents.scan.picture import Upright, upright
from mingzhang.documents.scan.rulings import rulings_on
from mingzhang.documents.scan.textlines import TextLine, ink_of, lines_beside, lines_in_boxes, lines_in_cells, middles

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Gray = NDArray[np.uint8]
    Mask = NDArray[np.bool_]

_WIDE_EM, _NARROW_EM = 0.92, 0.72  # how much of its size a Chinese character, a digit is high
_SURE = 0.9  # a number that nothing but its ink tells of
_PITCH = 0.45  # of its height: how far apart two digits stand at least
_DESCENDS = ",;，；()（）"


@dataclass(slots=True)
class ScannedPage:
    """One page read from a picture: glyphs in points of the upright picture; ``lines`` are what was recognised."""

    glyphs: PageGlyphs
    upright: Upright
    lines: list[tuple[list[Glyph], Recognised]] = field(default_factory=list)


def read_page(engine: Engine, gray: Gray, number: int, scale: float) -> ScannedPage:
    """Reads the picture of a page; ``scale`` is points a pixel. What the libraries raise is left to the caller."""
    straight = upright(gray, scale)
    high, wide = straight.gray.shape
    level, vertical, mask = rulings_on(straight.gray, scale)
    page = PageGlyphs(number, wide * scale, high * scale, horizontal=level, vertical=vertical)
    ink = ink_of(straight.gray, mask, scale)
    cells, tables = _cells(level, vertical)
    lines = lines_in_cells(ink, cells, scale)
    boxes = [box for box in engine.boxes(straight.gray) if not _inside(box, tables, scale)]
    lines += lines_in_boxes(ink, boxes)
    found = ScannedPage(page, straight)
    usual = median(line.height for line in lines) if lines else 1.0
    recognised_lines = Looker(engine, straight.gray, ink, lines, usual, scale).recognised()
    taken = [
        *boxes,
        *((left / scale, top / scale, right / scale, bottom / scale) for left, top, right, bottom in tables),
    ]
    beside = lines_beside(ink, taken, usual, scale)
    for line, recognised in zip(
        beside, Looker(engine, straight.gray, ink, beside, 0.0, scale).recognised(), strict=True
    ):
        if is_number_by_itself(recognised.characters, _SURE):
            lines.append(line)
            recognised_lines.append(recognised)
    for line, recognised in zip(lines, recognised_lines, strict=True):
        glyphs = _glyphs(line, recognised.characters, ink, scale, usual)
        page.glyphs.extend(glyphs)
        found.lines.append((glyphs, recognised))
    return found


def _cells(level: Sequence[Ruling], vertical: Sequence[Ruling]) -> tuple[list[Box], list[Box]]:
    """The boxes of all cells of ruled tables, and of the tables."""
    cells: list[Box] = []
    tables: list[Box] = []
    for frame in frames(join(level), join(vertical)):
        lattice = Lattice(frame) if frame.horizontal and frame.vertical else None
        if lattice is not None and len(lattice.regions) > 1 and lattice.columns > 1:
            cells.extend(region.box for region in lattice.regions)
            tables.append(lattice.box)
    return cells, tables


def _inside(box: Box, tables: Sequence[Box], scale: float) -> bool:
    x, y = (box[0] + box[2]) / 2 * scale, (box[1] + box[3]) / 2 * scale
    return any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in tables)


def _glyphs(line: TextLine, characters: Sequence[Character], ink: Mask, scale: float, usual: float) -> list[Glyph]:
    """Characters with their boxes: parted where there is no ink between their middles."""
    import numpy as np

    shown = [character for character in characters if character.char.strip()]
    if not shown:
        return []
    height = max(line.height, 0.7 * usual)
    centres = middles(line, [character.at for character in shown], usual)
    blank = np.logical_not(np.asarray(ink[line.top : line.bottom, line.left : line.right].any(axis=0)))
    edges: list[tuple[float, float]] = []
    for before, after in pairwise(centres):
        edges.append(_gap(blank, before - line.left, after - line.left))
    lefts = [float(line.left), *(line.left + gap[1] for gap in edges)]
    rights = [*(line.left + gap[0] for gap in edges), float(line.right)]
    for index in range(1, len(shown)):
        if shown[index].char == shown[index - 1].char:
            # Two of a kind nearly in one place would be taken for one printed twice.
            lefts[index] = max(lefts[index], lefts[index - 1] + _PITCH * height)
    wide = any(is_wide(character.char) for character in shown)
    text = "".join(character.char for character in shown)
    size = height / (_WIDE_EM if wide else _NARROW_EM)
    if not wide and any(char in _DESCENDS for char in text):
        size *= 0.85
    drop = 0.08 * size if wide else (0.13 * size if any(char in _DESCENDS for char in text) else 0.0)
    middle = (line.top + line.bottom) / 2
    baseline = (middle + height / 2 - drop) * scale
    spaced = False
    glyphs: list[Glyph] = []
    for character, left, right in zip(shown, lefts, rights, strict=True):
        glyphs.append(
            Glyph(
                character.char,
                round(left * scale, 2),
                round(line.top * scale, 2),
                round(max(right, left + 1) * scale, 2),
                round(line.bottom * scale, 2),
                round(baseline, 2),
                round(size * scale, 2),
                spaced,
            )
        )
    return glyphs


def _gap(blank: NDArray[np.bool_], before: float, after: float) -> tuple[float, float]:
    """The widest stretch without ink between two middles; the point half way where there is none."""
    first, last = max(int(before), 0), min(int(after) + 1, len(blank))
    best = ((before + after) / 2, (before + after) / 2)
    width = 0
    start: int | None = None
    for index in range(first, last + 1):
        if index < last and blank[index]:
            start = index if start is None else start
            continue
        if start is not None and index - start > width and start > first and index < last:
            width, best = index - start, (float(start), float(index))
        start = None
    return best
