"""What became of each place of a PDF: the grids of the document beside the tables and numbers of the disclosure."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from mingzhang.cube import DIMENSIONS, Disclosure, Observation, Point, Source, Table, Unread
from mingzhang.cube.names import MEMBER_WORDS

Box = tuple[float, float, float, float]
Key = tuple[int, Box]

# What stands in the pictures: in Chinese, or in plain letters where the machine has no Chinese font.
ROLE_WORDS = {
    "code": ("编码", "code"),
    "name": ("文字", "text"),
    "amount": ("总额", "whole"),
    "unread": ("未读", "UNREAD"),
    "empty": ("空列", "empty"),
}


class DrawnCell(Protocol):
    """A cell as the document has it; rows and columns count from 0."""

    @property
    def row(self) -> int: ...
    @property
    def column(self) -> int: ...
    @property
    def column_span(self) -> int: ...
    @property
    def text(self) -> str: ...
    @property
    def source(self) -> Source: ...


class DrawnGrid(Protocol):
    """A grid as the document has it."""

    @property
    def cells(self) -> Sequence[DrawnCell]: ...


@dataclass(slots=True)
class Known:
    """What became of the numbers, by page and box; the roles of the columns of each table."""

    tables: dict[str, Table]
    observed: dict[Key, Observation] = field(default_factory=dict)
    unread: dict[Key, Unread] = field(default_factory=dict)
    roles: dict[str, dict[int, str]] = field(default_factory=dict)

    @staticmethod
    def of(disclosure: Disclosure) -> Known:
        known = Known({table.id: table for table in disclosure.tables})
        for observation in disclosure.observations:
            if (key := key_of(observation.source)) is not None:
                known.observed[key] = observation
        rank = {"identifier": 0, "quantity": 1, "amount": 2}
        refused: Counter[tuple[str, int]] = Counter()
        for item in disclosure.unread:
            if (key := key_of(item.source)) is None:
                continue
            former = known.unread.get(key)
            if former is None or rank.get(item.kind, 2) > rank.get(former.kind, 2):
                known.unread[key] = item
            if item.kind == "amount" and item.source.table and item.source.column:
                refused[item.source.table, item.source.column] += 1
        for table in disclosure.tables:
            known.roles[table.id] = {
                number: _role(table, number, refused[table.id, number]) for number in range(1, len(table.columns) + 1)
            }
        return known

    def place(self, source: Source) -> Source | None:
        """The same place with its table, row and column, if anything was understood there."""
        key = key_of(source)
        if key is None:
            return None
        found = self.observed.get(key) or self.unread.get(key)
        return found.source if found is not None and found.source.table is not None else None


def key_of(source: Source) -> Key | None:
    return None if source.page is None or source.bbox is None else (source.page, source.bbox)


def _role(table: Table, column: int, refused: int) -> str:
    if table.columns[column - 1] is not None:
        return "amount"
    if refused:
        return "unread"
    texts = [row.texts[column - 1] for row in table.rows if row.kind != "index" and len(row.texts) >= column]
    filled = [text for text in texts if text]
    if not filled:
        return "empty"
    coded = sum(text.isdecimal() for text in filled)
    return "code" if coded * 2 > len(filled) else "name"


@dataclass(frozen=True, slots=True)
class Head:
    """What a column was understood as; ``column`` is its number in the table, from 1."""

    left: float
    right: float
    foot: float
    role: str
    words: tuple[str, str]
    column: int = 0


@dataclass(frozen=True, slots=True)
class DrawnTable:
    """One grid with what it is."""

    grid: DrawnGrid
    page: int | None
    table: Table | None
    first: bool = True
    tints: tuple[tuple[Box, str], ...] = ()
    heads: tuple[Head, ...] = ()


def understood(grid: DrawnGrid, known: Known) -> DrawnTable:
    page = next((cell.source.page for cell in grid.cells), None)
    places = [(cell, place) for cell in grid.cells if (place := known.place(cell.source)) is not None]
    if not places:
        return DrawnTable(grid, page, None)
    ((table_id, _),) = Counter(place.table for _, place in places).most_common(1)
    table = known.tables.get(table_id or "")
    if table is None:
        return DrawnTable(grid, page, None)
    places = [(cell, place) for cell, place in places if place.table == table.id]
    start = min((row.source.row or 1 for row in table.rows), default=1)
    bodies = [cell for cell, place in places if (place.row or 0) >= start]
    first_row = min((cell.row for cell in bodies), default=0)
    first = any((place.row or 0) == cell.row + 1 for cell, place in places)
    columns = _columns(places)
    roles = known.roles[table.id]
    tints: list[tuple[Box, str]] = []
    for cell in grid.cells:
        role = roles.get(columns.get(cell.column, cell.column + 1))
        if role is not None and cell.row >= first_row and cell.column_span == 1 and cell.source.bbox is not None:
            tints.append((cell.source.bbox, role))
    return DrawnTable(grid, page, table, first, tuple(tints), tuple(_heads(grid, table, roles, columns, first_row)))


def _columns(places: Sequence[tuple[DrawnCell, Source]]) -> dict[int, int]:
    """The column of the table for each column of the grid: parts on later pages can have others."""
    votes: dict[int, Counter[int]] = {}
    for cell, place in places:
        if place.column is not None:
            votes.setdefault(cell.column, Counter())[place.column] += 1
    return {column: counted.most_common(1)[0][0] for column, counted in votes.items()}


def _heads(
    grid: DrawnGrid, table: Table, roles: dict[int, str], columns: dict[int, int], first_row: int
) -> Iterator[Head]:
    edges: dict[int, list[Box]] = {}
    foot = min((box[1] for cell in grid.cells if cell.row == first_row and (box := cell.source.bbox)), default=None)
    if foot is None:
        return
    for cell in grid.cells:
        if cell.column_span == 1 and cell.row >= first_row and cell.source.bbox is not None:
            edges.setdefault(cell.column, []).append(cell.source.bbox)
    for column, boxes in sorted(edges.items()):
        number = columns.get(column, column + 1)
        role = roles.get(number)
        if role is not None:
            left = statistics.median_low(box[0] for box in boxes)
            right = statistics.median_low(box[2] for box in boxes)
            yield Head(left, right, foot, role, _head_words(table, number, role), number)


def _head_words(table: Table, number: int, role: str) -> tuple[str, str]:
    """What sets a column's point apart from its table's, in Chinese and in plain letters."""
    chinese, plain = ROLE_WORDS[role]
    point = table.columns[number - 1]
    if role == "unread":
        phrase = next((text for text in reversed(table.header[number - 1 : number]) if text), ())
        return f"{chinese}：{phrase[-1]}" if phrase else chinese, plain
    if point is None:
        return chinese, plain
    own = {name: value for name in DIMENSIONS if (value := point.get(name)) != table.point.get(name)}
    words = [_member(name, value) for name, value in own.items() if value is not None]
    codes = [str(value) for value in own.values() if value is not None]
    return "·".join(words) or chinese, " ".join(codes) or plain


def _member(dimension: str, value: Any) -> str:
    return f"{value}年" if dimension == "year" else MEMBER_WORDS.get(dimension, {}).get(value, str(value))


def point_label(point: Point) -> str:
    """A point in few Chinese words."""
    return "·".join(
        _member(name, value) for name, value in point.named().items() if (name, value) != ("measure", "amount")
    )
