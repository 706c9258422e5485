"""The findings on the worked example are its real defects, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingzhang.documents import open_document
from mingzhang.recognition import recognise
from mingzhang.rules import run_rules

EXAMPLE = Path(__file__).parents[2].parent / "shared/corpus/chongqing__万盛经开区社会保险事务中心2024年部门预算.txt"


@pytest.mark.skipif(not EXAMPLE.exists(), reason="the corpus is not at hand")
def test_the_worked_example() -> None:
    found = run_rules(recognise(open_document(EXAMPLE)))
    assert sorted((finding.rule, finding.level, finding.expected) for finding in found) == [
        ("code-name", "error", "人力资源和社会保障管理事务"),
        ("code-name", "error", "其他人力资源和社会保障管理事务支出"),
        ("contents-table-absent", "error", "2024年万盛经开区部门收入预算总表"),
        ("contents-table-absent", "error", "2024年万盛经开区部门政府采购预算明细表"),
        ("indicator-unit", "warning", None),
        ("indicator-weights", "warning", "100"),
        ("indicator-weights", "warning", "100"),
        ("markup-residue", "style", None),
        ("three-public-counts", "warning", None),
        ("traditional-character", "style", "务"),
        ("traditional-character", "style", "镇"),
    ]
