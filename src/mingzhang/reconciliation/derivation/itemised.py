"""Items of the text: where the list of one stage adds up to its total, the same list adds up at another stage too.

收入支出决算 prints its tables for the accounts only; 年初预算 stands in the sentences, item by item, beside a total. That
a list is whole is not known from itself: it is where the same items make up the total of the other stage.
"""

from __future__ import annotations

from collections.abc import Iterator

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
        sums = {rest: terms for rest in stages if (terms := _sum(book, rest, lists[rest]))}
        whole = [rest for rest, terms in sums.items() if len(lists[rest]) >= _FEWEST and book.may_hold(terms)]
        for rest, terms in sums.items():
            if ("function", rest) in book.listings:
                continue
            if any(other != rest and lists[other].keys() == lists[rest].keys() for other in whole):
                yield Tie("sum", terms, "customary", dimension="function")


def _sum(book: Book, rest: Point, items: dict[str, int]) -> tuple[tuple[int, int], ...]:
    """The total less its items; nothing where no total is printed."""
    total = book.find(rest)
    return () if total is None else ((1, total), *((-1, items[code]) for code in sorted(items)))
