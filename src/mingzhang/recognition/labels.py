"""What stands before a name in the label of a row: its number, its code, 其中."""

from __future__ import annotations

import re

from mingzhang.classification import by_code, dimension_of
from mingzhang.recognition.header import NUMBERING, PREFIXED_CODE
from mingzhang.recognition.vocabulary import fold

_JOINED = re.compile(r"\s*(?P<code>\d{3}(?:\d\d){0,2})(?P<name>[\u4e00-\u9fff].*)\Z", re.DOTALL)

OF_WHICH = re.compile(r"\s*其中\s*[:：]?")


def split_code(text: str) -> tuple[str, str] | None:
    """The code before a name in one cell, and the name; with nothing between them, where that is the name of the code."""
    match = PREFIXED_CODE.match(text)
    if match is not None:
        return match["boxed"] or match["plain"], match["name"]
    match = _JOINED.match(text)
    if match is None or (place := dimension_of(match["code"])) is None:
        return None
    names = {fold(entry.name) for entry in by_code(place.dimension, match["code"])}
    return (match["code"], match["name"]) if fold(match["name"]) in names else None


def numbering(label: str) -> tuple[int, str]:
    """The depth of a label's numbering (一、=1, （一）=2, 1.=3, （1）=4, none=0) and the label without it."""
    match = NUMBERING.match(label)
    if match is None:
        return 0, OF_WHICH.sub("", label).strip()
    level = next(number for number in (1, 2, 3, 4) if match[f"l{number}"])
    return level, label[match.end() :].strip()
