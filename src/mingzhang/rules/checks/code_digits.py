"""The number of digits of a code that is printed in columns of its own (类, 款, 项)."""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.cube import Disclosure, Row, Table
from mingzhang.cube.finding import Finding
from mingzhang.rules.reading import WholeTable, whole_tables
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import listed, table_key, table_name

_FEWEST_FULL = 3


def check(disclosure: Disclosure) -> Iterator[Finding]:
    """款 and 项 printed with one digit in a column whose other rows print two; one finding a table."""
    for table in whole_tables(disclosure):
        short = [(row, part) for piece in table.parts for row, part in _short_parts(piece)]
        if short:
            yield _finding(table, short)


def _short_parts(table: Table) -> Iterator[tuple[Row, tuple[str, str]]]:
    rows = [(row, _cells(row)) for row in table.rows]
    for column in (1, 2):
        parts = [(row, cells[0], cells[column]) for row, cells in rows if _is_split_code(cells, column)]
        if sum(len(part) == 2 for _, _, part in parts) >= _FEWEST_FULL:
            yield from ((row, (head, part)) for row, head, part in parts if len(part) == 1)


def _is_split_code(cells: list[str], column: int) -> bool:
    """Whether the row begins with a 类 of three digits, parts of one or two up to the column, and then a name."""
    if len(cells) <= column + 1 or not (len(cells[0]) == 3 and cells[0].isdigit()):
        return False
    parts = cells[1 : column + 1]
    after = next((text for text in cells[column + 1 :] if text), "")
    return all(part.isdigit() and len(part) <= 2 for part in parts) and not after[:1].isascii()


def _cells(row: Row) -> list[str]:
    return ["".join(text.split()) for text in row.texts]


def _finding(table: WholeTable, short: list[tuple[Row, tuple[str, str]]]) -> Finding:
    shown = listed(f"“{head} {part}”应为“{head} 0{part}”" for _, (head, part) in short)
    return Finding(
        rule="code-digits",
        level="style",
        message=f"{table_name(table.head)}有{len(short)}行的款（项）编码只印了一位：{shown}。",
        key=(table_key(table.head), *sorted({head + part for _, (head, part) in short})),
        places=tuple(row.source for row, _ in short),
        reported="、".join(f"{head} {part}" for _, (head, part) in short),
        expected="、".join(f"{head} 0{part}" for _, (head, part) in short),
    )


RULES = (
    Rule(
        id="code-digits",
        title="款、项编码各印两位",
        sentence="分栏印出的款、项编码应当各为两位数字，不足两位的前面补0。",
        basis="《政府收支分类科目》的编码规则：类为三位，款、项各为两位。",
        why="少一位的编码查不到对应的科目，机器也无法读取；多由表格把“02”当作数值造成。",
        how_to_fix="把该列设为文本格式，补上前面的0。",
        example="经济分类预算表中“301 2 津贴补贴”应为“301 02”。",
        levels=("style",),
        check=check,
    ),
)
