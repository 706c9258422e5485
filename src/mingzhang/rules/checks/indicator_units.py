"""The units of performance indicators: one indicator with one figure has one unit, and a rate is in per cent."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from mingzhang.cube import Disclosure, Row, Source, Table
from mingzhang.cube.finding import Finding
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import table_name

_NAME, _UNIT, _VALUE = (
    re.compile(pattern)
    for pattern in (
        r"三级指标|指标名称|\A绩效指标\Z|\A指标\Z",
        r"(?:计量|度量|指标)?单位\Z|单位度量\Z",
        r"指标值|目标值",
    )
)
_LONGEST_UNIT_HEADING = 8
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
# Units of one kind: a figure that is right in one of them is wrong in another.
_KINDS: tuple[tuple[str, ...], ...] = (
    ("元", "万元", "亿元"),
    ("人", "万人", "名"),
    ("人次", "万人次"),
    ("平方米", "万平方米", "公顷", "亩", "万亩", "平方公里"),
    ("米", "公里", "千米"),
    ("分钟", "小时", "天", "工作日", "月", "年"),
    ("吨", "万吨", "千克", "公斤"),
    ("件", "万件"),
    ("次", "万次"),
)
_KIND = {unit: kind for kind, units in enumerate(_KINDS) for unit in units}
_RATE = re.compile(r"(?:合格|完成|及时|达标|准确|覆盖|发放|利用|到位|满意|优良|参与|通过|验收|保障)率\Z|满意度\Z")
_OF_NO_RATE = re.compile(r"\A(?:年|月|日|天|个|项|次|人|人次|元|万元|份|套|台|批)\Z")


@dataclass(frozen=True, slots=True)
class _Indicator:
    name: str
    unit: str
    value: str
    table: Table
    row: Row
    column: int

    @property
    def place(self) -> Source:
        return self.row.place(self.column)._replace(column=self.column + 1)


def check(disclosure: Disclosure) -> Iterator[Finding]:
    """Rates that are not in per cent, and one figure of one indicator in two units of a kind."""
    known: dict[tuple[str, str], _Indicator] = {}
    for table in disclosure.tables:
        for indicator in _indicators(table):
            if _RATE.search(indicator.name) and _OF_NO_RATE.match(indicator.unit):
                yield _of_a_rate(indicator)
                continue
            first = known.setdefault((indicator.name, indicator.value), indicator)
            if _differ(first.unit, indicator.unit):
                yield _in_two_units(first, indicator)


def _indicators(table: Table) -> Iterator[_Indicator]:
    """The rows below a heading that names indicator, unit and value."""
    columns: tuple[int, int, int] | None = None
    for row in table.rows:
        named = _columns(row.texts)
        columns = named or columns
        if columns is None or named is not None or len(row.texts) <= max(columns):
            continue
        texts = ["".join(text.split()) for text in row.texts]
        name, unit, value = (texts[column] for column in columns)
        number = _NUMBER.search(value)
        if name and unit and number is not None:
            yield _Indicator(name, unit, number[0], table, row, columns[1])


def _columns(printed: Sequence[str]) -> tuple[int, int, int] | None:
    if not any("指" in text for text in printed):  # 指标 in every such heading
        return None
    texts = ["".join(text.split()) for text in printed]
    names = [column for column, text in enumerate(texts) if _NAME.search(text)]
    units = [column for column, text in enumerate(texts) if _UNIT.search(text) and len(text) <= _LONGEST_UNIT_HEADING]
    values = [column for column, text in enumerate(texts) if _VALUE.search(text)]
    units = [column for column in units if names and column > names[-1]]
    return (names[-1], units[0], values[0]) if names and units and values else None


def _differ(one: str, other: str) -> bool:
    return one != other and one in _KIND and _KIND[one] == _KIND.get(other) and {one, other} != {"人", "名"}


def _of_a_rate(indicator: _Indicator) -> Finding:
    return Finding(
        rule="indicator-unit",
        level="warning",
        message=f"{table_name(indicator.table)}指标“{indicator.name}”的单位印为“{indicator.unit}”，比率应以“%”计。",
        key=(indicator.name, indicator.unit),
        places=(indicator.place,),
        reported=indicator.unit,
        expected="%",
    )


def _in_two_units(first: _Indicator, other: _Indicator) -> Finding:
    return Finding(
        rule="indicator-unit",
        level="warning",
        message=(
            f"指标“{first.name}”的指标值都是{first.value}，{table_name(first.table)}的单位是“{first.unit}”，"
            f"{table_name(other.table)}却是“{other.unit}”；两处必有一处有误。"
        ),
        key=(first.name, first.unit, other.unit),
        places=(first.place, other.place),
        reported=f"{first.unit} / {other.unit}",
    )


RULES = (
    Rule(
        id="indicator-unit",
        title="绩效指标的计量单位",
        sentence="同一指标、同一指标值在几张绩效目标表中的计量单位应当相同；合格率、满意度等比率以“%”计。",
        basis="文件自身的两处陈述应当相合；《中共中央 国务院关于全面实施预算绩效管理的意见》（中发〔2018〕34号）：绩效目标应当细化量化。",
        why="单位错了，指标值就差一万倍或无法考核。",
        how_to_fix="核对指标值的计量单位，更正有误的一处。",
        example="“服务人次”在整体绩效目标表为27万人次，在项目绩效目标表为27人次。",
        levels=("warning",),
        check=check,
    ),
)
