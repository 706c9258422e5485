"""Lines that carry several classifications at once, from the totals of each: the same money, paired in order.

Department and government classes are paired only as the crosswalk allows where it can be so; functions are then paired
with them in the order of their codes (the north-west corner). The totals of every classification stay exact; how they
meet is a supposition.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from mingzhang.classification import gov_objects_of
from mingzhang.reconciliation.solver.highs import quiet_model

L = TypeVar("L")
R = TypeVar("R")


def paired(left: Sequence[tuple[L, int]], right: Sequence[tuple[R, int]]) -> list[tuple[L, R, int]]:
    """The north-west corner of two lists of equal total: every part of one meets a part of the other."""
    found: list[tuple[L, R, int]] = []
    waiting = [list(item) for item in right]
    place = 0
    for key, amount in left:
        rest = amount
        while rest and place < len(waiting):
            other: Any = waiting[place]
            taken = min(rest, other[1]) if rest > 0 and other[1] > 0 else rest
            found.append((key, other[0], taken))
            rest -= taken
            other[1] -= taken
            if other[1] == 0:
                place += 1
    return found


def crossed(objects: Sequence[tuple[str, int]], govs: Sequence[tuple[str, int]]) -> list[tuple[str, str, int]]:
    """Department classes paired with government classes: within the crosswalk as far as it goes, in order otherwise."""
    import numpy

    allowed = {code: {link.gov_object for link in gov_objects_of(code)} for code, _ in objects}
    cells = [(i, j) for i in range(len(objects)) for j in range(len(govs))]
    model = quiet_model(presolve="on")
    nothing: Any = numpy.array([], dtype=numpy.int32)
    for i, j in cells:
        linked = govs[j][0][:5] in allowed[objects[i][0]]
        # Ties are broken by order, so that one input has one answer.
        model.addCol(0.0 if linked else 1.0, 0.0, 1e30, 0, nothing, numpy.array([]))
    for i, (_, fen) in enumerate(objects):
        _add_row(model, [k for k, cell in enumerate(cells) if cell[0] == i], fen)
    for j, (_, fen) in enumerate(govs):
        _add_row(model, [k for k, cell in enumerate(cells) if cell[1] == j], fen)
    model.run()
    taken = [round(value) for value in model.getSolution().col_value]
    return [(objects[i][0], govs[j][0], taken[k]) for k, (i, j) in enumerate(cells) if taken[k]]


def _add_row(model: Any, columns: list[int], fen: int) -> None:
    import numpy

    model.addRow(fen, fen, len(columns), numpy.array(columns, dtype=numpy.int32), numpy.ones(len(columns)))
