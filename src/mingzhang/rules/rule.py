"""What a rule is: what must hold, on what basis, how sure a finding of it is, and the generator that looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from mingzhang.cube import Disclosure
from mingzhang.cube.finding import Finding, Level

Kind = Literal["budget", "final"]
Check = Callable[[Disclosure], Iterator[Finding]]
BOTH_KINDS: tuple[Kind, ...] = ("budget", "final")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry of the rule catalogue, in Chinese but for its ``id``.

    ``sentence`` says what must hold; ``basis`` the law or, where there is none, the custom (惯例) it rests on;
    ``levels`` are those its findings may have, most serious first. ``years`` bounds the fiscal years it is valid for
    (``None``: no bound), ``kinds`` the documents. An entry that is no rule documents findings made elsewhere (sums).
    """

    id: str
    title: str
    sentence: str
    basis: str
    why: str
    how_to_fix: str
    example: str
    levels: tuple[Level, ...]
    years: tuple[int | None, int | None] = (None, None)
    kinds: tuple[Kind, ...] = BOTH_KINDS

    @property
    def level(self) -> Level:
        """The most serious level of its findings."""
        return self.levels[0]

    def covers(self, year: int | None, stage: str | None) -> bool:
        """Whether it is valid for a document of that year and stage; what is unknown excludes nothing."""
        first, last = self.years
        if year is not None and ((first is not None and year < first) or (last is not None and year > last)):
            return False
        return stage not in BOTH_KINDS or stage in self.kinds


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule(Entry):
    """A catalogue entry with its check: from a disclosure, the findings of this id and these levels."""

    check: Check
