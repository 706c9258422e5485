"""Opening a ledger: the rows of every sheet as texts, from a workbook or from a folder of CSV files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from mingzhang.errors import UnreadableError, UsageError

_MOST_ROWS = 1_000_000


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the sheet (from 1) and its cells as texts, trailing blanks left out."""

    number: int
    cells: tuple[str, ...]

    @property
    def is_blank(self) -> bool:
        return not any(self.cells)


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a ledger by name."""

    name: str
    rows: tuple[Row, ...]


def open_sheets(path: str | Path) -> tuple[Sheet, ...]:
    """The sheets of a ledger. ``UsageError``: not there; ``UnreadableError``: no workbook, a wrong encoding."""
    place = Path(path)
    if not place.exists():
        raise UsageError("no-such-file", f"找不到底账“{path}”，请检查路径。")
    if place.is_dir():
        return tuple(_csv_sheets(place))
    return tuple(_workbook_sheets(place))


def formulas(path: str | Path) -> frozenset[tuple[str, str]]:
    """The sheets and cells of a workbook that hold formulas; none in a folder of CSV files."""
    import openpyxl

    if Path(path).is_dir():
        return frozenset()
    book = openpyxl.load_workbook(path, read_only=True)
    found = frozenset(
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        for row in sheet.iter_rows(max_row=_MOST_ROWS)
        for cell in row
        if cell.data_type == "f"
    )
    book.close()
    return found


def _csv_sheets(folder: Path) -> Iterator[Sheet]:
    files = sorted(folder.glob("*.csv"))
    if not files:
        raise UnreadableError("empty-ledger", f"文件夹“{folder}”里没有 CSV 文件，底账的每张表应是一个 .csv。")
    for file in files:
        try:
            text = file.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            try:
                text = file.read_text(encoding="gb18030")
            except UnicodeDecodeError:
                raise UnreadableError(
                    "wrong-encoding", f"“{file}”既不是 UTF-8 也不是 GBK 编码，请用其中一种重新保存。"
                ) from None
        rows = tuple(Row(number, tuple(cell.strip() for cell in cells)) for number, cells in enumerate(_csv(text), 1))
        yield Sheet(file.stem, rows)


def _csv(text: str) -> Iterator[list[str]]:
    yield from csv.reader(io.StringIO(text, newline=""))


def _workbook_sheets(path: Path) -> Iterator[Sheet]:
    import openpyxl

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:
        raise UnreadableError(
            "not-a-workbook", f"“{path}”不是能读的 Excel 工作簿（.xlsx）：{type(error).__name__}。"
        ) from None
    for sheet in book.worksheets:
        rows: list[Row] = []
        for number, values in enumerate(sheet.iter_rows(values_only=True, max_row=_MOST_ROWS), 1):
            cells = tuple(_text(value) for value in values)
            rows.append(Row(number, cells))
        yield Sheet(sheet.title, tuple(rows))
    book.close()


def _text(value: object) -> str:
    """A cell as text; a number as the shortest decimal that is it, so that 0.1 + 0.2 stays what was typed."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, float):
        if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return format(Decimal(repr(value)), "f")
    return str(value).strip()
