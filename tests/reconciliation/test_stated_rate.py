"""An amount, its change and its rate in one sentence: they must agree, though the year before is printed nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingzhang.checking import check
from mingzhang.cube.finding import Finding
from mingzhang.documents import open_document
from mingzhang.recognition import recognise


def findings(folder: Path, sentence: str) -> list[Finding]:
    path = folder / "a.txt"
    path.write_text(f"某市统计局2026年部门预算情况说明\n\n{sentence}\n", encoding="utf-8")
    found = check(recognise(open_document(path))).findings
    return [f for f in found if f.rule in ("stated-rate", "change", "change-rate", "inconsistent")]


@pytest.mark.parametrize(
    "sentence",
    [
        "机关运行经费84.68万元，比2025年预算减少3.21万元，下降3.65%。",
        "收入预算1468.70万元，比上年减少205.75万元，降低12.29%。",
        "公务接待费3.00万元，比2025年预算增加1.00万元，增长50.00%。",
        "公务接待费3.00万元，比2025年预算增加3.00万元，增长100%。",  # nothing before: a rate of nothing is not judged
        "公务接待费3.00万元，与2025年预算持平。",
    ],
)
def test_what_agrees_is_silent(tmp_path: Path, sentence: str) -> None:
    assert findings(tmp_path, sentence) == []


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        ("机关运行经费84.68万元，比2025年预算减少3.21万元，下降3.56%。", "3.65"),
        ("收入预算1468.70万元，比2025年预算减少205.75万元，下降12.79%。", "12.29"),
        ("公务接待费3.00万元，比2025年预算增加1.00万元，增长33.33%。", "50.00"),
    ],
)
def test_a_wrong_rate_is_found_with_the_right_one(tmp_path: Path, sentence: str, right: str) -> None:
    (finding,) = findings(tmp_path, sentence)
    assert finding.rule == "stated-rate"
    assert finding.level == "error"
    assert right in finding.message
    assert any((suspect.expected or "").startswith(right) for suspect in finding.suspects)


def test_a_turned_direction_is_found(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, "机关运行经费84.68万元，比2025年预算增加3.21万元，下降3.65%。")
    assert finding.rule == "stated-rate"
    assert "方向也相反" in finding.message


def test_the_working_is_written_out(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, "公务接待费3.00万元，比2025年预算增加1.00万元，增长33.33%。")
    (working,) = finding.workings
    assert [(term.sign, term.printed) for term in working.right] == [
        ("", "增加1.00"),
        ("÷(", "3.00"),
        ("－", "增加1.00"),
        (")×", "100%"),
    ]
    assert working.total == "50.00%"


def test_a_change_is_told_without_its_sign(tmp_path: Path) -> None:
    (finding,) = findings(tmp_path, "机关运行经费84.68万元，比2025年预算减少3.21万元，下降3.56%。")
    assert {suspect.expected for suspect in finding.suspects} >= {"3.65", "3.12"}
    assert finding.suspects[0].expected == "3.65"
