"""Identities over the whole disclosure: one point printed twice, both sides of a balance, all funds of a unit."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from mingzhang.cube.hierarchy import ancestors, members, parent
from mingzhang.cube.point import Point
from mingzhang.reconciliation.derivation.book import Book
from mingzhang.reconciliation.derivation.tie import Tie

_LEAF_FUNDS = tuple(sorted(fund for fund in members("fund") or () if fund not in ("fiscal", "own")))
_OUTFLOWS = ("expenditure", "uses")


def same_points(book: Book) -> Iterator[Tie]:
    """Every further observation of a point equals the first one that a table prints."""
    for point, indices in book.by_point.items():
        if point.measure not in ("amount", "change"):
            continue
        reference = book.find(point)
        if reference is None:
            continue
        for index in indices:
            if index != reference and book.any_printed((index, reference)):
                observation = book.observations[index]
                # A sentence that leaves open what it speaks of cannot prove an error.
                open_ = observation.is_open or book.observations[reference].is_open
                strength: Literal["definite", "customary"] = "customary" if open_ else "definite"
                yield Tie("same_point", ((1, index), (-1, reference)), strength, table=observation.source.table)


def balances(book: Book) -> Iterator[Tie]:
    """收入总计 = 支出总计, of all funds together and of each fund that the tables show."""
    for point in [*book.by_point, *book.latent]:
        if point.flow != "sources" or point != Point(
            year=point.year, stage=point.stage, flow="sources", fund=point.fund
        ):
            continue
        sources, uses = book.known(point), book.known(point.at(flow="uses"))
        if sources is None or uses is None or not book.any_printed((sources, uses)):
            continue
        if not any(not book.is_latent(v) and "flow" in book.observations[v].unsaid for v in (sources, uses)):
            # 总收入 and 总支出 that may be of the year alone need not balance.
            yield Tie("balance", ((1, sources), (-1, uses)))


def fund_closures(book: Book) -> Iterator[Tie]:
    """A point of all funds is the sum over the funds that the unit has, where the tables show each of them.

    The unit's funds are those whose income or carry-over is not printed as zero (or not listed) in a table of income.
    """
    for year, stage in sorted({(p.year, p.stage) for p in book.by_point}, key=str):
        held = _funds_held(book, year, stage)
        if held is None:
            continue
        for point in list(book.by_point):
            if (point.year, point.stage, point.measure) != (year, stage, "amount") or point.flow not in _OUTFLOWS:
                continue
            if point.topic is not None or point.project is not None:
                continue
            if point.fund is None:
                yield from _closure(book, point, held)
            elif point.fund == "fiscal":
                yield from _closure(book, point, {f: half for f, half in held.items() if parent("fund", f) == "fiscal"})
            elif held.get(point.fund) == 0:
                yield from _lost_whole(book, point)


def fund_bounds(book: Book) -> Iterator[Tie]:
    """What one table prints of one fund is part of what another prints of all funds, or of 财政拨款, at the same point.

    All that is left to say where the funds of a unit do not close (its other funds are printed nowhere by class). Only
    where the part is printed larger: else it says nothing, and would join what goes wrong in one table with the other.
    Customary: a table may take in what was carried over, and another not.
    """
    for point in list(book.by_point):
        if point.fund is None or point.flow not in _OUTFLOWS or point.measure != "amount":
            continue
        if point.topic is not None or point.project is not None:
            continue
        part = book.find(point)
        wholes = [book.find(point.at(fund=fund)) for fund in (*ancestors("fund", point.fund), None)]
        above = next((whole for whole in wholes if whole is not None), None)
        if part is None or above is None or not _exceeds(book, part, above):
            continue
        places = [book.observations[variable] for variable in (part, above)]
        if places[0].source.table != places[1].source.table and all(o.origin == "table" for o in places):
            yield Tie("fund_bound", ((1, above), (-1, part)), "customary", upper=None)


def _exceeds(book: Book, part: int, whole: int) -> bool:
    """Whether a printed amount is larger than another by more than rounding, cutting off and a forced unit explain."""
    one, other = book.observations[part].amount, book.observations[whole].amount
    return one.fen - other.fen > (one.quantum + other.quantum) * 3 / 2


def listed_elsewhere(book: Book) -> Iterator[Tie]:
    """A class that one table prints is zero where another table of the same scope lists its like, and not it.

    Only against tables with a total that list at that depth: a table of some classes says nothing of others.
    """
    for (dimension, rest), listings in list(book.listings.items()):
        for listing in listings:
            for other in listings:
                if other.total is None or other.table == listing.table or not listing.levels <= other.levels:
                    continue
                for code in sorted(listing.codes - other.codes):
                    point = rest.at(**{dimension: code})
                    found = book.find(point, listing.table)
                    if found is None or book.is_zero(found) or book.listing_without(point) is None:
                        continue
                    yield Tie("missing_row", ((1, found),), table=other.table)


def _lost_whole(book: Book, part: Point) -> Iterator[Tie]:
    """What is spent of one fund is spent in all: an exhaustive table of all funds must list it too."""
    whole = part.at(fund=None)
    spent = book.find(part)
    if spent is None or book.is_zero(spent) or book.find(whole) is not None:
        return
    listing = book.listing_without(whole)
    if listing is not None:
        yield Tie("missing_row", ((1, spent),), table=listing.table)


def _funds_held(book: Book, year: int | None, stage: str | None) -> dict[str, int] | None:
    """The funds that the unit has; ``None`` if no table lists the unit's income by fund.

    With each, what it can hold unseen, in 分: nothing of a fund that shows an amount, half a quantum of one printed as
    0.00: so little may be there, and in a class too.
    """
    base = Point(year=year, stage=stage)
    total = book.known(base.at(flow="income"))
    total = total if total is not None else book.known(base.at(flow="sources"))
    if total is None:
        return None
    shown: dict[str, bool] = {}
    nought: dict[str, int] = {}
    for flow in ("income", "sources", "carried_in", "balance_used"):
        for fund in _LEAF_FUNDS:
            found = book.find(base.at(flow=flow, fund=fund))
            if found is not None:
                shown[fund] = shown.get(fund, False) or not book.is_zero(found)
                amount = book.observations[found].amount
                if not amount.is_blank:
                    nought[fund] = max(nought.get(fund, 0), int(amount.quantum / 2))
        if flow in ("carried_in", "balance_used"):
            found = book.find(base.at(flow=flow))
            if found is not None and not book.is_zero(found) and not any(shown.values()):
                return None
    carried = [book.find(base.at(flow=flow)) for flow in ("carried_in", "balance_used")]
    if any(found is not None and not book.is_zero(found) for found in carried):
        # What was carried in may be of any fund: then no fund is known to be absent.
        return None
    if len(shown) < 3:
        return None
    return {fund: 0 if shown[fund] else nought[fund] for fund in _LEAF_FUNDS if shown.get(fund) or nought.get(fund)}


def _closure(book: Book, point: Point, held: dict[str, int]) -> Iterator[Tie]:
    whole = book.find(point)
    if whole is None or not held or book.observations[whole].is_open:
        return
    parts: list[int] = []
    absent_from: str | None = None
    slack = sum(held.values())
    for fund, half in held.items():
        if half:
            continue
        part = point.at(fund=fund)
        found = book.known(part)
        if found is not None:
            parts.append(found)
            continue
        listing = book.listing_without(part)
        if listing is None:
            return
        absent_from = listing.table
    if not parts and absent_from is not None:
        if not book.is_zero(whole):
            yield Tie("missing_row", ((1, whole),), lower=-slack, upper=slack, table=absent_from)
        return
    if book.any_printed((whole, *parts)):
        terms = ((1, whole), *((-1, part) for part in parts))
        yield Tie("fund_closure", terms, lower=-slack, upper=slack, dimension="fund")
