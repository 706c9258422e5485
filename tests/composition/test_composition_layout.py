"""Headers, sides, rows: how a table is laid out from its form."""

from __future__ import annotations

import pytest
from hypothesis import given, settings

from ledgers import SMALL, THIS, any_ledger, basic, ledger, project
from mingzhang.checking import check
from mingzhang.composition import Ledger, Line, compose
from mingzhang.composition.as_read import as_read
from mingzhang.composition.header import header_rows
from mingzhang.composition.rows import numeral
from mingzhang.composition.sides import side_by_side
from mingzhang.cube.composed import ComposedTable
from mingzhang.forms import FormSet, load_form_sets

SETS = {forms.id: forms for forms in load_form_sets()}
BUDGETS = [forms for forms in SETS.values() if forms.kind == "budget"]


def table(made: Ledger, id: str) -> ComposedTable:
    forms = SETS[id.split(".")[0]]
    return next(t for t in compose(made, forms).tables if t.form == id)


def texts(made: ComposedTable) -> list[list[str]]:
    return [[cell.text for cell in row] for row in made.body]


def spans(header: tuple[tuple[str, ...], ...]) -> list[list[tuple[str, int, int]]]:
    return [[(cell.text, cell.rows, cell.columns) for cell in row] for row in header_rows(header)]


def test_neighbours_share_a_heading_and_short_ones_reach_down() -> None:
    assert spans((("科目", "编码"), ("科目", "名称"), ("合计",))) == [
        [("科目", 1, 2), ("合计", 2, 1)],
        [("编码", 1, 1), ("名称", 1, 1)],
    ]


def test_the_same_words_under_other_headings_are_not_shared() -> None:
    assert spans((("甲", "小计", "一"), ("乙", "小计", "一"))) == [
        [("甲", 1, 1), ("乙", 1, 1)],
        [("小计", 1, 1), ("小计", 1, 1)],
        [("一", 1, 1), ("一", 1, 1)],
    ]


@pytest.mark.parametrize(
    ("keys", "rows"),
    [
        ([["a", None], ["a"]], [(0, 0), (1, None)]),
        ([[None, "z"], [None, None, "z"]], [(0, 0), (None, 1), (1, 2)]),
        ([["a", "b"], ["b", "a"]], [(0, 0), (1, 1)]),
    ],
)
def test_counterparts_stand_side_by_side(keys: list[list[str | None]], rows: list[tuple[int | None, ...]]) -> None:
    assert list(side_by_side(keys)) == rows


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (27, "二十七")])
def test_numerals(number: int, text: str) -> None:
    assert numeral(number) == text


def test_a_list_prints_the_total_first_and_parents_above_their_parts() -> None:
    assert texts(table(SMALL, "cq2024.t3"))[:4] == [
        ["合计", "252.31", "184.41", "67.90"],
        ["208", "社会保障和就业支出", "228.86", "162.19", "66.67"],
        ["20801", "人力资源和社会保障管理事务", "195.52", "128.86", "66.67"],
        ["2080101", "行政运行", "195.52", "128.86", "66.67"],
    ]


def test_what_is_not_there_is_blank_and_what_rounds_to_nothing_is_nought() -> None:
    rows = texts(table(ledger(basic("2080101", 0, 4_999)), "cq2024.t3"))
    assert rows[0] == ["合计", "0.00", "0.00", ""]


def test_an_empty_table_says_so() -> None:
    made = table(SMALL, "cq2024.t12")
    assert made.is_empty
    assert made.statement is not None
    assert "2024" in made.statement


def test_codes_in_three_columns() -> None:
    rows = texts(table(SMALL, "shanghai_unit.t3"))
    assert rows[0][:4] == ["208", "", "", "社会保障和就业支出"]
    assert rows[2][:4] == ["208", "01", "01", "行政运行"]
    assert rows[-1][0] == "合计"


def test_combinations_of_three_classifications() -> None:
    rows = texts(table(SMALL, "beijing2026.t3"))
    assert rows[0][:3] == ["2080101-行政运行", "50101-工资奖金津补贴", "30101-基本工资"]
    assert rows[-1][0] == "合计"


def test_every_cell_is_placed_once() -> None:
    for forms in SETS.values():
        for made in compose(SMALL, forms).tables:
            taken = [
                (row + down, column + across)
                for row, column, cell in made.placed()
                for down in range(cell.rows)
                for across in range(cell.columns)
            ]
            assert len(taken) == len(set(taken)), made.id
            assert all(column < made.width for _, column in taken), made.id
            assert len(taken) == made.width * len({row for row, _ in taken}), made.id


@pytest.mark.parametrize("forms", SETS.values(), ids=SETS)
def test_a_composition_is_proved_consistent(forms: FormSet) -> None:
    verdict = check(as_read(compose(SMALL, forms)))
    assert verdict.proof.consistent
    assert verdict.coverage.relations.violated == 0


@given(any_ledger(least=20_000))
@settings(max_examples=15, deadline=None)
def test_any_ledger_composes_to_a_consistent_disclosure(made: Ledger) -> None:
    for forms in (SETS["cq2024"], SETS["shanghai_unit"]):
        verdict = check(as_read(compose(made, forms)))
        assert verdict.proof.consistent, [finding.message for finding in verdict.findings]


def test_a_fund_without_a_column_is_named() -> None:
    made = ledger(Line(THIS.at(fund="special_account", function="2080101", nature="basic"), 100))
    assert any("财政专户" in note for note in compose(made, SETS["shanghai_unit"]).notes)
    assert not compose(made, SETS["cq2024"]).notes


def test_a_scope_confines_what_no_cell_names() -> None:
    made = ledger(project("2120501", 3, 500_000, fund="gov_fund"), project("2120501", 3, 300_000))
    row = texts(table(made, "cq2024.t10"))[0]
    assert row == ["0.30", "", "0.30", "0.30", "", ""]
