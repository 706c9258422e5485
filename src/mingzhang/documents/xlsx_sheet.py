"""One worksheet part of an xlsx package, streamed: cells as printed, merged ranges, hidden rows and columns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation

from mingzhang.documents import refusals
from mingzhang.documents.date_format import serial_of
from mingzhang.documents.limits import Limits
from mingzhang.documents.number_format import printed
from mingzhang.documents.package import Handler
from mingzhang.documents.workbook import UNCOMPUTED, Box, Position, Printed, Sheet

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})\Z", re.ASCII)
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Style:
    """What matters of a cell's style: its number format and whether any border is drawn."""

    code: str
    bordered: bool


@dataclass(frozen=True, slots=True)
class Book:
    """What all sheets of a workbook share."""

    strings: list[str]
    styles: list[Style]
    since_1904: bool
    limits: Limits
    path: str


_PLAIN = Style("General", False)


def position_of(reference: str) -> Position:
    """``C7`` → ``(7, 3)``. Raises ``ValueError`` for anything that is no address of a worksheet."""
    matched = _REFERENCE.match(reference.strip())
    if matched is None:
        raise ValueError(reference)
    column = 0
    for letter in matched[1].upper():
        column = column * 26 + ord(letter) - 64
    row = int(matched[2])
    if not (1 <= row <= LAST_ROW and 1 <= column <= LAST_COLUMN):
        raise ValueError(reference)
    return row, column


class SheetHandler(Handler):
    """Collects a worksheet; ``ValueError`` and ``IndexError`` mean that the part is damaged."""

    def __init__(self, name: str, book: Book, *, hidden: bool) -> None:
        self._name, self._book, self._hidden = name, book, hidden
        self._cells: dict[Position, Printed] = {}
        self._merges: list[Box] = []
        self._hidden_rows: set[int] = set()
        self._hidden_columns: set[int] = set()
        self._bordered_rows: set[int] = set()
        self._uncomputed: list[Position] = []
        self._formulas = 0
        self._row = self._column = 0
        self._cell: dict[str, str] | None = None
        self._value: list[str] | None = None
        self._inline: list[str] = []
        self._taking: list[str] | None = None
        self._is_formula = self._in_reading = False

    def sheet(self) -> Sheet:
        """What was collected."""
        return Sheet(
            self._name,
            self._cells,
            self._merges,
            self._hidden,
            frozenset(self._hidden_rows),
            frozenset(self._hidden_columns),
            frozenset(self._bordered_rows),
            self._uncomputed,
            self._formulas,
        )

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._cell is not None:
            if name == "v":
                self._value = self._taking = []
            elif name == "t" and not self._in_reading:
                self._taking = self._inline
            elif name == "f":
                self._is_formula = True
            elif name == "rPh":
                self._in_reading = True
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "row":
            self._begin_row(attributes)
        elif name == "col":
            self._column_range(attributes)
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def end(self, name: str) -> None:
        if self._cell is None:
            return
        if name in ("v", "t"):
            self._taking = None
        elif name == "rPh":
            self._in_reading = False
        elif name == "c":
            self._finish_cell(self._cell)
            self._cell = None

    def text(self, text: str) -> None:
        if self._taking is not None:
            self._taking.append(text)

    def _begin_row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r")
        self._row = int(number) if number is not None else self._row + 1
        if not 1 <= self._row <= LAST_ROW:
            raise ValueError(number)
        self._column = 0
        flat = attributes.get("customHeight") in ("1", "true") and _as_float(attributes.get("ht")) == 0
        if flat or attributes.get("hidden") in ("1", "true"):
            self._hidden_rows.add(self._row)

    def _column_range(self, attributes: dict[str, str]) -> None:
        if attributes.get("hidden") in ("1", "true") or _as_float(attributes.get("width")) == 0:
            first, last = int(attributes.get("min", "0")), int(attributes.get("max", "0"))
            self._hidden_columns.update(range(max(first, 1), min(last, LAST_COLUMN) + 1))

    def _merge(self, reference: str) -> None:
        first, _, last = reference.partition(":")
        top, left = position_of(first)
        bottom, right = position_of(last or first)
        if len(self._merges) >= self._book.limits.merges:
            raise refusals.too_large(self._book.path, f"工作表“{self._name}”的合并单元格过多", "merges")
        self._merges.append((min(top, bottom), min(left, right), max(top, bottom), max(left, right)))

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        self._cell = attributes
        self._value, self._inline, self._taking = None, [], None
        self._is_formula = self._in_reading = False
        reference = attributes.get("r")
        if reference is None:
            self._column += 1
        else:
            self._row, self._column = position_of(reference)

    def _finish_cell(self, attributes: dict[str, str]) -> None:
        position = (self._row, self._column)
        styles, number = self._book.styles, attributes.get("s", "0")
        index = int(number) if number.isdigit() else 0
        style = styles[index] if index < len(styles) else _PLAIN
        if style.bordered:
            self._bordered_rows.add(self._row)
        kind = attributes.get("t", "n")
        stored = None if self._value is None else "".join(self._value)
        if self._is_formula:
            self._formulas += 1
            # Text formulas may rightly result in nothing; for others an empty result is a missing one.
            if stored is None or (stored == "" and kind != "str"):
                self._uncomputed.append(position)
                self._cells[position] = Printed(UNCOMPUTED, False)  # not a blank: there is a number, nobody knows which
                return
        value = self._typed(kind, stored)
        if value is None:
            return
        shown = printed(value, style.code, since_1904=self._book.since_1904)
        if shown.strip():
            if len(self._cells) >= self._book.limits.cells:
                raise refusals.too_large(
                    self._book.path, f"工作表“{self._name}”的单元格超过 {len(self._cells)} 个", "cells"
                )
            self._cells[position] = Printed(shown, isinstance(value, Decimal))

    def _typed(self, kind: str, stored: str | None) -> Decimal | bool | str | None:
        if kind == "inlineStr":
            return _unescaped("".join(self._inline))
        if not stored:
            return None
        if kind == "s":
            index = int(stored)
            if index < 0:
                raise IndexError(stored)
            return _unescaped(self._book.strings[index])
        if kind == "b":
            return stored.strip() not in ("0", "false")
        if kind == "n":
            return number_of(stored)
        if kind == "d":
            return self._date(stored)
        return _unescaped(stored)  # str, e

    def _date(self, stored: str) -> Decimal | str:
        try:
            moment = datetime.fromisoformat(stored.strip())
        except ValueError:
            return stored
        return serial_of(moment.replace(tzinfo=None), since_1904=self._book.since_1904)


def number_of(stored: str) -> Decimal | str:
    """The stored decimal, exact; the text itself where it is no finite number."""
    try:
        value = Decimal(stored.strip())
    except InvalidOperation:
        return stored
    return value if value.is_finite() else stored


def _as_float(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None


def _unescaped(text: str) -> str:
    """Characters that XML cannot hold are written ``_x000D_``; a literal underscore before such text as ``_x005F_``."""
    return _ESCAPED.sub(lambda matched: chr(int(matched[1], 16)), text) if "_x" in text else text
