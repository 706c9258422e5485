"""The seeded errors themselves: what is planted is in the document, and a finding elsewhere does not count."""

from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

from mingzhang.documents import open_document  # noqa: E402
from mingzhang.documents.model import Document, Grid, Line  # noqa: E402
from seeded.edits import At, with_words, without_row  # noqa: E402
from seeded.subject import Subject  # noqa: E402
from seeded_errors import KINDS, points_at, told  # noqa: E402

PAGE = """<p>某市统计局2026年部门预算</p>
<p>一、2026年收入预算300.00万元，比上年增加100.00万元，增长50.00%，主要原因是人员增加。</p>
<p>支出预算总表</p><p>单位：万元</p>
<table><tr><td>科目编码</td><td>科目名称</td><td>合计</td><td>基本支出</td><td>项目支出</td></tr>
<tr><td></td><td>合计</td><td>300.00</td><td>180.00</td><td>120.00</td></tr>
<tr><td>201</td><td>一般公共服务支出</td><td>300.00</td><td>180.00</td><td>120.00</td></tr>
<tr><td>20105</td><td>统计信息事务</td><td>300.00</td><td>180.00</td><td>120.00</td></tr>
<tr><td>2010501</td><td>行政运行</td><td>180.00</td><td>180.00</td><td></td></tr>
<tr><td>2010505</td><td>专项统计业务</td><td>120.00</td><td></td><td>120.00</td></tr></table>"""


@pytest.fixture
def subject(tmp_path: Path) -> Subject:
    path = tmp_path / "a.html"
    path.write_text(f"<html><body>{PAGE}</body></html>", encoding="utf-8")
    return Subject("a", open_document(path))


@pytest.mark.parametrize("kind", ["一个数字录错", "漏填金额", "单元格单位错（元）", "科目名称写成别的", "标点重复"])
def test_what_is_planted_is_found_at_its_place(subject: Subject, kind: str) -> None:
    planted = KINDS[kind](subject, random.Random(1))
    assert planted is not None
    assert planted.document != subject.document
    found, _, words = told(planted, subject)
    assert found, words


def test_a_finding_elsewhere_does_not_count(subject: Subject) -> None:
    planted = KINDS["标点重复"](subject, random.Random(1))
    other = KINDS["一个数字录错"](subject, random.Random(1))
    assert planted is not None
    assert other is not None
    from mingzhang.checking import check
    from mingzhang.recognition import recognise

    known = {finding.id for finding in subject.verdict.findings}
    new = [f for f in check(recognise(planted.document)).findings if f.id not in known]
    assert new
    assert not any(points_at(finding, other, every=True) for finding in new)


def test_words_are_replaced_and_what_follows_keeps_its_place() -> None:
    from mingzhang.cube.source import Source

    line = Line("甲乙丙丁", ((0, Source(page=1)), (2, Source(page=2))))
    document = Document("a", "", "txt", None, (line,))
    changed = with_words(document, At(0, 0, 1), "子丑寅").blocks[0]
    assert isinstance(changed, Line)
    assert changed.text == "子丑寅乙丙丁"
    assert changed.source_at(4, 5).page == 2


def test_a_row_less(subject: Subject) -> None:
    number = next(n for n, block in enumerate(subject.document.blocks) if isinstance(block, Grid))
    grid = without_row(subject.document, number, 2).blocks[number]
    assert isinstance(grid, Grid)
    assert grid.rows == 5
    assert next(cell.text for cell in grid.cells if cell.row == 2) == "20105"
