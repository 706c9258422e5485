"""Ties within a customary scope: 接待费 of its kinds, and what small businesses are paid of what is bought."""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.cube.point import Point
from mingzhang.reconciliation.derivation.book import Book
from mingzhang.reconciliation.derivation.tie import Tie

# What is bought from some suppliers, or kept for them, and what that is part of.
_WITHIN = {
    "small_business_contracts": "procurement",
    "micro_business_contracts": "small_business_contracts",
    "small_business_reserve": "procurement",
    "micro_business_reserve": "small_business_reserve",
}


def scope_parts(book: Book) -> Iterator[Tie]:
    """Parts that a scope is told by: customary, since what they are counted by can differ."""
    for point in list(book.by_point):
        if point.topic is None or point.measure != "amount":
            continue
        if point.topic == "domestic_reception":
            yield from _reception(book, point)
        elif point.topic in _WITHIN:
            yield from _within(book, point, _WITHIN[point.topic])


def _within(book: Book, point: Point, topic: str) -> Iterator[Tie]:
    """What is bought from some suppliers, or kept for them, is no more than what is bought."""
    if point.topic == "small_business_reserve" and point.stage != "budget":
        return  # beside accounts it is the budget's, of which no amount need be printed
    whole, part = book.find(point.at(topic=topic)), book.find(point)
    if whole is not None and part is not None and book.any_printed((whole, part)):
        yield Tie("topic_bound", ((1, whole), (-1, part)), "customary", upper=None)


def _reception(book: Book, point: Point) -> Iterator[Tie]:
    """接待费 is what is spent at home and abroad; or at home on guests of two kinds, where 国内 is not all of it."""
    whole, home = book.find(point.at(topic="reception")), book.find(point)
    if whole is None or home is None or not book.any_printed((whole, home)):
        return
    abroad = book.find(point.at(topic="reception_abroad"))
    guests = book.find(point.at(topic="foreign_guests"))
    if abroad is not None:
        yield Tie("topic", ((1, whole), (-1, home), (-1, abroad)), "customary")
    elif guests is not None and not book.may_hold(((1, whole), (-1, home))):
        # 国内公务接待…（含外宾接待…） is all of it; 外宾接待…；国内公务接待… are its two parts.
        yield Tie("topic", ((1, whole), (-1, home), (-1, guests)), "customary")
    else:
        yield Tie("topic_bound", ((1, whole), (-1, home)), "customary", upper=None)
