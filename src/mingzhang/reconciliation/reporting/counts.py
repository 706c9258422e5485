"""How many relations hold, in the words of the findings: what a finding calls rounding is not counted as violated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mingzhang.cube.finding import Finding
from mingzhang.cube.verdict import RelationCounts
from mingzhang.reconciliation.reconcile import Located, Reconciliation


def counts_of(outcome: Reconciliation, findings: Sequence[Finding]) -> RelationCounts:
    """The counts of the outcome, with the relations that only findings of level ``rounding`` tell counted as rounding.

    ``findings`` are those of ``findings_of``, in its order. A relation between a figure that is off in its last place
    and others cannot hold as printed; it is no more than rounding where everything that is told of it is.
    """
    told = findings[len(outcome.structural) :]
    tails = [located for located, finding in zip(outcome.located, told, strict=True) if finding.level == "rounding"]
    wrong = [located for located, finding in zip(outcome.located, told, strict=True) if finding.level != "rounding"]
    structural = {number for slip, _ in outcome.structural[:1] for number in slip.broken}
    named = {number for located in tails for number in _told_by(located, outcome)} - structural
    for located in wrong:
        named -= _told_by(located, outcome)
    counts = outcome.counts
    return replace(counts, rounding=counts.rounding + len(named), violated=counts.violated - len(named))


def _told_by(located: Located, outcome: Reconciliation) -> set[int]:
    """The violated relations of one cluster: those of its conflicts, and those that its suspects take part in."""
    cluster = located.cluster
    suspects = {variable for chosen in (*cluster.sets, *cluster.alternatives) for variable in chosen}
    conflicts = {number for conflict in cluster.conflicts for number in conflict.relations}
    return {
        number
        for number in outcome.violated
        if number in conflicts
        or outcome.ties[number].owner in suspects
        or any(variable in suspects for _, variable in outcome.ties[number].terms)
    }
