"""Counts, areas and the like that a sentence divides into parts: the parts make the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import accumulate

from mingzhang.cube import Disclosure, Source
from mingzhang.cube.finding import Finding, Level, Term, Working
from mingzhang.rules.prose import prose
from mingzhang.rules.quantities import Division, Quantity, divisions
from mingzhang.rules.rule import Rule
from mingzhang.rules.workings import figure, sum_working


def check(disclosure: Disclosure) -> Iterator[Finding]:
    """Divisions whose parts do not make the whole. A quantity that two of them contradict alike is told once."""
    for paragraph in prose(disclosure):
        wrong = [each for each in divisions(paragraph) if each.readable and _is_wrong(each)]
        told: set[int] = set()
        for division in wrong:
            if id(division) in told:
                continue
            outer = next((each for each in wrong if _agree(division, each)), None)
            if outer is not None:
                told.add(id(outer))
            yield _finding(division, outer)


def _is_wrong(division: Division) -> bool:
    if len(division.parts) < 2 or division.total == division.whole.value:
        return False
    # 其中 may name some parts only; but these cannot be more than the whole.
    if division.complete is not None:
        return True
    return division.total > division.whole.value and not _overlapping(division) and not _made_before_the_end(division)


def _made_before_the_end(division: Division) -> bool:
    """Whether the first parts make the whole: what follows stands beside it (在编30人，其中行政10人，事业20人，离退休5人)."""
    sums = accumulate(part.value for part in division.parts)
    return division.whole.value in list(sums)[1:-1]


def _overlapping(division: Division) -> bool:
    """Parts that may count the same twice: no two of them are of one kind (党员20人、女职工30人)."""
    ends = {re.split("[（(]", part.label)[0][-1:] for part in division.parts}
    return len(ends) > 1


def _agree(inner: Division, outer: Division) -> bool:
    """Whether the whole of one is a part of the other, and both say alike what it should be."""
    if inner is outer or outer.complete != "certain" or not any(part is inner.whole for part in outer.parts):
        return False
    return outer.whole.value - outer.total + inner.whole.value == inner.total


def _finding(division: Division, outer: Division | None) -> Finding:
    whole = division.whole
    level: Level = "error" if division.complete == "certain" else "warning"
    sum_words = "＋".join(part.printed for part in division.parts if part.value) or "0"
    message = (
        f"“{whole.label}{whole.printed}{whole.unit}”与所列各项不符："
        f"{_names(division)}合计{division.total:f}{whole.unit}（{sum_words}）"
    )
    if outer is not None:
        message += f"，且“{outer.whole.label}{outer.whole.printed}{outer.whole.unit}”减去其余各项也得{division.total:f}"
    message += f"，应为{division.total:f}，或更正所列的项。" if outer is None else f"，应为{division.total:f}。"
    return Finding(
        rule="quantity-sum",
        level=level,
        message=message,
        key=(whole.label, whole.unit),
        places=tuple(_place(each) for each in (whole, *division.parts)),
        reported=whole.printed,
        expected=f"{division.total:f}",
        workings=tuple(_working(each) for each in (division, outer) if each is not None),
    )


def _names(division: Division) -> str:
    named = [part.label for part in division.parts if part.value]
    return "、".join(named[:4]) + ("等" if len(named) > 4 else "")


def _place(quantity: Quantity) -> Source:
    return quantity.paragraph.at(quantity.start, quantity.end)


def _working(division: Division) -> Working:
    return sum_working(
        f"“{division.whole.label}”应等于所列各项之和。",
        _term(division.whole),
        [(_term(part), part.value) for part in division.parts],
        division.whole.value,
    )


def _term(quantity: Quantity) -> Term:
    return figure(quantity.label, quantity.printed, _place(quantity))


RULES = (
    Rule(
        id="quantity-sum",
        title="数量等于所列各项之和",
        sentence="文字中的车辆数、面积、人数等，等于其后“其中”所列各项之和；只列部分的，各项之和不大于总数。",
        basis="文件自身的数字：总数与其全部组成必须相加；国有资产占用情况的说明依据财政部《地方预决算公开操作规程》（财预〔2016〕143号）。",
        why="总数或某一项更新时，另一处没有同步修改。",
        how_to_fix="按实有数核对各项，更正总数或有误的一项。",
        example="“建筑面积13459平方米，其中地上8013平方米，地下5356平方米”：8013＋5356＝13369。",
        levels=("error", "warning"),
        check=check,
    ),
)
