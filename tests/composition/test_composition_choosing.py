"""The integer programme of controlled rounding: fewest departures, and what no choice of neighbours satisfies."""

from __future__ import annotations

import pytest

from mingzhang.composition.choosing import Neighbours, Sum, choose
from mingzhang.composition.programme import Row, cheapest, impossible

ODD = [Row(((0, 1), (1, 1)), 1, 1), Row(((1, 1), (2, 1)), 1, 1), Row(((0, 1), (2, 1)), 1, 1)]
"""Three numbers, each two of which make one: one half each, and nothing in whole numbers."""


def thirds(total: int) -> list[Neighbours]:
    return [Neighbours(0, 0.3, 0), Neighbours(0, 0.35, 0), Neighbours(0, 0.35, 0), Neighbours(total, 0.0, total)]


def test_the_nearest_goes_up() -> None:
    whole = Sum(((1, 3), (-1, 0), (-1, 1), (-1, 2)))
    assert sorted(choose(thirds(1), [whole]).values[:3]) == [0, 0, 1]
    assert choose(thirds(1), [whole]).values[0] == 0


def test_what_holds_is_left_alone() -> None:
    assert choose(thirds(0), [Sum(((1, 3), (-1, 0), (-1, 1), (-1, 2)))]).values == (0, 0, 0, 0)


def test_what_is_printed_often_stays() -> None:
    numbers = [Neighbours(0, 0.5, 1, weight=3), Neighbours(0, 0.5, 1, weight=1), Neighbours(1, 0.0, 1)]
    assert choose(numbers, [Sum(((1, 2), (-1, 0), (-1, 1)))]).values == (1, 0, 1)


def test_no_whole_numbers_is_proved() -> None:
    assert cheapest([0.0] * 3, [1] * 3, ODD) is None
    assert impossible([1] * 3, ODD)
    assert not impossible([1] * 3, ODD[:2])
    assert not impossible([2] * 3, [Row(((0, 1), (1, 1)), 3, None), Row(((1, 1), (2, -1)), None, -1)])


def test_one_goes_further_where_neighbours_cannot() -> None:
    choice = choose([Neighbours(0, 0.5, 1), Neighbours(0, 0.6, 1)], [Sum(((1, 0), (1, 1)), 3, 3)])
    assert sorted(choice.values) == [1, 2]
    assert choice.proved


def test_what_nothing_satisfies_stays_as_usual() -> None:
    odd = [Sum(((1, a), (1, b)), 1, 1) for a, b in ((0, 1), (1, 2), (0, 2))]
    assert choose([Neighbours(0, 0.5, 1)] * 3, odd).values == (1, 1, 1)


@pytest.mark.parametrize("width", [1, 3])
def test_only_what_is_not_whole_is_searched(width: int) -> None:
    # Half of it is a network; the odd triangle beside it has an answer only with its slack.
    rows = [*ODD[:2], Row(((0, 1), (2, 1), (3, -1)), 1, 1), Row(((4, 1), (5, 1)), 1, 1)]
    found = cheapest([1.0, 1.0, 1.0, 5.0, 1.0, 2.0], [width] * 6, rows)
    assert found is not None
    assert all((row.lower or 0) <= sum(f * found[n] for n, f in row.terms) <= (row.upper or 0) for row in rows)
    assert found[4:] == [1, 0]
