"""The list of findings, the annotated PDF and the 检查表, opened again: the right content in the right place."""

from __future__ import annotations

import io
import sys
import tomllib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

import openpyxl
import pypdfium2  # type: ignore[import-untyped]
import pytest
from report_samples import verdict_on, write
from verdict_samples import clean_verdict, verdict

from mingzhang import cli
from mingzhang.cube import Paragraph, Source
from mingzhang.cube.finding import Finding, with_fingerprints
from mingzhang.documents.pdf.glyphs import Placement
from mingzhang.errors import EXIT_FINDINGS, EXIT_USAGE, FormError, UsageError
from mingzhang.publication.checklist.docx import checklist_docx
from mingzhang.publication.checklist.filling import Publication, fill_checklist
from mingzhang.publication.checklist.html import checklist_html
from mingzhang.publication.checklist.layout import Layout, parse_layout, standard_layout
from mingzhang.publication.checklist.words import problem
from mingzhang.publication.checklist.xlsx import checklist_workbook
from mingzhang.publication.report.annotated_pdf import annotated_pdf
from mingzhang.publication.report.crops import Crops, crops_of
from mingzhang.publication.report.list_xlsx import COLUMNS, findings_workbook

TODAY = date(2024, 3, 1)


def open_book(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


# --- the list ---------------------------------------------------------------------------------------------------------


def test_one_row_a_finding() -> None:
    book = open_book(findings_workbook(verdict()))
    assert book.sheetnames == ["问题清单", "四舍五入差额", "核对范围"]
    sheet = book["问题清单"]
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0] == tuple(name for name, _ in COLUMNS)
    assert len(rows) == 3
    first = dict(zip(rows[0], rows[1], strict=True))
    assert (first["级别"], first["表名"], first["位置"], first["规则"]) == (
        "错误",
        "支出预算总表",
        "第5行",
        "sum-of-items",
    )
    assert first["各种可能"].count("\n") == 1
    second = dict(zip(rows[0], rows[2], strict=True))
    assert (second["印出的数"], second["应为"]) == ("社会保障", "社会保障和就业支出")
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:R3"
    assert book["四舍五入差额"].max_row == 7
    told = {row[0]: row[1] for row in book["核对范围"].iter_rows(min_row=2, values_only=True)}
    assert told["未能核对"] == "3条勾稽关系（所需的行、列或数字没有读到）"
    assert "不自洽" in told["结论"]


def test_the_page_opens_the_document(tmp_path: Path) -> None:
    sheet = open_book(findings_workbook(verdict_on(write(tmp_path))))["问题清单"]
    cell = next(cell for cell in sheet["H"] if cell.value == 2)
    assert cell.hyperlink.target == "%E9%A2%84%E7%AE%97.pdf#page=2"


@pytest.mark.parametrize(
    ("library", "code"), [("PIL", "needs-pillow"), ("pikepdf", "needs-pikepdf"), ("docx", "needs-python-docx")]
)
def test_a_library_that_is_not_installed_is_named(
    library: str, code: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = write(tmp_path)
    made = verdict_on(place)
    checklist = fill_checklist(made, standard_layout(), Publication(TODAY))
    monkeypatch.setitem(sys.modules, library, None)
    monkeypatch.setitem(sys.modules, f"{library}.Image", None)
    makers: dict[str, Callable[[], object]] = {
        "PIL": lambda: crops_of(place.read_bytes(), made.findings),
        "pikepdf": lambda: annotated_pdf(place.read_bytes(), made),
        "docx": lambda: checklist_docx(checklist, Crops()),
    }
    with pytest.raises(UsageError) as refused:
        makers[library]()
    assert refused.value.code == code
    assert "pip install 'mingzhang[report]'" in refused.value.message


def test_a_list_without_findings_says_so_and_formulas_stay_text() -> None:
    sheet = open_book(findings_workbook(clean_verdict()))["问题清单"]
    assert "没有发现问题" in sheet["C2"].value
    bad = with_fingerprints([Finding("x", "error", "=1+1", ("k",))])
    cell = open_book(findings_workbook(replace(verdict(), findings=bad)))["问题清单"]["C2"]
    assert (cell.value, cell.data_type) == ("=1+1", "s")


# --- the annotated PDF ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_the_highlight_lies_on_the_number(tmp_path: Path, rotate: int) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    place = write(tmp_path, rotate)
    file = pypdfium2.PdfDocument(str(place))
    page = file[1]
    text = page.get_textpage()
    target = text.get_charbox(text.search("125.00").get_next()[0])  # in the page's own coordinates
    shown = Placement(page.get_bbox(), page.get_rotation()).box(*target)  # as the reader gives places
    file.close()
    finding = with_fingerprints([Finding("x", "error", "这个数不对。", ("k",), (Source(page=2, bbox=shown),))])
    with pikepdf.open(io.BytesIO(annotated_pdf(place.read_bytes(), replace(verdict(), findings=finding)))) as opened:
        (note,) = [a for a in opened.pages[1].Annots if a.Subtype == "/Highlight"]
        left, bottom, right, top = (float(number) for number in note.Rect)
        assert "【错误】这个数不对。" in str(note.Contents)
    assert (left, bottom, right, top) == pytest.approx(target, abs=0.01)


def test_pages_and_content_stay_and_the_rest_is_on_the_first_note(tmp_path: Path) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    place = write(tmp_path)
    data = place.read_bytes()
    made = verdict_on(place)
    unplaced = Finding("y", "warning", "缺少一张表。", ("z",))
    made = replace(made, findings=with_fingerprints([*made.findings, unplaced]))
    result = annotated_pdf(data, made)
    assert result == annotated_pdf(data, made)
    with pikepdf.open(io.BytesIO(data)) as before, pikepdf.open(io.BytesIO(result)) as after:
        assert len(before.pages) == len(after.pages) == 2
        for old, new in zip(before.pages, after.pages, strict=True):
            assert old.Contents.read_bytes() == new.Contents.read_bytes()
            assert {key: value for key, value in new.obj.items() if key not in ("/Annots", "/Parent")}.keys() == {
                *set(old.obj.keys()) - {"/Annots", "/Parent"}
            }
        (note,) = [a for a in after.pages[0].Annots if a.Subtype == "/Text"]
        told = str(note.Contents)
    assert told.startswith("结论：")
    assert "缺少一张表。" in told
    assert "核对范围：" in told
    again = annotated_pdf(result, made)  # those that are there stay
    with pikepdf.open(io.BytesIO(again)) as twice:
        assert sum(a.Subtype == "/Text" for a in twice.pages[0].Annots) == 2


def test_what_is_no_pdf_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UsageError) as refused:
        annotated_pdf(b"text", verdict())
    assert refused.value.code == "not-a-pdf"
    place = tmp_path / "预算.txt"
    place.write_text("某市某局2024年部门预算\n\n2024年支出预算120.00万元。\n", encoding="utf-8")
    assert cli.main(["check", str(place), "-o", str(tmp_path / "批注.pdf")]) == EXIT_USAGE
    assert "不是 PDF，没有可以加批注的页面" in capsys.readouterr().err
    assert not (tmp_path / "批注.pdf").exists()


# --- the 检查表 -------------------------------------------------------------------------------------------------------


def filled(made: Any, layout: Layout | None = None, **told: Any) -> dict[str, Any]:
    checklist = fill_checklist(made, layout or standard_layout(), Publication(TODAY, **told))
    return {line.name: line for line in checklist.lines}


def test_a_line_says_no_only_for_what_is_proved_and_yes_only_for_what_was_checked() -> None:
    lines = filled(verdict())
    table = lines["表3支出预算总表"]
    assert table.answer == "否"
    assert [finding.rule for finding in table.findings] == ["sum-of-items", "name-differs"]
    assert (lines["单位名称"].answer, lines["单位名称"].basis) == ("是", "某市某局")
    assert (lines["公开网址"].answer, lines["公开网址"].basis) == ("未核对", "没有提供，请填写")
    assert lines["主要职能"].answer == "未核对"
    assert "没有找到" in lines["主要职能"].basis
    doubts = replace(verdict(), findings=verdict().findings[1:])
    assert filled(doubts)["表3支出预算总表"].answer == "未核对"


def test_a_table_that_nothing_was_held_against_is_not_yes() -> None:
    made = replace(clean_verdict(), marks=("untied", "untied", "untied"))
    assert filled(made)["表3支出预算总表"].answer == "未核对"
    made = replace(clean_verdict(), marks=("proved", "untied", "untied"))
    assert filled(made)["表3支出预算总表"].answer == "是"


def test_what_should_end_a_sentence_ends_it_once() -> None:
    made = verdict()
    checklist = fill_checklist(made, standard_layout(), Publication(TODAY))
    cut = replace(
        made.findings[0], message="缺少句末标点，应为“。”。", reported="跟踪监督", expected="跟踪监督。", slip=None
    )
    assert "跟踪监督 → 跟踪监督。（" in problem(1, checklist, cut)
    other = replace(cut, message="名称有误。", reported="甲", expected="乙")
    assert "名称有误。甲 → 乙。（" in problem(1, checklist, other)


@pytest.mark.parametrize(
    ("approved", "published", "answer"),
    [((2024, 2, 1), (2024, 2, 21), "是"), ((2024, 2, 1), (2024, 2, 22), "否"), ((2024, 2, 2), (2024, 2, 1), "未核对")],
)
def test_timeliness(approved: tuple[int, ...], published: tuple[int, ...], answer: str) -> None:
    lines = filled(verdict(), approved=date(*approved), published=date(*published))
    assert lines["批复后20日内公开"].answer == answer


TEXTS = (
    "某市某局2024年部门预算",
    "目录",
    "一、主要职能",
    "二、机构设置",
    "一、主要职能",
    "负责某事",
    "二、机构设置",
    "下设某科",
)


def test_a_finding_in_the_text_stands_with_its_section() -> None:
    made = verdict()
    text = tuple(Paragraph(words, Source(line=number)) for number, words in enumerate(TEXTS, start=1))
    findings = with_fingerprints(
        [
            Finding("wording", "style", "职能有错字。", ("a",), (Source(line=6, quote="某事"),)),
            Finding("wording", "error", "机构有错字。", ("b",), (Source(line=8),)),
            Finding("wording", "error", "封面有错字。", ("c",), (Source(line=1),)),
            Finding("contents-table-absent", "error", "缺表。", ("d",)),
            Finding("wording", "warning", "不知在哪里。", ("e",)),
            Finding("tail", "rounding", "尾差。", ("f",), (Source(line=8),)),
        ]
    )
    lines = filled(replace(made, disclosure=replace(made.disclosure, text=text), findings=findings))
    assert [f.message for f in lines["主要职能"].findings] == ["职能有错字。"]
    assert lines["主要职能"].answer == "是"  # wording is listed, it fails no line
    assert lines["主要职能"].basis == "已找到（第5行）"
    assert [f.message for f in lines["机构设置"].findings] == ["机构有错字。"]
    assert [f.message for f in lines["封面"].findings] == ["封面有错字。"]
    assert [f.message for f in lines["目录"].findings] == ["缺表。"]
    assert [f.message for f in lines["以上未列的问题"].findings] == ["不知在哪里。"]
    assert sum(len(line.findings) for line in lines.values()) == 5


@pytest.mark.parametrize(
    ("heading", "line"),
    [
        ("（一）主要职责", "主要职能"),
        ("某市某局（部门）主要职能", "主要职能"),
        ("二、部门机构设置及预算单位构成情况", "机构设置"),
        ("2024年部门预算编制说明", "编制说明"),
        ("三、支出预算情况说明", "编制说明"),
        ("（十）其他重要事项的情况说明", "其他说明"),
        ("第四部分 名词解释", "名词解释"),
        ("主要职能包括：", None),
        ("20件机构设置", None),
    ],
)
def test_headings_as_they_are_printed(heading: str, line: str | None) -> None:
    made = verdict()
    text = (Paragraph("目录", Source(page=1)), Paragraph(heading, Source(page=1)), Paragraph(heading, Source(page=3)))
    lines = filled(replace(made, disclosure=replace(made.disclosure, text=text), findings=()))
    found = {name for name, told in lines.items() if told.basis == "已找到（第3页）"}
    assert found == ({line} if line else set())


def test_the_title_of_a_table_belongs_to_the_table() -> None:
    made = verdict()
    (table,) = made.disclosure.tables
    captioned = replace(table, caption=(Paragraph("支出预算总表", Source(line=3)),))
    disclosure = replace(made.disclosure, tables=(captioned,))
    findings = with_fingerprints([Finding("agency-name-other", "error", "名称有误。", ("a",), (Source(line=3),))])
    lines = filled(replace(made, disclosure=disclosure, findings=findings))
    assert [finding.message for finding in lines["表3支出预算总表"].findings] == ["名称有误。"]


def test_a_line_on_the_page_of_a_table_about_it_belongs_to_it() -> None:
    made = verdict()
    cell = Source(page=9, bbox=(1.0, 1.0, 2.0, 2.0), table="t01", row=1, column=1)
    note = Source(page=9, bbox=(1.0, 50.0, 9.0, 60.0))
    text = (Paragraph("主要职能", Source(page=3, bbox=(1.0, 1.0, 9.0, 9.0))),)
    findings = with_fingerprints([Finding("empty", "error", "附注有误。", ("a",), (note, cell))])
    disclosure = replace(made.disclosure, text=text)
    assert filled(replace(made, disclosure=disclosure, findings=findings))["表3支出预算总表"].answer == "否"
    apart = with_fingerprints([Finding("empty", "error", "文字有误。", ("a",), (note._replace(page=4), cell))])
    assert filled(replace(made, disclosure=disclosure, findings=apart))["主要职能"].answer == "否"


def test_the_word_file(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    place = write(tmp_path)
    made = verdict_on(place)
    checklist = fill_checklist(made, standard_layout(), Publication(TODAY, address="https://example.gov.cn/1"))
    crops = crops_of(place.read_bytes(), made.findings)
    data = checklist_docx(checklist, crops)
    assert data == checklist_docx(checklist, crops)
    document = docx.Document(io.BytesIO(data))
    assert document.paragraphs[0].text == "某某市某某局2024年部门预算公开检查表"
    (table,) = document.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["检查内容", "项目", "符合要求", "问题"]
    assert ["公开情况", "公开网址", "是", "https://example.gov.cn/1"] in rows
    (line,) = [row for row in rows if row[1] == "部门支出预算总表"]
    assert line[2] == "否"
    assert "截图日期2024年3月1日" in line[3]
    assert len(document.inline_shapes) >= 1
    told = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert "核对范围" in told
    assert "检查日期：2024年3月1日" in told


def test_the_other_shapes_say_the_same() -> None:
    checklist = fill_checklist(verdict(), standard_layout(), Publication(TODAY))
    sheet = open_book(checklist_workbook(checklist))["检查表"]
    rows = [tuple(row) for row in sheet.iter_rows(min_row=3, max_col=4, values_only=True)]
    told = {(line.group, line.name, line.answer) for line in checklist.lines}
    assert {line[1:] for line in told} == {row[1:3] for row in rows if row[1]}
    assert list(dict.fromkeys(line.group for line in checklist.lines)) == [row[0] for row in rows if row[0] and row[1]]
    (first,) = [cell.row for cell in sheet["B"] if cell.value == "表3支出预算总表"]
    assert [sheet.cell(first + step, 4).value[:5] for step in (1, 2)] == ["1.【错误", "2.【疑点"]
    assert any(merged.coord == f"B{first}:B{first + 2}" for merged in sheet.merged_cells.ranges)
    assert sheet.row_dimensions[first + 1].height > 14
    page = checklist_html(checklist, Crops())
    assert all(line.name in page for line in checklist.lines)
    assert "<script" not in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (("within_days = 20", "within_days = '二十'"), "within_days 应是整数"),
        (('yes = "是"', ""), "缺少yes"),
        (('kind = "cover"', 'kind = "front"'), "第5个 [[item]]的 kind"),
        (('fails = ["error"]', 'fails = ["bad"]'), "fails 只能是"),
        (('title = "{agency}', 'title = "{unit}'), "title 中只能用"),
        (('name = "目录"', 'name = "目录"\nnames = "x"'), "不认识“names”"),
        (('open = "未核对"', 'open = "未核对'), "不是有效的 TOML"),
    ],
)
def test_a_mistaken_layout_is_refused(change: tuple[str, str], words: str) -> None:
    place = resources.files("mingzhang.publication.checklist") / "data" / "checklist.toml"
    text = place.read_text(encoding="utf-8")
    assert change[0] in text
    with pytest.raises(FormError) as refused:
        parse_layout(text.replace(*change, 1), "式样.toml")
    assert refused.value.code == "bad-layout"
    assert words in refused.value.message


def test_a_bureau_can_change_the_layout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = write(tmp_path)
    layout = tmp_path / "式样.toml"
    layout.write_text(
        'title = "检查表"\ncolumns = ["一", "二", "三", "四"]\nyes = "√"\nno = "×"\nopen = "—"\nfails = ["error"]\n'
        'doubts = []\nomits = []\nwithin_days = 20\n[[item]]\ngroup = "表"\nkind = "tables"\n',
        encoding="utf-8",
    )
    assert tomllib.loads(layout.read_text(encoding="utf-8"))
    output = tmp_path / "表.xlsx"
    arguments = ["check", str(place), "--format", "checklist", "-o", str(output), "--date", "2024-03-01"]
    assert cli.main([*arguments, "--layout", str(layout)]) == EXIT_FINDINGS
    sheet = open_book(output.read_bytes())["检查表"]
    assert [cell.value for cell in sheet[2]][:4] == ["一", "二", "三", "四"]
    assert sheet["C3"].value == "×"
    assert cli.main([*arguments[:-1], "昨天"]) == EXIT_USAGE
    assert "--date 应是日期" in capsys.readouterr().err
    assert cli.main([*arguments, "--layout", str(tmp_path / "没有.toml")]) == EXIT_USAGE
    assert "错误[no-layout]" in capsys.readouterr().err
