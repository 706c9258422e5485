"""Exact decimals as data: an integer where integral, else a plain decimal string. Never a float."""

from __future__ import annotations

from decimal import Decimal


def exact(value: Decimal) -> int | str:
    """``Decimal("148234000.00")`` → ``148234000``; ``Decimal("0.50")`` → ``"0.5"``."""
    whole = value.to_integral_value()
    return int(whole) if whole == value else plain(value)


def plain(value: Decimal) -> str:
    """Decimal digits without an exponent and without trailing zeros."""
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text
