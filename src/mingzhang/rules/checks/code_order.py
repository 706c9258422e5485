"""The order and repetition of the rows of a classification table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from mingzhang.cube import Disclosure, Row
from mingzhang.cube.finding import Finding
from mingzhang.rules.reading import PrintedCode, WholeTable, printed_codes, whole_tables
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import table_key, table_name

# Below this share of ascending neighbours a table is ordered by something else: amount, unit, project.
_ASCENDING_PERCENT = 90
_FEWEST_NEIGHBOURS = 10

Neighbours = tuple[PrintedCode, PrintedCode]


def check_order(disclosure: Disclosure) -> Iterator[Finding]:
    """Neighbouring rows whose codes descend, in a table that otherwise ascends and holds each code once."""
    codes = printed_codes(disclosure)
    for table in whole_tables(disclosure):
        counts = Counter(printed.code for part in table.parts for printed in codes[part.id])
        # A code that stands twice: several units, or several projects, are listed one after the other.
        if any(count > 1 for count in counts.values()):
            continue
        neighbours = list(_neighbours(table, codes))
        reversed_ones = [pair for pair in neighbours if pair[0].code > pair[1].code]
        ascending = len(neighbours) - len(reversed_ones)
        if len(neighbours) < _FEWEST_NEIGHBOURS or ascending * 100 < _ASCENDING_PERCENT * len(neighbours):
            continue
        for before, after in reversed_ones:
            yield _reversal(table, before, after)


def _neighbours(table: WholeTable, codes: dict[str, tuple[PrintedCode, ...]]) -> Iterator[Neighbours]:
    """Codes of rows that follow one another directly, in one column: a subtotal or a page between them parts them."""
    for part in table.parts:
        coded = {id(printed.row): printed for printed in codes[part.id]}
        before: PrintedCode | None = None
        for row in part.rows:
            printed = coded.get(id(row))
            if printed is not None and before is not None and _are_alike(before, printed):
                yield before, printed
            before = printed


def _are_alike(one: PrintedCode, other: PrintedCode) -> bool:
    return one.dimension == other.dimension and one.column == other.column


def _reversal(table: WholeTable, before: PrintedCode, after: PrintedCode) -> Finding:
    parent = after.code[:-2] if len(after.code) > 3 else None
    astray = parent is not None and not before.code.startswith(parent) and len(after.code) > 3
    remark = f"，{after.code}不属于其上方的{before.code[: len(parent)]}" if astray and parent is not None else ""
    return Finding(
        rule="code-order",
        level="style",
        message=(
            f"{table_name(table.head)}行次颠倒：“{after.code} {after.name}”排在“{before.code} {before.name}”之后{remark}；"
            "应按科目编码由小到大排列。"
        ),
        key=(table_key(table.head), before.code, after.code),
        places=(before.place, after.place),
        reported=f"{before.code}、{after.code}",
        expected=f"{after.code}、{before.code}",
    )


def check_duplicates(disclosure: Disclosure) -> Iterator[Finding]:
    """Rows that repeat a neighbouring row of the table to the letter: code, name and every amount."""
    for table in whole_tables(disclosure):
        if _lists_codes_apart(table):
            continue
        for part in table.parts:
            for before, after in pairwise(part.rows):
                if before.code and after.code and _alike(before, after) and _has_amount(after):
                    yield _repetition(table, before, after)


def _alike(before: Row, after: Row) -> bool:
    """Whether the texts are the same but for white space."""
    if len(before.texts) != len(after.texts):
        return False
    return all(one == other or _bare(one) == _bare(other) for one, other in zip(before.texts, after.texts, strict=True))


def _lists_codes_apart(table: WholeTable) -> bool:
    """Whether some code has rows that differ: one a unit or a project, where equal amounts are no repetition."""
    cells: dict[str, tuple[str, ...]] = {}
    return any(row.code and row.name and cells.setdefault(row.code, own := _cells(row)) != own for row in table.rows)


def _cells(row: Row) -> tuple[str, ...]:
    return tuple([_bare(text) for text in row.texts])


def _bare(text: str) -> str:
    return "".join(text.split())


def _has_amount(row: Row) -> bool:
    """Whether some cell beside code and name holds a figure other than zero."""
    return any(any(c in "123456789" for c in text) for text in _cells(row) if text not in (row.code, row.name))


def _repetition(table: WholeTable, before: Row, after: Row) -> Finding:
    return Finding(
        rule="row-duplicate",
        level="note",
        message=(
            f"{table_name(table.head)}“{after.code} {after.name or ''}”连续印了两行，编码、名称和金额完全相同；"
            "请核对下一行的编码是否应为其下级科目，或删去重复的一行。"
        ),
        key=(table_key(table.head), after.code or "", after.name or ""),
        places=(before.source, after.source),
        reported=after.code,
    )


RULES = (
    Rule(
        id="code-order",
        title="科目按编码顺序排列",
        sentence="分类科目表的各行应当按科目编码由小到大排列，明细科目列在所属上级科目之下。",
        basis="惯例：表样按《政府收支分类科目》的编码顺序列示类、款、项。",
        why="行次颠倒多由手工插行造成，明细落到别的上级科目之下，会使读者误认隶属关系。",
        how_to_fix="把颠倒的行移到编码顺序应在的位置。",
        example="支出预算总表中“2080506”一行排在“2080599”之后。",
        levels=("style",),
        check=check_order,
    ),
    Rule(
        id="row-duplicate",
        title="没有重复的行",
        sentence="同一张表中，相邻两行的编码、名称和金额不应当完全相同。",
        basis="惯例：一个科目在一张表中只列一行。",
        why="重复的行多半是下级科目的编码被截短，或复制时多出一行，会使合计重复计算。",
        how_to_fix="核对第二行的编码；应为下级科目的补全编码，确属重复的删去。",
        example="支出总表中“21999 其他支出 502.00”连续印了两行。",
        levels=("note",),
        check=check_duplicates,
    ),
)
