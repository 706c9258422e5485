"""Ledgers of the tests: one small by hand, and any number generated."""

from __future__ import annotations

from hypothesis import strategies as st

from mingzhang.composition import Ledger, Line
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


@st.composite
def any_ledger(draw: st.DrawFn, least: int = 1) -> Ledger:
    """A ledger of many funds, lines repeated, amounts from ``least`` 分 to a thousand million 元."""
    lines: list[Line] = []
    fen = st.one_of(st.integers(least, 10**11), st.integers(least, least + 10**6))
    for _ in range(draw(st.integers(1, 12))):
        function = draw(st.sampled_from(FUNCTIONS))
        if draw(st.booleans()):
            lines.append(basic(function, draw(st.integers(0, len(BASIC) - 1)), draw(fen)))
        else:
            lines.append(
                project(
                    function,
                    draw(st.integers(0, len(PROJECT) - 1)),
                    draw(fen),
                    draw(st.sampled_from(EVERY_FUND)),
                    draw(st.sampled_from([None, "甲项目", "乙（二期）项目"])),
                )
            )
    return ledger(*lines)


def finally_(line: Line) -> Line:
    """The same line as final accounts."""
    return Line(line.point.at(stage="final"), line.fen, line.carried)


final_small = Ledger(
    "示例市示例局",
    2024,
    "final",
    "机关",
    lines=tuple(finally_(line) for line in SMALL.lines if line.point.year == 2024),
)
"""The small ledger as final accounts."""
