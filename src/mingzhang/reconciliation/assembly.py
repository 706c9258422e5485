"""Ties over exact amounts → a system of integers for the solver, on one grid for the whole disclosure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from mingzhang.cube.amount import Amount
from mingzhang.reconciliation.derivation import Book, Tie
from mingzhang.reconciliation.solver import Relation, Standing, System, Variable, standing

_WEIGHT = 4
_WORKED_OUT = ("change", "change_rate", "stated_rate", "share", "completion")


@dataclass(frozen=True, slots=True)
class Assembled:
    """A system with the grid it stands on: ``steps`` grid units are one 分; relations stand in the order of the ties."""

    system: System
    steps: int


def assemble(book: Book, ties: tuple[Tie, ...]) -> Assembled:
    """The system of a book and its ties: observations are printed variables, latent points unknown ones.

    The grid is fine enough that every value and half-quantum is a whole number of units.
    """
    steps = 2 * 10 ** max((_places(observation.amount) for observation in book.observations), default=0)
    variables = [_variable(observation.amount, steps) for observation in book.observations]
    variables += [Variable(None) for _ in book.latent]
    relations = [
        Relation(
            tie.terms,
            None if tie.lower is None else tie.lower * steps,
            None if tie.upper is None else tie.upper * steps,
            tie.owner,
        )
        for tie in ties
    ]
    for rows in _worked_out(ties):
        if all(standing(variables, relations[row]) is Standing.HELD for row in rows):
            for row in rows:
                relations[row] = _admitting(variables, relations[row])
    return Assembled(System(tuple(variables), tuple(relations)), steps)


def _worked_out(ties: tuple[Tie, ...]) -> Iterable[list[int]]:
    """The numbers of the ties of each figure that an author works out from others: a change, the two rows of a rate."""
    found: dict[tuple[object, ...], list[int]] = {}
    for number, tie in enumerate(ties):
        if tie.kind in _WORKED_OUT:
            found.setdefault((tie.owner, *(variable for _, variable in tie.terms)), []).append(number)
    return found.values()


def _admitting(variables: Sequence[Variable], relation: Relation) -> Relation:
    """A relation that the printed amounts satisfy, widened to all that they may stand for.

    Changes and rates are worked out from the exact amounts or from the printed ones. Beside a base of 0.02 the two are
    far apart, and what is true of the print would force the amounts behind it. It still binds where one of them is wrong.
    """
    total = width = 0
    for coefficient, index in relation.terms:
        variable = variables[index]
        total += coefficient * (variable.value or 0)
        width += abs(coefficient) * variable.half
    return replace(
        relation,
        lower=None if relation.lower is None else min(relation.lower, total - width),
        upper=None if relation.upper is None else max(relation.upper, total + width),
    )


def _places(amount: Amount) -> int:
    """The decimals of 分 that an amount needs (0 unless it was printed finer than the 分)."""
    if not amount.unit.is_money:
        return 0
    fen, quantum = amount.fen, amount.quantum
    if fen == int(fen) and quantum == int(quantum):
        return 0
    return max(0, -min(_exponent(fen), _exponent(quantum)))


def _exponent(number: Decimal) -> int:
    exponent = number.normalize().as_tuple().exponent
    return exponent if isinstance(exponent, int) else 0


def _variable(amount: Amount, steps: int) -> Variable:
    if not amount.unit.is_money:
        # A stated rate takes part only as the owner of its ratio; it stands in no sum.
        return Variable(0, 0, _WEIGHT)
    # Amounts are whole 分: one that lies half a quantum away rounds to one neighbour only, never to both, so the ends
    # of the interval do not count. What is printed to the 分 (or finer) is exact.
    # A blank says that there is nothing: whatever is not zero would have been printed, if only as 0.00.
    half = 0 if amount.is_blank else _half(amount.quantum, steps)
    return Variable(int(amount.fen * steps), max(half - steps, 0), _WEIGHT)


@lru_cache(maxsize=256)
def _half(quantum: Decimal, steps: int) -> int:
    """Half a quantum in grid units; a document has a few quanta."""
    return int(quantum * steps / 2)
