"""Comparisons with the year before: a stated change or rate ties two points one year apart."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Literal

from mingzhang.cube.amount import Amount
from mingzhang.cube.claim import Operand
from mingzhang.cube.hierarchy import members, parent
from mingzhang.cube.point import Point
from mingzhang.reconciliation.derivation.book import Book
from mingzhang.reconciliation.derivation.tie import Tie

Strength = Literal["definite", "customary"]
RatioKind = Literal["change_rate", "share", "completion"]


def comparisons(book: Book) -> Iterator[Tie]:
    """A column of 增减: this year less last year, or their ratio. The other year may be latent.

    Customary: a column that does not say which figure of last year it means (预算, 执行, 决算) cannot prove an error.
    """
    for point in list(book.by_point):
        if point.measure not in ("change", "change_rate") or point.year is None:
            continue
        printed = [index for index in book.by_point[point] if book.observations[index].origin == "table"]
        if not printed:
            continue
        amount = point.at(measure="amount")
        this = book.find_or_latent(amount)
        former = amount.at(year=point.year - 1)
        for index in printed:
            spent = _spent_beside(book, index, amount, former)
            last = _beside(book, index, former) if spent is None else this
            last = book.find_or_latent(former) if last is None else last
            now = this if spent is None else spent
            if point.measure == "change":
                yield Tie("change", ((1, index), (-1, now), (1, last)), "customary")
            elif _has_ratio(book, index, last):
                yield from _ratio(book, "change_rate", index, now, last, "customary")


def claims(book: Book) -> Iterator[Tie]:
    """What sentences claim of two amounts: 增加 x 万元, 增长 y%, 占 y%, 完成 y%.

    Definite where the sentence itself says which two amounts it compares and leaves nothing of them open.
    """
    changes = {(claim.left, claim.right): claim.figure for claim in book.claims if claim.kind == "change"}
    for claim in book.claims:
        left, right = _variable(book, claim.left), _variable(book, claim.right)
        # Two figures of one sentence are compared whatever they are of; a point is looked for where it may not be meant.
        named = isinstance(claim.left, Point) or isinstance(claim.right, Point)
        open_ = named and any(not book.is_latent(v) and book.observations[v].is_open for v in (left, right))
        strength: Strength = "definite" if claim.certain and not open_ else "customary"
        if left == right:
            continue
        if claim.kind == "change":
            yield Tie("change", ((1, claim.figure), (-1, left), (1, right)), strength)
            if book.is_latent(right) and _grown_too_much(book, claim.figure, left):
                # What was there before cannot have been less than nothing; where it is not, nothing need be said.
                yield Tie("grown", ((1, left), (-1, claim.figure)), strength, upper=None)
        elif _has_ratio(book, claim.figure, right) and not book.is_latent(left):
            yield from _ratio(book, claim.kind, claim.figure, left, right, strength)
        elif claim.kind == "change_rate" and not book.is_latent(left) and book.is_latent(right):
            change = changes.get((claim.left, claim.right))
            if change is not None:
                # All three of one sentence, or an amount that is printed elsewhere, which may be of another scope.
                told = isinstance(claim.left, int)
                yield from _stated_rate(book, claim.figure, left, change, "definite" if told else "customary")


def _spent_beside(book: Book, index: int, amount: Point, former: Point) -> int | None:
    """What was spent, where the table of a change from the budget prints it and nothing of last year."""
    if amount.stage not in ("budget", "adjusted") or _beside(book, index, former) is not None:
        return None
    found = {_in_table(book, index, amount.at(stage=stage)) for stage in ("executed", "final")} - {None}
    return found.pop() if len(found) == 1 else None


def _in_table(book: Book, index: int, point: Point) -> int | None:
    """The figure for a point in the table of another."""
    table = book.observations[index].source.table
    found = None if table is None else book.find(point, table)
    return found if found is not None and book.observations[found].source.table == table else None


def _beside(book: Book, index: int, former: Point) -> int | None:
    """The one column of last year in the table of a change, whatever its stage: that is what it compares with."""
    stages = ("budget", "adjusted", "executed", "final")
    own = {_in_table(book, index, former.at(stage=stage)) for stage in stages} - {None}
    return own.pop() if len(own) == 1 else None


def _grown_too_much(book: Book, change: int, left: int) -> bool:
    return not book.is_latent(left) and book.observations[left].amount.fen < book.observations[change].amount.fen


def _variable(book: Book, operand: Operand) -> int:
    return operand if isinstance(operand, int) else book.find_or_latent(operand)


def _has_ratio(book: Book, index: int, base: int) -> bool:
    """Whether a rate is stated and can be: a blank or a dash states none, a base of nought or less has none."""
    if book.is_latent(base) or book.observations[index].amount.is_blank:
        return False
    return book.observations[base].amount.value > 0


def _ratio(book: Book, kind: RatioKind, index: int, left: int, base: int, strength: Strength) -> Iterator[Tie]:
    """``base * (r - h) <= left <= base * (r + h)`` for a printed rate r ± h, in whole numbers; growth starts at 1."""
    scale, low, high = _bounds(book.observations[index].amount, start=kind == "change_rate")
    yield Tie(kind, ((scale, left), (-low, base)), strength, upper=None, owner=index)
    yield Tie(kind, ((scale, left), (-high, base)), strength, lower=None, owner=index)


def _further(book: Book, dimension: str, parts: tuple[str, ...]) -> dict[Point, list[int]]:
    """What is listed beside the parts of a split (单位预留机动经费, 经营支出), by the point of the whole."""
    found: dict[Point, list[int]] = {}
    for point, variables in book.by_point.items() if dimension == "nature" else ():
        member = point.get(dimension)
        if member is not None and member not in parts:
            found.setdefault(point.at(**{dimension: None}), []).append(variables[0])
    return found


def _bounds(rate: Amount, start: bool) -> tuple[int, int, int]:
    """(scale, low, high): the ratio of two amounts is within low and high over scale; growth ``start``s at 1."""
    half = Decimal(1).scaleb(-rate.decimals) / 2
    scale = 2 * 100 * 10**rate.decimals
    first = scale if start else 0
    return scale, int((rate.value - half) / 100 * scale) + first, int((rate.value + half) / 100 * scale) + first


def _stated_rate(book: Book, index: int, left: int, change: int, strength: Strength) -> Iterator[Tie]:
    """支出84.68万元，减少3.21万元，下降3.65%: the year before is printed nowhere, yet it is the one less the other.

    With base = left - change, the rows of ``_ratio`` again. Definite: whatever the year before is of, the sentence itself
    gives all three figures.
    """
    stated = book.observations[index].amount
    before = book.observations[left].amount.fen - book.observations[change].amount.fen
    if stated.is_blank or before <= 0:
        return
    scale, low, high = _bounds(stated, start=True)
    yield Tie("stated_rate", ((scale - low, left), (low, change)), strength, upper=None, owner=index)
    yield Tie("stated_rate", ((scale - high, left), (high, change)), strength, lower=None, owner=index)


# Splits that a sentence makes of last year's amounts by comparing each part: the dimension, the whole and its parts.
_SPLITS: tuple[tuple[str, str | None, tuple[str, ...]], ...] = (
    ("nature", None, ("basic", "project")),
    ("fund", "fiscal", ("general", "gov_fund", "state_capital")),
    ("topic", "three_public", ("abroad", "vehicle", "reception")),
    ("topic", "three_public", ("abroad", "vehicle_purchase", "vehicle_running", "reception")),
    ("topic", "vehicle", ("vehicle_purchase", "vehicle_running")),
)


def split_latents(book: Book) -> Iterator[Tie]:
    """基本 + 项目 = 合计, and the three funds of 财政拨款, for points that only comparisons speak of (of last year, say)."""
    if not book.latent:
        return
    order = {point: number for number, point in reversed([*enumerate([*book.latent, *book.by_point])])}
    for dimension, node, parts in _SPLITS:
        rests: dict[Point, int] = {}
        for rest in _around_latents(book, dimension, node):
            found = [order[point] for part in parts if (point := rest.at(**{dimension: part})) in order]
            if len(found) == len(parts):
                rests[rest] = min(found)
        further = _further(book, dimension, parts) if rests else {}
        for rest in sorted(rests, key=rests.__getitem__):
            variables = [book.known(rest.at(**{dimension: part})) for part in parts]
            whole = book.known(rest)
            if whole is None and rest.flow == "expenditure":
                whole = book.known(rest.at(flow="uses"))
            known = [variable for variable in variables if variable is not None]
            if whole is None or len(known) < len(parts):
                continue
            # What is listed beside them is part of the whole as well.
            known += further.get(rest, [])
            others = [m for m in members(dimension) or () if m not in parts and parent(dimension, m) == node]
            if any(rest.at(**{dimension: other}) in book.latent for other in others):
                continue  # 经营支出 beside 基本支出 and 项目支出: the table's own sum takes it in
            if any(book.is_latent(variable) for variable in (whole, *known)):
                terms = ((1, whole), *((-1, variable) for variable in known))
                yield Tie("sum", terms, "customary", dimension=dimension)


def _around_latents(book: Book, dimension: str, node: str | None) -> set[Point]:
    """The wholes that are latent themselves or have a latent part: only there is something to be derived."""
    found: set[Point] = set()
    for point in book.latent:
        if point.measure != "amount" or point.staffing is not None:
            continue
        value = point.get(dimension)
        found.add(point if value == node else point.at(**{dimension: node}))
        if value == node and point.flow == "uses":
            found.add(point.at(flow="expenditure"))
    return found
