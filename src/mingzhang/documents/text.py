"""Text files → Document: tables by tabs, pipes or aligned spaces; everything else is running text."""

from __future__ import annotations

import re

from mingzhang.cube.source import Source
from mingzhang.documents import refusals
from mingzhang.documents.encoding import decode
from mingzhang.documents.model import Document, Grid, Line
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text_tables import Row, aligned_rows, csv_rows, grid_of, pipe_rows, tab_rows

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
        if isinstance(former, Line) and _continues(former.text, text):
            blocks[-1] = _joined(former, line)
        else:
            blocks.append(line)
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


# --- sentences broken over lines ---------------------------------------------------------------------------------
#
# Text saved from a PDF or a word processor breaks sentences at the page's edge, sometimes with a blank line between.
# Joining wrongly is worse than not joining: two titles run together name a table that does not exist, while half a
# sentence still shows its numbers. So all of these must hold:
#   - the former line is long (40 characters: nothing shorter reaches the edge of a page) and mostly Chinese;
#   - it is running text: it has a comma of some sort. Titles and labels (“附表：…2024 年部门预算公开套表”) have none;
#   - it does not end a sentence;
#   - the next line does not begin like a heading, a list item, a label (“单位：万元”) or a table's title, and is not
#     itself a bare title (no punctuation, ends like one).

_FULL_LINE = 40
_LONGEST_PARAGRAPH = 10_000
_SENTENCE_END = tuple('。；：！？”）.;:!?")】》…')
_RUNNING = re.compile(r"[，、；。,]")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_NUMERALS = "一二三四五六七八九十百零〇"
_BEGINS_AFRESH = re.compile(
    rf"[（(][{_NUMERALS}\d]+[）)]"
    rf"|[{_NUMERALS}]+[、.．]"
    rf"|\d+(?:[、．)）]|\.(?!\d))"
    rf"|第[{_NUMERALS}\d]+(?:部分|[章节条项])"
    rf"|附?[表图件]\s*[{_NUMERALS}\d：:]"
    r"|[①-⑳⑴-⒇●■◆▲★▪•·※○□\-—*#>|]"
    r"|[\u4e00-\u9fff（）()、]{2,12}[：:]"
)
_BARE_TITLE = re.compile(r"[^，。；、：]*(?:表|目录|说明|情况|[）)])\Z")


def _continues(former: str, text: str) -> bool:
    last = former[-_FULL_LINE:]
    return (
        _FULL_LINE <= len(former) <= _LONGEST_PARAGRAPH
        and len(_CHINESE.findall(last)) * 2 >= len(last)
        and _RUNNING.search(former) is not None
        and not former.endswith(_SENTENCE_END)
        and _BEGINS_AFRESH.match(text) is None
        and _BARE_TITLE.match(text) is None
    )


def _joined(former: Line, latter: Line) -> Line:
    """One line of both; a space keeps two words or numbers apart, Chinese needs none."""
    between = " " if _is_word(former.text[-1]) and _is_word(latter.text[0]) else ""
    offset = len(former.text) + len(between)
    return Line(former.text + between + latter.text, (*former.anchors, (offset, latter.source)))


def _is_word(character: str) -> bool:
    return character.isascii() and character.isalnum()
