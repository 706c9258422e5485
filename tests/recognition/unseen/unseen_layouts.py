"""Layouts of regions as small text files: how a table is laid out and where each cell stands; the figures are made.

A file has a head (``agency``, ``kind``, ``year``, ``ledger``, ``unit``, ``number``, ``zero``;
``former`` is the stage of last year that changes compare with), then tables:

    == title                    a table of that title; ``= title`` prints the title inside the grid in every medium
    above TEXT                  a line above it (a number, whose it is); the line with the unit follows by itself
    unit 元                      another unit than that of the head; ``unit`` alone prints none
    former STAGE                the stage of last year that its changes compare with
    base WORDS                  where the whole table stands
    | a | < | b |               header rows, ``<`` merged with the left, ``^`` merged with the one above
    cols - ; - ; WORDS ; -      where each column of amounts stands (``-``: no amounts)
    | 合计 | = | = @ WORDS        body rows after ``cols``; ``=`` prints the amount; ``=WORDS`` adds to where it stands;
                                ``=#12`` prints 12 there; ``?12`` is a number that
                                stands nowhere in the cube
    *function 3 5 7 | {code} … @ WORDS    a row for each code with an amount
    1| … / 2| …                 rows of a side, printed beside each other

WORDS are members of the cube (``income general``, ``last``, ``nature:operating``), codes of function (208), object
(o301) and government object (g501). ``text`` lines are sentences, ``{WORDS}`` in them the amount with the unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

from unseen_ledger import Ledger, ledger

from mingzhang.classification import by_code
from mingzhang.cube.hierarchy import members
from mingzhang.cube.point import Point
from same_content import Sheet

LAYOUTS = Path(__file__).parent / "layouts"
_PER_UNIT = {"元": 1, "千元": 1000, "万元": 10_000}
_NUMERALS = "一二三四五六七八九十"
_DIMENSIONS = ("flow", "fund", "stage", "nature", "staffing", "topic", "measure", "purchase")


@dataclass(frozen=True)
class Expected:
    """A number as printed and the point it must stand at; ``None``: it must be listed as read nowhere."""

    printed: str
    point: Point | None


@dataclass(frozen=True)
class Grid(Sheet):
    """A table to write, with what must be read from it (row by row) and the lines above it."""

    above: tuple[str, ...] = ()
    expected: tuple[Expected, ...] = ()
    spans: tuple[tuple[int, int, str, int, int], ...] = ()

    def cells(self) -> list[tuple[int, int, str, int, int]]:
        rows = ((r + len(self.header), row) for r, row in enumerate(self.body))
        return [*self.spans, *((r, c, text, 1, 1) for r, row in rows for c, text in enumerate(row))]


@dataclass
class Layout:
    """A whole disclosure in one region's layout."""

    name: str
    agency: str = "某某省某某厅"
    kind: str = "budget"
    year: int = 2025
    ledger: str = "plain"
    unit: str = "万元"
    number: str = "0,0.00"
    zero: str = ""
    region: str = ""
    former: str = ""
    parts: list[str | Grid] = field(default_factory=list)
    texts: list[Expected] = field(default_factory=list)

    @property
    def tables(self) -> list[Grid]:
        return [part for part in self.parts if isinstance(part, Grid)]

    @property
    def cube(self) -> Ledger:
        return ledger(self.ledger, self.year, final=self.kind == "final")

    def printed(self, point: Point, unit: str, former: str = "") -> str:
        """The amount at a point as the layout prints it."""
        if point.measure in ("change_rate", "share", "completion_rate"):
            return self._rate(point, former)
        amount = self.cube.amount(point)
        if point.measure == "change":
            amount -= self.cube.amount(self.year_before(point, former))
        if amount == 0:
            return self.zero
        decimals = len(self.number.partition(".")[2])
        value = Decimal(amount) / _PER_UNIT[unit]
        value = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
        return f"{value:,}" if "," in self.number else f"{value}"

    def year_before(self, point: Point, former: str = "") -> Point:
        assert point.year is not None
        return point.at(year=point.year - 1, measure="amount", stage=former or self.former or point.stage)

    def _rate(self, point: Point, former: str) -> str:
        amount = self.cube.amount(point)
        if point.measure == "share":
            whole = self.cube.amount(Point(year=point.year, stage=point.stage, flow=point.flow, fund=point.fund))
            part = Decimal(amount) / whole if whole else Decimal(0)
        else:
            past = self.cube.amount(self.year_before(point, former))
            if past == 0:
                return self.zero
            part = Decimal(amount) / past - (1 if point.measure == "change_rate" else 0)
        return f"{(part * 100).quantize(Decimal('0.01'), rounding=ROUND_HALF_UP)}"

    def point(self, words: str) -> Point:
        """The point that words of a layout name."""
        values: dict[str, Any] = {}
        for word in words.split():
            name, value = _member(word)
            values[name] = self.year - (value == "last") if name == "year" else value
        return Point(**values)


def _member(word: str) -> tuple[str, str]:
    if ":" in word:
        name, _, value = word.partition(":")
        return name, value
    if word in ("last", "this"):
        return "year", word
    if re.fullmatch(r"\d{3,7}", word):
        return "function", word
    if re.fullmatch(r"[og]\d{3,5}", word):
        return ("object" if word[0] == "o" else "gov_object"), word[1:]
    for name in _DIMENSIONS:
        if word in (members(name) or ()):
            return name, word
    raise ValueError(f"no member {word!r}")


# --- reading a layout ----------------------------------------------------------------------------------------------------


@dataclass
class _Table:
    layout: Layout
    title: str
    inside: bool
    unit: str
    says_unit: bool = True
    former: str = ""
    above: list[str] = field(default_factory=list)
    base: Point = field(default_factory=Point)
    header: list[list[str]] = field(default_factory=list)
    columns: list[Point | None] = field(default_factory=list)
    rows: list[list[tuple[str, Expected | None]]] = field(default_factory=list)
    sides: dict[int, list[list[tuple[str, Expected | None]]]] = field(default_factory=dict)
    starts: list[int] = field(default_factory=list)

    def body(self, line: str) -> None:
        match = re.match(r"(\d?)(?:\*(\w+)([ \d]*?(?: all)?)\s*)?\|", line)
        assert match, line
        side = int(match[1]) if match[1] else None
        cells = [cell.strip() for cell in line[match.end() :].split("|")]
        cells[-1], _, words = cells[-1].partition("@")
        cells[-1] = cells[-1].strip()
        if len(cells) > 1 and cells[-1] == "":
            cells.pop()
        if side is None:
            cells += [""] * (len(self.columns) - len(cells))
        row = self.layout.point(words)
        offset = self.starts[side - 1] if side else 0
        made: list[list[tuple[str, Expected | None]]] = []
        if match[2] is None:
            made.append(self._cells(cells, offset, row, {}))
        else:
            lengths = tuple(int(n) for n in match[3].split() if n.isdigit())
            wanted = [self._at(cell, offset + i, row) for i, cell in enumerate(cells) if cell.startswith("=")]
            for number, code in enumerate(self.layout.cube.codes(match[2], lengths, wanted)):
                name = by_code(match[2], code)[0].name  # type: ignore[arg-type]
                words_of = {"code": code, "name": name, "n": _NUMERALS[number % 10], "i": str(number + 1)}
                words_of |= {"c1": code[:3], "c2": code[3:5], "c3": code[5:7]}
                words_of |= {"indent": "\u3000" * ((len(code) - 3) // 2)}
                made.append(self._cells(cells, offset, row.at(**{match[2]: code}), words_of))
        if side is None:
            self._flush()
            self.rows += made
        else:
            self.sides.setdefault(side, []).extend(made)

    def _cells(
        self, cells: list[str], offset: int, row: Point, words: dict[str, str]
    ) -> list[tuple[str, Expected | None]]:
        found: list[tuple[str, Expected | None]] = []
        for place, cell in enumerate(cells):
            if cell.startswith("=#"):
                point = self._at("=", offset + place, row)
                found.append((cell[2:], Expected(cell[2:], point)))
            elif cell.startswith("="):
                point = self._at(cell, offset + place, row)
                text = self.layout.printed(point, self.unit, self.former)
                found.append((text, Expected(text, point)))
            elif cell.startswith("?"):
                found.append((cell[1:], Expected(cell[1:], None)))
            else:
                for word, value in words.items():
                    cell = cell.replace(f"{{{word}}}", value)
                found.append((cell, None))
        return found

    def _at(self, cell: str, place: int, row: Point) -> Point:
        column = self.columns[place]
        assert column is not None, (self.title, cell, place)
        return (
            Point(year=self.layout.year, stage=self.layout.kind)
            .merged(self.base)
            .merged(column)
            .merged(row)
            .merged(self.layout.point(cell[1:]))
        )

    def _flush(self) -> None:
        if not self.sides:
            return
        bounds = [*self.starts, len(self.columns)]
        for number in range(max(len(rows) for rows in self.sides.values())):
            row: list[tuple[str, Expected | None]] = []
            for side, (start, stop) in enumerate(pairwise(bounds), start=1):
                rows = self.sides.get(side, [])
                row += rows[number] if number < len(rows) else []
                row += [("", None)] * (stop - len(row))
                assert len(row) == stop, (self.title, row, start)
            self.rows.append(row)
        self.sides = {}

    def grid(self) -> Grid:
        self._flush()
        width = len(self.columns)
        widths = {len(row) for row in self.header} | {len(row) for row in self.rows}
        assert widths == {width}, (self.title, width, widths)
        expected = tuple(
            item for row in self.rows for _, item in row if item is not None and any(map(str.isdigit, item.printed))
        )
        unit = f"单位：{self.unit}" if self.says_unit else ""
        body = [[text for text, _ in row] for row in self.rows]
        header = [[(text, 1, 1) for text in row] for row in self.header]
        return Grid(self.title, unit, header, body, tuple(self.above), expected, tuple(_spans(self.header)))


def _spans(rows: list[list[str]]) -> Iterator[tuple[int, int, str, int, int]]:
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text in ("<", "^"):
                continue
            wide, down = 1, 1
            while c + wide < len(row) and row[c + wide] == "<":
                wide += 1
            while r + down < len(rows) and rows[r + down][c] == "^":
                down += 1
            yield r, c, text, down, wide


def load(place: Path) -> Layout:
    """A layout with its figures filled in."""
    layout = Layout(place.stem)
    table: _Table | None = None
    for raw in place.read_text(encoding="utf-8").splitlines():
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        word, _, rest = line.partition(" ")
        if word in ("=", "=="):
            _close(layout, table)
            table = _Table(layout, rest.strip(), word == "=", layout.unit)
        elif word in ("text", "line"):
            _close(layout, table)
            table = None
            layout.parts.append(_sentence(layout, rest))
        elif table is None:
            value: Any = int(rest) if word == "year" else rest
            assert hasattr(layout, word), line
            setattr(layout, word, value)
        else:
            _part(table, word, rest, line)
    _close(layout, table)
    return layout


def _part(table: _Table, word: str, rest: str, line: str) -> None:
    if word == "above":
        table.above.append(rest)
    elif word == "unit":
        table.unit, table.says_unit = rest or table.unit, bool(rest)
    elif word == "former":
        table.former = rest
    elif word == "base":
        table.base = table.layout.point(rest)
    elif word == "cols":
        sides = [[part.strip() for part in side.split(";")] for side in rest.split("||")]
        for side in sides:
            table.starts.append(len(table.columns))
            table.columns += [None if part == "-" else table.layout.point(part) for part in side]
    elif table.columns:
        table.body(line)
    else:
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        table.header.append(cells)


def _close(layout: Layout, table: _Table | None) -> None:
    if table is not None:
        layout.parts.append(table.grid())


def _sentence(layout: Layout, text: str) -> str:
    def amount(match: re.Match[str]) -> str:
        point = Point(year=layout.year, stage=layout.kind).merged(layout.point(match[1]))
        percent = point.measure in ("change_rate", "share", "completion_rate")
        printed = layout.printed(point, layout.unit) or "0"
        layout.texts.append(Expected(printed, point))
        return printed + ("%" if percent else layout.unit)

    return re.sub(r"\{([^{}]+)\}", amount, text)


def layouts() -> list[Path]:
    """All layout files, in order of their names."""
    return sorted(LAYOUTS.glob("*.txt"))


__all__ = ["Expected", "Grid", "Layout", "layouts", "load", "replace"]
