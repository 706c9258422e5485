"""Blocks of scanned pages: places on the page as displayed, and how sure each cell and each number was read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from mingzhang.cube.source import Scan, Source
from mingzhang.documents.model import Grid, Line
from mingzhang.documents.pdf.glyphs import Box, Glyph
from mingzhang.documents.scan.identifiers import is_identifier
from mingzhang.documents.scan.numbers import Recognised, at_most_as_formed, confidence, is_figures, others_of
from mingzhang.documents.scan.page import ScannedPage

_LONGEST_LIST = 12
_OF_NUMBERS = frozenset("0123456789.,%")


class Marker:
    """What was recognised on one page, found by place."""

    def __init__(self, page: ScannedPage) -> None:
        self._upright = page.upright
        placed = [
            ((first.top + first.bottom) / 2, glyphs, recognised)
            for glyphs, recognised in page.lines
            if (first := glyphs[0] if glyphs else None) is not None
        ]
        placed.sort(key=lambda item: item[0])
        self._lines = placed
        self._middles = [item[0] for item in placed]

    def box(self, box: Box) -> Box:
        return self._upright.box_on_page(box)

    def placed(self, source: Source, text: str) -> Source:
        """A place in the upright picture as one on the page, with how sure its text is."""
        if source.bbox is None:
            return source
        scan = self._scan(source.bbox, "".join(text.split())) if text else None
        return source._replace(bbox=self._upright.box_on_page(source.bbox), scan=scan)

    def _scan(self, box: Box, text: str) -> Scan | None:
        within = list(self._within(box))
        if not within:
            # It overhangs its cell: as sure as can be said of a text that was found elsewhere.
            return Scan(0.0) if any(char.isdigit() for char in text) else None
        numbers = any(char.isdigit() for char in text) and not is_figures(text)
        sure = min(_sureness(recognised, None if whole else inside, numbers) for inside, whole, recognised in within)
        others: tuple[str, ...] = ()
        if len(within) == 1 and within[0][1] and is_figures(text):
            recognised = within[0][2]
            others = tuple(
                dict.fromkeys(
                    other for other in (*recognised.others, *others_of(recognised.characters)) if other != text
                )
            )
        return Scan(round(at_most_as_formed(text, sure), 3), others)

    def _within(self, box: Box) -> Iterator[tuple[list[Glyph], bool, Recognised]]:
        """The lines, or parts of them, whose characters have their middles in a box."""
        left, top, right, bottom = box
        index = bisect_left(self._middles, top - 0.5)
        while index < len(self._lines) and self._middles[index] <= bottom + 0.5:
            _, glyphs, recognised = self._lines[index]
            inside = [glyph for glyph in glyphs if left - 0.5 <= (glyph.left + glyph.right) / 2 <= right + 0.5]
            if inside:
                yield inside, len(inside) == len(glyphs), recognised
            index += 1


def _sureness(recognised: Recognised, inside: Sequence[Glyph] | None, numbers: bool) -> float:
    """How sure a line or the part ``inside`` a cell is; of text with ``numbers``, how sure these are.

    The characters of a part are found by where they stand among the line's.
    """
    named = is_identifier(recognised.text)
    told = [c for c in recognised.characters if named or not numbers or not c.char or c.char in _OF_NUMBERS]
    if inside is None:
        return confidence(told)
    chars = "".join(glyph.char for glyph in inside)
    start = "".join(character.char for character in recognised.characters).find(chars)
    if start < 0:
        return confidence(told)
    position = 0
    found = 1.0
    for character in recognised.characters:
        if start <= position < start + len(chars) and character in told:
            found = min(found, character.probability)
        position += len(character.char)
    return found


def settled(block: Line | Grid, markers: Mapping[int, Marker]) -> Line | Grid:
    """The block with what lies on scanned pages placed and marked."""
    if isinstance(block, Grid):
        marker = markers.get(block.source.page or 0)
        if marker is None:
            return block
        cells = tuple(cell._replace(source=marker.placed(cell.source, cell.text)) for cell in block.cells)
        return replace(block, cells=cells, source=marker.placed(block.source, ""))
    anchors: list[tuple[int, Source]] = []
    for index, (offset, source) in enumerate(block.anchors):
        end = block.anchors[index + 1][0] if index + 1 < len(block.anchors) else len(block.text)
        found = markers.get(source.page or 0)
        anchors.append((offset, source if found is None else found.placed(source, block.text[offset:end])))
    return replace(block, anchors=tuple(anchors))


def notes_of(blocks: Sequence[Line | Grid], pages: Sequence[int]) -> list[str]:
    """One sentence a scanned page: that it was read by OCR, and how many of its numbers are doubtful."""
    doubtful = dict.fromkeys(pages, 0)
    for block in blocks:
        for source, text in _texts(block):
            if source.page in doubtful and source.scan is not None and source.scan.is_doubtful:
                doubtful[source.page] += any(char.isdigit() for char in text)
    clear = [page for page in pages if not doubtful[page]]
    told = [f"第{page}页为扫描件，由OCR识别；{doubtful[page]}个数字置信度低" for page in pages if doubtful[page]]
    if clear:
        listed = "、".join(map(str, clear[:_LONGEST_LIST])) + (f"等{len(clear)}" if len(clear) > _LONGEST_LIST else "")
        told.insert(0, f"第{listed}页为扫描件，由OCR识别；没有置信度低的数字")
    return told


def _texts(block: Line | Grid) -> Iterator[tuple[Source, str]]:
    if isinstance(block, Grid):
        yield from ((cell.source, cell.text) for cell in block.cells)
        return
    for index, (offset, source) in enumerate(block.anchors):
        end = block.anchors[index + 1][0] if index + 1 < len(block.anchors) else len(block.text)
        yield source, block.text[offset:end]
