"""A row under another class's name; contradictions that no few numbers explain; sums by way of what is not printed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from mingzhang.checking import check
from mingzhang.cube.verdict import Verdict
from mingzhang.documents import open_document
from mingzhang.recognition import recognise
from mingzhang.reconciliation import findings_of, reconcile

TOTALS = """
收支预算总表
单位：万元
收入	预算数	支出	预算数
一般公共预算拨款收入	300.00	{label}	200.00
		卫生健康支出	60.00
		住房保障支出	40.00
收入总计	300.00	支出总计	300.00
"""
OTHERS = """
支出预算总表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
	合计	300.00	280.00	20.00
208	社会保障和就业支出	200.00	180.00	20.00
210	卫生健康支出	60.00	60.00
221	住房保障支出	40.00	40.00

一般公共预算支出表
单位：万元
科目编码	科目名称	合计	基本支出	项目支出
	合计	300.00	280.00	20.00
208	社会保障和就业支出	200.00	180.00	20.00
210	卫生健康支出	60.00	60.00
221	住房保障支出	40.00	40.00
"""


def checked(folder: Path, tables: str) -> Verdict:
    path = folder / "a.txt"
    path.write_text(f"某市社会保险中心2026年部门预算\n{tables}", encoding="utf-8")
    return check(recognise(open_document(path)))


def test_the_right_class_is_silent(tmp_path: Path) -> None:
    verdict = checked(tmp_path, TOTALS.format(label="社会保障和就业支出") + OTHERS)
    assert [f for f in verdict.findings if f.level == "error"] == []


def test_a_row_under_a_wrong_class_is_one_finding_with_the_right_class(tmp_path: Path) -> None:
    verdict = checked(tmp_path, TOTALS.format(label="一般公共服务支出") + OTHERS)
    (finding,) = (f for f in verdict.findings if f.level == "error")
    assert finding.rule == "row-label"
    assert "一般公共服务支出”一行的科目写错了" in finding.message
    assert finding.expected is not None
    assert "社会保障和就业支出" in finding.expected
    assert finding.places[0].line == 6
    assert verdict.proof.consistent is False


def test_what_is_said_of_the_mended_row_has_its_right_name(tmp_path: Path) -> None:
    tables = TOTALS.format(label="一般公共服务支出") + OTHERS + "\n2026年社会保障和就业支出199.996万元。\n"
    verdict = checked(tmp_path, tables)
    told = [finding.message for finding in verdict.findings] + [d.message for d in verdict.proof.rounding_differences]
    assert any("208 社会保障和就业支出" in message for message in told)
    assert all("208 一般公共服务支出" not in message for message in told)


def test_an_amount_that_differs_is_no_mislabelled_row(tmp_path: Path) -> None:
    tables = TOTALS.format(label="一般公共服务支出").replace("200.00", "199.00")
    assert all(f.rule != "row-label" for f in checked(tmp_path, tables + OTHERS).findings)


def test_rows_that_fall_far_short_are_told_as_one_sum_without_guesses(tmp_path: Path) -> None:
    rows = "".join(f"20801{n:02}	科目{n}	10.00	10.00	\n" for n in range(1, 16))
    table = f"\n一般公共预算支出表\n单位：万元\n科目编码	科目名称	合计	基本支出	项目支出\n	合计	500.00	150.00	350.00\n{rows}"
    found = [f for f in checked(tmp_path, table).findings if f.level == "error"]
    assert found
    for finding in found:
        assert "未印出" not in finding.message
        assert not finding.suspects
        assert "相差350.00" in finding.message
        assert "缺少一行" in finding.message


def test_a_search_that_ran_out_of_work_says_so(tmp_path: Path) -> None:
    disclosure = checked(tmp_path, OTHERS.replace("合计	300.00	280.00", "合计	310.00	280.00", 1)).disclosure
    outcome = reconcile(disclosure)
    (located,) = outcome.located
    cluster = replace(located.cluster, sets=(), alternatives=(), conflicts=())
    unsearched = replace(outcome, located=(replace(located, cluster=cluster, rests=(), alternative_rests=()),))
    (finding,) = findings_of(unsearched)
    assert finding.rule == "inconsistent"
    assert "仍没有查清" in finding.message
    assert finding.key
