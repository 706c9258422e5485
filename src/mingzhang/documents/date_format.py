"""Dates of spreadsheets: a number of days → the text that its format shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

from mingzhang.documents.format_code import Token

_LAST_DAY = 2_958_465  # 9999-12-31
_SECONDS = 86_400
_FIRST_HALF = ("January", "February", "March", "April", "May", "June")
_MONTHS = (*_FIRST_HALF, "July", "August", "September", "October", "November", "December")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_CHINESE_WEEKDAYS = "一二三四五六日"


def moment_of(serial: Decimal, *, since_1904: bool) -> datetime | None:
    """The date and time of a serial number, to the second; ``None`` outside 1900–9999.

    Spreadsheets believe that 1900 was a leap year; days before March 1900 are one off, and day 60 (the 29th of
    February that was none) is shown as the 1st of March.
    """
    if not 0 <= serial <= _LAST_DAY:
        return None
    days = int(serial)
    seconds = int(((serial - days) * _SECONDS).to_integral_value(ROUND_HALF_UP))
    if since_1904:
        origin = datetime(1904, 1, 1)
    elif days < 60:
        origin = datetime(1899, 12, 31)
    else:
        origin = datetime(1899, 12, 30)
    try:
        return origin + timedelta(days=days, seconds=seconds)
    except OverflowError:
        return None


def serial_of(moment: datetime, *, since_1904: bool) -> Decimal:
    """The number of days that a workbook stores for ``moment`` (from March 1900 on)."""
    passed = moment - (datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 30))
    return Decimal(passed.days) + Decimal(passed.seconds) / _SECONDS


def date_text(serial: Decimal, tokens: Sequence[Token], *, since_1904: bool) -> str | None:
    """The text of ``serial`` under the tokens of a date section; ``None`` where it is no date."""
    moment = moment_of(serial, since_1904=since_1904)
    if moment is None:
        return None
    half_day = any(token.kind == "ampm" for token in tokens)
    shown: list[str] = []
    for index, token in enumerate(tokens):
        if token.kind == "date":
            shown.append(_part(moment, token.text, half_day, minutes=_means_minutes(index, tokens)))
        elif token.kind == "elapsed":
            shown.append(_elapsed(serial, token.text))
        elif token.kind == "ampm":
            early, late = token.text.split("/")
            shown.append(early if moment.hour < 12 else late)
        elif token.kind == "digit":
            shown.append("0")  # fractions of a second are not kept
        elif token.kind in ("literal", "point", "comma", "percent"):
            shown.append(token.text)
    return "".join(shown)


def _means_minutes(index: int, tokens: Sequence[Token]) -> bool:
    """``m`` is the minute right after an hour or right before a second."""
    former = next((t.text for t in reversed(tokens[:index]) if t.kind in ("date", "elapsed")), "")
    latter = next((t.text for t in tokens[index + 1 :] if t.kind in ("date", "elapsed")), "")
    return former.startswith("h") or latter.startswith("s")


def _part(moment: datetime, text: str, half_day: bool, *, minutes: bool) -> str:
    letter, width = text[0], len(text)
    if letter == "y":
        return f"{moment.year % 100:02d}" if width <= 2 else f"{moment.year:04d}"
    if letter == "e":
        return str(moment.year)
    if letter == "m":
        return _padded(moment.minute, width) if minutes and width <= 2 else _month(moment.month, width)
    if letter == "d":
        name = _WEEKDAYS[moment.weekday()]
        return _padded(moment.day, width) if width <= 2 else (name[:3] if width == 3 else name)
    if letter == "a":
        return ("星期" if width == 4 else "") + _CHINESE_WEEKDAYS[moment.weekday()]
    if letter == "h":
        return _padded((moment.hour % 12 or 12) if half_day else moment.hour, width)
    return _padded(moment.second, width)


def _month(month: int, width: int) -> str:
    if width <= 2:
        return _padded(month, width)
    name = _MONTHS[month - 1]
    return {3: name[:3], 5: name[0]}.get(width, name)


def _padded(number: int, width: int) -> str:
    return f"{number:02d}" if width >= 2 else str(number)


def _elapsed(serial: Decimal, text: str) -> str:
    seconds = int((serial * _SECONDS).to_integral_value(ROUND_HALF_UP))
    divisor = {"h": 3600, "m": 60}.get(text[0], 1)
    return f"{seconds // divisor:0{len(text)}d}"
