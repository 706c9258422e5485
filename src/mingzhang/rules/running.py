"""Running the rules over a disclosure."""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.cube import Disclosure
from mingzhang.cube.finding import Finding, ordered, with_fingerprints
from mingzhang.rules.registry import all_rules
from mingzhang.rules.rule import Rule


def run_rules(disclosure: Disclosure, rules: Iterable[Rule] | None = None) -> tuple[Finding, ...]:
    """The findings of every rule that is valid for the document, most serious first, with their fingerprints.

    An exception of a rule propagates, with a note that names the rule: a rule that crashed has passed nothing.
    """
    found: list[Finding] = []
    for rule in all_rules() if rules is None else rules:
        if rule.covers(disclosure.year, disclosure.stage):
            found += _findings(rule, disclosure)
    return ordered(with_fingerprints(found))


def _findings(rule: Rule, disclosure: Disclosure) -> list[Finding]:
    try:
        findings = list(rule.check(disclosure))
    except Exception as error:
        error.add_note(f"in rule {rule.id}")
        raise
    for finding in findings:
        if finding.rule != rule.id or finding.level not in rule.levels:
            raise ValueError(f"rule {rule.id} made a finding {finding.rule} of level {finding.level}")
    return findings
