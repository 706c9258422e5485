"""The rows of a sheet → records of values, every mistake listed."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field

from mingzhang.cube.source import Source
from mingzhang.documents.workbook import address
from mingzhang.ledgers.cells import Sheet
from mingzhang.ledgers.fields import Value, WrongError, value_of
from mingzhang.ledgers.mistakes import Mistake
from mingzhang.ledgers.schema import Column, SheetForm


@dataclass(frozen=True, slots=True)
class Record:
    """One row as values by field; ``cells`` are the addresses they stand at."""

    sheet: str
    row: int
    values: dict[str, Value]
    cells: dict[str, str]

    def text(self, field: str) -> str:
        value = self.values.get(field)
        return "" if value is None else str(value)

    def member(self, field: str) -> str | None:
        value = self.values.get(field)
        return None if value is None else str(value)

    def whole(self, field: str) -> int:
        value = self.values.get(field)
        return value if isinstance(value, int) else 0

    def flag(self, field: str) -> bool:
        return self.values.get(field) is True

    def source(self, field: str) -> Source:
        return Source(sheet=self.sheet, cell=self.cells.get(field))


@dataclass(slots=True)
class Mistakes:
    """The mistakes found so far; ``doubts`` are what a person should look at and may be right."""

    found: list[Mistake] = field(default_factory=list)
    doubts: list[Mistake] = field(default_factory=list)

    def add(self, code: str, sheet: str, cell: str | None, message: str) -> None:
        self.found.append(Mistake(code, sheet, cell, message))

    def at(self, record: Record, field: str, code: str, message: str) -> None:
        """A mistake in a field of a record; a field that has no column is told at the row's beginning."""
        self.add(code, record.sheet, record.cells.get(field) or f"A{record.row}", message)

    def doubt(self, record: Record, field: str, code: str, message: str) -> None:
        """Something in a field of a record that may be right all the same."""
        self.doubts.append(Mistake(code, record.sheet, record.cells.get(field) or f"A{record.row}", message))


def records(sheet: Sheet, form: SheetForm, mistakes: Mistakes) -> Iterator[Record]:
    """The rows below the header. A row with a mistake in it is told of and left out of the records."""
    heads = frozenset(_folded(name) for column in form.columns for name in (column.field, column.name))
    header = next((index for index, row in enumerate(sheet.rows) if _is_header(row.cells, heads)), None)
    if header is None:
        names = "、".join(column.name for column in form.columns if column.required)
        mistakes.add("no-header", sheet.name, None, f"找不到表头行，应有这些列：{names}。")
        return
    places = _places(sheet, header, form, mistakes)
    missing = [column for column in form.columns if column.required and column.field not in places]
    for column in missing:
        mistakes.add(
            "no-column", sheet.name, f"A{sheet.rows[header].number}", f"缺少“{column.name}”（{column.field}）一列。"
        )
    if missing:
        return
    known: _Known = {}
    for row in sheet.rows[header + 1 :]:
        if row.is_blank or _is_comment(row.cells) or _is_header(row.cells, heads):
            continue
        record = _record(sheet.name, row.number, row.cells, form, places, mistakes, known)
        if record is not None:
            yield record


def _is_comment(cells: tuple[str, ...]) -> bool:
    return cells[0].startswith(("#", "说明：", "※"))


def _is_header(cells: tuple[str, ...], names: frozenset[str]) -> bool:
    found = [cell for cell in cells if cell]
    return bool(found) and sum(_folded(cell) in names for cell in found) * 2 > len(found) and len(found) >= 2


def _folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).upper().split())


def _places(sheet: Sheet, header: int, form: SheetForm, mistakes: Mistakes) -> dict[str, int]:
    by_name = {_folded(name): column.field for column in form.columns for name in (column.field, column.name)}
    places: dict[str, int] = {}
    for index, cell in enumerate(sheet.rows[header].cells):
        if not cell:
            continue
        found = by_name.get(_folded(cell))
        where = address(sheet.rows[header].number, index + 1)
        if found is None:
            allowed = "、".join(column.name for column in form.columns)
            mistakes.add("unknown-column", sheet.name, where, f"不认识“{cell}”这一列，可用的是：{allowed}。")
        elif found in places:
            mistakes.add("duplicate-column", sheet.name, where, f"“{cell}”一列出现了两次。")
        else:
            places[found] = index
    return places


_Known = dict[tuple[str, str, int | None], Value | WrongError]


def _read(column: Column, text: str, year: int | None, known: _Known) -> Value | WrongError:
    """The value of a cell, or what is wrong with it; the same text in the same column is looked up once."""
    key = (column.field, text, year)
    if key not in known:
        try:
            known[key] = value_of(column, text, year)
        except WrongError as wrong:
            known[key] = wrong
    return known[key]


def _record(
    sheet: str,
    number: int,
    cells: tuple[str, ...],
    form: SheetForm,
    places: dict[str, int],
    mistakes: Mistakes,
    known: _Known,
) -> Record | None:
    values: dict[str, Value] = {}
    addresses = {field: address(number, index + 1) for field, index in places.items()}
    sound = True
    year: int | None = None
    for column in sorted(form.columns, key=lambda column: column.kind != "year"):
        index = places.get(column.field)
        text = cells[index] if index is not None and index < len(cells) else ""
        value = _read(column, text, year, known)
        if isinstance(value, WrongError):
            mistakes.add(value.code, sheet, addresses.get(column.field, f"A{number}"), value.message)
            sound = False
            continue
        values[column.field] = value
        if column.kind == "year" and isinstance(value, int):
            year = value
    return Record(sheet, number, values, addresses) if sound else None
