"""A fall that cannot be: from nothing, by more than everything, or by everything where something is left."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from mingzhang.cube import Disclosure, Observation
from mingzhang.cube.finding import Finding, Level
from mingzhang.rules.rule import Rule
from mingzhang.rules.workings import figure, same_working

_ALL = Decimal(100)
_LEFT = Decimal(10_000)  # 分: so little may be left of a sum that is said to have fallen by all of it


def check(disclosure: Disclosure) -> Iterator[Finding]:
    """减少100% beside an amount of this year; 减少 where last year's amount is nought."""
    for claim in disclosure.claims:
        if claim.kind != "change_rate" or disclosure.observations[claim.figure].amount.value >= 0:
            continue
        rate = disclosure.observations[claim.figure]
        left, base = (_printed(disclosure, side) for side in (claim.left, claim.right))
        fall = -rate.amount.value
        if fall > _ALL:
            yield _finding(rate, left, base, "error", f"减少{rate.amount.printed}%，超过了上年的全部")
        elif left is None or left.amount.fen <= 0:
            continue
        elif base is not None and not base.amount.value:
            yield _finding(
                rate, left, base, "error", f"上年为{base.amount.printed}，本年{_words(left)}，是增加，不会减少"
            )
        elif base is None and fall == _ALL and left.amount.fen > _LEFT:
            yield _finding(rate, left, base, "warning", f"减少{rate.amount.printed}%即本年为零，本年却有{_words(left)}")


def _printed(disclosure: Disclosure, side: object) -> Observation | None:
    return disclosure.observations[side] if isinstance(side, int) else None


def _words(seen: Observation) -> str:
    return f"{seen.amount.printed}{seen.amount.unit.name}"


def _finding(rate: Observation, left: Observation | None, base: Observation | None, level: Level, why: str) -> Finding:
    words = f"减少{rate.amount.printed}%"
    return Finding(
        rule="rate-impossible",
        level=level,
        message=f"文字“{rate.label}”有误：{why}；请核对增减的方向和百分比。",
        key=(rate.label, words),
        places=(rate.source, *(side.source for side in (left, base) if side is not None)),
        reported=words,
        workings=(
            same_working(
                "减少的百分比不超过100%；减少100%的，本年为零；上年为零的，本年不会减少。",
                figure("此处", words, rate.source),
                figure("本年", _words(left), left.source),
            ),
        )
        if left is not None
        else (),
    )


RULES = (
    Rule(
        id="rate-impossible",
        title="减少的百分比可能成立",
        sentence="减少的百分比不超过100%；减少100%的，本年应为零；上年为零的，本年不会减少。",
        basis="文件自身的数字。",
        why="多为增加、减少写反，或沿用上年的文字。",
        how_to_fix="核对增减方向和百分比；上年为零的，不计算增减比率，写明是本年新增。",
        example="“2023年执行数为0万元，2024年预算安排25.00万元，比2023年执行数减少100.00%”，应为增加。",
        levels=("error", "warning"),
        check=check,
    ),
)
