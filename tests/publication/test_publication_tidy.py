"""Tidy tables: one row an amount, exact, harmless to a spreadsheet, the same bytes every time."""

from __future__ import annotations

import csv
import io
import time
import zipfile
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from verdict_samples import disclosure

from mingzhang import cli
from mingzhang.commands.naming import name_of
from mingzhang.cube import Amount, Disclosure, unit_named
from mingzhang.errors import UsageError
from mingzhang.publication import (
    COLUMNS,
    observations_csv,
    observations_parquet,
    unread_csv,
    unread_parquet,
    workbook_bytes,
)

FIELDS = Path("/work/shared/reference/standard_fields.csv")


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def with_label(label: str) -> Disclosure:
    made = disclosure()
    return replace(made, observations=(replace(made.observations[0], label=label),))


def test_one_row_an_amount_with_national_field_names() -> None:
    data = observations_csv(disclosure())
    assert data.startswith(b"\xef\xbb\xbf")
    found = rows(data)
    assert len(found) == 3
    told = {name: value for name, value in found[0].items() if value}
    assert told == {
        "FISCAL_YEAR": "2024",
        "MOF_DIV_NAME": "某市",
        "AGENCY_NAME": "某市某局",
        "EXP_FUNC_CODE": "208",
        "FUND_TYPE_NAME": "一般公共预算",
        "stage": "budget",
        "flow": "expenditure",
        "fund": "general",
        "measure": "amount",
        "label": "社会保障",
        "AMT": "13960700",
        "value": "1396.07",
        "unit": "万元",
        "printed": "1,396.07",
        "quantum": "10000",
        "fen": "1396070000",
        "origin": "table",
        "table_id": "t01",
        "table_title": "支出预算总表",
        "file": "预算.txt",
        "line": "5",
        "row": "2",
        "column": "3",
    }
    weight = found[1]
    assert (weight["AMT"], weight["fen"], weight["value"], weight["unit"]) == ("", "", "12.5", "%")
    assert weight["of_which"] == "1"


@pytest.mark.skipif(not FIELDS.exists(), reason="the reference facts are not here")
def test_capital_names_are_national_field_names() -> None:
    with FIELDS.open(encoding="utf-8") as stream:
        known = {row["field"]: row["chinese_name"] for row in csv.DictReader(stream)}
    ours = {column.name for column in COLUMNS if column.name.isupper()}
    assert ours <= known.keys()


def test_codes_have_the_names_of_their_year() -> None:
    (found, *_) = rows(observations_csv(disclosure(), name_of))
    assert (found["EXP_FUNC_CODE"], found["EXP_FUNC_NAME"], found["label"]) == ("208", "社会保障和就业支出", "社会保障")
    assert (found["DEP_BGT_ECO_NAME"], found["GOV_BGT_ECO_NAME"]) == ("", "")
    assert name_of("object", "30201", 2024) == "办公费"
    assert name_of("gov_object", "50201", 2024) == "办公经费"
    assert name_of("function", "9999999", 2024) is None


@pytest.mark.parametrize(
    ("agency", "told"),
    [
        (None, ("", "某市某局", "")),
        ("某站", ("", "某站", "")),
        ("015001", ("015001", "", "")),
        ("某站#2", ("", "某站", "part 2")),
        ("#3", ("", "某市某局", "part 3")),
        ("#1.t04", ("", "某市某局", "part 1.t04")),
        ("?t02", ("", "", "unknown")),
    ],
)
def test_the_unit_without_the_marks_of_what_is_not_printed(agency: str | None, told: tuple[str, str, str]) -> None:
    made = disclosure()
    first = made.observations[0]
    made = replace(made, observations=(replace(first, point=first.point.at(agency=agency)),))
    (found,) = rows(observations_csv(made))
    assert (found["AGENCY_CODE"], found["AGENCY_NAME"], found["scope"]) == told


def test_the_box_of_each_number() -> None:
    made = disclosure()
    first, (item, *_) = made.observations[0], made.unread
    place = first.source._replace(page=3, bbox=(72.0, 100.256, 140.5, 112.0))
    made = replace(made, observations=(replace(first, source=place),), unread=(replace(item, source=place),))
    for (found,) in (rows(observations_csv(made)), rows(unread_csv(made))):
        assert [found[edge] for edge in ("page", "left", "top", "right", "bottom")] == [
            "3",
            "72",
            "100.26",
            "140.5",
            "112",
        ]


def test_unread_numbers_with_their_reasons() -> None:
    found = rows(unread_csv(disclosure()))
    assert [(row["printed"], row["reason"], row["kind"], row["line"]) for row in found] == [
        ("88", "没有认出这个数说的是什么", "amount", "7"),
        ("208", "科目编码", "identifier", "5"),
    ]


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-甲", "@x", "\t=1"])
def test_csv_text_is_never_a_formula(text: str) -> None:
    assert rows(observations_csv(with_label(text)))[0]["label"] == f"'{text}"


@pytest.mark.parametrize("text", ["-3.21", "-1,234.5", "-", "甲=乙", "+5"])
def test_csv_numbers_stay_themselves(text: str) -> None:
    assert rows(observations_csv(with_label(text)))[0]["label"] == text


def test_workbook() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(disclosure())))
    assert book.sheetnames == ["数据", "未读数字", "字段说明"]
    data = book["数据"]
    header = [cell.value for cell in data[1]]
    assert header == [column.name for column in COLUMNS]
    cells = dict(zip(header, data[2], strict=True))
    assert (cells["AMT"].value, cells["AMT"].data_type) == (13960700, "n")
    assert (cells["EXP_FUNC_CODE"].value, cells["EXP_FUNC_CODE"].data_type) == ("208", "s")
    label = dict(zip(header, data[3], strict=True))["label"]
    assert (label.value, label.data_type, label.quotePrefix) == ("=群众满意度", "s", True)
    assert [cell.value for cell in book["未读数字"][2]][:3] == ["88", "没有认出这个数说的是什么", "amount"]
    assert {row[1].value for row in book["字段说明"].iter_rows(min_row=2)} >= set(header)


def test_workbook_bytes_do_not_depend_on_the_clock() -> None:
    first = workbook_bytes(disclosure())
    time.sleep(1.1)
    assert workbook_bytes(disclosure()) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(2000, 1, 1, 0, 0, 0)}


def test_digits_that_a_spreadsheet_would_lose_are_kept_as_text() -> None:
    made = disclosure()
    huge = Amount("1", unit_named("元"), Decimal("12345678901234567.89"), 2)
    book = openpyxl.load_workbook(
        io.BytesIO(workbook_bytes(replace(made, observations=(replace(made.observations[0], amount=huge),))))
    )
    header = [cell.value for cell in book["数据"][1]]
    assert book["数据"][2][header.index("value")].value == "12345678901234567.89"


def test_a_workbook_holds_any_text() -> None:
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(with_label("甲\x0b\x00乙\ud800"))))
    header = [cell.value for cell in book["数据"][1]]
    assert book["数据"][2][header.index("label")].value == "甲乙"
    assert observations_csv(with_label("甲\ud800"))


# --- Parquet ----------------------------------------------------------------------------------------------------------


def parquet(data: bytes) -> list[dict[str, Any]]:
    reader = pytest.importorskip("pyarrow.parquet")
    found: list[dict[str, Any]] = reader.read_table(io.BytesIO(data)).to_pylist()
    return found


def told(value: Any) -> str:
    if value is None:
        return ""
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def test_parquet_says_what_the_csv_says() -> None:
    made = disclosure()
    as_text = [{name: told(value) for name, value in row.items()} for row in parquet(observations_parquet(made))]
    lines = rows(observations_csv(made))
    assert as_text == [{name: value.removeprefix("'") for name, value in line.items()} for line in lines]
    unread = [{name: told(value) for name, value in row.items()} for row in parquet(unread_parquet(made))]
    assert unread == rows(unread_csv(made))


def test_parquet_amounts_are_exact_decimals_and_columns_keep_their_types() -> None:
    pytest.importorskip("pyarrow")
    import pyarrow.parquet

    made = disclosure()
    full = pyarrow.parquet.read_schema(io.BytesIO(observations_parquet(made)))
    empty = pyarrow.parquet.read_schema(io.BytesIO(observations_parquet(replace(made, observations=()))))
    assert full == empty
    assert full.names == [column.name for column in COLUMNS]
    assert parquet(observations_parquet(made))[0]["AMT"] == Decimal("13960700")
    assert full.field("AMT").metadata[b"meaning"].decode() == "金额（元）；不是金额的为空"


def test_parquet_refuses_what_it_cannot_hold() -> None:
    pytest.importorskip("pyarrow")
    made = disclosure()
    huge = Amount("1", unit_named("亿元"), Decimal("9" * 30), 0)
    with pytest.raises(UsageError, match="too-wide"):
        observations_parquet(replace(made, observations=(replace(made.observations[0], amount=huge),)))


def test_parquet_from_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "a.txt"
    source.write_text(
        "2024年支出预算总表\n单位：万元\n科目\t合计\n208 社会保障和就业支出\t1.00\n合计\t1.00\n", encoding="utf-8"
    )
    assert cli.main(["read", str(source), "-o", str(tmp_path / "a.parquet")]) == 0
    assert [row["AMT"] for row in parquet((tmp_path / "a.parquet").read_bytes())] == [10_000, 10_000]
    assert {row["kind"] for row in parquet((tmp_path / "a.unread.parquet").read_bytes())} == {"identifier"}
