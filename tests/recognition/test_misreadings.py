"""Headers of scans that one exchanged character makes understood are read so, told, and never where several would do."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mingzhang.commands.reading import understood
from mingzhang.cube.source import Scan
from mingzhang.documents import Document, Grid, open_document
from mingzhang.recognition import recognise, with_headers_read_again

TABLE = """某某局2024年部门预算

{above}
部门收支总表
单位：万元

科目编码\t科目名称\t合计\t{header}\t{other}
205\t教育支出\t30.00\t20.00\t10.00
208\t社会保障和就业支出\t120.25\t80.00\t40.25
"""


def read(tmp_path: Path, header: str, other: str, above: str = "", scanned: bool = True) -> Document:
    path = tmp_path / "scan.txt"
    path.write_text(TABLE.format(header=header, other=other, above=above), encoding="utf-8")
    document = open_document(path)
    if not scanned:
        return document

    def from_picture(grid: Grid) -> Grid:
        return replace(
            grid,
            cells=tuple(c._replace(source=c.source._replace(page=3, scan=Scan(0.999))) for c in grid.cells),
        )

    return replace(document, blocks=tuple(from_picture(b) if isinstance(b, Grid) else b for b in document.blocks))


def headers(document: Document) -> list[str]:
    return [c.text for b in document.blocks if isinstance(b, Grid) for c in b.cells if c.row == 0]


def test_a_misread_header_is_read_as_the_vocabulary_has_it_and_told(tmp_path: Path) -> None:
    misread = read(tmp_path, "一般公共预算", "基金强算")
    assert "10.00" not in [o.amount.printed for o in recognise(misread).observations]
    again = with_headers_read_again(misread)
    assert headers(again)[3:] == ["一般公共预算", "基金预算"]
    disclosure = understood(misread)
    assert "10.00" in [o.amount.printed for o in disclosure.observations]
    told = [note for note in disclosure.notes if "基金强算" in note]
    assert told == ["第3页的表头由OCR识别为“基金强算”，取“基金预算”（词汇中只有它与之相差一字），请对照原件。"]
    cell = next(c for b in again.blocks if isinstance(b, Grid) for c in b.cells if c.text == "基金预算")
    assert cell.source.scan is not None
    assert cell.source.scan.recognised == "基金强算"
    assert cell.source.scan.is_doubtful


def test_of_several_the_one_that_is_printed_elsewhere_is_meant(tmp_path: Path) -> None:
    assert (
        headers(with_headers_read_again(read(tmp_path, "一般公共预算", "政府性基金强算支出")))[4]
        == "政府性基金强算支出"
    )
    again = with_headers_read_again(
        read(tmp_path, "一般公共预算", "政府性基金强算支出", "政府性基金预算支出安排10.00万元。")
    )
    assert headers(again)[4] == "政府性基金预算支出"
    assert any("只有它在文中别处印有" in note for note in again.notes)


@pytest.mark.parametrize("header", ["基金预算", "甲乙丙丁", "基会"])
def test_what_is_understood_or_like_nothing_stands(tmp_path: Path, header: str) -> None:
    document = read(tmp_path, "一般公共预算", header)
    assert with_headers_read_again(document) == document


def test_what_was_printed_as_text_stands(tmp_path: Path) -> None:
    document = read(tmp_path, "一般公共预算", "基金强算", scanned=False)
    assert with_headers_read_again(document) is document
