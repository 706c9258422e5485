"""Web pages: what a browser shows is what is read; nothing is run, fetched or expanded."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from test_opening import refused
from workbook_maker import grids, lines, texts

from mingzhang.documents import Document, Limits, Line, open_document

ROWS = "<tr><td>甲<td>1<tr><td>乙<td>2"


def read(folder: Path, page: str | bytes, name: str = "例.html") -> Document:
    place = folder / name
    place.write_bytes(page if isinstance(page, bytes) else f"<html><body>{page}".encode())
    return open_document(place)


def read_lines(folder: Path, page: str | bytes) -> list[str]:
    return [line.text for line in lines(read(folder, page))]


def blocks(folder: Path, page: str) -> list[object]:
    return [block.text if isinstance(block, Line) else texts(block) for block in read(folder, page).blocks]


def test_blocks_and_breaks(tmp_path: Path) -> None:
    page = (
        "<h1>某某局<br/>2024年部门预算</h1>散文<div>一<span>二</span> <b>三</b><p>四</div>五\n<ul><li>六<li>七</ul>"
        "<p>&nbsp;&emsp;八，增加&nbsp;12.5&nbsp;万元&#12290;&nbsp;</p><p>&nbsp;</p>"
    )
    expected = ["某某局", "2024年部门预算", "散文", "一二 三", "四", "五", "六", "七", "八，增加 12.5 万元。"]
    assert read_lines(tmp_path, page) == expected


def test_line_ends_of_the_source(tmp_path: Path) -> None:
    """Editors break the source anywhere: in Chinese that is nothing, between words and numbers a blank."""
    assert read_lines(tmp_path, "<p>一般公共\n  预算\r\n12.5\n万元 and\nmore</p>") == ["一般公共预算12.5万元 and more"]
    assert read_lines(tmp_path, "<p>共\n<span>\n12\n</span>\n34</p>") == ["共12 34"]
    assert read_lines(tmp_path, "<pre>甲 1\n乙  2</pre>") == ["甲 1", "乙  2"]


def test_invisible_characters_vanish(tmp_path: Path) -> None:
    assert read_lines(tmp_path, "<p>1,2&#8203;34&shy;.50\ufeff</p>") == ["1,234.50"]


def test_what_is_not_shown_is_not_read(tmp_path: Path) -> None:
    page = (
        "<title>题</title><script>var a='<p>假</p>'</script><style>p{}</style><nav><p>菜单</nav><noscript>无</noscript>"
        "<!-- <p>注释 --><select><option>选</select><p>正文<footer>页脚</footer>"
    )
    assert read_lines(tmp_path, page) == ["正文"]
    assert read(tmp_path, page).notes == ()


def test_hidden_elements_are_left_out_and_told(tmp_path: Path) -> None:
    page = (
        "<p style='color:red; DISPLAY : none'>旧数<b>9</b></p><p hidden>旧</p><span style='visibility:hidden'> </span>"
        f"<table>{ROWS}<tr style='display:none'><td>丙<td>3<tr><td>丁<td style='display:none'>8<td>4</table>"
    )
    document = read(tmp_path, page)
    assert texts(grids(document)[0]) == [["甲", "1"], ["乙", "2"], ["丁", "4"]]
    assert len(document.blocks) == 1
    assert document.notes == ("网页中有 4 处隐藏的内容未读取。",)


def test_spans_and_places(tmp_path: Path) -> None:
    page = (
        "<p>题</p><table><thead><tr><th rowspan=2>科目<th colspan='2'>预算数<th rowspan=0>备注</thead>"
        "<tr><td>小计<td>其中</tr><tr><td colspan=0>甲<td>1<td>2</table>"
    )
    document = read(tmp_path, page)
    (grid,) = grids(document)
    assert texts(grid) == [["科目", "预算数", None, "备注"], [None, "小计", "其中", None], ["甲", "1", "2", None]]
    assert [cell.source.cell for cell in grid.cells[:3]] == ["T1R1C1", "T1R1C2", "T1R1C4"]
    assert {cell.source.line for cell in grid.cells} == {2}
    assert (document.kind, document.pages) == ("html", None)


def test_spans_that_collide_or_go_beyond(tmp_path: Path) -> None:
    page = "<table><tr><td>甲<td rowspan=9>乙<tr><td colspan=2>丙<td>丁<tr><td>戊</table>"
    (grid,) = grids(read(tmp_path, page))
    assert [(c.text, c.row, c.column, c.row_span, c.column_span) for c in grid.cells] == [
        ("甲", 0, 0, 1, 1),
        ("乙", 0, 1, 3, 1),
        ("丙", 1, 0, 1, 1),
        ("丁", 1, 2, 1, 1),
        ("戊", 2, 0, 1, 1),
    ]


def test_the_text_of_a_cell_is_one_line(tmp_path: Path) -> None:
    page = "<table><tr><td><p>一般公共</p><p>预算</p><td>1,234<br>.50<tr><td>乙\n 丙<td>&nbsp;</table>"
    (grid,) = grids(read(tmp_path, page))
    assert texts(grid) == [["一般公共预算", "1,234.50"], ["乙丙", ""]]


def test_captions_and_stray_text_stand_above(tmp_path: Path) -> None:
    page = f"前<table><caption>表一<br>单位：万元</caption>散{ROWS}</table>后"
    assert blocks(tmp_path, page) == ["前", "表一", "单位：万元", "散", [["甲", "1"], ["乙", "2"]], "后"]


def test_layout_tables_are_descended(tmp_path: Path) -> None:
    page = (
        "<table><tr><td>网站<td>时间<tr><td>菜单<td><p>题</p>"
        f"<table><tr><td><table>{ROWS}</table></table><p>附注</p></td><tr><td colspan=2>版权</table>"
    )
    assert blocks(tmp_path, page) == [
        *("网站", "时间", "菜单", "题"),
        [["甲", "1"], ["乙", "2"]],
        *("附注", "版权"),
    ]


def test_a_cell_outside_of_tables_and_rows(tmp_path: Path) -> None:
    assert blocks(tmp_path, "<td>甲</td><td>乙</td><table><td>1<td>2</table></table></td>") == [
        "甲",
        "乙",
        [["1", "2"]],
    ]


def test_landing_pages_give_lines_and_name_their_attachments(tmp_path: Path) -> None:
    page = "<a href='/a/%E8%A1%A8.xlsx?x=1'>附件1</a><a href='b.PDF'>附件2</a><a href='b.PDF'>再</a><a href='c.html'>上页</a>"
    document = read(tmp_path, page)
    assert [line.text for line in lines(document)] == ["附件1附件2再上页"]
    assert document.notes == ("网页链接的 2 个附件（表.xlsx、b.PDF）不在本文件中，未读取。",)


PAGE = "<html><head><meta http-equiv='Content-Type' content='text/html; charset={}'></head><p>部门预算</p>"


@pytest.mark.parametrize(
    ("declared", "real"),
    [
        ("utf-8", "utf-8"),
        ("gb2312", "gb18030"),
        ("GBK", "gb18030"),
        ("gb2312", "utf-8"),
        ("utf-8", "gb18030"),
        ("big5", "big5"),
        ("none-such", "gb18030"),
        ("hex", "gb18030"),
        ("iso-8859-1", "gb18030"),
        ("gb2312", "utf-8-sig"),
        ("gb2312", "utf-16"),
    ],
)
def test_encodings(tmp_path: Path, declared: str, real: str) -> None:
    text = PAGE.format(declared).replace("部门预算", "部門預算" if real == "big5" else "部门预算")
    document = read(tmp_path, text.encode(real))
    assert [line.text for line in lines(document)] == ["部門預算" if "門" in text else text[-8:-4]]
    assert document.notes == ()


def test_a_declared_xml_encoding_does_not_mislead(tmp_path: Path) -> None:
    page = "<?xml version='1.0' encoding='gb2312'?><html xmlns='http://www.w3.org/1999/xhtml'><p>预算</p></html>"
    assert read_lines(tmp_path, page.encode()) == ["预算"]


def test_a_page_cut_in_a_character_is_read_and_told(tmp_path: Path) -> None:
    document = read(tmp_path, (PAGE.format("utf-8") + "<p>算").encode()[:-1])
    assert lines(document)[0].text == "部门预算"
    assert document.notes == ("网页中有 1 处乱码无法还原，文件可能不完整。",)


def test_a_page_saved_as_a_workbook(tmp_path: Path) -> None:
    page = f"<html xmlns:x='urn:schemas-microsoft-com:office:excel'><body><table>{ROWS}</table></body></html>"
    document = read(tmp_path, page.encode("gb18030"), "导出.xls")
    assert texts(grids(document)[0]) == [["甲", "1"], ["乙", "2"]]
    assert document.notes == ("文件扩展名是“.xls”，实际内容是 html，已按实际内容读取。",)


# --- bad files -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lead", ["", "<?xml version='1.0'?>\n", "<!-- x -->"])
def test_entity_bombs_are_refused(tmp_path: Path, lead: str) -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 20))
    page = f'{lead}<!DOCTYPE html [ <!ENTITY e0 "哈"> {entities}]><html><p>&e19;</p></html>'
    assert refused(tmp_path / "x.html", page.encode()).code == "too-large"


def test_unknown_entities_are_text(tmp_path: Path) -> None:
    page = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://127.0.0.1:9/x.dtd"><html><p>甲&none;乙</p>'
    assert read_lines(tmp_path, page.encode()) == ["甲&none;乙"]


@pytest.mark.parametrize(
    ("page", "limits"),
    [
        ("<table><tr><td rowspan=65534>1<td>2" + "<tr><td>3" * 300, Limits(cells=500)),
        ("<table>" + "<tr><td colspan=1000>1" * 10, Limits(cells=5000)),
        ("<table><tr>" + "<td colspan=1000>1" * 3000, Limits()),
        ("<table><tr><td>" * 60, Limits()),
        ("<table><tr><td>1<td>2</table>" * 60, Limits(cells=100)),
        ("<p>" + "甲" * 1000, Limits(page_bytes=2000)),
        ("<p>甲" * 60, Limits(paragraphs=50)),
        ("<p>" + "甲" * 1000, Limits(file_bytes=2000)),
    ],
)
def test_bombs_are_too_large(tmp_path: Path, page: str, limits: Limits) -> None:
    assert refused(tmp_path / "x.html", f"<html>{page}".encode(), limits).code == "too-large"


@pytest.mark.parametrize("tag", ["<div>", "<font>", "<b><p>", "<ul><li>", "<a href=x>", "</div>", "<!--", "<table>"])
def test_deep_and_broken_markup_costs_little(tmp_path: Path, tag: str) -> None:
    start = time.process_time()
    try:
        read(tmp_path, "<p>文</p>" + tag * 100_000)
    except Exception as error:
        assert getattr(error, "code", None) == "too-large"  # noqa: PT017
    assert time.process_time() - start < 5


def test_frames_only(tmp_path: Path) -> None:
    assert refused(tmp_path / "x.html", b"<html><frameset><frame src=a.html></frameset></html>").code == "empty-file"


def test_tables_pasted_as_paragraphs(tmp_path: Path) -> None:
    """Rows of amounts are a table; a contents page, a list of signatures and sentences with tabs are none."""
    tab = "<span style='mso-tab-count:1'>&nbsp;&nbsp;&nbsp; </span>"
    page = (
        "<p>一、收支总表\t1</p><p>二、收入总表\t2</p><p>三、支出总表\t3</p><div>经办：\t审核：\t日期：</div>"
        "<div><table><tr><td>甲</td></tr></table></div>"
        f"<p>科目{tab}2024年{tab}2025年</p><p>教育支出{tab}1.20{tab}3.40</p><p>{tab}{tab}5.60</p><p>\t如上表所示。</p>"
    )
    found = blocks(tmp_path, page)
    assert found[:5] == ["一、收支总表\t1", "二、收入总表\t2", "三、支出总表\t3", "经办：\t审核：\t日期：", "甲"]
    assert found[5:] == [[["科目", "2024年", "2025年"], ["教育支出", "1.20", "3.40"], ["", "", "5.60"]], "如上表所示。"]


def test_fields_parted_by_blanks(tmp_path: Path) -> None:
    row = "<p>{}&nbsp;&nbsp;&nbsp;{}&nbsp; {}</p>"
    page = row.format("科目", "2024年", "2025年") + row.format("教育支出", "1.20", "3.40") + "<p>教育 支出</p>"
    assert blocks(tmp_path, page) == [[["科目", "2024年", "2025年"], ["教育支出", "1.20", "3.40"]], "教育 支出"]
