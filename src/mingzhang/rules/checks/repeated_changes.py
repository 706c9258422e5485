"""One amount whose change from the year before is told twice, and not alike: in another direction, or with a slip.

Income and expenditure of one total, or the total and the fund that is all of it, are compared with last year one after
the other. Where amounts of four digits and more are the same, so are their changes, unless last year they were not;
then the changes differ altogether, not by one digit or by a word.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.cube import Amount, Disclosure, Source
from mingzhang.cube.finding import Finding, Level
from mingzhang.cube.hierarchy import WITH_CARRY_OVER
from mingzhang.cube.statement import Comparison
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import change_words
from mingzhang.rules.workings import figure, same_working

_TELLING_AMOUNT, _TELLING_CHANGE, _TELLING_SLIP = 4, 2, 3  # significant digits from which figures agree by no chance
# Of an amount and its change, where nothing but the direction or the unit differs.
_SHORT_AMOUNT, _TELLING_TOGETHER = 3, 6
_MOST_TELLINGS = 50  # of one amount: more different changes than that are no tellings of one
_STAGES = ("执行", "决算", "调整", "预算")
_TAIL = 2  # units of the last place: rounded elsewhere, not mistyped
_WAYS = ("up", "down")


@dataclass(frozen=True, slots=True)
class _Told:
    """One telling of a change: the amount, and by how much (or by how many per cent) it is more or less than before.

    ``number`` counts them in the order of the document; ``parts`` is what the changes told after it in its sentence make.
    """

    number: int
    parts: Decimal | None
    amount: Amount
    change: Amount
    comparison: Comparison

    @property
    def signed(self) -> Decimal:
        """The change in 分 or per cent, less than nothing where it falls."""
        change = self.change.fen if self.change.unit.is_money else self.change.value
        return change if self.comparison.direction == "up" else -change

    @property
    def place(self) -> Source:
        return self.comparison.source

    @property
    def words(self) -> str:
        return change_words(self.comparison)


def check(disclosure: Disclosure) -> Iterator[Finding]:
    """The tellings that differ from another of the same amount by their direction or by a slip of the pen."""
    groups: dict[tuple[Decimal, str, bool], list[_Told]] = defaultdict(list)
    for told in _tellings(disclosure):
        groups[told.amount.fen, _stage(told.comparison.base), told.change.unit.is_money].append(told)
    for group in groups.values():
        counts = Counter(told.signed for told in group)
        if len(counts) > _MOST_TELLINGS:
            continue
        borne_out = {told.parts for told in group}
        firsts = list({told.signed: told for told in reversed(group)}.values())
        for told in group:
            rights = [
                other
                for other in firsts
                if _is_likelier(told, other, counts, borne_out) and _is_slip(told, other, counts)
            ]
            if rights:
                right = max(rights, key=lambda other: counts[other.signed])
                yield _finding(told, right, counts, right.signed in borne_out)


def _is_likelier(told: _Told, other: _Told, counts: Counter[Decimal], borne_out: Container[Decimal | None]) -> bool:
    """Whether the other is right if one of the two is: the sum of its parts, told more often, in 万元, or else told first."""
    if told.signed == other.signed:
        return False
    merits = [
        (one.signed in borne_out, counts[one.signed], one.change.unit.fen or 0, -one.number) for one in (other, told)
    ]
    return merits[0] > merits[1]


def _stage(base: str) -> str:
    """Which of last year's figures the words name: 预算执行数 is what was executed, 预算 the budget."""
    return next((stage for stage in _STAGES if stage in base), "")


def _tellings(disclosure: Disclosure) -> Iterator[_Told]:
    """Every change whose amount is known: the sentence has but one, or it was understood which of several is compared."""
    compared: dict[Source, Amount | None] = {}
    printed = {seen.point: seen.amount for seen in reversed(disclosure.observations)}
    for claim in disclosure.claims:
        left, figure_of = claim.left, disclosure.observations[claim.figure].source
        if claim.kind not in ("change", "change_rate"):
            continue
        if isinstance(left, int):
            compared[figure_of] = disclosure.observations[left].amount
        else:
            # 收入比上年 under 收入预算, which is all there is to spend.
            compared[figure_of] = printed.get(left, printed.get(left.at(flow=WITH_CARRY_OVER.get(left.flow or ""))))
    number = 0
    for statement in disclosure.statements:
        amounts = {stated.amount.fen: stated.amount for stated in statement.amounts if stated.amount.unit.is_money}
        changed = [comparison for comparison in statement.comparisons if comparison.direction in _WAYS]
        for at, comparison in enumerate(changed):
            change = comparison.amount or comparison.rate
            amount = None if comparison.figure is None else compared.get(comparison.figure)
            if amount is None and len(amounts) == len(changed) == 1:
                (amount,) = amounts.values()
            if amount is not None and change is not None and amount.value and change.value:
                number += 1
                yield _Told(number, _parts(changed[at + 1 :]), amount, change, comparison)


def _parts(changed: Sequence[Comparison]) -> Decimal | None:
    """The sum of several changes in 分; ``None`` where there are not several."""
    signed = [c.amount.fen if c.direction == "up" else -c.amount.fen for c in changed if c.amount is not None]
    return sum(signed, Decimal(0)) if len(signed) > 1 else None


def _digits(amount: Amount) -> int:
    return len(amount.value.normalize().as_tuple().digits)


def _printed_digits(amount: Amount) -> int:
    return len("".join(sign for sign in amount.printed if sign.isdigit()).lstrip("0"))


def _is_slip(one: _Told, other: _Told, counts: Counter[Decimal]) -> bool:
    """Whether one is the other in the other direction or unit, with one digit changed, or with two neighbours exchanged.

    What is told otherwise several times needs fewer digits for it.
    """
    if one.change.value == other.change.value:
        alike = (one.change.unit == other.change.unit) or (one.comparison.direction == other.comparison.direction)
        together = _digits(one.amount) + _digits(one.change)
        return alike and _digits(one.amount) >= _SHORT_AMOUNT and together >= _TELLING_TOGETHER
    if one.comparison.direction != other.comparison.direction or one.change.unit != other.change.unit:
        return False
    if abs(one.change.value - other.change.value) <= Decimal(1).scaleb(-one.change.decimals):
        return False  # amounts that are one as printed may be two, whose changes are rounded apart
    if not one.change.unit.is_money:
        return False  # of last years that differ a little the rates may well differ in one digit
    if (
        _digits(one.amount) < (_SHORT_AMOUNT if counts[other.signed] > counts[one.signed] else _TELLING_AMOUNT)
        or _printed_digits(one.change) < _TELLING_SLIP
    ):
        return False
    left, right = (told.change.printed.replace(",", "").replace("，", "") for told in (one, other))
    if len(left) != len(right):
        return False
    unlike = [at for at, (a, b) in enumerate(zip(left, right, strict=True)) if a != b]
    exchanged = len(unlike) == 2 and unlike[1] == unlike[0] + 1 and left[unlike[0]] == right[unlike[1]]
    return len(unlike) == 1 or (exchanged and left[unlike[1]] == right[unlike[0]])


def _finding(told: _Told, right: _Told, counts: Counter[Decimal], is_borne_out: bool) -> Finding:
    times = counts[right.signed]
    is_known = is_borne_out or times > counts[told.signed]
    apart = told.change.value - right.change.value
    tail = 0 < abs(apart) <= _TAIL * Decimal(1).scaleb(-told.change.decimals)
    level: Level = "rounding" if tail else "warning"
    where = f"另{times}处" if times > 1 else "另一处"
    ending = (
        "相差在末位，属尾差。"
        if tail
        else f"{'，所列各项增减之和也是此数' if is_borne_out else ''}，应为“{right.words}”。"
        if is_known
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
        expected=right.words if is_known else None,
        workings=(
            same_working(
                "同一数与上年比较的增减，前后应当一致。",
                figure("此处", told.words, told.place),
                figure(where, right.words, right.place),
                apart or None,
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
