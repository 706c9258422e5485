"""A region is one file: the one of docs/add-a-region.md, in an empty directory, is all that it needs."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingzhang.cube import Point
from mingzhang.forms import FormSet, best_form_set, load_form_sets, match_title

PAGE = Path(__file__).parents[2] / "docs" / "add-a-region.md"
TITLES = ["某泽务局2026年度泽务收支一览表", "2026年度泽务支出明细表（续）"]


@pytest.fixture
def sets(tmp_path: Path) -> tuple[FormSet, ...]:
    text = PAGE.read_text(encoding="utf-8").split("```toml\n")[1].split("```")[0]
    (tmp_path / "yunmeng2026.toml").write_text(text, encoding="utf-8")
    return load_form_sets([tmp_path])


def test_the_new_set_is_beside_the_shipped_ones(sets: tuple[FormSet, ...]) -> None:
    assert sets[:-1] == load_form_sets()
    assert (sets[-1].id, sets[-1].region) == ("yunmeng2026", "云梦泽")


def test_its_titles_name_its_tables(sets: tuple[FormSet, ...]) -> None:
    found = best_form_set(TITLES, 2026, "budget", sets)
    assert found == (sets[-1], {0: "yunmeng2026.t1", 1: "yunmeng2026.t2"})
    assert best_form_set(TITLES, 2026, "budget", load_form_sets()) is None
    assert best_form_set(TITLES, 2025, "budget", sets) is None
    table = match_title(sets[-1], "支出细目表")
    assert table is sets[-1].table("yunmeng2026.t2")


def test_its_cells_are_points_of_the_cube(sets: tuple[FormSet, ...]) -> None:
    first, second = sets[-1]
    income = first.blocks[0]
    points = [first.point_of(income.point, row.point, year=2026) for row in income.body]
    budget = Point(year=2026, stage="budget")
    assert [point for point in points if point.fund] == [budget.at(flow="income", fund="general")]
    assert points[2:] == [budget.at(flow="carried_in"), budget.at(flow="sources")]
    assert second.rows is not None
    assert second.rows.dimensions == ("function", "object")
    last = second.columns[-1]
    assert not last.required
    assert second.point_of(last.point, year=2026) == Point(year=2025, stage="budget", flow="expenditure")


def test_it_prints_its_titles_and_statements(sets: tuple[FormSet, ...]) -> None:
    first, second = sets[-1]
    assert sets[-1].title_of(first, year=2026) == "2026年度泽务收支一览表"
    assert second.empty_statement is not None
    assert sets[-1].matches(second.empty_statement, "泽务局2026年度没有支出，本表无数据。")


def test_the_table_of_sets_is_complete() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert [form_set.file for form_set in load_form_sets() if f"`{form_set.file}`" not in page] == []
