"""The sections of a disclosure by their headings, and which of them a place lies in."""

from __future__ import annotations

import fnmatch
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.cube.disclosure import Disclosure, Paragraph
from mingzhang.cube.source import Source
from mingzhang.publication.checklist.layout import Item, Layout

Position = tuple[str, int, int, float]

_CN = "一二三四五六七八九十"
_NUMBER = re.compile(
    rf"^(?:第[{_CN}\d]+(?:部分|章|节)|[(（]?[{_CN}]{{1,3}}[)）]?[、.．,，:：]?|[(（]?\d{{1,2}}[)）]?[、.．,，]?)\s*"
)
_LEADERS = re.compile(r"[.·•…⋯—\-]{2,}\s*\d*$|\d+$")
_YEAR = re.compile(r"(?:19|20)\d\d年(?:度)?")
_WHOSE = re.compile(r"\((?:部门|单位)\)|部门|单位|年度|关于|本级|本|的")
_LONGEST = 45


@dataclass(frozen=True, slots=True)
class Section:
    """Where a line of the form begins in the document."""

    item: Item
    start: Position
    source: Source


def position_of(source: Source) -> Position:
    """The order of places in one document."""
    return (source.file or "", source.page or 0, source.line or 0, source.bbox[1] if source.bbox is not None else 0.0)


def sections_of(disclosure: Disclosure, layout: Layout) -> tuple[Section, ...]:
    """Where the sections begin, in the order of the document; a section of several headings begins at each of them."""
    contents = next((p for p in disclosure.text if _plain(p.text) in ("目录", "目錄")), None)
    bare = _plain(disclosure.agency or "")
    short = [(p, _core(p.text, bare)) for p in disclosure.text if len(p.text) <= _LONGEST]
    last = {core: position_of(paragraph.source) for paragraph, core in short}
    found: list[Section] = []
    for item in layout.items:
        if item.kind == "contents" and contents is not None:
            found.append(Section(item, position_of(contents.source), contents.source))
        if item.kind != "section":
            continue
        wanted = [_core(heading, "") for heading in item.headings]
        heads = [(p, core) for p, core in short if any(_heads(core, form) for form in wanted)]
        body = [p for p, core in heads if contents is None or not _is_listed(p, contents, last[core])]
        for paragraph in body or [p for p, _ in heads]:
            found.append(Section(item, position_of(paragraph.source), paragraph.source))
    return tuple(sorted(found, key=lambda section: section.start))


def _is_listed(paragraph: Paragraph, contents: Paragraph, last: Position) -> bool:
    """Whether a heading stands on the contents page: on the page of 目录, or again further on."""
    page = paragraph.source.sheet_of_paper
    return (page is not None and page == contents.source.sheet_of_paper) or position_of(paragraph.source) < last


def section_at(sections: Sequence[Section], source: Source) -> Section | None:
    """The section that a place lies in: the last one of its file that begins before it."""
    place = position_of(source)
    own = (section for section in reversed(sections) if section.source.file == source.file)
    return next((section for section in own if section.start <= place), None)


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
        return (
            one.sheet_of_paper == other.sheet_of_paper and one.bbox[1] < other.bbox[3] and other.bbox[1] < one.bbox[3]
        )
    return one.line is not None and (one.file, one.page, one.line) == (other.file, other.page, other.line)


def _heads(core: str, wanted: str) -> bool:
    """Whether a line is the heading: 机构设置 also heads 机构设置情况 and 机构设置及…构成."""
    if "*" in wanted:
        return fnmatch.fnmatchcase(core, wanted)
    return core == wanted or core.startswith(tuple(wanted + more for more in ("及", "和", "与", "、", "情况")))


def _core(text: str, agency: str) -> str:
    """The words of a heading: no number, year, agency, leader dots, nor words that say only whose it is."""
    words = _YEAR.sub("", _LEADERS.sub("", _plain(text)).rstrip("。:：;；"))
    words = _NUMBER.sub("", _NUMBER.sub("", words))
    return _WHOSE.sub("", words.replace(agency, "") if agency else words)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
