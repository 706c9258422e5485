"""Figures → ledger: ``python tools/build_example_ledger.py`` makes examples/social_insurance_centre_2024_ledger.xlsx.

The ledger is rebuilt from the example workbook (the published figures): exact amounts behind the printed ones, such that
every table comes out as published. Names of indicators and projects are those of the example's data, as are the targets.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from build_example import WORKBOOK, load

from mingzhang.composition import Count, Indicator, Ledger, Line, Project
from mingzhang.composition.reconstruction import imported
from mingzhang.cube import Amount, Observation, Point, Source
from mingzhang.cube.amount import unit_named
from mingzhang.documents import open_document
from mingzhang.ledgers import ledger_workbook
from mingzhang.recognition import recognise

LEDGER = WORKBOOK.with_name("social_insurance_centre_2024_ledger.xlsx")
_PROJECT_SHEETS = {"表十五": True, "表十六": False}
_WORDS = {"名称": "name", "权重": "weight", "单位": "unit", "性质": "direction", "值": "value", "核心": "core"}


def build() -> bytes:
    """The ledger's workbook; the same figures always give the same bytes."""
    data = load()
    read = recognise(open_document(str(WORKBOOK)))
    ledger = imported(replace(read, observations=(*read.observations, *_changes())))
    tables = {table["sheet"]: table["rows"] for table in data["table"]}
    projects = tuple(_project(tables[sheet], emphasis) for sheet, emphasis in _PROJECT_SHEETS.items())
    return ledger_workbook(_finished(ledger, data, projects, tuple(_indicators(tables["表十四"]))))


def _finished(
    ledger: Ledger, data: dict[str, Any], projects: tuple[Project, ...], indicators: tuple[Indicator, ...]
) -> Ledger:
    return replace(
        ledger,
        agency=data["agency"],
        year=data["year"],
        agency_kind="机关",
        projects=projects,
        indicators=indicators,
        lines=(*ledger.lines, *_told()),
        counts=tuple(_counts()),
    )


def _counts() -> Iterator[Count]:
    """The holdings that the published sentences count: none of any kind."""
    vehicles = ("有条件实物保障用车", "机要通信用车", "应急保障用车", "执法执勤用车", "离退休干部服务用车")
    for kind in ("占有", "当年购置"):
        yield Count("车辆", Decimal(0), "辆", kind)
        for label in (*vehicles, "特种专业技术用车", "业务用车"):
            yield Count(label, Decimal(0), "辆", kind)
        yield Count("单位价值50万元以上通用设备", Decimal(0), "台（套）", kind)
        yield Count("单位价值100万元以上专用设备", Decimal(0), "台（套）", kind)


def _changes() -> list[Observation]:
    """By how much the published sentences say that basic and project expenditure changed (万元)."""
    point = Point(year=2024, stage="budget", flow="expenditure", fund="general", measure="change")
    told = [("basic", "23.83"), ("project", "456.34")]
    unit = unit_named("万元")
    return [
        Observation(point.at(nature=nature), Amount(text, unit, Decimal(text), 2), Source(), origin="text")
        for nature, text in told
    ]


def _told() -> list[Line]:
    """What only the published sentences say: procurement, and last year's customary scopes (万元)."""
    this = Point(year=2024, stage="budget", fund="general")
    told = [
        (this.at(topic="procurement", purchase="goods"), "1"),
        (this.at(year=2023, topic="agency_running"), "87.89"),
        (this.at(year=2023, topic="reception"), "0.5"),
        (this.at(year=2023, topic="vehicle_running"), "3"),
    ]
    return [Line(point, int(Decimal(amount) * 1_000_000)) for point, amount in told]


def _project(rows: list[list[Any]], emphasis: bool) -> Project:
    return Project(str(rows[0][1]), emphasis=emphasis, indicators=tuple(_indicators(rows)))


def _indicators(rows: list[list[Any]]) -> list[Indicator]:
    start = next(index for index, row in enumerate(rows) if row[0] == "绩效指标")
    fields = [next(field for word, field in _WORDS.items() if word in head) for head in rows[start][1:]]
    found: list[Indicator] = []
    for row in rows[start + 1 :]:
        values = dict(zip(fields, row[1:], strict=True))
        found.append(
            Indicator(
                str(values["name"]),
                str(values["value"]),
                str(values["unit"]),
                str(values["direction"]),
                Decimal(str(values["weight"])),
                values["core"] == "是",
            )
        )
    return found


if __name__ == "__main__":
    Path(LEDGER).write_bytes(build())
    print(LEDGER)
