"""Printed lines → paragraphs, over pages too, each character with its place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.cube.source import Source
from mingzhang.documents.model import Grid, Line
from mingzhang.documents.pdf.glyphs import Glyph
from mingzhang.documents.pdf.printed import PageContent, PrintedLine
from mingzhang.documents.pdf.textlines import box_of, is_wide, space_between

_LEADERS = re.compile(r"[.…·．\-—]{4,}\s*\d*$|[.…·．]{3,}")
_HEADING = re.compile(
    r"第[一二三四五六七八九十\d]+[部章节条]|[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、．]|\d{1,2}\.(?!\d)"
)
_TERMINAL = "。！？；：!?;:"
_NUMBER_PART = "0123456789.,"
_UNBROKEN = "0123456789.,%．，。、；：）)”》！？％"
_INDENTED = 0.9
_PITCH = 3.0


@dataclass(frozen=True, slots=True)
class Margins:
    """Where the lines of running text begin and end on pages of one width."""

    left: float
    right: float


def blocks_of(pages: Sequence[PageContent]) -> list[Line | Grid]:
    """Paragraphs and grids of all pages in reading order."""
    margins = _margins(pages)
    blocks: list[Line | Grid] = []
    open_lines: list[PrintedLine] = []
    for page in pages:
        frame = margins[round(page.width)]
        for block in page.blocks:
            if isinstance(block, Grid):
                _close(open_lines, blocks)
                blocks.append(block)
                continue
            if open_lines and not _continues(open_lines, block, frame):
                _close(open_lines, blocks)
            open_lines.append(block)
    _close(open_lines, blocks)
    return blocks


def _close(open_lines: list[PrintedLine], blocks: list[Line | Grid]) -> None:
    if open_lines:
        blocks.append(_paragraph(open_lines))
        open_lines.clear()


def _margins(pages: Sequence[PageContent]) -> dict[int, Margins]:
    """The outermost left and right edges that several long lines share, by width of page."""
    edges: dict[int, tuple[list[float], list[float]]] = {}
    for page in pages:
        lefts, rights = edges.setdefault(round(page.width), ([], []))
        for line in page.lines:
            if line.whole and len(line.glyphs) >= 10 and not _LEADERS.search(line.text):
                lefts.append(line.left)
                rights.append(page.width - line.right)
    found: dict[int, Margins] = {}
    for width, (lefts, rights) in edges.items():
        left = _shared(sorted(lefts))
        if left is None:
            left = min(lefts, default=0.0)
        # Justified text ends at the margin, punctuation may hang over it: the edge of many counts before that of few.
        right = _shared(sorted(rights), 0.33)
        if right is None:
            right = _shared(sorted(rights))
        if right is None:
            widest = sorted(rights)[:2]
            if len(widest) == 2 and widest[1] - widest[0] <= 8.0:
                right = widest[0]
            else:
                right = min([*rights, left])  # too few lines to tell: as wide as the left margin
        found[width] = Margins(left, width - right)
    return found


def _shared(ordered: Sequence[float], share: float = 0.1) -> float | None:
    """The smallest value that at least four lines, and a share of all, come near (within 8 points)."""
    needed = max(4, int(len(ordered) * share))
    for index in range(len(ordered) - needed + 1):
        if ordered[index + needed - 1] - ordered[index] <= 8.0:
            return ordered[index + needed // 2]
    return None


def _continues(paragraph: Sequence[PrintedLine], line: PrintedLine, margins: Margins) -> bool:
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
    elif line.page != last.page + 1 and line.page <= last.page:
        return False
    if line.left - margins.left > _INDENTED * line.size:
        return False
    ended = last.text[-1] in _TERMINAL
    if last.right + _first_word(line) <= margins.right - (0.35 if ended else 1.6) * last.size:
        return False
    if _LEADERS.search(last.text) or _LEADERS.search(line.text):
        return False
    return not (ended and _HEADING.match(line.text))


def _first_word(line: PrintedLine) -> float:
    """How wide the beginning of a line is up to where it could have been broken."""
    glyphs = line.glyphs
    end = 1
    while end < len(glyphs) and (
        glyphs[end].char in _UNBROKEN or (not is_wide(glyphs[end].char) and _ascii(glyphs, end))
    ):
        end += 1
    return glyphs[end - 1].right - glyphs[0].left


def _ascii(glyphs: Sequence[Glyph], index: int) -> bool:
    return not is_wide(glyphs[index - 1].char) and glyphs[index].char.isalnum()


def _paragraph(lines: Sequence[PrintedLine]) -> Line:
    text: list[str] = []
    anchors: list[tuple[int, Source]] = []
    length = 0
    for number, line in enumerate(lines):
        if number and _needs_space(lines[number - 1].glyphs[-1].char, line.glyphs[0].char):
            text.append(" ")
            length += 1
        before: Glyph | None = None
        start = 0
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
            if before is not None and space_between(before, first):
                text.append(" ")
                length += 1
            run = glyphs[start:stop]
            box = first[1:5] if stop == start + 1 else box_of(run)
            anchors.append((length, Source(page=line.page, bbox=box)))
            for glyph in run:
                text.append(glyph.char)
                length += len(glyph.char)
            before = run[-1]
            start = stop
    return Line("".join(text), tuple(anchors))


def _needs_space(last: str, first: str) -> bool:
    return last.isascii() and first.isascii() and last.isalpha() and first.isalpha()
