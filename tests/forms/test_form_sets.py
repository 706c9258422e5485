"""The shipped form sets and the documented example: they load, and their cells name the points they should."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from mingzhang.cube import Point
from mingzhang.forms import AxisForm, FormSet, RowForm, RowsForm, TableForm, load_form_set, load_form_sets
from mingzhang.forms.library import SHIPPED
from mingzhang.forms.template import PLACEHOLDERS

DOCS = Path(__file__).parents[2] / "docs" / "forms.md"


@pytest.fixture(scope="module")
def cq() -> FormSet:
    return load_form_set(SHIPPED / "cq2024.toml")


def cells(table: TableForm, year: int) -> list[Point]:
    """The points of all cells that the form itself fixes."""
    found = []
    for block in table.blocks:
        for column in block.columns:
            for row in block.body:
                if column.is_amount and isinstance(row, RowForm) and row.role is None:
                    found.append(table.point_of(block.point, column.point, row.point, year=year))
    for column in table.columns:
        if column.is_amount:
            fixed = [row.point for row in table.body if isinstance(row, RowForm) and row.role is None]
            found += [table.point_of(column.point, row, year=year) for row in fixed]
            if not fixed:
                found.append(table.point_of(column.point, year=year))
    return found + [table.point_of(field.point, year=year) for field in table.fields if field.is_amount]


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.toml")), ids=lambda path: path.stem)
def test_every_shipped_file_loads(path: Path) -> None:
    form_set = load_form_set(path)
    assert form_set.id == path.stem
    assert form_set in load_form_sets()
    values = dict.fromkeys(PLACEHOLDERS, "2024")
    for table in form_set:
        assert form_set.table(table.id) is table
        assert form_set.title_of(table, **values).endswith(table.titles[0].rsplit("}", 1)[-1])
        points = cells(table, 2024)
        assert points or table.indicators is not None
        assert len(set(points)) == len(points), "two cells of one table name the same point"
        assert {point.stage for point in points} <= ({"budget"} if form_set.kind == "budget" else {"budget", "final"})
        assert {point.year for point in points} <= {2023, 2024}
        assert table.empty_statement is None or table.empty_statement.count("{year}") == 1


def test_rows_that_go_through_several_dimensions() -> None:
    beijing = load_form_set(SHIPPED / "beijing2026.toml").table("beijing2026.t3")
    assert beijing.rows is not None
    assert beijing.rows.dimensions == ("function", "gov_object", "object")
    assert beijing.rows.across == (AxisForm("gov_object", ("款",)), AxisForm("object", ("款",)))
    assert beijing.exhaustive() == {"function", "gov_object", "object"}
    assert [(column.dimension, column.cell) for column in beijing.columns[:2]] == [
        ("function", "{code}-{name}"),
        ("gov_object", "{code}-{name}"),
    ]
    guangzhou = load_form_set(SHIPPED / "guangzhou2026.toml").table("guangzhou2026.t11")
    assert guangzhou.rows is not None
    assert guangzhou.rows.subtotals


def test_the_order_of_final_accounts_changed_in_2022() -> None:
    def topics(id: str) -> list[str]:
        tables = load_form_set(SHIPPED / f"{id}.toml").tables[6:]
        return [next(word for word in ("三公", "基金", "国有资本") if word in table.titles[0]) for table in tables]

    assert topics("final2011") == topics("shanghai_final") == ["三公", "基金", "国有资本"]
    assert topics("final2022") == ["基金", "国有资本", "三公"]


def test_form_sets_are_read_once() -> None:
    assert load_form_sets() is load_form_sets()


def test_loading_is_fast() -> None:
    def once() -> float:
        start = time.perf_counter()
        load_form_set(SHIPPED / "cq2024.toml")
        return time.perf_counter() - start

    assert min(once() for _ in range(5)) < 0.010 * 5  # 5 ms measured; room for a loaded machine


def test_the_documented_example_loads_with_every_layout(tmp_path: Path) -> None:
    text = DOCS.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    (tmp_path / "demo.toml").write_text(text, encoding="utf-8")
    shipped = load_form_sets()
    assert load_form_sets([tmp_path])[: len(shipped)] == shipped
    demo = load_form_sets([tmp_path])[-1]
    assert {table.layout for table in demo} == {"list", "two_sided", "single_row", "key_value"}
    assert demo.covers(2024)
    assert demo.covers(2025)
    assert demo.covers(None)
    assert not demo.covers(2023)
    assert not demo.covers(2026)
    rows = demo.table("demo.t2").rows
    assert rows == RowsForm("function", ("类", "款", "项"), True, "合计", "first")
    assert demo.table("demo.t3").rows == RowsForm("object", ("类", "款"), True, "合计")
    assert demo.table("demo.t2").exhaustive() == demo.table("demo.t1").exhaustive() == {"function"}
    assert demo.sections[0].parts == ("职能职责", "部门构成")


def test_sixteen_tables_in_order(cq: FormSet) -> None:
    tens = "一二三四五六七八九十"
    assert [table.number for table in cq] == [f"表{n}" for n in [*tens, *(f"十{n}" for n in tens[:6])]]
    assert [table.id for table in cq] == [f"cq2024.t{n}" for n in range(1, 17)]
    with pytest.raises(KeyError):
        cq.table("cq2024.t17")


def test_both_sides_of_the_first_table(cq: FormSet) -> None:
    left, right = cq.table("cq2024.t1").blocks
    assert [part.point.rest.flow for part in left.body] == [
        "sources",
        *["income"] * 10,
        "carried_in",
        "balance_used",
    ]
    assert [part.point.rest.flow for part in right.body] == ["uses", "expenditure", "expenditure", "carried_out"]
    assert left.columns[1].header == ("收入", "预算数")
    slot = right.body[2]
    assert isinstance(slot, RowsForm)
    assert (slot.dimension, slot.levels) == ("function", ("类",))


def test_fiscal_table_names_its_funds(cq: FormSet) -> None:
    table = cq.table("cq2024.t4")
    points = cells(table, 2024)
    assert Point(year=2024, stage="budget", flow="sources", fund="fiscal") in points
    assert Point(year=2024, stage="budget", flow="carried_in", fund="gov_fund") in points
    assert Point(year=2024, stage="budget", flow="uses", fund="state_capital") in points


def test_year_words_and_natures(cq: FormSet) -> None:
    spending = Point(year=2024, stage="budget", flow="expenditure", fund="general")
    assert cells(cq.table("cq2024.t5"), 2024) == [
        spending.at(year=2023),
        spending,
        spending.at(nature="basic"),
        spending.at(nature="project"),
    ]
    assert cells(cq.table("cq2024.t6"), 2024)[1] == spending.at(nature="basic", staffing="personnel")
    column = cq.table("cq2024.t5").columns[2]
    assert column.point.resolve(None).year is None


def test_procurement_and_three_public(cq: FormSet) -> None:
    rows = cq.table("cq2024.t13").body
    assert [(row.code, row.label) for row in rows if isinstance(row, RowForm)] == [
        (None, "合计"),
        ("A", "货物"),
        ("B", "工程"),
        ("C", "服务"),
    ]
    topics = [point.topic for point in cells(cq.table("cq2024.t10"), 2024)]
    assert topics == ["three_public", "abroad", "vehicle", "vehicle_purchase", "vehicle_running", "reception"]


def test_performance_tables(cq: FormSet) -> None:
    table = cq.table("cq2024.t16")
    assert table.one_per == "project"
    indicators = table.indicators
    assert indicators is not None
    measures = [column.point.rest.measure for column in indicators.columns if column.is_amount]
    assert measures == ["weight", "target"]
    level = next(field for field in table.fields if field.point.rest.topic == "own_level")
    assert any(cq.matches(label, "区级支出（万元）") for label in level.labels)
    assert not any(cq.matches(label, "项目支出") for label in level.labels)


def test_printed_title_and_statement(cq: FormSet) -> None:
    table = cq.table("cq2024.t11")
    title = cq.title_of(table, year=2024, place="某区", body="部门")
    assert title == "2024年某区部门政府性基金预算财政拨款支出预算表"
    assert cq.matches("{last_year}年预算数", "2023 年预算数")
    assert not cq.matches("{last_year}年预算数", "上年预算数")
    with pytest.raises(KeyError, match="place"):
        cq.title_of(table, year=2024, body="部门")
