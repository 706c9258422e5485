"""Lone characters: of small type the only digit of a cell is read as a letter, a sign or nothing, for nothing beside it
tells how high digits are. In a column of numbers it is read as what it may be of one; it is never sure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Sequence
from dataclasses import replace

from mingzhang.documents.scan.engine import Character
from mingzhang.documents.scan.numbers import confidence, is_figures, text_of

_FEWEST = 3  # numbers that make a column one of numbers
_SHARE = 0.5  # of its texts
_LONGEST = 2  # characters that may be digits
_LIKELY = 0.2  # the least chance of each of its digits
_UNSURE = 0.5  # how sure one is that may be a Chinese character or digits
_NEVER_SURE = 0.6
_DASHES = "-—–―－一 ·"
_MARKS = frozenset("-—–―一%≥≤><=+/")


def in_columns_of_numbers(lines: Sequence[Sequence[Character]], columns: Sequence[Hashable | None]) -> list[int]:
    """Which lines of a page are a character or two that are no number in a column where most are."""
    texts = [text_of(line) for line in lines]
    members: dict[Hashable, list[int]] = defaultdict(list)
    for number, column in enumerate(columns):
        if column is not None:
            members[column].append(number)
    found: list[int] = []
    for own in members.values():
        figures = sum(is_figures(texts[number]) for number in own)
        if figures >= _FEWEST and figures >= _SHARE * len(own):
            found += [number for number in own if _may_be_digits(lines[number])]
    return sorted(found)


def _may_be_digits(line: Sequence[Character]) -> bool:
    text = text_of(line)
    if is_figures(text) or any(char in _MARKS for char in text):
        return False
    # A Chinese character is full of strokes, and surely read as one: 优 among numbers is a grade.
    if all(char < "\u2e80" for char in text):
        return len(text) <= _LONGEST
    return len(text) <= _LONGEST and confidence(line) < _UNSURE


def taken_for_figures(before: list[Character], figures: list[Character]) -> list[Character]:
    """What a lone text is: the figures it may be, if they are likely enough, else what it was."""
    text = text_of(figures)
    if not is_figures(text) or any(c.char and c.probability < _LIKELY for c in figures):
        return before
    return [replace(c, probability=min(c.probability, _NEVER_SURE)) for c in figures if c.char]


def is_number_by_itself(characters: Sequence[Character], least: float) -> bool:
    """Whether ink that nothing else took for text is surely a number: of a page, often between dashes, of a list."""
    text = text_of(characters)
    inner = text.strip(_DASHES)
    if inner == text:
        return is_figures(text) and confidence(characters) >= least
    digits = [c for c in characters if c.char.isdigit()]
    return inner.isdecimal() and confidence(digits) >= least
