"""The weights of a list of performance indicators."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from mingzhang.cube import Disclosure, Observation, Row, Table
from mingzhang.cube.finding import Finding
from mingzhang.rules.reading import WholeTable, whole_tables
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import table_key, table_name
from mingzhang.rules.workings import figure, sum_working

_WHOLE = Decimal(100)
# Some systems print shares of 1 instead of percentages.
_FRACTION = Decimal(1)
_EXECUTION = "预算执行率"


@dataclass(slots=True)
class _Weights:
    """The weights of one project (or of the agency as a whole) in one table."""

    project: str | None
    observations: list[Observation] = field(default_factory=list)

    @property
    def total(self) -> Decimal:
        return sum((observation.amount.value for observation in self.observations), Decimal(0))

    @property
    def has_execution(self) -> bool:
        return any(_EXECUTION in observation.label for observation in self.observations)


def check(disclosure: Disclosure) -> Iterator[Finding]:
    """Lists of indicators whose weights do not add up to 100; silent where a weight or a row was not read for sure."""
    weights = [o for o in disclosure.observations if o.point.measure == "weight" and o.source.table is not None]
    if not weights:
        return
    columns = {(o.source.table, o.source.column) for o in weights}
    # A number that stands in no column of weights is none.
    doubtful = {
        unread.source.table
        for unread in disclosure.unread
        if unread.kind == "amount"
        and (unread.source.column is None or (unread.source.table, unread.source.column) in columns)
    }
    for table in whole_tables(disclosure):
        if doubtful & {part.id for part in table.parts}:
            continue
        for group in _groups(table, weights):
            if group.total not in (_WHOLE, _FRACTION):
                yield _finding(table, group)


def _groups(table: WholeTable, weights: list[Observation]) -> list[_Weights]:
    """The weights by project, in order; what a page break parted from its project belongs to the last one."""
    found: dict[str | None, _Weights] = {}
    project: str | None = None
    for part in table.parts:
        for observation in weights:
            if observation.source.table == part.id:
                project = observation.point.project or project
                found.setdefault(project, _Weights(project)).observations.append(observation)
    return list(found.values())


def _finding(table: WholeTable, group: _Weights) -> Finding:
    total = group.total.normalize()
    gap = _WHOLE - group.total
    owner = f"项目“{group.project}”的" if group.project else ""
    amount = f"少{gap.normalize():f}" if gap > 0 else f"多{-gap.normalize():f}"
    remark = ""
    if gap == 10 and not group.has_execution:
        remark = f"；如{_EXECUTION}（10分）在别处另计，请确认并注明"
    without = _unweighted(table, group)
    if without:
        remark += f"；“{without[0]}”等{len(without)}项指标没有权重" if len(without) > 1 else f"；“{without[0]}”没有权重"
    return Finding(
        rule="indicator-weights",
        level="warning",
        message=(
            f"{table_name(table.head)}{owner}{len(group.observations)}项绩效指标权重合计{total:f}，"
            f"应为100，{amount}{remark}。"
        ),
        key=(table_key(table.head), group.project or ""),
        places=tuple(observation.source for observation in group.observations),
        reported=f"{total:f}",
        expected="100",
        workings=(
            sum_working(
                "各项绩效指标的权重之和应为100。",
                figure("应有合计", "100", None),
                [(figure(o.label or "指标", o.amount.printed, o.source), o.amount.value) for o in group.observations],
                _WHOLE,
            ),
        ),
    )


def _unweighted(table: WholeTable, group: _Weights) -> list[str]:
    """Indicators among the rows of the group that have no weight."""
    found: list[str] = []
    for part in table.parts:
        rows = {o.source.row for o in group.observations if o.source.table == part.id and o.source.row is not None}
        if rows:
            found += [
                row.name
                for row in _indicators(part)
                if row.source.row is not None and row.name and min(rows) <= row.source.row <= max(rows)
                if row.source.row not in rows
            ]
    return found


def _indicators(table: Table) -> list[Row]:
    return [row for row in table.rows if row.kind == "item"]


RULES = (
    Rule(
        id="indicator-weights",
        title="绩效指标权重合计为100",
        sentence="一张绩效目标表中同一项目（或部门整体）各项绩效指标的权重，合计应当为100。",
        basis="惯例：绩效目标表的指标权重按百分制分配；部分地区规定预算执行率另占10分，其余指标合计90分，须在表中注明。",
        why="权重合计不足或超过100，绩效自评无法按百分制计分，往往是漏填指标或修改后没有重新分配。",
        how_to_fix="核对各项指标权重，补上漏填的指标或重新分配；预算执行率另行计分的，在表中列出或注明。",
        example="某项目绩效目标表九项指标权重合计90，表中没有预算执行率指标。",
        levels=("warning",),
        check=check,
    ),
)
