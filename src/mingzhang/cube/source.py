"""Where something stands in its document."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from operator import itemgetter
from pathlib import PurePath
from typing import Any

Anchors = Sequence[tuple[int, "Source"]]
"""Offsets in a text with the places of what begins there, ascending, the first at 0."""


LOW_CONFIDENCE = 0.95
"""Below it, what was read from a picture is told as doubtful."""


def picture_width(width: int, height: int) -> float:
    """How many points a picture file of so many pixels is wide: it is taken for a page of A4, upright or lying."""
    return 595.0 if width <= height else 842.0


@dataclass(frozen=True, slots=True)
class Scan:
    """How a text was read from a picture: ``confidence`` is that of its least sure character, from 0 to 1.

    ``others`` are what it may be besides, likeliest first; ``recognised`` is what the recogniser took it for, where
    the relations of the disclosure decided for another reading.
    """

    confidence: float
    others: tuple[str, ...] = ()
    recognised: str | None = None

    @property
    def is_doubtful(self) -> bool:
        return self.confidence < LOW_CONFIDENCE


@dataclass(frozen=True, slots=True)
class Source:
    """The place of a cell, a number or a sentence; only what the document's kind has is filled.

    ``page`` counts from 1; ``bbox`` is (left, top, right, bottom) in points from the page's top-left corner as
    displayed; ``file`` is the path of the file where several are one disclosure or are compared; ``row`` and ``column``
    count from 1 within ``table`` (a table id of the disclosure); ``cell`` is a workbook address such as ``C7``; ``line``
    counts from 1 in a text file; ``quote`` is the text itself. ``scan`` says how it was read, if it was read from a picture.
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
    scan: Scan | None = None

    @property
    def sheet_of_paper(self) -> tuple[str, int] | None:
        """The page in its file; ``None`` where there are no pages."""
        return None if self.page is None else (self.file or "", self.page)

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
            parts.append(PurePath(self.file).name)
        if self.page is not None:
            parts.append(f"第{self.page}页")
        if self.sheet is not None:
            parts.append(f"工作表“{self.sheet}”" + (f"{self.cell}单元格" if self.cell else ""))
        if self.line is not None:
            parts.append(f"第{self.line}行")
        return " ".join(parts)


_NAMES = tuple(field.name for field in fields(Source) if field.name != "scan")


def place_of(text: str, anchors: Anchors, start: int, end: int) -> Source:
    """The place of ``text[start:end]``, with that text as its quote; boxes on one page are united."""
    offset = itemgetter(0)
    first_at = max(bisect_right(anchors, start, key=offset) - 1, 0)
    last_at = bisect_left(anchors, max(end, start + 1), lo=first_at, key=offset)
    covering = [source for _, source in anchors[first_at:last_at]]
    first = covering[0]
    boxes = [s.bbox for s in covering if s.bbox is not None and s.sheet_of_paper == first.sheet_of_paper]
    united = None
    if boxes:
        lefts, tops, rights, bottoms = zip(*boxes, strict=True)
        united = (min(lefts), min(tops), max(rights), max(bottoms))
    return replace(first, bbox=united, quote=text[start:end], scan=_united_scan(covering))


def _united_scan(sources: Sequence[Source]) -> Scan | None:
    """What is read from several places is as sure as the least sure of them."""
    scans = [source.scan for source in sources if source.scan is not None]
    if len(scans) < 2:
        return scans[0] if scans else None
    return Scan(min(scan.confidence for scan in scans))
