"""Disclosure → Verdict: reconcile the amounts, run the rules, state the coverage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mingzhang.collector import uncollected
from mingzhang.cube.disclosure import Disclosure
from mingzhang.cube.finding import Finding, on_scans, ordered, with_fingerprints
from mingzhang.cube.verdict import Coverage, RelationCounts, Verdict
from mingzhang.reconciliation import counts_of, findings_of, limits_of, marks_of, proof_of, reconcile
from mingzhang.rules import run_rules

_SUMS = frozenset({"target-funds"})  # rules that add up what the derivation may add up as well


@uncollected
def check(
    disclosure: Disclosure,
    beside: Sequence[Finding] = (),
    notes: Sequence[str] = (),
    compared_with: Sequence[str] = (),
) -> Verdict:
    """Everything that can be said of one disclosure. A rule or solver that crashes is a defect and raises.

    ``beside`` are the findings that other disclosures led to, ``notes`` what was compared with them,
    ``compared_with`` their paths.
    """
    outcome = reconcile(disclosure)
    derived = findings_of(outcome)
    findings = [on_scans(finding) for finding in told_once(derived, run_rules(disclosure))]
    marks = marks_of(outcome, findings, disclosure.observations)
    findings += [on_scans(finding) for finding in beside]
    coverage = coverage_of(disclosure, counts_of(outcome, derived))
    return Verdict(
        disclosure,
        replace(coverage, notes=(*coverage.notes, *limits_of(outcome), *notes)),
        proof_of(outcome),
        ordered(with_fingerprints(findings)),
        marks,
        compared_with=tuple(compared_with),
    )


def told_once(derived: Sequence[Finding], ruled: Sequence[Finding]) -> tuple[Finding, ...]:
    """All findings, but a sum that both a relation and a rule find broken only once.

    What says which figure is wrong is kept, with the arithmetic of the other.
    """
    dropped: set[int] = set()
    kept: list[Finding] = []
    for finding in ruled:
        if finding.rule in _SUMS:
            same = next((each for each in derived if each.rule == "sum" and _on_same_cells(each, finding)), None)
            if same is not None and len(same.sets) == 1:
                continue
            if same is not None:
                dropped.add(id(same))
                finding = replace(finding, workings=same.workings or finding.workings)
        kept.append(finding)
    return (*(each for each in derived if id(each) not in dropped), *kept)


def _on_same_cells(left: Finding, right: Finding) -> bool:
    """Whether two cells of a table are places of both."""
    cells = [{(p.table, p.row, p.column) for p in each.places if p.table} for each in (left, right)]
    return len(cells[0] & cells[1]) > 1


def coverage_of(disclosure: Disclosure, relations: RelationCounts) -> Coverage:
    """What was read and checked of the disclosure, and what was not."""
    printed = [observation for observation in disclosure.observations if not observation.amount.is_blank]
    unread = [item for item in disclosure.unread if item.kind == "amount"]
    return Coverage(
        tables=len(disclosure.tables),
        observations=len(printed),
        numbers=len(printed) + len(disclosure.unread),
        unread=len(unread),
        relations=relations,
        notes=disclosure.notes,
    )
