"""A number that a sentence says, with the words around it and their place."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from mingzhang.cube import Paragraph, Source


@dataclass(frozen=True, slots=True)
class Said:
    """``start`` and ``end`` are where the words that say it stand in the paragraph."""

    value: Decimal
    paragraph: Paragraph
    start: int
    end: int

    @property
    def words(self) -> str:
        return "".join(self.paragraph.text[self.start : self.end].split())

    @property
    def place(self) -> Source:
        return self.paragraph.at(self.start, self.end)
