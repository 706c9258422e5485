"""Numbered headings and items of the narrative: 一、 （一） 1. （1）, and the words that they number."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADING = re.compile(
    r"\s*(?:(?P<l1>[一二三四五六七八九十]{1,3})[、.．]"
    r"|[(（](?P<l2>[一二三四五六七八九十]{1,3})[)）][、.．]?"
    r"|(?P<l4>\d{1,2})[.、．](?!\d)|[(（](?P<l5>\d{1,2})[)）][、.．]?)"
)
_END = re.compile(r"[：:。]")
_ABOUT = re.compile(r"\A\s*(?:关于|有关)\s*")
_AT_TABLE = re.compile(r"\s*[(（][^()（）]*(?:表|附件|单位[:：])[^()（）]*[)）]\s*\Z")
LIST_LEVEL = 3
"""A list opened by a sentence (…情况如下：) stands between （一） and 1."""


@dataclass(frozen=True, slots=True)
class Heading:
    """``words`` stand from ``start`` to ``end`` of the line; ``level`` counts from 1, outermost first."""

    level: int
    number: str
    words: str
    start: int
    end: int


def heading_of(text: str) -> Heading | None:
    """The number at the head of a line and the words up to its first colon or full stop, if it has one."""
    match = _HEADING.match(text)
    if match is None:
        return None
    level = next(number for number in (1, 2, 4, 5) if match[f"l{number}"])
    stop = _END.search(text, match.end())
    end = stop.start() if stop is not None else len(text)
    return Heading(level, match[0].strip(), text[match.end() : end], match.end(), end)


def announced(words: str) -> str:
    """What a heading announces: without 关于 before it, and without the table that it points at behind it."""
    return _AT_TABLE.sub("", _ABOUT.sub("", words))
