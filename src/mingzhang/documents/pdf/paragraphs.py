"""Printed lines → paragraphs, over pages too, each character with its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from mingzhang.cube.source import Runs
from mingzhang.documents.model import Grid, Line
from mingzhang.documents.pdf.glyphs import Box, Glyph
from mingzhang.documents.pdf.printed import PageContent, PrintedLine
from mingzhang.documents.pdf.textlines import box_of, is_wide, space_between

_LEADERS = re.compile(r"[.…·．\-—]{4,}\s*\d*$|[.…·．]{3,}")
_HEADING = re.compile(
    r"第[一二三四五六七八九十\d]+[部章节条]|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、．]|\d{1,2}\.(?!\d)"
)
_TERMINAL = "。！？；：!?;:"
_NUMBER_PART = "0123456789.,"
_NUMBER = re.compile(r"\d[0-9.,]+")
_UNBROKEN = "0123456789.,%．，。、；：）)”》！？％"
_OPENING = "（(“《〈【［["  # never at the end of a line
_INDENTED = 0.9
_PITCH = 3.0
_NEAR = 8.0  # points
_LEAST_MEASURE = 0.65  # of the page: how wide running text is set


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of running text begin and end."""

    left: float
    right: float


def blocks_of(pages: Sequence[PageContent]) -> list[Line | Grid]:
    """Paragraphs and grids of all pages in reading order."""
    margins = _margins(pages)
    widths = {page.number: round(page.width) for page in pages}
    blocks: list[Line | Grid] = []
    open_lines: list[PrintedLine] = []
    for page in pages:
        for block in page.blocks:
            if isinstance(block, Grid):
                _close(open_lines, blocks)
                blocks.append(block)
                continue
            if open_lines and not _continues(open_lines, block, margins, widths):
                _close(open_lines, blocks)
            open_lines.append(block)
    _close(open_lines, blocks)
    return blocks


def _close(open_lines: list[PrintedLine], blocks: list[Line | Grid]) -> None:
    if open_lines:
        blocks.append(_paragraph(open_lines))
        open_lines.clear()


def _margins(pages: Sequence[PageContent]) -> dict[int, Margins]:
    """For each page number, the edges its text shows itself, else those of all pages of its width."""
    edges: dict[int, tuple[list[float], list[float]]] = {}
    for page in pages:
        lefts, rights = edges.setdefault(round(page.width), ([], []))
        for line in _telling(page):
            lefts.append(line.left)
            rights.append(page.width - line.right)
    by_width = {width: _of_many(width, *gaps) for width, gaps in edges.items()}
    return {page.number: _of_page(page) or by_width[round(page.width)] for page in pages}


def _telling(page: PageContent) -> list[PrintedLine]:
    return [line for line in page.lines if line.whole and len(line.glyphs) >= 10 and not _LEADERS.search(line.text)]


def _of_page(page: PageContent) -> Margins | None:
    """The edges of a page that has full lines, and both indented ones and others."""
    lines = _telling(page)
    if len(lines) < 4:
        return None
    widest = max(line.right for line in lines)
    full = sorted(line.right for line in lines if widest - line.right <= _NEAR)
    left = min(line.left for line in lines)
    flush = sum(1 for line in lines if line.left - left <= 0.5 * _NEAR)
    indented = any(line.left - left > 1.2 * line.size for line in lines)
    right = full[len(full) // 2]
    if len(full) < 3 or flush < 2 or not indented or right - left < _LEAST_MEASURE * page.width:
        return None
    return Margins(left, right)


def _of_many(width: float, lefts: list[float], rights: list[float]) -> Margins:
    """The edges that several long lines of all pages share; ``rights`` are distances from the right side."""
    left = _shared(sorted(lefts))
    if left is None:
        left = min(lefts, default=0.0)
    # Justified text ends at the margin, punctuation may hang over it: the edge of many counts before that of few.
    ordered = sorted(rights)
    right = _shared(ordered, 0.33)
    if right is None:
        right = _shared(ordered)
    if right is None and len(ordered) > 1 and ordered[1] - ordered[0] <= _NEAR:
        right = ordered[0]
    if right is None or width - right - left < 0.5 * width:
        right = min([*rights, left])  # too few lines to tell: as wide as the left margin
    return Margins(left, width - right)


def _shared(ordered: Sequence[float], share: float = 0.1) -> float | None:
    """The smallest value that at least four lines, and a share of all, come near."""
    needed = max(4, int(len(ordered) * share))
    for index in range(len(ordered) - needed + 1):
        if ordered[index + needed - 1] - ordered[index] <= _NEAR:
            return ordered[index + needed // 2]
    return None


def _continues(
    paragraph: Sequence[PrintedLine], line: PrintedLine, margins: Mapping[int, Margins], widths: Mapping[int, int]
) -> bool:
    last = paragraph[-1]
    if not (last.whole and line.whole) or not 0.7 < line.size / last.size < 1.43:
        return False
    if line.page == last.page:
        pitch = line.baseline - last.baseline
        if not 0 < pitch <= _PITCH * line.size:
            return False
        if len(paragraph) > 1 and paragraph[-2].page == last.page:
            usual = last.baseline - paragraph[-2].baseline
            if pitch > 1.4 * usual:
                return False
    elif line.page < last.page or widths[line.page] != widths[last.page]:
        return False
    if line.left - margins[line.page].left > _INDENTED * line.size:
        return False
    ended = last.text[-1] in _TERMINAL
    if last.right + _first_word(line) <= margins[last.page].right - (0.35 if ended else 1.6) * last.size:
        return False
    if _LEADERS.search(last.text) or _LEADERS.search(line.text):
        return False
    if not _HEADING.match(line.text):
        return True
    listed = len(paragraph) == 1 and abs(line.left - last.left) < 0.5 * line.size and _HEADING.match(last.text)
    return not (ended or listed)


def _first_word(line: PrintedLine) -> float:
    """How wide the beginning of a line is up to where it could have been broken."""
    glyphs = line.glyphs
    end = 1
    while end < len(glyphs) and (
        glyphs[end - 1].char in _OPENING
        or glyphs[end].char in _UNBROKEN
        or (not is_wide(glyphs[end].char) and _ascii(glyphs, end))
    ):
        end += 1
    return glyphs[end - 1].right - glyphs[0].left


def _ascii(glyphs: Sequence[Glyph], index: int) -> bool:
    return not is_wide(glyphs[index - 1].char) and glyphs[index].char.isalnum()


def _paragraph(lines: Sequence[PrintedLine]) -> Line:
    text: list[str] = []
    offsets: list[int] = []
    pages: list[int] = []
    edges: list[float] = []
    length = 0
    before = ""
    for line in lines:
        if before and _needs_space(before, line.glyphs[0].char):
            text.append(" ")
            length += 1
        before = line.glyphs[-1].char
        words, starts, places = _unspaced(line) if len(line.text) == len(line.glyphs) else _spaced(line)
        text.append(words)
        offsets.extend([length + start for start in starts])
        edges.extend(chain.from_iterable(places))
        pages.extend([line.page] * len(places))
        length += len(words)
    return Line("".join(text), Runs.of(offsets, pages, edges))


def _unspaced(line: PrintedLine) -> tuple[str, list[int], list[Box]]:
    """The text of a line with nothing but its characters; where its runs begin and stand: each character, each number."""
    glyphs = line.glyphs
    starts = list(range(len(glyphs)))
    boxes: list[Box] = [glyph[1:5] for glyph in glyphs]
    for number in reversed(list(_NUMBER.finditer(line.text))):
        first, end = number.span()
        del starts[first + 1 : end]
        boxes[first:end] = [box_of(glyphs[first:end])]
    return line.text, starts, boxes


def _spaced(line: PrintedLine) -> tuple[str, list[int], list[Box]]:
    """The same of a line with gaps."""
    text: list[str] = []
    starts: list[int] = []
    boxes: list[Box] = []
    length = start = 0
    before: Glyph | None = None
    glyphs = line.glyphs
    while start < len(glyphs):
        stop = start + 1
        if glyphs[start].char.isdigit():
            # A number is one run: nobody points at a digit.
            while (
                stop < len(glyphs)
                and glyphs[stop].char in _NUMBER_PART
                and not space_between(glyphs[stop - 1], glyphs[stop])
            ):
                stop += 1
        first = glyphs[start]
        if before is not None and first[1] - before[3] > 0 and space_between(before, first):
            text.append(" ")
            length += 1
        run = glyphs[start:stop]
        starts.append(length)
        boxes.append(first[1:5] if stop == start + 1 else box_of(run))
        words = "".join([glyph[0] for glyph in run])
        text.append(words)
        length += len(words)
        before = run[-1]
        start = stop
    return "".join(text), starts, boxes


def _needs_space(last: str, first: str) -> bool:
    return last.isascii() and first.isascii() and last.isalpha() and first.isalpha()
