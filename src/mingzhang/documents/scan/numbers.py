"""A line of figures read more than once where one look is not enough, and what else a number may be."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from math import prod
from statistics import fmean

from mingzhang.documents.scan.columns import NO_SHAPE, Shape
from mingzhang.documents.scan.engine import Character
from mingzhang.documents.scan.identifiers import is_identifier

SURE = 0.98  # below it a number is read again, otherwise scaled
_FIGURES = re.compile(r"[≥≤><]?[-(]*[\d.,]+[)%]*")
_WELL_FORMED = re.compile(r"[≥≤><]?-?\(?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\)?%?")
_GROUPED = re.compile(r"(?P<head>-?\(?\d{1,3}(?:[.,]\d{3})*)[.,](?P<tail>\d+)\)?%?")
_MOST_OTHERS = 8
_LIKELY = 0.02  # the least chance of a reading that is told
_MOST_TRIED = 400  # readings of one line, likeliest first, among which one that fits its column is looked for
_UNSURE = 0.9  # the confidence of a reading that its column decided for
_LACKING = 0.6  # the confidence of figures that stand in more pieces of ink than characters


@dataclass(frozen=True, slots=True)
class Recognised:
    """The characters of one line; ``others`` are whole lines that other looks at it gave."""

    characters: tuple[Character, ...]
    others: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        return text_of(self.characters)


def is_figures(text: str) -> bool:
    """Whether a line holds nothing but a number, or what should be one."""
    return any(char.isdigit() for char in text) and _FIGURES.fullmatch(text) is not None


def at_most_as_formed(text: str, sure: float) -> float:
    """How sure a number is, given its form: what is put together as no number is (1,23.4, 12.3.4) is read wrong somewhere."""
    return min(sure, _LACKING) if is_figures(text) and _WELL_FORMED.fullmatch(text) is None else sure


def is_doubtful(characters: Sequence[Character], shape: Shape = NO_SHAPE) -> bool:
    """Whether a line of figures is worth a second look: unsure, or not as the numbers of its column are."""
    text = text_of(characters)
    if is_identifier(text):
        return confidence(characters) < SURE
    if not is_figures(text):
        return False
    return confidence(characters) < SURE or not shape.fits(text)


def text_of(characters: Sequence[Character]) -> str:
    return "".join(character.char for character in characters)


def confidence(characters: Sequence[Character]) -> float:
    """How sure the least sure character is; one that may be missing counts too."""
    return min((character.probability for character in characters), default=1.0)


def _least(characters: Sequence[Character]) -> float:
    """How sure the least sure of the characters that are there is."""
    return min((character.probability for character in characters if character.char), default=0.0)


def lacks_ink(characters: Sequence[Character], pieces: int) -> bool:
    """Whether figures stand in more pieces of ink than were read: of two equal digits side by side one may be lost."""
    text = text_of(characters)
    return is_figures(text) and "%" not in text and pieces > len(text)


def agreed(looks: Sequence[Sequence[Character]], pieces: int = 0, shape: Shape = NO_SHAPE) -> Recognised:
    """One reading out of several looks at a line: well formed, as the numbers of its column are, as many characters as
    ``pieces`` of ink, then what most looks agree on, then the surest.

    Where they differ, no character of the result is surer than the share of those looks that gave the text; where they
    agree, it is as sure as they were on the whole: one that is sure of it does not make up for four that are not. If none
    of them fits the column, one that does is looked for among what the characters may be besides; it is never sure.
    """
    looks = [_regrouped(look, shape) for look in looks]
    texts = [text_of(look) for look in looks]
    named = sum(map(is_identifier, texts)) * 2 > len(texts)  # an identifier has the form of no number

    def merit(number: int) -> tuple[bool, bool, bool, int, float]:
        text = texts[number]
        formed = _WELL_FORMED.fullmatch(text) is not None
        if named:
            return is_identifier(text), False, len(text) == pieces, texts.count(text), confidence(looks[number])
        return formed, shape.fits(text), len(text) == pieces, texts.count(text), confidence(looks[number])

    best = max(range(len(looks)), key=lambda number: (*merit(number), -number))
    others = tuple(dict.fromkeys(text for text in texts if text != texts[best] and text))
    if not named and not shape.fits(texts[best]):
        fitting = _fitting(looks, shape)
        if fitting is not None:
            return Recognised(tuple(fitting), tuple(dict.fromkeys((texts[best], *others))))
    # A look that found fewer or more characters than there are pieces of ink says nothing against one that found as many.
    voices = [text for text in texts if len(text) == pieces] if len(texts[best]) == pieces else texts
    share = texts.count(texts[best]) / len(voices)
    sure = fmean(_least(look) for look, text in zip(looks, texts, strict=True) if text == texts[best])
    # What every look gave is half as doubtful as in one of them.
    limit = 1 - (1 - sure) / 2 if share == 1 else min(share, sure)
    if lacks_ink(looks[best], pieces) and len(set(texts)) > 1:  # else the type is worn, and its characters broken
        limit = min(limit, _LACKING)
    if not named and not shape.fits(texts[best]):
        limit = min(limit, _UNSURE)
    mended = [
        Character(
            c.char,
            min(c.probability, limit) if c.probability >= SURE else limit,
            c.at,
            c.others,
        )
        for c in looks[best]
    ]
    return Recognised(tuple(mended), others)


def _fitting(looks: Sequence[Sequence[Character]], shape: Shape) -> list[Character] | None:
    """The likeliest reading of any look that fits the column, no surer than a guess; ``None`` if there is none."""
    found: tuple[float, list[Character]] | None = None
    for look in looks:
        for chance, characters in _readings(look):
            if found is not None and chance <= found[0]:
                break
            if shape.fits(text_of(characters)):
                found = (chance, characters)
                break
    if found is None:
        return None
    return [Character(c.char, min(c.probability, _UNSURE), c.at, c.others) for c in found[1]]


def _readings(characters: Sequence[Character]) -> Iterator[tuple[float, list[Character]]]:
    """What a line may be, likeliest first: each character as it seems or as one of its others."""
    choices = [((c.char, c.probability), *c.others) for c in characters]
    heap = [(-prod(options[0][1] for options in choices), (0,) * len(choices))]
    seen = {heap[0][1]}
    for _ in range(_MOST_TRIED):
        if not heap:
            return
        chance, picks = heappop(heap)
        yield (
            -chance,
            [
                Character(options[pick][0], options[pick][1], c.at, c.others)
                for c, options, pick in zip(characters, choices, picks, strict=True)
            ],
        )
        for place, pick in enumerate(picks):
            following = (*picks[:place], pick + 1, *picks[place + 1 :])
            if pick + 1 < len(choices[place]) and following not in seen:
                seen.add(following)
                ratio = choices[place][pick + 1][1] / max(choices[place][pick][1], 1e-9)
                heappush(heap, (chance * ratio, following))


def _regrouped(characters: Sequence[Character], shape: Shape = NO_SHAPE) -> list[Character]:
    """6.481.41 is 6,481.41: of several points only the last can be one, the others part the thousands."""
    shown = [number for number, character in enumerate(characters) if character.char]
    text = text_of(characters)
    match = _GROUPED.fullmatch(text)
    if match is None or (_WELL_FORMED.fullmatch(text) and shape.fits(text)):
        return list(characters)
    tail = len(match["tail"])
    if tail != shape.decimals and (tail > 2 or shape.decimals is not None):
        return list(characters)
    mended = list(characters)
    marks = [number for number in shown if characters[number].char in ".,"]
    for number in marks:
        wanted = "." if number == marks[-1] else ","
        old = characters[number]
        if old.char != wanted:
            # The form of a number leaves no doubt which of two specks it is.
            chance = max((p for char, p in old.others if char == wanted), default=0.0)
            mended[number] = Character(wanted, round(max(chance, SURE), 4), old.at, ((old.char, old.probability),))
    return mended


def others_of(characters: Sequence[Character]) -> tuple[str, ...]:
    """What a number may be if one of its characters is not what it seems, likeliest first."""
    chars = [character.char for character in characters]
    found: dict[str, float] = {}
    for number, character in enumerate(characters):
        for char, chance in character.others:
            if chance <= _LIKELY:
                continue
            text = "".join([*chars[:number], char, *chars[number + 1 :]])
            if _WELL_FORMED.fullmatch(text):
                found[text] = max(found.get(text, 0.0), chance)
    return tuple(sorted(found, key=lambda text: (-found[text], text))[:_MOST_OTHERS])


def others_like(recognised: Recognised, shape: Shape = NO_SHAPE) -> list[str]:
    """What else a number may be, as numbers are formed and those of its column, if it is itself."""
    fits = shape.fits(recognised.text)
    others = dict.fromkeys((*recognised.others, *others_of(recognised.characters)))
    return [
        other
        for other in others
        if other != recognised.text and _WELL_FORMED.fullmatch(other) and (shape.fits(other) or not fits)
    ]


def taken_for(recognised: Recognised, other: str) -> Recognised:
    """The line as it was found to be on a closer look: ``other``, never sure, with what it was taken for besides."""
    old = [character for character in recognised.characters if character.char]
    first, last = old[0].at, old[-1].at
    step = (last - first) / max(len(other) - 1, 1)
    characters = tuple(
        Character(char, _LACKING, old[place].at if len(old) == len(other) else round(first + place * step, 4))
        for place, char in enumerate(other)
    )
    others = (recognised.text, *(text for text in recognised.others if text != other))
    return Recognised(characters, tuple(dict.fromkeys(others)))
