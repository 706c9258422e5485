"""What people decided about findings, and how the findings changed since an earlier check."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mingzhang.cube.finding import Finding, Level

Ruling = Literal["accept", "false-alarm", "fixed", "withdrawn"]
RULINGS: tuple[Ruling, ...] = ("accept", "false-alarm", "fixed", "withdrawn")


@dataclass(frozen=True, slots=True)
class Decision:
    """What ``by`` ruled on one finding on a day (``on``, ISO): it is true, it is a false alarm, it has been mended.

    ``withdrawn`` takes the ruling before it back: the finding stands undecided again, and the file still tells both.

    ``finding`` is its fingerprint; ``rule``, ``level`` and ``message`` are kept, so that a finding that is gone can
    still be named.
    """

    finding: str
    ruling: Ruling
    by: str
    note: str
    on: str
    rule: str
    level: Level
    message: str


@dataclass(frozen=True, slots=True)
class Changes:
    """Against an earlier check (``against`` names it): the findings that are gone, and the fingerprints of the others.

    ``altered`` are findings about the same thing as one before, with other figures. ``unsure`` of those gone concern a
    part that is no longer read, so that nothing says they were mended.
    """

    against: str
    fixed: tuple[Finding, ...] = ()
    unsure: tuple[Finding, ...] = ()
    staying: tuple[str, ...] = ()
    altered: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
