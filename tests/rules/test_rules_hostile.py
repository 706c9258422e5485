"""Text made to be slow takes time in proportion to its length, in every rule."""

from __future__ import annotations

from time import process_time

import pytest
from rule_samples import disclosure

from mingzhang.rules import run_rules

SHORT, LONG = 20_000, 80_000
PIECES = {
    "ideographs": "甲乙丙丁戊",
    "openings": "（《“",
    "rates": "增长12.34，",
    "amounts": "1.00万元增长1，",
    "paths": "支出（类）支出（款）支出（项）",
    "years": "比2021年",
    "choices": "减少（",
    "names": "某市某区规划",
    "lists": "人员经费主要包括：",
    "marks": "；，",
    "nothing": "没有",
    "twice": "预算",
    "stages": "年初预算为1.00万元，支出决算为1.00万元",
    "tags": "<br ",
}


def seconds(piece: str, length: int) -> float:
    found = disclosure(text=[(piece * (length // len(piece)), 1)])
    begin = process_time()
    run_rules(found)
    return process_time() - begin


@pytest.mark.parametrize("piece", PIECES.values(), ids=PIECES.keys())
def test_the_time_grows_with_the_length(piece: str) -> None:
    short, long = seconds(piece, SHORT), seconds(piece, LONG)
    # Four times the length: sixteen times the time would be quadratic; small times are noise.
    assert long < max(10 * short, 3.0), (short, long)
