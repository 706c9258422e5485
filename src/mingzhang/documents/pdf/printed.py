"""A printed line of running text, and what a page holds once its tables are taken out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mingzhang.documents.model import Grid
from mingzhang.documents.pdf.glyphs import Box, Glyph
from mingzhang.documents.pdf.textlines import box_of, lines_of, size_of, text_of

_APART = 3.0  # sizes: a gap this wide on one line separates two texts (a title and its unit)


@dataclass(slots=True)
class PrintedLine:
    """One line, or the part of one between wide gaps (then not ``whole``)."""

    glyphs: list[Glyph]
    page: int
    whole: bool = True
    text: str = field(init=False)
    box: Box = field(init=False)
    size: float = field(init=False)
    baseline: float = field(init=False)

    def __post_init__(self) -> None:
        self.text = text_of(self.glyphs)
        self.box = box_of(self.glyphs)
        self.size = size_of(self.glyphs)
        self.baseline = self.glyphs[0].baseline

    @property
    def left(self) -> float:
        return self.box[0]

    @property
    def right(self) -> float:
        return self.box[2]


@dataclass(slots=True)
class PageContent:
    """Lines and grids of one page, from top to bottom."""

    number: int
    width: float
    height: float
    blocks: list[PrintedLine | Grid]

    @property
    def lines(self) -> list[PrintedLine]:
        return [block for block in self.blocks if isinstance(block, PrintedLine)]

    @property
    def has_grid(self) -> bool:
        return any(isinstance(block, Grid) for block in self.blocks)


def printed_lines(glyphs: Sequence[Glyph], page: int) -> list[PrintedLine]:
    """The lines that characters make, cut at wide gaps."""
    found: list[PrintedLine] = []
    for line in lines_of(glyphs):
        parts = _parts(line)
        found.extend(PrintedLine(part, page, whole=len(parts) == 1) for part in parts)
    return found


def _parts(line: list[Glyph]) -> list[list[Glyph]]:
    parts = [[line[0]]]
    before = line[0]
    for glyph in line[1:]:
        if glyph.left - before.right > _APART * glyph.size:
            parts.append([glyph])
        else:
            parts[-1].append(glyph)
        before = glyph
    if len(parts) > 1 and any(len(part) == 1 and not part[0].char.isdigit() for part in parts):
        return [line]  # letters set apart: 目    录
    return parts


def in_order(grids: Sequence[Grid], lines: Sequence[PrintedLine]) -> list[PrintedLine | Grid]:
    """Blocks by where they begin; parts of one printed line stay together, left to right."""
    placed: list[tuple[float, float, int, PrintedLine | Grid]] = []
    for grid in grids:
        box = grid.source.bbox
        if box is not None:
            placed.append((box[1], box[0], 0, grid))
    for line in lines:
        placed.append((line.baseline - 0.5 * line.size, line.left, 1, line))
    placed.sort(key=lambda item: item[:3])
    blocks = [item[3] for item in placed]
    return _level(blocks)


def _level(blocks: list[PrintedLine | Grid]) -> list[PrintedLine | Grid]:
    """Parts of one line may differ a hair in baseline: put neighbours on one level in order of x."""
    result: list[PrintedLine | Grid] = []
    for block in blocks:
        index = len(result)
        if isinstance(block, PrintedLine) and not block.whole:
            while index > 0:
                other = result[index - 1]
                if not isinstance(other, PrintedLine) or other.whole:
                    break
                if abs(other.baseline - block.baseline) > 0.4 * block.size or other.left <= block.left:
                    break
                index -= 1
        result.insert(index, block)
    return result
