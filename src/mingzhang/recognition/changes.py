"""What the 增减 of a table is a change from: last year's figures, or the budget that stands beside the accounts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from mingzhang.cube.disclosure import Observation
from mingzhang.cube.point import UNKNOWN_SCOPE

CHANGES = ("change", "change_rate")
RATES = ("change_rate", "share", "completion_rate")
_LAST_YEAR = re.compile(r"上年|上一年|去年|同比")
_SPENT = ("executed", "final")
_BUDGETED = ("budget", "adjusted")


def settled_changes(
    observations: list[Observation], paths: Sequence[tuple[str, ...]], table_id: str
) -> list[Observation]:
    """The observations of one table; ``paths`` are the phrases over its columns.

    In a table of 预算数, 决算数 and 增减额 without a figure of last year, what is changed from is the budget: the stage of
    the change is then the budget's, as where a sentence says 比预算增加. Beside two budgets it is not known which.
    """
    texts = [*(text for path in paths for text in path), *(each.label for each in observations)]
    amounts = {(each.point.year, each.point.stage) for each in observations if each.point.measure == "amount"}
    years = {year for year, _ in amounts}
    stages = {stage for _, stage in amounts}
    budgets = stages.intersection(_BUDGETED)
    if len(years) != 1 or not budgets or stages.isdisjoint(_SPENT) or any(map(_LAST_YEAR.search, texts)):
        return observations
    base = {"stage": budgets.pop()} if len(budgets) == 1 else {"agency": f"{UNKNOWN_SCOPE}{table_id}changes"}
    return [
        replace(each, point=each.point.at(**base))
        if each.point.measure in CHANGES and each.point.stage in _SPENT
        else each
        for each in observations
    ]
