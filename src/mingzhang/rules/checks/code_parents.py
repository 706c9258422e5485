"""A class whose own row is left out, in a table that prints the rows of all other classes of its level."""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.classification import Dimension, by_code
from mingzhang.cube import Disclosure
from mingzhang.cube.finding import Finding
from mingzhang.cube.hierarchy import parent
from mingzhang.rules.reading import PrintedCode, WholeTable, printed_codes, whole_tables
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import table_key, table_name

_FEWEST_PRINTED = 2
_PRINTED_FOR_ONE_ABSENT = 4  # a table that leaves out more of them has a habit, not a gap


def check_parents(disclosure: Disclosure) -> Iterator[Finding]:
    """Classes with rows below them and no row of their own, where nearly all others of that level have one."""
    codes_of = printed_codes(disclosure)
    for table in whole_tables(disclosure):
        listed: dict[Dimension, dict[str, PrintedCode]] = {}
        for part in table.parts:
            for printed in codes_of.get(part.id, ()):
                listed.setdefault(printed.dimension, {}).setdefault(printed.code, printed)
        # Blocks of classes side by side: a row holds several codes.
        printed_texts = {"".join(text.split()) for row in table.rows for text in row.texts}
        for dimension, codes in listed.items():
            yield from _absent(table, dimension, codes, printed_texts, disclosure.year)


def _absent(
    table: WholeTable, dimension: Dimension, codes: dict[str, PrintedCode], texts: set[str], year: int | None
) -> Iterator[Finding]:
    below: dict[str, list[PrintedCode]] = {}
    for code, printed in codes.items():
        above = parent(dimension, code)
        if above is not None:
            below.setdefault(above, []).append(printed)
    for length in sorted({len(above) for above in below}):
        level = [above for above in below if len(above) == length]
        absent = [above for above in level if above not in codes and above not in texts]
        present = len(level) - len(absent)
        if len(absent) != 1 and len(absent) * _PRINTED_FOR_ONE_ABSENT > present:
            continue
        if present >= _FEWEST_PRINTED:
            for above in absent:
                yield _finding(table, dimension, above, below[above], present, year)


def _finding(
    table: WholeTable, dimension: Dimension, above: str, below: list[PrintedCode], present: int, year: int | None
) -> Finding:
    known = by_code(dimension, above, year)
    name = f"{above} {known[0].name}" if known else above
    first = below[0]
    return Finding(
        rule="code-parent-missing",
        level="warning",
        message=(
            f"{table_name(table.head)}列有“{first.code} {first.name}”，却没有其上级科目“{name}”一行；"
            f"本表同级的其他{present}个科目都列出了上级，似缺少一行。"
        ),
        key=(table_key(table.head), above),
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
