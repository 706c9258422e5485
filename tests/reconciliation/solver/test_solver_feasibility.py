"""Certificates: exact witnesses and exact conflicts, whatever the size of the numbers."""

from __future__ import annotations

import subprocess
import sys

from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.reconciliation.solver import (
    Conflict,
    Feasible,
    Infeasible,
    Relation,
    Standing,
    System,
    Variable,
    certify,
    classify,
    components,
    feasibility,
    verify,
    verify_conflict,
)

BIG = 10**13


def total(whole: int, *parts: int) -> Relation:
    return Relation(((1, whole), *((-1, part) for part in parts)))


def printed(*values: int, half: int = 0) -> tuple[Variable, ...]:
    return tuple(Variable(value, half) for value in values)


def test_held_exactly_gives_the_printed_values() -> None:
    system = System(printed(2 * BIG + 1, BIG, BIG + 1), (total(0, 1, 2),))
    certificate = certify(system)
    assert certificate.consistent
    assert certificate.verified_exactly
    assert list(map(int, certificate.witness)) == [2 * BIG + 1, BIG, BIG + 1]
    assert certificate.rounding_differences == ()


def test_a_difference_of_one_in_ten_to_the_thirteen_is_a_conflict() -> None:
    system = System(printed(2 * BIG, BIG, BIG + 1), (total(0, 1, 2),))
    outcome = feasibility(system)
    assert isinstance(outcome, Infeasible)
    assert (outcome.conflict.variables, outcome.conflict.relations) == ((0, 1, 2), (0,))
    assert verify_conflict(system, outcome.conflict)


def test_touching_endpoints_are_feasible_and_one_more_is_not() -> None:
    for gap, consistent in ((3, True), (4, False)):
        system = System(printed(BIG + gap, BIG - 1, 1, half=1), (total(0, 1, 2),))
        certificate = certify(system)
        assert certificate.consistent is consistent
        assert certificate.verified_exactly
        assert certificate.rounding_differences == ((0,) if consistent else ())


def test_small_errors_that_only_together_are_impossible() -> None:
    """a = b, b = c, c = d: each pair touches, the ends do not."""
    chain = tuple(Relation(((1, k), (-1, k + 1))) for k in range(3))
    system = System(printed(0, 2, 4, 6, half=1), chain)
    assert classify(system) == (Standing.SLACK,) * 3
    outcome = feasibility(system)
    assert isinstance(outcome, Infeasible)
    assert verify_conflict(system, outcome.conflict)
    assert len(outcome.conflict.relations) == 2  # not all three: the shorter chain is told
    assert len(outcome.conflict.variables) == 2


def test_latent_chains() -> None:
    """A figure printed at both ends of a chain of latent totals."""
    count = 40
    variables = (Variable(BIG, 5), *(Variable(None) for _ in range(count)), Variable(BIG + 10, 5))
    relations = tuple(Relation(((1, k), (-1, k + 1))) for k in range(count + 1))
    assert certify(System(variables, relations)).consistent is True
    broken = System((*variables[:-1], Variable(BIG + 11, 5)), relations)
    outcome = feasibility(broken)
    assert isinstance(outcome, Infeasible)
    assert outcome.conflict.variables == (0, count + 1)
    assert len(outcome.conflict.relations) == count + 1


def test_inequalities_and_owned_ratios() -> None:
    def growth(now: int) -> System:
        rows = (
            Relation(((100_000, 0), (-103_535, 1)), 0, None, owner=2),
            Relation(((100_000, 0), (-103_545, 1)), None, 0, owner=2),
        )
        return System((Variable(now, 5), Variable(100_000, 5), Variable(354)), rows)

    assert certify(growth(103_540)).consistent is True
    assert certify(growth(103_551)).consistent is True
    certificate = certify(growth(103_556))
    assert certificate.consistent is False
    assert certificate.conflict is not None
    assert certificate.conflict.variables == (0, 1, 2)
    part = System(printed(BIG + 1, BIG), (Relation(((1, 1), (-1, 0)), 0, None),))
    assert certify(part).consistent is False


def test_a_fractional_witness_is_exact() -> None:
    """Three equal thirds of an exact total: no integer witness exists."""
    variables = (Variable(BIG), *(Variable(BIG // 3, 1) for _ in range(3)))
    system = System(variables, (total(0, 1, 2, 3), total(1, 2), total(2, 3)))
    outcome = feasibility(system)
    assert isinstance(outcome, Feasible)
    assert outcome.witness[1] * 3 == BIG


def test_ratios_beyond_float_precision() -> None:
    """x = y (1 + 10^-15) while x and y are whole to within a hair: floats cannot tell."""
    n = 10**15

    def sliver(value: int) -> System:
        return System((Variable(value), Variable(3 * n)), (Relation(((n, 0), (-(n + 1), 1))),))

    assert certify(sliver(3 * n + 3)).consistent is True
    assert certify(sliver(3 * n + 2)).consistent is False
    loose = System((Variable(3 * n + 2, 2), Variable(3 * n, 2)), (Relation(((n, 0), (-(n + 1), 1))),))
    outcome = feasibility(loose)
    assert isinstance(outcome, Feasible)
    assert verify(loose, outcome.witness)


def test_contradictory_relations_without_printed_numbers() -> None:
    system = System(
        (Variable(None), Variable(None)), (Relation(((1, 0), (-1, 1))), Relation(((1, 0), (-1, 1)), 1, None))
    )
    outcome = feasibility(system)
    assert isinstance(outcome, Infeasible)
    assert outcome.conflict.variables == ()


def test_standing_and_components() -> None:
    variables = (*printed(10, 4, 7, 9, 9, 30, half=1), Variable(None))
    relations = (total(0, 1, 2), Relation(((1, 3), (-1, 4))), total(5, 6), Relation(((1, 5),), 40, None))
    system = System(variables, relations)
    assert classify(system) == (Standing.SLACK, Standing.HELD, Standing.UNDETERMINED, Standing.BROKEN)
    assert [c.variables for c in components(system)] == [(0, 1, 2), (3, 4), (5, 6)]


def test_verification_refuses_wrong_proofs() -> None:
    system = System(printed(10, 4, 7, half=1), (total(0, 1, 2),))
    outcome = feasibility(system)
    assert isinstance(outcome, Feasible)
    assert not verify(system, (*outcome.witness[:2], outcome.witness[2] + 1))
    assert not verify_conflict(system, Conflict((0, 1, 2), (0,), (1,)))
    broken = System(printed(10, 4, 70, half=1), (total(0, 1, 2),))
    assert verify_conflict(broken, Conflict((0, 1, 2), (0,), (1,)))
    assert not verify_conflict(broken, Conflict((0, 1), (0,), (1,)))
    assert not verify_conflict(broken, Conflict((0, 1, 2), (0,), (-1,)))


def test_nothing_is_imported_or_printed_when_all_is_exact() -> None:
    code = (
        "import sys\n"
        "from mingzhang.reconciliation.solver import *\n"
        "system = System((Variable(3), Variable(1), Variable(2)), (Relation(((1, 0), (-1, 1), (-1, 2))),))\n"
        "assert certify(system).consistent and localise(system) == ()\n"
        "assert 'highspy' not in sys.modules and 'numpy' not in sys.modules\n"
        "slack = System(tuple(Variable(k, 1) for k in (0, 1, 2)), tuple(\n"
        "    Relation(((1, k), (-1, k + 1))) for k in range(2)))\n"
        "assert certify(slack).consistent\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_rounded_exact_data_is_always_consistent(data: st.DataObject) -> None:
    """A random matrix of exact amounts with its margins, each rounded to its own quantum, some not printed."""
    rows, columns = data.draw(st.integers(1, 5)), data.draw(st.integers(1, 4))
    top = data.draw(st.sampled_from([100, 10**6, BIG]))
    cells = [[data.draw(st.integers(-top, top)) for _ in range(columns)] for _ in range(rows)]
    variables: list[Variable] = []

    def show(exact: int) -> int:
        half = data.draw(st.sampled_from([0, 5, 50, 5000]))
        value = exact if half == 0 else (exact + half) // (2 * half) * 2 * half
        variables.append(Variable(None) if data.draw(st.integers(0, 9)) == 0 else Variable(value, half))
        return len(variables) - 1

    places = [[show(x) for x in line] for line in cells]
    sides = [show(sum(line)) for line in cells]
    feet = [show(sum(column)) for column in zip(*cells, strict=True)]
    whole = show(sum(map(sum, cells)))
    relations = [total(side, *line) for side, line in zip(sides, places, strict=True)]
    relations += [total(foot, *column) for foot, column in zip(feet, zip(*places, strict=True), strict=True)]
    relations += [total(whole, *sides), total(whole, *feet)]
    system = System(tuple(variables), tuple(relations))
    outcome = feasibility(system)
    assert isinstance(outcome, Feasible)
    assert verify(system, outcome.witness)
