"""The tables that a contents page lists, and which tables of the body they are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from mingzhang.cube import Disclosure, Source, Table
from mingzhang.forms import FormSet, load_form_sets, match_title
from mingzhang.forms.template import plain
from mingzhang.rules.once import once
from mingzhang.rules.reading import whole_tables

_CN = "一二三四五六七八九十"
_NUMBER = re.compile(
    rf"^(?:第[{_CN}\d]+部分|附?表[{_CN}\d]{{1,3}}[:：、.]?|[{_CN}]{{1,3}}[、.．]|[(（][{_CN}\d]{{1,3}}[)）]|\d{{1,2}}[.．、,，])+"
)
_FIRST = re.compile(r"一、|（一）|第一部分|第一章")
_LEADERS = re.compile(r"[.·•…⋯—\-]{2,}\d*$|[.·•…⋯]\d*$|(?<=[表)])\d{1,3}$")
_TABLE = re.compile(r"表(?:\([^()]*\))?$")
# 第二部分 部门预算表 heads the tables, it is none.
_SECTION = re.compile(r"^(?:.{0,40}(?:部门|单位)(?:预算|决算)(?:公开)?(?:套|附|报)?表|附表)$")
_YEAR = re.compile(r"(?:19|20)\d\d年(?:度)?")
_WORDS = re.compile(r"预算单位|部门|单位|[省市区县]级|本级|年度|[()\[\]【】、,，:：]")
_LONGEST_ENTRY, _RESEMBLANCE = 70, 0.6


@dataclass(frozen=True, slots=True)
class Entry:
    """One table that the contents page lists; ``form`` is the table form that its title names, if one does."""

    title: str
    key: str
    form: str | None
    source: Source | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """One titled table of the body."""

    table: Table
    key: str

    @property
    def form(self) -> str | None:
        return self.table.form


@dataclass(frozen=True, slots=True)
class Comparison:
    """Contents against body. ``absent`` and ``unlisted`` hold only what nothing on the other side resembles.

    ``untitled`` counts tables of the body without a title that continue no other: any of them may be an absent one.
    """

    entries: tuple[Entry, ...]
    matched: int
    titled: int
    absent: tuple[Entry, ...]
    unlisted: tuple[Body, ...]
    untitled: int


def title_key(title: str, agency: str | None = None) -> str:
    """The words that tell a table's title from others: no number, year, agency, level, page or punctuation."""
    words = _LEADERS.sub("", _NUMBER.sub("", plain(title)))
    if agency:
        words = words.replace(plain(agency), "")
    return _WORDS.sub("", _YEAR.sub("", words))


@once
def compare(disclosure: Disclosure) -> Comparison:
    """Which listed tables are in the body, which are not, and which tables of the body are not listed."""
    wholes = whole_tables(disclosure)
    form_set = _form_set(disclosure)
    entries = tuple(_entries(disclosure, form_set))
    body = [Body(whole.head, title_key(whole.head.title, disclosure.agency)) for whole in wholes if whole.head.title]
    listed = [entry for entry in entries if any(_same(entry, table) for table in body)]
    others = [table for table in body if not any(_same(entry, table) for entry in entries)]
    missing = [entry for entry in entries if entry not in listed]
    headings = _headings(disclosure, entries)
    return Comparison(
        entries,
        len(listed),
        len(body),
        tuple(
            entry
            for entry in missing
            if not any(_resembles(entry.key, table.key) for table in others)
            and not any(entry.key in heading for heading in headings)
        ),
        tuple(table for table in others if not any(_resembles(entry.key, table.key) for entry in missing)),
        sum(not whole.head.title for whole in wholes),
    )


def _same(entry: Entry, table: Body) -> bool:
    return entry.key == table.key or (entry.form is not None and entry.form == table.form)


def _resembles(one: str, other: str) -> bool:
    return one in other or other in one or SequenceMatcher(None, one, other, False).ratio() >= _RESEMBLANCE


def _form_set(disclosure: Disclosure) -> FormSet | None:
    """The set of the forms that recognition gave to the tables."""
    named = {table.form for table in disclosure.tables if table.form is not None}
    return next((found for found in load_form_sets() if any(table.id in named for table in found)), None)


def _entries(disclosure: Disclosure, form_set: FormSet | None) -> Iterator[Entry]:
    listed: list[tuple[str, Source | None]] = [(title, None) for title in disclosure.contents]
    for title, source in listed or contents_lines(disclosure):
        words = plain(title)
        bare = _LEADERS.sub("", _NUMBER.sub("", words))
        if not _TABLE.search(bare) or words.startswith("第") or _SECTION.match(_YEAR.sub("", bare)):
            continue
        form = match_title(form_set, bare) if form_set is not None else None
        yield Entry(bare, title_key(title, disclosure.agency), form.id if form is not None else None, source)


@once
def contents_lines(disclosure: Disclosure) -> list[tuple[str, Source | None]]:
    """The lines after 目录 up to the first that a contents page would not hold; a broken line is put together."""
    paragraphs = iter(disclosure.text)
    if not any(plain(paragraph.text) == "目录" for paragraph in paragraphs):
        return []
    found: list[tuple[str, Source | None]] = []
    seen: set[str] = set()
    for paragraph in paragraphs:
        words = _LEADERS.sub("", plain(paragraph.text))
        if len(words) > _LONGEST_ENTRY or words.endswith(("。", "；", "：", ";", ":")) or words in seen:
            break
        seen.add(words)
        last = found[-1][1] if found else None
        apart = last is not None and last.sheet_of_paper != paragraph.source.sheet_of_paper
        if apart and not _NUMBER.match(words):
            break  # the next page begins with a heading, not with the rest of an entry
        if found and _begins(words, found, paragraph.source):
            break
        if found and not _NUMBER.match(words) and not _TABLE.search(_LEADERS.sub("", found[-1][0])):
            words, source = found[-1][0] + words, found[-1][1]
            found[-1] = (words, source)
        else:
            found.append((words, paragraph.source))
    return found


def _begins(words: str, found: list[tuple[str, Source | None]], source: Source) -> bool:
    """Whether the narrative begins: on another sheet, or with its first heading after a list of tables only."""
    last = found[-1][1]
    if last is not None and last.sheet != source.sheet:
        return True
    first = _FIRST.match(words) is not None and not _TABLE.search(words)
    return first and all(_TABLE.search(entry) for entry, _ in found)


def _headings(disclosure: Disclosure, entries: tuple[Entry, ...]) -> list[str]:
    """The short lines of the text outside the contents page: one of them may head a table that was not recognised."""
    places = {entry.source for entry in entries}
    return [
        title_key(paragraph.text, disclosure.agency)
        for paragraph in disclosure.text
        if paragraph.source not in places and len(paragraph.text) <= _LONGEST_ENTRY
    ]
