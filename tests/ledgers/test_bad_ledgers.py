"""Bad ledgers: every mistake at its cell, whatever the file is like, in bounded time."""

from __future__ import annotations

from pathlib import Path
from time import process_time
from typing import Any

import openpyxl
import pytest

from mingzhang.ledgers import LedgerError, read_ledger, template

HEAD = "FISCAL_YEAR,EXP_FUNC_CODE,DEP_BGT_ECO_CODE,GOV_BGT_ECO_CODE,FUND_TYPE_NAME,NATURE,STAFFING,PRO_NAME,AMT"
LINE = (2024, "2080101", "30101", "50101", "一般公共预算", "基本支出", "人员经费", None, 100)
MANY = 20_000


def workbook(tmp_path: Path, *lines: tuple[Any, ...], merge: str | None = None) -> Path:
    """A ledger made from the template: its basics filled in, these lines below the header."""
    path = tmp_path / "底账.xlsx"
    path.write_bytes(template())
    book: Any = openpyxl.load_workbook(path)
    basics = {"单位名称": "示例局", "预算年度": 2024, "公开种类": "预算", "单位性质": "机关"}
    for row in book["基本信息"].iter_rows(max_col=2):
        if row[0].value in basics:
            row[1].value = basics[row[0].value]
    sheet = book["支出明细"]
    places = {cell.value: cell.column for cell in sheet[2]}
    for number, line in enumerate(lines, 3):
        for field, value in zip(HEAD.split(","), line, strict=True):
            sheet.cell(number, places[field], value)
    if merge is not None:
        sheet.merge_cells(merge)
    book.save(path)
    return path


def mistakes(path: Path) -> list[tuple[str, str, str | None]]:
    with pytest.raises(LedgerError) as caught:
        read_ledger(path)
    return [(mistake.code, mistake.sheet, mistake.cell) for mistake in caught.value.mistakes]


def folder(tmp_path: Path, lines: list[str]) -> Path:
    place = tmp_path / "底账"
    place.mkdir()
    basics = "单位名称,示例局\n预算年度,2024\n公开种类,预算\n单位性质,机关\n"
    (place / "基本信息.csv").write_text(basics, encoding="utf-8")
    (place / "支出明细.csv").write_text("\n".join([HEAD, *lines, ""]), encoding="utf-8")
    return place


def test_a_filled_template_is_good(tmp_path: Path) -> None:
    assert [line.fen for line in read_ledger(workbook(tmp_path, LINE)).lines] == [10_000]


def test_a_formula_without_its_result_is_told_as_such(tmp_path: Path) -> None:
    found = mistakes(workbook(tmp_path, LINE, (*LINE[:-1], "=50+50")))
    assert [(code, sheet) for code, sheet, _ in found] == [("uncomputed", "支出明细")]
    assert found[0][2] is not None
    assert found[0][2].endswith("4")


def test_an_amount_in_words_is_told_at_its_cell(tmp_path: Path) -> None:
    assert [code for code, _, _ in mistakes(workbook(tmp_path, (*LINE[:-1], "壹佰元")))] == ["amount"]


def test_a_merged_code_leaves_the_lines_below_without_one(tmp_path: Path) -> None:
    other = (2024, None, *LINE[2:-1], 200)
    found = mistakes(workbook(tmp_path, LINE, other, merge="B3:B4"))
    assert found == [("missing", "支出明细", "B4")]


def test_years_that_do_not_belong_are_told_one_by_one(tmp_path: Path) -> None:
    lines = [LINE, (2023, *LINE[1:-1], 90), (2022, *LINE[1:-1], 80), (2025, *LINE[1:-1], 70)]
    assert [code for code, _, _ in mistakes(workbook(tmp_path, *lines))] == ["year", "year"]


def test_an_empty_sheet_of_lines_has_no_header(tmp_path: Path) -> None:
    place = folder(tmp_path, [])
    (place / "支出明细.csv").write_text("", encoding="utf-8")
    assert mistakes(place) == [("no-header", "支出明细", None)]


def test_an_unknown_column_and_a_column_twice_are_told(tmp_path: Path) -> None:
    place = folder(tmp_path, [])
    line = "2024,2080101,30101,50101,一般公共预算,基本支出,人员经费,,1,备忘,1"
    (place / "支出明细.csv").write_text(f"{HEAD},备忘栏,AMT\n{line}\n", encoding="utf-8")
    assert mistakes(place) == [("unknown-column", "支出明细", "J1"), ("duplicate-column", "支出明细", "K1")]


def test_nothing_is_written_over_a_bad_ledger(tmp_path: Path) -> None:
    path = workbook(tmp_path, (*LINE[:-1], "壹佰元"))
    before = path.read_bytes()
    mistakes(path)
    assert path.read_bytes() == before


def test_many_good_lines_are_read_in_time(tmp_path: Path) -> None:
    lines = [f"2024,2080101,30101,50101,一般公共预算,基本支出,,,{n}.{n % 100:02d}" for n in range(1, MANY + 1)]
    place = folder(tmp_path, lines)
    started = process_time()
    assert len(read_ledger(place).lines) == MANY
    assert process_time() - started < 10


def test_many_bad_lines_are_all_told_in_time(tmp_path: Path) -> None:
    lines = [f"2024,20{n % 90_000 + 10_000},301{n % 90 + 10},,一般公财政,基本,,,一百" for n in range(MANY)]
    place = folder(tmp_path, lines)
    started = process_time()
    assert len(mistakes(place)) >= 3 * MANY
    assert process_time() - started < 20
