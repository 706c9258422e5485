"""Reading the data files: every row is checked, and a mistake says file, line and what was expected."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from mingzhang.classification.entry import LEVELS, STATUSES, Dimension, Entry
from mingzhang.errors import FormError

FOLDER = Path(__file__).parent / "data"

ENTRY_COLUMNS = ("code", "name", "level", "valid_from", "valid_to", "status", "disclosures", "source", "doubt")
CODE_LENGTHS: dict[Dimension, tuple[int, ...]] = {"function": (3, 5, 7), "object": (3, 5), "gov_object": (3, 5)}
FIRST_DIGIT: dict[Dimension, str] = {"function": "2", "object": "3", "gov_object": "5"}

Fail = Callable[[str], FormError]


def read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[list[str], Fail]]:
    """The body rows of a CSV file with exactly these columns, each with what makes the error of its line."""

    def fail(line: int, expected: str) -> FormError:
        return FormError("classification-data", f"科目数据文件 {path.name} 第{line}行有误：应为{expected}。")

    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = next(reader, [])
            if tuple(header) != columns:
                raise fail(1, f"表头 {','.join(columns)}，实为 {','.join(header)}")
            for cells in reader:
                line = reader.line_num
                if len(cells) != len(columns):
                    raise fail(line, f"{len(columns)} 列，实有 {len(cells)} 列")
                yield cells, lambda expected, line=line: fail(line, expected)  # type: ignore[misc]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        message = f"科目数据文件 {path.name} 无法读取：应为 UTF-8 编码的 CSV 文件（{error}）。"
        raise FormError("classification-data", message) from error


def read_entries(path: Path, dimension: Dimension) -> tuple[list[Entry], list[Entry]]:
    """The entries of one classification, and apart from them the rows that are doubted (no classification at all)."""
    lengths, digit = CODE_LENGTHS[dimension], FIRST_DIGIT[dimension]
    entries: list[Entry] = []
    doubted: list[Entry] = []
    for cells, fail in read_rows(path, ENTRY_COLUMNS):
        code, name, level, valid_from, valid_to, status, disclosures, source, doubt = cells
        if len(code) not in lengths or not is_digits(code) or code[0] != digit:
            raise fail(f"以 {digit} 开头的 {'、'.join(map(str, lengths))} 位编码，实为“{code}”")
        if not name.strip():
            raise fail("非空的科目名称")
        if level != LEVELS[len(code)]:
            raise fail(f"级次“{LEVELS[len(code)]}”（编码 {code}），实为“{level}”")
        start, end = year_or_none(valid_from, fail), year_or_none(valid_to, fail)
        if start is not None and end is not None and start > end:
            raise fail(f"起始年度不晚于终止年度，实为 {start}—{end}")
        strength: Any = one_of(status, STATUSES, "状态", fail)
        number = count(disclosures, fail)
        entry = Entry(dimension, code, name, LEVELS[len(code)], start, end, strength, number, source)
        (doubted if doubt else entries).append(entry)
    return entries, doubted


def is_digits(text: str) -> bool:
    """ASCII digits only, at least one."""
    return text.isascii() and text.isdigit()


def year_or_none(text: str, fail: Fail) -> int | None:
    """A four-digit year, or ``None`` for an empty cell."""
    if not text:
        return None
    if len(text) != 4 or not is_digits(text):
        raise fail(f"四位年度或空，实为“{text}”")
    return int(text)


def count(text: str, fail: Fail) -> int:
    """A whole number of disclosures."""
    if not is_digits(text):
        raise fail(f"公开文档份数（非负整数），实为“{text}”")
    return int(text)


def one_of(text: str, allowed: tuple[str, ...], what: str, fail: Fail) -> str:
    """One of the allowed words."""
    if text not in allowed:
        raise fail(f"{what}（{'、'.join(allowed)}）之一，实为“{text}”")
    return text
