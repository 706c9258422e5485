"""A change in 元 of an amount in 万元: the unit slipped, for nobody compares in another unit."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mingzhang.cube import Disclosure
from mingzhang.cube.finding import Finding
from mingzhang.rules.rule import Rule

_LARGEST = Decimal(10_000)
"""From here on, an amount in 元 may be meant as such."""


def check(disclosure: Disclosure) -> Iterator[Finding]:
    """公务接待费54.96万元，比上年减少25.30元."""
    for statement in disclosure.statements:
        if not any(stated.amount.unit.name == "万元" for stated in statement.amounts):
            continue
        for comparison in statement.comparisons:
            amount = comparison.amount
            if amount is None or amount.unit.name != "元" or not 0 < abs(amount.value) < _LARGEST:
                continue
            words = comparison.source.quote or amount.printed
            yield Finding(
                rule="unit-mixed",
                level="warning",
                message=(
                    f"“{words}元”的单位是元，而同一句的金额以万元计，疑为漏写“万”，应为“{words}万元”；确为元的，应统一为万元。"
                ),
                key=(statement.subject.text, words),
                places=(comparison.source,),
                reported=f"{amount.printed}元",
                expected=f"{amount.printed}万元",
            )


RULES = (
    Rule(
        id="unit-mixed",
        title="一句之内单位一致",
        sentence="增减额与所比较的金额用同一个单位。",
        basis="惯例：一份文件的金额用一个单位，读者按同一单位理解前后的数字。",
        why="漏写“万”字，增减额就相差一万倍。",
        how_to_fix="改正单位。",
        example="“公务接待费54.96万元，比上年减少25.30元”应为“减少25.30万元”。",
        levels=("warning",),
        check=check,
    ),
)
