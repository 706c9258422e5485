"""What changed: comparable points only, largest first, codes that appear and vanish, units reconciled, in four formats."""

from __future__ import annotations

import io
import json
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import openpyxl
import pytest
from across_samples import write
from year_samples import ACCOUNTS_2024, BUDGET_2023, BUDGET_2023_IN_YUAN, BUDGET_2024, BUREAU

from mingzhang import cli
from mingzhang.across.changes import compare
from mingzhang.cube.compared import ComparedLine, ComparedSection, Comparison
from mingzhang.cube.disclosure import Disclosure
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text import read_text
from mingzhang.errors import EXIT_CLEAN, EXIT_UNREADABLE, EXIT_USAGE
from mingzhang.publication.comparison.html import comparison_html
from mingzhang.publication.comparison.text import comparison_text
from mingzhang.recognition import recognise

OTHER = BUDGET_2024.replace(BUREAU, "某某市农业农村局")


def read(text: str, name: str = "甲.txt") -> Disclosure:
    return recognise(read_text(RawFile(text.encode(), name, "0" * 64)))


def compared(left: str, right: str) -> Comparison:
    return compare(read(left), read(right, "乙.txt"))


def functions(comparison: Comparison) -> ComparedSection:
    return next(section for section in comparison.sections if section.dimension == "function")


def by_code(section: ComparedSection) -> dict[str | None, ComparedLine]:
    return {line.code: line for line in section.lines}


def test_two_years_by_code_largest_first() -> None:
    found = compared(BUDGET_2023, BUDGET_2024)
    assert (found.basis, found.left.label, found.right.label) == ("years", "2023年预算", "2024年预算")
    section = functions(found)
    assert section.title == "一般公共预算支出，按支出功能分类科目"
    assert [(line.code, line.change) for line in section.leaves] == [
        ("2130305", Decimal(6_000_000)),
        ("2080501", Decimal(4_000_000)),
    ]
    assert section.total is not None
    assert (section.total.before, section.total.after) == (Decimal(140_000_000), Decimal(150_000_000))
    assert by_code(section)["213"].rate == Decimal(600) / 44
    assert comparison_text(found).splitlines()[1] == (
        "2024年预算一般公共预算支出150.00万元，比2023年预算增加10.00万元（+7.1%）。"
    )


def test_units_are_reconciled_and_a_difference_within_rounding_is_none() -> None:
    section = functions(compared(BUDGET_2023, BUDGET_2023_IN_YUAN.replace("2023年部门", "2024年部门")))
    assert {line.state for line in section.lines} == {"same"}
    found = compared(BUDGET_2023_IN_YUAN, BUDGET_2024)
    assert "“2023年预算”以元印出、不带小数，“2024年预算”以万元印出、2位小数" in found.precision
    assert by_code(functions(found))["2130305"].change == Decimal(50_000_000 - 44_000_300)


def test_codes_appear_vanish_and_move() -> None:
    other = BUDGET_2024.replace("2130305\t水利工程建设", "2130306\t水利工程运行与维护")
    lines = by_code(functions(compared(BUDGET_2023, other)))
    assert (lines["2130305"].state, lines["2130305"].after) == ("vanished", Decimal(0))
    assert (lines["2130306"].state, lines["2130306"].before) == ("appeared", Decimal(0))
    assert lines["2130306"].moved is None


OBJECTS_2017 = f"""\
{BUREAU}2017年部门预算公开

部门一般公共预算基本支出预算表
单位：万元

科目编码\t科目名称\t2017年基本支出
合计\t\t160.00
301\t工资福利支出\t100.00
30101\t基本工资\t100.00
303\t对个人和家庭的补助\t60.00
30302\t退休费\t35.00
30311\t住房公积金\t25.00
"""
OBJECTS_2018 = f"""\
{BUREAU}2018年部门预算公开

部门一般公共预算基本支出预算表
单位：万元

科目编码\t科目名称\t2018年基本支出
合计\t\t170.00
301\t工资福利支出\t130.00
30101\t基本工资\t102.00
30113\t住房公积金\t28.00
303\t对个人和家庭的补助\t40.00
30302\t退休费\t36.00
30311\t代缴社会保险费\t4.00
"""


def test_a_name_with_a_new_code_is_one_line_and_its_old_code_another() -> None:
    """The classification of 2018 gave 住房公积金 the code 30113, and later 30311 to something else."""
    found = compared(OBJECTS_2017, OBJECTS_2018)
    section = next(section for section in found.sections if section.dimension == "object")
    lines = by_code(section)
    assert (lines["30113"].before, lines["30113"].after) == (Decimal(25_000_000), Decimal(28_000_000))
    assert (lines["30113"].moved, lines["30113"].state, lines["30113"].name) == ("30311", "changed", "住房公积金")
    assert (lines["30311"].before, lines["30311"].after) == (Decimal(0), Decimal(4_000_000))
    assert (lines["30311"].state, lines["30311"].name) == ("appeared", "代缴社会保险费")
    assert "“2017年预算”编码为30311" in comparison_text(found, verbose=True)


def test_a_code_with_another_name_is_one_line() -> None:
    renamed = BUDGET_2024.replace("行政单位离退休", "归口管理的行政单位离退休")
    found = compared(renamed.replace("2024年", "2022年").replace("2023年", "2021年"), BUDGET_2024)
    line = by_code(functions(found))["2080501"]
    assert line.former_name == "归口管理的行政单位离退休"
    assert "“2022年预算”称“归口管理的行政单位离退休”" in comparison_text(found, verbose=True)


def test_what_one_side_does_not_publish_is_no_zero() -> None:
    """A table that lists classes only says nothing of items."""
    classes = "\n".join(line for line in BUDGET_2023.splitlines() if not line.startswith(("20805", "21303", "2130305")))
    section = functions(compared(classes + "\n", BUDGET_2024))
    assert sorted(line.code or "" for line in section.lines) == ["208", "213"]


def test_budget_against_accounts() -> None:
    found = compared(BUDGET_2024, ACCOUNTS_2024)
    assert (found.basis, found.left.label, found.right.label) == ("stages", "2024年预算", "2024年决算")
    assert by_code(functions(found))["2130305"].change == Decimal(7_100_000)


def test_two_agencies_differ_they_do_not_rise() -> None:
    found = compared(BUDGET_2024, OTHER.replace("100.00", "90.00").replace("150.00", "140.00"))
    told = comparison_text(found)
    assert (found.basis, found.left.label) == ("agencies", BUREAU)
    assert "某某市农业农村局一般公共预算支出140.00万元，比某某市水务管理局少10.00万元（-6.7%）" in told
    assert "增加" not in told.replace("增减额", "")


def test_rows_of_two_classifications_are_added_up_where_that_is_proved() -> None:
    crossed = f"""\
{BUREAU}2024年部门预算公开

部门支出预算总表
单位：万元

功能科目编码\t功能科目名称\t部门经济科目编码\t部门经济科目名称\t总计
合计\t\t\t\t150.00
2080501\t行政单位离退休\t30302\t退休费\t60.00
2080501\t行政单位离退休\t30301\t离休费\t40.00
2130305\t水利工程建设\t31005\t基础设施建设\t50.00
"""
    plain = compared(crossed, crossed.replace("2024", "2025").replace("60.00", "65.00").replace("150.00", "155.00"))
    lines = by_code(functions(plain))
    assert (lines["2080501"].before, lines["2080501"].after) == (Decimal(100_000_000), Decimal(105_000_000))
    assert (lines["208"].before, lines["208"].after) == (Decimal(100_000_000), Decimal(105_000_000))
    unproved = compared(
        crossed.replace("150.00", "170.00"), crossed.replace("2024", "2025").replace("150.00", "170.00")
    )
    assert not [section for section in unproved.sections if section.dimension == "function" and section.leaves]


def test_names_that_many_codes_bear_are_told_with_the_class_above() -> None:
    rows = "".join(
        f"{code}\t{name}\t10.00\t10.00\t\n"
        for code, name in (
            ("201", "一般公共服务支出"),
            ("20103", "政府办公厅（室）及相关机构事务"),
            ("2010301", "行政运行"),
        )
    )
    rows += "".join(
        f"{code}\t{name}\t20.00\t20.00\t\n"
        for code, name in (("213", "农林水支出"), ("21303", "水利"), ("2130301", "行政运行"))
    )
    head, _, _ = BUDGET_2023.partition("合计")
    one = head + "合计\t\t30.00\t30.00\t\n" + rows
    section = functions(
        compared(one, one.replace("2023年", "2024年").replace("20.00", "25.00").replace("30.00", "35.00"))
    )
    assert by_code(section)["2130301"].name == "行政运行（水利）"


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in ("meta", "line", "rect", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("line", "rect"):
            assert self.open.pop() == tag


def test_the_page_is_well_formed_stands_alone_and_reads_without_pictures() -> None:
    told = comparison_html(compared(BUDGET_2023, BUDGET_2024.replace("水利工程建设", "水利<b>工程")))
    reader = _Reader()
    reader.feed(told)
    assert reader.open == []
    assert "<b>工程" not in told
    assert not any(tag in ("script", "link", "iframe") for tag, _ in reader.tags)
    assert not any(
        (value or "").startswith("http") for _, attrs in reader.tags for name, value in attrs.items() if name != "xmlns"
    )
    pictures = [attrs for tag, attrs in reader.tags if tag == "svg"]
    assert pictures
    assert all(attrs["role"] == "img" for attrs in pictures)
    assert told.count("<desc>") == told.count("<svg") == told.count("<title>") - 1
    assert 'lang="zh-CN"' in told
    assert told.count("<caption>") == told.count('<table class="compared"')
    assert "水利工程建设由44.00到50.00万元" in comparison_html(compared(BUDGET_2023, BUDGET_2024))


def test_the_command(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    left, right = write(tmp_path, "前.txt", BUDGET_2023), write(tmp_path, "后.txt", BUDGET_2024)
    assert cli.main(["compare", left, right]) == EXIT_CLEAN
    assert "2130305 水利工程建设" in capsys.readouterr().out
    assert cli.main(["compare", left, right, "--format", "json"]) == EXIT_CLEAN
    made = json.loads(capsys.readouterr().out)
    assert made["headline"]["change"] == 10_000_000
    assert made["sections"][0]["lines"]
    for name in ("对比.html", "对比.xlsx", "对比.json"):
        assert cli.main(["compare", left, right, "-o", str(tmp_path / name)]) == EXIT_CLEAN
        first = (tmp_path / name).read_bytes()
        assert cli.main(["compare", left, right, "-o", str(tmp_path / name)]) == EXIT_CLEAN
        assert (tmp_path / name).read_bytes() == first
    book = openpyxl.load_workbook(io.BytesIO((tmp_path / "对比.xlsx").read_bytes()))
    assert book.sheetnames == ["摘要", "对比", "其他口径"]
    rows = list(book["对比"].iter_rows(values_only=True))
    assert ("2130305", "水利工程建设", 44, 50, 6) in [row[1:6] for row in rows]


def test_what_the_command_refuses(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    left = write(tmp_path, "前.txt", BUDGET_2023)
    assert cli.main(["compare", left, left]) == EXIT_USAGE
    assert "同一份材料" in capsys.readouterr().err
    assert cli.main(["compare", left, str(tmp_path / "无.txt")]) == EXIT_USAGE
    assert "错误[no-such-file]" in capsys.readouterr().err
    other = write(tmp_path, "信.txt", "各位同事：\n\n请于明日参会。\n")
    assert cli.main(["compare", left, other, "--format", "json"]) == EXIT_UNREADABLE
    told = capsys.readouterr()
    assert "错误[not-a-disclosure]" in told.err
    assert json.loads(told.out)["error"]["code"] == "not-a-disclosure"
    assert cli.main(["compare", left, write(tmp_path, "后.txt", BUDGET_2024), "-o", left]) == EXIT_USAGE


def test_a_folder_of_several_disclosures_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    left = write(tmp_path, "前.txt", BUDGET_2023)
    write(tmp_path / "后", "甲.txt", BUDGET_2024)
    write(tmp_path / "后", "乙.txt", OTHER)
    assert cli.main(["compare", left, str(tmp_path / "后")]) == EXIT_USAGE
    assert "里有2份材料（乙.txt、甲.txt）" in capsys.readouterr().err


def test_a_folder_is_one_side(capsys: pytest.CaptureFixture[str]) -> None:
    folder = Path(__file__).parents[2] / "examples" / "water_bureau"
    assert cli.main(["compare", str(folder / "2023"), str(folder / "2024")]) == EXIT_CLEAN
    assert "“三公”经费" in capsys.readouterr().out
