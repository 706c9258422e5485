"""Outcome of reconciliation → findings in Chinese, each with its numbers, its places, and what it should be.

Decides how an inconsistency is told: the suspects, the arithmetic that shows it, the likely slip, the level.
Refuses to decide whether something is wrong: that was proved in ``solver``.
"""

from mingzhang.reconciliation.reporting.counts import counts_of
from mingzhang.reconciliation.reporting.findings import findings_of, proof_of
from mingzhang.reconciliation.reporting.limits import limits_of
from mingzhang.reconciliation.reporting.marks import marks_of

__all__ = ["counts_of", "findings_of", "limits_of", "marks_of", "proof_of"]
