"""Figures are as fine as those beside them, a blank part is nought where others are parted, parts change as their whole."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingzhang.checking import check
from mingzhang.cube.finding import Finding
from mingzhang.documents import open_document
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text import read_text
from mingzhang.recognition import recognise

HEAD = "某市某区社会保险中心2024年部门预算情况说明\n\n"


def findings(*paragraphs: str) -> list[Finding]:
    text = HEAD + "\n\n".join(paragraphs) + "\n"
    verdict = check(recognise(read_text(RawFile(text.encode(), "示例.txt", "0" * 64))))
    return [found for found in verdict.findings if found.level in ("error", "warning", "rounding")]


RATE = "住房公积金支出64.31万元，比上年增加{}万元，增长{}%，主要原因是基数调整。"


def test_an_integer_beside_finer_figures_dropped_its_zeros() -> None:
    assert not findings(RATE.format("20", "45.14"))
    (found,) = findings(RATE.format("20", "49.14"))
    assert (found.rule, found.level) == ("stated-rate", "error")


def test_where_zeros_are_printed_elsewhere_an_integer_is_coarse() -> None:
    found = findings(RATE.format("20", "46.14"), "职业年金缴费支出30.50万元，与上年持平。")
    assert all(each.level == "rounding" for each in found)


def test_an_integer_that_is_only_about_right_stays_coarse() -> None:
    assert all(found.level == "rounding" for found in findings("约" + RATE.format("20", "46.14")))


HEADER = (
    "<tr><td rowspan=2>项目名称</td><td rowspan=2>项目总额</td><td colspan=2>其中：</td><td rowspan=2>一级指标</td>"
    "<td rowspan=2>三级指标</td><td rowspan=2>绩效指标性质</td><td rowspan=2>本年绩效指标值</td></tr>"
    "<tr><td>财政资金</td><td>其他资金</td></tr>"
)


def sheet(tmp_path: Path, *projects: tuple[str, str, str]) -> list[Finding]:
    """The findings of a sheet of projects: name, amount and what of it is 财政资金; nothing is 其他资金."""
    rows = [
        f"<tr><td>{name}</td><td>{whole}</td><td>{part}</td><td></td><td>产出指标</td><td>验收合格率</td><td>≥</td><td>95</td></tr>"
        for name, whole, part in projects
    ]
    path = tmp_path / "a.html"
    body = f"<p>某市气象局2026年部门预算</p><p>项目支出绩效目标表</p><p>单位：万元</p><table>{HEADER}{''.join(rows)}</table>"
    path.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    found = check(recognise(open_document(path))).findings
    return [each for each in found if each.level in ("error", "warning", "rounding")]


ALIKE = [
    (f"{name}项目经费", f"{amount}.500000", f"{amount}.500000")
    for name, amount in zip("甲乙丙", (11, 250, 30), strict=True)
]


def test_a_blank_part_is_as_fine_as_its_column(tmp_path: Path) -> None:
    assert not sheet(tmp_path, *ALIKE)
    (found,) = sheet(tmp_path, *ALIKE, ("丁项目经费", "140.054760", "140.054670"))
    assert found.level == "error"
    assert "140.054760" in found.message


def test_where_others_are_parted_an_amount_without_parts_lacks_them(tmp_path: Path) -> None:
    (found,) = sheet(tmp_path, *ALIKE, ("丁项目经费", "140.054760", ""))
    assert "140.054760" in found.message
    assert "漏填" in found.message
    assert not sheet(tmp_path, *ALIKE[:2], ("丁项目经费", "140.054760", ""))


PUBLIC = (
    "2024年“三公”经费预算60.00万元，比2023年减少9.00万元。其中：因公出国（境）费用20.00万元，比2023年{}5.00万元；"
    "公务接待费10.00万元，比2023年减少1.00万元；公务用车运行维护费30.00万元，比2023年减少3.00万元；"
    "公务用车购置费0万元，与上年持平。"
)


@pytest.mark.parametrize(("word", "rules"), [("减少", []), ("增加", ["change"])])
def test_the_parts_of_three_public_expenses_change_as_the_whole(word: str, rules: list[str]) -> None:
    found = [each for each in findings(PUBLIC.format(word)) if each.rule != "reason-missing"]
    assert [each.rule for each in found] == rules
    assert all("因公出国" in each.message for each in found)


LEVELS = """2024年市级重点专项资金绩效目标表（一级项目）

单位：万元

项目名称\t水库移民后期扶持\t\t主管部门\t某市水利局
当年预算\t12,700.00\t\t市级支出\t
\t\t\t补助区县\t{}
绩效指标\t指标名称\t指标性质\t指标值\t计量单位
\t验收率\t≥\t90\t%
"""


def test_what_is_passed_down_is_no_more_than_the_project() -> None:
    assert not findings(LEVELS.format("12,700.00"))
    (found,) = findings(LEVELS.format("127,000,000.00"))
    assert found.rule == "topic-bound"
