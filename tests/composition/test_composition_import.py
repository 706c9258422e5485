"""A disclosure that was read becomes a ledger that prints the same: amounts, targets in words, units of a department."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from regional_template import filled
from test_round_trip import SETS, fitted

from ledgers import RICH, UNITS, of_year
from mingzhang.cli import main
from mingzhang.composition import Ledger, Line, compose
from mingzhang.composition.as_read import as_read
from mingzhang.composition.reconstruction import imported
from mingzhang.composition.reconstruction.exact import Demand, solve
from mingzhang.cube import Disclosure, Point
from mingzhang.documents import open_document
from mingzhang.forms import FormSet
from mingzhang.ledgers import read_ledger
from mingzhang.publication.disclosed import published
from mingzhang.recognition import recognise
from mingzhang.recognition.vocabulary import fold

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
TEMPLATES = {
    "上海单位预算模板.xlsx": "shanghai_unit",
    "上海单位预算模板旧版.xls": "shanghai_unit",
    "上海部门预算模板.xlsx": "shanghai_department",
}


def whole_yuan() -> Ledger:
    """The rich ledger of 2026 in whole 元, as the export has it, with what its last table shows."""
    this = Point(year=2026, stage="budget", fund="general")
    customary = {"abroad": 120_000, "reception": 4_000, "vehicle_running": 30_000, "agency_running": 54_000}
    lines = [replace(line, fen=round(line.fen, -2)) for line in of_year(RICH, 2026).lines]
    topics = [Line(this.at(topic=topic), yuan * 100) for topic, yuan in customary.items()]
    return replace(RICH, year=2026, lines=(*lines, *topics))


def amounts(disclosure: Disclosure) -> Mapping[Point, Decimal]:
    """What the tables print, in 分."""
    return {o.point: o.amount.fen for o in disclosure.observations if o.origin == "table" and o.amount.unit.is_money}


def assert_comes_out(read: Disclosure, ledger: Ledger, forms: FormSet, least: int) -> None:
    """Every amount that was read is composed, and is the same; what was read as nought is nought where it is composed."""
    wanted, ours = amounts(read), amounts(as_read(compose(ledger, forms)))
    assert len([fen for fen in wanted.values() if fen]) >= least
    assert {point: ours.get(point, 0) for point in wanted} == wanted


@pytest.mark.parametrize("name", TEMPLATES)
def test_a_filled_regional_workbook_becomes_a_ledger_that_prints_it(name: str, tmp_path: Path) -> None:
    template = CORPUS / f"shanghai-putuo__{name}"
    if not template.exists():
        pytest.skip(f"no ../shared/corpus beside the checkout: {name} was not tried")
    path, out = tmp_path / name, tmp_path / "底账.xlsx"
    path.write_bytes(filled(template, whole_yuan(), "上海市普陀区示例局"))
    assert main(["ledger", "import", str(path), "-o", str(out)]) == 0
    ledger = read_ledger(str(out))
    assert (ledger.agency, ledger.year, ledger.kind) == ("上海市普陀区示例局", 2026, "budget")
    assert ledger.body == ("单位" if "单位" in name else "部门")
    assert_comes_out(recognise(open_document(str(path))), ledger, SETS[TEMPLATES[name]], 140)


def test_targets_in_words_come_through(tmp_path: Path) -> None:
    forms = SETS["cq2024"]
    words = [("满意程度", "优良", "", "定性"), ("覆盖面", "≥90%", "", ""), ("及时率", "95", "%", "≥")]
    targets = tuple(
        replace(RICH.indicators[0], name=name, value=value, unit=unit, direction=direction, first="", second="")
        for name, value, unit, direction in words
    )
    projects = tuple(replace(project, indicators=targets) for project in RICH.projects)
    made = fitted(replace(RICH, projects=projects, indicators=targets), forms)
    path = tmp_path / "示例市示例局2024年部门预算.xlsx"
    path.write_bytes(published(compose(made, forms), "xlsx"))
    ledger = imported(recognise(open_document(str(path))))
    assert ledger.indicators == targets
    found = {project.name: project.indicators for project in ledger.projects}
    assert [found[fold(project.name)] for project in projects] == [targets] * 3


@pytest.mark.parametrize("id", ["guangzhou2026", "huzhou2026"])
def test_units_of_a_department_become_agencies_of_the_ledger(id: str, tmp_path: Path) -> None:
    forms = SETS[id]
    made = fitted(RICH, forms)
    lines = [replace(line, point=line.point.at(agency=UNITS[n % 3])) for n, line in enumerate(made.lines)]
    path = tmp_path / f"示例市示例局{made.year}年部门预算.xlsx"
    path.write_bytes(published(compose(replace(made, lines=tuple(lines)), forms), "xlsx"))
    read = recognise(open_document(str(path)))
    ledger = imported(read)
    assert len({line.point.agency for line in ledger.lines} - {None}) == 3
    of_units = [o for o in read.observations if o.point.agency is not None and o.amount.value]
    assert len(of_units) >= 20
    assert_comes_out(replace(read, observations=tuple(of_units)), ledger, forms, 15)


def test_what_cannot_be_divided_is_said_and_left_whole(tmp_path: Path) -> None:
    forms = SETS["huzhou2026"]
    made = fitted(RICH, forms)
    lines = [replace(line, point=line.point.at(agency=UNITS[n % 3])) for n, line in enumerate(made.lines)]
    read = as_read(compose(replace(made, lines=tuple(lines)), forms))
    wrong = [
        replace(o, amount=replace(o.amount, value=o.amount.value * 3)) if o.point.agency == UNITS[0] else o
        for o in read.observations
    ]
    ledger = imported(replace(read, observations=tuple(wrong)))
    assert {line.point.agency for line in ledger.lines} == {None}
    assert any("没有导入" in note for note in ledger.notes)


def test_what_hangs_apart_is_not_moved_by_the_rounding_of_the_rest() -> None:
    """Printed 3 = 1 + 1 (each ± 0.5) leaves no room; the 7 beside it stays 7.00."""
    demands = [Demand((0,), 100, 49), Demand((1,), 100, 49), Demand((0, 1), 290, 49), Demand((2,), 700, 49)]
    assert solve(3, demands, [], [[0, 1], [2]]).values[2] == 700
