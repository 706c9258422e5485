"""The counts of the relations and the levels of the findings say the same."""

from __future__ import annotations

import pytest
from reconciliation_samples import HEAD, check_text

from mingzhang.cube.verdict import RelationCounts
from mingzhang.reconciliation import counts_of

TABLES = """\
部门支出预算总表
单位：万元
科目编码\t科目名称\t合计
合计\t\t{total}
208\t社会保障和就业支出\t100.00
210\t卫生健康支出\t20.00

一般公共预算财政拨款支出预算表
单位：万元
科目编码\t科目名称\t合计
合计\t\t120.00
208\t社会保障和就业支出\t{pension}
210\t卫生健康支出\t20.00
"""


def counted(total: str, pension: str) -> tuple[set[str], RelationCounts]:
    """The levels of the findings, and the counts."""
    outcome, found = check_text(HEAD + TABLES.format(total=total, pension=pension))
    return {finding.level for finding in found}, counts_of(outcome, found)


@pytest.mark.parametrize(
    ("total", "pension", "levels", "violated"),
    [
        ("120.00", "100.00", set(), False),
        ("120.00", "100.02", {"rounding"}, False),  # no amount rounds to both 100.00 and 100.02
        ("120.00", "108.00", {"error"}, True),
        ("120.50", "100.00", {"error"}, True),
    ],
)
def test_violated_is_what_is_told_above_rounding(total: str, pension: str, levels: set[str], violated: bool) -> None:
    found, counts = counted(total, pension)
    assert {level if level == "rounding" else "error" for level in found} == levels
    assert (counts.violated > 0) is violated
    assert counts.held > 0


def test_no_relation_is_lost_or_counted_twice() -> None:
    whole = set()
    for pension in ("100.00", "100.02", "108.00"):
        outcome, found = check_text(HEAD + TABLES.format(total="120.00", pension=pension))
        counts = counts_of(outcome, found)
        # That a fund exceeds all funds is a relation only where it does.
        bounds = sum(tie.kind == "fund_bound" for tie in outcome.ties)
        assert bounds == (pension == "108.00")
        whole.add(counts.held + counts.rounding + counts.violated - bounds)
    assert len(whole) == 1


def test_a_relation_of_a_wrong_figure_stays_violated_beside_a_tail() -> None:
    outcome, found = check_text(
        HEAD
        + TABLES.format(total="120.00", pension="100.02")
        + "\n2024年机关运行经费25.00万元，比上年预算增加5.00万元，增长99%。\n2024年机关运行经费26.00万元。\n"
    )
    assert {finding.level for finding in found} >= {"rounding", "error"}
    assert 0 < counts_of(outcome, found).violated < outcome.counts.violated
