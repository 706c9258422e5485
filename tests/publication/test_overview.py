"""Many documents at a glance: the worst first, nothing left out, the same bytes again."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from verdict_samples import clean_verdict, verdict

from mingzhang import cli
from mingzhang.errors import EXIT_CLEAN, EXIT_UNREADABLE, EXIT_USAGE
from mingzhang.publication.overview import Glance, glance, missed, overview_text, overview_workbook

GLANCES: list[Glance] = [
    glance("甲/好.pdf", clean_verdict(), "好.pdf.html"),
    glance("乙/坏.pdf", verdict(), "坏.pdf.html"),
    missed("丙/空.pdf", "“丙/空.pdf”是空文件。"),
]


def test_the_worst_comes_first_and_every_document_has_its_line() -> None:
    head, names, *lines = overview_text(GLANCES).splitlines()
    assert head == "总览（共3份，有错误1份，没有错误和疑点1份，未能读取1份）"
    assert names.split() == ["错误", "疑点", "尾差", "文字", "提示", "材料"]
    assert [line.split()[-1] for line in lines] == ["空.pdf", "2024年年初预算（坏.pdf）", "2024年年初预算（好.pdf）"]
    assert lines[1].split()[:5] == ["1", "1", "·", "·", "·"]


def test_the_workbook_links_each_report_and_lists_all_findings() -> None:
    data = overview_workbook(GLANCES)
    assert data == overview_workbook(GLANCES)
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["总览", "全部问题"]
    first = [list(row) for row in book["总览"].iter_rows(values_only=True)]
    assert first[0][:8] == ["单位", "年度", "文件", "错误", "疑点", "尾差", "文字与格式", "提示"]
    assert [row[2] for row in first[1:]] == ["空.pdf", "坏.pdf", "好.pdf"]
    assert "是空文件" in str(first[1][10])
    assert first[2][3:8] == [1, 1, 0, 0, 0]
    link = book["总览"].cell(3, len(first[0])).hyperlink
    assert link is not None
    assert link.target == "%E5%9D%8F.pdf.html"
    found = [list(row) for row in book["全部问题"].iter_rows(min_row=2, values_only=True)]
    assert [row[1] for row in found] == ["坏.pdf", "坏.pdf"]
    assert {row[0] for row in found} == {"某市某局"}


def document(folder: Path, name: str, amount: str) -> Path:
    place = folder / name
    place.write_text(
        f"某市某局2024年部门预算\n\n2024年收入总计120.00万元。\n2024年支出总计{amount}万元。\n", encoding="utf-8"
    )
    return place


def test_several_documents_end_with_the_overview_one_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one, other = document(tmp_path, "一.txt", "120.00"), document(tmp_path, "二.txt", "120.00")
    assert cli.main(["check", str(one), str(other), "--apart"]) == EXIT_CLEAN
    assert "\n总览（共2份" in capsys.readouterr().out
    assert cli.main(["check", str(one)]) == EXIT_CLEAN
    assert "总览" not in capsys.readouterr().out
    output = tmp_path / "结果.text"
    assert cli.main(["check", str(one), str(tmp_path / "无.txt"), "--apart", "-o", str(output)]) == EXIT_USAGE
    assert "未能读取1份" in output.read_text(encoding="utf-8")


def test_the_overview_never_overwrites_an_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    one = document(tmp_path, "一.txt", "120.00")
    taken = tmp_path / "汇总.xlsx"
    taken.write_bytes(b"PK")
    status = cli.main(["check", str(one), str(taken), "--apart", "--format", "xlsx", "-o", str(tmp_path)])
    assert status in (EXIT_USAGE, EXIT_UNREADABLE)
    assert "错误[output-is-input]" in capsys.readouterr().err
    assert taken.read_bytes() == b"PK"
