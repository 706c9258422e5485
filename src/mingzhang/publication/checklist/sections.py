"""The sections of a disclosure by their headings, and which of them a place lies in."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.cube.disclosure import Disclosure, Paragraph
from mingzhang.cube.source import Source
from mingzhang.publication.checklist.layout import Item, Layout

Position = tuple[int, int, float]

_CN = "一二三四五六七八九十"
_NUMBER = re.compile(
    rf"^(?:第[{_CN}\d]+(?:部分|章|节)|[(（]?[{_CN}]{{1,3}}[)）]?[、.．,，:：]?|[(（]?\d{{1,2}}[)）]?[、.．,，]?)\s*"
)
_LEADERS = re.compile(r"[.·•…⋯—\-]{2,}\s*\d*$|\d+$")
_YEAR = re.compile(r"^(?:19|20)\d\d年(?:度)?")
_LONGEST = 45


@dataclass(frozen=True, slots=True)
class Section:
    """Where a line of the form begins in the document."""

    item: Item
    start: Position
    source: Source


def position_of(source: Source) -> Position:
    """The order of places in one document."""
    return (source.page or 0, source.line or 0, source.bbox[1] if source.bbox is not None else 0.0)


def sections_of(disclosure: Disclosure, layout: Layout) -> tuple[Section, ...]:
    """The sections that were found, in the order of the document."""
    found: list[Section] = []
    for item in layout.items:
        if item.kind == "section":
            heading = _heading(disclosure, item)
        elif item.kind == "contents":
            heading = next((p for p in disclosure.text if _plain(p.text) in ("目录", "目錄")), None)
        else:
            continue
        if heading is not None:
            found.append(Section(item, position_of(heading.source), heading.source))
    return tuple(sorted(found, key=lambda section: section.start))


def section_at(sections: Sequence[Section], source: Source) -> Section | None:
    """The section that a place lies in: the last one that begins before it."""
    place = position_of(source)
    return next((section for section in reversed(sections) if section.start <= place), None)


def table_at(disclosure: Disclosure, source: Source) -> str | None:
    """The table in whose cells, title lines or notes a place lies."""
    if source.table is not None:
        return source.table
    for table in disclosure.tables:
        for paragraph in (*table.caption, *table.remarks):
            lines = [paragraph.source, *(anchor for _, anchor in paragraph.anchors)]
            if any(_same_line(line, source) for line in lines):
                return table.id
    return None


def _same_line(one: Source, other: Source) -> bool:
    if one.bbox is not None and other.bbox is not None:
        return one.page == other.page and one.bbox[1] < other.bbox[3] and other.bbox[1] < one.bbox[3]
    return one.line is not None and (one.file, one.page, one.line) == (other.file, other.page, other.line)


def _heading(disclosure: Disclosure, item: Item) -> Paragraph | None:
    """The paragraph that heads the section: not its line on the contents page, if there is another."""
    wanted = [_plain(heading) for heading in item.headings]
    bare = {_plain(disclosure.agency or "")} - {""}
    candidates = [p for p in disclosure.text if len(p.text) <= _LONGEST and _heads(p.text, wanted, bare)]
    body = [paragraph for paragraph in candidates if not _LEADERS.search(paragraph.text.strip())]
    if len(body) > 1 and len(body) == len(candidates) and any(_plain(p.text) == "目录" for p in disclosure.text):
        return body[1]  # the first is on the contents page, whose page numbers stand apart
    return body[0] if body else candidates[0] if candidates else None


def _heads(text: str, wanted: Sequence[str], agencies: set[str]) -> bool:
    words = _LEADERS.sub("", _plain(text)).rstrip("。:：;；")
    shorter = _NUMBER.sub("", words)
    for name in agencies:
        shorter = shorter.replace(name, "")
    shorter = _YEAR.sub("", _NUMBER.sub("", shorter)).removeprefix("关于").removeprefix("年度").removeprefix("的")
    return any(form in wanted for form in (words, shorter, shorter.removeprefix("部门"), shorter.removeprefix("单位")))


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
