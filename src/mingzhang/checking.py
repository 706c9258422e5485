"""Disclosure → Verdict: reconcile the amounts, run the rules, state the coverage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mingzhang.cube.disclosure import Disclosure
from mingzhang.cube.finding import Finding, on_scans, ordered, with_fingerprints
from mingzhang.cube.verdict import Coverage, RelationCounts, Verdict
from mingzhang.reconciliation import findings_of, marks_of, proof_of, reconcile
from mingzhang.rules import run_rules


def check(disclosure: Disclosure, beside: Sequence[Finding] = (), notes: Sequence[str] = ()) -> Verdict:
    """Everything that can be said of one disclosure. A rule or solver that crashes is a defect and raises.

    ``beside`` are the findings that other disclosures led to, ``notes`` what was compared with them.
    """
    outcome = reconcile(disclosure)
    findings = [on_scans(finding) for finding in (*findings_of(outcome), *run_rules(disclosure))]
    marks = marks_of(outcome, findings, disclosure.observations)
    findings += [on_scans(finding) for finding in beside]
    coverage = coverage_of(disclosure, outcome.counts)
    return Verdict(
        disclosure,
        replace(coverage, notes=(*coverage.notes, *notes)),
        proof_of(outcome),
        ordered(with_fingerprints(findings)),
        marks,
    )


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
