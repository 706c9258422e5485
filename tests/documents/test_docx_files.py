"""Word documents: what a reader of the page sees is what is read, with its place."""

from __future__ import annotations

import io
from pathlib import Path

import docx as python_docx
import pytest
from docx_maker import docx, p, part, read, run, tbl, tc, tr
from test_opening import refused
from workbook_maker import grids, lines, texts

from mingzhang.documents import Grid, Limits, Line
from mingzhang.documents.docx_numbering import numeral

FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
BEGIN, SEPARATE, END = (FIELD.format(kind) for kind in ("begin", "separate", "end"))


def read_lines(folder: Path, body: str, **parts: str) -> list[str]:
    return [line.text for line in lines(read(folder, docx(body, **parts)))]


def read_texts(folder: Path, body: str) -> list[list[str | None]]:
    (grid,) = grids(read(folder, docx(body)))
    return texts(grid)


def test_runs_tabs_breaks_and_hyphens(tmp_path: Path) -> None:
    stops = '<w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs>'
    body = (
        p(run("收入") + run("合计") + "<w:r><w:tab/><w:t>1,234.50</w:t><w:br/><w:t>下一行</w:t></w:r>", stops)
        + p(" ")
        + p("<w:r><w:t>2020</w:t><w:noBreakHyphen/><w:t>2024</w:t><w:softHyphen/><w:t>年</w:t></w:r>")
    )
    assert read_lines(tmp_path, body) == ["收入合计\t1,234.50", "下一行", "2020-2024年"]


def test_paragraphs_and_tables_count_together(tmp_path: Path) -> None:
    document = read(tmp_path, docx(p("题") + tbl(tr("甲", "乙"), tr("1", "2")) + p("尾") + tbl(tr("丙", "丁"))))
    assert [block.source.line for block in document.blocks] == [1, 2, 3, 4]
    first, second = grids(document)
    assert [cell.source.cell for cell in first.cells] == ["T1R1C1", "T1R1C2", "T1R2C1", "T1R2C2"]
    assert {cell.source.line for cell in first.cells} == {2}
    assert second.cells[1].source.cell == "T2R1C2"
    assert (document.kind, document.pages, document.notes) == ("docx", None, ())


def test_spans(tmp_path: Path) -> None:
    wide, down, on = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = tbl(
        tr(tc("科目", down), tc("预算数", wide), "备注"),
        tr(tc("", on), "小计", "其中", "无"),
        tr(tc("甲", wide + down), "1", "2"),
        tr(tc("", wide + on), "3", "4"),
        tr(tc("", on), "5", "6", "7"),
    )
    (grid,) = grids(read(tmp_path, docx(body)))
    assert texts(grid) == [
        ["科目", "预算数", None, "备注"],
        [None, "小计", "其中", "无"],
        ["甲", None, "1", "2"],
        [None, None, "3", "4"],
        ["", "5", "6", "7"],  # goes on with nothing: the cell above has another width
    ]
    assert [(c.row_span, c.column_span) for c in grid.cells if c.text in ("科目", "预算数", "甲")] == [
        (2, 1),
        (1, 2),
        (2, 2),
    ]


def test_rows_that_begin_late_and_old_horizontal_merges(tmp_path: Path) -> None:
    body = tbl(
        tr("甲", "乙", "丙"),
        tr("1", "2", properties='<w:gridBefore w:val="1"/>'),
        tr(tc("3", '<w:hMerge w:val="restart"/>'), tc("", "<w:hMerge/>"), "4"),
    )
    (grid,) = grids(read(tmp_path, docx(body)))
    assert [(c.row, c.column, c.text, c.column_span) for c in grid.cells][3:] == [
        (1, 1, "1", 1),
        (1, 2, "2", 1),
        (2, 0, "3", 2),
        (2, 2, "4", 1),
    ]


def test_spans_as_python_docx_writes_them(tmp_path: Path) -> None:
    made = python_docx.Document()
    table = made.add_table(4, 4)
    table.cell(0, 0).merge(table.cell(1, 0)).text = "甲"
    table.cell(0, 1).merge(table.cell(0, 3)).text = "乙"
    table.cell(2, 1).merge(table.cell(3, 2)).text = "丙"
    table.cell(2, 0).text = "1"
    buffer = io.BytesIO()
    made.save(buffer)
    (grid,) = grids(read(tmp_path, buffer.getvalue()))
    assert texts(grid) == [
        ["甲", "乙", None, None],
        [None, "", "", ""],
        ["1", "丙", None, ""],
        ["", None, None, ""],
    ]


def test_paragraphs_of_a_cell_are_one_text(tmp_path: Path) -> None:
    assert read_texts(tmp_path, tbl(tr(tc(p("一般公共") + p("预算")), "1"), tr("乙", "2")))[0][0] == "一般公共预算"


# --- tables within tables ------------------------------------------------------------------------------------------

INNER = tbl(tr("指标", "值"), tr("数量", "3"))


def kinds(folder: Path, body: str) -> list[object]:
    return [block.text if isinstance(block, Line) else texts(block) for block in read(folder, docx(body)).blocks]


def test_a_table_within_a_row_parts_the_outer_table(tmp_path: Path) -> None:
    body = tbl(tr("项目", "甲"), tr("金额", "5"), tr("绩效", tc(p("如下") + INNER)), tr("年初", "1"), tr("年末", "2"))
    assert kinds(tmp_path, body) == [
        [["项目", "甲"], ["金额", "5"]],
        "绩效",
        "如下",
        [["指标", "值"], ["数量", "3"]],
        [["年初", "1"], ["年末", "2"]],
    ]
    document = read(tmp_path, docx(body))
    assert [grid.cells[0].source.cell for grid in grids(document)] == ["T1R1C1", "T2R1C1", "T1R4C1"]


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    assert kinds(tmp_path, tbl(tr(tc(p("第一段") + p("第二段"))), tr("第三段"))) == ["第一段", "第二段", "第三段"]
    framed = tbl(tr("甲", tc(tbl(tr("里")))), tr("乙", "1"))
    assert kinds(tmp_path, framed) == [[["甲", "里"], ["乙", "1"]]]


def test_an_empty_table_is_nothing(tmp_path: Path) -> None:
    assert kinds(tmp_path, tbl(tr("", ""), tr("", "")) + p("文")) == ["文"]


# --- revisions, fields, boxes --------------------------------------------------------------------------------------


def test_revisions_are_accepted(tmp_path: Path) -> None:
    body = (
        p(run("共") + f"<w:ins>{run('12')}</w:ins><w:del><w:r><w:delText>34</w:delText></w:r></w:del>" + run("万元"))
        + p(f"<w:moveFrom>{run('旧处')}</w:moveFrom><w:moveTo>{run('新处')}</w:moveTo>")
        + p("前半", "<w:rPr><w:del/></w:rPr>")
        + p("后半")
        + tbl(tr("甲", "1"), tr("乙", "2", properties="<w:del/>"), tr("丙", "3", properties="<w:ins/>"))
    )
    document = read(tmp_path, docx(body))
    assert [line.text for line in lines(document)] == ["共12万元", "新处", "前半后半"]
    assert texts(grids(document)[0]) == [["甲", "1"], ["丙", "3"]]
    assert document.notes == ("文档中有未接受的修订，按接受修订后的内容读取。",)


def test_fields_show_their_results_only(tmp_path: Path) -> None:
    inner = BEGIN + "<w:r><w:instrText>PAGEREF x</w:instrText></w:r>" + run("藏") + SEPARATE + run("3") + END
    body = (
        p(
            BEGIN
            + "<w:r><w:instrText>TOC</w:instrText></w:r>"
            + SEPARATE
            + run("一、职责")
            + "<w:r><w:tab/></w:r>"
            + inner
        )
        + p(run("二、机构") + "<w:r><w:tab/></w:r>" + inner + END)
        + p('<w:fldSimple w:instr="PAGE">' + run("7") + "</w:fldSimple>")
        + p(BEGIN + run("没有结束"))
        + p("后文")
    )
    assert read_lines(tmp_path, body) == ["一、职责\t3", "二、机构\t3", "7", "后文"]


def test_text_boxes_follow_their_paragraph_once(tmp_path: Path) -> None:
    box = f"<wps:txbx><w:txbxContent>{p('单位：万元')}{tbl(tr('甲', '1'), tr('乙', '2'))}</w:txbxContent></wps:txbx>"
    body = p(
        run("题") + f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict>{box}</w:pict></mc:Fallback></mc:AlternateContent></w:r>" + run("后半")
    )
    assert kinds(tmp_path, body) == ["题后半", "单位：万元", [["甲", "1"], ["乙", "2"]]]


def test_wrappers_are_seen_through_and_readings_left_out(tmp_path: Path) -> None:
    ruby = f"<w:r><w:ruby><w:rt>{run('pin')}</w:rt><w:rubyBase>{run('拼')}</w:rubyBase></w:ruby></w:r>"
    row = f"<w:sdt><w:sdtContent>{tr('甲', '1')}</w:sdtContent></w:sdt>"
    body = (
        f"<w:sdt><w:sdtPr><w:alias w:val='x'/></w:sdtPr><w:sdtContent>{p('内')}</w:sdtContent></w:sdt>"
        + p(f"<w:hyperlink><w:smartTag>{run('链')}</w:smartTag></w:hyperlink>{ruby}")
        + tbl(row, tr("乙", "2"))
        + "<w:sectPr/>"
    )
    assert kinds(tmp_path, body) == ["内", "链拼", [["甲", "1"], ["乙", "2"]]]


def test_what_was_not_read_is_told(tmp_path: Path) -> None:
    body = (
        p(run("见") + run("隐", "<w:vanish/>") + run("显", '<w:vanish w:val="0"/>'))
        + p("<w:r><w:drawing><a:blip/></w:drawing></w:r><w:r><w:object><o:OLEObject/></w:object></w:r>")
        + "<w:altChunk/>"
        + tbl(tr("甲", "1"), tr("乙", "2", properties="<w:hidden/>"))
    )
    document = read(tmp_path, docx(body))
    assert [line.text for line in lines(document)] == ["见显"]
    assert document.notes == (
        "文档中有 2 处隐藏文字未读取。",
        "文档中有 1 张图片未读取。",
        "文档中有 1 个嵌入的对象（如 Excel 表格）未读取，请另行提供该文件。",
        "文档中有 1 段嵌入的其他格式内容未读取，请用 Word 打开、保存后重新读取。",
    )
    assert "1 张图片未读取" in refused(tmp_path / "x", docx(p("<w:r><a:blip/></w:r>"))).message


# --- list numbers --------------------------------------------------------------------------------------------------


def level(number: int, form: str, text: str, more: str = "") -> str:
    return f'<w:lvl w:ilvl="{number}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{more}</w:lvl>'


NUMBERING = (
    '<w:abstractNum w:abstractNumId="7">'
    + level(0, "chineseCountingThousand", "%1、", '<w:pStyle w:val="H1"/>')
    + level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="H2"/>')
    + level(2, "decimal", "%3.")
    + level(3, "decimal", "%1.%3.%4", "<w:isLgl/>")
    + '</w:abstractNum><w:abstractNum w:abstractNumId="8">'
    + level(0, "bullet", "●")
    + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="8"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="7"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)
STYLES = (
    '<w:style w:styleId="H1"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="H2"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:styleId="Own"><w:basedOn w:val="H1"/></w:style>'
)


def numbered(text: str, number: int, depth: int = 0) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{number}"/></w:numPr>')


def styled(text: str, style: str, more: str = "") -> str:
    return p(text, f'<w:pStyle w:val="{style}"/>{more}')


def test_numbers_of_lists_are_part_of_the_text(tmp_path: Path) -> None:
    body = (
        numbered("职责", 1)
        + numbered("机构", 1)
        + numbered("内设", 1, 1)
        + numbered(" ", 1, 1)
        + numbered("下属", 1, 1)
        + numbered("2024年", 1, 2)
        + numbered("细", 1, 3)
        + numbered("预算", 1)
        + numbered("收入", 1, 1)
        + numbered("点", 2)
        + numbered("无此列表", 99)
        + numbered("另起", 3)
        + numbered("另起二", 3)
    )
    assert read_lines(tmp_path, body, numbering=NUMBERING) == [
        *("一、职责", "二、机构", "（一）内设", "（二）下属", "1. 2024年", "2.1.1 细", "三、预算", "（一）收入"),
        *("点", "无此列表", "五、另起", "六、另起二"),
    ]


def test_numbers_of_styles(tmp_path: Path) -> None:
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    former = '<w:pPrChange><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:pPrChange>'
    body = (
        styled("甲", "H1")
        + styled("子", "H2")
        + styled("乙", "Own")
        + styled("无号", "H1", none)
        + p("曾有号", former)
        + tbl(tr(tc(styled("丙", "H1")), "1"), tr("丁", "2"))
    )
    assert kinds_of_lines(tmp_path, body) == ["一、甲", "（一）子", "二、乙", "无号", "曾有号", "三、丙"]


def kinds_of_lines(folder: Path, body: str) -> list[str]:
    document = read(folder, docx(body, numbering=NUMBERING, styles=STYLES))
    return [block.cells[0].text if isinstance(block, Grid) else block.text for block in document.blocks]


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        *((n, "chineseCounting", t) for n, t in ((1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (35, "三十五"))),
        *(
            (n, "chineseCounting", t)
            for n, t in ((100, "一百"), (105, "一百零五"), (110, "一百一十"), (2001, "二千零一"))
        ),
        *((n, "upperRoman", t) for n, t in ((4, "IV"), (9, "IX"), (48, "XLVIII"))),
        *((n, "lowerLetter", t) for n, t in ((1, "a"), (26, "z"), (27, "aa"))),
        (3, "decimalEnclosedCircle", "③"),
        (30, "decimalEnclosedCircle", "30"),
        (12, "decimalFullWidth", "１２"),
        (2, "ideographTraditional", "乙"),
        (15, "chineseLegalSimplified", "壹拾伍"),
        (5, "anything", "5"),
        (10**9, "chineseCounting", "1000000000"),
    ],
)
def test_numerals(number: int, form: str, text: str) -> None:
    assert numeral(number, form) == text


# --- bad files -----------------------------------------------------------------------------------------------------

BOMB = '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]>'


@pytest.mark.parametrize("name", ["document", "numbering", "styles"])
def test_entities_are_refused_in_every_part(tmp_path: Path, name: str) -> None:
    data = docx(p("x"), **{name: f"{BOMB}<a>&c;</a>"})
    assert refused(tmp_path / "x.docx", data).code == "too-large"


@pytest.mark.parametrize(
    ("body", "limits"),
    [
        (tbl(tr(tc("甲", '<w:gridSpan w:val="999999999"/>'), "乙")), Limits()),
        (tbl(tr("甲", properties='<w:gridBefore w:val="999999999"/>')), Limits()),
        (tbl(*[tr("1", "2", "3")] * 40), Limits(cells=100)),
        ("<w:tbl><w:tr><w:tc>" * 60, Limits()),
        ("<w:smartTag>" * 5000, Limits()),
        (tbl(tr("1", "2")) * 60, Limits(cells=100)),
        (p("甲") * 100, Limits(markup_bytes=1000)),
        (p("甲") * 60, Limits(paragraphs=50)),
        (p("甲") * 100, Limits(tree_bytes=100)),
        (p("甲") * 100_000, Limits(ratio_floor_bytes=1000)),
        (p("甲") * 100_000, Limits(unpacked_bytes=1000)),
    ],
)
def test_bombs_are_too_large(tmp_path: Path, body: str, limits: Limits) -> None:
    assert refused(tmp_path / "x.docx", docx(body), limits).code == "too-large"


@pytest.mark.parametrize("inner", ["<w:tc/>", "<w:tr/>", "<w:p>", "</w:body>"])
def test_senseless_markup_is_damaged(tmp_path: Path, inner: str) -> None:
    assert refused(tmp_path / "x.docx", docx(inner)).code == "damaged-file"


def test_a_truncated_file_is_damaged(tmp_path: Path) -> None:
    whole = docx(p("甲") * 1000)
    for length in (30, len(whole) // 2, len(whole) - 30):
        assert refused(tmp_path / "x.docx", whole[:length]).code == "damaged-file"


def test_wrong_extension_is_told(tmp_path: Path) -> None:
    document = read(tmp_path, docx(p("甲")), "实为新版.doc")
    assert document.notes == ("文件扩展名是“.doc”，实际内容是 docx，已按实际内容读取。",)


def test_text_of_headers_and_notes_is_not_text(tmp_path: Path) -> None:
    assert read_lines(tmp_path, p("正文"), header1=part("hdr", p("页眉")), comments=part("comments", p("批注"))) == [
        "正文"
    ]
