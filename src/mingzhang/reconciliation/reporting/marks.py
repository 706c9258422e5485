"""What the checking says of each printed number: proved, rounding, suspect, involved, or touched by no relation."""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.cube.disclosure import Observation
from mingzhang.cube.finding import Finding
from mingzhang.cube.source import Source
from mingzhang.cube.verdict import Mark
from mingzhang.reconciliation.reconcile import Reconciliation
from mingzhang.reconciliation.solver import Standing


def marks_of(
    outcome: Reconciliation, findings: Iterable[Finding], observations: Iterable[Observation]
) -> tuple[Mark, ...]:
    """One mark an observation, in their order. Findings that are no more than rounding suspect nothing."""
    standings: dict[Source, set[Standing]] = {}
    states = [outcome, *(state for _, state in outcome.structural)]
    for state in states:
        for tie, standing in zip(state.ties, state.standings, strict=True):
            members = [v for _, v in tie.terms] + ([tie.owner] if tie.owner is not None else [])
            for variable in members:
                if not state.book.is_latent(variable):
                    standings.setdefault(state.book.observations[variable].source, set()).add(standing)
    suspects: set[Source] = set()
    tails: set[Source] = set()
    for finding in findings:
        named = tails if finding.level == "rounding" else suspects
        named.update(suspect.source for suspect in finding.suspects)
    return tuple(_mark(o.source, standings.get(o.source, set()), suspects, tails) for o in observations)


def _mark(source: Source, standings: set[Standing], suspects: set[Source], tails: set[Source]) -> Mark:
    if source in suspects:
        return "suspect"
    if not standings:
        return "untied"
    if source in tails:
        return "rounding"
    if Standing.BROKEN in standings:
        return "involved"
    return "rounding" if Standing.SLACK in standings else "proved"
