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
_CLASS = 3  # digits of a 类
_RECEIVED = ("income", "sources")
_SPENT = ("expenditure", "uses")
_CARRIED = ("carried_in", "balance_used")
_LEFT = ("carried_out", "distributed")
_TELLING = 1_000  # an amount of four digits
_MOST_STEPS = 9  # steps that rounding may put between a list and its whole


@dataclass(slots=True)
class _Told:
    """An amount of the text: its variable and point, and where its own parts end in the sequence."""

    variable: int
    point: Point


def told_lists(book: Book) -> Iterator[Tie]:
    """A customary sum for each list of the text that adds up, or misses by one digit."""
    for measure in ("amount", "change"):
        told = [
            _Told(index, observation.point)
            for index, observation in enumerate(book.observations)
            if observation.origin == "text" and observation.point.measure == measure and not observation.amount.is_blank
        ]
        at = 0
        while at < len(told):
            found: list[Tie] = []
            end = _list_at(book, told, at, found)
            if not found and (at == 0 or not _is_received(told[at - 1].point)):
                end = _list_alone(book, told, at, found)
            yield from found
            at = max(end, at + 1) if found else at + 1


def told_sides(book: Book) -> Iterator[Tie]:
    """What was received and what is spent, each with what is carried over, where the text alone prints them.

    A budget that carries nothing over is spent as received; accounts are in all what was received and what was left. No
    sentence says that nothing else comes in, so these are held to only where they hold, or would with one digit changed.
    """
    text = {point: at for point, places in book.by_point.items() if (at := _in_text(book, places)) is not None}
    for point in text:
        if point.flow not in _RECEIVED or point != _of_all(point, point.flow):
            continue
        if point.stage == "budget":
            spent = [text[other] for flow in _SPENT if (other := point.at(flow=flow)) in text]
            if len(spent) == 1 and adds_up(book, text[point], spent, may_exceed=True):
                yield Tie("balance", ((1, text[point]), (-1, spent[0])), "customary")
        elif point.flow == "sources":
            yield from _with_carried(book, text, point, "income", _CARRIED)
            yield from _with_carried(book, text, point.at(flow="uses"), "expenditure", _LEFT)


def _with_carried(
    book: Book, text: dict[Point, int], whole: Point, flow: str, carried: tuple[str, ...]
) -> Iterator[Tie]:
    """收入总计 = 本年收入合计 + 年初结转和结余 (+ 使用非财政拨款结余), 支出总计 likewise."""
    own = whole.at(flow=flow)
    beside = [text[other] for each in carried if (other := whole.at(flow=each)) in text]
    if whole not in text or own not in text or not beside or "flow" in book.observations[text[whole]].unsaid:
        return
    parts = [text[own], *beside]
    if adds_up(book, text[whole], parts):
        yield Tie("sum", ((1, text[whole]), *((-1, part) for part in parts)), "customary", dimension="flow")


def _of_all(point: Point, flow: str | None) -> Point:
    return Point(year=point.year, stage=point.stage, flow=flow, fund=point.fund)


def _in_text(book: Book, places: Sequence[int]) -> int | None:
    """The first of the observations, if all of them stand in the text."""
    return places[0] if all(book.observations[at].origin == "text" for at in places) else None


def _list_at(book: Book, told: Sequence[_Told], at: int, found: list[Tie]) -> int:
    """Where the list ends whose whole stands at ``at``; its sum, and those of lists within it, go to ``found``."""
    whole = told[at].point
    parts: dict[Point, int] = {}
    dimension: str | None = None
    place = at + 1
    while place < len(told):
        part = told[place].point
        split = _split(whole, part)
        if split is None or dimension not in (None, split) or part in parts:
            break
        if any(_split(before, part) is not None for before in parts):
            break  # the parts of a part, told further on
        dimension = split
        for before in [before for before in parts if _split(part, before) is not None]:
            del parts[before]  # 公务用车购置费…，公务用车运行费…，两项合计…
        parts[part] = told[place].variable
        place = _list_at(book, told, place, found)
    listed = list(parts.values())
    if all(_in_a_table(book, variable) for variable in (told[at].variable, *listed)):
        return place  # the tables add up what they print; the text is held to them
    if len(listed) >= _FEWEST and dimension is not None and adds_up(book, told[at].variable, listed):
        terms = ((1, told[at].variable), *((-1, part) for part in listed))
        found.append(Tie("sum", terms, "customary", dimension=dimension))
    return place


def _in_a_table(book: Book, variable: int) -> bool:
    """Whether a table prints the amount, or both amounts that a change is between."""
    point = book.observations[variable].point
    amount = point.at(measure="amount")
    former = [amount.at(year=amount.year - 1)] if point.measure == "change" and amount.year is not None else []
    found = [book.find(each) for each in (amount, *former)]
    return all(at is not None and book.observations[at].origin == "table" for at in found)


def _list_alone(book: Book, told: Sequence[_Told], at: int, found: list[Tie]) -> int:
    """收入决算情况：财政拨款60万元，事业收入40万元: the whole stands in a section before, at its point."""
    end = at
    while end < len(told) and _is_received(told[end].point) and told[end].point.fund is not None:
        end += 1
    whole = book.find(told[at].point.at(fund=None))
    if end - at >= _FEWEST and whole is not None:
        rest = [_Told(whole, told[at].point.at(fund=None)), *told[at:end]]
        return at - 1 + _list_at(book, rest, 0, found)
    return at


def _is_received(point: Point) -> bool:
    return point.flow in _RECEIVED and point == _of_all(point, point.flow).at(measure=point.measure)


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
    for dimension in ("function", "topic", "purchase", "nature"):
        value, of = part.get(dimension), whole.get(dimension)
        if value is not None and value != of and part.at(**{dimension: of}) == whole:
            if dimension == "function":
                return f"function{len(str(value))}" if of is None or str(value).startswith(str(of)) else None
            return dimension if of is None or of in ancestors(dimension, str(value)) else None
    if part.object is not None and whole.object is None and part.at(object=None, flow=whole.flow) == whole:
        return f"object{len(part.object)}" if whole.topic is not None or len(part.object) == _CLASS else None
    return None


def adds_up(book: Book, whole: int, parts: Sequence[int], *, may_exceed: bool = False) -> bool:
    """Whether the parts make the whole as printed, or would if one digit of one of the amounts were another.

    What is left out of a list is often a round sum: a list that is short counts only if less than 1 of its unit is missing.
    ``may_exceed``: so does one that is too long, where it may lack what is taken away.
    """
    amounts = [book.observations[variable].amount for variable in (whole, *parts)]
    slack = sum((amount.quantum for amount in amounts), Decimal(0)) / 2
    whole_amount = amounts[0]
    gap = whole_amount.fen - sum((amount.fen for amount in amounts[1:]), Decimal(0))
    if abs(gap) <= slack:
        return True
    step = min(amount.quantum for amount in amounts)
    if gap > 0 or may_exceed or book.observations[whole].point.measure == "change":
        if abs(gap) >= (whole_amount.unit.fen or 1):
            return False
        amounts = [amount for amount in amounts if abs(amount.fen) / amount.quantum >= _TELLING]
    return any(_one_digit(amount, -gap if amount is whole_amount else gap, step, slack) for amount in amounts)


def _one_digit(amount: Amount, off: Decimal, step: Decimal, slack: Decimal) -> bool:
    """Whether the amount and what it should be, give or take the rounding of the others, differ in one digit."""
    steps = min(int(slack / step), _MOST_STEPS)
    for more in range(-steps, steps + 1):
        right = amount.fen + off + more * step
        if (right < 0) != (amount.fen < 0):
            continue
        # As printed: the nought of 0 among 12.34 is one digit.
        last = amount.quantum.scaleb(amount.decimals - sum(map(str.isdigit, amount.printed.partition(".")[2])))
        old, new = (int(abs(value) / last) for value in (amount.fen, right))
        if right % last == 0 and _distance(str(old), str(new)) == 1:
            return True
    return False


def _distance(left: str, right: str) -> int:
    return sum(a != b for a, b in zip(left, right, strict=True)) if len(left) == len(right) else len(left) + len(right)
