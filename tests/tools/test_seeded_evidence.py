"""What speaks against a changed figure is told from the printed figures alone, and what is planted is a defect."""

from __future__ import annotations

import argparse
import random
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks"))

from mingzhang.documents import open_document  # noqa: E402
from mingzhang.documents.model import Document, Grid, Line  # noqa: E402
from seeded.edits import At  # noqa: E402
from seeded.evidence import Figures  # noqa: E402
from seeded.subject import Subject  # noqa: E402
from seeded.turned import speaks_against_turning  # noqa: E402
from seeded_errors import KINDS, Case, page, table  # noqa: E402


def read(tmp_path: Path, body: str) -> Document:
    path = tmp_path / "a.html"
    path.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    return open_document(path)


def rows(*texts: str) -> str:
    cells = ("".join(f"<td>{cell}</td>" for cell in text.split("|")) for text in texts)
    return "<table>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</table>"


def at(document: Document, printed: str) -> At:
    for number, block in enumerate(document.blocks):
        if isinstance(block, Grid):
            for index, cell in enumerate(block.cells):
                if cell.text == printed:
                    return At(number, index)
        elif isinstance(block, Line) and printed in block.text:
            start = block.text.index(printed)
            return At(number, start, start + len(printed))
    raise AssertionError(printed)


SUMS = rows("合计|300.51", "201|180.25", "208|120.26")


@pytest.mark.parametrize("printed", ["300.51", "180.25", "120.26"])
def test_a_sum_speaks_against_each_of_its_figures(tmp_path: Path, printed: str) -> None:
    document = read(tmp_path, SUMS)
    figures = Figures(document)
    assert figures.contradict(at(document, printed), "999.99")
    assert figures.contradict(at(document, printed), "")
    assert not figures.contradict(at(document, printed), printed[:-1] + str((int(printed[-1]) + 1) % 10))


def test_nothing_speaks_against_a_figure_that_stands_alone(tmp_path: Path) -> None:
    document = read(tmp_path, rows("任务|资金", "大气|2,327.67", "水体|2,022.15") + "<p>项目支出58.20万元。</p>")
    figures = Figures(document)
    assert not figures.contradict(at(document, "2,327.67"), "2,317.67")
    assert not figures.contradict(at(document, "58.20"), "58.90")


def test_a_figure_that_is_printed_again_speaks_against_another(tmp_path: Path) -> None:
    document = read(tmp_path, rows("大气|2,327.67", "水体|22.15") + "<p>大气治理2327.67万元。</p>")
    figures = Figures(document)
    assert figures.contradict(at(document, "2,327.67"), "2,317.67")
    assert figures.printed_apart(at(document, "2,327.67"))
    assert not figures.printed_apart(at(document, "22.15"))


def test_codes_that_nest_speak_for_their_parent(tmp_path: Path) -> None:
    nested = rows("208|30.00", "20801|18.00", "2080101|18.00", "20805|12.00", "2080501|12.00")
    document = read(tmp_path, nested)
    assert Figures(document).contradict(at(document, "30.00"), "40.00")


@pytest.mark.parametrize(
    ("sentence", "printed", "wrong"),
    [
        ("支出84.68万元，比上年减少3.21万元，下降3.65%。", "3.21", "3.91"),
        ("支出103.54万元，上年98.30万元，增加5.24万元。", "5.24", "5.74"),
        ("支出200.00万元，其中基本支出150.00万元，占75.00%。", "150.00", "180.00"),
    ],
)
def test_a_sentence_speaks_against_its_own_figure(tmp_path: Path, sentence: str, printed: str, wrong: str) -> None:
    document = read(tmp_path, f"<p>{sentence}</p>")
    assert Figures(document).contradict(at(document, printed), wrong)


def test_a_unit_of_the_last_digit_is_slight(tmp_path: Path) -> None:
    document = read(tmp_path, SUMS)
    figures = Figures(document)
    assert figures.is_slight(at(document, "300.51"), "300.53")
    assert not figures.is_slight(at(document, "300.51"), "300.54")
    assert not figures.is_slight(at(document, "300.51"), "")


def test_a_reason_that_still_stands_elsewhere_is_not_left_out(tmp_path: Path) -> None:
    head = "<p>某市统计局2026年部门预算</p>"
    told = "<p>一、{}预算300.00万元，比上年增加100.00万元，主要原因是新增了人口普查项目的经费。</p>"
    subject = Subject("a", read(tmp_path, head + told.format("收入") + told.format("支出")))
    assert KINDS["漏写原因"](subject, random.Random(1)) is None
    alone = Subject("a", read(tmp_path, head + told.format("收入")))
    assert KINDS["漏写原因"](alone, random.Random(1)) is not None


def test_the_page_says_how_it_was_made() -> None:
    options = argparse.Namespace(seeds=1, first_seed=3, documents=24, first_document=0)
    written = page([Case("漏一行", "a", "", True, True, "")], options)
    assert "`python benchmarks/seeded_errors.py --seeds 1 --first-seed 3 --documents 24`：1份文件，1例。" in written
    assert "| 合计 | 1 | 100.0% | 100.0% |" in written


def test_cases_that_nothing_speaks_against_are_counted_apart() -> None:
    cases = [
        Case("漏一行", "a", "", True, True, ""),
        Case("漏一行", "a", "", False, False, ""),
        Case("漏一行", "a", "", False, False, "", unopposed=True),
    ]
    lines = table(cases).splitlines()
    assert "| 漏一行 | 2 | 50.0% | 100.0% |" in lines
    assert "| 合计 | 2 | 50.0% | 100.0% |" in lines
    assert lines[-1] == "| 另：没有其他数字可与之比较 | 1 | 0.0% | – |"


@pytest.mark.parametrize(
    ("texts", "speaks"),
    [
        # nothing else of last year: both may be
        (("运行经费679.08万元，比2025年增加23.79万元，主要原因是人员数量变化。",), False),
        (("运行经费679.08万元，比2025年增加23.79万元，增长3.63%。",), True),
        (("运行经费679.08万元，比2025年增加23.79万元，主要原因是人员经费增加。",), True),
        (("运行经费679.08万元，比2025年增加23.79万元。", "2025年运行经费655.29万元。"), True),
        (("收入679.08万元，比2025年增加23.79万元。", "支出679.08万元，比2025年增加23.79万元。"), True),
        (("收入679.08万元，比2025年增加23.79万元。", "其中基本支出减少23.79万元。"), False),
        (("收入679.08万元，比2025年减少723.79万元。",), True),  # nobody grows by more than he has
        (("比2025年增加23.79万元，主要是拨款减少10.21万元，事业收入增加34.00万元。",), True),
        (("比2025年增加23.79万元。其中：拨款减少10.21万元，事业收入增加30.00万元。",), False),
    ],
)
def test_what_speaks_against_a_turned_direction(tmp_path: Path, texts: tuple[str, ...], speaks: bool) -> None:
    document = read(tmp_path, "".join(f"<p>{text}</p>" for text in texts))
    words = at(document, "比2025年")
    line = document.blocks[words.block]
    assert isinstance(line, Line)
    end = line.text.index("3.79万元") + len("3.79")
    assert speaks_against_turning(Figures(document), At(words.block, words.start, end)) is speaks


def test_a_change_that_moves_its_rate_by_the_last_digit_is_off_by_a_tail(tmp_path: Path) -> None:
    document = read(tmp_path, "<p>支出7,095.13万元，比上年减少4,850.46万元，减少40.6%。</p>")
    figures, change = Figures(document), at(document, "4,850.46")
    assert figures.contradict(change, "4,830.46")
    assert figures.is_slight(change, "4,830.46")
    assert not figures.is_slight(change, "4,550.46")
