"""The grammar of spreadsheet number formats: a code such as ``#,##0.00_);[红色](#,##0.00)`` → sections of tokens."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Kind = Literal["number", "date", "text", "general", "fraction", "fixed"]


@dataclass(frozen=True, slots=True)
class Token:
    """``kind``: literal, digit (0 # ?), point, comma, percent, exponent, power (its digits), general,
    text (@), date, elapsed ([h]), ampm.
    """

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Condition:
    """A bracketed test such as ``[>=10000]``."""

    operator: str
    bound: Decimal

    def holds(self, value: Decimal) -> bool:
        """Whether the section applies to ``value``."""
        return {
            "<": value < self.bound,
            "<=": value <= self.bound,
            ">": value > self.bound,
            ">=": value >= self.bound,
            "=": value == self.bound,
            "<>": value != self.bound,
        }[self.operator]

    @property
    def only_negative(self) -> bool:
        """No value but a negative one passes, so the section speaks for the sign itself."""
        return (self.operator == "<" and self.bound <= 0) or (self.operator in ("<=", "=") and self.bound < 0)


@dataclass(frozen=True, slots=True)
class Section:
    """One of the up to four parts of a format.

    ``point`` is the index of the decimal point among the tokens (their number, where there is none); ``decimals``
    counts the places after it; ``thousands_dropped`` the scaling commas; ``exponent`` is ``+``, ``-`` or empty.
    """

    kind: Kind
    tokens: tuple[Token, ...]
    condition: Condition | None
    coloured: bool
    point: int
    decimals: int
    percents: int
    grouped: bool
    thousands_dropped: int
    exponent: str


_GENERAL = ("general", "g/通用格式")
_MARKERS = ("am/pm", "a/p", "上午/下午")
_COLOURS = re.compile(
    r"(?:black|blue|cyan|green|magenta|red|white|yellow|colou?r\s*\d+|[黑蓝青绿红白黄]色?|洋红色?|颜色\s*\d+)\Z", re.I
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)\Z")
_ELAPSED = re.compile(r"(?:h+|m+|s+)\Z", re.I)
_DATE_RUN = re.compile(r"y+|m+|d+|h+|s+|e+|a{3,4}(?![a-z])", re.I)
_POWER = re.compile(r"E([+-])", re.I)


def parse_format(code: str) -> tuple[Section, ...]:
    """The sections of ``code``, at least one; whatever has no meaning in the grammar is a literal."""
    return tuple(_section(text) for text in _split(code or "General"))


def _split(code: str) -> list[str]:
    """The code parted at semicolons outside quotes, brackets and escapes."""
    parts = [""]
    index = 0
    while index < len(code):
        length = _unit_length(code, index)
        unit = code[index : index + length]
        if unit == ";":
            parts.append("")
        else:
            parts[-1] += unit
        index += length
    return parts


def _unit_length(code: str, index: int) -> int:
    """How many characters belong together at ``index``: a quoted text, a bracket, an escape and its character."""
    mark = code[index]
    if mark in '"[':
        end = code.find('"' if mark == '"' else "]", index + 1)
        return (end if end >= 0 else len(code) - 1) - index + 1
    if mark in "\\!_*":
        return min(2, len(code) - index)
    return 1


def _section(text: str) -> Section:
    tokens: list[Token] = []
    condition: Condition | None = None
    coloured = False
    index = 0
    while index < len(text):
        length = _unit_length(text, index)
        unit = text[index : index + length]
        if unit[0] == "[" and length > 1:
            inner = unit[1:].removesuffix("]").strip()
            if _COLOURS.match(inner):
                coloured = True
            elif matched := _CONDITION.match(inner):
                condition = Condition(matched[1], Decimal(matched[2]))
            else:
                tokens.extend(_bracket(inner))
        elif unit[0] == '"':
            tokens.append(Token("literal", unit[1:].removesuffix('"')))
        elif unit[0] in "\\!_*":
            tokens.extend(_escape(unit))
        else:
            token, length = _plain(text, index, tokens)
            tokens.append(token)
        index += length
    return _described(tokens, condition, coloured)


def _bracket(inner: str) -> list[Token]:
    """A currency (``[$¥-804]``) shows its sign, ``[h]`` counts hours beyond a day; the rest is not shown."""
    if inner.startswith("$"):
        sign = inner[1:].partition("-")[0]
        return [Token("literal", sign)] if sign else []
    return [Token("elapsed", inner.lower())] if _ELAPSED.match(inner) else []


def _escape(unit: str) -> list[Token]:
    """``\\x`` and ``!x`` show x; ``_x`` is a blank as wide as x; ``*x`` fills the cell and shows nothing."""
    if unit[0] in "\\!":
        return [Token("literal", unit[-1])]
    return [Token("literal", " ")] if unit[0] == "_" else []


def _plain(text: str, index: int, before: list[Token]) -> tuple[Token, int]:
    rest = text[index:]
    folded = rest.lower()
    for word in _GENERAL:
        if folded.startswith(word):
            return Token("general", ""), len(word)
    for marker in _MARKERS:
        if folded.startswith(marker):
            return Token("ampm", rest[: len(marker)]), len(marker)
    mark = rest[0]
    if mark in "0#?":
        powers = any(token.kind == "exponent" for token in before)
        return Token("power" if powers else "digit", mark), 1
    seen = bool(before) and before[-1].kind in ("digit", "point", "comma")
    if seen and (matched := _POWER.match(rest)):
        return Token("exponent", matched[1]), 2
    if mark == ".":
        return Token("point", mark), 1
    if mark == ",":
        return Token("comma", mark), 1
    if mark in "%％":
        return Token("percent", mark), 1
    if mark == "@":
        return Token("text", mark), 1
    if matched := _DATE_RUN.match(rest):
        return Token("date", matched[0].lower()), len(matched[0])
    return Token("literal", mark), 1


def _described(tokens: list[Token], condition: Condition | None, coloured: bool) -> Section:
    kinds = {token.kind for token in tokens}
    kind = _kind(tokens, kinds)
    point = next((index for index, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    if kind == "number":
        # A second point can only be a literal.
        tokens = [
            Token("literal", ".") if token.kind == "point" and index != point else token
            for index, token in enumerate(tokens)
        ]
    digits = [index for index, token in enumerate(tokens) if token.kind == "digit"]
    commas = [index for index, token in enumerate(tokens) if token.kind == "comma"]
    inner = [index for index in commas if digits and digits[0] < index < min(digits[-1], point)]
    trailing = 0
    if digits:
        # Commas right after the last digit of the whole part, or of the decimals, scale by a thousand each.
        before_point = [index for index in digits if index < point]
        ends = {digits[-1], before_point[-1] if before_point else digits[-1]}
        for end in ends:
            following = end + 1
            while following < len(tokens) and tokens[following].kind == "comma":
                trailing += 1
                following += 1
    exponent = next((token.text for token in tokens if token.kind == "exponent"), "")
    return Section(
        kind,
        tuple(tokens),
        condition,
        coloured,
        point,
        sum(index > point for index in digits),
        sum(token.kind == "percent" for token in tokens),
        any(_followed_by_digit(index, tokens) for index in inner),
        trailing,
        exponent,
    )


def _followed_by_digit(comma: int, tokens: list[Token]) -> bool:
    """A comma groups thousands where a digit place of the whole part follows it."""
    for token in tokens[comma + 1 :]:
        if token.kind == "point":
            return False
        if token.kind == "digit":
            return True
    return False


def _kind(tokens: list[Token], kinds: set[str]) -> Kind:
    if "general" in kinds:
        return "general"
    if kinds & {"date", "elapsed", "ampm"}:
        return "date"
    if "digit" in kinds:
        texts = "".join(token.text if token.kind in ("digit", "literal") else " " for token in tokens)
        return "fraction" if re.search(r"[0#?]\s*/\s*[0#?\d]", texts) else "number"
    return "text" if "text" in kinds else "fixed"
