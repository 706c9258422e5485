"""A tie: one derived linear relation between amounts of the cube, with the reason why it must hold."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "same_point",  # two observations of one point
    "sum",  # a point is the sum of its listed parts
    "balance",  # 收入总计 = 支出总计
    "carried_over",  # 年初结转 + 本年收入 = 本年支出 + 年末结转
    "fund_closure",  # all funds = the funds that the unit has
    "fund_bound",  # a fund is part of all funds
    "staffing",  # what is paid to people stands under 人员经费, what is bought under 公用经费
    "missing_row",  # a point that an exhaustive table does not list is zero there
    "crosswalk",  # department classes = government classes
    "topic",  # 三公经费, 机关运行经费, 绩效 … against the classes that they are made of
    "topic_bound",  # the same where only part of the classes is shown
    "project_bound",  # the listed projects are part of all project expenditure
    "change",  # a stated increase is this year less last year
    "grown",  # an amount is not less than what it is said to have grown by
    "change_rate",  # a stated growth rate
    "stated_rate",  # a stated growth rate is the increase stated with it over the year before
    "share",  # a stated share of another amount
    "completion",  # a stated rate of completion of the budget
]

STRENGTHS = ("definite", "customary")


@dataclass(frozen=True, slots=True)
class Tie:
    """``lower <= sum(coefficient * amount) <= upper`` in 分; ``None`` is unbounded.

    ``terms`` pairs coefficients with variables of the book (observations first, latent points after them); the first
    term is what the others explain. ``definite`` ties follow from the disclosure itself; ``customary`` ones from how
    disclosures are usually compiled, and can only raise a warning. ``owner`` is the observation of a stated rate: the
    tie holds unless that rate is wrong. ``dimension`` is the one that was summed over, ``table`` where. ``blocked``:
    some of its parts may not have been read, so that it cannot be evaluated.
    """

    kind: Kind
    terms: tuple[tuple[int, int], ...]
    strength: Literal["definite", "customary"] = "definite"
    lower: int | None = 0
    upper: int | None = 0
    owner: int | None = None
    dimension: str | None = None
    table: str | None = None
    blocked: bool = False
