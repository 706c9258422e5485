"""Accounts of a fund that keeps what it does not spend: what it had and took in is what it spent and has left."""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.reconciliation.derivation.book import Book
from mingzhang.reconciliation.derivation.tie import Tie

_FUNDS = ("gov_fund", "state_capital")  # nothing of theirs is distributed, or made good from other balances


def carried_over(book: Book) -> Iterator[Tie]:
    """年初结转和结余 + 本年收入 = 本年支出 + 年末结转和结余, in all and in each class, where all four are printed.

    Customary where a sentence leaves open what it speaks of.
    """
    for point in list(book.by_point):
        if point.flow != "carried_out" or point.fund not in _FUNDS or point.stage != "final":
            continue
        if point.measure != "amount" or point.nature is not None or point.object is not None:
            continue
        flows = [book.find(point.at(flow=flow)) for flow in ("carried_in", "income", "expenditure", "carried_out")]
        found = [variable for variable in flows if variable is not None]
        if len(found) < len(flows) or not book.any_printed(found):
            continue
        carried_in, income, spent, left = found
        open_ = any(book.observations[variable].is_open for variable in found)
        terms = ((1, left), (-1, carried_in), (-1, income), (1, spent))
        yield Tie("carried_over", terms, "customary" if open_ else "definite")
