"""A table in another unit than all the others, whose amounts are then of another size altogether."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

from mingzhang.cube import Disclosure, Table
from mingzhang.cube.finding import Finding
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import table_key, table_name

_FEWEST_OTHERS = 3
_OF_YUAN = 2  # decimals of an amount in 元: there is nothing below the 分
_TELLING = 4  # significant digits of an amount that is not the same elsewhere by chance
_TOO_SMALL = (
    1_000  # a table whose largest amount is so many times below the smallest of the others is not of their unit
)


def check_units(disclosure: Disclosure) -> Iterator[Finding]:
    """Tables whose unit is not that of nearly all others, and whose largest amount does not fit in with theirs."""
    largest: dict[str, Decimal] = {}
    printed: dict[str, set[Decimal]] = defaultdict(set)
    finer: dict[str, list[bool]] = defaultdict(list)
    for observation in disclosure.observations:
        at, amount = observation.source.table, observation.amount
        if at is not None and observation.point.measure == "amount" and amount.unit.is_money and amount.value:
            largest[at] = max(largest.get(at, Decimal()), abs(amount.fen))
            finer[at].append(amount.decimals > _OF_YUAN)
            if len(amount.value.normalize().as_tuple().digits) >= _TELLING:
                printed[at].add(amount.value)
    tables = [table for table in disclosure.tables if table.unit is not None and table.id in largest]
    units = Counter(table.unit.name for table in tables if table.unit is not None)
    for table in tables:
        if table.unit is None or units[table.unit.name] > 1:
            continue
        common, count = max(units.items(), key=lambda item: (item[1], item[0]))
        others = [largest[other.id] for other in tables if other.unit is not None and other.unit.name == common]
        if count < _FEWEST_OTHERS or count < len(tables) - 1:
            continue
        mine = largest[table.id]
        elsewhere = {
            v for other in tables if other.unit is not None and other.unit.name == common for v in printed[other.id]
        }
        if table.unit.name == "元" and all(finer[table.id]):
            yield _finding(table, common, count, "以元计的金额到分为止，表中的金额却有两位以上的小数")
        elif printed[table.id] and printed[table.id] <= elsewhere:
            yield _finding(table, common, count, "表中的金额在其他各表印出的是同样的数字")
        elif mine * _TOO_SMALL <= min(others) or mine > max(others) * 10:
            size = "小" if mine < min(others) else "大"
            yield _finding(table, common, count, f"按所标单位，表中最大的金额也比其他各表{size}得多")


def _finding(table: Table, common: str, count: int, ground: str) -> Finding:
    unit = table.unit.name if table.unit is not None else ""
    return Finding(
        rule="table-unit-odd",
        level="warning",
        message=f"{table_name(table)}所标单位是“{unit}”，其他{count}张表都是“{common}”；{ground}，单位疑应为“{common}”。",
        key=(table_key(table), unit),
        places=(table.source, *(p.source for p in table.caption if unit in p.text)),
        reported=unit,
        expected=common,
    )


RULES = (
    Rule(
        id="table-unit-odd",
        title="各表金额单位一致",
        sentence="同一文件的各张表应当使用同一金额单位；单位不同的，数字的大小应当与所标单位相称。",
        basis="惯例：同一部门、单位公开的各张表金额单位相同，一般为“万元”或“元”。",
        why="单位标错时，表中的数字相差一万倍；没有其他表可以对照的表，只有单位和数字的大小能看出差错。",
        how_to_fix="核对该表的金额单位，改正标错的单位，或改按与其他各表相同的单位填列。",
        example="其他12张表的单位都是“万元”，机关运行经费支出预算表标作“单位：元”，表中合计为1,136.30。",
        levels=("warning",),
        check=check_units,
    ),
)
