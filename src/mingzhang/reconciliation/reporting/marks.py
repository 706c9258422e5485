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
    observations = tuple(observations)
    first: dict[Source, int] = {}
    # A place is known by its identity; only equal places of several observations need its value.
    place_of = {id(o.source): first.setdefault(o.source, number) for number, o in enumerate(observations)}
    standings: dict[int, set[Standing]] = {}
    states = [outcome, *(state for _, state in outcome.structural)]
    for state in states:
        for tie, standing in zip(state.ties, state.standings, strict=True):
            members = [v for _, v in tie.terms] + ([tie.owner] if tie.owner is not None else [])
            for variable in members:
                if not state.book.is_latent(variable):
                    source = state.book.observations[variable].source
                    place = place_of.get(id(source))
                    if place is None:
                        place = first.get(source, -1)
                    standings.setdefault(place, set()).add(standing)
    suspects: set[Source] = set()
    tails: set[Source] = set()
    for finding in findings:
        named = tails if finding.level == "rounding" else suspects
        named.update(suspect.source for suspect in finding.suspects)
    return tuple(_mark(o.source, standings.get(place_of[id(o.source)], set()), suspects, tails) for o in observations)


def _mark(source: Source, standings: set[Standing], suspects: set[Source], tails: set[Source]) -> Mark:
    if suspects and source in suspects:
        return "suspect"
    if not standings:
        return "untied"
    if tails and source in tails:
        return "rounding"
    if Standing.BROKEN in standings:
        return "involved"
    return "rounding" if Standing.SLACK in standings else "proved"
