"""The corpus report counts numeric cells by its own rules, so that what recognition drops shows as lost."""

from __future__ import annotations

import importlib.util
import math
import sys
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest

from mingzhang.cube import Source
from mingzhang.documents import Cell, Document, Grid
from mingzhang.recognition import recognise

TOOL = Path(__file__).parents[2] / "tools" / "corpus_report.py"


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_report", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["corpus_report"] = module
    spec.loader.exec_module(module)
    return module


def document(*rows: str) -> Document:
    """One grid; cells separated by bars."""
    texts = [row.split("|") for row in rows]
    cells = tuple(
        Cell(r, c, text, Source(page=1, bbox=(50.0 * c, 20.0 * r, 50.0 * c + 50, 20.0 * r + 20)))
        for r, line in enumerate(texts)
        for c, text in enumerate(line)
    )
    grid = Grid(len(texts), len(texts[0]), cells, Source(page=1, bbox=(0, 0, 500, 500)))
    return Document("a.pdf", "0", "pdf", 1, (grid,))


def counted(tool: ModuleType, *rows: str) -> list[str]:
    return [text for text, _, _ in tool.numeric_cells(document(*rows))]


def test_amounts_count_and_codes_do_not(tool: ModuleType) -> None:
    rows = ("科目编码|名称|合计|基本支出", "208|社会保障|1,234.50|0", "20805|养老||-3.00", "合计||（5）|12%")
    assert counted(tool, *rows) == ["1,234.50", "0", "-3.00", "（5）", "12%"]


def test_three_columns_of_codes(tool: ModuleType) -> None:
    rows = ("类|款|项|名称|金额", "208|05|01|甲|10", "208|05|02|乙|20")
    assert counted(tool, *rows) == ["10", "20"]


def test_weights_right_of_codes_count(tool: ModuleType) -> None:
    assert counted(tool, "项目编码|权重", "2080501|20", "2080502|30") == ["20", "30"]


@pytest.mark.parametrize("index", ["栏次|1|2|3", "**|1|2|3=1+2", "1|2|3|4"])
def test_rows_that_number_the_columns_do_not_count(tool: ModuleType, index: str) -> None:
    assert counted(tool, "名称|甲|乙|丙", index, "合计|7|8|9") == ["7", "8", "9"]


def test_the_part_on_the_next_page_has_its_codes_where_they_were(tool: ModuleType) -> None:
    upper, lower = document("类|款|金额", "208|05|1.00"), document("208|11|2.00", "208|27|3.00")
    whole = Document("a.pdf", "0", "pdf", 2, (*upper.blocks, *lower.blocks))
    assert [text for text, _, _ in tool.numeric_cells(whole)] == ["1.00", "2.00", "3.00"]


def test_a_dropped_cell_is_lost(tool: ModuleType) -> None:
    made = document(
        "表一 支出预算总表||", "单位：万元||", "科目编码|名称|合计", "208|社会保障和就业支出|1.00", "合计||1.00"
    )
    disclosure = recognise(made)
    found = tool.Measured()
    tool._account(made, disclosure, found)
    assert (found.cells, found.read, found.lost) == (2, 2, 0)
    without = replace(disclosure, observations=disclosure.observations[:-1])
    again = tool.Measured()
    tool._account(made, without, again)
    assert (again.cells, again.read, again.lost) == (2, 1, 1)


def test_shares_are_never_rounded_up_to_the_whole(tool: ModuleType) -> None:
    assert tool._share(99.996) == "99.99"
    assert tool._share(math.nan) == "–"
    assert tool._share(100.0) == "100.00"


def test_a_folder_is_reported(tool: ModuleType, tmp_path: Path) -> None:
    text = "2024年支出预算总表\n单位：万元\n科目\t合计\n208 社会保障和就业支出\t1.00\n合计\t1.00\n"
    (tmp_path / "somewhere__a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "somewhere__b.pdf").write_bytes(b"%PDF-1.4 nothing")
    documents = tool.measure_all(sorted(tmp_path.iterdir()))
    page = tool.report(documents)
    assert "| somewhere (1) |" in page
    assert "- somewhere__b.pdf: `" in page
    told, good = tool.leave_one_out(documents, sorted(tmp_path.iterdir()))
    assert good, told
