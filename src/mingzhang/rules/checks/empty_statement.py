"""A statement that a table is empty, against the table."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingzhang.cube import Disclosure, Observation, Paragraph, Table
from mingzhang.cube.finding import Finding
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import table_key, table_name

_EMPTY = re.compile(r"(?:本|此|该)表(?:格)?(?:为空(?:表|白)?|无(?:相关)?(?:数据|内容)|没有数据|为零)")
_LONGEST_STATEMENT, _LONGEST_QUOTE = 120, 60
# What the statement says there is none of must be what the table is about.
_SUBJECTS = ("政府性基金", "国有资本", "三公", "政府采购", "绩效", "购买服务")


def check(disclosure: Disclosure) -> Iterator[Finding]:
    """Statements 本表为空表 beside a table that holds amounts."""
    beside = [(remark, table) for table in disclosure.tables for remark in table.remarks]
    for paragraph, owner in [*((paragraph, None) for paragraph in disclosure.text), *beside]:
        if len(paragraph.text) > _LONGEST_STATEMENT or not _EMPTY.search(paragraph.text):
            continue
        table = owner or _table_of(paragraph, disclosure)
        if table is None or not _is_about(paragraph.text, table):
            continue
        amounts = [o for o in disclosure.observations if o.source.table == table.id and _is_printed_amount(o)]
        if amounts:
            yield _finding(paragraph, table, amounts)


def _table_of(paragraph: Paragraph, disclosure: Disclosure) -> Table | None:
    """The table that a line is printed below: the only one of its page, or in a text file the last before it."""
    page, line = paragraph.source.sheet_of_paper, paragraph.source.line
    if page is not None:
        beside = [table for table in disclosure.tables if table.source.sheet_of_paper == page]
        return beside[0] if len(beside) == 1 else None
    if line is None:
        return None
    own = [table for table in disclosure.tables if table.source.file == paragraph.source.file]
    before = [table for table in own if table.source.line is not None and table.source.line < line]
    return before[-1] if before else None


def _is_about(statement: str, table: Table) -> bool:
    named = [subject for subject in _SUBJECTS if subject in statement]
    return bool(table.title) and (not named or any(subject in table.title for subject in named))


def _is_printed_amount(observation: Observation) -> bool:
    return observation.point.measure == "amount" and observation.amount.value != 0


def _finding(paragraph: Paragraph, table: Table, amounts: list[Observation]) -> Finding:
    quote = "".join(paragraph.text.split())
    first = amounts[0].amount
    return Finding(
        rule="empty-statement-contradicted",
        level="error",
        message=(
            f"{table_name(table)}附有“{quote[:_LONGEST_QUOTE]}”的说明，但表中有{len(amounts)}个金额"
            f"（如{first.printed}{first.unit.name}）；应删去该说明，或更正表中数据。"
        ),
        key=(table_key(table),),
        places=(paragraph.source, *(observation.source for observation in amounts[:3])),
        reported=quote,
    )


RULES = (
    Rule(
        id="empty-statement-contradicted",
        title="空表说明与表相符",
        sentence="注明“本表为空表”“本表无数据”的表，表中不应当有金额。",
        basis="文件自身的两处陈述不得矛盾；空表附说明是各地预决算公开的惯例。",
        why="说明和数据必有一个是错的，多半是沿用了往年或模板中的说明。",
        how_to_fix="表中数据正确的，删去空表说明；确无数据的，更正表中金额。",
        example="“三公”经费和机关运行经费预算表列有12.70万元，表下却注明“故本表为空表”。",
        levels=("error",),
        check=check,
    ),
)
