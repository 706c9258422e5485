"""What stands before a name in the label of a row: its number, its code, 其中."""

from __future__ import annotations

import re

from mingzhang.recognition.header import NUMBERING, PREFIXED_CODE

OF_WHICH = re.compile(r"\s*其中\s*[:：]?")


def split_code(text: str) -> tuple[str, str] | None:
    """The code before a name in one cell, and the name."""
    match = PREFIXED_CODE.match(text)
    return None if match is None else (match["boxed"] or match["plain"], match["name"])


def numbering(label: str) -> tuple[int, str]:
    """The depth of a label's numbering (一、=1, （一）=2, 1.=3, （1）=4, none=0) and the label without it."""
    match = NUMBERING.match(label)
    if match is None:
        return 0, OF_WHICH.sub("", label).strip()
    level = next(number for number in (1, 2, 3, 4) if match[f"l{number}"])
    return level, label[match.end() :].strip()
