"""Lists that the text tells (收入100万元，其中：A 60万元，B 40万元): a whole and the parts that follow it at once.

No sentence says whether it lists everything, so a list that falls short proves nothing. Nearly all do, though: one that
adds up, or would with a single digit changed, is held to be whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.cube.amount import Amount
from mingzhang.cube.hierarchy import ancestors
from mingzhang.cube.point import UNKNOWN_SCOPE, Point
from mingzhang.reconciliation.derivation.book import Book
from mingzhang.reconciliation.derivation.tie import Tie

_FEWEST = 2
_RECEIVED = ("income", "sources")
_CARRIED = ("carried_in", "balance_used")
_TELLING = 1_000  # an amount of four digits
_MOST_STEPS = 9  # steps that rounding may put between a list and its whole


@dataclass(slots=True)
class _Told:
    """An amount of the text: its variable and point, and where its own parts end in the sequence."""

    variable: int
    point: Point


def told_lists(book: Book) -> Iterator[Tie]:
    """A customary sum for each list of the text that adds up, or misses by one digit."""
    told = [
        _Told(index, observation.point)
        for index, observation in enumerate(book.observations)
        if observation.origin == "text" and observation.point.measure == "amount" and not observation.amount.is_blank
    ]
    at = 0
    while at < len(told):
        found: list[Tie] = []
        end = _list_at(book, told, at, found)
        yield from found
        at = max(end, at + 1) if found else at + 1


def _list_at(book: Book, told: Sequence[_Told], at: int, found: list[Tie]) -> int:
    """Where the list ends whose whole stands at ``at``; its sum, and those of lists within it, go to ``found``."""
    whole = told[at].point
    parts: list[int] = []
    dimension: str | None = None
    seen: set[Point] = set()
    place = at + 1
    while place < len(told):
        part = told[place].point
        split = _split(whole, part)
        if split is None or dimension not in (None, split) or part in seen:
            break
        if any(_split(before, part) is not None for before in seen):
            break  # the parts of a part, told further on
        dimension = split
        seen.add(part)
        parts.append(told[place].variable)
        place = _list_at(book, told, place, found)
    if len(parts) >= _FEWEST and dimension is not None and _adds_up(book, told[at].variable, parts):
        terms = ((1, told[at].variable), *((-1, part) for part in parts))
        found.append(Tie("sum", terms, "customary", dimension=dimension))
    return place


def _split(whole: Point, part: Point) -> str | None:
    """The dimension along which one point is a part of the other, if it is along but one."""
    if (whole.agency or "").startswith(UNKNOWN_SCOPE) or whole.year != part.year or whole.stage != part.stage:
        return None
    if part.fund != whole.fund and part.at(fund=whole.fund, flow=whole.flow) == whole:
        within = part.fund is not None and (whole.fund is None or whole.fund in ancestors("fund", part.fund))
        same_side = part.flow == whole.flow or (part.flow in _RECEIVED and whole.flow in _RECEIVED)
        return "fund" if within and same_side and whole.flow is not None else None
    beside = whole.flow == "income" and whole.stage != "budget"  # 本年收入合计…。此外，年初结转和结余…
    if part.flow in _CARRIED and whole.flow in _RECEIVED and not beside and part.at(flow=whole.flow) == whole:
        return "fund"  # 上年结转 among the funds that make 收入总计
    for dimension in ("function", "topic", "purchase"):
        value, of = part.get(dimension), whole.get(dimension)
        if value is not None and value != of and part.at(**{dimension: of}) == whole:
            if dimension == "function":
                return f"function{len(str(value))}" if of is None or str(value).startswith(str(of)) else None
            return dimension if of is None or of in ancestors(dimension, str(value)) else None
    if part.object is not None and whole.object is None and part.at(object=None, flow=whole.flow) == whole:
        return f"object{len(part.object)}" if whole.topic is not None else None
    return None


def _adds_up(book: Book, whole: int, parts: Sequence[int]) -> bool:
    """Whether the parts make the whole as printed, or would if one digit of one of the amounts were another."""
    amounts = [book.observations[variable].amount for variable in (whole, *parts)]
    slack = sum((amount.quantum for amount in amounts), Decimal(0)) / 2
    whole_amount = amounts[0]
    gap = whole_amount.fen - sum((amount.fen for amount in amounts[1:]), Decimal(0))
    if abs(gap) <= slack:
        return True
    step = min(amount.quantum for amount in amounts)
    if gap > 0:
        # Something may have been left out: a coincidence has to be the less likely.
        amounts = [amount for amount in amounts if amount.fen / amount.quantum >= _TELLING]
    return any(_one_digit(amount, -gap if amount is whole_amount else gap, step, slack) for amount in amounts)


def _one_digit(amount: Amount, off: Decimal, step: Decimal, slack: Decimal) -> bool:
    """Whether the amount and what it should be, give or take the rounding of the others, differ in one digit."""
    steps = min(int(slack / step), _MOST_STEPS)
    for more in range(-steps, steps + 1):
        right = amount.fen + off + more * step
        if right < 0:
            continue
        old, new = (int(value / amount.quantum) for value in (amount.fen, right))
        if right % amount.quantum == 0 and _distance(str(old), str(new)) == 1:
            return True
    return False


def _distance(left: str, right: str) -> int:
    return sum(a != b for a, b in zip(left, right, strict=True)) if len(left) == len(right) else len(left) + len(right)
