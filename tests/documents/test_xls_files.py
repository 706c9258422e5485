"""xls by xlrd: printed texts, merged ranges, hidden parts, dates, errors; the Shanghai template as xls and xlsx."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from workbook_maker import grids, lines, texts

from mingzhang.documents import Grid, open_document
from mingzhang.errors import UnreadableError

CORPUS = Path(__file__).parents[2] / "../shared/corpus"
xlwt = pytest.importorskip("xlwt", reason="!! xlwt is not installed: made-up xls files were NOT tested")


def test_an_xls_table_is_read_as_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("表")
    money = xlwt.easyxf(num_format_str="#,##0.00;-#,##0.00;")
    sheet.write_merge(0, 0, 0, 2, "部门支出预算总表")
    sheet.write_merge(1, 2, 0, 0, "项目")
    sheet.write_merge(1, 1, 1, 2, "预算数")
    sheet.write(2, 1, "小计")
    sheet.write(2, 2, "日期")
    sheet.write(3, 0, "合计")
    sheet.write(3, 1, 0.1 + 0.2, money)
    sheet.write(3, 2, datetime.date(2024, 1, 5), xlwt.easyxf(num_format_str="yyyy年m月d日"))
    sheet.write(4, 0, True)
    sheet.write(4, 1, 0, money)
    sheet.write(4, 2, 1482.34)
    sheet.write(5, 0, "隐藏行")
    sheet.row(5).hidden = True
    other = book.add_sheet("参数")
    other.write(0, 0, "秘")
    other.visibility = 1
    book.save(str(tmp_path / "表.xls"))
    document = open_document(tmp_path / "表.xls")
    assert document.kind == "xls"
    assert texts(grids(document)[0]) == [
        ["部门支出预算总表", None, None],
        ["项目", "预算数", None],
        [None, "小计", "日期"],
        ["合计", "0.30", "2024年1月5日"],
        ["TRUE", "", "1482.34"],
    ]
    assert grids(document)[0].cells[-1].source.cell == "C5"
    assert document.notes == ("工作表“表”隐藏的第 6 行未读取。", "工作表“参数”已隐藏，未读取。")
    assert capsys.readouterr().out == ""


def test_the_template_reads_alike_from_xls_and_xlsx() -> None:
    places = [CORPUS / "shanghai-putuo__上海单位预算模板旧版.xls", CORPUS / "shanghai-putuo__上海单位预算模板.xlsx"]
    if not all(place.exists() for place in places):
        pytest.skip(f"!! the corpus is not at {CORPUS}: the xls template was NOT tested")
    old, new = (open_document(place) for place in places)
    assert old.kind == "xls"
    assert len(grids(old)) == 9
    assert [line.text for line in lines(old)] == [line.text for line in lines(new)]

    def shape(grid: Grid) -> list[tuple[str, int, int, str | None]]:
        return [(cell.text, cell.row_span, cell.column_span, cell.source.cell) for cell in grid.cells]

    assert list(map(shape, grids(old))) == list(map(shape, grids(new)))


def test_damaged_xls_is_refused(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    book.add_sheet("表").write(0, 0, "甲")
    book.save(str(tmp_path / "好.xls"))
    data = (tmp_path / "好.xls").read_bytes()
    place = tmp_path / "坏.xls"
    for end in (600, 1500, len(data) // 2):
        place.write_bytes(data[:end])
        with pytest.raises(UnreadableError) as caught:
            open_document(place)
        assert caught.value.code in ("damaged-file", "unknown-format", "empty-file")
