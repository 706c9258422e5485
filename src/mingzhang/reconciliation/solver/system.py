"""What the solver is given: integers on one grid, each with its half-width, and the linear relations between them.

It knows no budgets. The caller chooses the grid (分, half-分, or finer) so that every value, half-width, coefficient
and bound is an exact ``int`` of any size.
"""

from __future__ import annotations

from dataclasses import dataclass

WEIGHT_STEP = 2


@dataclass(frozen=True, slots=True)
class Variable:
    """One printed number, or a latent one that is printed nowhere.

    The true number lies in the closed interval ``value ± half`` (``half`` 0: exact); ``value`` None is latent: any
    number, and never a suspect. ``weight`` is the cost of declaring the printed number wrong. ``copies`` names a group
    of copies: printed variables with the same label and the same value count as copies of one figure, in addition to
    those that the relations themselves tie by ``x = y``.
    """

    value: int | None
    half: int = 0
    weight: int = WEIGHT_STEP
    copies: int | None = None

    def __post_init__(self) -> None:
        if self.half < 0:
            raise ValueError("half must not be negative")
        if self.weight < 1:
            raise ValueError("weight must be at least 1")

    @property
    def is_latent(self) -> bool:
        return self.value is None


@dataclass(frozen=True, slots=True)
class Relation:
    """``lower <= sum(coefficient * x) <= upper``, exact integers; ``None`` is unbounded, an equality has both equal.

    ``owner`` makes it soft: it holds only while that variable is not declared wrong (a printed percentage owns the two
    rows that confine a ratio; the owner need not occur in ``terms``).
    """

    terms: tuple[tuple[int, int], ...]
    lower: int | None = 0
    upper: int | None = 0
    owner: int | None = None

    def __post_init__(self) -> None:
        if not self.terms:
            raise ValueError("a relation needs at least one term")
        if len({index for _, index in self.terms}) != len(self.terms):
            raise ValueError("a relation must name each variable once")
        if any(coefficient == 0 for coefficient, _ in self.terms):
            raise ValueError("a coefficient must not be zero")
        if self.lower is not None and self.upper is not None and self.lower > self.upper:
            raise ValueError("lower must not exceed upper")

    @property
    def is_equality(self) -> bool:
        return self.lower is not None and self.lower == self.upper


@dataclass(frozen=True, slots=True, eq=False)
class System:
    """Variables and the relations between them; a variable is known by its index. A system equals itself only."""

    variables: tuple[Variable, ...]
    relations: tuple[Relation, ...]

    def __post_init__(self) -> None:
        count = len(self.variables)
        for relation in self.relations:
            for _, index in relation.terms:
                if not 0 <= index < count:
                    raise ValueError(f"a relation names variable {index} of {count}")
            owner = relation.owner
            if owner is not None and (not 0 <= owner < count or self.variables[owner].is_latent):
                raise ValueError(f"variable {owner} cannot own a relation: it is not printed")


@dataclass(frozen=True, slots=True)
class Conflict:
    """Printed variables that cannot all be right, and why: ``sum(multiplier * relation)`` contradicts their intervals.

    ``multipliers`` are coprime non-zero integers aligned with ``relations`` (a positive one uses the relation's lower
    bound, a negative one its upper bound). ``variables`` are exactly the printed variables whose intervals the
    combination uses, and the owners of its soft relations. Empty ``variables``: the relations contradict each other.
    """

    variables: tuple[int, ...]
    relations: tuple[int, ...]
    multipliers: tuple[int, ...]
