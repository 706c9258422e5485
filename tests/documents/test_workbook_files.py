"""xlsx: what is printed in cells, merged ranges, hidden parts, formulas, dates; held against openpyxl."""

from __future__ import annotations

import datetime
import time
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Border, Side
from openpyxl.workbook import Workbook
from workbook_maker import MAIN, grids, lines, raw_package, save, texts, worksheet

from mingzhang.documents import open_document

xlsxwriter = pytest.importorskip("xlsxwriter")
CORPUS = Path(__file__).parents[2] / "../shared/corpus"


def budget(book: Workbook) -> None:
    sheet: Any = book.worksheets[0]
    for row in [
        ["部门支出预算总表"],
        [None, None, None, "单位：万元"],
        ["科目", None, "2024年预算数", None],
        ["编码", "名称", "小计", "基本支出"],
        ["合计", None, 1482.34, 697.48],
        ["208", "社会保障", 0.1 + 0.2, 0],
    ]:
        sheet.append(row)
    for merged in ["A1:D1", "A3:B3", "C3:D3", "A5:B5"]:
        sheet.merge_cells(merged)
    for row in sheet["C5:D6"]:
        for cell in row:
            cell.number_format = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '


def test_a_table_is_read_as_printed(tmp_path: Path) -> None:
    document = open_document(save(tmp_path / "表.xlsx", budget))
    assert (document.kind, document.notes, document.pages) == ("xlsx", (), None)
    (grid,) = grids(document)
    assert texts(grid) == [
        ["部门支出预算总表", None, None, None],
        ["", "", "", "单位：万元"],
        ["科目", None, "2024年预算数", None],
        ["编码", "名称", "小计", "基本支出"],
        ["合计", None, "1,482.34", "697.48"],
        ["208", "社会保障", "0.30", "-"],
    ]
    title = grid.cells[0]
    assert (title.row_span, title.column_span, title.source.sheet, title.source.cell) == (1, 4, "表", "A1")
    assert grid.cells[-1].source.cell == "D6"
    assert grid.ruled


def test_blank_rows_and_columns_carry_nothing(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet: Any = book.worksheets[0]
        sheet["C3"], sheet["E3"], sheet["C5"], sheet["E5"] = "甲", "乙", 1, 2
        sheet.merge_cells("C3:D4")
        for column in range(1, 200):
            sheet.cell(40, column).border = Border(left=Side("thin"))

    (grid,) = grids(open_document(save(tmp_path / "表.xlsx", fill)))
    assert texts(grid) == [["甲", "乙"], ["1", "2"]]
    assert [cell.source.cell for cell in grid.cells] == ["C3", "E3", "C5", "E5"]


def test_two_tables_on_one_sheet(tmp_path: Path) -> None:
    table = [["项目", "金额"], ["合计", 1], ["甲", 1]]

    def fill(book: Workbook) -> None:
        sheet: Any = book.worksheets[0]
        for row in [["表一"], [], *table, [], [], ["乙", 2], ["注：无。"], [], [], ["表二"], [], *table, ["备注"]]:
            sheet.append(row)

    first, second = grids(open_document(save(tmp_path / "表.xlsx", fill)))
    assert [row[0] for row in texts(first)] == ["表一", "项目", "合计", "甲", "乙", "注：无。"]
    assert [row[0] for row in texts(second)] == ["表二", "项目", "合计", "甲", "备注"]


def test_drawn_blank_rows_are_no_gap(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet: Any = book.worksheets[0]
        for row in [["项目", "金额"], ["合计", 1], [], ["其他", "无"], ["丙", "丁"]]:
            sheet.append(row)
        sheet["A3"].border = Border(bottom=Side("thin"))

    assert len(grids(open_document(save(tmp_path / "表.xlsx", fill)))) == 1


def test_a_sheet_of_text_is_lines(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet: Any = book.worksheets[0]
        sheet["A1"], sheet["A3"] = "主要职能", "    XX是…。\n\n    主要职能包括："
        sheet.merge_cells("A3:M17")
        book.create_sheet("数")["A1"] = 5

    document = open_document(save(tmp_path / "表.xlsx", fill))
    assert [(line.text, line.source.cell) for line in lines(document)] == [
        ("主要职能", "A1"),
        ("XX是…。", "A3"),
        ("主要职能包括：", "A3"),
    ]
    assert [grid.source.sheet for grid in grids(document)] == ["数"]


def test_lines_in_a_cell_are_joined(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet: Any = book.worksheets[0]
        sheet.append(["一般公共\n预算", "a\nb", "1,000\n2.5"])

    assert texts(grids(open_document(save(tmp_path / "表.xlsx", fill)))[0]) == [["一般公共预算", "a b", "1,000 2.5"]]


def test_hidden_parts_are_left_out_and_named(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet: Any = book.worksheets[0]
        for number in range(1, 8):
            sheet.append([f"甲{number}", number, "x", "y"])
        for row in (1, 3, 4, 9):
            sheet.row_dimensions[row].hidden = True
        sheet.column_dimensions["C"].hidden = True
        sheet.merge_cells("A1:A2")
        other: Any = book.create_sheet("参数")
        other["A1"], other.sheet_state = "秘", "hidden"
        book.create_sheet("空").sheet_state = "veryHidden"

    document = open_document(save(tmp_path / "表.xlsx", fill))
    (grid,) = grids(document)
    assert texts(grid) == [["甲1", "2", "y"]] + [[f"甲{n}", str(n), "y"] for n in (5, 6, 7)]
    assert grid.cells[0].source.cell == "A1"
    assert document.notes == (
        "工作表“表”隐藏的第 1、3—4 行未读取。",
        "工作表“表”隐藏的 C 列未读取。",
        "工作表“参数”已隐藏，未读取。",
    )


def test_formulas(tmp_path: Path) -> None:
    rows = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>合</t><rPh sb="0"><t>he</t></rPh><r><t>计</t></r></is></c>'
        '<c r="B1"><f>SUM(B2:B3)</f><v>3.1400000000000001</v></c></row>'
        '<row r="2"><c r="A2" t="str"><f>A1</f><v></v></c><c r="B2"><f>1+1</f></c><c r="C2"><f>2</f><v></v></c></row>'
        '<row r="3"><c r="A3" t="e"><f>#REF!</f><v>#REF!</v></c><c r="B3" t="b"><v>1</v></c></row>'
    )
    place = tmp_path / "表.xlsx"
    place.write_bytes(raw_package(worksheet(rows)))
    document = open_document(place)
    assert texts(grids(document)[0]) == [["合计", "3.14", ""], ["", "#未计算", "#未计算"], ["#REF!", "TRUE", ""]]
    (note,) = document.notes
    assert "B2、C2" in note
    assert "共 2 个公式" in note


def test_formulas_that_ask_to_be_computed_are_noted(tmp_path: Path) -> None:
    place = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(place) as book:
        sheet = book.add_worksheet("表")
        sheet.write("A1", "合计")
        sheet.write_formula("B1", "=1+1")
    (note,) = open_document(place).notes
    assert "1 个公式单元格" in note


def test_dates_and_text_numbers(tmp_path: Path) -> None:
    def fill(book: Workbook) -> None:
        sheet: Any = book.worksheets[0]
        sheet.append([datetime.date(2024, 1, 5), datetime.date(2024, 1, 5), "001,234", 2080101, "@"])
        sheet["A1"].number_format = "mm-dd-yy"
        sheet["B1"].number_format = 'yyyy"年"m"月"'
        sheet["D1"].number_format = "@"

    (grid,) = grids(open_document(save(tmp_path / "表.xlsx", fill)))
    assert texts(grid) == [["2024-01-05", "2024年1月", "001,234", "2080101", "@"]]


def test_loose_xml_is_read(tmp_path: Path) -> None:
    """No cell addresses, no styles, prefixed names, absolute targets: all legal, all written by some program."""
    sheet = (
        f'<x:worksheet xmlns:x="{MAIN[7:-1]}"><x:dimension ref="A1:XFD1048576"/><x:sheetData>'
        '<x:row><x:c t="inlineStr"><x:is><x:t>甲_x000D_</x:t></x:is></x:c><x:c s="7"><x:v>1E-1</x:v></x:c></x:row>'
        '<x:row><x:c><x:v>2</x:v></x:c><x:c t="d"><x:v>2024-01-05</x:v></x:c></x:row>'
        '</x:sheetData><x:mergeCells><x:mergeCell ref="A5:XFD1048576"/></x:mergeCells></x:worksheet>'
    )
    place = tmp_path / "表.xlsx"
    place.write_bytes(raw_package(sheet))
    assert texts(grids(open_document(place))[0]) == [["甲", "0.1"], ["2", "45296"]]


def test_a_style_that_openpyxl_refuses_is_read(tmp_path: Path) -> None:
    book = f'<styleSheet {MAIN}><fills><fill/></fills><cellXfs><xf numFmtId="4" fillId="0"/></cellXfs></styleSheet>'
    data = raw_package(worksheet('<row r="1"><c r="A1" s="0"><v>1234.5</v></c></row>'), **{"xl/styles.xml": book})
    place = tmp_path / "表.xlsx"
    place.write_bytes(data)
    assert texts(grids(open_document(place))[0]) == [["1,234.50"]]


@pytest.mark.parametrize("name", ["shanghai-putuo__上海单位预算模板.xlsx", "shanghai-putuo__上海部门预算模板.xlsx"])
def test_the_templates_agree_with_openpyxl(name: str) -> None:
    if not (CORPUS / name).exists():
        pytest.skip(f"!! the corpus is not at {CORPUS}: {name} was NOT tested")
    document = open_document(CORPUS / name)
    book = openpyxl.load_workbook(CORPUS / name, data_only=True)
    expected = {
        (sheet.title, cell.coordinate): "".join(str(cell.value).split())
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None and str(cell.value).strip()
    }
    found: dict[tuple[str | None, str | None], str] = {}
    for line in lines(document):
        key = (line.source.sheet, line.source.cell)
        found[key] = found.get(key, "") + "".join(line.text.split())
    for grid in grids(document):
        texts(grid)
        for cell in grid.cells:
            if cell.text:
                found[cell.source.sheet, cell.source.cell] = "".join(cell.text.split())
    assert found == expected
    spans = {
        (c.source.sheet, c.source.cell): (c.row_span, c.column_span) for grid in grids(document) for c in grid.cells
    }
    titles = [key for key, span in spans.items() if span[1] > 1]
    assert len(titles) >= 9
    assert len(grids(document)) == 9


def test_five_thousand_rows_are_quick(tmp_path: Path) -> None:
    place = tmp_path / "大.xlsx"
    with xlsxwriter.Workbook(place) as book:
        sheet = book.add_worksheet("表")
        money = book.add_format({"num_format": "#,##0.00", "border": 1})
        for row in range(5000):
            sheet.write_row(row, 0, [str(2010101 + row), f"支出{row}"])
            for column in range(2, 8):
                sheet.write(row, column, row * 1.37 + column, money)
        sheet.set_column(8, 200, None, money)
    begun = time.process_time()
    (grid,) = grids(open_document(place))
    assert time.process_time() - begun < 8  # 0.7 s on the machine it was written on
    assert (grid.rows, grid.columns) == (5000, 8)
