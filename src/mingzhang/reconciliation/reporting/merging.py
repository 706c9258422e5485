"""Sums by way of amounts that are printed nowhere, told as one sum of what is printed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from mingzhang.reconciliation.derivation import Book, Tie


def merged_sum(book: Book, ties: Sequence[Tie]) -> Tie | None:
    """合计 = Σ类 (not printed), 类 = Σ款 (not printed) …: 合计 against all rows that are; ``None`` if they are no such chain.

    Every unprinted amount must be defined by one of the ties, and one printed amount only by such.
    """
    if any(tie.kind != "sum" or tie.lower != 0 or tie.upper != 0 for tie in ties):
        return None
    made_of = {tie.terms[0][1]: tie for tie in ties if book.is_latent(tie.terms[0][1])}
    tops = [tie for tie in ties if not book.is_latent(tie.terms[0][1]) and any(book.is_latent(v) for _, v in tie.terms)]
    if len(tops) != 1:
        return None
    terms: Counter[int] = Counter()
    waiting = list(tops[0].terms)
    for _ in range(len(ties) + 1):
        latent = [(c, v) for c, v in waiting if book.is_latent(v)]
        for coefficient, variable in waiting:
            if not book.is_latent(variable):
                terms[variable] += coefficient
        if not latent:
            break
        waiting = []
        for coefficient, variable in latent:
            tie = made_of.get(variable)
            if tie is None:
                return None
            first = tie.terms[0][0]
            waiting += [(-coefficient * c // first, v) for c, v in tie.terms[1:]]
    else:
        return None
    whole = tops[0].terms[0]
    parts = tuple((c, v) for v, c in terms.items() if v != whole[1] and c)
    tables = {book.observations[v].source.table for _, v in parts}
    return replace(tops[0], terms=(whole, *parts), table=tables.pop() if len(tables) == 1 else None)
