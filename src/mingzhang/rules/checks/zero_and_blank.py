"""Zeros printed in two ways in one column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from mingzhang.cube import Disclosure, Observation
from mingzhang.cube.finding import Finding
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import listed, table_key, table_name


def check(disclosure: Disclosure) -> Iterator[Finding]:
    """Columns that print some zeros as figures and leave others blank; one finding a table."""
    zeros: defaultdict[str, defaultdict[int, dict[str, Observation]]] = defaultdict(lambda: defaultdict(dict))
    for observation in disclosure.observations:
        table_id, column = observation.source.table, observation.source.column
        # A blank beside no label is no zero: that side of a two-sided table has no more rows.
        # Nor is a blank rate: from nothing there is none.
        if not observation.amount.unit.is_money or observation.amount.value != 0:
            continue
        if table_id is not None and column is not None and observation.label:
            zeros[table_id][column].setdefault(_style(observation), observation)
    for table in disclosure.tables:
        mixed = [styles for _, styles in sorted(zeros[table.id].items()) if len(styles) > 1]
        if not mixed:
            continue
        shown = [(style, observation) for style, observation in mixed[0].items()]
        yield Finding(
            rule="zero-and-blank",
            level="note",
            message=(
                f"{table_name(table)}有{len(mixed)}栏的零值写法不一致："
                f"{listed(f'“{observation.label}”印作{style}' for style, observation in shown)}；应统一写法。"
            ),
            key=(table_key(table),),
            places=tuple(observation.source for styles in mixed for observation in styles.values()),
            reported=" / ".join(style for style, _ in shown),
        )


def _style(observation: Observation) -> str:
    printed = "".join(observation.amount.printed.split())
    if not printed:
        return "空白"
    return f"“{printed}”" if observation.amount.is_blank else "0"


RULES = (
    Rule(
        id="zero-and-blank",
        title="零值写法一致",
        sentence="同一张表的同一栏中，没有金额的单元格应当统一留空，或统一填0（或短横线）。",
        basis="惯例：同表零值写法应当统一。",
        why="一部分填0、一部分留空，读者会疑心空白处是漏填。",
        how_to_fix="按本地表样统一留空或填0；空白处确属漏填的，补上金额。",
        example="政府采购预算表“政府性基金”栏中，货物印作0.00，服务留空。",
        levels=("note",),
        check=check,
    ),
)
