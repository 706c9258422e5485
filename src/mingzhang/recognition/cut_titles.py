"""Titles over the middle of a sheet too wide for a page: what is printed of them on each page is put together."""

from __future__ import annotations

from collections.abc import Sequence

from mingzhang.documents.model import Grid, Line
from mingzhang.recognition.captions import looks_like_title, read_caption
from mingzhang.recognition.joining import NEAR

_PAGES = 12  # a title goes on so many pages later at most: the sheet is as long
_SAME = 2.0  # points by which the height of a line may differ between pages
_LONGEST = 40  # characters of what is printed of a title on a page
_ENDS = 14.0  # points between the last character on a page and the edge of the table: less than the next one is wide


def with_whole_titles(blocks: Sequence[Line | Grid]) -> Sequence[Line | Grid]:
    """The blocks with each title that is cut by the edge of the page whole on the first, and its rest left out."""
    edges = _edges(blocks)
    if len(edges) < 2:
        return blocks
    lines = [line for line in blocks if isinstance(line, Line) and len(line.text) < _LONGEST]
    begun = [line for line in lines if _is_cut(line, edges)]
    if not begun:
        return blocks
    rests = [line for line in lines if _is_rest(line, edges)]
    mended: dict[int, Line] = {}
    gone: set[int] = set()
    for line in begun:
        found = next((rest for rest in rests if _goes_on(line, rest)), None)
        if found is None:
            continue
        kept = line.text[: -_shared(line.text, found.text) or None]
        anchors = tuple((offset + len(kept), place) for offset, place in found.anchors)
        mended[id(line)] = Line(kept + found.text, (*line.anchors, *anchors))
        gone |= {id(rest) for rest in rests if rest.text == found.text and _goes_on(line, rest)}
    return [
        mended.get(id(block), block) if isinstance(block, Line) else block for block in blocks if id(block) not in gone
    ]


def _edges(blocks: Sequence[Line | Grid]) -> dict[int, tuple[float, float]]:
    """By page, where the one table that begins at its head stands."""
    found: dict[int, tuple[float, float]] = {}
    for block in blocks:
        if isinstance(block, Grid) and block.source.page is not None and block.source.bbox is not None:
            left, _, right, _ = block.source.bbox
            found.setdefault(block.source.page, (left, right))
    return found


def _box(line: Line) -> tuple[float, float, float, float] | None:
    return line.source_at(0, len(line.text)).bbox


def _is_cut(line: Line, edges: dict[int, tuple[float, float]]) -> bool:
    edge = edges.get(line.source.page or 0)
    if edge is None or len(line.text) < 3 or looks_like_title(line.text):
        return False
    box = _box(line)
    return box is not None and box[0] > edge[0] + NEAR and abs(edge[1] - box[2]) < _ENDS


def _is_rest(line: Line, edges: dict[int, tuple[float, float]]) -> bool:
    edge = edges.get(line.source.page or 0)
    box = _box(line) if edge is not None and line.text else None
    if edge is None or box is None or abs(box[0] - edge[0]) >= NEAR:
        return False
    caption = read_caption([line.text])
    return caption.number is None and caption.unit is None


def _goes_on(line: Line, rest: Line) -> bool:
    """Whether two lines at one height of two pages make a title together."""
    first, second = line.source.page, rest.source.page
    if first is None or second is None or not first < second <= first + _PAGES:
        return False
    here, there = _box(line), _box(rest)
    if here is None or there is None or abs(here[1] - there[1]) > _SAME or abs(here[3] - there[3]) > _SAME:
        return False
    return looks_like_title(line.text + rest.text)


def _shared(left: str, right: str) -> int:
    """Whether the character at the cut is printed on both pages, in part on each."""
    return int(left[-1] == right[0])
