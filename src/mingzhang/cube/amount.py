"""Exact amounts: a printed number, its unit, and the quantum to which it was printed.

A printed 1,396.07 万元 is not a number but an interval (DESIGN §2): the value ± half a quantum. Nothing here rounds.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure; ``fen`` is how many 分 one of it holds, or ``None`` where it does not measure money."""

    name: str
    fen: int | None

    @property
    def is_money(self) -> bool:
        return self.fen is not None


_MONEY = {
    "分": 1,
    "元": 100,
    "百元": 10_000,
    "千元": 100_000,
    "万元": 1_000_000,
    "百万元": 100_000_000,
    "亿元": 10_000_000_000,
}
_UNITS = {name: Unit(name, fen) for name, fen in _MONEY.items()}
_UNITS["人民币元"] = _UNITS["元"]
_UNITS["人民币万元"] = _UNITS["万元"]


def unit_named(name: str) -> Unit:
    """The unit of that name: 元, 千元, 万元, 亿元 … are money; any other (辆, 人次, %) counts something."""
    name = unicodedata.normalize("NFKC", name).strip()
    return _UNITS.get(name) or Unit(name, None)


class NotAnAmountError(ValueError):
    """The text is not a number (nor a blank, nor a dash)."""


@dataclass(frozen=True, slots=True)
class Amount:
    """A number as printed: ``value`` in ``unit`` with ``decimals`` places; ``printed`` is the text itself.

    ``decimals`` can exceed the printed places where the table's own precision is known to be finer (a general number
    format that drops trailing zeros). A blank or a dash is an amount of zero that says so in ``printed``.
    """

    printed: str
    unit: Unit
    value: Decimal
    decimals: int

    @property
    def is_blank(self) -> bool:
        """Nothing was printed, or only a dash: zero by convention, but not a printed zero."""
        return not self.printed[-1:].isdigit() and not any(map(str.isdigit, self.printed))

    @property
    def fen(self) -> Decimal:
        """The value in 分, exact. ``ValueError`` if the unit does not measure money."""
        return self.value * self._fen_of_unit()

    @property
    def quantum(self) -> Decimal:
        """The step of the printed precision: in 分 for money, in the unit itself otherwise."""
        return _quantum(self.decimals, self.unit.fen)

    def _fen_of_unit(self) -> int:
        if self.unit.fen is None:
            raise ValueError(f"{self.unit.name} does not measure money")
        return self.unit.fen


@lru_cache(maxsize=256)
def _quantum(decimals: int, fen: int | None) -> Decimal:
    step = Decimal(1).scaleb(-decimals)
    return step * fen if fen is not None else step


# Characters that stand for "nothing here" in a numeric cell.
_DASHES = frozenset("-‐‑‒–—―─━－ー_/\\")
_NUMBER = re.compile(r"(?P<sign>[+\-])?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)?(?:\.(?P<part>\d*))?\Z", re.ASCII)
_HAN = re.compile(r"[\u4e00-\u9fff]")
MAX_DIGITS = 30


def parse_amount(text: str, unit: Unit, *, decimals: int | None = None) -> Amount:
    """Parse a printed number: ``1,482.34``, ``-3.21``, ``（3.21）``, full-width digits, blank, ``—``, ``0``, ``3.5%``.

    ``decimals`` is the precision known from elsewhere (the table): it applies to a blank, a dash and a bare zero,
    whose own text tells nothing of it. Raises ``NotAnAmountError`` for anything that is not wholly a number.
    """
    printed = text.strip()
    if not printed:
        return Amount(printed, unit, _ZERO, decimals or 0)
    match = _NUMBER.match(printed) if printed.isascii() else None
    if match is None or match["whole"] is None or len(printed) > MAX_DIGITS:
        return _parse_unusual(text, printed, unit, decimals)
    return _amount(printed, match, unit, decimals, negative=match["sign"] == "-")


def _parse_unusual(text: str, printed: str, unit: Unit, decimals: int | None) -> Amount:
    """The same for what is not written plainly: full width, spaced, in brackets, with a mark, or no number at all."""
    if _HAN.search(text):
        raise NotAnAmountError(text)  # most of what is no number is words
    folded = text
    if not text.isascii():
        if any(character.isdigit() and not character.isdecimal() for character in text):
            raise NotAnAmountError(text)  # ① ² ⑴ mark something; they count nothing
        folded = unicodedata.normalize("NFKC", text).replace("−", "-").replace("，", ",")
    folded = "".join(folded.split())
    if not folded or all(character in _DASHES for character in folded):
        return Amount(printed, unit, _ZERO, decimals or 0)
    negative = False
    if folded[0] == "(" and folded[-1] == ")":
        negative, folded = True, folded[1:-1]
    if folded.startswith(("¥", "￥")):
        folded = folded[1:]
    if folded.endswith("%") and unit.name in ("%", "‰"):
        folded = folded[:-1]
    match = _NUMBER.match(folded)
    if match is None or (match["whole"] is None and not match["part"]) or len(folded) > MAX_DIGITS:
        raise NotAnAmountError(text)
    if negative and match["sign"]:
        raise NotAnAmountError(text)
    return _amount(printed, match, unit, decimals, negative=negative or match["sign"] == "-")


def _amount(printed: str, match: re.Match[str], unit: Unit, decimals: int | None, *, negative: bool) -> Amount:
    part = match["part"] or ""
    value = Decimal(f"{(match['whole'] or '0').replace(',', '')}.{part or '0'}")
    if negative:
        value = -value
    own = len(part)
    if decimals is not None and own < decimals and not value:
        own = decimals
    return Amount(printed, unit, value, own)
