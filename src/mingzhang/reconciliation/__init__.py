"""Do the amounts agree? Ties derived from the cube, a certificate or the located error, and the sentence that says so.

``derivation`` decides what must hold, ``solver`` whether it does and what must be wrong, ``reporting`` how it is told.
Refuses to know of files, headers and regions, and to call rounding an error.
"""

from mingzhang.reconciliation.reconcile import Reconciliation, reconcile
from mingzhang.reconciliation.reporting import counts_of, findings_of, limits_of, marks_of, proof_of
from mingzhang.reconciliation.rereading import reread

__all__ = ["Reconciliation", "counts_of", "findings_of", "limits_of", "marks_of", "proof_of", "reconcile", "reread"]
