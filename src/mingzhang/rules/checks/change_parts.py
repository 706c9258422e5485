"""A change and its parts (比上年增加…，主要是甲增加…，乙减少…): with one direction turned round they add up, as told not.

A list of the main parts need not be whole, so parts that do not add up say nothing by themselves. That they do to the
last digit once a single direction is turned is no chance: three amounts and more agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from mingzhang.cube import Disclosure
from mingzhang.cube.finding import Finding
from mingzhang.cube.statement import Comparison
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import DIRECTION_WORDS, change_words
from mingzhang.rules.workings import figure, sum_working

_FEWEST_PARTS = 2
_TURNED = {"up": "减少", "down": "增加"}


def check(disclosure: Disclosure) -> Iterator[Finding]:
    """Statements whose first change is the sum of the others once it, or one of them, points the other way."""
    for statement in disclosure.statements:
        told = [c for c in statement.comparisons if c.amount is not None and c.direction in _TURNED]
        whole, parts = told[0] if told else None, told[1:]
        if len({_with_another_year(comparison) for comparison in told if comparison.base}) > 1:
            continue  # 比预算增加…，比上年增加…: changes from different things are no parts of one another
        if whole is None or len(parts) < _FEWEST_PARTS or any(_signed(part) == 0 for part in parts):
            continue
        gap = sum(map(_signed, parts), Decimal(0)) - _signed(whole)
        slack = sum((c.amount.quantum for c in (whole, *parts) if c.amount is not None), Decimal(0)) / 2
        turned = [part for part in parts if abs(gap - 2 * _signed(part)) <= slack]
        turned += [whole] if abs(gap + 2 * _signed(whole)) <= slack else []
        if abs(gap) > slack and len(turned) == 1:
            yield _finding(whole, parts, turned[0])


def _with_another_year(comparison: Comparison) -> bool:
    """比上年, 比2023年; not 比预算 and 比年初预算, which are of the same year."""
    return re.search(r"上年|去年|\d\s*年", comparison.base) is not None


def _signed(comparison: Comparison) -> Decimal:
    """The change in 分, less than nothing where it falls."""
    value = comparison.amount.fen if comparison.amount is not None else Decimal(0)
    return value if comparison.direction == "up" else -value


def _finding(whole: Comparison, parts: Sequence[Comparison], turned: Comparison) -> Finding:
    right = _TURNED[turned.direction]
    yuan = Decimal(100)
    terms = [(figure("其中", change_words(part), part.source), _signed(part) / yuan) for part in parts]
    return Finding(
        rule="change-parts",
        level="warning",
        message=(
            f"总的{change_words(whole)}，所列各项增减合计不是这个数；"
            f"{'' if turned is whole else '其中'}“{change_words(turned)}”改为“{right}”，各项合计恰为此数，增减方向疑写反。"
        ),
        key=(change_words(whole), change_words(turned)),
        places=(turned.source, *((whole.source,) if turned is not whole else ())),
        reported=DIRECTION_WORDS[turned.direction],
        expected=right,
        workings=(
            sum_working(
                "总的增减等于所列各项增减之和（金额单位：元）。",
                figure("总的增减", change_words(whole), whole.source),
                terms,
                _signed(whole) / yuan,
            ),
        ),
    )


RULES = (
    Rule(
        id="change-parts",
        title="各项增减与总的增减方向相符",
        sentence="一句话列出总的增减和各项增减的，各项加减后应当等于总数。",
        basis="文件自身的数字；所列各项不全的不在此列：只有改正一处的方向、各项合计恰为总数时才提示。",
        why="增加、减少写反一字，读者得到的是相反的意思，金额差两倍。",
        how_to_fix="核对该项的上年数，改正增减方向。",
        example="“比上年增加62.54万元，主要是基本支出减少30.13万元，项目支出增加32.41万元”，“减少30.13万元”应为“增加”。",
        levels=("warning",),
        check=check,
    ),
)
