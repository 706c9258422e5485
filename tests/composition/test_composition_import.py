"""A disclosure that was read becomes a ledger that prints the same: amounts, targets in words, units of a department."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from regional_template import filled
from test_round_trip import SETS, fitted

from ledgers import ITEMS, RICH, UNITS, basic, ledger, of_year, project
from mingzhang.cli import main
from mingzhang.composition import Ledger, Line, compose
from mingzhang.composition.as_read import as_read
from mingzhang.composition.reconstruction import agencies, imported, lines_of
from mingzhang.composition.reconstruction.exact import Demand, solve
from mingzhang.composition.reconstruction.families import funds_of
from mingzhang.composition.reconstruction.reconstruct import ContradictoryError
from mingzhang.cube import Disclosure, Observation, Point, Source, parse_amount, unit_named
from mingzhang.documents import open_document
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text import read_text
from mingzhang.forms import FormSet
from mingzhang.ledgers import ledger_workbook, read_ledger
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


@pytest.mark.parametrize("format", ["xlsx", "docx", "pdf"])
def test_what_projects_are_and_are_to_achieve_comes_through(format: str, tmp_path: Path) -> None:
    forms = SETS["cq2024"]
    overview, goal = (
        "续建二期工程，维护各业务系统及其机房设备。",
        "按期建成并投入使用，系统全年稳定运行，服务对象满意。",
    )
    projects = tuple(
        replace(project, overview=f"{n}{overview}", goal=f"{n}{goal}") for n, project in enumerate(RICH.projects)
    )
    made = fitted(replace(RICH, projects=projects, goal="完成全年各项任务，保障待遇按时足额发放。"), forms)
    path = tmp_path / f"示例市示例局2024年部门预算.{format}"
    path.write_bytes(published(compose(made, forms), format))
    ledger = imported(recognise(open_document(str(path))))
    told = {project.name: (project.overview, project.goal) for project in ledger.projects}
    assert [told[fold(project.name)] for project in projects] == [(p.overview, p.goal) for p in projects]
    assert ledger.goal == made.goal


def test_what_a_list_says_projects_are_to_achieve_comes_through(tmp_path: Path) -> None:
    forms = SETS["guangzhou2026"]
    made = fitted(RICH, forms)
    path = tmp_path / "示例市示例局2026年部门预算.xlsx"
    path.write_bytes(published(compose(made, forms), "xlsx"))
    told = {project.name: project.goal for project in imported(recognise(open_document(str(path)))).projects}
    assert [told[fold(project.name)] for project in made.projects] == [project.goal for project in made.projects]


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


def test_a_line_is_parted_only_among_units_that_have_room_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixty units, each with lines of its own: every line times every unit would be too many parts to look at."""
    monkeypatch.setattr(agencies, "_MOST_PARTS", 2_000)
    forms = SETS["huzhou2026"]
    lines = [
        replace(line, point=line.point.at(agency=unit, year=2026))
        for n, unit in enumerate(UNITS)
        for line in (
            basic(ITEMS[n], n % 8, 1_000_000 + 10_000 * n),
            project(ITEMS[n], n % 5, 2_000_000 + n * 100, name="信息系统运行"),
        )
    ]
    read = as_read(compose(replace(ledger(*lines), year=2026), forms))
    made = imported(read)
    assert not any("没有导入" in note for note in made.notes)
    assert {line.point.agency for line in made.lines} >= set(UNITS)
    of_units = [o for o in read.observations if o.point.agency and o.amount.value and o.point.project is None]
    assert_comes_out(replace(read, observations=tuple(of_units)), made, forms, 120)


@pytest.mark.parametrize("units", [3, 1])
def test_a_department_above_its_units_is_no_further_unit(units: int) -> None:
    forms = SETS["huzhou2026"]
    made = fitted(RICH, forms)
    lines = [replace(line, point=line.point.at(agency=UNITS[n % units])) for n, line in enumerate(made.lines)]
    read = as_read(compose(replace(made, lines=tuple(lines)), forms))
    of_units = [o for o in read.observations if o.point.agency == UNITS[0] and o.source.table == "t02"]
    whole = {o.point: o.amount for o in read.observations if o.source.table == "t02"}
    above = [
        replace(o, point=o.point.at(agency="示例市示例局（汇总）"), amount=whole[o.point.at(agency=None)])
        for o in of_units
        if o.point.at(agency=None) in whole
    ]
    assert len([o for o in above if o.amount.value]) >= 2
    ledger = imported(replace(read, observations=(*above, *read.observations)))
    assert {line.point.agency for line in ledger.lines} >= set(UNITS[:units])
    assert not any("没有导入" in note for note in ledger.notes)


def test_what_stands_under_of_which_is_no_further_part() -> None:
    """其中：事业单位经营支出 beside 基本支出 and 项目支出, which make the total without it."""
    forms = SETS["beijing2026"]
    read = as_read(compose(fitted(RICH, forms), forms))
    further = {"operating", "to_superior", "to_affiliated"}
    spent = next(o for o in read.observations if o.point.nature == "project" and o.point.function and o.amount.value)
    both = (spent.point.at(nature="operating"), Point(spent.point.year, "budget", "expenditure", nature="operating"))
    shown = tuple(
        replace(o, of_which=True, amount=spent.amount if o.point in both else o.amount)
        if o.point.nature in further
        else o
        for o in read.observations
    )
    assert [o for o in shown if o.of_which and o.amount.value]
    made = imported(replace(read, observations=shown))
    assert [note for note in made.notes if "其中" in note and "经营支出" in note]
    plain = tuple(o for o in read.observations if o.point.project is None)
    assert_comes_out(replace(read, observations=plain), made, forms, 40)


def test_a_number_that_must_be_wrong_is_left_out_and_said() -> None:
    forms = SETS["cq2024"]
    read = as_read(compose(fitted(RICH, forms), forms))
    whole = next(
        o for o in read.observations if o.point.function == "20805" and o.point.nature is None and o.amount.value
    )
    wrong = replace(whole, amount=replace(whole.amount, value=whole.amount.value + 100))
    spoilt = tuple(wrong if o is whole else o for o in read.observations)
    made = imported(replace(read, observations=spoilt))
    assert [note for note in made.notes if "底账没有照用" in note and f"{whole.amount.value:,.2f}" in note]
    # Without its targets, a project has no sheet of its own.
    plain = tuple(o for o in read.observations if o.point.project is None)
    assert_comes_out(replace(read, observations=plain), made, forms, 60)


def test_what_contradicts_itself_is_refused_with_what_the_check_finds() -> None:
    forms = SETS["cq2024"]
    read = as_read(compose(fitted(RICH, forms), forms))
    rows = [o for o in read.observations if o.source.table == "t03" and o.point.nature is None]
    first = next(o for o in rows if len(o.point.function or "") == 3 and o.amount.value)
    # One table alone: whether the class is wrong or the total, nothing says.
    spoilt = [replace(o, amount=replace(o.amount, value=o.amount.value + 9)) if o is first else o for o in rows]
    with pytest.raises(ContradictoryError, match=r"核对发现\d+处，例如：.*《"):
        imported(replace(read, observations=tuple(o for o in spoilt if len(o.point.function or "201") == 3)))


def _imported_text(text: str) -> Ledger:
    return imported(recognise(read_text(RawFile(text.encode(), "示例.txt", "0" * 64))))


def test_what_does_not_add_up_is_refused_with_the_amount_and_what_the_others_make() -> None:
    """Two splits of what is spent, by nature and by fund, whose total is printed nowhere."""
    spent = Point(year=2024, stage="budget", flow="expenditure")

    def sheet(project: str) -> Disclosure:
        rows = ((spent.at(nature="basic"), "60.00"), (spent.at(nature="project"), project))
        funds = ((spent.at(fund="fiscal"), "70.00"), (spent.at(fund="own"), "20.00"))
        unit = unit_named("万元")
        observations = tuple(
            Observation(point, parse_amount(value, unit), Source(page=1, table="t01", row=row, column=1), label=label)
            for row, ((point, value), label) in enumerate(
                zip((*rows, *funds), ("基本支出", "项目支出", "财政拨款", "其他资金"), strict=True), start=1
            )
        )
        empty = as_read(compose(fitted(RICH, SETS["cq2024"]), SETS["cq2024"]))
        return replace(empty, path="目标.pdf", tables=(), text=(), claims=(), observations=observations)

    assert lines_of(sheet("30.00"), 2024, "budget").lines
    with pytest.raises(ContradictoryError) as refused:
        lines_of(sheet("25.00"), 2024, "budget")
    assert "例如第1页的“其他资金”印为20.00万元，要与其他各数相符，应约为15.0" in str(refused.value)
    assert "ledger new" in str(refused.value)


def test_what_leaves_open_of_which_money_it_is_refuses_nothing() -> None:
    """The targets of a unit as a whole may be of its own money only: the tables tell what is spent."""
    forms = SETS["cq2024"]
    read = as_read(compose(fitted(RICH, forms), forms))
    total = next(o for o in read.observations if o.point.flow == "expenditure" and o.amount.value)
    other = replace(total, amount=replace(total.amount, value=total.amount.value / 2), unsaid=frozenset({"fund"}))
    made = imported(replace(read, observations=(*read.observations, other)))
    assert made.lines == imported(read).lines


def test_what_is_left_without_construction_is_worked_out_and_fits_a_workbook(tmp_path: Path) -> None:
    text = (
        "某某县某某局2024年部门预算公开\n\n表一 一般公共预算支出表\n\n单位：万元\n\n"
        "科目编码\t科目名称\t合计\t基本支出\t项目支出总数\t扣除基建项目后预算数\n"
        "2010301\t行政运行\t60.00\t60.00\t\t\n2010302\t一般行政管理事务\t20.00\t\t20.00\t{net}\n"
        "合计\t\t80.00\t60.00\t20.00\t{net}\n"
    )
    for net, words in (("20.00", "没有单列。"), ("15.00", "公开的是150,000.00元，得出的是200,000.00元")):
        ledger = _imported_text(text.format(net=net))
        assert any("扣除基建项目后" in note and words in note for note in ledger.notes)
        path = tmp_path / f"{net}.xlsx"
        path.write_bytes(ledger_workbook(ledger))
        assert {line.point.topic for line in read_ledger(path).lines} == {None}


def test_money_of_no_named_fund_is_of_another() -> None:
    """财政拨款 is less than the whole, and no other fund is named: the rest is of some other fund."""
    this = Point(year=2024, stage="final", flow="expenditure")
    amount = unit_named("万元")

    def observed(point: Point, value: str) -> Observation:
        return Observation(point, parse_amount(value, amount), Source(table="t01", row=1, column=1))

    both = [observed(this.at(fund="fiscal"), "100.00"), observed(this, "112.87")]
    assert funds_of(both) == ["fiscal", "other"]
    assert funds_of([both[0], observed(this, "100.01")]) == ["fiscal"]
    assert funds_of([*both, observed(this.at(fund="business"), "12.87")]) == ["fiscal", "business"]
