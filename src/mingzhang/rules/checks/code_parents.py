"""A class whose own row is left out, in a table that prints those of its like, or where all other tables print it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mingzhang.classification import Dimension, by_code
from mingzhang.cube import Disclosure
from mingzhang.cube.finding import Finding
from mingzhang.cube.hierarchy import ancestors, parent
from mingzhang.rules.reading import PrintedCode, WholeTable, listed_codes, whole_tables
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import table_key, table_name

_FEWEST_PRINTED = 2
_PRINTED_FOR_ONE_ABSENT = 4  # a table that leaves out more of them has a habit, not a gap


def check_parents(disclosure: Disclosure) -> Iterator[Finding]:
    """Classes with rows below them and no row of their own, where their like, or they in all other tables, have one."""
    tables = [
        _Listed(table, dimension, codes, _below(dimension, codes))
        for table in whole_tables(disclosure)
        for dimension, codes in listed_codes(disclosure, table).items()
    ]
    for one in tables:
        yield from _absent(one, tables, disclosure.year)


@dataclass(frozen=True, slots=True)
class _Listed:
    """The codes of one dimension that a table prints, and by each class those right below it."""

    table: WholeTable
    dimension: Dimension
    codes: dict[str, PrintedCode]
    below: dict[str, list[PrintedCode]]


def _below(dimension: Dimension, codes: dict[str, PrintedCode]) -> dict[str, list[PrintedCode]]:
    below: dict[str, list[PrintedCode]] = {}
    for code, printed in codes.items():
        above = parent(dimension, code)
        if above is not None:
            below.setdefault(above, []).append(printed)
    return below


def _codes_beside(table: WholeTable) -> set[str]:
    """What the cells hold where blocks of classes stand side by side: a row holds several codes.

    Not the pieces of a row's own code (类, 款, 项 in cells of their own), which name no row of their own.
    """
    return {
        text
        for row in table.rows
        for cell in row.texts
        for text in ["".join(cell.split())]
        if row.code is None or text == row.code or not row.code.startswith(text)
    }


def _absent(one: _Listed, tables: list[_Listed], year: int | None) -> Iterator[Finding]:
    without = [above for above in one.below if above not in one.codes]
    texts = _codes_beside(one.table) if without else set()
    for length in sorted({len(above) for above in without}):
        level = [above for above in one.below if len(above) == length]
        absent = [above for above in without if len(above) == length and above not in texts]
        present = len(level) - len(absent)
        few = len(absent) == 1 or len(absent) * _PRINTED_FOR_ONE_ABSENT <= present
        for above in absent:
            if few and present >= _FEWEST_PRINTED:
                yield _finding(one, above, f"本表同级的其他{present}个科目都列出了上级", year)
            elif few and _lists_classes(one):
                others = _printed_by_all(one, tables, above)
                if others and present + others >= _FEWEST_PRINTED:
                    yield _finding(one, above, f"列有其下级科目的其他{others}张表都列出了这一上级", year)


def _lists_classes(one: _Listed) -> bool:
    """Whether a table prints classes above others at all: some list the lowest level alone."""
    return any(above in one.codes for code in one.codes for above in ancestors(one.dimension, code))


def _printed_by_all(one: _Listed, tables: list[_Listed], above: str) -> int:
    """How many other tables list parts of the class, if every one of them prints its row; else 0."""
    others = [t for t in tables if t is not one and t.dimension == one.dimension and above in t.below]
    return len(others) if all(above in other.codes for other in others) else 0


def _finding(one: _Listed, above: str, ground: str, year: int | None) -> Finding:
    known = by_code(one.dimension, above, year)
    name = f"{above} {known[0].name}" if known else above
    below = one.below[above]
    return Finding(
        rule="code-parent-missing",
        level="warning",
        message=(
            f"{table_name(one.table.head)}列有“{below[0].code} {below[0].name}”，却没有其上级科目“{name}”一行；"
            f"{ground}，似缺少一行。"
        ),
        key=(table_key(one.table.head), above),
        places=tuple(printed.place for printed in below),
        expected=above,
    )


RULES = (
    Rule(
        id="code-parent-missing",
        title="上级科目列出",
        sentence="按类、款、项列示的表，列出下级科目的，应当同时列出其上级科目一行。",
        basis="惯例：表样按《政府收支分类科目》的类、款、项逐级列示，上级科目的金额为其下各科目之和。",
        why="上级科目的行漏印时，各级合计仍然相等，金额上看不出差错，但读者看不到该类或该款的合计。",
        how_to_fix="补上该上级科目的编码、名称和合计数；若下级科目的编码有误，改正编码。",
        example="一般公共预算支出表列有“2060702 科普活动”，其他各款都有合计行，唯独没有“20607 科学技术普及”一行。",
        levels=("warning",),
        check=check_parents,
    ),
)
