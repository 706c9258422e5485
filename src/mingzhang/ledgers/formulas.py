"""Small arithmetic with named parameters, exact: 平均工资*60%, 参保人数*2/3. No floats, no functions, no names but the given.

The text is read by a parser of its own, in time that grows with its length; nothing is evaluated as a program.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction

_TOKEN = re.compile(r"\s*(?:(?P<number>\d+(?:\.\d+)?)(?P<percent>%?)|(?P<name>[^\W\d][\w（）]*)|(?P<sign>[-+*/()]))")
_LONGEST = 500
_DEEPEST = 50
_SAME = str.maketrans({"×": "*", "÷": "/", "＊": "*", "／": "/", "＋": "+", "－": "-", "％": "%", "，": ""})


class FormulaError(ValueError):
    """The formula cannot be worked out; the message is Chinese."""


def evaluate(text: str, parameters: Mapping[str, Fraction]) -> Fraction:
    """The exact value of a formula. ``FormulaError``: no formula, an unknown parameter, a division by nought."""
    text = text.translate(_SAME).replace(",", "")
    if len(text) > _LONGEST:
        raise FormulaError("算式太长")
    tokens = _tokens(text)
    reader = _Reader(tokens, parameters)
    value = reader.sum(0)
    if reader.at < len(tokens):
        raise FormulaError(f"算式在“{tokens[reader.at]}”处看不懂")
    return value


def _tokens(text: str) -> list[str]:
    tokens: list[str] = []
    position = 0
    text = text.rstrip()
    while position < len(text):
        match = _TOKEN.match(text, position)
        if match is None:
            raise FormulaError(f"算式在“{text[position : position + 6]}”处看不懂")
        tokens.append(match[0].strip())
        position = match.end()
    if not tokens:
        raise FormulaError("算式是空的")
    return tokens


class _Reader:
    """Reads tokens from the left: sums of products of signed atoms."""

    def __init__(self, tokens: list[str], parameters: Mapping[str, Fraction]) -> None:
        self.tokens, self.parameters, self.at = tokens, parameters, 0

    def _next(self) -> str | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def sum(self, depth: int) -> Fraction:
        value = self.product(depth)
        while self._next() in ("+", "-"):
            sign = self.tokens[self.at]
            self.at += 1
            other = self.product(depth)
            value = value + other if sign == "+" else value - other
        return value

    def product(self, depth: int) -> Fraction:
        value = self.atom(depth)
        while self._next() in ("*", "/"):
            sign = self.tokens[self.at]
            self.at += 1
            other = self.atom(depth)
            if sign == "/" and other == 0:
                raise FormulaError("算式除以了零")
            value = value * other if sign == "*" else value / other
        return value

    def atom(self, depth: int) -> Fraction:
        if depth > _DEEPEST:
            raise FormulaError("算式的括号太多")
        token = self._next()
        if token is None:
            raise FormulaError("算式不完整")
        self.at += 1
        if token == "-":
            return -self.atom(depth + 1)
        if token == "(":
            value = self.sum(depth + 1)
            if self._next() != ")":
                raise FormulaError("算式的括号不成对")
            self.at += 1
            return value
        if token[0].isdigit():
            return Fraction(token[:-1]) / 100 if token.endswith("%") else Fraction(token)
        if token in self.parameters:
            return self.parameters[token]
        if token in ("+", "*", "/", ")"):
            raise FormulaError(f"算式在“{token}”处看不懂")
        raise FormulaError(f"没有名为“{token}”的参数")
