"""Composition: from a ledger to a whole disclosure (DESIGN §3).

Decides: which exact amount stands at each cell of each form, how it is printed, and what the narrative says of it.
Refuses: to know a file format (``publication`` draws what is composed), and to type a number: every printed amount is
a figure of the cube, projected from the ledger's lines.
"""

from mingzhang.composition.compose import compose
from mingzhang.composition.ledger import Count, Indicator, Ledger, Line, Project

__all__ = ["Count", "Indicator", "Ledger", "Line", "Project", "compose"]
