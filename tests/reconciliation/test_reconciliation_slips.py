"""Slips planted into the worked example: each is seen, and named with its table and place."""

from __future__ import annotations

from pathlib import Path

import pytest
from reconciliation_samples import cell, check_text, exchanged_columns, exchanged_rows, with_table, without_row

from mingzhang.cube.finding import with_fingerprints
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text import read_text
from mingzhang.recognition import recognise
from mingzhang.rules import run_rules

# The tables of the worked example by their place in the text.
T1, T3, T4, T5, T6, T7, T8, T9, T10 = range(1, 10)
NAMES = {
    T1: "部门收支预算总表", T3: "部门支出预算总表", T4: "部门财政拨款收支预算总表", T5: "一般公共预算财政拨款支出预算表",
    T6: "基本支出预算表(部门预算", T7: "基本支出预算表(政府预算", T8: "项目支出预算表(部门预算", T9: "项目支出预算表(政府预算",
    T10: "“三公”经费支出预算表",
}  # fmt: skip


@pytest.fixture(scope="module")
def text(worked_example_path: Path) -> str:
    return worked_example_path.read_text(encoding="utf-8-sig")


# --- rows -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "code", "named"),
    [
        (T3, "208", "208 "), (T3, "20801", "20801 "), (T3, "2080101", "2080101 "), (T3, "22102", "22102 "),
        (T3, "2210201", "2210201 "), (T3, "2101199", "2101199 "),
        (T5, "208", "208 "), (T5, "20805", "20805 "), (T5, "2080501", "2080501 "), (T5, "2083099", "2083099 "),
        (T6, "30101", "301"), (T6, "30113", "30113 "), (T6, "30201", "302"), (T6, "30217", "30217 "),
        (T6, "30226", "302"), (T6, "30307", "303"),
        (T7, "50101", "50101 "), (T7, "50103", "50103 "), (T7, "50201", "50201 "),
        (T8, "30213", "30213 "), (T8, "30299", "30299 "),
        (T9, "50203", "50203 "), (T9, "50205", "50205 "),
    ],
)  # fmt: skip
def test_a_lost_row_is_named(text: str, table: int, code: str, named: str) -> None:
    outcome, found = check_text(with_table(text, table, without_row(code)))
    assert outcome.certificate.consistent is False
    assert [finding.rule for finding in found] == ["missing-row"]
    assert NAMES[table] in found[0].message
    assert f"“{named}" in found[0].message
    assert found[0].level == "error"
    assert found[0].places


@pytest.mark.parametrize("code", ["30201", "30202", "30205", "30206", "30207", "30209", "30239"])
def test_a_lost_row_of_a_table_of_one_column_is_one_of_the_explanations(text: str, code: str) -> None:
    """There a lost row and a wrong figure of its group look alike."""
    _, found = check_text(with_table(text, T8, without_row(code)))
    (finding,) = found
    assert "“302”之下缺少一行" in finding.message
    assert NAMES[T8] in finding.message


@pytest.mark.parametrize(("table", "code"), [(T6, "301"), (T6, "303"), (T7, "501"), (T8, "302"), (T9, "503")])
def test_a_lost_class_row_above_its_parts_breaks_no_sum_and_is_still_told(text: str, table: int, code: str) -> None:
    """(A class whose only part is lost contradicts nothing at all: some tables stop at the class.)"""
    lost = with_table(text, table, without_row(code))
    assert check_text(lost)[0].certificate.consistent is True
    found = run_rules(recognise(read_text(RawFile(lost.encode(), "示例.txt", "0" * 64))))
    (finding,) = (f for f in found if f.rule == "code-parent-missing")
    assert NAMES[table] in finding.message
    assert f"“{code} " in finding.message


@pytest.mark.parametrize(
    ("table", "upper", "lower", "first", "tables"),
    [
        (T3, "2080109", "2080199", 2, [T3, T5]),  # 表三 and 表五 hold the same figures: either may be the wrong one
        (T5, "2080101", "2080109", 2, [T3, T5]),
        (T7, "50101", "50102", 2, [T7]),
        (T9, "50201", "50205", 2, [T9]),
    ],
)
def test_exchanged_rows_are_named(text: str, table: int, upper: str, lower: str, first: int, tables: list[int]) -> None:
    _, found = check_text(with_table(text, table, exchanged_rows(upper, lower, first)))
    (finding,) = [f for f in found if f.level == "error"]
    assert finding.rule == "rows-exchanged"
    assert upper in finding.message
    assert lower in finding.message
    for name in tables:
        assert NAMES[name] in finding.message


# --- columns --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "left", "right", "header", "words"),
    [
        (T3, 3, 4, 1, ("“基本支出”", "“项目支出”")),
        (T5, 4, 5, 2, ("基本支出”", "项目支出”")),
        (T5, 2, 3, 2, ("2023年预算数”", "小计”")),
        (T6, 3, 4, 2, ("人员经费”", "日常公用经费”")),
        (T4, 4, 5, 2, ("一般公共预算”", "政府性基金预算”")),
    ],
)
def test_exchanged_columns_are_named(
    text: str, table: int, left: int, right: int, header: int, words: tuple[str, str]
) -> None:
    _, found = check_text(with_table(text, table, exchanged_columns(left, right, header)))
    assert found[0].rule == "columns-exchanged"
    assert NAMES[table] in found[0].message
    for word in words:
        assert word in found[0].message


# --- units ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("table", [T1, T3, T4, T5, T6, T7, T8, T9, T10])
def test_a_table_in_another_unit_is_named(text: str, table: int) -> None:
    captions = text.split("单位：万元")
    assert len(captions) == 15
    wrong = "单位：万元".join(captions[:table]) + "单位：元" + "单位：万元".join(captions[table:])
    _, found = check_text(wrong)
    assert found[0].rule == "table-unit"
    assert NAMES[table] in found[0].message
    assert "“元”" in found[0].message
    assert "10000倍" in found[0].message
    assert [f for f in found[1:] if f.level == "error"] == []


# --- cells ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "label", "column", "new", "right", "slip"),
    [
        (T3, "2080501", 2, "9.28", "8.28", "一位数字有误"),
        (T3, "20805", 3, "92.31", "93.21", "颠倒"),
        (T5, "21011", 3, "388.40", "38.84", "小数点"),
        (T7, "50103", 2, "474300.00", "47.43", "单位"),
        (T7, "50201", 2, "-80.95", "80.95", "正负号"),
        (T9, "50209", 2, "", "6.00", "漏填"),
        (T9, "50203", 2, "30.00", "3.00", "小数点"),
    ],
)
def test_a_wrong_cell_is_located_and_explained(
    text: str, table: int, label: str, column: int, new: str, right: str, slip: str
) -> None:
    _, found = check_text(with_table(text, table, cell(label, column, new)))
    (finding,) = [f for f in found if f.level == "error"]
    suspects = {suspect.source.row: suspect for suspect in finding.suspects}
    mine = [s for s in suspects.values() if s.reported == new and s.source.column == column + 1]
    assert mine, finding.message
    assert mine[0].expected is not None
    assert right in mine[0].expected
    assert slip in (mine[0].slip or "")
    assert label in finding.message
    assert NAMES[table] in finding.message


def test_a_figure_repeated_wrong_in_two_tables_is_one_finding(text: str) -> None:
    """208 copied wrong from 表三 into 表五: the rest still says what it should be."""
    wrong = with_table(with_table(text, T3, cell("20808", 4, "15.93")), T5, cell("20808", 5, "15.93"))
    _, found = check_text(wrong)
    errors = [f for f in found if f.level == "error"]
    assert errors
    told = {(s.reported, s.source.row) for f in errors for s in f.suspects}
    told |= {(s.reported, s.source.row) for f in errors for group in f.alternatives for s in group}
    assert {reported for reported, _ in told} >= {"15.93"}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("支出预算：2024 年年初预算数 1482.34 万元", "支出预算：2024 年年初预算数 1428.34 万元"),
        ("卫生健康支出 38.84 万元", "卫生健康支出 33.84 万元"),
        ("“三公”经费预算3.5万元", "“三公”经费预算35万元"),
        ("其中：基本支出 697.48 万元，比 2023 年增加 23.83 万元", "其中：基本支出 697.48 万元，比 2023 年增加 28.33 万元"),
        ("运行经费84.68万元", "运行经费48.68万元"),
        ("政府采购预算总额1万元", "政府采购预算总额20万元"),
    ],
)  # fmt: skip
def test_a_slip_in_a_sentence_is_located(text: str, old: str, new: str) -> None:
    assert text.count(old) == 1
    _, found = check_text(text.replace(old, new))
    (finding,) = found
    assert finding.level in ("error", "warning")
    line = text[: text.index(old)].count("\n") + 1
    assert line in {suspect.source.line for suspect in finding.suspects if suspect.source.table is None}


# --- what is not a slip -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("table", "label", "column", "new"),
    [(T3, "208", 2, "1,396.08"), (T5, "22102", 2, "46.11"), (T9, "50205", 2, "547.81")],
)
def test_one_unit_in_the_last_place_is_never_an_error(text: str, table: int, label: str, column: int, new: str) -> None:
    _, found = check_text(with_table(text, table, cell(label, column, new)))
    assert [f for f in found if f.level in ("error", "warning")] == []


@pytest.mark.parametrize(
    ("table", "label", "column", "wrong", "expected_table"),
    [
        (T6, "30101", 2, "127.0x", T6),
        (T7, "50101", 2, "395.2O", T7),
        (T8, "30227", 2, "5O3.00", T8),
        (T5, "208", 3, "**", T5),
    ],
)
def test_a_hole_is_neither_nought_nor_an_error(
    text: str, table: int, label: str, column: int, wrong: str, expected_table: int
) -> None:
    outcome, found = check_text(with_table(text, table, cell(label, column, wrong)))
    assert found == ()
    assert outcome.certificate.consistent is True
    assert [t.id for t in outcome.book.tables.values() if t.holes] == [f"t{expected_table:02d}"]


# --- fingerprints -------------------------------------------------------------------------------------------------------------


def test_a_finding_keeps_its_id_under_edits_elsewhere(text: str) -> None:
    wrong = with_table(text, T7, cell("50103", 2, "74.43"))
    (mine,) = with_fingerprints(check_text(wrong)[1])
    above = wrong.replace("一、部门基本情况", "一、部门基本情况\n\n新的一段，没有数字。\n\n又一段。", 1)
    further = with_table(wrong, T7, lambda rows: [*rows, ["备注：没有数字", "", ""]])
    second = wrong.replace("政府采购预算总额1万元", "政府采购预算总额20万元")
    for other in (above, further, second):
        assert mine.id in {finding.id for finding in with_fingerprints(check_text(other)[1])}
    assert len(with_fingerprints(check_text(second)[1])) == 2
