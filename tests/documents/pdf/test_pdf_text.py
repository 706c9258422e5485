"""Paragraphs, page furniture, and files that cannot be read fully."""

from __future__ import annotations

import pytest
from handmade import Page, make_pdf

from mingzhang.documents import Document, Grid, Limits, Line
from mingzhang.documents.pdf import BACKENDS, read_pdf
from mingzhang.documents.pdf.glyphs import unified
from mingzhang.errors import UnreadableError


def read(*pages: Page, backend: str = "pdfium") -> Document:
    return read_pdf(make_pdf(*pages), "a.pdf", "0" * 64, backend=backend)


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Line)]


def prose(page: Page, text: str, y: float = 100, per_line: int = 40, indent: bool = True) -> float:
    """Sets a paragraph of ten-point type between x = 72 and 472; gives the baseline after it."""
    x, room = (92.0, per_line - 2) if indent else (72.0, per_line)
    while text:
        page.text(x, y, text[:room])
        text, x, room, y = text[room:], 72.0, per_line, y + 18
    return y


LONG = "部门预算收入包括一般公共预算拨款政府性基金预算拨款国有资本经营预算拨款财政专户管理资金" * 3


def test_wrapped_lines_are_one_paragraph_and_indented_ones_begin_another() -> None:
    page = Page()
    after = prose(page, LONG)
    after = prose(page, LONG + "二", after)
    prose(page, "短句。", after)
    assert lines(read(page)) == [LONG, LONG + "二", "短句。"]


def test_a_page_number_does_not_enter_a_sentence_that_crosses_pages() -> None:
    first, second = Page(), Page()
    after = prose(first, LONG)
    first.text(92, after, "财政拨款支出预算合计七千三百余万元比上年执行数据有所增长主要增加")
    first.text(92 + 33 * 10, after, "项目支出增加")
    first.text(290, 800, "3")
    second.text(72, 100, "7,331.92万元。").text(290, 800, "4")
    text = lines(read(first, second))
    assert text[-1].endswith("增加7,331.92万元。")
    assert not any(line in ("3", "4") for line in text)


@pytest.mark.parametrize("number", ["- 3 -", "—3—", "第3页", "第 3 页 共 9 页", "3/9", "3"])
def test_page_numbers_in_every_dress(number: str) -> None:
    page = Page()
    prose(page, LONG)
    page.text(290, 800, number)
    assert lines(read(page)) == [LONG]


def test_a_running_head_over_prose_is_removed_and_noted() -> None:
    pages = []
    for _ in range(4):
        page = Page().text(200, 40, "某单位2026年度部门预算公开")
        prose(page, LONG)
        pages.append(page)
    document = read(*pages)
    assert lines(document) == [LONG] * 4
    assert document.notes == ("第1页等4页重复的页眉或页脚“某单位2026年度部门预算公开”未计入正文",)


def test_a_title_repeated_over_tables_is_kept() -> None:
    pages = [
        Page().text(200, 40, "支出总表").grid((50, 150, 250), (60, 80, 100)).text(60, 74, "合计").right(240, 74, "1.00")
        for _ in range(4)
    ]
    assert lines(read(*pages)) == ["支出总表"] * 4


def test_a_title_printed_twice_in_one_place_is_read_once() -> None:
    page = (
        Page().text(200, 60, "收支预算总表", 16).text(200.4, 60, "收支预算总表", 16).text(200, 60, "收支预算总表", 16)
    )
    assert lines(read(page)) == ["收支预算总表"]


def test_repeated_digits_are_not_doubles() -> None:
    assert lines(read(Page().text(72, 60, "合计11,000.00万元……"))) == ["合计11,000.00万元……"]


def test_a_title_and_the_unit_beside_it_are_two_lines() -> None:
    assert lines(read(Page().text(72, 60, "部门收支总表").text(400, 60, "单位：万元"))) == [
        "部门收支总表",
        "单位：万元",
    ]


def test_letters_set_apart_are_one_line() -> None:
    assert "".join(lines(read(Page().text(200, 60, "目").text(280, 60, "录")))).replace(" ", "") == "目录"


def test_digits_of_a_sentence_on_another_baseline() -> None:
    page = Page().text(72, 60, "预算").text(92, 62.5, "1,396.07").text(132, 60, "万元")
    assert lines(read(page)) == ["预算1,396.07万元"]


def test_every_substring_knows_its_place() -> None:
    page = Page().text(72, 60, "收入1,396.07万元，增长3.54%")
    (line,) = [block for block in read(page).blocks if isinstance(block, Line)]
    start = line.text.index("1,396.07")
    source = line.source_at(start, start + 8)
    assert source.quote == "1,396.07"
    assert source.page == 1
    assert source.bbox is not None
    assert (source.bbox[0], source.bbox[2]) == pytest.approx((92, 132), abs=1.5)
    assert source.bbox[1] < 60 < source.bbox[3]


def test_a_place_on_the_second_page_of_a_paragraph() -> None:
    first, second = Page(), Page()
    prose(first, LONG[:118], per_line=40)
    second.text(72, 100, "余额为3.54万元。")
    (line,) = [block for block in read(first, second).blocks if isinstance(block, Line)]
    assert line.source_at(line.text.index("3.54"), line.text.index("3.54") + 4).page == 2


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_picture_of_a_page_is_noted(backend: str) -> None:
    document = read(Page().text(72, 60, "说明"), Page(image=True), Page(), backend=backend)
    assert document.notes == ("第2页为图像，未读取；读取扫描件需要先安装文字识别：pip install 'mingzhang[ocr]'",)


def test_a_chart_that_is_a_picture_is_noted() -> None:
    page, emblem = Page(), Page()
    prose(page, LONG[:118], per_line=40)
    prose(emblem, LONG[:118], per_line=40)
    page.commands.append("q 300 0 0 200 100 300 cm /Im Do Q")
    emblem.commands.append("q 40 0 0 40 100 300 cm /Im Do Q")
    document = read(page, emblem)
    assert document.notes == ("第1页有插图（如统计图），图中的文字和数字未计入",)


def test_slanted_text_is_not_read() -> None:
    page = Page().text(72, 60, "说明")
    page.commands.append("BT /F1 60 Tf 0.7 0.7 -0.7 0.7 150 300 Tm <6C346C34> Tj ET")
    document = read(page)
    assert lines(document) == ["说明"]
    assert document.notes == ("第1页有倾斜的文字（如水印），未计入",)


def test_private_use_characters_are_noted() -> None:
    document = read(Page().text(72, 60, "\ue101\ue102\ue103\ue104"))
    assert document.notes == ("第1页的字体没有字符编码对照，文字无法可靠读取",)


def test_radicals_are_read_as_the_characters_they_look_like() -> None:
    assert lines(read(Page().text(72, 60, "说明"))) == ["说明"]
    assert [unified(char) for char in "⼒⽀支A，"] == ["力", "支", "支", "A", "，"]


def error_code(data: bytes) -> str:
    with pytest.raises(UnreadableError) as caught:
        read_pdf(data, "坏.pdf", "")
    assert "坏.pdf" in caught.value.message
    return caught.value.code


def test_garbage_is_damaged() -> None:
    assert error_code(b"%PDF-1.4 not really a file") == "damaged-file"
    assert error_code(b"") == "damaged-file"


def test_no_pages() -> None:
    assert error_code(make_pdf()) == "no-pages"


def test_a_password() -> None:
    import pdf_oxide

    document = pdf_oxide.PdfDocument.from_bytes(make_pdf(Page().text(72, 60, "密")))
    assert error_code(document.to_bytes_encrypted("secret", "owner")) == "encrypted"


def test_a_file_cut_short_is_recovered_and_says_so() -> None:
    data = make_pdf(*(Page().text(72, 60, f"第{number}部分") for number in range(1, 4)))
    document = read_pdf(data[: data.rindex(b"xref\n0")], "a.pdf", "")
    assert lines(document)[0] == "第1部分"
    assert document.notes == ("文件已损坏或不完整，已按可恢复的内容读取，可能有缺页",)


def test_limits() -> None:
    data = make_pdf(Page(), Page().text(72, 60, "一二三").line(72, 70, 90, 70).line(72, 80, 90, 80), Page())
    for setting, code in (
        ("pdf_pages", "too-many-pages"),
        ("pdf_seconds", "too-large"),
        ("page_characters", "too-large"),
        ("page_rulings", "too-large"),
    ):
        limits = Limits(**{setting: 0 if setting == "pdf_seconds" else 1})
        with pytest.raises(UnreadableError) as caught:
            read_pdf(data, "a.pdf", "", limits=limits)
        assert caught.value.code == code
        assert setting in caught.value.message


def test_the_document_says_what_it_is() -> None:
    document = read(Page().text(72, 60, "说明"))
    assert (document.path, document.kind, document.pages, document.sha256) == ("a.pdf", "pdf", 1, "0" * 64)
    assert not any(isinstance(block, Grid) for block in document.blocks)


def test_a_line_that_ends_early_because_a_bracket_cannot_end_it_goes_on() -> None:
    """（项） stays together: the line before it is three characters short."""
    page = Page()
    after = prose(page, LONG)
    after = prose(page, LONG, after)
    page.text(92, after, ("5、" + "养老保险缴费支出" * 5)[:35])
    page.text(72, after + 18, "（项）。年初预算为85.55万元。")
    assert lines(read(page))[-1].endswith("缴费支出养（项）。年初预算为85.55万元。")
