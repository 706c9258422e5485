"""The clauses of a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mingzhang.recognition.phrases import CLAUSE_END, SENTENCE_END


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause from ``start`` of its line; ``mark`` ends it; ``after_colon``: a colon stands before it."""

    start: int
    text: str
    mark: str
    closes_sentence: bool
    after_colon: bool = False


def clauses_of(text: str) -> Iterator[Clause]:
    """The clauses of a text: up to a comma between words, a semicolon, a colon, or the end of a sentence."""
    start = 0
    colon = False
    for match in CLAUSE_END.finditer(text):
        yield Clause(start, text[start : match.start()], match[0], bool(SENTENCE_END.match(match[0])), colon)
        start, colon = match.end(), match[0] in "：:"
    if start < len(text):
        yield Clause(start, text[start:], "", True, colon)
