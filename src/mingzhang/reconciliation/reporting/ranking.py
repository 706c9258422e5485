"""Tied explanations of one contradiction: which are told as its suspects, and in which order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mingzhang.cube.finding import Suspect
from mingzhang.reconciliation.reporting.slip_words import is_rate_slip
from mingzhang.reconciliation.solver import Implied
from mingzhang.reconciliation.solver.slips import Slip, SlipKind

TELLING = frozenset({*SlipKind} - {SlipKind.TAIL, SlipKind.TRUNCATION, SlipKind.NEIGHBOUR, SlipKind.ZERO})


@dataclass(frozen=True, slots=True)
class Candidate:
    """One member of an explanation with what the rest implies for it.

    ``is_rate``: a percentage; ``is_derived``: worked out from amounts, as differences are too; ``is_tail``: off by what
    rounding explains; ``is_odd``: in another unit than the figures around it, and right in theirs.
    """

    variable: int
    implied: Implied
    slips: tuple[Slip, ...]
    suspect: Suspect
    is_rate: bool = False
    is_derived: bool = False
    is_tail: bool = False
    is_odd: bool = False


Explanation = list[Candidate]


def ranked(sets: Sequence[Explanation], others: Sequence[Explanation]) -> tuple[list[Explanation], list[Explanation]]:
    """The explanations to suspect, likeliest first, and those that stay listed beside them."""
    sets, others = sorted(sets, key=_plausibility), list(others)
    # Of tied explanations those by a single slip of the pen are the suspects; the others stay listed.
    tails = [candidates for candidates in sets if candidates and all(c.is_tail for c in candidates)]
    telling = [candidates for candidates in sets if all(is_telling(candidate) for candidate in candidates)]
    if tails:
        return tails + [candidates for candidates in sets if candidates not in tails], others
    if telling and len(telling) < len(sets):
        # A percentage is the last to be worked out: it stays a suspect beside any slip, first if it has one itself.
        rates = [candidates for candidates in sets if all(c.is_rate for c in candidates)]
        slipped = [c for c in rates if all(is_rate_slip(x.suspect.reported, x.suspect.expected) for x in c)]
        kept = slipped + telling + [candidates for candidates in rates if candidates not in slipped]
        return kept, [candidates for candidates in sets if candidates not in kept] + others
    # A difference or a percentage is worked out from the amounts: it is the one to look at first.
    derived = [candidates for candidates in sets if all(c.is_derived for c in candidates)]
    if not derived:
        return sets, others
    others = [candidates for candidates in sets if candidates not in derived] + others
    return sorted(derived, key=lambda candidates: not all(c.is_rate for c in candidates)), others


def is_telling(candidate: Candidate) -> bool:
    """Whether one slip of the pen leads from what is printed to what the rest implies."""
    return any(slip.kind in TELLING for slip in candidate.slips)


def _plausibility(candidates: Explanation) -> tuple[int, bool, list[int]]:
    """Explanations by a telling slip come first, an odd unit before all; then the order of the document."""
    telling = sum(is_telling(candidate) for candidate in candidates)
    odd = any(candidate.is_odd for candidate in candidates)
    return (-telling, not odd, [candidate.variable for candidate in candidates])
