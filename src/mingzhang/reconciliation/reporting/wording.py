"""How numbers and places are named to a reader: 《支出预算总表》“208 社会保障和就业支出”的“总计”, 1,396.07."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from mingzhang.cube.amount import Amount
from mingzhang.cube.disclosure import Observation, Table
from mingzhang.cube.names import point_words
from mingzhang.cube.point import Point
from mingzhang.reconciliation.derivation import Book

_TITLE_LEAD = re.compile(r"^(?:19|20)\d\d年(?:度)?")
_LONGEST_QUOTE = 28
_UNGROUPED = re.compile(r"\d{4}")


@dataclass(slots=True)
class Wording:
    """Names for the variables of a book. ``steps`` grid units are one 分."""

    book: Book
    steps: int
    _grouped: bool | None = None

    def number(self, variable: int) -> str:
        """The number as printed; 空白 for a blank cell, （未印出） for a latent one."""
        if self.book.is_latent(variable):
            return "（未印出）"
        return self.book.observations[variable].amount.printed or "空白"

    def name(self, variable: int, *, with_table: bool = True) -> str:
        """What the number is: its table, row and column, or the words of its sentence."""
        if self.book.is_latent(variable):
            return point_words(self.latent_point(variable))
        observation = self.book.observations[variable]
        if observation.origin == "text":
            return f"文字“{shortened(observation.label)}”"
        table = self.book.tables.get(observation.source.table or "")
        return f"{table_name(table) if with_table else ''}{cell_name(observation, table)}"

    def value(self, grid_value: Fraction | int, like: int) -> str:
        """An exact grid value in the unit, the precision and the manner (1,396.07 or 1396.07) of a printed number."""
        amount = self.amount_like(like)
        unit = self.steps * (amount.unit.fen or 1)
        made = _printed(grid_value.numerator, grid_value.denominator * unit, amount.decimals)
        return made if self._groups(amount.printed) else made.replace(",", "")

    def _groups(self, printed: str) -> bool:
        """Whether thousands are set apart in a print; where it is too short to tell, as in most of the document."""
        if "," in printed or "，" in printed:
            return True
        if _UNGROUPED.search(printed.split(".")[0]):
            return False
        if self._grouped is None:
            long = [o.amount.printed for o in self.book.observations if len(o.amount.printed.split(".")[0]) > 3]
            without = sum(_UNGROUPED.search(each.split(".")[0]) is not None for each in long)
            self._grouped = 2 * without <= len(long)
        return self._grouped

    def quantum(self, variable: int) -> Fraction:
        """The quantum of a printed number, in grid units."""
        return Fraction(self.amount_like(variable).quantum) * self.steps

    def amount_like(self, variable: int) -> Amount:
        """The amount of a variable; for a latent one, the first of the book (for its unit and precision)."""
        return self.book.observations[0 if self.book.is_latent(variable) else variable].amount

    def latent_point(self, variable: int) -> Point:
        """The point of a latent variable."""
        return next(point for point, number in self.book.latent.items() if number == variable)


def shortened(text: str) -> str:
    """A quotation of bearable length."""
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"


def table_name(table: Table | None) -> str:
    """表三《部门支出预算总表》: the title without its year, after its number if it has one."""
    if table is None:
        return ""
    return f"{table.number or ''}《{_TITLE_LEAD.sub('', table.title) or '无题表格'}》"


def column_name(observation: Observation, table: Table | None) -> str:
    """The header over a cell: its last two phrases."""
    column = observation.source.column
    if table is None or column is None or column > len(table.header):
        return ""
    return "·".join("".join(text.split()) for text in table.header[column - 1][-2:] if text)


def row_name(observation: Observation) -> str:
    """The code and label of a cell's row."""
    point = observation.point
    code = point.function or point.object or point.gov_object or ""
    label = observation.label
    if code and code not in label:
        return f"{code} {label}".strip()
    return label


def cell_name(observation: Observation, table: Table | None) -> str:
    """“208 社会保障和就业支出”的“总计”."""
    row = row_name(observation)
    column = column_name(observation, table)
    if row and column:
        return f"“{row}”的“{column}”"
    return f"“{row or column}”" if row or column else f"第{observation.source.row}行第{observation.source.column}列"


def format_number(value: Fraction, decimals: int) -> str:
    """A number with thousands separators, rounded half up to ``decimals`` places."""
    return _printed(value.numerator, value.denominator, decimals)


def _printed(numerator: int, denominator: int, decimals: int) -> str:
    whole = (2 * abs(numerator) * 10**decimals + denominator) // (2 * denominator)
    sign = "-" if numerator < 0 and whole else ""
    return f"{sign}{Decimal(whole).scaleb(-decimals):,.{decimals}f}"


def printable_range(low: Fraction, high: Fraction, quantum: Fraction) -> tuple[Fraction, Fraction]:
    """The least and the greatest multiple of ``quantum`` that may be printed for a number within [low, high]."""
    first = -((-(low - quantum / 2) / quantum).__floor__())
    last = ((high + quantum / 2) / quantum).__floor__()
    return first * quantum, last * quantum
