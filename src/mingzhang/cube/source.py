"""Where something stands in its document."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter
from pathlib import PurePath
from struct import Struct
from typing import Any, Final, NamedTuple, overload

Box = tuple[float, float, float, float]
Anchors = Sequence[tuple[int, "Source"]]
"""Offsets in a text with the places of what begins there, ascending, the first at 0."""


LOW_CONFIDENCE = 0.95
"""Below it, what was read from a picture is told as doubtful."""


def picture_width(width: int, height: int) -> float:
    """How many points a picture file of so many pixels is wide: it is taken for a page of A4, upright or lying."""
    return 595.0 if width <= height else 842.0


@dataclass(frozen=True, slots=True)
class Scan:
    """How a text was read from a picture: ``confidence`` is that of its least sure character, from 0 to 1; of a text
    with numbers in it, of the characters of these.

    ``others`` are what it may be besides, likeliest first; ``recognised`` is what the recogniser took it for, where
    the relations of the disclosure decided for another reading.
    """

    confidence: float
    others: tuple[str, ...] = ()
    recognised: str | None = None

    @property
    def is_doubtful(self) -> bool:
        return self.confidence < LOW_CONFIDENCE


class Source(NamedTuple):
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

    def in_table(self, table: str, row: int, column: int) -> Source:
        """This place as that of a cell of a table (``_replace``, but made once for every cell of a document)."""
        return Source(*self[:6], table, row, column, *self[9:])

    def at(self, bbox: Box | None, quote: str | None, scan: Scan | None) -> Source:
        """This place narrowed to a part of what stands there."""
        return Source(
            self.file,
            self.page,
            bbox,
            self.sheet,
            self.cell,
            self.line,
            self.table,
            self.row,
            self.column,
            quote,
            scan,
        )

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


_NAMES = tuple(name for name in Source._fields if name != "scan")


_INTEGERS: Final = "I"
_FLOATS: Final = "d"
_SIZE = array(_INTEGERS).itemsize
_INTEGER, _EDGES = Struct(_INTEGERS), Struct(4 * _FLOATS)


@dataclass(frozen=True, slots=True)
class Runs(Sequence[tuple[int, Source]]):
    """Anchors of a text set in runs on pages, one a run: its offset, its page, its box (four edges).

    A page has a thousand characters and hardly any is pointed at: the numbers are kept as bytes, a fifth of what they
    take as objects, and the places are made when they are asked for.
    """

    offsets: bytes
    pages: bytes
    edges: bytes

    @staticmethod
    def of(offsets: list[int], pages: list[int], edges: list[float]) -> Runs:
        """The runs with these offsets and pages, and four edges each."""
        as_integers = array(_INTEGERS, offsets), array(_INTEGERS, pages)
        return Runs(as_integers[0].tobytes(), as_integers[1].tobytes(), array(_FLOATS, edges).tobytes())

    def __len__(self) -> int:
        return len(self.offsets) // _SIZE

    @overload
    def __getitem__(self, index: int) -> tuple[int, Source]: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[tuple[int, Source], ...]: ...
    def __getitem__(self, index: int | slice) -> tuple[int, Source] | tuple[tuple[int, Source], ...]:
        if isinstance(index, slice):
            return tuple(self[number] for number in range(*index.indices(len(self))))
        number = range(len(self))[index]
        (offset,), (page,) = (_INTEGER.unpack_from(column, _SIZE * number) for column in (self.offsets, self.pages))
        return offset, Source(None, page, self._united(number, number + 1))

    def on_pages(self) -> tuple[int, ...]:
        """The pages on which it stands, each once."""
        return tuple(dict.fromkeys(memoryview(self.pages).cast(_INTEGERS)))

    def place(self, text: str, start: int, end: int) -> Source:
        """What ``place_of`` gives."""
        offsets, pages = memoryview(self.offsets).cast(_INTEGERS), memoryview(self.pages).cast(_INTEGERS)
        first = max(bisect_right(offsets, start) - 1, 0)
        last = max(bisect_left(offsets, max(end, start + 1), lo=first), first + 1)
        while last > first + 1 and pages[last - 1] != pages[first]:
            last -= 1  # pages ascend
        return Source(page=pages[first], bbox=self._united(first, last), quote=text[start:end])

    def _united(self, first: int, last: int) -> Box:
        """The box around some runs."""
        if last == first + 1:
            box: Box = _EDGES.unpack_from(self.edges, _EDGES.size * first)
            return box
        edges = memoryview(self.edges).cast(_FLOATS)[4 * first : 4 * last].tolist()
        return min(edges[::4]), min(edges[1::4]), max(edges[2::4]), max(edges[3::4])


def place_of(text: str, anchors: Anchors, start: int, end: int) -> Source:
    """The place of ``text[start:end]``, with that text as its quote; boxes on one page are united."""
    if isinstance(anchors, Runs):
        return anchors.place(text, start, end)
    offset = itemgetter(0)
    first_at = max(bisect_right(anchors, start, key=offset) - 1, 0)
    last_at = bisect_left(anchors, max(end, start + 1), lo=first_at, key=offset)
    first = anchors[first_at][1]
    if last_at <= first_at + 1:
        return first.at(first.bbox, text[start:end], first.scan)
    covering = [source for _, source in anchors[first_at:last_at]]
    boxes = [s.bbox for s in covering if s.bbox is not None and s.sheet_of_paper == first.sheet_of_paper]
    united = _united(boxes) if boxes else None
    return first.at(united, text[start:end], _united_scan(covering))


def _united(boxes: Sequence[Box]) -> Box:
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def _united_scan(sources: Sequence[Source]) -> Scan | None:
    """What is read from several places is as sure as the least sure of them."""
    scans = [source.scan for source in sources if source.scan is not None]
    if len(scans) < 2:
        return scans[0] if scans else None
    return Scan(min(scan.confidence for scan in scans))
