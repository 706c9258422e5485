"""Text files → Document: tables by tabs, pipes or aligned spaces; everything else is running text."""

from __future__ import annotations

import re

from mingzhang.cube.source import Source
from mingzhang.documents import refusals
from mingzhang.documents.encoding import decode
from mingzhang.documents.model import Document, Grid, Line
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text_tables import Row, aligned_rows, csv_rows, grid_of, pipe_rows, tab_rows
from mingzhang.documents.wrapping import goes_on, own_width

_LONGEST_PARAGRAPH = 10_000
_LINE_END = re.compile(r"\r\n|\n|\r")


def read_text(raw: RawFile) -> Document:
    """Read a text file (UTF-8, UTF-16 with BOM, GB 18030); a ``.csv`` becomes one grid.

    Lines count from 1 as an editor shows them. Raises ``UnreadableError``: unknown-format, empty-file, too-large.
    """
    if len(raw.data) > raw.limits.text_bytes:
        raise refusals.too_large(raw.path, f"文本大于 {raw.limits.text_bytes / (1 << 20):g} MB", "text_bytes")
    text = decode(raw.data)
    if text is None:
        raise refusals.unknown_format(raw.path)
    lines = _LINE_END.split(text.replace("\ufeff", "").rstrip("\x1a"))
    if raw.extension == ".csv":
        rows = csv_rows(lines)
        blocks: tuple[Line | Grid, ...] = (_checked(rows, raw, ruled=True),) if rows else ()
    else:
        blocks = tuple(_blocks(lines, raw))
    if not blocks:
        raise refusals.empty_file(raw.path, "只有空白字符")
    return Document(raw.path, raw.sha256, "txt", None, blocks)


def _checked(rows: list[Row], raw: RawFile, *, ruled: bool) -> Grid:
    positions = len(rows) * max(len(row.texts) for row in rows)
    if positions > raw.limits.cells:
        raise refusals.too_large(raw.path, f"第{rows[0].line}行起的表格有 {positions} 个单元格", "cells")
    return grid_of(rows, ruled=ruled)


def _blocks(lines: list[str], raw: RawFile) -> list[Line | Grid]:
    blocks: list[Line | Grid] = []
    width = own_width(lines)
    last = ""
    index = paragraphs_until = 0
    while index < len(lines):
        if index >= paragraphs_until:
            rows, used, ruled = _table_at(lines, index)
            if rows:
                blocks.append(_checked(rows, raw, ruled=ruled))
                index += used
                continue
            paragraphs_until = index + used
        text = lines[index].strip()
        index += 1
        if not text:
            continue
        line = Line(text, ((0, Source(line=index)),))
        former = blocks[-1] if blocks else None
        short = isinstance(former, Line) and len(former.text) <= _LONGEST_PARAGRAPH
        if isinstance(former, Line) and short and goes_on(former.text, last, text, width):
            blocks[-1] = _joined(former, line)
        else:
            blocks.append(line)
        last = lines[index - 1].rstrip()
    return blocks


def _table_at(lines: list[str], index: int) -> tuple[list[Row], int, bool]:
    """The rows of the table that starts at ``lines[index]``, the lines it takes, whether it is drawn.

    No rows but some lines: these many lines are known to hold no table.
    """
    rows, used = tab_rows(lines, index)
    if used:
        return rows, used, True
    rows, used = pipe_rows(lines, index)
    if rows:
        return rows, used, False
    rows = aligned_rows(lines, index)
    return rows, len(rows), False


def _joined(former: Line, latter: Line) -> Line:
    """One line of both; a space keeps two words or numbers apart, Chinese needs none."""
    between = " " if _is_word(former.text[-1]) and _is_word(latter.text[0]) else ""
    offset = len(former.text) + len(between)
    return Line(former.text + between + latter.text, (*former.anchors, (offset, latter.source)))


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()
