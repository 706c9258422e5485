"""The tables as read: every cell with what the checking says of it, and the findings that point at it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from mingzhang.cube.disclosure import Table
from mingzhang.cube.finding import Finding
from mingzhang.cube.source import Source
from mingzhang.cube.verdict import Mark, Verdict
from mingzhang.publication.report.crops import places_of

CellMark = Mark | Literal["unread"]
Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class ViewCell:
    """One cell: its text, its mark (``None`` where nothing is to be said), the findings that may concern it."""

    text: str
    mark: CellMark | None = None
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeadCell:
    text: str
    columns: int
    rows: int


@dataclass(slots=True)
class Marks:
    """What is known of each place of the tables."""

    marks: dict[Place, CellMark] = field(default_factory=dict)
    findings: dict[Place, list[str]] = field(default_factory=dict)

    @staticmethod
    def of(verdict: Verdict) -> Marks:
        known = Marks()
        for item in verdict.disclosure.unread:
            if item.kind == "amount" and (place := place_in_table(item.source)):
                known.marks[place] = "unread"
        for observation, mark in zip(verdict.disclosure.observations, verdict.marks, strict=False):
            place = place_in_table(observation.source)
            if place and not (observation.amount.is_blank and mark != "suspect"):
                known.marks[place] = mark
        for finding in verdict.findings:
            for source in _pointed_at(finding):
                if place := place_in_table(source):
                    known.findings.setdefault(place, []).append(finding.id)
        return known

    def row(self, table: Table, index: int) -> Iterator[ViewCell]:
        """The cells of one body row."""
        row = table.rows[index]
        for column, text in enumerate(row.texts, start=1):
            place = (table.id, row.source.row or 0, column)
            yield ViewCell(text, self.marks.get(place), tuple(self.findings.get(place, ())))


def _pointed_at(finding: Finding) -> Sequence[Source]:
    return places_of(finding)[0]


def place_in_table(source: Source) -> Place | None:
    if source.table is None or source.row is None or source.column is None:
        return None
    return (source.table, source.row, source.column)


def header_rows(table: Table) -> list[list[HeadCell]]:
    """The header as rows of cells: phrases that neighbouring columns share are one cell."""
    depth = max((len(path) for path in table.header), default=0)
    rows: list[list[HeadCell]] = []
    for level in range(depth):
        cells: list[HeadCell] = []
        column = 0
        while column < len(table.header):
            path = table.header[column]
            if level >= len(path):
                column += 1  # covered by the cell above, which reaches down
                continue
            last = level == len(path) - 1
            end = column + 1
            while not last and end < len(table.header) and table.header[end][: level + 1] == path[: level + 1]:
                if len(table.header[end]) <= level + 1:
                    break
                end += 1
            cells.append(HeadCell(path[level], end - column, depth - level if last else 1))
            column = end
        rows.append(cells)
    empty = [column for column, path in enumerate(table.header) if not path]
    if rows and empty:  # a column without a header still has its place
        rows[0] = _with_gaps(table, rows[0], depth)
    return rows


def _with_gaps(table: Table, first: list[HeadCell], depth: int) -> list[HeadCell]:
    found: list[HeadCell] = []
    cells = iter(first)
    column = 0
    while column < len(table.header):
        cell = HeadCell("", 1, depth) if not table.header[column] else next(cells)
        found.append(cell)
        column += cell.columns
    return found
