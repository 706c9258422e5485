"""Ledgers as files: every mistake at its cell, all at once; what is written is read back."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from mingzhang.composition import Ledger
from mingzhang.errors import UnreadableError, UsageError
from mingzhang.ledgers import LedgerError, ledger_workbook, read_ledger, template
from mingzhang.ledgers.formulas import FormulaError, evaluate

LINES = "FISCAL_YEAR,EXP_FUNC_CODE,DEP_BGT_ECO_CODE,GOV_BGT_ECO_CODE,FUND_TYPE_NAME,NATURE,STAFFING,PRO_NAME,AMT\n"
BASICS = "单位名称,示例局\n预算年度,2024\n公开种类,预算\n单位性质,机关\n"
GOOD = "2024,2080101,30101,,一般公共预算,基本支出,,,1234567.89\n"


def folder(tmp_path: Path, **sheets: str) -> Path:
    place = tmp_path / "底账"
    place.mkdir(exist_ok=True)
    names = {"basics": "基本信息", "lines": "支出明细", "income": "收入和结转", "projects": "项目"}
    names |= {"indicators": "绩效指标", "parameters": "测算参数", "costing": "测算"}
    for key, text in sheets.items():
        (place / f"{names[key]}.csv").write_text(text, encoding="utf-8")
    return place


def mistakes(tmp_path: Path, **sheets: str) -> list[tuple[str, str | None]]:
    with pytest.raises(LedgerError) as caught:
        read_ledger(folder(tmp_path, **({"basics": BASICS} | sheets)))
    assert all(mistake.message.endswith(("。", "？")) for mistake in caught.value.mistakes)
    return [(mistake.code, mistake.cell) for mistake in caught.value.mistakes]


def test_a_good_ledger_is_read_exactly(tmp_path: Path) -> None:
    made = read_ledger(folder(tmp_path, basics=BASICS, lines=LINES + GOOD))
    assert isinstance(made, Ledger)
    (line,) = made.lines
    assert line.fen == 123_456_789
    assert (line.point.gov_object, line.point.staffing) == ("50101", "personnel")


@pytest.mark.parametrize(
    ("line", "code", "cell"),
    [
        ("2024,2080101,30101,,一般公共预算,基本支出,,,一百", "amount", "I2"),
        ("2024,2080101,30101,,一般公共预算,基本支出,,,1.234", "amount", "I2"),
        ("2024,20801,30101,,一般公共预算,基本支出,,,1", "code-level", "B2"),
        ("2024,2089999999x,30101,,一般公共预算,基本支出,,,1", "code", "B2"),
        ("2024,2080101,301,,一般公共预算,基本支出,,,1", "code-level", "C2"),
        ("2024,2080101,30101,,一般公共财政,基本支出,,,1", "word", "E2"),
        ("2024,2080101,30101,,一般公共预算,基本支出,,某项目,1", "basic-with-project", "H2"),
        ("2024,2080101,30101,,一般公共预算,项目支出,人员经费,,1", "staffing", "G2"),
        ("2019,2080101,30101,,一般公共预算,基本支出,,,1", "year", "I2"),
        ("24年,2080101,30101,,一般公共预算,基本支出,,,1", "year", "A2"),
        ("2024,2080101,30101,,一般公共预算,,,,1", "missing", "F2"),
        ("2024,2080101,30101,,一般公共预算,基本支出,,,", "missing", "I2"),
    ],
)
def test_a_mistake_is_told_at_its_cell(tmp_path: Path, line: str, code: str, cell: str) -> None:
    assert (code, cell) in mistakes(tmp_path, lines=LINES + line + "\n")


def test_every_mistake_is_told_at_once(tmp_path: Path) -> None:
    lines = LINES + "2024,x,30101,,一般公共预算,基本支出,,,1\n" + GOOD + "2024,2080101,30101,,无,基本支出,,,y\n"
    assert mistakes(tmp_path, lines=lines) == [("code", "B2"), ("word", "E4"), ("amount", "I4")]


def test_lines_that_repeat_are_told(tmp_path: Path) -> None:
    assert mistakes(tmp_path, lines=LINES + GOOD + GOOD) == [("duplicate", "I3")]


def test_missing_sheets_and_columns_are_told(tmp_path: Path) -> None:
    assert mistakes(tmp_path, basics="单位名称,示例局\n") == [
        ("missing", None),
        ("missing", None),
        ("missing", None),
        ("no-sheet", None),
    ] or ("no-sheet", None) in mistakes(tmp_path, basics="单位名称,示例局\n")
    assert ("no-column", "A1") in mistakes(tmp_path, lines=LINES.replace(",AMT", "") + "2024,2080101\n")


def test_both_sides_must_balance(tmp_path: Path) -> None:
    income = "FISCAL_YEAR,FLOW,FUND_TYPE_NAME,AMT\n2024,本年收入,一般公共预算,1\n"
    assert mistakes(tmp_path, lines=LINES + GOOD, income=income) == [("balance", None)]


def test_weights_are_a_hundred(tmp_path: Path) -> None:
    projects = "PRO_NAME,GOAL\n甲,目标\n"
    head = "PRO_NAME,THIRD,VALUE,WEIGHT\n"
    rows = head + "甲,数量,10,60\n甲,质量,好,{}\n"
    given = {"lines": LINES + GOOD, "projects": projects}
    assert mistakes(tmp_path, indicators=rows.format(30.5), **given) == [("weights", "D2")]
    made = read_ledger(folder(tmp_path, basics=BASICS, indicators=rows.format(30), **given))
    assert "90" in made.notes[0]


def test_a_costing_follows_its_parameters(tmp_path: Path) -> None:
    costing = (
        "FISCAL_YEAR,PRO_NAME,ITEM,EXP_FUNC_CODE,DEP_BGT_ECO_CODE,GOV_BGT_ECO_CODE,FUND_TYPE_NAME,QUANTITY,RATE,MONTHS,SHARE\n"
        "2024,甲,养老补助,2080199,30305,50901,一般公共预算,人数,平均工资*60%*16%,12,2/3\n"
    )
    for people, fen in ((100, 480_000_000), (50, 240_000_000)):
        parameters = f"NAME,VALUE\n人数,{people}\n平均工资,62500\n"
        place = folder(
            tmp_path,
            basics=BASICS,
            lines=LINES + GOOD,
            projects="PRO_NAME,GOAL\n甲,x\n",
            parameters=parameters,
            costing=costing,
        )
        line = next(line for line in read_ledger(place).lines if line.point.project == "甲")
        assert line.fen == fen


@pytest.mark.parametrize(
    ("text", "value"),
    [("1/3+2/3", Fraction(1)), ("-(2－5)×4", Fraction(12)), ("12.5％", Fraction(1, 8)), ("人数*2", Fraction(6))],
)
def test_formulas_are_exact(text: str, value: Fraction) -> None:
    assert evaluate(text, {"人数": Fraction(3)}) == value


@pytest.mark.parametrize("text", ["", "1+", "1/0", "(1", "别的*2", "1;2", "(" * 400, "__import__('os')"])
def test_what_is_no_formula_is_refused(text: str) -> None:
    with pytest.raises(FormulaError):
        evaluate(text, {})


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    first = read_ledger(folder(tmp_path, basics=BASICS, lines=LINES + GOOD))
    path = tmp_path / "底账.xlsx"
    path.write_bytes(ledger_workbook(first))
    again = read_ledger(path)
    assert [(line.point, line.fen) for line in again.lines] == [(line.point, line.fen) for line in first.lines]
    assert ledger_workbook(again) == ledger_workbook(first)


def test_the_template_names_every_sheet(tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    path.write_bytes(template())
    assert {"说明", "基本信息", "支出明细", "项目", "绩效指标", "测算"} <= set(openpyxl.load_workbook(path).sheetnames)


def test_what_is_no_ledger_is_one_sentence(tmp_path: Path) -> None:
    garbage = tmp_path / "坏.xlsx"
    garbage.write_bytes(b"\x00garbage")
    with pytest.raises(UnreadableError):
        read_ledger(garbage)
    with pytest.raises(UsageError):
        read_ledger(tmp_path / "没有.xlsx")
    place = folder(tmp_path, basics=BASICS)
    (place / "支出明细.csv").write_bytes(b"\xff\xfe\x81")
    with pytest.raises(UnreadableError):
        read_ledger(place)
