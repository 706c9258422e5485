"""What a ledger's lines say of a point."""

from __future__ import annotations

import pytest
from hypothesis import given

from ledgers import SMALL, THIS, any_ledger, basic, ledger, project
from mingzhang.composition import Ledger, Line
from mingzhang.composition.amounts import Amounts
from mingzhang.cube import Point

SMALL_AMOUNTS = Amounts.of(SMALL)


@pytest.mark.parametrize(
    ("point", "fen"),
    [
        (THIS, 123_456_789 + 5_000_001 + 400_000 + 33_333_333 + 22_222_222 + 66_666_667 + 1_234_567),
        (THIS.at(function="208"), 123_456_789 + 5_000_001 + 400_000 + 33_333_333 + 66_666_667),
        (THIS.at(function="20801"), 123_456_789 + 5_000_001 + 400_000 + 66_666_667),
        (THIS.at(fund="gov_fund"), 1_234_567),
        (THIS.at(fund="fiscal", nature="project"), 66_666_667 + 1_234_567),
        (THIS.at(object="302", nature="basic"), 5_400_001),
        (THIS.at(staffing="public"), 5_400_001),
        (THIS.at(year=2023), 100_000_000),
        (THIS.at(flow="uses", fund="gov_fund"), 1_234_567),
        (THIS.at(flow="sources", fund="gov_fund"), 1_234_567),
        (THIS.at(flow="income", function="2210201"), 22_222_222),
        (THIS.at(flow="carried_in"), 0),
        (Point(year=2024, stage="budget", topic="three_public"), 400_000),
        (Point(year=2024, stage="budget", topic="agency_running"), 5_400_001),
        (THIS.at(project="系统运维", nature="project"), 66_666_667),
        (THIS.at(function="229"), 0),
    ],
)
def test_a_point_is_the_sum_of_what_is_at_or_below_it(point: Point, fen: int) -> None:
    assert SMALL_AMOUNTS.at(point) == fen


def test_the_running_costs_of_an_institution_are_not_those_of_an_administration() -> None:
    amounts = Amounts.of(ledger(basic("2080101", 4, 100), agency_kind="事业单位"))
    assert amounts.at(Point(year=2024, stage="budget", topic="agency_running")) == 0


def test_money_carried_over_is_no_income_of_the_year() -> None:
    line = project("2080101", 1, 700)
    amounts = Amounts.of(ledger(basic("2080101", 0, 300), Line(line.point, line.fen, carried=True)))
    assert amounts.at(THIS.at(flow="income")) == 300
    assert amounts.at(THIS.at(flow="carried_in")) == 700
    assert amounts.at(THIS.at(flow="sources")) == 1000


def test_stated_income_stands_and_classes_take_what_is_spent() -> None:
    stated = Line(THIS.at(flow="income", fund="general"), 900)
    left = Line(THIS.at(flow="carried_out", fund="general"), 600)
    amounts = Amounts.of(ledger(basic("2080101", 0, 300), stated, left))
    assert amounts.at(THIS.at(flow="income")) == 900
    assert amounts.at(THIS.at(flow="uses")) == 900
    assert amounts.at(THIS.at(flow="income", function="208")) == 300


def test_a_stated_topic_is_not_derived_again() -> None:
    stated = Line(Point(year=2024, stage="budget", topic="reception", fund="general"), 250)
    amounts = Amounts.of(ledger(basic("2080101", 5, 300), stated))
    assert amounts.at(Point(year=2024, stage="budget", topic="three_public")) == 250


def test_members_come_in_order_and_without_zeros() -> None:
    made = ledger(basic("2210201", 3, 5), basic("2080101", 0, 7), basic("2080505", 2, 4), basic("2080505", 2, -4))
    assert Amounts.of(made).members("function", THIS, (7,)) == ("2080101", "2210201")


@given(any_ledger())
def test_every_line_is_counted_once_in_every_classification(made: Ledger) -> None:
    amounts = Amounts.of(made)
    whole = amounts.at(THIS)
    assert whole == sum(line.fen for line in made.lines)
    for dimension, length in (("function", 3), ("function", 7), ("object", 3), ("gov_object", 5)):
        codes = amounts.members(dimension, THIS, (length,))
        assert sum(amounts.at(THIS.at(**{dimension: code})) for code in codes) == whole
    assert amounts.at(THIS.at(flow="sources")) == amounts.at(THIS.at(flow="uses")) == whole
