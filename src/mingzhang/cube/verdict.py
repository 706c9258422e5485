"""The outcome of checking one disclosure: coverage, certificate, findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mingzhang.cube.decision import Changes, Decision
from mingzhang.cube.disclosure import Disclosure
from mingzhang.cube.finding import Finding
from mingzhang.cube.source import Source

# What the checking says of one printed number: every relation that it takes part in holds as printed (``proved``), or
# does within rounding; it may be wrong (``suspect``); it takes part in a broken relation and is not suspected itself
# (``involved``); or no relation touches it (``untied``).
Mark = Literal["proved", "rounding", "suspect", "involved", "untied"]


@dataclass(frozen=True, slots=True)
class RelationCounts:
    """How the derived relations stand: exactly held, explained by rounding, violated, not evaluable."""

    held: int
    rounding: int
    violated: int
    not_evaluable: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was read and checked, and what was not; ``notes`` are Chinese sentences.

    ``numbers`` counts every number of the document; ``unread`` those that look like amounts but stand at no point.
    """

    tables: int
    observations: int
    numbers: int
    unread: int
    relations: RelationCounts
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoundingDifference:
    """A relation that exact addition violates and the certificate explains: a sentence, and the operands' places."""

    message: str
    places: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Proof:
    """The certificate as reported. ``consistent`` is None where neither could be proved."""

    consistent: bool | None
    rounding_differences: tuple[RoundingDifference, ...]
    verified_exactly: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """Everything that ``mingzhang check`` says of one disclosure; findings are ordered, most serious first.

    ``marks`` has one entry an observation of the disclosure, in its order, or is empty where none were made.
    ``decisions`` are what people ruled on these findings before; ``changes`` compares with an earlier check. ``compared_with`` are the
    paths of other disclosures that it was held to.
    """

    disclosure: Disclosure
    coverage: Coverage
    proof: Proof
    findings: tuple[Finding, ...]
    marks: tuple[Mark, ...] = ()
    decisions: tuple[Decision, ...] = ()
    changes: Changes | None = None
    compared_with: tuple[str, ...] = ()

    def decision_on(self, finding: Finding) -> Decision | None:
        """The latest decision on a finding of this verdict, unless it was withdrawn."""
        latest = next((d for d in reversed(self.decisions) if d.finding == finding.id), None)
        return None if latest is None or latest.ruling == "withdrawn" else latest

    def standing_errors(self) -> int:
        """The errors that nobody ruled a false alarm."""
        return sum(
            finding.level == "error" and not ((ruled := self.decision_on(finding)) and ruled.ruling == "false-alarm")
            for finding in self.findings
        )
