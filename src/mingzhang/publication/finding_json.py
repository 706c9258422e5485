"""``mingzhang check --format json``: a verdict as data, by the contract in docs/outputs.md. It may grow, never break."""

from __future__ import annotations

from typing import Any

from mingzhang.cube.decision import Changes, Decision
from mingzhang.cube.finding import Finding, Suspect, Term, Working
from mingzhang.cube.verdict import Coverage, Proof, Verdict
from mingzhang.publication.coverage_words import unread_reasons
from mingzhang.publication.reading_json import document_json


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    """Coverage, certificate, findings, and every difference that rounding explains."""
    return {
        "document": document_json(verdict.disclosure),
        "coverage": _coverage(verdict.coverage) | _unsaid(verdict),
        "certificate": _certificate(verdict.proof),
        "findings": [
            _finding(finding) | {"decision": _decision(verdict.decision_on(finding))} for finding in verdict.findings
        ],
        "changes": _changes(verdict.changes),
        "rounding": [
            {"message": difference.message, "places": [place.to_json() for place in difference.places]}
            for difference in verdict.proof.rounding_differences
        ],
    }


def error_json(path: str, code: str, message: str) -> dict[str, Any]:
    """What stands in place of a result where a file could not be handled."""
    return {"document": {"path": path}, "error": {"code": code, "message": message}}


def _coverage(coverage: Coverage) -> dict[str, Any]:
    relations = coverage.relations
    return {
        "tables": coverage.tables,
        "observations": coverage.observations,
        "numbers": coverage.numbers,
        "unread": coverage.unread,
        "relations": {
            "held": relations.held,
            "rounding": relations.rounding,
            "violated": relations.violated,
            "not_evaluable": relations.not_evaluable,
        },
        "notes": list(coverage.notes),
    }


def _unsaid(verdict: Verdict) -> dict[str, Any]:
    """What was not checked, and why."""
    return {
        "untied": sum(mark == "untied" for mark in verdict.marks),
        "unread_reasons": unread_reasons(item for item in verdict.disclosure.unread if item.kind == "amount"),
        "forms": sum(table.form is not None for table in verdict.disclosure.tables),
        "compared_with": list(verdict.compared_with),
    }


def _decision(decision: Decision | None) -> dict[str, Any] | None:
    if decision is None:
        return None
    return {"ruling": decision.ruling, "by": decision.by, "note": decision.note, "on": decision.on}


def _changes(changes: Changes | None) -> dict[str, Any] | None:
    if changes is None:
        return None
    return {
        "against": changes.against,
        "fixed": [_gone(finding) for finding in changes.fixed],
        "unsure": [_gone(finding) for finding in changes.unsure],
        "staying": list(changes.staying),
        "altered": list(changes.altered),
        "new": list(changes.new),
    }


def _gone(finding: Finding) -> dict[str, Any]:
    return {"id": finding.id, "rule": finding.rule, "level": finding.level, "message": finding.message}


def _certificate(proof: Proof) -> dict[str, Any]:
    return {
        "consistent": proof.consistent,
        "rounding_differences": len(proof.rounding_differences),
        "verified_exactly": proof.verified_exactly,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "rule": finding.rule,
        "level": finding.level,
        "message": finding.message,
        "reported": finding.reported,
        "expected": finding.expected,
        "slip": finding.slip,
        "places": [place.to_json() for place in finding.places],
        "suspects": [_suspect(suspect) for suspect in finding.suspects],
        "alternatives": [[_suspect(suspect) for suspect in members] for members in finding.alternatives],
        "sets": [list(members) for members in finding.sets],
        "workings": [_working(working) for working in finding.workings],
    }


def _working(working: Working) -> dict[str, Any]:
    return {
        "sentence": working.sentence,
        "left": [_term(term) for term in working.left],
        "relation": working.relation,
        "right": [_term(term) for term in working.right],
        "total": working.total,
        "difference": working.difference,
        "zeros": working.zeros,
    }


def _term(term: Term) -> dict[str, Any]:
    place = term.source.to_json() if term.source is not None else None
    return {"sign": term.sign, "label": term.label, "printed": term.printed, "place": place}


def _suspect(suspect: Suspect) -> dict[str, Any]:
    return {
        "place": suspect.source.to_json(),
        "reported": suspect.reported,
        "implied": list(suspect.implied),
        "label": suspect.label,
        "expected": suspect.expected,
        "slip": suspect.slip,
        "confidence": suspect.source.scan.confidence if suspect.source.scan is not None else None,
    }
