"""How a wrong figure may have come about: the slip of the pen or of the sheet that leads to what the rest implies.

A pure function of the printed text and the implied interval; it knows decimal digits, not budgets.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor


class SlipKind(StrEnum):
    """The kinds of slip, the most telling first: this is the order of plausibility."""

    TAIL = "tail"  # within one quantum of what is implied: 尾差, forced
    TRUNCATION = "truncation"  # the implied number cut off instead of rounded
    SIGN = "sign"
    UNIT = "unit"  # ×10^3, 10^4, 10^6, 10^8 or their inverses: 元 for 万元
    DECIMAL_SHIFT = "decimal_shift"  # ×10, ×100 or their inverses
    TRANSPOSITION = "transposition"  # two adjacent digits exchanged
    NEIGHBOUR = "neighbour"  # the figure of a neighbouring cell
    LAST_YEAR = "last_year"  # last year's figure
    DIGIT = "digit"  # one digit differs
    MISSING_DIGIT = "missing_digit"
    EXTRA_DIGIT = "extra_digit"
    BLANK = "blank"  # nothing is printed where something is implied
    ZERO = "zero"  # nought is


_ORDER = {kind: place for place, kind in enumerate(SlipKind)}
_UNIT_POWERS = (4, 3, 8, 6)
_SHIFT_POWERS = (1, 2)
_FINE = 1_000  # how many times its rounding a number must be for its digits to tell it in another unit
_EXACT_BLANKS = frozenset("-‐‑‒–—―─━－ー_/\\")
_MAX_TEXT = 40


@dataclass(frozen=True, slots=True)
class Slip:
    """A likely slip. ``corrected`` is what should have been printed, on the grid; None if several numbers would do.

    ``source`` names the neighbour whose figure was printed.
    """

    kind: SlipKind
    corrected: int | None
    source: str | None = None


def likely_slips(
    printed: str,
    value: Fraction | int,
    half: int,
    implied: tuple[Fraction | None, Fraction | None],
    neighbours: Mapping[str, int] | None = None,
    last_year: int | None = None,
) -> tuple[Slip, ...]:
    """The slips that explain ``printed``, most plausible first; empty if nothing is implied, or nothing explains it.

    ``value``, ``half``, ``implied``, ``neighbours`` (name to value) and ``last_year`` are on one grid; ``printed`` is
    the text of ``value`` in its own unit. A corrected number lies in the implied interval, ± ``half`` because it would
    be printed rounded, is a number of the printed precision, and differs from ``value``.
    """
    low, high = implied
    if low is None or high is None:
        return ()
    value = Fraction(value)
    if low <= value <= high:
        return ()
    span = _Span(low - half, high + half)
    text = unicodedata.normalize("NFKC", printed).strip()
    found: list[Slip] = []
    if len(text) <= _MAX_TEXT:
        if value == 0:
            found += _blank(text, span, half)
        if value:
            found += _rounding(value, half, low, high)
            found += _scaled(value, span, half)
            found += _edited(text, value, span)
    for name in sorted(neighbours or {}):
        if (neighbours or {})[name] == value != 0:
            found.append(Slip(SlipKind.NEIGHBOUR, span.only(half), name))
    if last_year is not None and last_year == value != 0:
        found.append(Slip(SlipKind.LAST_YEAR, span.only(half)))
    unique = {(slip.kind, slip.corrected, slip.source): slip for slip in found if slip.corrected != value}
    return tuple(
        sorted(
            unique.values(),
            key=lambda s: (
                _ORDER[s.kind],
                abs((s.corrected or 0) - (low + high) / 2),
                s.corrected or 0,
                s.source or "",
            ),
        )
    )


@dataclass(frozen=True, slots=True)
class _Span:
    low: Fraction
    high: Fraction

    def admits(self, number: Fraction) -> bool:
        return self.low <= number <= self.high and number.denominator == 1

    def only(self, half: int) -> int | None:
        """The one number of the printed precision in the middle of the span, if there is just one."""
        step = 2 * half or 1
        inner = (ceil((self.low + half) / step), floor((self.high - half) / step))
        if inner[0] == inner[1]:
            return inner[0] * step
        outer = (ceil(self.low / step), floor(self.high / step))
        return outer[0] * step if outer[0] == outer[1] else None


def _blank(text: str, span: _Span, half: int) -> Iterator[Slip]:
    if span.low > half or span.high < -half:
        blank = not text or all(character in _EXACT_BLANKS for character in text)
        if blank or span.low > half:
            yield Slip(SlipKind.BLANK if blank else SlipKind.ZERO, span.only(half))


def _rounding(value: Fraction, half: int, low: Fraction, high: Fraction) -> Iterator[Slip]:
    """Off by no more than one quantum: cut off instead of rounded, or forced to make a sum come out."""
    quantum = 2 * half
    if not quantum:
        return
    nearest = _Span(low - half, high + half).only(half)
    if nearest is None:
        middle = (low + high) / 2
        nearest = round(middle / quantum) * quantum
    if value > 0:
        whole, part = value <= low and high < value + quantum, low < value + quantum and value <= high
    else:
        whole, part = value >= high and low > value - quantum, high > value - quantum and value >= low
    if part:
        yield Slip(SlipKind.TRUNCATION, nearest)
    if not whole and value - half <= high + quantum and low - quantum <= value + half:
        yield Slip(SlipKind.TAIL, nearest)


def _scaled(value: Fraction, span: _Span, half: int) -> Iterator[Slip]:
    if span.admits(-value):
        yield Slip(SlipKind.SIGN, int(-value))
    if span.low <= 0 <= span.high:
        return  # where nought is right, any figure is near enough if it is divided often enough
    for kind, powers in ((SlipKind.UNIT, _UNIT_POWERS), (SlipKind.DECIMAL_SHIFT, _SHIFT_POWERS)):
        for power in powers:
            for corrected in (value * 10**power, value / 10**power):
                # What is printed is rounded: in the smaller unit it stands for as many more numbers.
                rounded = half * 10**power if abs(value) > _FINE * half and abs(corrected) > abs(value) else 0
                if span.low <= corrected <= span.high:
                    yield Slip(kind, int(corrected) if corrected.denominator == 1 else None)
                elif kind is SlipKind.UNIT and span.low - rounded <= corrected <= span.high + rounded:
                    yield Slip(kind, None)


_DIGITS = re.compile(r"[0-9]")


def _edited(text: str, value: Fraction, span: _Span) -> Iterator[Slip]:
    """One edit of the digits: exchange, replace, insert, delete. The place of the decimal point is kept in decimals."""
    plain = "".join(character for character in text if character.isdigit() or character == ".")
    if not _DIGITS.search(plain) or plain.count(".") > 1:
        return
    whole, _, part = plain.partition(".")
    decimals = len(part)
    digits = (whole + part).lstrip("0") or "0"
    number = int(digits)
    if not number:
        return
    unit = value / number  # of the last printed digit, with the sign
    digits = digits.zfill(decimals + 1)
    for kind, edited in _edits(digits):
        if edited[0] == "0" and kind is SlipKind.DIGIT and len(digits) > decimals + 1:
            continue  # a leading digit too many, not a wrong one
        corrected = unit * int(edited)
        if corrected != value and span.admits(corrected):
            yield Slip(kind, int(corrected))


def _edits(digits: str) -> Iterator[tuple[SlipKind, str]]:
    count = len(digits)
    for place in range(count - 1):
        left, right = digits[place], digits[place + 1]
        if left != right:
            yield SlipKind.TRANSPOSITION, digits[:place] + right + left + digits[place + 2 :]
    for place in range(count):
        for digit in "0123456789":
            if digit != digits[place]:
                yield SlipKind.DIGIT, digits[:place] + digit + digits[place + 1 :]
    for place in range(count + 1):
        for digit in "0123456789":
            yield SlipKind.MISSING_DIGIT, digits[:place] + digit + digits[place:]
    if count > 1:
        for place in range(count):
            yield SlipKind.EXTRA_DIGIT, digits[:place] + digits[place + 1 :]
