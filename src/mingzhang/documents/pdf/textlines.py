"""Characters → printed lines → text: order by baseline then x, doubles dropped, gaps become spaces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from operator import itemgetter
from statistics import median

from mingzhang.documents.pdf.glyphs import Box, Glyph

_SAME_BASELINE = 0.42  # of the size: less than half a line's pitch, more than a lowered digit
_DOUBLE = 0.3
_GAP = 0.12  # of the size: no reader sees a space in less
_BY_BASELINE = itemgetter(Glyph._fields.index("baseline"))
_BY_LEFT = itemgetter(Glyph._fields.index("left"), Glyph._fields.index("baseline"))


def lines_of(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Printed lines from top to bottom, each from left to right, a character printed twice in one place kept once."""
    if not glyphs:
        return []
    lines = _as_drawn(glyphs)
    if lines is not None:
        return lines
    first = glyphs[0]
    level, reach = first.baseline, 0.5 * _SAME_BASELINE * first.size
    for glyph in glyphs:
        if not -reach <= glyph[5] - level <= reach:
            break
    else:
        return [_from_left(list(glyphs))]
    ordered = sorted(glyphs, key=_BY_BASELINE)
    lines = [[ordered[0]]]
    anchor, size = ordered[0].baseline, ordered[0].size
    for glyph in ordered[1:]:
        baseline = glyph.baseline
        if baseline - anchor <= _SAME_BASELINE * max(min(size, glyph.size), 1.0):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
            anchor, size = baseline, glyph.size
    return [_from_left(line) for line in lines]


def _as_drawn(glyphs: Sequence[Glyph]) -> list[list[Glyph]] | None:
    """The lines of characters that were drawn line by line, each from left to right on one baseline; None for others."""
    line: list[Glyph] = []
    lines = [line]
    level, size = glyphs[0].baseline, glyphs[0].size
    before = glyphs[0].left - 1e9
    last = last_but_one = ""
    for glyph in glyphs:
        char, left, _, right, _, baseline, own, _ = glyph
        if baseline != level:
            if baseline - level <= _SAME_BASELINE * max(min(size, own), 1.0):
                return None
            line = []
            lines.append(line)
            level, size = baseline, own
        elif left - before < 0.5 * (right - left) and (left < before or char in (last, last_but_one)):
            return None  # to the left of the one before, or perhaps the same once more
        line.append(glyph)
        before, last_but_one, last = left, last, char
    return lines


def _from_left(line: list[Glyph]) -> list[Glyph]:
    if len(line) == 1:
        return line
    line.sort(key=_BY_LEFT)
    before = line[0][1] - 1e9
    for glyph in line:
        left = glyph[1]
        if left - before < 0.5 * (glyph[3] - left):
            break
        before = left
    else:
        return line
    kept = [line[0]]
    for glyph in line[1:]:
        reach = 0.5 * (glyph.right - glyph.left)
        if glyph.left - kept[-1].left >= reach or not any(_is_double(glyph, other, reach) for other in kept[-2:]):
            kept.append(glyph)
    return kept


def _is_double(glyph: Glyph, other: Glyph, reach: float) -> bool:
    reach = min(reach, _DOUBLE * glyph.size)
    return (
        glyph.char == other.char
        and glyph.left - other.left < reach
        and abs(glyph.baseline - other.baseline) < _DOUBLE * glyph.size
    )


def is_wide(char: str) -> bool:
    """Chinese characters and full-width punctuation: written without spaces."""
    return char >= "\u2e80" or char in "“”‘’—…·"


def space_between(before: Glyph, after: Glyph) -> bool:
    """Whether a reader sees a space between two neighbours on a line."""
    gap = after.left - before.right
    size = min(before.size, after.size)
    if gap <= _GAP * size:
        return False
    if is_wide(before.char) or is_wide(after.char):
        return gap > (0.2 if after.spaced else 0.8) * size
    return after.spaced or gap > 0.4 * size


def text_of(line: Sequence[Glyph]) -> str:
    """One printed line as text."""
    before = line[0]
    right = before[3]
    parts: list[str] = []
    for glyph in line:
        if glyph[1] - right > _GAP * glyph[6] and space_between(before, glyph):
            parts.append(" ")
        parts.append(glyph[0])
        before, right = glyph, glyph[3]
    return "".join(parts)


def box_of(glyphs: Sequence[Glyph]) -> Box:
    _, lefts, tops, rights, bottoms, *_ = zip(*glyphs, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def size_of(line: Sequence[Glyph]) -> float:
    return median(glyph.size for glyph in line)


_NUMBER = frozenset("0123456789.,，．%-")
_WHOLE = re.compile(r"(?<![\d.,])-?\d[\d,]*\.\d\d$")
_CELL_PADDING = 12.0


def cell_text(glyphs: Sequence[Glyph], left: float, right: float) -> str:
    """The text of a cell between two x positions: its lines joined as a reader joins them."""
    if not glyphs:
        return ""
    word = _word(glyphs)
    if word is not None:
        return word
    lines = lines_of(glyphs)
    if len(lines) == 1:
        return text_of(lines[0])
    parts = [text_of(lines[0])]
    for before, line in pairwise(lines):
        if _breaks(before, line, left, right):
            parts.append(" ")
        parts.append(text_of(line))
    return "".join(parts)


def _word(glyphs: Sequence[Glyph]) -> str | None:
    """The text of one line without a space, drawn from left to right, as most cells are; None for any other."""
    first = glyphs[0]
    reach = 0.5 * _SAME_BASELINE * first.size
    low, high = first.baseline - reach, first.baseline + reach
    before, end = first.left - 1e9, first.left
    last = last_but_one = ""
    for char, left, _, right, _, baseline, size, _ in glyphs:
        if not low <= baseline <= high or left - end > _GAP * size:
            return None
        if left - before < 0.5 * (right - left) and (left < before or char in (last, last_but_one)):
            return None
        before, end, last_but_one, last = left, right, last, char
    return "".join([glyph[0] for glyph in glyphs])


def _breaks(before: Sequence[Glyph], line: Sequence[Glyph], left: float, right: float) -> bool:
    """Whether the end of a line within a cell also ends a word."""
    last, first = before[-1].char, line[0].char
    if is_wide(last) or is_wide(first):
        return False
    if last in _NUMBER and first in _NUMBER:
        # Two numbers one below the other, unless the first had no room for another digit.
        if first in ".,，．%" or last in ".,，．-":
            return False
        if _WHOLE.search(text_of(before)) and _WHOLE.fullmatch(text_of(line)):
            return True
        room = (right - left) - (before[-1].right - before[0].left)
        return room > _CELL_PADDING + 1.6 * (line[0].right - line[0].left)
    return last.isalpha() and first.isalpha() and last.isascii() and first.isascii()
