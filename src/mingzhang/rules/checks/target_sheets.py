"""A project's sheet of targets: its funds add up, and every indicator has a value."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from mingzhang.cube import Disclosure, Row, Source, Table
from mingzhang.cube.finding import Finding
from mingzhang.rules.prose import prose
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import table_name
from mingzhang.rules.workings import figure, sum_working

_TOTAL = re.compile(r"(?:资金总额|资金申请总额|预算总额|资金合计|总额)(?:[(（](?:万?元)[)）])?[:：]?\Z")
_PART = re.compile(r"(?:财政资金|财政拨款|结转资金|上年结转|其他资金|单位资金|自有资金|专户资金|社会资金)")
_MONEY = re.compile(r"-?\d[\d,]*(?:\.\d+)?\Z")
_STATED = re.compile(
    r"绩效目标的?项目(?:共)?(?P<count>\d+)个[，,]?\s*涉及(?:项目)?(?:预算)?(?:资金|金额)(?P<sum>\d[\d,]*(?:\.\d+)?)\s*万元"
)
_ROUNDING = Decimal("0.005")
_INDICATOR, _VALUE = re.compile(r"三级指标|指标名称"), re.compile(r"指标值")


@dataclass(frozen=True, slots=True)
class _Figure:
    label: str
    value: Decimal
    printed: str
    row: Row
    column: int
    label_column: int

    @property
    def place(self) -> Source:
        """The cell of the amount."""
        return self.row.place(self.column)._replace(column=self.column + 1)


def check_funds(disclosure: Disclosure) -> Iterator[Finding]:
    """A total whose parts, listed below it in the same column, come to another sum."""
    for table in disclosure.tables:
        if not _is_targets(table):
            continue
        yield from _without_total(table)
        blocks = list(_blocks(table))
        totals = [block[0].value for block in blocks]
        for total, *parts in blocks:
            found = sum((part.value for part in parts), Decimal(0))
            if len(parts) < 2 or found == total.value:
                continue
            agreed = totals.count(total.value) > 1
            suspect = max(parts, key=lambda part: part.value)
            right = suspect.value + total.value - found
            if right < 0:
                continue
            yield Finding(
                rule="target-funds",
                level="error",
                message=(
                    f"{table_name(table)}{_project(table)}“{total.label}”{total.printed}，其下各项合计{found:,f}，不相等"
                    + (f"；“{suspect.label}”印为{suspect.printed}，按总额应为{right:,f}" if agreed else "")
                    + "。"
                ),
                key=(table.id, total.label),
                places=tuple(each.place for each in (suspect, total, *parts)),
                reported=suspect.printed if agreed else f"{found:,f}",
                expected=f"{right:,f}" if agreed else total.printed,
                workings=(
                    sum_working(
                        f"“{total.label}”应等于其下各项之和。",
                        figure(total.label, total.printed, total.place),
                        [(figure(part.label, part.printed, part.place), part.value) for part in parts],
                        total.value,
                    ),
                ),
            )


def _without_total(table: Table) -> Iterator[Finding]:
    """A total left blank over parts that are filled in."""
    for number, row in enumerate(table.rows):
        for column, text in enumerate(row.texts):
            label = "".join(text.split())
            if not _TOTAL.search(label) or any(_MONEY.match(other.strip()) for other in _up_to_label(row, column)):
                continue
            parts: list[_Figure] = []
            for below in table.rows[number + 1 :]:
                part = next((found for found in _figures(below) if found.label_column == column), None)
                if part is None or not _PART.search(part.label):
                    break
                parts.append(part)
            total = sum((part.value for part in parts), Decimal(0))
            if total:
                blank = row.place(parts[0].column)._replace(column=parts[0].column + 1)
                yield Finding(
                    rule="target-funds",
                    level="error",
                    message=f"{table_name(table)}{_project(table)}“{label}”没有填写，其下各项合计{total:,f}。",
                    key=(table.id, label, "blank"),
                    places=(blank, *(part.place for part in parts)),
                    expected=f"{total:,f}",
                    workings=(
                        sum_working(
                            f"“{label}”应等于其下各项之和。",
                            figure(label, "空白", blank),
                            [(figure(part.label, part.printed, part.place), part.value) for part in parts],
                            Decimal(0),
                        ),
                    ),
                )


def _up_to_label(row: Row, column: int) -> Sequence[str]:
    """What stands to the right of a label, the first text included: its amount, or the next label."""
    after = row.texts[column + 1 :]
    first = next((at for at, text in enumerate(after) if text.strip()), len(after))
    return after[: first + 1]


def _is_targets(table: Table) -> bool:
    return "绩效" in table.title or any(
        "绩效指标" in text or "绩效目标" in text for row in table.rows for text in row.texts
    )


def _project(table: Table) -> str:
    for row in table.rows:
        for label, value in zip(row.texts, row.texts[1:], strict=False):
            if label.strip() == "项目名称" and value:
                return f"项目“{value}”的"
    return ""


def _blocks(table: Table) -> Iterator[list[_Figure]]:
    """Each total with the parts that stand below it: labels in the same column, rows without a gap."""
    open_at: dict[int, list[_Figure]] = {}
    for row in table.rows:
        here = {found.column: found for found in _figures(row)}
        for column in list(open_at):
            if column not in here or not _PART.search(here[column].label):
                yield open_at.pop(column)
        for column, found in here.items():
            if _TOTAL.search(found.label):
                open_at[column] = [found]
            elif column in open_at:
                open_at[column].append(found)
    yield from open_at.values()


def _figures(row: Row) -> Iterator[_Figure]:
    """Label and amount, the next filled cell to its right."""
    filled = [(column, "".join(text.split())) for column, text in enumerate(row.texts) if text.strip()]
    for (at, label), (column, printed) in pairwise(filled):
        if _MONEY.match(printed) and not _MONEY.match(label):
            yield _Figure(
                label.removeprefix("其中：").removeprefix("其中:"),
                Decimal(printed.replace(",", "")),
                printed,
                row,
                column,
                at,
            )


def check_total(disclosure: Disclosure) -> Iterator[Finding]:
    """编报绩效目标的项目5个，涉及3328.13万元, where the document holds five sheets that come to another sum."""
    sheets = [(table, total) for table in disclosure.tables if _is_targets(table) for total in _sheets(table)]
    for paragraph in prose(disclosure):
        for match in _STATED.finditer(paragraph.text):
            stated = Decimal(match["sum"].replace(",", ""))
            found = sum((total for _, total in sheets), Decimal(0))
            if (
                int(match["count"]) != len(sheets)
                or len(sheets) < 2
                or abs(found - stated) < _ROUNDING * (len(sheets) + 1)
            ):
                continue
            yield Finding(
                rule="target-total",
                level="warning",
                message=(
                    f"文字说编报绩效目标的项目{match['count']}个、{match['sum']}万元，"
                    f"本文件{len(sheets)}张绩效目标表的资金合计{found:,.2f}万元，两者不符；请核对项目和金额，改正有误的一处。"
                ),
                key=(match["count"], match["sum"]),
                places=(paragraph.at(*match.span()), *(table.source for table, _ in sheets)),
                reported=match["sum"],
                expected=f"{found:.2f}",
                workings=(
                    sum_working(
                        "文字所说各项目的金额应等于各绩效目标表的资金之和。",
                        figure("文字（万元）", match["sum"], paragraph.at(*match.span())),
                        [
                            (figure(f"{table_name(table)}（万元）", f"{total.normalize():f}", table.source), total)
                            for table, total in sheets
                        ],
                        stated,
                    ),
                ),
            )


def _sheets(table: Table) -> Iterator[Decimal]:
    """The total of each sheet in 万元 (several sheets may stand in one table), where the unit is printed."""
    seen: set[int] = set()
    for total, *_ in _blocks(table):
        words = "".join(total.row.texts)
        unit = table.unit.name if table.unit is not None else ""
        if id(total.row) in seen:
            continue
        seen.add(id(total.row))
        if "万元" in words or unit == "万元":
            yield total.value
        elif "元)" in words or "元）" in words or unit == "元":
            yield total.value / 10_000


def check_value(disclosure: Disclosure) -> Iterator[Finding]:
    """Indicators without a value in a list whose other indicators have one."""
    for table in disclosure.tables:
        header = next((number for number, row in enumerate(table.rows) if _columns(row.texts) is not None), None)
        if header is None or not _is_targets(table):
            continue
        columns = _columns(table.rows[header].texts)
        if columns is None:
            continue
        name, value = columns
        rows = [row for row in table.rows[header + 1 :] if len(row.texts) > max(columns) and row.texts[name].strip()]
        lacking = [row for row in rows if not any(text.strip() for text in row.texts[value:])]
        if not lacking or len(lacking) * 4 > len(rows):
            continue
        for row in lacking:
            yield Finding(
                rule="target-value-missing",
                level="warning",
                message=f"{table_name(table)}{_project(table)}指标“{row.texts[name].strip()}”没有指标值。",
                key=(table.id, row.texts[name]),
                places=(row.place(value)._replace(column=value + 1),),
            )


def _columns(texts: Sequence[str]) -> tuple[int, int] | None:
    """Where a header row has the indicator's name and, to its right, its value."""
    names = [column for column, text in enumerate(texts) if _INDICATOR.search(text)]
    values = [column for column, text in enumerate(texts) if _VALUE.search(text)]
    return (names[-1], values[0]) if names and values and values[0] > names[-1] else None


RULES = (
    Rule(
        id="target-funds",
        title="绩效目标表的资金相加",
        sentence="绩效目标表中项目资金总额等于其下各项资金之和。",
        basis="文件自身的数字：同一张表的总额和各项必须相加。绩效目标公开依据《中共中央 国务院关于全面实施预算绩效管理的意见》（中发〔2018〕34号）。",
        why="总额与各项不符，说明项目预算调整后绩效目标表没有同步修改。",
        how_to_fix="按批复的项目预算改正有误的一项。",
        example="年度资金申请总额10,903,043.00，其中当年财政拨款却为11,419,043.00。",
        levels=("error",),
        check=check_funds,
    ),
    Rule(
        id="target-total",
        title="绩效目标的项目数和金额与表相符",
        sentence="文字所说编报绩效目标的项目个数与所附绩效目标表张数相同时，金额应等于各表资金之和。",
        basis="文件自身的数字；所附的表只是其中一部分的除外，因此只作疑点。",
        why="项目预算调整后文字没有同步修改。",
        how_to_fix="核对各项目的资金，改正文字或表。",
        example="文字说5个项目3328.13万元，五张绩效目标表合计3351.33万元。",
        levels=("warning",),
        check=check_total,
    ),
    Rule(
        id="target-value-missing",
        title="绩效指标有指标值",
        sentence="每一项绩效指标都应当有指标值。",
        basis="《中共中央 国务院关于全面实施预算绩效管理的意见》（中发〔2018〕34号）：绩效目标应当细化量化。",
        why="没有指标值的指标无法考核。",
        how_to_fix="补填指标值，或删去该指标。",
        example="绩效目标表中“发放及时率”一行没有指标值。",
        levels=("warning",),
        check=check_value,
    ),
)
