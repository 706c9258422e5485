"""Changes and rates are worked out from the exact amounts or from the printed ones: either way they are right."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingzhang.checking import check
from mingzhang.cube.verdict import Verdict
from mingzhang.documents import open_document
from mingzhang.recognition import recognise

SHARES = "2026年支出预算0.05万元，其中：基本支出0.03万元，占60.00%；项目支出0.01万元，占20.00%。"
GROWTH = (
    "2026年支出预算0.05万元，比2025年预算0.03万元增加0.02万元，增长66.67%。其中：基本支出0.03万元，比2025年预算"
    "0.02万元增加0.01万元，增长50.00%；项目支出0.01万元，比2025年预算0.01万元增加0.00万元，增长0.00%。"
)


def verdict(folder: Path, sentence: str) -> Verdict:
    path = folder / "a.txt"
    path.write_text(f"某市统计局2026年部门预算情况说明\n\n{sentence}\n", encoding="utf-8")
    return check(recognise(open_document(path)))


@pytest.mark.parametrize("sentence", [SHARES, GROWTH], ids=["shares", "growth"])
def test_what_the_printed_amounts_make_forces_nothing(tmp_path: Path, sentence: str) -> None:
    found = verdict(tmp_path, sentence)
    assert found.proof.consistent
    assert found.coverage.relations.violated == 0
    assert [f.message for f in found.findings if f.level != "note"] == []


def test_what_the_exact_amounts_make_is_right_as_well(tmp_path: Path) -> None:
    # 0.014 of 0.051: not what 0.01 and 0.05 make.
    assert verdict(tmp_path, SHARES.replace("占20.00%", "占27.45%").replace("占60.00%", "占72.55%")).proof.consistent


@pytest.mark.parametrize(
    ("sentence", "wrong", "right"),
    [(SHARES, "占20.00%", "占52.00%"), (SHARES, "占60.00%", "占30.00%"), (GROWTH, "增长66.67%", "增长677.66%")],
)
def test_what_neither_make_is_found(tmp_path: Path, sentence: str, wrong: str, right: str) -> None:
    found = verdict(tmp_path, sentence.replace(wrong, right))
    assert found.proof.consistent is False
    assert found.findings


def test_a_rate_still_tells_which_of_two_figures_is_wrong(tmp_path: Path) -> None:
    """The rate agrees with the first figure; the same amount is printed again with a wrong digit."""
    good = "2026年支出预算84.68万元，比2025年预算87.89万元减少3.21万元，下降3.65%。"
    (finding,) = (
        f
        for f in verdict(tmp_path, f"{good}\n\n二、支出说明\n\n2026年支出预算81.68万元。").findings
        if f.rule != "decimal-places"
    )
    assert [suspect.expected for suspect in finding.suspects] == ["84.68"]
