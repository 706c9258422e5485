"""Where the lines of a page begin and end, and whether the last line of a paragraph ends short of that."""

from __future__ import annotations

from collections.abc import Sequence

from mingzhang.cube import Paragraph

_AROUND = 40  # paragraphs before and behind that may stand on the page
_SHORT = 3.0  # widths of a character that a last line lacks at least


def margins(paragraphs: Sequence[Paragraph], index: int) -> tuple[float, float]:
    """Left and right edge, in points, of the lines of the page on which a paragraph ends, as those around it show them."""
    paragraph = paragraphs[index]
    length = len(paragraph.text.rstrip())
    sheet = paragraph.at(length - 1, length).sheet_of_paper
    around = paragraphs[max(0, index - _AROUND) : index + _AROUND]
    boxes = [p.at(0, len(p.text)).bbox for p in around if p.source.sheet_of_paper == sheet]
    known = [box for box in boxes if box is not None]
    return min((box[0] for box in known), default=0.0), max((box[2] for box in known), default=0.0)


def ends_short(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether the last line of a paragraph is known to end well before the margin: nothing was to follow on it."""
    paragraph = paragraphs[index]
    length = len(paragraph.text.rstrip())
    box = paragraph.at(length - 1, length).bbox if length else None
    return box is not None and box[2] <= margins(paragraphs, index)[1] - _SHORT * (box[2] - box[0])
