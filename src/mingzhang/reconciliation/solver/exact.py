"""Exact numbers that stay whole as long as they can: ``int`` arithmetic is many times as fast as ``Fraction``'s."""

from __future__ import annotations

from fractions import Fraction

Number = int | Fraction


def quotient(dividend: Number, divisor: Number) -> Number:
    """The exact quotient, an ``int`` where it is whole."""
    if divisor == 1:
        return dividend
    if divisor == -1:
        return -dividend
    return whole(Fraction(dividend) / divisor)


def whole(number: Number) -> Number:
    """The same number, as an ``int`` where it is one."""
    return number.numerator if number.denominator == 1 else number
