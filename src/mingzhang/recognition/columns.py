"""What the columns of a table settle for each other: sides, carry-over, the scope of a total."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mingzhang.cube.hierarchy import LEVELS, parent
from mingzhang.recognition.header import Column

THREE_PUBLIC = frozenset({"three_public", "abroad", "reception", "vehicle", "vehicle_purchase", "vehicle_running"})
_FISCAL = frozenset({"general", "gov_fund", "state_capital"})
_NOT_FISCAL = frozenset({"special_account", "own", "business", "operating", "superior", "affiliated", "other"})
SCOPES = frozenset({"current_year", "carried_spending", "advance_transfer"})
"""Topics that say from where expenditure is paid: this year's money, what was carried in, announced transfers."""
_CLASSES_OF_PROJECTS = frozenset(
    {"ordinary_project", "special_project", "administrative_project", "construction_project"}
)
SPENDING_TOPICS = SCOPES | LEVELS | _CLASSES_OF_PROJECTS | {"operation_class", "other_operation", "target_class"}
"""Topics that part expenditure: by where the money comes from, and by the classes of projects of the budget system."""


def settled(columns: list[Column], base: dict[str, Any]) -> list[Column]:
    """The columns of a table at ``base``, each with what the others say of it."""
    return _topics(_flows(_origins(_of_fiscal_funds(_of_what_follows(columns)), base), base), base)


def _of_what_follows(columns: list[Column]) -> list[Column]:
    """小计 beside a 合计 under the same header, where what parts them was lost: of what the columns behind it share.

    公务用车购置费 and 公务用车运行费 behind it are both of vehicles. Where the two columns behind it share nothing, nobody
    can say what it is the sum of.
    """
    amounts = [column for column in columns if column.role == "amount"]
    return [_as_sum(column, amounts) if _is_beside_total(column, amounts) else column for column in columns]


def _is_beside_total(column: Column, amounts: list[Column]) -> bool:
    if not _is_subtotal(column):
        return False
    return any(
        each.total and not _is_subtotal(each) and each.path[:-1] == column.path[:-1] and each.point == column.point
        for each in amounts
    )


def _is_subtotal(column: Column) -> bool:
    return column.role == "amount" and column.total and column.path[-1] == "小计"


def _as_sum(column: Column, amounts: list[Column]) -> Column:
    behind = itertools.takewhile(lambda each: not each.total, (each for each in amounts if each.index > column.index))
    points = [each.point for each in behind][:2]
    shared = _shared(points) if len(points) > 1 else {}
    shared = {name: value for name, value in shared.items() if column.point.get(name) != value}
    return replace(column, point={**column.point, **shared}) if shared else replace(column, role="unread")


def _shared(points: list[dict[str, Any]]) -> dict[str, Any]:
    """What points have in common: a member of a dimension, or the member that theirs are parts of."""
    first, second = points
    found: dict[str, Any] = {}
    for name in first.keys() & second.keys():
        one, other = first[name], second[name]
        if one == other:
            found[name] = one
        elif isinstance(one, str) and isinstance(other, str) and parent(name, one) == parent(name, other) is not None:
            found[name] = parent(name, one)
    return found


def _of_fiscal_funds(columns: list[Column]) -> list[Column]:
    """小计 of 本年拨款, whose parts are 一般公共预算 and the like: 财政拨款, where other funds stand beside the group."""
    amounts = [column for column in columns if column.role == "amount"]
    beside = any(column.point.get("fund") in _NOT_FISCAL for column in amounts)
    if not beside:
        return columns
    return [
        replace(column, point={**column.point, "fund": "fiscal"})
        if column.total
        and column.role == "amount"
        and "fund" not in column.point
        and _parts_are_fiscal(column, amounts)
        else column
        for column in columns
    ]


def _parts_are_fiscal(column: Column, amounts: list[Column]) -> bool:
    """Whether the columns beside a total, under the same phrases, are of several funds that are all 财政拨款."""
    group = column.path[:-1]
    funds = {
        each.point.get("fund") for each in amounts if group and each.path[: len(group)] == group and each is not column
    }
    return len(funds) > 1 and funds <= _FISCAL


def with_side(block: list[Column]) -> list[Column]:
    """财政拨款收入 over a side names a fund and, where it heads one of two sides, the side too."""
    if any("flow" in column.point for column in block if column.role == "amount"):
        return block
    words = "".join(text for column in block for text in column.path)
    flow = "income" if "收入" in words else "expenditure" if "支出" in words else None
    return block if flow is None else _amounts_at(block, flow=flow)


def without_spacers(columns: list[Column], is_empty: Callable[[int], bool]) -> list[Column]:
    """Empty columns that a merged header covers besides its named ones hold nothing: a trace of how it was drawn."""
    paths = [column.path for column in columns]

    def is_spacer(column: Column) -> bool:
        longer = any(len(path) > len(column.path) and path[: len(column.path)] == column.path for path in paths)
        return column.role == "amount" and bool(column.path) and longer and is_empty(column.index)

    return [replace(column, role="note") if is_spacer(column) else column for column in columns]


def _amounts_at(columns: list[Column], **values: Any) -> list[Column]:
    return [replace(c, point={**c.point, **values}) if c.role == "amount" else c for c in columns]


def _origins(columns: list[Column], base: dict[str, Any]) -> list[Column]:
    """上年结转 over a column of expenditure is what was paid from it; its neighbours then are paid from this year's.

    In a table of income the same words name what came in.
    """
    amounts = [column for column in columns if column.role == "amount"]
    if base.get("topic") in (*THREE_PUBLIC, "three_public_and_meetings", "procurement", "service_purchase"):
        # 当年财政拨款安排 over the parts of 三公经费 adds nothing to their scope.
        return [_without(column, "topic") if column.point.get("topic") in SCOPES else column for column in columns]
    if base.get("flow") in ("income", "sources"):
        return [_as_income(column) for column in columns]
    if not _spends(base) or any(column.point.get("flow") == "carried_out" for column in amounts):
        return columns
    if any(column.point.get("flow") in ("income", "sources") for column in amounts):
        return columns  # 年初结转 | 本年收入 | 本年支出: the flows of a fund beside each other
    carried = [column for column in amounts if _is_carried(column)]
    if not carried:
        return columns
    # 本年预算 beside 上年结转, unless it stands over both.
    shared = {column.path[0] for column in carried}
    columns = [
        replace(column, point={**column.point, "topic": "current_year"})
        if column.role == "amount"
        and column.point.get("year") == "this"
        and "topic" not in column.point
        and column.path[0] not in shared
        else column
        for column in columns
    ]
    told = any(column.point.get("topic") == "current_year" for column in columns if column.role == "amount")
    return [_by_origin(column, told=told) for column in columns]


def _is_carried(column: Column) -> bool:
    return column.point.get("flow") == "carried_in" or column.point.get("topic") == "carried_spending"


def _spends(base: dict[str, Any]) -> bool:
    return base.get("flow") in ("expenditure", "uses") or "nature" in base


def _without(column: Column, name: str) -> Column:
    return replace(column, point={key: value for key, value in column.point.items() if key != name})


def _as_income(column: Column) -> Column:
    topic = column.point.get("topic")
    if topic not in SCOPES:
        return column
    flow = "carried_in" if topic == "carried_spending" else "income"
    return replace(column, point={**_without(column, "topic").point, "flow": flow})


def _by_origin(column: Column, *, told: bool) -> Column:
    if column.role != "amount" or column.point.get("topic") is not None:
        return column
    if column.point.get("flow") == "carried_in":
        return replace(column, point={**column.point, "flow": "expenditure", "topic": "carried_spending"})
    if "fund" in column.point and not told:
        return replace(column, point={**column.point, "topic": "current_year"})
    return column


def _flows(columns: list[Column], base: dict[str, Any]) -> list[Column]:
    """In a table of income that shows 上年结转 apart, the columns of funds hold this year's income only."""
    flows = {column.point.get("flow") for column in columns if column.role == "amount"}
    if base.get("flow") == "expenditure" and "carried_out" in flows:
        # 合计 of a table of expenditure that shows 结转下年 apart includes it.
        whole = {"flow": "uses"}
        return [replace(c, point={**c.point, **whole}) if c.total and "flow" not in c.point else c for c in columns]
    if base.get("flow") == "expenditure" and "carried_out" not in flows:
        # 支出合计 over a column of a table of expenditure is this year's, as its other columns are.
        return [_as_spent(column) for column in columns]
    if base.get("flow") != "sources" or not flows & {"carried_in", "balance_used", "income"}:
        return columns
    return [
        replace(column, point={**column.point, "flow": "income"})
        if column.role == "amount" and "fund" in column.point and "flow" not in column.point
        else column
        for column in columns
    ]


def _as_spent(column: Column) -> Column:
    if column.role != "amount" or column.point.get("flow") != "uses":
        return column
    return replace(column, point={**column.point, "flow": "expenditure"})


def _topics(columns: list[Column], base: dict[str, Any]) -> list[Column]:
    """In a table of 三公经费 together with 会议费 and 培训费, 合计 alone is the total of all of them.

    One fund over all of 三公经费 is the scope that the text has without saying so.
    """
    amounts = [column for column in columns if column.role == "amount"]
    if base.get("topic") in ("three_public", "three_public_and_meetings"):
        beside = any(column.point.get("topic") in ("meeting", "training") for column in amounts)
        told = [column for column in amounts if not beside or column.point.get("topic") in THREE_PUBLIC]
        funds = {column.point.get("fund") for column in told}
        if len(funds) == 1 and funds != {None}:
            columns = [_without(column, "fund") for column in columns]
    topics = {column.point.get("topic") for column in amounts}
    if not {"meeting", "training"} & topics:
        return columns
    whole = {"topic": "three_public_and_meetings"}
    return [
        replace(column, point={**column.point, **whole})
        if column.role == "amount" and column.total and "topic" not in column.point
        else column
        for column in columns
    ]
