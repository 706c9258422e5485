"""All ties of a book, without repeats and without those that a latent point makes idle."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from mingzhang.reconciliation.derivation.book import Book
from mingzhang.reconciliation.derivation.carried import carried_over
from mingzhang.reconciliation.derivation.classes import crosswalks, levels, project_bounds, topics
from mingzhang.reconciliation.derivation.comparisons import claims, comparisons, split_latents
from mingzhang.reconciliation.derivation.identities import (
    balances,
    fund_bounds,
    fund_closures,
    listed_elsewhere,
    same_points,
)
from mingzhang.reconciliation.derivation.itemised import itemised
from mingzhang.reconciliation.derivation.outlines import outlines
from mingzhang.reconciliation.derivation.scopes import scope_parts
from mingzhang.reconciliation.derivation.shares import shared_wholes
from mingzhang.reconciliation.derivation.staffing import staffings
from mingzhang.reconciliation.derivation.sums import sums
from mingzhang.reconciliation.derivation.tie import Tie
from mingzhang.reconciliation.derivation.told import told_lists, told_sides


@dataclass(frozen=True, slots=True)
class Derivation:
    """The ties that can be evaluated, and how many could not be: an operand or a part was not read."""

    ties: tuple[Tie, ...]
    not_evaluable: int


def derive(book: Book) -> Derivation:
    """Derive every tie. Latent points are added to the book on the way; the order is fixed by the document."""
    ties: list[Tie] = [*sums(book), *same_points(book)]
    ties += comparisons(book)
    ties += claims(book)
    ties += split_latents(book)
    ties += balances(book)
    ties += fund_closures(book)
    ties += fund_bounds(book)
    ties += listed_elsewhere(book)
    ties += crosswalks(book)
    ties += topics(book)
    ties += scope_parts(book)
    ties += carried_over(book)
    ties += project_bounds(book)
    ties += levels(book)
    ties += staffings(book)
    ties += outlines(book)
    ties += itemised(book)
    ties += shared_wholes(book)
    ties += told_lists(book)
    ties += told_sides(book)
    unique = _unique(ties)
    holes = {book.latent[hole] for table in book.tables.values() for hole in table.holes if hole in book.latent}
    kept = _pruned(book, [tie for tie in unique if not tie.blocked])
    blocked = sum(tie.blocked or any(variable in holes for _, variable in tie.terms) for tie in unique)
    return Derivation(kept, blocked - sum(any(variable in holes for _, variable in tie.terms) for tie in kept))


def _unique(ties: Iterable[Tie]) -> list[Tie]:
    """One tie for each set of terms and bounds; the first, most definite one is kept."""
    kept: dict[tuple[object, ...], Tie] = {}
    for tie in ties:
        key = (frozenset(tie.terms), tie.lower, tie.upper, tie.owner)
        negated = (frozenset((-c, v) for c, v in tie.terms), tie.lower, tie.upper, tie.owner)
        if key in kept or (tie.lower == tie.upper == 0 and negated in kept):
            continue
        kept[key] = tie
    return list(kept.values())


def _pruned(book: Book, ties: list[Tie]) -> tuple[Tie, ...]:
    """Without the ties that a latent point of no other tie satisfies whatever is printed."""
    while book.latent:
        uses = Counter(variable for tie in ties for _, variable in tie.terms if book.is_latent(variable))
        kept = [tie for tie in ties if not any(uses[variable] == 1 for _, variable in tie.terms)]
        if len(kept) == len(ties):
            break
        ties = kept
    return tuple(ties)
