"""Whether anything printed in a document speaks against a figure that was changed in it.

Plain arithmetic on the figures as printed, which knows neither of points nor of rules and never asks the checker: a figure
is bound where it is printed again, where a run of figures beside it in its column, row or line adds up with it, where
codes nest (20805 and its 2080501 …), or where a sentence gives it as the difference of two figures or as a rate. An error
in a figure that nothing binds, or within what rounding explains, leaves a document that may be right as it stands.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate

from mingzhang.documents.model import Document, Grid, Line
from seeded.edits import At

_NUMBER = re.compile(r"(?<![\d.,A-Za-z])\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|(?<![\d.,A-Za-z])\d+(?:\.\d+)?(?![\d,])")
_PLAIN = re.compile(r"\s*[-－]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?\s*\Z")
_CODE = re.compile(r"\s*(\d{3}|\d{5}|\d{7})(?!\d)")
_UNIT = re.compile(r"单\s*位\s*[:：]\s*(?:人民币)?(万元|元)")
_SLIGHT = 2
_ROUNDED, _TAIL = Decimal("0.5"), Decimal("1.5")  # units of the last digit by which a rounded figure, a cut one is off
_TELLING = 3  # digits of a figure that is printed again: fewer agree by chance
_SCALES = (Decimal(1), Decimal(10000), Decimal("0.0001"))  # 元 beside 万元


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as printed: its value, the unit of its last digit, and where it stands (``column`` -1 in a line)."""

    value: Decimal
    quantum: Decimal
    block: int
    row: int
    column: int
    start: int
    is_rate: bool = False


def figure_of(text: str, block: int, row: int, column: int, start: int, is_rate: bool = False) -> Figure:
    """The number of a text that is one."""
    digits = text.strip().replace(",", "").replace("－", "-")
    return Figure(
        Decimal(digits), Decimal(1).scaleb(-len(digits.partition(".")[2])), block, row, column, start, is_rate
    )


class Figures:
    """All figures of a document, and what binds each."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.cells: dict[tuple[int, int], Figure] = {}
        self.columns: dict[tuple[int, int], list[Figure]] = defaultdict(list)
        self.rows: dict[tuple[int, int], list[Figure]] = defaultdict(list)
        self.lines: dict[int, list[Figure]] = defaultdict(list)
        self.codes: dict[tuple[int, int], str] = {}
        for number, block in enumerate(document.blocks):
            if isinstance(block, Grid):
                self._grid(number, block)
            else:
                self._line(number, block)
        units = Counter(_UNIT.findall("\n".join(b.text for b in document.blocks if isinstance(b, Line))))
        self.scale = _SCALES[2] if units["元"] > units["万元"] else _SCALES[0]
        self.every = [*self.cells.values(), *(figure for found in self.lines.values() for figure in found)]

    def _grid(self, number: int, grid: Grid) -> None:
        for index, cell in sorted(enumerate(grid.cells), key=lambda item: (item[1].row, item[1].column)):
            if _PLAIN.match(cell.text):
                figure = figure_of(cell.text, number, cell.row, cell.column, index)
                self.cells[number, index] = figure
                self.columns[number, cell.column].append(figure)
                self.rows[number, cell.row].append(figure)
            if (code := _CODE.match(cell.text)) is not None:
                self.codes.setdefault((number, cell.row), code[1])

    def _line(self, number: int, line: Line) -> None:
        for match in _NUMBER.finditer(line.text):
            rate = line.text[match.end() : match.end() + 1] in ("%", "％")
            if rate or line.text[match.end() : match.end() + 1] != "年":
                self.lines[number].append(figure_of(match[0], number, 0, -1, match.start(), rate))

    def at(self, at: At) -> Figure | None:
        """The figure in the cell or at the characters."""
        if isinstance(self.document.blocks[at.block], Grid):
            return self.cells.get((at.block, at.start))
        return next((figure for figure in self.lines[at.block] if figure.start == at.start), None)

    def contradict(self, at: At, new: str) -> bool:
        """Whether some relation that the printed figure fulfils is broken, beyond rounding, by ``new`` in its place."""
        figure = self.at(at)
        if figure is None:
            return True  # no number by our own reading: the error counts
        other = figure_of(new, figure.block, figure.row, figure.column, figure.start) if _PLAIN.match(new) else None
        value = other.value if other is not None else Decimal(0)
        return any(low <= figure.value <= high and not low <= value <= high for low, high in self._bounds(figure))

    def is_slight(self, at: At, new: str) -> bool:
        """Whether ``new`` breaks no relation by more than a unit of the last digit, or is off by two units at most.

        The last digit of a relation to a percentage is that of the percentage.
        """
        figure = self.at(at)
        if figure is None or not _PLAIN.match(new):
            return False
        value = Decimal(new.strip().replace(",", ""))
        if abs(value - figure.value) <= _SLIGHT * figure.quantum:
            return True
        bounds = [(low, high) for low, high in self._bounds(figure, _TAIL) if low <= figure.value <= high]
        return all(low - figure.quantum <= value <= high + figure.quantum for low, high in bounds)

    def printed_apart(self, at: At) -> bool:
        """Whether the figure stands in another block as well: what speaks against the unit of a whole table."""
        figure = self.at(at)
        if figure is None:
            return True
        again = self._printed_again(figure, frozenset({figure.block}))
        return any(low <= figure.value <= high for low, high in again)

    def _bounds(self, figure: Figure, off: Decimal = _ROUNDED) -> Iterator[tuple[Decimal, Decimal]]:
        """Where each relation says that the figure must lie, its own rounding included.

        ``off``: by how many units of its last digit a percentage may be off.
        """
        if figure.is_rate:
            yield from self._ratios(figure)
            return
        yield from self._printed_again(figure)
        if figure.column >= 0:
            runs = (self.columns[figure.block, figure.column], self.rows[figure.block, figure.row])
            for run in runs:
                yield from _sums(run, figure)
            yield from self._nested(figure)
        else:
            line = self.lines[figure.block]
            yield from _sums([other for other in line if not other.is_rate], figure)
            yield from self._differences(figure, line)
            yield from _rates(figure, line, off)

    def _printed_again(self, figure: Figure, but: frozenset[int] = frozenset()) -> Iterator[tuple[Decimal, Decimal]]:
        if not is_telling(figure):
            return
        for other in self.every:
            if other is figure or other.is_rate or other.block in but or not is_telling(other):
                continue
            for scale in _SCALES:
                slack = (other.quantum * scale + figure.quantum) / 2
                yield _around(other.value * scale, slack)

    def _nested(self, figure: Figure) -> Iterator[tuple[Decimal, Decimal]]:
        """The row of a code against the rows of the codes right under it, in one column, both ways."""
        column = self.columns[figure.block, figure.column]
        coded = [(self.codes.get((other.block, other.row)), other) for other in column]
        own = self.codes.get((figure.block, figure.row))
        heads = [
            (code, head) for code, head in coded if code is not None and own in (code, f"{code}{(own or '')[-2:]}")
        ]
        for head_code, head in heads:
            parts = [o for code, o in coded if code and code[:-2] == head_code and len(code) == len(head_code) + 2]
            if parts and (head is figure or figure in parts):
                yield _sum_bounds(head, parts, figure)

    def _ratios(self, figure: Figure) -> Iterator[tuple[Decimal, Decimal]]:
        """What two figures of its line make in per cent, or one of them and those beside it in a row of a table."""
        line = [other for other in self.lines[figure.block] if not other.is_rate and other.value]
        rows = [
            self.rows[other.block, other.row]
            for other in self.cells.values()
            if any(one.value == other.value and is_telling(one) for one in line)
        ]
        half = figure.quantum / 2
        for one in line:
            for other in (*line, *(cell for row in rows for cell in row if cell.value)):
                if other is one:
                    continue
                a, b = (one.value - one.quantum / 2, one.value + one.quantum / 2), other.quantum / 2
                low, high = other.value - b, other.value + b
                for bottom, top in ((low, high), (low - a[1], high - a[0]), (low + a[0], high + a[1])):
                    if bottom > 0:
                        yield a[0] / top * 100 - half, a[1] / bottom * 100 + half
                if low > 0:
                    apart = sorted((abs(a[0] - high), abs(a[1] - low)))
                    yield apart[0] / high * 100 - half, apart[1] / low * 100 + half

    def _differences(self, figure: Figure, line: Sequence[Figure]) -> Iterator[tuple[Decimal, Decimal]]:
        """The difference of a figure of its line and any other; or one of two figures whose difference the line gives."""
        slack = figure.quantum * 3 / 2
        for one in line:
            beside = self.every if is_telling(figure) else line
            for other in beside if one is not figure and not one.is_rate else ():
                if other is figure or other is one or other.is_rate:
                    continue
                scaled = other.value * self.scale if other.column >= 0 else other.value
                yield _around(abs(one.value - scaled), slack)
                yield _around(one.value + scaled, slack)


def is_telling(figure: Figure) -> bool:
    """Whether it has digits enough to agree with another by no chance."""
    return len(str(abs(figure.value)).replace(".", "").strip("0")) >= _TELLING


def _sums(run: Sequence[Figure], figure: Figure) -> Iterator[tuple[Decimal, Decimal]]:
    """Runs of at least two figures that add up to the figure before or behind them, or to the first or last of all."""
    place = run.index(figure)
    totals = [Decimal(0), *accumulate(other.value for other in run)]
    quanta = [Decimal(0), *accumulate(other.quantum for other in run)]
    count = len(run)
    for start in range(count):
        for end in range(start + 2, count + 1):
            for head in {start - 1, end, 0, count - 1}:
                if not 0 <= head < count or start <= head < end or not (head == place or start <= place < end):
                    continue
                whole = run[head]
                slack = (whole.quantum + quanta[end] - quanta[start]) / 2
                if abs(totals[end] - totals[start] - whole.value) <= slack:
                    yield _sum_bounds(whole, run[start:end], figure)


def _sum_bounds(head: Figure, parts: Sequence[Figure], figure: Figure) -> tuple[Decimal, Decimal]:
    slack = (head.quantum + sum(part.quantum for part in parts)) / 2
    if head is figure:
        return _around(sum((part.value for part in parts), Decimal(0)), slack)
    return _around(head.value - sum((part.value for part in parts if part is not figure), Decimal(0)), slack)


def _rates(figure: Figure, line: Sequence[Figure], off: Decimal) -> Iterator[tuple[Decimal, Decimal]]:
    """A rate of the line that the figure makes with another one: of the base before or after it, or of the whole."""
    for rate in line:
        if not rate.is_rate or not rate.value or rate is figure:
            continue
        low, high = (rate.value - rate.quantum * off) / 100, (rate.value + rate.quantum * off) / 100
        for other in line:
            if other.is_rate or other is figure or not other.value:
                continue
            yield other.value * low, other.value * high  # part of the whole, change of the base
            yield other.value * low / (1 + low), other.value * high / (1 + high)  # what it rose by
            if low > 0:
                yield other.value / high, other.value / low  # the whole, the base
                yield other.value * (1 + low) / high, other.value * (1 + high) / low  # what it rose to
            if high < 1:
                yield other.value * low / (1 - low), other.value * high / (1 - high)  # what it fell by
            if low > 0 and high < 1:
                yield other.value * (1 - high) / high, other.value * (1 - low) / low  # what it fell to


def _around(value: Decimal, slack: Decimal) -> tuple[Decimal, Decimal]:
    return value - slack, value + slack
