"""Spreadsheet number formats: the text that a person sees printed for a stored value.

Arithmetic is decimal and exact: a stored number is first brought to the 15 significant digits that spreadsheets
keep (which removes the noise of binary fractions), then rounded half up to the places of its format. Three departures
from what Excel draws, all because the text is to be read as an amount: ``General`` never turns to scientific
notation; it keeps six places however large the number (Excel would show 123456789.01 as 123456789, and a reader who
knows that General drops only zeros would take that as exact); and a negative number that only its colour marks as
negative keeps a minus sign.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Context, Decimal
from functools import lru_cache

from mingzhang.documents.date_format import date_text
from mingzhang.documents.format_code import Section, Token, parse_format

_STORED = Context(prec=15, rounding=ROUND_HALF_UP)
_WIDE = Context(prec=1000, rounding=ROUND_HALF_UP)
_LARGEST_EXPONENT = 308
# General shows eleven characters, the point among them.
_GENERAL_WIDTH = 11
_GENERAL_PLACES = 6  # 分 in 万元


def printed(value: Decimal | bool | str, code: str, *, since_1904: bool = False) -> str:
    """The printed text of ``value`` under the format ``code``, without surrounding blanks.

    Dates are numbers of days (since 1904 in workbooks that say so). Text is itself unless the format has a section
    for text. Any number renders; a format that cannot be understood is treated as ``General``.
    """
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    sections = _parsed(code)
    if isinstance(value, str):
        return _text(value, sections)
    return _number(value, sections, since_1904).strip()


@dataclass(frozen=True, slots=True)
class _Format:
    numeric: tuple[Section, ...]
    textual: Section | None


@lru_cache(maxsize=1024)
def _parsed(code: str) -> _Format:
    sections = parse_format(code)
    if len(sections) >= 4:
        return _Format(sections[:3], sections[3])
    if sections and sections[-1].kind == "text":
        return _Format(sections[:-1], sections[-1])
    return _Format(sections, None)


def _text(value: str, form: _Format) -> str:
    if form.textual is None:
        return value
    return "".join(value if token.kind == "text" else _literal(token) for token in form.textual.tokens)


def _number(value: Decimal, form: _Format, since_1904: bool) -> str:
    value = _STORED.plus(value)
    if not value.is_finite() or value.adjusted() > _LARGEST_EXPONENT:
        return str(value)
    section, minus = _section_for(value, form.numeric)
    if section is None:
        return general(value)
    body = _body(abs(value), section, since_1904)
    if body is None:
        return general(value)
    return "-" + body.lstrip() if minus and value < 0 else body


def _section_for(value: Decimal, sections: tuple[Section, ...]) -> tuple[Section | None, bool]:
    """The section that applies, and whether a minus sign is to be put before it."""
    if not sections:
        return None, True
    if len(sections) == 1:
        section = sections[0]
        fits = section.condition is None or section.condition.holds(value)
        return (section if fits else None), True
    first, second, *rest = sections
    conditional = first.condition is not None or second.condition is not None
    if first.condition is not None:
        first_fits = first.condition.holds(value)
    else:
        first_fits = value > 0 or (value == 0 and not rest)
    if first_fits:
        return first, not (first.condition is not None and first.condition.only_negative)
    if second.condition is not None:
        second_fits = second.condition.holds(value)
    else:
        second_fits = value < 0 or not rest
    if second_fits:
        if second.condition is not None:
            return second, not second.condition.only_negative
        return second, conditional or _only_coloured(second)
    return (rest[0] if rest else None), True


def _only_coloured(section: Section) -> bool:
    """A section for negatives that shows digits in a colour, but no sign of its own."""
    signs = "".join(token.text for token in section.tokens if token.kind == "literal")
    return section.coloured and section.kind in ("number", "general") and not any(mark in signs for mark in "-(（−负△▲")


def _body(value: Decimal, section: Section, since_1904: bool) -> str | None:
    if section.kind == "date":
        return date_text(value, section.tokens, since_1904=since_1904)
    if section.kind == "number":
        return _exponential(value, section) if section.exponent else _digits(value, section)
    if section.kind == "fraction":
        return None
    return "".join(general(value) if token.kind in ("general", "text") else _literal(token) for token in section.tokens)


def _literal(token: Token) -> str:
    return token.text if token.kind in ("literal", "percent") else ""


def general(value: Decimal) -> str:
    """``General``: eleven characters with the point, or six places; no trailing zeros, no scientific notation."""
    whole = max(value.adjusted() + 1, 1)
    places = max(_GENERAL_WIDTH - 1 - whole, _GENERAL_PLACES)
    rounded = _WIDE.quantize(value, Decimal(1).scaleb(-places))
    text = f"{rounded:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


def _digits(value: Decimal, section: Section) -> str:
    """Digits into their placeholders: the whole part from the right, the decimals from the left."""
    value = _WIDE.scaleb(value, 2 * section.percents - 3 * section.thousands_dropped)
    rounded = _WIDE.quantize(value, Decimal(1).scaleb(-section.decimals))
    whole, _, part = f"{rounded:f}".partition(".")
    whole = whole.lstrip("0")
    places = [token.text if token.kind == "digit" else "" for token in section.tokens]
    wholes = _whole_slots(whole, [place for place in places[: section.point] if place], section)
    parts = _part_slots(part, [place for place in places[section.point :] if place])
    slots = iter(wholes + parts)
    shown: list[str] = []
    for token in section.tokens:
        if token.kind == "digit":
            shown.append(next(slots))
        elif token.kind == "point":
            # A format such as ".00" has no place for the whole part, which is shown all the same.
            shown.append((_grouped(whole, section) if not wholes else "") + ".")
        else:
            shown.append(_literal(token))
    return "".join(shown)


def _grouped(whole: str, section: Section) -> str:
    return f"{int(whole):,}" if whole and section.grouped else whole


def _whole_slots(whole: str, places: list[str], section: Section) -> list[str]:
    """What each placeholder of the whole part shows; the first takes all digits that are left."""
    slots: list[str] = []
    for index, place in enumerate(reversed(places)):
        last = index == len(places) - 1
        digits = whole[: len(whole) - index] if last else whole[len(whole) - index - 1 : len(whole) - index]
        if index >= len(whole):
            digits = {"0": "0", "?": " "}.get(place, "")
        if section.grouped:
            digits = _with_commas(digits, index)
        slots.append(digits)
    return slots[::-1]


def _with_commas(digits: str, index: int) -> str:
    """``digits`` whose last stands ``index`` places left of the units, a comma after every third place."""
    shown: list[str] = []
    for offset, digit in enumerate(reversed(digits)):
        place = index + offset
        shown.append(digit + ("," if place and place % 3 == 0 and digit.isdigit() else ""))
    return "".join(reversed(shown))


def _part_slots(part: str, places: list[str]) -> list[str]:
    slots = list(part[: len(places)])
    for index in range(len(slots) - 1, -1, -1):
        if slots[index] != "0" or places[index] == "0":
            break
        slots[index] = " " if places[index] == "?" else ""
    return slots


def _exponential(value: Decimal, section: Section) -> str:
    places = section.decimals
    mantissa, _, exponent = f"{_WIDE.plus(value):.{places}E}".partition("E")
    power = int(exponent)
    sign = "-" if power < 0 else ("+" if section.exponent == "+" else "")
    width = sum(token.kind == "power" for token in section.tokens)
    return f"{mantissa}E{sign}{abs(power):0{max(width, 1)}d}"
