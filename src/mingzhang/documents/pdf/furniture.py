"""Page numbers, running headers and footers: what the page carries, not what the document says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from mingzhang.documents.pdf.printed import PageContent, PrintedLine

_NUMBER_ZONE = 0.13
_HEADER_ZONE = 0.09
_BARE = re.compile(r"\d{1,4}")
_DECORATED = re.compile(
    r"[-—–－―─·•.\s]+\d{1,4}[-—–－―─·•.\s]*|\d{1,4}[-—–－―─·•\s]+|第\d{1,4}页(?:[,，/]?\s*共\d{1,4}页)?"
    r"|\d{1,4}\s*[/／]\s*\d{1,4}|[Pp]age\s*\d{1,4}(?:\s*of\s*\d{1,4})?|[ivxIVX]{1,6}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]"
)
_LEAST_PAGES = 3


def remove_furniture(pages: Sequence[PageContent]) -> list[str]:
    """Takes page numbers and running heads out of the pages; notes, in Chinese, the running heads taken out."""
    _remove_page_numbers(pages)
    return _remove_running_heads(pages)


def _outer(page: PageContent, zone: float) -> list[PrintedLine]:
    """Lines at the very top or bottom, with nothing beyond them."""
    lines = [block for block in page.blocks if isinstance(block, PrintedLine)]
    found: list[PrintedLine] = []
    tops = [_top(block) for block in page.blocks]
    bottoms = [_bottom(block) for block in page.blocks]
    for line in lines:
        middle = (line.box[1] + line.box[3]) / 2
        at_foot = middle > (1 - zone) * page.height and line.box[3] >= max(bottoms) - 0.5 * line.size
        at_head = middle < zone * page.height and line.box[1] <= min(tops) + 0.5 * line.size
        if at_foot or at_head:
            found.append(line)
    return found


def _top(block: object) -> float:
    box = block.box if isinstance(block, PrintedLine) else getattr(block, "source").bbox  # noqa: B009
    return float(box[1])


def _bottom(block: object) -> float:
    box = block.box if isinstance(block, PrintedLine) else getattr(block, "source").bbox  # noqa: B009
    return float(box[3])


def _remove_page_numbers(pages: Sequence[PageContent]) -> None:
    bare: list[tuple[PageContent, PrintedLine, int]] = []
    for page in pages:
        for line in _outer(page, _NUMBER_ZONE):
            text = line.text.replace(" ", "")
            if _DECORATED.fullmatch(text):
                page.blocks.remove(line)
            elif _BARE.fullmatch(text):
                bare.append((page, line, int(text)))
    # A bare number is a page number where it counts along with the pages.
    offsets = Counter(number - page.number for page, _, number in bare)
    for page, line, number in bare:
        steady = offsets[number - page.number] >= 2
        if steady or 0 < number <= len(pages) + 60:
            page.blocks.remove(line)


def _remove_running_heads(pages: Sequence[PageContent]) -> list[str]:
    places: dict[tuple[str, int], list[tuple[PageContent, PrintedLine]]] = {}
    for page in pages:
        for line in _outer(page, _HEADER_ZONE):
            key = (line.text, round(line.box[1] / 6))
            places.setdefault(key, []).append((page, line))
    notes: list[str] = []
    for key in sorted(places):
        found = places[key]
        if len(found) < _LEAST_PAGES:
            continue
        # Over tables alone, the repeated line may be the tables' own title: only what prose carries too is a head.
        if sum(1 for page, _ in found if not page.has_grid) < _LEAST_PAGES:
            continue
        removed = found
        for page, line in removed:
            page.blocks.remove(line)
        first = removed[0]
        notes.append(f"第{first[0].number}页等{len(removed)}页重复的页眉或页脚“{first[1].text}”未计入正文")
    return notes
