"""Projects with their targets are part of the unit's project expenditure; money passed down is not."""

from __future__ import annotations

import pytest

from mingzhang.cube.amount import Amount, parse_amount, unit_named
from mingzhang.cube.disclosure import Disclosure, Observation, Table
from mingzhang.cube.point import Point
from mingzhang.cube.source import Source
from mingzhang.reconciliation import findings_of, reconcile


def amount(text: str) -> Amount:
    return parse_amount(text, unit_named("万元"))


def disclosure(second: str) -> Disclosure:
    spent = Point(year=2026, stage="budget", flow="expenditure", nature="project")
    sheets = [
        Observation(spent.at(project=name), amount(text), Source(line=n, table="t02"), label=name)
        for n, (name, text) in enumerate((("馆藏维护", "60.00"), (second, "55.00")), start=1)
    ]
    whole = Observation(spent, amount("100.00"), Source(line=10, table="t01"), label="项目支出")
    table = Table(
        "t02", "项目支出绩效目标表", unit_named("万元"), Source(line=1), None, (), (), Point(topic="performance")
    )
    return Disclosure("a", "", "", None, 2026, "budget", None, None, (table,), (), (whole, *sheets), ())


def rules(found: Disclosure) -> list[str]:
    return [finding.rule for finding in findings_of(reconcile(found))]


def test_projects_of_more_than_all_project_expenditure_are_told() -> None:
    assert rules(disclosure("展览")) == ["project-bound"]


@pytest.mark.parametrize("name", ["基层文化建设转移支付", "市对区旅游发展共同事权转移支付"])
def test_money_passed_down_is_no_project_of_its_own(name: str) -> None:
    assert rules(disclosure(name)) == []
