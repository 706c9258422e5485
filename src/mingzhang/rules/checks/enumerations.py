"""An item-by-item enumeration of the narrative against the table that it goes through: rows left out, items without a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from mingzhang.cube import Disclosure, Observation, Table
from mingzhang.cube.finding import Finding
from mingzhang.cube.statement import Stated, Statement
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import listed, table_name
from mingzhang.rules.workings import figure, sum_working

_FEWEST = 3
_MOST_APART = 5  # one item in so many may differ from the table that is meant
_MOST_LEFT_OUT = 4  # one row in so many: a text that leaves out more does not go through all of them


@dataclass(frozen=True, slots=True)
class _Item:
    statement: Statement
    code: str
    stated: Stated


@dataclass(frozen=True, slots=True)
class _Listing:
    """The finest rows of one column of a table, by function code; ``total`` is its 合计."""

    table: Table
    rows: dict[str, Observation]
    total: Observation | None


def check(disclosure: Disclosure) -> Iterator[Finding]:
    """Enumerations of at least three items that go through a table."""
    enumerations = list(_enumerations(disclosure))
    if not enumerations:
        return
    listings = [listing for table in disclosure.tables for listing in _listings(table, disclosure)]
    for items in enumerations:
        best = max(listings, key=lambda listing: _closeness(items, listing), default=None)
        if best is None or (len(items) - _matched(items, best)) * _MOST_APART > len(items):
            continue
        yield from _left_out(items, best, disclosure)
        yield from _without_row(items, best)


def _enumerations(disclosure: Disclosure) -> Iterator[list[_Item]]:
    """The items under one heading, each of a class of its own."""
    groups: dict[tuple[str, ...], list[_Item]] = {}
    for statement in disclosure.statements:
        item = _item(statement, disclosure)
        if item is not None:
            groups.setdefault(_section(statement), []).append(item)
    yield from (items for items in groups.values() if len({item.code for item in items}) >= _FEWEST)


def _section(statement: Statement) -> tuple[str, ...]:
    """The headings above the list; those of a 类 (（一）教育支出30万元) are part of it."""
    return tuple(words for words in statement.headings if not any(sign.isdigit() for sign in words))[:2]


def _item(statement: Statement, disclosure: Disclosure) -> _Item | None:
    if statement.code is None or len(statement.code) < 5 or len(statement.path) < 1:
        return None
    for stated in statement.amounts:
        point = stated.point
        if (
            point is not None
            and point.year == disclosure.year
            and point.stage == disclosure.stage
            and point.measure == "amount"
            and point.function == statement.code
            and point.nature is None
            and point.topic is None
        ):
            return _Item(statement, statement.code, stated)
    return None


def _listings(table: Table, disclosure: Disclosure) -> Iterator[_Listing]:
    """The columns of a table that list functions of this year, whole: every row and column read."""
    if table.unread_rows or table.unread_columns or table.holes:
        return
    columns: dict[str | None, dict[str | None, Observation]] = {}
    for o in disclosure.observations:
        point = o.point
        if o.source.table != table.id or (point.year, point.stage, point.measure) != (
            disclosure.year,
            disclosure.stage,
            "amount",
        ):
            continue
        named = set(point.named()) - {"year", "stage", "measure", "flow", "fund", "function"}
        if point.flow == "expenditure" and not named:
            columns.setdefault(point.fund, {}).setdefault(point.function, o)
    for rows in columns.values():
        codes = [code for code in rows if code is not None]
        divided = {code[:length] for code in codes for length in range(len(code))}
        finest = {code: rows[code] for code in codes if code not in divided}
        if any(len(code) == 7 for code in finest):
            yield _Listing(table, finest, rows.get(None))


def _closeness(items: list[_Item], listing: _Listing) -> tuple[int, int]:
    """How well a table is what the items go through: the most of them in it, then the fewest rows besides.

    A table of all funds holds whatever that of one fund does.
    """
    return _matched(items, listing), -len(_lacking(items, listing))


def _lacking(items: list[_Item], listing: _Listing) -> dict[str, Observation]:
    """The rows with an amount that no item names."""
    codes = tuple({item.code for item in items})
    return {code: row for code, row in listing.rows.items() if row.amount.value and not code.startswith(codes)}


def _matched(items: list[_Item], listing: _Listing) -> int:
    """How many items are found in the table with their amount."""
    return sum(_agrees(item, listing) for item in items)


def _agrees(item: _Item, listing: _Listing) -> bool:
    rows = [row for code, row in listing.rows.items() if code.startswith(item.code)]
    if not rows:
        return False
    width = sum((row.amount.quantum for row in rows), item.stated.amount.quantum)
    return abs(sum((row.amount.fen for row in rows), -item.stated.amount.fen)) <= width


def _left_out(items: list[_Item], listing: _Listing, disclosure: Disclosure) -> Iterator[Finding]:
    """Rows with an amount that no item names, where the items and they make the table's total."""
    rows = sum(1 for row in listing.rows.values() if row.amount.value)
    lacking = _lacking(items, listing)
    if not lacking or len(lacking) * _MOST_LEFT_OUT > rows or _matched(items, listing) < len(items):
        return
    total = listing.total
    section = _section(items[0].statement)
    spoken_of = {statement.code for statement in disclosure.statements if _section(statement) == section}
    if total is None or any(code in spoken_of or _is_stated(row, disclosure) for code, row in lacking.items()):
        return
    named = {item.code: item for item in items}
    amounts = [*(item.stated.amount for item in named.values()), *(row.amount for row in lacking.values())]
    made = sum((amount.fen for amount in amounts), -total.amount.fen)
    if abs(made) > sum((amount.quantum for amount in amounts), total.amount.quantum):
        return
    names = [f"{code}“{row.label.removeprefix(code).strip()}”{row.amount.printed}" for code, row in lacking.items()]
    unit = next(iter(lacking.values())).amount.unit.name
    yield Finding(
        rule="item-left-out",
        level="warning",
        message=(
            f"文字逐项说明了{table_name(listing.table)}的{len(named)}项支出，没有说到{listed(names)}（{unit}）；"
            f"各项加上所缺的正是合计数{total.amount.printed}，应补上所缺的项。"
        ),
        key=(*sorted(lacking),),
        places=(items[-1].statement.source, *(row.source for row in lacking.values())),
        expected="、".join(lacking),
        workings=(
            sum_working(
                "表中合计应等于文字逐项所列与所缺各项之和。",
                figure("合计", total.amount.printed, total.source),
                [
                    *(
                        (figure(i.statement.path[-1], i.stated.amount.printed, i.stated.source), i.stated.amount.value)
                        for i in named.values()
                    ),
                    *(
                        (figure(row.label, row.amount.printed, row.source), row.amount.value)
                        for row in lacking.values()
                    ),
                ],
                total.amount.value,
            ),
        )
        if total.amount.unit == items[0].stated.amount.unit
        else (),
    )


def _is_stated(row: Observation, disclosure: Disclosure) -> bool:
    """Whether some sentence states the row's amount: its item is there, under a name that was not understood."""
    return any(
        stated.amount.unit.is_money and abs(stated.amount.fen - row.amount.fen) <= stated.amount.quantum
        for statement in disclosure.statements
        for stated in statement.amounts
    )


def _without_row(items: list[_Item], listing: _Listing) -> Iterator[Finding]:
    """Items with an amount whose class has no row, nor any row below or above it."""
    for item in items:
        known = any(code.startswith(item.code) or item.code.startswith(code) for code in listing.rows)
        if known or not item.stated.amount.value:
            continue
        yield Finding(
            rule="item-without-row",
            level="warning",
            message=(
                f"文字列有“{item.statement.path[-1]}”{item.stated.amount.printed}{item.stated.amount.unit.name}，"
                f"{table_name(listing.table)}没有这一科目（{item.code}），其余各项都在该表中；应核对科目或补上该行。"
            ),
            key=(item.code,),
            places=(item.statement.subject.source, listing.table.source),
            reported=item.stated.amount.printed,
        )


RULES = (
    Rule(
        id="item-left-out",
        title="逐项说明没有遗漏",
        sentence="文字逐项说明支出的，表中有金额的每一个项级科目都应当说到。",
        basis="文件自身的数字：所列各项加上遗漏的正是合计数；预决算说明应当细化到项，依据财政部《地方预决算公开操作规程》（财预〔2016〕143号）。",
        why="漏写的多是本年新增的科目，沿用上年文字时没有补上。",
        how_to_fix="补写所缺的科目。",
        example="表中有8个项级科目，文字只说明了7个，缺“2101102 事业单位医疗”。",
        levels=("warning",),
        check=lambda disclosure: (f for f in check(disclosure) if f.rule == "item-left-out"),
    ),
    Rule(
        id="item-without-row",
        title="文字所列科目在表中都有",
        sentence="文字逐项说明的科目，在所说明的表中应当各有一行。",
        basis="文件自身的两处陈述应当相合。",
        why="多为沿用上年文字时没有删去本年已无的科目，或科目写错。",
        how_to_fix="核对科目；本年没有的删去，表中漏列的补上。",
        example="文字列有“住房公积金”6.00万元，支出表没有2210201一行。",
        levels=("warning",),
        check=lambda disclosure: (f for f in check(disclosure) if f.rule == "item-without-row"),
    ),
)
