"""Document → Document with the misread headers of scanned tables as the vocabulary has them.

A header that is not understood, and is with one character exchanged, was most likely misread: 基金强算 for 基金预算.
Where several exchanges would do, the one that the document prints elsewhere is meant; where that does not leave exactly
one, nothing is taken. Every change is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import Any

from mingzhang.cube.source import LOW_CONFIDENCE, Scan
from mingzhang.documents.model import Cell, Document, Grid
from mingzhang.recognition.header import is_number
from mingzhang.recognition.vocabulary import fold, parse_phrase, vocabulary

_SHORTEST = 4  # characters: shorter phrases are too like one another
_LONGEST = 24
_AROUND = 2  # characters on either side of the one exchanged: so much printed elsewhere tells it
_MOST = 40  # headers of one document that are tried
_MOST_ROWS = 6
_IDEOGRAPH = re.compile(r"[\u4e00-\u9fff]")


def with_headers_read_again(document: Document) -> Document:
    """The document with those headers of its scanned tables changed that one exchanged character makes understood."""
    headers = [
        (number, cell)
        for number, block in enumerate(document.blocks)
        if isinstance(block, Grid)
        for cell in _strange_headers(block)
    ][:_MOST]
    if not headers:
        return document
    printed = fold("\n".join(_texts(document)))
    blocks = list(document.blocks)
    told: list[str] = []
    for number, cell in headers:
        found = _meant(cell.text, printed)
        if found is None:
            continue
        text, alone = found
        grid = blocks[number]
        assert isinstance(grid, Grid)
        blocks[number] = replace(grid, cells=tuple(_changed(own, text) if own is cell else own for own in grid.cells))
        why = "词汇中只有它与之相差一字" if alone else "词汇中与之相差一字的，只有它在文中别处印有"
        page = f"第{cell.source.page}页" if cell.source.page else ""
        told.append(f"{page}的表头由OCR识别为“{_line(cell.text)}”，取“{_line(text)}”（{why}），请对照原件。")
    return replace(document, blocks=tuple(blocks), notes=(*document.notes, *told))


def _strange_headers(grid: Grid) -> Iterator[Cell]:
    """The cells above the first number of a scanned table whose text is not understood."""
    numbers = [cell.row for cell in grid.cells if is_number(cell.text.strip())]
    first = min(numbers, default=0)
    for cell in grid.cells:
        if cell.row >= min(first, _MOST_ROWS):
            return
        text = fold(cell.text)
        if (
            cell.source.scan is not None
            and _SHORTEST <= len(text) <= _LONGEST
            and not any(map(str.isdigit, text))
            and not parse_phrase(cell.text).understood
        ):
            yield cell


def _meant(text: str, printed: str) -> tuple[str, bool] | None:
    """What a header is with one character exchanged, and whether the vocabulary alone tells it; ``None`` if that is
    not one."""
    strange = set(parse_phrase(text).left_over)
    readings = {
        text[:place] + other + text[place + 1 :]: place
        for place, char in enumerate(text)
        if char in strange
        for other in _characters()
        if other != char
    }
    understood = {text: place for text, place in readings.items() if parse_phrase.__wrapped__(text).understood}
    whole = [text for text in understood if fold(text) in printed]
    around = [text for text, at in understood.items() if fold(text[max(at - _AROUND, 0) : at + _AROUND + 1]) in printed]
    for found in (list(understood), whole, around):
        if len(found) == 1:
            return found[0], found == list(understood)
    return None


@lru_cache(maxsize=1)
def _characters() -> tuple[str, ...]:
    """The characters that the words of the vocabulary are written with."""
    found: set[str] = set()
    open_: list[dict[str, Any]] = [vocabulary().trie]
    while open_:
        for char, below in open_.pop().items():
            if char:
                found.add(char)
                open_.append(below)
    return tuple(sorted(char for char in found if _IDEOGRAPH.match(char)))


def _texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        if isinstance(block, Grid):
            yield from (cell.text for cell in block.cells)
        else:
            yield block.text


def _line(text: str) -> str:
    return "".join(text.split())


def _changed(cell: Cell, text: str) -> Cell:
    scan = cell.source.scan or Scan(0.0)
    doubt = min(scan.confidence, round(LOW_CONFIDENCE - 0.001, 3))
    return cell._replace(
        text=text,
        source=cell.source._replace(scan=Scan(doubt, (cell.text, *scan.others), scan.recognised or cell.text)),
    )
