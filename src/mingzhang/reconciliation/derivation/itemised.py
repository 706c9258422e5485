"""Items of the text: where the list of one stage adds up to its total, the same list adds up at another stage too.

收入支出决算 prints its tables for the accounts only; 年初预算 stands in the sentences, item by item, beside a total. That
a list is whole is not known from itself: it is where the same items make up the total of the other stage.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mingzhang.cube.point import Point
from mingzhang.reconciliation.derivation.book import Book
from mingzhang.reconciliation.derivation.tie import Tie

_FEWEST = 3
_ITEM = 7  # digits of an item's code (项)


def itemised(book: Book) -> Iterator[Tie]:
    """The sums of the items of the text at stages that no table lists; customary, since a list may leave out others."""
    lists: dict[Point, dict[str, int]] = {}
    for number, observation in enumerate(book.observations):
        point = observation.point
        code = point.function
        if observation.origin == "text" and code is not None and len(code) == _ITEM and point.measure == "amount":
            lists.setdefault(point.at(function=None), {}).setdefault(code, number)
    like: dict[Point, list[Point]] = {}
    for rest in lists:
        like.setdefault(rest.at(stage=None), []).append(rest)
    for stages in like.values():
        whole = [rest for rest in stages if len(lists[rest]) >= _FEWEST and _adds_up(book, rest, lists[rest])]
        for rest in stages:
            total = book.find(rest)
            if total is None or ("function", rest) in book.listings:
                continue
            if any(other != rest and lists[other].keys() == lists[rest].keys() for other in whole):
                terms = ((1, total), *((-1, lists[rest][code]) for code in sorted(lists[rest])))
                yield Tie("sum", terms, "customary", dimension="function")


def _adds_up(book: Book, rest: Point, items: dict[str, int]) -> bool:
    """Whether the items make up their total, each off by less than half of its last place."""
    total = book.find(rest)
    if total is None:
        return False
    amounts = [book.observations[number].amount for number in (total, *items.values())]
    slack = sum((amount.quantum / 2 for amount in amounts), Decimal())
    return abs(amounts[0].fen - sum((amount.fen for amount in amounts[1:]), Decimal())) <= slack
