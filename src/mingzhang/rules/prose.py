"""What the rules of wording read: the lines of a disclosure that are sentences, without its contents page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mingzhang.cube import Disclosure, Paragraph
from mingzhang.rules.contents import contents_lines
from mingzhang.rules.once import once

_CN = "一二三四五六七八九十"
_ORDINAL = re.compile(
    rf"\s*(?:第(?P<part>[{_CN}]{{1,3}})(?P<kind>部分|章|节|条)|(?P<cn>[{_CN}]{{1,3}})(?:、|[.．](?!\d))"
    rf"|[(（](?P<bracketed>[{_CN}]{{1,3}})[)）]、?|(?P<arabic>\d{{1,3}})(?P<mark>[、.．])(?!\d)"
    rf"|[(（](?P<digits>\d{{1,3}})[)）](?P<after>、?))\s*"
)
NUMBERED = re.sub(r"\(\?P<\w+>", "(?:", _ORDINAL.pattern)
"""The number that may open a line, as a part of other patterns."""
_VALUES = {sign: value for value, sign in enumerate(_CN, start=1)}


@dataclass(frozen=True, slots=True)
class Ordinal:
    """The number that opens a paragraph: its style (all of one style count together), its value, where it ends."""

    style: str
    value: int
    end: int
    printed: str


# What leads from a title to its page, on a line of the contents that was broken in two as well.
_LEADERS = re.compile(r"[.．·•…]{6,}")


@once
def prose(disclosure: Disclosure) -> tuple[Paragraph, ...]:
    """The paragraphs of the narrative in order; not the lines of the contents page."""
    listed = {source for _, source in contents_lines(disclosure)}
    return tuple(p for p in disclosure.text if p.source not in listed and not _LEADERS.search(p.text))


def lines(disclosure: Disclosure) -> Iterator[Paragraph]:
    """The narrative, and the lines above and below the tables."""
    yield from prose(disclosure)
    for table in disclosure.tables:
        yield from table.caption
        yield from table.remarks


def ordinal(text: str) -> Ordinal | None:
    """The number that opens the text: 一、 （二） 3. (4) 第五部分; ``None`` if none does."""
    match = _ORDINAL.match(text)
    if match is None:
        return None
    printed = match[0].strip()
    for style in ("part", "cn", "bracketed"):
        if match[style]:
            kind = match["kind"] or "" if style == "part" else ""
            return Ordinal(style + kind, chinese_number(match[style]), match.end(), printed)
    if match["arabic"]:
        return Ordinal("arabic", int(match["arabic"]), match.end(), printed)
    return Ordinal("digits", int(match["digits"]), match.end(), printed)


def chinese_number(signs: str) -> int:
    """一 … 九十九 as a number; 0 if it is none."""
    if "十" not in signs:
        return _VALUES.get(signs, 0) if len(signs) == 1 else 0
    tens, _, units = signs.partition("十")
    if len(tens) > 1 or len(units) > 1 or "十" in units:
        return 0
    return 10 * (_VALUES[tens] if tens else 1) + (_VALUES[units] if units else 0)
