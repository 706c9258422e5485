"""Relations that follow from where observations stand in the cube; no table and no region is named here.

Decides which observations must be equal, add up, or differ by what a sentence says.
Refuses to evaluate them (``solver``) and to judge them (``reporting``).
"""

from mingzhang.reconciliation.derivation.book import Book
from mingzhang.reconciliation.derivation.derive import Derivation, derive
from mingzhang.reconciliation.derivation.tie import Tie

__all__ = ["Book", "Derivation", "Tie", "derive"]
