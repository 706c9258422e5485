"""Where something stands in its document."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from operator import itemgetter
from typing import Any

Anchors = Sequence[tuple[int, "Source"]]
"""Offsets in a text with the places of what begins there, ascending, the first at 0."""


@dataclass(frozen=True, slots=True)
class Source:
    """The place of a cell, a number or a sentence; only what the document's kind has is filled.

    ``page`` counts from 1; ``bbox`` is (left, top, right, bottom) in points from the page's top-left corner as
    displayed; ``row`` and ``column`` count from 1 within ``table`` (a table id of the disclosure); ``cell`` is a
    workbook address such as ``C7``; ``line`` counts from 1 in a text file; ``quote`` is the text itself.
    """

    file: str | None = None
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    table: str | None = None
    row: int | None = None
    column: int | None = None
    quote: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The fields that are known, in declared order."""
        found: dict[str, Any] = {}
        for name in _NAMES:
            value = getattr(self, name)
            if value is not None:
                found[name] = list(value) if isinstance(value, tuple) else value
        return found

    def describe(self) -> str:
        """The place in Chinese, as a person would point at it: 第3页 表三 第5行第4列."""
        parts: list[str] = []
        if self.file is not None:
            parts.append(self.file)
        if self.page is not None:
            parts.append(f"第{self.page}页")
        if self.sheet is not None:
            parts.append(f"工作表“{self.sheet}”" + (f"{self.cell}单元格" if self.cell else ""))
        if self.line is not None:
            parts.append(f"第{self.line}行")
        return " ".join(parts)


_NAMES = tuple(field.name for field in fields(Source))


def place_of(text: str, anchors: Anchors, start: int, end: int) -> Source:
    """The place of ``text[start:end]``, with that text as its quote; boxes on one page are united."""
    offset = itemgetter(0)
    first_at = max(bisect_right(anchors, start, key=offset) - 1, 0)
    last_at = bisect_left(anchors, max(end, start + 1), lo=first_at, key=offset)
    covering = [source for _, source in anchors[first_at:last_at]]
    first = covering[0]
    boxes = [source.bbox for source in covering if source.bbox is not None and source.page == first.page]
    united = None
    if boxes:
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        united = (min(lefts), min(tops), max(rights), max(bottoms))
    return replace(first, bbox=united, quote=text[start:end])
