"""A picture of a page → its characters and rulings, as a born-digital page has them, each character with its sureness."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from mingzhang.cube.source import LOW_CONFIDENCE
from mingzhang.documents.pdf.glyphs import Box, Glyph, PageGlyphs, Ruling
from mingzhang.documents.pdf.lattice import Lattice
from mingzhang.documents.pdf.rulings import frames, join
from mingzhang.documents.pdf.textlines import is_wide
from mingzhang.documents.scan.columns import shapes_of
from mingzhang.documents.scan.engine import Character, Engine
from mingzhang.documents.scan.identifiers import formed_alike
from mingzhang.documents.scan.numbers import Recognised, agreed, confidence, is_doubtful, lacks_ink, text_of
from mingzhang.documents.scan.picture import Upright, upright
from mingzhang.documents.scan.rulings import rulings_on
from mingzhang.documents.scan.textlines import TextLine, ink_of, lines_in_boxes, lines_in_cells, pieces_of

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Gray = NDArray[np.uint8]
    Mask = NDArray[np.bool_]

_MARGIN = 0.22  # of its height: the paper left around a line


@dataclass(frozen=True, slots=True)
class Look:
    """One way to look at a line: the paper left around it (of its height), how far it is enlarged before it is cut out,
    widened, and evened out (over so many pixels of what the recogniser sees)."""

    margin: float = _MARGIN
    enlarged: int = 1
    stretch: float = 1.0
    soft: float = 1.5


_FIRST = Look()
_LOOKS = (  # further ones, a few at a time
    (Look(enlarged=2, stretch=1.2, soft=2.0), Look(soft=0.0)),
    (Look(soft=2.5), Look(margin=0.35, enlarged=2, soft=2.0)),
)
_WIDE_EM, _NARROW_EM = 0.92, 0.72  # how much of its size a Chinese character, a digit is high
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
    for line, recognised in zip(lines, _recognised(engine, straight.gray, ink, lines, usual), strict=True):
        glyphs = _glyphs(line, recognised.characters, ink, scale, usual)
        page.glyphs.extend(glyphs)
        found.lines.append((glyphs, recognised))
    return found


def _recognised(engine: Engine, gray: Gray, ink: Mask, lines: Sequence[TextLine], usual: float) -> list[Recognised]:
    """Every line read once; figures that are doubtful then, again with other margins and widths."""
    import cv2

    pictures = {1: gray}

    def looked(look: Look, chosen: Sequence[TextLine]) -> list[list[Character]]:
        if look.enlarged not in pictures:
            by = look.enlarged
            pictures[by] = cv2.resize(gray, None, fx=by, fy=by, interpolation=cv2.INTER_CUBIC)  # type: ignore[assignment]
        crops = [_crop(pictures[look.enlarged], line, usual, look.margin, look.enlarged) for line in chosen]
        return engine.read(crops, look.stretch, look.soft)

    first = looked(_FIRST, lines)
    result = [Recognised(tuple(characters)) for characters in first]
    pieces = [pieces_of(ink, line) for line in lines]
    shapes = shapes_of([text_of(characters) for characters in first], [line.column for line in lines])
    doubtful = [
        number
        for number, characters in enumerate(first)
        if is_doubtful(characters, shapes[number]) or lacks_ink(characters, pieces[number])
    ]
    looks = {number: [first[number]] for number in doubtful}
    for further in _LOOKS:
        for look in further if doubtful else ():
            chosen = [lines[number] for number in doubtful]
            for number, characters in zip(doubtful, looked(look, chosen), strict=True):
                looks[number].append(characters)
        for number in doubtful:
            result[number] = agreed(looks[number], pieces[number], shapes[number])
        # What three looks agree on needs no more of them.
        doubtful = [number for number in doubtful if confidence(result[number].characters) < LOW_CONFIDENCE]
    alike = formed_alike([recognised.characters for recognised in result])
    return [replace(recognised, characters=own) for recognised, own in zip(result, alike, strict=True)]


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


def _crop(gray: Gray, line: TextLine, usual: float, share: float, enlarged: int = 1) -> Gray:
    """The picture of one line with a little paper around it, out of a page that is so many times ``enlarged``; a dash is
    shown at the height of a line."""
    height = max(line.height, 0.7 * usual)
    middle = (line.top + line.bottom) / 2
    margin = share * height
    left, top, right, bottom = line.room
    first, last = max(middle - height / 2 - margin, top), min(middle + height / 2 + margin, bottom)
    start, stop = max(line.left - 1.5 * margin, left), min(line.right + 1.5 * margin, right)
    return gray[round(first * enlarged) : round(last * enlarged), round(start * enlarged) : round(stop * enlarged)]


def _glyphs(line: TextLine, characters: Sequence[Character], ink: Mask, scale: float, usual: float) -> list[Glyph]:
    """Characters with their boxes: parted where there is no ink between their middles."""
    import numpy as np

    shown = [character for character in characters if character.char.strip()]
    if not shown:
        return []
    height = max(line.height, 0.7 * usual)
    margin = 1.5 * _MARGIN * height
    start, stop = max(line.left - margin, line.room[0]), min(line.right + margin, line.room[2])
    middles = [start + character.at * (stop - start) for character in shown]
    blank = np.logical_not(np.asarray(ink[line.top : line.bottom, line.left : line.right].any(axis=0)))
    edges: list[tuple[float, float]] = []
    for before, after in pairwise(middles):
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
