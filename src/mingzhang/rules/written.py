"""All words of a disclosure, line by line and cell by cell, each with a way to point at a part of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mingzhang.cube import Disclosure, Paragraph, Row, Source, Table
from mingzhang.rules.prose import lines
from mingzhang.rules.wording import around, table_name

_PLAIN = re.compile(r"[\d.,\-\s]*\Z")  # a cell of figures: most are
_QUOTE = 12


@dataclass(frozen=True, slots=True)
class Written:
    """A line or a cell: its words, and how to point at a part of them."""

    words: str
    place: Paragraph | Row
    table: Table | None = None
    column: int | None = None

    @property
    def where(self) -> str:
        return "" if self.table is None else table_name(self.table)

    def at(self, start: int, end: int) -> Source:
        if isinstance(self.place, Paragraph):
            return self.place.at(start, end)
        return self.place.place((self.column or 1) - 1)._replace(column=self.column, quote=self.words[start:end])

    def around(self, start: int, end: int) -> str:
        """The words with a little of what stands before and behind them."""
        return around(self.words, start, end, _QUOTE)


def written(disclosure: Disclosure, cells: bool = True) -> Iterator[Written]:
    """Every line of the narrative and about the tables; with ``cells`` the heads and the cells of words too."""
    for paragraph in lines(disclosure):
        yield Written(paragraph.text, paragraph)
    if not cells:
        return
    for table in disclosure.tables:
        for text in dict.fromkeys(text for path in table.header for text in path):
            yield Written(text, Paragraph(text, table.source), table)
        for row in table.rows:
            for column, text in enumerate(row.texts, start=1):
                if text and not _PLAIN.match(text):
                    yield Written(text, row, table, column)
