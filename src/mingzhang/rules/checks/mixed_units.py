"""元 where 万元 is meant: the unit slipped, for nobody compares in another unit, or writes one amount alone in it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mingzhang.cube import Amount, Disclosure, Observation, Source
from mingzhang.cube.finding import Finding
from mingzhang.cube.point import UNKNOWN_SCOPE
from mingzhang.cube.statement import Statement
from mingzhang.rules.rule import Rule

_LARGEST = Decimal(10_000)
"""From here on, a change in 元 may be meant as such."""
_MANY = 8  # amounts in 万元 among which a single one in 元 is odd


def check(disclosure: Disclosure) -> Iterator[Finding]:
    """公务接待费54.96万元，比上年减少25.30元; one amount in 元 in a text that has all others in 万元."""
    told: set[Source | None] = set()
    for statement in disclosure.statements:
        for figure, finding in (*_change_in_yuan(statement), *_amount_in_yuan(statement)):
            told.add(figure)
            yield finding
    alone = _alone(disclosure)
    if alone is not None and alone.source not in told:
        yield _finding(
            alone.source,
            alone.amount,
            f"{alone.amount.printed}元",
            "全文其他金额都以万元计，只有这一处以元计",
            alone.label,
        )


def _change_in_yuan(statement: Statement) -> Iterator[tuple[Source | None, Finding]]:
    if not any(stated.amount.unit.name == "万元" for stated in statement.amounts):
        return
    for comparison in statement.comparisons:
        amount = comparison.amount
        if amount is not None and amount.unit.name == "元" and 0 < abs(amount.value) < _LARGEST:
            words = f"{comparison.source.quote or amount.printed}元"
            finding = _finding(comparison.source, amount, words, "同一句的金额以万元计", statement.subject.text)
            yield comparison.figure, finding


def _amount_in_yuan(statement: Statement) -> Iterator[tuple[Source | None, Finding]]:
    """1,595.96元，比上年减少21.42万元: the change is many times what is left."""
    changes = [c.amount for c in statement.comparisons if c.amount is not None and c.amount.value]
    if not changes or any(change.unit.name != "万元" for change in changes):
        return
    for stated in statement.amounts:
        amount = stated.amount
        if amount.unit.name == "元" and 0 < amount.fen < min(change.fen for change in changes):
            words = f"{amount.printed}元"
            yield (
                stated.source,
                _finding(stated.source, amount, words, "同一句的增减额以万元计", statement.subject.text),
            )


def _alone(disclosure: Disclosure) -> Observation | None:
    """The only amount of the text in 元, where many are in 万元 and print as many decimals."""
    stated = [
        seen
        for seen in disclosure.observations
        if seen.origin == "text" and seen.amount.value and not (seen.point.agency or "").startswith(UNKNOWN_SCOPE)
    ]
    usual = [seen.amount for seen in stated if seen.amount.unit.name == "万元"]
    odd = [seen for seen in stated if seen.amount.unit.name == "元"]
    if len(odd) != 1 or len(usual) < _MANY:
        return None
    whole = sum(not amount.decimals for amount in usual) * 2 > len(usual)
    return odd[0] if whole or odd[0].amount.decimals else None


def _finding(place: Source, amount: Amount, words: str, ground: str, subject: str) -> Finding:
    right = words.removesuffix("元") + "万元"
    return Finding(
        rule="unit-mixed",
        level="warning",
        message=f"“{words}”的单位是元，而{ground}，疑为漏写“万”，应为“{right}”；确为元的，应统一为万元。",
        key=(subject, words.removesuffix("元")),
        places=(place,),
        reported=f"{amount.printed}元",
        expected=f"{amount.printed}万元",
    )


RULES = (
    Rule(
        id="unit-mixed",
        title="金额的单位前后一致",
        sentence="增减额与所比较的金额用同一个单位；全文以万元计的，不单有一处以元计。",
        basis="惯例：一份文件的金额用一个单位，读者按同一单位理解前后的数字。",
        why="漏写“万”字，增减额就相差一万倍。",
        how_to_fix="改正单位。",
        example="“公务接待费54.96万元，比上年减少25.30元”应为“减少25.30万元”。",
        levels=("warning",),
        check=check,
    ),
)
