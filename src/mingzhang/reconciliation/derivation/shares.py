"""Parts of a sentence whose stated shares make a hundred per cent are all of the whole: their amounts add up to it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mingzhang.cube.claim import Claim
from mingzhang.reconciliation.derivation.book import Book
from mingzhang.reconciliation.derivation.tie import Tie
from mingzhang.reconciliation.derivation.told import adds_up

_ALL = Decimal(100)
_FEWEST = 2


def shared_wholes(book: Book) -> Iterator[Tie]:
    """A sum for each run of shares of one amount that comes to 100 %, but for rounding.

    Customary: a part of less than half the last digit of a share may have been left out.
    """
    for run in _runs(book):
        parts = [each.left for each in run if isinstance(each.left, int)]
        whole = run[0].right
        if not isinstance(whole, int) or whole in parts:
            continue
        # 占100% of one part alone is said of what is nearly all as well.
        if len(run) >= _FEWEST or adds_up(book, whole, parts):
            yield Tie("sum", ((1, whole), *((-1, part) for part in parts)), "customary", dimension="flow")


def _runs(book: Book) -> Iterator[list[Claim]]:
    """Shares in a row of one amount, as many of them as together come to 100 %."""
    run: list[Claim] = []
    all_of_it: list[Claim] = []
    total, slack = Decimal(0), Decimal(0)
    for claim in sorted(book.claims, key=lambda each: each.figure):
        if claim.kind != "share" or not isinstance(claim.left, int) or not isinstance(claim.right, int):
            continue
        share = book.observations[claim.figure].amount
        # Of nothing it is exactly nothing, to however few places it was printed.
        half = share.quantum / 2 if book.observations[claim.left].amount.value else Decimal(0)
        further, wider = total + share.value, slack + half
        goes_on = not run or (claim.right == run[-1].right and claim.left not in [each.left for each in run])
        if not goes_on or (all_of_it and abs(further - _ALL) > wider):
            yield from [all_of_it] if all_of_it else []
            run, all_of_it, further, wider = [], [], share.value, half
        run.append(claim)
        total, slack = further, wider
        if abs(total - _ALL) <= slack:
            all_of_it = list(run)
    yield from [all_of_it] if all_of_it else []
