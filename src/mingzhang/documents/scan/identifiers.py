"""Identifiers of projects and offices: long rows of digits with a letter among them, which small type makes a digit.

Those of one page are formed alike: where some show a letter, the digit that others show in its place is that letter,
misread. It is taken for it, and never sure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from mingzhang.documents.scan.engine import Character

_FORM = re.compile(r"(?=.{12})\d{4,}[A-Za-z]?\d*")
_FEWEST = 2  # that show the letter
_SHARE = 0.25  # of all
_SEEN = 0.5  # how sure a letter is that tells of others
_TAKEN = 0.5  # how sure one is that was taken for others' sake


def is_identifier(text: str) -> bool:
    """Whether a line is a long row of digits, perhaps with a letter among them: no amount."""
    return _FORM.fullmatch(text) is not None


def formed_alike(lines: Sequence[tuple[Character, ...]]) -> list[tuple[Character, ...]]:
    """The lines of a page, their identifiers with the letter in its place where it was read as a digit."""
    shown = [[number for number, c in enumerate(line) if c.char] for line in lines]
    named = [n for n, line in enumerate(lines) if is_identifier("".join(line[number].char for number in shown[n]))]
    seen = Counter(
        (place, line[number].char)
        for n in named
        for line in (lines[n],)
        for place, number in enumerate(shown[n])
        if line[number].char.isalpha() and line[number].probability >= _SEEN
    )
    (place, letter), count = max(seen.items(), key=lambda item: (item[1], item[0]), default=((0, ""), 0))
    result = list(lines)
    if count < max(_FEWEST, _SHARE * len(named)) or len({char for at, char in seen if at == place}) > 1:
        return result
    for n in named:
        line = list(lines[n])
        old = line[shown[n][place]] if place < len(shown[n]) else None
        if old is None or any(c.char.isalpha() for c in line):
            continue
        line[shown[n][place]] = replace(
            old, char=letter, probability=min(old.probability, _TAKEN), others=((old.char, old.probability),)
        )
        result[n] = tuple(line)
    return result
