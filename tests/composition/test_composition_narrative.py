"""The narrative: what is subtracted is what can be seen, what cannot be seen is exact."""

from __future__ import annotations

from ledgers import THIS, basic, ledger, project
from mingzhang.composition import Indicator, Ledger, Line, Project, compose
from mingzhang.forms import load_form_sets

CHONGQING = next(forms for forms in load_form_sets() if forms.id == "cq2024")


def text(made: Ledger, *, controlled: bool = False) -> str:
    return "\n".join(paragraph.text for paragraph in compose(made, CHONGQING, controlled=controlled).narrative)


def line_of(told: str, start: str) -> str:
    return next(line for line in told.splitlines() if line.startswith(start))


# 1.00495 and 0.50505 万元: printed 1.00 and 0.51, so what is seen differs by 0.49, what is exact rounds to 0.50.
THIS_YEAR, LAST_YEAR = 1_004_950, 505_050
MADE = ledger(
    basic("2080101", 0, THIS_YEAR),
    project("2080101", 1, 5_000_000),
    basic("2080101", 0, LAST_YEAR, year=2023),
    Line(THIS.at(year=2023, fund="general", function="2080101", nature="project"), 5_000_000),
)


def test_a_change_from_what_no_table_prints_is_exact() -> None:
    assert "基本支出1.00万元，比2023年预算增加0.50万元" in line_of(text(MADE), "其中：基本支出")


def test_a_change_from_what_a_table_prints_is_what_the_reader_subtracts() -> None:
    # 6.00495 and 5.50505 stand in the table of this and last year: 6.00 − 5.51.
    assert "6.00万元，比2023年预算增加0.49万元" in line_of(text(MADE), "2024年一般公共预算财政拨款支出")


def test_the_money_of_projects_with_targets_is_told() -> None:
    lines = (basic("2080101", 0, 100_000), project("2080101", 1, 5_000_000, name="甲"))
    aimed = Project("甲", indicators=(Indicator("数量", "10"),))
    told = text(Ledger("示例局", 2024, "budget", "机关", lines=lines, projects=(aimed,)))
    assert "项目支出绩效目标管理涉及一般公共预算财政拨款5.00万元、政府性基金预算财政拨款0万元" in told
    assert "绩效目标管理涉及" not in text(ledger(*lines))


def test_no_change_by_nature_is_told_where_last_year_is_not_wholly_by_nature() -> None:
    without = Line(THIS.at(year=2023, fund="general", function="2210201", object="30113"), 2_000_000)
    told = text(ledger(*MADE.lines, without))
    assert "6.00万元，比2023年预算减少1.51万元" in line_of(told, "2024年一般公共预算财政拨款支出")
    assert line_of(told, "其中：基本支出").startswith("其中：基本支出1.00万元；")


def test_a_list_of_nothing_is_not_written() -> None:
    nothing = ledger(basic("2080101", 0, 1_000_000), basic("2080101", 0, -1_000_000))
    assert "：。" not in text(nothing)
