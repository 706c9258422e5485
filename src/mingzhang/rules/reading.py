"""What several rules read from a disclosure: whole tables over page breaks, and codes as they are really printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mingzhang.classification import Dimension, dimension_of
from mingzhang.cube import Disclosure, Row, Source, Table
from mingzhang.rules.once import once

# 单位编码 and the like number something else; 部门预算支出经济分类科目编码 is a classification.
_OTHER_CODES = re.compile(r"(?:单位|部门|项目|机构|品目|采购|资产)(?:编码|代码|编号)\Z")


@dataclass(frozen=True, slots=True)
class WholeTable:
    """A table and its continuations on the following pages. ``head`` bears the title, if any does."""

    parts: tuple[Table, ...]

    @property
    def head(self) -> Table:
        return self.parts[0]

    @property
    def rows(self) -> Iterator[Row]:
        return (row for part in self.parts for row in part.rows)


@once
def whole_tables(disclosure: Disclosure) -> tuple[WholeTable, ...]:
    """The tables, with those joined that a page break divided: the next page's has no title of its own, or the same."""
    found: list[list[Table]] = []
    for table in disclosure.tables:
        if found and _continues(found[-1][-1], found[-1][0], table):
            found[-1].append(table)
        else:
            found.append([table])
    return tuple(WholeTable(tuple(parts)) for parts in found)


def _continues(last: Table, head: Table, table: Table) -> bool:
    page, before = table.source.page, last.source.page
    if table.source.file != last.source.file or page is None or before is None or not 0 <= page - before <= 1:
        return False
    return (not table.title and table.number is None) or (table.title == head.title and page == before + 1)


@dataclass(frozen=True, slots=True)
class PrintedCode:
    """A classification code with its name as one row prints them. ``column`` counts from 0 and holds the code."""

    dimension: Dimension
    code: str
    name: str
    row: Row
    column: int

    @property
    def place(self) -> Source:
        return self.row.source._replace(quote=f"{self.code} {self.name}")

    @property
    def name_place(self) -> Source:
        """The cell of the name; that of the row where the name shares its cell with the code."""
        name = "".join(self.name.split())
        for column, text in enumerate(self.row.texts):
            if column != self.column and "".join(text.split()) == name:
                return self.row.place(column)._replace(quote=self.place.quote)
        return self.place


@once
def printed_codes(disclosure: Disclosure) -> dict[str, tuple[PrintedCode, ...]]:
    """By table id, the rows that print a classification code and a name; a code inferred from a name is not printed."""
    return {table.id: tuple(_printed(table)) for table in disclosure.tables}


def listed_codes(disclosure: Disclosure, table: WholeTable) -> dict[Dimension, dict[str, PrintedCode]]:
    """By dimension, the codes that a table and its continuations print, each as it stands first."""
    codes_of = printed_codes(disclosure)
    listed: dict[Dimension, dict[str, PrintedCode]] = {}
    for part in table.parts:
        for printed in codes_of.get(part.id, ()):
            listed.setdefault(printed.dimension, {}).setdefault(printed.code, printed)
    return listed


def _printed(table: Table) -> Iterator[PrintedCode]:
    others = {
        column
        for column, path in enumerate(table.header)
        if any(_OTHER_CODES.search("".join(phrase.split())) for phrase in path)
    }
    for row in table.rows:
        if row.kind not in ("item", "of_which") or row.code is None or not row.name:
            continue
        place = dimension_of(row.code)
        column = _column_of(row)
        if place is None or column is None or column in others:
            continue
        yield PrintedCode(place.dimension, row.code, row.name, row, column)


def _column_of(row: Row) -> int | None:
    """Where the row prints its code: in one cell, in two or three beside each other (类, 款, 项), or in brackets."""
    if row.texts and row.texts[0] == row.code:
        return 0
    cells = ["".join(text.split()) for text in row.texts]
    for column, text in enumerate(cells):
        if not text or not str(row.code).startswith(text[:3].strip("[【")):
            continue
        if any("".join(cells[column : column + count]) == row.code for count in (1, 2, 3)):
            return column
        if re.match(rf"[\[【]{row.code}[\]】]", text):
            return column
    return None
