"""Slips: each kind recognised, each corrected number in the implied interval, nothing invented."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mingzhang.reconciliation.solver.slips import Slip, SlipKind, likely_slips

HALF = 5_000  # 0.005 万元 in 分
QUANTUM = 2 * HALF


def around(hundredths: int, slack: int = 3_000) -> tuple[Fraction, Fraction]:
    """The interval implied about a true figure, in hundredths of 万元."""
    return Fraction(hundredths * QUANTUM - slack), Fraction(hundredths * QUANTUM + slack)


def slips(printed: str, hundredths: int, true: int, **more: object) -> tuple[Slip, ...]:
    return likely_slips(printed, hundredths * QUANTUM, HALF, around(true), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("printed", "hundredths", "true", "kind"),
    [
        ("1,396.07", 139607, 139687, SlipKind.DIGIT),
        ("1,369.07", 136907, 139607, SlipKind.TRANSPOSITION),
        ("139.07", 13907, 139607, SlipKind.MISSING_DIGIT),
        ("11,396.07", 1139607, 139607, SlipKind.EXTRA_DIGIT),
        ("13,960.70", 1396070, 139607, SlipKind.DECIMAL_SHIFT),
        ("139.61", 13961, 1396100, SlipKind.DECIMAL_SHIFT),
        ("13,960,700.00", 1396070000, 139607, SlipKind.UNIT),
        ("-1,396.07", -139607, 139607, SlipKind.SIGN),
        ("1,396.07", 139607, 139608, SlipKind.TAIL),
        ("", 0, 139607, SlipKind.BLANK),
        ("—", 0, 139607, SlipKind.BLANK),
    ],
)
def test_each_kind_is_named_first(printed: str, hundredths: int, true: int, kind: SlipKind) -> None:
    found = slips(printed, hundredths, true)
    assert found[0].kind == kind
    assert found[0].corrected == true * QUANTUM


def test_truncation_is_a_number_cut_off() -> None:
    interval = (Fraction(139607 * QUANTUM + 6_000), Fraction(139607 * QUANTUM + 9_000))
    found = likely_slips("1,396.07", 139607 * QUANTUM, HALF, interval)
    assert found[0] == Slip(SlipKind.TRUNCATION, 139608 * QUANTUM)


def test_the_neighbour_is_named_and_last_year() -> None:
    found = slips("20.00", 2000, 139607, neighbours={"上一行": 2000 * QUANTUM, "左": 1}, last_year=2000 * QUANTUM)
    assert Slip(SlipKind.NEIGHBOUR, 139607 * QUANTUM, "上一行") in found
    assert Slip(SlipKind.LAST_YEAR, 139607 * QUANTUM) in found
    assert all(slip.source != "左" for slip in found)


def test_nothing_is_said_where_nothing_is_implied_or_nothing_is_wrong() -> None:
    assert likely_slips("1.00", 100 * QUANTUM, HALF, (None, Fraction(3))) == ()
    assert slips("1.00", 100, 100) == ()
    assert slips("1.00", 100, 987654) == ()


@settings(max_examples=200, deadline=None)
@given(st.integers(0, 10**9), st.integers(1, 10**9), st.integers(0, 20_000))
def test_every_correction_lies_in_the_implied_interval(printed: int, true: int, slack: int) -> None:
    text = f"{printed // 100:,}.{printed % 100:02d}"
    low, high = around(true, slack)
    for slip in likely_slips(text, printed * QUANTUM, HALF, (low, high), {"上": true * QUANTUM}, printed * QUANTUM):
        if slip.corrected is not None:
            assert slip.corrected != printed * QUANTUM
            assert low - HALF <= slip.corrected <= high + HALF


@settings(max_examples=200, deadline=None)
@given(st.integers(100, 10**12), st.data())
def test_a_changed_digit_is_always_found(true: int, data: st.DataObject) -> None:
    digits = list(str(true))
    place = data.draw(st.integers(0, len(digits) - 1))
    digits[place] = data.draw(st.sampled_from([d for d in "0123456789"[place == 0 :] if d != digits[place]]))
    printed = int("".join(digits))
    found = likely_slips(f"{printed // 100}.{printed % 100:02d}", printed * QUANTUM, HALF, around(true))
    if printed and abs(printed - true) > 1:
        assert any(slip.kind == SlipKind.DIGIT and slip.corrected == true * QUANTUM for slip in found)


def test_a_figure_where_nothing_is_right_is_no_unit_slip() -> None:
    """Any figure is near nought if it is divided by ten often enough."""
    found = likely_slips("388.25", 38825 * QUANTUM, HALF, around(0))
    assert {slip.kind for slip in found}.isdisjoint({SlipKind.UNIT, SlipKind.DECIMAL_SHIFT})
