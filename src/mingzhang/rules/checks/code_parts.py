"""A class with an amount and none of its parts, in a table that lists the parts of the others."""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.classification import Dimension, children
from mingzhang.cube import Disclosure
from mingzhang.cube.finding import Finding
from mingzhang.cube.hierarchy import ancestors
from mingzhang.rules.reading import PrintedCode, WholeTable, listed_codes, whole_tables
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import table_key, table_name

_FEWEST_WITH_PARTS = 2
_WITH_PARTS_FOR_ONE_WITHOUT = 4  # a table with more of them does not list everything to one depth
_DEPTHS = {"款": 5, "项": 7}


def check_parts(disclosure: Disclosure) -> Iterator[Finding]:
    """Classes that end above the depth of their table, where their like, or they themselves in another table, do not.

    A class that has no parts in the classification (219 援助其他地区支出) ends rightly.
    """
    tables = [(table, listed_codes(disclosure, table)) for table in whole_tables(disclosure)]
    rows = {(o.source.table, o.source.row) for o in disclosure.observations if o.amount.value and o.origin == "table"}
    for table, listed in tables:
        promised = max((_DEPTHS.get("".join(path[-1].split()), 0) for path in table.head.header if path), default=0)
        for dimension, codes in listed.items():
            depth = max(promised, *(len(code) for code in codes))
            with_parts = {above for code in codes for above in ancestors(dimension, code)}
            ending = [
                printed
                for code, printed in codes.items()
                if len(code) < depth
                and code not in with_parts
                and children(dimension, code, disclosure.year)
                and (printed.row.source.table, printed.row.source.row) in rows
            ]
            for printed in ending:
                alike = [code for code in codes if len(code) == len(printed.code)]
                wanting = [other for other in ending if len(other.code) == len(printed.code)]
                present = len(alike) - len(wanting)
                if len(wanting) > 1 and len(wanting) * _WITH_PARTS_FOR_ONE_WITHOUT > present:
                    continue
                others = present if present >= _FEWEST_WITH_PARTS else 0
                elsewhere = _elsewhere(tables, table, dimension, printed.code, depth)
                if others or elsewhere is not None:
                    yield _finding(table, printed, others, elsewhere)


def _elsewhere(
    tables: list[tuple[WholeTable, dict[Dimension, dict[str, PrintedCode]]]],
    table: WholeTable,
    dimension: Dimension,
    code: str,
    depth: int,
) -> tuple[WholeTable, PrintedCode] | None:
    """The first part of the class that another table lists, no deeper than this one goes."""
    for other, listed in tables:
        if other is not table:
            for below, printed in listed.get(dimension, {}).items():
                if len(below) <= depth and code in ancestors(dimension, below):
                    return other, printed
    return None


def _finding(
    table: WholeTable, printed: PrintedCode, others: int, elsewhere: tuple[WholeTable, PrintedCode] | None
) -> Finding:
    like = f"本表同级的其他{others}个科目都列出了下级" if others else ""
    shown = f"{table_name(elsewhere[0].head)}列有“{elsewhere[1].code} {elsewhere[1].name}”" if elsewhere else ""
    return Finding(
        rule="code-parts-missing",
        level="warning",
        message=(
            f"{table_name(table.head)}的“{printed.code} {printed.name}”之下没有列出下级科目，"
            f"而{'，'.join(filter(None, (like, shown)))}，似缺少一行或几行。"
        ),
        key=(table_key(table.head), printed.code),
        places=(printed.place,),
        expected=elsewhere[1].code if elsewhere else None,
    )


RULES = (
    Rule(
        id="code-parts-missing",
        title="下级科目列出",
        sentence="列示到款、项的表，有金额的类、款之下应当列出其款、项。",
        basis="惯例：表样按《政府收支分类科目》的类、款、项逐级列示；其他科目和其他表都列到这一级。",
        why="唯一的下级科目漏印时，各级合计仍然相等，金额上看不出差错，但读者看不到钱花在哪一项。",
        how_to_fix="补上该科目之下的各行。",
        example="基本支出经济分类表的301、302都列出了各款，唯独“303 对个人和家庭的补助”之下没有列款。",
        levels=("warning",),
        check=check_parts,
    ),
)
