"""From a published disclosure back to a ledger, at the detail that it shows.

Decides: exact amounts behind the printed ones, such that printing them again gives every cell; and lines that carry both
classifications at once, where the disclosure shows them in separate tables only. How the classifications meet is then a
supposition, and the ledger says so in its notes.
Refuses: a disclosure whose amounts contradict each other: no ledger could print it.
"""

from mingzhang.composition.reconstruction.imported import imported
from mingzhang.composition.reconstruction.reconstruct import ContradictoryError, Departure, Reconstruction, lines_of

__all__ = ["ContradictoryError", "Departure", "Reconstruction", "imported", "lines_of"]
