"""Rows of tables in text: separated by tabs, commas (CSV), pipes (Markdown) or aligned spaces."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass

from mingzhang.cube.source import Source
from mingzhang.documents.model import Cell, Grid


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a text table: its texts, stripped, and the line of the file (from 1) where it begins."""

    texts: tuple[str, ...]
    line: int


def grid_of(rows: list[Row], *, ruled: bool) -> Grid:
    """A grid as wide as the longest row; missing trailing positions become empty cells.

    Merged cells cannot be seen in text: they stay empty cells of span 1.
    """
    columns = max(len(row.texts) for row in rows)
    cells: list[Cell] = []
    for number, row in enumerate(rows):
        source = Source(line=row.line)
        padded = row.texts + ("",) * (columns - len(row.texts))
        cells.extend(Cell(number, column, text, source) for column, text in enumerate(padded))
    return Grid(len(rows), columns, tuple(cells), Source(line=rows[0].line), ruled)


_QUOTED = re.compile(r'"(?:[^"]|"")*"\Z')


def _unquoted(text: str) -> str:
    """Excel quotes a cell with a comma (``"1,482.34"``) also in tab-separated text."""
    text = text.strip()
    if len(text) > 1 and _QUOTED.match(text):
        text = text[1:-1].replace('""', '"').strip()
    return text


def tab_rows(lines: list[str], start: int) -> tuple[list[Row], int]:
    """The run of lines with tabs from ``start`` on, as rows, and its length in lines (0 where there is none).

    Lines whose only tabs indent a paragraph are no table: a run of nothing else has a length but no rows.
    """
    end = start
    while end < len(lines) and "\t" in lines[end]:
        end += 1
    while end > start and _is_indented_sentence(lines[end - 1]) and not _is_indented_sentence(lines[start]):
        end -= 1
    run = lines[start:end]
    if all("\t" not in line.strip() and not line.rstrip(" ").endswith("\t") for line in run):
        return [], len(run)
    if not any(line.strip() for line in run):
        return [], len(run)
    rows = [
        Row(tuple(_unquoted(text) for text in line.split("\t")), start + number + 1) for number, line in enumerate(run)
    ]
    return rows, len(run)


def _is_indented_sentence(line: str) -> bool:
    bare = line.strip()
    return "\t" not in bare and bare.endswith("。") and not line.rstrip(" ").endswith("\t")


def csv_rows(lines: list[str]) -> list[Row]:
    """All rows of a comma- (or semicolon-, or tab-) separated file; blank lines are dropped."""
    delimiter = max(",;\t", key=lambda mark: sum(mark in line for line in lines))
    csv.field_size_limit(1 << 30)
    reader = csv.reader([line + "\n" for line in lines], delimiter=delimiter)
    rows: list[Row] = []
    before = 0
    for texts in reader:
        if any(text.strip() for text in texts):
            rows.append(Row(tuple("".join(text.split("\n")).strip() for text in texts), before + 1))
        before = reader.line_num
    return rows


_PIPED = re.compile(r"\s*\|.*\|\s*\Z")
_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?\Z")
_PIPE = re.compile(r"(?<!\\)\|")


def pipe_rows(lines: list[str], start: int) -> tuple[list[Row], int]:
    """A Markdown table at ``start``: its rows without the rule under the header, and the lines that it takes."""
    bare = start + 1 < len(lines) and "|" in lines[start] and _RULE.match(lines[start + 1]) is not None
    end = start
    while end < len(lines) and (_PIPED.match(lines[end]) or (bare and "|" in lines[end])):
        end += 1
    if end - start < 2:
        return [], 0
    rows = [
        Row(tuple(text.replace("\\|", "|").strip() for text in _PIPE.split(line)), number + 1)
        for number in range(start, end)
        if not _RULE.match(line := _without_outer_pipes(lines[number]))
    ]
    return (rows, end - start) if rows else ([], 0)


def _without_outer_pipes(line: str) -> str:
    line = line.strip()
    line = line.removeprefix("|")
    return line[:-1] if line.endswith("|") and not line.endswith("\\|") else line


# One full-width space stands inside words (合　计), so two blanks of any width are needed to part two columns.
_BLANKS = re.compile(r"[ \u3000\u00a0]{2,}")


def aligned_rows(lines: list[str], start: int) -> list[Row]:
    """The run from ``start`` of two or more lines that blanks split into the same three or more fields."""
    first = _BLANKS.split(lines[start].strip())
    if len(first) < 3:
        return []
    rows = [Row(tuple(first), start + 1)]
    for number in range(start + 1, len(lines)):
        fields = _BLANKS.split(lines[number].strip())
        if len(fields) != len(first) or "\t" in lines[number]:
            break
        rows.append(Row(tuple(fields), number + 1))
    return rows if len(rows) > 1 else []


_NUMBER = re.compile(r"[-+(（]?\d[\d,]*(?:\.\d+)?%?[)）]?\Z")


def pasted_rows(texts: list[str], start: int) -> tuple[list[Row], int]:
    """The rows of a table that stands in paragraphs from ``start`` on, and how many paragraphs were looked at.

    A contents page and a line of signatures have fields too: a table has rows of amounts, or it is a header over nothing.
    """
    if "\t" in texts[start]:
        rows, used = tab_rows(texts, start)
    else:
        rows = aligned_rows(texts, start)
        used = len(rows)
    return (rows if _is_table(rows) else []), used


def _is_table(rows: list[Row]) -> bool:
    widths = [len(row.texts) for row in rows]
    numbers = [[text for text in row.texts if _NUMBER.match(text)] for row in rows]
    if not any(numbers):
        return len(rows) > 1 and len(set(widths)) == 1 and widths[0] > 2
    amounts = sum(len(found) > 1 or any("." in text for text in found) for found in numbers)
    full = any(sum("." in text for text in found) > 2 for found in numbers)  # a high header over one row
    return len(rows) > 1 and max(widths) > 1 and (full or amounts * 3 >= len(rows))
