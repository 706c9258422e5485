"""Text files: encodings, tables by tabs, commas, pipes and spaces, sentences broken over lines."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.documents import Document, Grid, Limits, Line, open_document
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text import read_text
from mingzhang.errors import UnreadableError

CORPUS = Path(__file__).parents[2] / "../shared/corpus"


def read(text: str, name: str = "示例.txt") -> Document:
    return read_text(RawFile(text.encode(), name, ""))


def rows_of(grid: Grid) -> list[list[str]]:
    rows: list[list[str]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        assert cell.column == len(rows[cell.row])
        rows[cell.row].append(cell.text)
    return rows


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Line)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, encoding: str, ending: str) -> None:
    place = tmp_path / "示例.txt"
    place.write_bytes(ending.join(["部门收支预算总表", "", "合计\t1,482.34", "项目\t1.00"]).encode(encoding))
    document = open_document(place)
    assert document.kind == "txt"
    assert lines(document) == ["部门收支预算总表"]
    assert rows_of(grids(document)[0]) == [["合计", "1,482.34"], ["项目", "1.00"]]
    assert [cell.source.line for cell in grids(document)[0].cells] == [3, 3, 4, 4]


def test_a_short_row_is_filled_and_a_line_without_tab_ends_the_grid() -> None:
    document = read("收入\t\t支出\t\n合计\t1\n备注：无数据。\n甲\t2")
    first, second = grids(document)
    assert (first.rows, first.columns, first.ruled) == (2, 4, True)
    assert rows_of(first) == [["收入", "", "支出", ""], ["合计", "1", "", ""]]
    assert lines(document) == ["备注：无数据。"]
    assert rows_of(second) == [["甲", "2"]]


def test_a_blank_line_parts_two_grids_and_a_row_of_tabs_does_not() -> None:
    document = read("a\tb\n\t\nc\td\n\ne\tf")
    assert [grid.rows for grid in grids(document)] == [3, 1]


def test_tabs_that_only_indent_are_no_table() -> None:
    document = read("\t一、部门职责。\n\t二、机构设置。\n\n\t\t\n第三段")
    assert lines(document) == ["一、部门职责。", "二、机构设置。", "第三段"]
    assert not grids(document)


def test_quotes_of_excel_are_taken_off() -> None:
    assert rows_of(grids(read('合计\t"1,482.34"\t"说""好"""\t"半'))[0]) == [["合计", "1,482.34", '说"好"', '"半']]


def test_csv_is_one_grid() -> None:
    document = read('科目,金额\n"甲,乙","1,200.00"\n\n"两\n行",3\n', "表.CSV")
    (grid,) = grids(document)
    assert rows_of(grid) == [["科目", "金额"], ["甲,乙", "1,200.00"], ["两行", "3"]]
    assert [cell.source.line for cell in grid.cells if cell.column == 0] == [1, 2, 4]


def test_markdown_table() -> None:
    document = read("标题\n\n| 项目 | 金额 |\n|:---|---:|\n| 合计 | 1.00 |\n| 甲 | |\n完")
    (grid,) = grids(document)
    assert not grid.ruled
    assert rows_of(grid) == [["项目", "金额"], ["合计", "1.00"], ["甲", ""]]
    assert [cell.source.line for cell in grid.cells if cell.column == 0] == [3, 5, 6]
    assert lines(document) == ["标题", "完"]


def test_markdown_table_without_outer_pipes() -> None:
    assert rows_of(grids(read("项目 | 金额\n--- | ---\n合计 | 1.00"))[0]) == [["项目", "金额"], ["合计", "1.00"]]


def test_columns_aligned_by_blanks() -> None:
    document = read("科目编码  科目名称    金额\n208　　社会保障  1.00\n合　计  全部  2.00\n联系人  电话")
    (grid,) = grids(document)
    assert not grid.ruled
    assert rows_of(grid)[2] == ["合　计", "全部", "2.00"]
    assert lines(document) == ["联系人  电话"]


LONG = "6.指导兼并、关闭、破产、解散企业养老、工伤等处置工作；配合做好各类养老保险、工伤和失业等社会保险费征缴、清欠等"


def test_a_broken_sentence_is_joined_and_both_places_are_kept() -> None:
    document = read(f"{LONG}\n\n工作。")
    (line,) = document.blocks
    assert isinstance(line, Line)
    assert line.text == LONG + "工作。"
    assert line.source_at(len(LONG), len(LONG) + 2).line == 3
    assert line.source_at(0, 3).line == 1


@pytest.mark.parametrize(
    ("former", "latter"),
    [
        (LONG + "。", "工作。"),
        (LONG, "7.完成其他工作。"),
        (LONG, "（二）部门构成。"),
        (LONG, "(2) 部门构成。"),
        (LONG, "二、收支情况"),
        (LONG, "第二部分 部门预算表"),
        (LONG, "表3"),
        (LONG, "附件1"),
        (LONG, "单位：万元"),
        (LONG, "2024年部门收支预算总表"),
        ("本部门，无", "工作。"),
        ("附表：重庆市万盛经济技术开发区社会保险事务中心二〇二四年度部门预算公开套表汇总", "工作"),
    ],
)
def test_lines_that_are_not_one_sentence_stay_apart(former: str, latter: str) -> None:
    assert lines(read(f"{former}\n\n{latter}")) == [former, latter]


def test_a_figure_at_the_break_stays_a_figure() -> None:
    former = "支出预算较上年增加，主要是基本支出预算增加、项目支出预算增加，其中社会保障和就业支出预算数比上年增加"
    assert lines(read(f"{former}\n2.5万元。")) == [former + "2.5万元。"]
    assert lines(read(f"{former} 12\n34 万元。")) == [former + " 12 34 万元。"]


@pytest.mark.parametrize("data", [b"\x00\x01\x02" * 40, bytes(range(256)) * 4, b"\xff\xfe\x00", b"a\x00b"])
def test_garbage_is_refused(tmp_path: Path, data: bytes) -> None:
    place = tmp_path / "x.txt"
    place.write_bytes(data)
    with pytest.raises(UnreadableError) as caught:
        open_document(place)
    assert caught.value.code == "unknown-format"


def test_blank_text_and_oversized_grid_are_refused() -> None:
    with pytest.raises(UnreadableError) as caught:
        read(" \n\t\n")
    assert caught.value.code == "empty-file"
    with pytest.raises(UnreadableError) as caught:
        read_text(RawFile(b"a\n\nb\t" + b"\t" * 50 + b"\nc\t", "x.txt", "", Limits(cells=60)))
    assert caught.value.code == "too-large"
    assert "第3行" in caught.value.message


cell_texts = st.text(st.characters(exclude_categories=("C", "Z"), exclude_characters='"|'), max_size=6)


@given(st.lists(st.lists(cell_texts, min_size=2, max_size=5), min_size=1, max_size=6))
def test_tab_separated_text_comes_back(table: list[list[str]]) -> None:
    table[0][0] = table[0][0] or "首"  # neither blank nor mere indentation
    text = "\n".join("\t".join(row) for row in table)
    (grid,) = grids(read(text))
    width = max(map(len, table))
    assert rows_of(grid) == [row + [""] * (width - len(row)) for row in table]


def test_the_example_disclosure_reads_whole() -> None:
    places = list(CORPUS.glob("chongqing__*万盛*.txt"))
    if not places:
        pytest.skip(f"!! the corpus is not at {CORPUS}: the example disclosure was NOT tested")
    document = open_document(places[0])
    found = grids(document)
    assert [(grid.source.line, grid.rows, grid.columns) for grid in found] == [
        (109, 17, 3),
        (133, 15, 4),
        (157, 25, 5),
        (191, 11, 7),
        (211, 26, 6),
        (248, 32, 5),
        (289, 19, 3),
        (317, 21, 3),
        (347, 13, 3),
        (367, 4, 6),
        (378, 3, 5),
        (390, 3, 5),
        (402, 14, 7),
        (425, 12, 7),
        (446, 14, 7),
    ]
    joined = [block for block in document.blocks if isinstance(block, Line) and len(block.anchors) > 1]
    assert [[source.line for _, source in line.anchors] for line in joined] == [[19, 21], [95, 97]]
    # Nothing is lost: every non-blank character of the file is in a cell or a line, in order.
    original = "".join(places[0].read_text(encoding="utf-8").split())
    read_back = "".join(
        block.text if isinstance(block, Line) else "".join(cell.text for cell in block.cells)
        for block in document.blocks
    )
    assert "".join(read_back.split()) == original
