"""One amount whose change from the year before is told twice, and not alike: in another direction, or with a slip.

Income and expenditure of one total, or the total and the fund that is all of it, are compared with last year one after
the other. Where amounts of four digits and more are the same, so are their changes, unless last year they were not;
then the changes differ altogether, not by one digit or by a word.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.cube import Amount, Disclosure, Source
from mingzhang.cube.finding import Finding, Level
from mingzhang.cube.statement import Comparison, Statement
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import change_words
from mingzhang.rules.workings import figure, same_working

_TELLING_AMOUNT, _TELLING_CHANGE, _TELLING_SLIP = 4, 2, 3  # significant digits from which figures agree by no chance
_STAGE = re.compile("执行|决算|调整|预算")
_TAIL = 2  # units of the last place: rounded elsewhere, not mistyped
_WAYS = ("up", "down")


@dataclass(frozen=True, slots=True)
class _Told:
    """One telling of a change: the amount, and by how much it is more (or less, negative) than the year before."""

    amount: Amount
    change: Amount
    comparison: Comparison

    @property
    def signed(self) -> Decimal:
        return self.change.value if self.comparison.direction == "up" else -self.change.value

    @property
    def place(self) -> Source:
        return self.comparison.source

    @property
    def words(self) -> str:
        return change_words(self.comparison)


def check(disclosure: Disclosure) -> Iterator[Finding]:
    """The tellings that differ from the others of the same amount by their direction or by a slip of the pen."""
    groups: dict[tuple[Decimal, str], list[_Told]] = defaultdict(list)
    for statement in disclosure.statements:
        told = _told(statement)
        if told is not None:
            stage = _STAGE.search(told.comparison.base)
            groups[told.amount.fen, stage[0] if stage else ""].append(told)
    for group in groups.values():
        counts = Counter(told.signed for told in group)
        usual, times = max(counts.items(), key=lambda item: item[1])
        right = next(told for told in group if told.signed == usual)
        for told in group:
            if told.signed != usual and counts[told.signed] <= times and _is_slip(told, right):
                yield _finding(told, right, times, counts[told.signed] < times)


def _told(statement: Statement) -> _Told | None:
    """The one amount and its one change that a statement tells."""
    amounts = [stated.amount for stated in statement.amounts if stated.amount.unit.is_money]
    changed = [comparison for comparison in statement.comparisons if comparison.amount is not None]
    if len({amount.fen for amount in amounts}) != 1 or len(changed) != 1 or changed[0].direction not in _WAYS:
        return None
    change = changed[0].amount
    if change is None or _digits(amounts[0]) < _TELLING_AMOUNT or _digits(change) < _TELLING_CHANGE:
        return None
    return _Told(amounts[0], change, changed[0])


def _digits(amount: Amount) -> int:
    return len(amount.value.normalize().as_tuple().digits) if amount.value else 0


def _printed_digits(amount: Amount) -> int:
    return len("".join(sign for sign in amount.printed if sign.isdigit()).lstrip("0"))


def _is_slip(one: _Told, other: _Told) -> bool:
    """Whether one is the other in the other direction, with one digit changed, or with two neighbours exchanged."""
    if one.change.unit != other.change.unit:
        return False
    if one.change.value == other.change.value:
        return True
    if one.comparison.direction != other.comparison.direction or _printed_digits(one.change) < _TELLING_SLIP:
        return False
    left, right = (told.change.printed.replace(",", "").replace("，", "") for told in (one, other))
    if len(left) != len(right):
        return False
    unlike = [at for at, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    exchanged = len(unlike) == 2 and unlike[1] == unlike[0] + 1 and left[unlike[0]] == right[unlike[1]]
    return len(unlike) == 1 or (exchanged and left[unlike[1]] == right[unlike[0]])


def _finding(told: _Told, right: _Told, times: int, is_outvoted: bool) -> Finding:
    tail = abs(told.signed - right.signed) <= _TAIL * Decimal(1).scaleb(-told.change.decimals)
    level: Level = "rounding" if tail else "warning"
    where = f"另{times}处" if times > 1 else "另一处"
    ending = (
        "相差在末位，属尾差。"
        if tail
        else f"，应为“{right.words}”。"
        if is_outvoted
        else "两处必有一处有误，请按上年数核对。"
    )
    return Finding(
        rule="change-conflict",
        level=level,
        message=(
            f"同是{told.amount.printed}{told.amount.unit.name}与上年比较，此处写“{told.words}”，{where}写“{right.words}”"
            f"{ending if ending.startswith('，') else '；' + ending}"
        ),
        key=(told.amount.printed, told.words, right.words),
        places=(told.place, right.place),
        reported=told.words,
        expected=right.words if is_outvoted else None,
        workings=(
            same_working(
                "同一数与上年比较的增减，前后应当一致。",
                figure("此处", told.words, told.place),
                figure(where, right.words, right.place),
                told.signed - right.signed,
            ),
        ),
    )


RULES = (
    Rule(
        id="change-conflict",
        title="同一数的增减前后一致",
        sentence="同一个金额与上年比较的增减，在文字各处应当方向相同、数额相同。",
        basis="文件自身的两处陈述不得矛盾；金额相同而上年数不同的不在此列。",
        why="收入与支出、总数与其资金常逐项重复同一句话，改了一处，漏改另一处。",
        how_to_fix="按上年数核对增减的方向和数额，改正写错的一处。",
        example="“收入预算1,200.50万元，比上年增加85.72万元”，“支出预算1,200.50万元，比上年减少85.72万元”。",
        levels=("warning", "rounding"),
        check=check,
    ),
)
