"""Comparisons with the year before: a stated change or rate ties two points one year apart."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mingzhang.cube.point import Point
from mingzhang.reconciliation.derivation.book import Book
from mingzhang.reconciliation.derivation.tie import Tie


def comparisons(book: Book) -> Iterator[Tie]:
    """增加 x 万元 is this year less last year; 增长 y% confines their ratio. The other year may be latent.

    Customary: a sentence that does not say which figure of last year it means (预算, 执行, 决算) cannot prove an error.
    """
    for point in list(book.by_point):
        if point.measure not in ("change", "change_rate") or point.year is None:
            continue
        amount = point.at(measure="amount")
        this = book.find_or_latent(amount)
        last = book.find_or_latent(amount.at(year=point.year - 1))
        for index in book.by_point[point]:
            if point.measure == "change":
                yield Tie("change", ((1, index), (-1, this), (1, last)), "customary")
            elif _has_rate(book, index, last):
                yield from _rate(book, index, this, last)


def _has_rate(book: Book, index: int, last: int) -> bool:
    """Whether a growth rate is stated and can be: a blank or a dash states none, a base of nought or less has none."""
    if book.is_latent(last) or book.observations[index].amount.is_blank:
        return False
    return book.observations[last].amount.value > 0


def _rate(book: Book, index: int, this: int, last: int) -> Iterator[Tie]:
    """``last * (1 + (r - h)) <= this <= last * (1 + (r + h))`` for a printed rate r ± h, in whole numbers."""
    rate = book.observations[index].amount
    half = Decimal(1).scaleb(-rate.decimals) / 2
    scale = 2 * 100 * 10**rate.decimals
    low = int((rate.value - half) / 100 * scale) + scale
    high = int((rate.value + half) / 100 * scale) + scale
    yield Tie("change_rate", ((scale, this), (-low, last)), "customary", upper=None, owner=index)
    yield Tie("change_rate", ((scale, this), (-high, last)), "customary", lower=None, owner=index)


def split_latents(book: Book) -> Iterator[Tie]:
    """基本 + 项目 = 合计 for points that only comparisons speak of (last year's 基本支出, say)."""
    rests: dict[Point, set[str]] = {}
    for point in [*book.latent, *book.by_point]:
        if point.nature in ("basic", "project") and point.measure == "amount" and point.staffing is None:
            rests.setdefault(point.at(nature=None), set()).add(point.nature)
    for rest, natures in rests.items():
        parts = [book.known(rest.at(nature=nature)) for nature in ("basic", "project")]
        whole = book.known(rest)
        if len(natures) < 2 or whole is None or parts[0] is None or parts[1] is None:
            continue
        if any(book.is_latent(variable) for variable in (whole, parts[0], parts[1])):
            yield Tie("sum", ((1, whole), (-1, parts[0]), (-1, parts[1])), "customary", dimension="nature")
