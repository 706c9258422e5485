"""One row of a classification: a code, one of its names, and the evidence that they belong together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Dimension = Literal["function", "object", "gov_object"]
Level = Literal["类", "款", "项"]
Status = Literal["verified", "seen once", "sourced", "former", "unverified"]

DIMENSIONS: tuple[Dimension, ...] = ("function", "object", "gov_object")
LEVELS: dict[int, Level] = {3: "类", 5: "款", 7: "项"}
STATUSES: tuple[Status, ...] = ("verified", "sourced", "seen once", "former", "unverified")
"""Strongest evidence first."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A code and a name that stand together (``object`` 30217 公务接待费).

    ``status``: ``verified`` (two disclosures or an official notice), ``sourced`` (a page or repository), ``seen once``,
    ``former`` (an older name, from a repository), ``unverified`` (general knowledge only). ``disclosures`` counts the
    real disclosures in which exactly this code and name stand together. A year that is ``None`` is not established,
    which is not the same as unlimited.
    """

    dimension: Dimension
    code: str
    name: str
    level: Level
    valid_from: int | None
    valid_to: int | None
    status: Status
    disclosures: int
    source: str

    @property
    def can_accuse(self) -> bool:
        """Whether the evidence bears a finding: a row that is unverified, former or seen once may only suggest."""
        return self.status in ("verified", "sourced")

    @property
    def is_former(self) -> bool:
        """Whether the name is known to have ended."""
        return self.status == "former" or self.valid_to is not None

    def valid_in(self, year: int | None) -> bool:
        """Whether the name may stand in ``year``: nothing established says otherwise. ``None`` is any year."""
        if year is None:
            return True
        return (self.valid_from is None or self.valid_from <= year) and not self.ended_before(year)

    def ended_before(self, year: int | None) -> bool:
        """Whether the name had ended before ``year``; without a year, whether it has ended at all."""
        if year is None or self.valid_to is None:
            return self.is_former
        return self.valid_to < year

    def strength(self) -> tuple[bool, int, int, str]:
        """Sort key: current names before former ones, then by evidence."""
        return self.is_former, STATUSES.index(self.status), -self.disclosures, self.name


def in_order(entries: list[Entry]) -> tuple[Entry, ...]:
    """The entries by code, the strongest name of each code first."""
    return tuple(sorted(entries, key=lambda entry: (entry.code, *entry.strength())))
