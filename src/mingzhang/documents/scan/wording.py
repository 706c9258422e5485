"""Digits among words: a letter that one was taken for, and what several looks at a doubtful line agree on."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mingzhang.documents.scan.engine import Character
from mingzhang.documents.scan.identifiers import is_identifier
from mingzhang.documents.scan.numbers import is_figures, text_of

_LIKE_DIGITS = {"O": "0", "o": "0", "D": "0", "l": "1", "I": "1", "|": "1", "Z": "2", "z": "2", "S": "5", "s": "5"}
_RUN = re.compile(
    r"(?<![0-9A-Za-z|])[0-9A-Za-z|]{4,11}(?![0-9A-Za-z|])"
)  # fewer characters may be a name (G20, O2O), more are an identifier
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_TAKEN = 0.5  # how sure a digit is that was read as a letter
_SURE = 0.9  # below it a digit among words is looked at again
_OF_NUMBERS = frozenset("0123456789.,%")


def with_digits(characters: Sequence[Character]) -> list[Character]:
    """The one letter of a row of digits that looks like one is it: 2O26 is 2026, and not sure."""
    mended = list(characters)
    shown = [number for number, character in enumerate(mended) if len(character.char) == 1]
    for match in _RUN.finditer("".join(mended[number].char for number in shown)):
        letters = [at for at in range(*match.span()) if not mended[shown[at]].char.isdigit()]
        if len(letters) == 1 and (digit := _LIKE_DIGITS.get(mended[shown[letters[0]]].char)):
            old = mended[shown[letters[0]]]
            others = ((old.char, old.probability), *old.others)
            mended[shown[letters[0]]] = replace(
                old, char=digit, probability=min(old.probability, _TAKEN), others=others
            )
    return mended


def is_doubtful_in_words(characters: Sequence[Character]) -> bool:
    """Whether a line that is not all a number has a digit that is not sure."""
    text = text_of(characters)
    if is_figures(text) or is_identifier(text):
        return False
    return any(c.char.isdigit() and c.probability < _SURE for c in characters)


def agreed_in_words(looks: Sequence[Sequence[Character]]) -> tuple[Character, ...]:
    """The look whose numbers most of them give, of these the surest; its digits are no surer than that share is.

    A digit is lost more easily than one is seen that is not there: looks with fewer of them have no say.
    """
    told = [tuple(match[0] for match in _NUMBER.finditer(text_of(look))) for look in looks]
    digits = [sum(char.isdigit() for number in numbers for char in number) for numbers in told]

    def merit(number: int) -> tuple[int, int, float, int]:
        return digits[number], told.count(told[number]), _sureness(looks[number]), -number

    best = max(range(len(looks)), key=merit)
    share = told.count(told[best]) / len(told)
    if share == 1:
        return tuple(looks[best])
    return tuple(replace(c, probability=min(c.probability, share)) if c.char in _OF_NUMBERS else c for c in looks[best])


def _sureness(characters: Sequence[Character]) -> float:
    return min((c.probability for c in characters if c.char in _OF_NUMBERS), default=0.0)
