"""Parts of a sentence whose stated shares make a hundred per cent are all of the whole: their amounts add up to it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mingzhang.cube.claim import Claim
from mingzhang.reconciliation.derivation.book import Book
from mingzhang.reconciliation.derivation.tie import Tie

_ALL = Decimal(100)
_FEWEST = 2


def shared_wholes(book: Book) -> Iterator[Tie]:
    """A sum for each run of shares of one amount that comes to 100 %, but for rounding.

    Customary: a part of less than half the last digit of a share may have been left out.
    """
    run: list[Claim] = []
    total, slack = Decimal(0), Decimal(0)
    for claim in sorted(book.claims, key=lambda each: each.figure):
        if claim.kind != "share" or not isinstance(claim.left, int) or not isinstance(claim.right, int):
            continue
        if run and (claim.right != run[-1].right or claim.left in [each.left for each in run]):
            run, total, slack = [], Decimal(0), Decimal(0)
        run.append(claim)
        share = book.observations[claim.figure].amount
        total, slack = total + share.value, slack + share.quantum / 2
        if abs(total - _ALL) > slack:
            continue
        parts = [each.left for each in run if isinstance(each.left, int)]
        if len(run) >= _FEWEST and claim.right not in parts:
            terms = ((1, claim.right), *((-1, part) for part in parts))
            yield Tie("sum", terms, "customary", dimension="flow")
        run, total, slack = [], Decimal(0), Decimal(0)
