"""Ledgers of the tests: one small by hand, and any number generated."""

from __future__ import annotations

import random
from dataclasses import replace
from decimal import Decimal

from hypothesis import strategies as st

from mingzhang.classification.catalogue import entries
from mingzhang.composition import Count, Indicator, Ledger, Line, Project
from mingzhang.cube import Point

FUNCTIONS = ("2080101", "2080505", "2080506", "2080599", "2101101", "2101102", "2210201", "2120501")
BASIC = (
    ("30101", "50101", "personnel"),
    ("30102", "50101", "personnel"),
    ("30108", "50102", "personnel"),
    ("30113", "50103", "personnel"),
    ("30201", "50201", "public"),
    ("30217", "50206", "public"),
    ("30231", "50208", "public"),
    ("30302", "50905", "personnel"),
)
PROJECT = (("30201", "50201"), ("30227", "50205"), ("31002", "50306"), ("31013", "50303"), ("30305", "50901"))
THIS = Point(year=2024, stage="budget", flow="expenditure")


def basic(function: str, index: int, fen: int, fund: str = "general", year: int = 2024) -> Line:
    """A line of 基本支出."""
    code, gov, staffing = BASIC[index]
    point = THIS.at(
        year=year, fund=fund, function=function, nature="basic", object=code, gov_object=gov, staffing=staffing
    )
    return Line(point, fen)


def project(function: str, index: int, fen: int, fund: str = "general", name: str | None = None) -> Line:
    """A line of 项目支出."""
    code, gov = PROJECT[index]
    point = THIS.at(fund=fund, function=function, nature="project", object=code, gov_object=gov, project=name)
    return Line(point, fen)


def ledger(*lines: Line, agency_kind: str = "机关") -> Ledger:
    """A unit's ledger of 2024."""
    return Ledger("示例市示例局", 2024, "budget", agency_kind, lines=lines)  # type: ignore[arg-type]


SMALL = ledger(
    basic("2080101", 0, 123_456_789),
    basic("2080101", 4, 5_000_001),
    basic("2080101", 5, 400_000),
    basic("2080505", 2, 33_333_333),
    basic("2210201", 3, 22_222_222),
    project("2080101", 1, 66_666_667, name="系统运维"),
    project("2120501", 2, 1_234_567, fund="gov_fund", name="设备更新"),
    basic("2080101", 0, 100_000_000, year=2023),
)

EVERY_FUND = ("general", "gov_fund", "state_capital", "business", "other")
"""The funds that every form set has a column for."""


def _codes() -> tuple[str, ...]:
    """Functions at 项 level that two disclosures or a notice bear out, that have never ended, and whose 款 has a name."""
    known = list(entries("function"))
    named = {entry.code for entry in known}
    found = {
        entry.code
        for entry in known
        if len(entry.code) == 7 and entry.can_accuse and not entry.is_former and entry.code[:3] < "229"
    }
    return tuple(sorted(code for code in found if code[:5] in named))


ITEMS = _codes()
UNITS = tuple(f"示例市示例局第{number}（直属）中心" for number in range(1, 61))
PURCHASES = ("goods", "works", "services")
NAMES = ("甲项目", "乙（二期）项目", "丙[2024]项目", "丁—“十四五”专项", "戊(含转移支付)")


@st.composite
def any_ledger(draw: st.DrawFn, least: int = 1, lines: int = 12) -> Ledger:
    """A ledger of many funds, lines repeated, amounts from ``least`` 分 to a thousand million 元."""
    made: list[Line] = []
    fen = st.one_of(st.integers(least, 10**11), st.integers(least, least + 10**6))
    for _ in range(draw(st.integers(1, lines))):
        function = draw(st.sampled_from(FUNCTIONS))
        if draw(st.booleans()):
            made.append(basic(function, draw(st.integers(0, len(BASIC) - 1)), draw(fen)))
        else:
            made.append(
                project(
                    function,
                    draw(st.integers(0, len(PROJECT) - 1)),
                    draw(fen),
                    draw(st.sampled_from(EVERY_FUND)),
                    draw(st.sampled_from([None, *NAMES])),
                )
            )
    return ledger(*made)


@st.composite
def any_department(draw: st.DrawFn, items: int, units: int) -> Ledger:
    """A department of up to so many 项 and units.

    The lines are made from one drawn seed: a shrinking search over thousands of draws would take minutes.
    """
    chance = draw(st.randoms(use_true_random=False))
    return department(chance, draw(st.integers(1, items)), draw(st.integers(0, units)))


def department(chance: random.Random, items: int, units: int) -> Ledger:
    """Many 项, several units, last year's lines, adjustments below nought and lines that cancel out."""
    codes = chance.sample(ITEMS, min(len(ITEMS), items))
    members = UNITS[:units]
    made: list[Line] = []
    for code in codes:
        for _ in range(chance.randint(1, 3)):
            fen = chance.choice([chance.randint(20_000, 10**7), chance.randint(10**7, 10**10)])
            if chance.random() < 0.5:
                line = basic(code, chance.randrange(len(BASIC)), fen)
            else:
                fund = chance.choice(EVERY_FUND)
                line = project(code, chance.randrange(len(PROJECT)), fen, fund, chance.choice((None, *NAMES)))
            if members:
                line = Line(line.point.at(agency=chance.choice(members)), line.fen)
            # 国有资本经营预算 has no column in the purchases of some sets.
            if chance.random() < 0.2 and line.point.fund != "state_capital":
                line = Line(line.point.at(purchase=chance.choice(PURCHASES)), line.fen)
            made.append(line)
            if chance.random() < 0.1:
                # An adjustment: a part of it taken back, or all, so that nothing is left.
                made.append(Line(line.point, -chance.choice([line.fen, line.fen // 3])))
            if chance.random() < 0.3:
                made.append(Line(line.point.at(year=2023, project=None), chance.randint(20_000, 10**9)))
    return replace(ledger(*made), projects=_targets(made, chance), goal="完成全年各项任务。", indicators=_indicators())


def _targets(lines: list[Line], chance: random.Random) -> tuple[Project, ...]:
    """Some of the projects with their targets, each with words that have brackets too."""
    names = list(dict.fromkeys(line.point.project for line in lines if line.point.project))
    chosen = chance.sample(names, chance.randint(0, len(names)))
    return tuple(
        Project(name, f"P{n}", "示例市示例局", "续建（二期）。", "按期建成。", n % 2 == 0, _indicators())
        for n, name in enumerate(chosen)
    )


def of_year(made: Ledger, year: int) -> Ledger:
    """The same ledger of another year."""
    moved = [replace(line, point=line.point.at(year=(line.point.year or 0) + year - made.year)) for line in made.lines]
    return replace(made, year=year, lines=tuple(moved))


def finally_(made: Ledger) -> Ledger:
    """The same ledger as final accounts, with the budget that it began from."""
    lines = [line for line in made.lines if line.point.year == made.year]
    final = [replace(line, point=line.point.at(stage="final")) for line in lines]
    return replace(made, kind="final", lines=(*final, *lines))


def _indicators() -> tuple[Indicator, ...]:
    return (
        Indicator("服务人次", "8000", "人次", "≥", Decimal(40), True, "产出指标", "数量指标"),
        Indicator("办结率", "98.5", "%", "≥", Decimal(30), True, "产出指标", "质量指标"),
        Indicator("服务水平", "稳步提升", "", "定性", Decimal(30), False, "效益指标", "社会效益指标"),
    )


RICH = replace(
    ledger(
        *SMALL.lines,
        project("2080101", 0, 12_345_600, name="乙（二期）改造"),
        project("2080599", 4, 7_700_000, fund="business", name="乙（二期）改造"),
        basic("2101101", 7, 910_001),
        basic("2101101", 7, -10_001),
        Line(THIS.at(year=2023, fund="general", function="2210201", object="30113"), 20_000_000),
    ),
    projects=(
        Project("系统运维", "P1", "示例市示例局", "维护各业务系统。", "系统稳定运行。", True, _indicators()),
        Project("乙（二期）改造", "P2", "示例市示例局", "续建项目。", "按期建成。", False, _indicators()),
        Project("设备更新", "P3", "示例市示例局", "更新设备。", "更新完成。", False, _indicators()),
    ),
    goal="完成全年各项任务。",
    indicators=_indicators(),
    level="市级",
    place="示例市",
    counts=(Count("机要通信用车", Decimal(1), "辆"), Count("单价100万元以上设备", Decimal(0), "台（套）")),
    texts={"职责": "承担示例事务。", "机构": "内设办公室等科室。", "联系人": "张三", "联系电话": "见封面"},
)
"""A unit's ledger with everything in it: funds, projects with targets, adjustments, counts, texts."""
