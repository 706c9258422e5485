"""Implied intervals: exact, never too narrow, attained."""

from __future__ import annotations

import random
from fractions import Fraction

import pytest

from mingzhang.reconciliation.solver import Implied, Relation, System, Variable, certify, implied

BIG = 10**13


def total(whole: int, *parts: int) -> Relation:
    return Relation(((1, whole), *((-1, part) for part in parts)))


def test_the_complement_of_a_sum() -> None:
    variables = (Variable(BIG + 7, 5), Variable(BIG, 5), Variable(99, 5))
    assert implied(System(variables, (total(0, 1, 2),)), {2}) == (Implied(2, Fraction(-3), Fraction(17)),)


def test_an_exact_figure_is_implied_exactly() -> None:
    system = System((Variable(2 * BIG + 1), Variable(BIG), Variable(5)), (total(0, 1, 2),))
    (found,) = implied(system, {2})
    assert found == Implied(2, Fraction(BIG + 1), Fraction(BIG + 1))
    assert found.width == 0


def test_what_nothing_bounds_is_none() -> None:
    system = System((Variable(5), Variable(1), Variable(2), Variable(9)), (total(0, 1, 2),))
    assert implied(system, {1, 2}) == (Implied(1, None, None), Implied(2, None, None))
    assert implied(system, {3}) == (Implied(3, None, None),)
    bound = System((Variable(5), Variable(9)), (Relation(((1, 0), (-1, 1)), 0, None),))
    assert implied(bound, {1}) == (Implied(1, None, Fraction(5)),)


def test_through_latent_numbers_and_ratios() -> None:
    variables = (Variable(300, 2), Variable(None), Variable(None), Variable(100, 1), Variable(7, 1))
    relations = (total(0, 1, 2), total(1, 3), Relation(((3, 4), (-1, 2))))
    assert implied(System(variables, relations), {4}) == (Implied(4, Fraction(197, 3), Fraction(203, 3)),)


@pytest.mark.parametrize("seed", range(12))
def test_the_ends_are_attained_and_nothing_beyond_them_is_possible(seed: int) -> None:
    rng = random.Random(seed)
    rows, columns, half = 4, 3, 5
    exact = [[rng.randint(0, 10**9) for _ in range(columns)] for _ in range(rows)]
    flat = [x for line in exact for x in line] + [sum(c) for c in zip(*exact, strict=True)] + [sum(map(sum, exact))]
    variables = [Variable((x + half) // 10 * 10, half) for x in flat]
    body = rows * columns
    relations = [total(body + j, *range(j, body, columns)) for j in range(columns)]
    relations += [total(body + columns, *range(body, body + columns)), total(body + columns, *range(body))]
    cell = rng.randrange(len(variables))
    (found,) = implied(System(tuple(variables), tuple(relations)), {cell})
    assert found.low is not None
    assert found.high is not None
    assert found.low <= flat[cell] <= found.high
    for end, beyond in ((found.low, -1), (found.high, 1)):
        assert end.denominator == 1
        variables[cell] = Variable(int(end), 0)
        assert certify(System(tuple(variables), tuple(relations))).consistent is True
        variables[cell] = Variable(int(end) + beyond, 0)
        assert certify(System(tuple(variables), tuple(relations))).consistent is False
