"""What the columns of a table mean together, where one header alone does not say it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from mingzhang.recognition.header import Column


def with_side(block: list[Column]) -> list[Column]:
    """财政拨款收入 over a side names a fund and, where it heads one of two sides, the side too."""
    if any("flow" in column.point for column in block if column.role == "amount"):
        return block
    words = "".join(text for column in block for text in column.path)
    flow = "income" if "收入" in words else "expenditure" if "支出" in words else None
    if flow is None:
        return block
    return [
        replace(column, point={**column.point, "flow": flow}) if column.role == "amount" else column for column in block
    ]


def without_spacers(columns: list[Column], is_empty: Callable[[int], bool]) -> list[Column]:
    """Empty columns that a merged header covers besides its named ones hold nothing: a trace of how it was drawn."""
    paths = [column.path for column in columns]

    def is_spacer(column: Column) -> bool:
        longer = any(len(path) > len(column.path) and path[: len(column.path)] == column.path for path in paths)
        return column.role == "amount" and bool(column.path) and longer and is_empty(column.index)

    return [replace(column, role="note") if is_spacer(column) else column for column in columns]


def settle_flows(columns: list[Column], table_flow: str | None) -> list[Column]:
    """In a table of income that shows 上年结转 apart, the columns of funds hold this year's income only."""
    flows = {column.point.get("flow") for column in columns if column.role == "amount"}
    if table_flow == "expenditure" and "carried_out" in flows:
        # 合计 of a table of expenditure that shows 结转下年 apart includes it.
        whole = {"flow": "uses"}
        return [replace(c, point={**c.point, **whole}) if c.total and "flow" not in c.point else c for c in columns]
    if table_flow != "sources" or not flows & {"carried_in", "balance_used", "income"}:
        return columns
    settled: list[Column] = []
    for column in columns:
        if column.role == "amount" and "fund" in column.point and "flow" not in column.point:
            column = replace(column, point={**column.point, "flow": "income"})
        settled.append(column)
    return settled


def settle_topics(columns: list[Column]) -> list[Column]:
    """In a table of 三公经费 together with 会议费 and 培训费, 合计 alone is the total of all of them."""
    topics = {column.point.get("topic") for column in columns if column.role == "amount"}
    if not {"meeting", "training"} & topics:
        return columns
    whole = {"topic": "three_public_and_meetings"}
    return [
        replace(column, point={**column.point, **whole})
        if column.role == "amount" and column.total and "topic" not in column.point
        else column
        for column in columns
    ]
