"""What a page break does to a table: each case on pages made for it, held to the same table on one page."""

from __future__ import annotations

import pytest
from handmade import Page, make_pdf

from mingzhang.cube import Disclosure
from mingzhang.documents.pdf import read_pdf
from mingzhang.recognition import recognise

XS = (50, 120, 260, 340, 420, 500)
HEADER = ("科目编码", "科目名称", "合计", "基本支出", "项目支出")
ROWS = (
    ("205", "教育支出", "20.00", "", "20.00"),
    ("20508", "进修及培训", "20.00", "", "20.00"),
    ("2050803", "培训支出", "20.00", "", "20.00"),
    ("208", "社会保障和就业支出", "130.00", "120.00", "10.00"),
    ("20805", "行政事业单位养老支出", "130.00", "120.00", "10.00"),
    ("2080501", "行政单位离退休", "30.00", "20.00", "10.00"),
    ("2080505", "机关事业单位基本养老保险", "100.00", "100.00", ""),
)
TOTAL = ("", "合计", "150.00", "120.00", "30.00")
Rows = tuple[tuple[str, ...], ...]


def edges(rows: int, top: float) -> list[float]:
    return [top + 20 * number for number in range(rows + 1)]


def headed(page: Page | None = None) -> Page:
    page = Page() if page is None else page
    page.text(200, 60, "某某县教育局2025年部门预算", 14)
    return page.text(220, 85, "一般公共预算支出表", 12).text(430, 95, "单位：万元")


def table(page: Page, rows: Rows, top: float, xs: tuple[float, ...] = XS) -> Page:
    ys = edges(len(rows), top)
    return page.grid(xs, ys).rows(xs, ys, rows)


def read(*pages: Page) -> Disclosure:
    return recognise(read_pdf(make_pdf(*pages), "a.pdf", "0" * 64))


def told(disclosure: Disclosure) -> list[tuple[str, str]]:
    """Where each printed amount stands, in the order of the document."""
    return [
        (" ".join(f"{name}={value}" for name, value in o.point.named().items()), o.amount.printed)
        for o in disclosure.observations
        if not o.amount.is_blank
    ]


def amounts_unread(disclosure: Disclosure) -> list[str]:
    return [item.printed for item in disclosure.unread if item.kind != "identifier"]


@pytest.fixture(scope="module")
def whole() -> list[tuple[str, str]]:
    found = told(read(table(headed(), (HEADER, *ROWS, TOTAL), 100)))
    assert len(found) == 20
    return found


def assert_same(disclosure: Disclosure, whole: list[tuple[str, str]]) -> None:
    assert len(disclosure.tables) == 1
    assert told(disclosure) == whole
    assert amounts_unread(disclosure) == []


@pytest.mark.parametrize("repeated", [True, False], ids=["header repeated", "no header"])
def test_a_table_over_two_pages(repeated: bool, whole: list[tuple[str, str]]) -> None:
    rest = (*((HEADER,) if repeated else ()), *ROWS[4:], TOTAL)
    assert_same(read(table(headed(), (HEADER, *ROWS[:4]), 100), table(Page(), rest, 60)), whole)


def test_a_total_alone_on_the_last_page_of_three(whole: list[tuple[str, str]]) -> None:
    pages = [table(headed(), (HEADER, *ROWS[:4]), 100), table(Page(), ROWS[4:], 60), table(Page(), (TOTAL,), 60)]
    assert_same(read(*pages), whole)


MORE = {
    "an empty column after the last": (XS[0], *XS[1:], 540),
    "an empty column before the first": (20, *XS),
    "an empty sliver after the last": (*XS, 506),
    "an empty column within": (50, 120, 250, 260, 340, 420, 500),
}


def widened(rows: Rows, xs: tuple[float, ...]) -> Rows:
    empty = next(number for number, x in enumerate(xs) if x not in XS)
    at = empty if empty and xs[empty] > XS[0] else 0
    at = len(XS) - 1 if xs[empty] > XS[-1] else at
    return tuple((*row[:at], "", *row[at:]) for row in rows)


@pytest.mark.parametrize("repeated", [True, False], ids=["header repeated", "no header"])
@pytest.mark.parametrize("case", MORE)
@pytest.mark.parametrize("where", ["first page", "second page"])
def test_a_column_more_on_one_of_the_pages(case: str, where: str, repeated: bool, whole: list[tuple[str, str]]) -> None:
    first, rest = (HEADER, *ROWS[:4]), (*((HEADER,) if repeated else ()), *ROWS[4:], TOTAL)
    xs = MORE[case]
    if where == "first page":
        assert_same(read(table(headed(), widened(first, xs), 100, xs), table(Page(), rest, 60)), whole)
    else:
        assert_same(read(table(headed(), first, 100), table(Page(), widened(rest, xs), 60, xs)), whole)


def test_a_column_that_is_empty_on_one_page_is_not_drawn_there(whole: list[tuple[str, str]]) -> None:
    """基本支出 has no amount on the page, and the program that printed it left the column's line out."""
    first = table(headed(), (HEADER, *ROWS[3:]), 100)
    narrow = (50, 120, 260, 340, 500)
    rest = tuple((*row[:3], row[4]) for row in ROWS[:3])
    found = read(first, table(Page(), rest, 60, narrow))
    assert len(found.tables) == 1
    assert [item for item in told(found) if item not in whole] == []
    assert amounts_unread(found) == ["20.00"] * 3  # drawn under both columns: in which they are is not known
    reasons = {item.reason for item in found.unread if item.kind == "amount"}
    assert reasons == {"单元格跨越多栏，无法确定这个数属于哪一栏"}


def two_level_header(page: Page, top: float, levels: tuple[int, ...]) -> float:
    """Draws the named levels of a header of two; returns the y below them."""
    for level in levels:
        if level == 0:
            page.frame(50, top, 500, top + 20).line(260, top, 260, top + 20)
            page.text(130, top + 14, "项目").text(350, top + 14, "本年支出")
        else:
            ys = [top, top + 20]
            page.grid(XS, ys).rows(XS, ys, (HEADER,))
        top += 20
    return top


def test_a_header_of_two_rows_parted_by_the_page_break(whole: list[tuple[str, str]]) -> None:
    first, second = headed(), Page()
    two_level_header(first, 100, (0,))
    top = two_level_header(second, 60, (1,))
    table(second, (*ROWS, TOTAL), top)
    assert_same(read(first, second), whole)


def test_a_header_alone_at_the_foot_of_a_page(whole: list[tuple[str, str]]) -> None:
    first, second = headed(), Page()
    two_level_header(first, 100, (0, 1))
    table(second, (*ROWS, TOTAL), 60)
    assert_same(read(first, second), whole)


def test_a_header_alone_at_the_foot_of_a_page_and_again_on_the_next(whole: list[tuple[str, str]]) -> None:
    first, second = headed(), Page()
    two_level_header(first, 100, (0, 1))
    top = two_level_header(second, 60, (0, 1))
    table(second, (*ROWS, TOTAL), top)
    assert_same(read(first, second), whole)


def test_a_name_parted_by_the_page_break_is_whole() -> None:
    """Code and amounts stand beside the second line of the name."""
    above = ("", "行政事业单位", "", "", "")
    first = table(headed(), (HEADER, *ROWS[:4], above), 100)
    found = read(first, table(Page(), (("20805", "养老支出", *ROWS[4][2:]), *ROWS[5:], TOTAL), 60))
    assert {o.label for o in found.observations if o.point.function == "20805"} == {"行政事业单位养老支出"}


def test_words_of_a_header_parted_by_the_page_break(whole: list[tuple[str, str]]) -> None:
    """A header row whose cells begin on one page and end on the next."""
    first, second = headed(), Page()
    upper = ("科目", "科目", "", "基本", "项目")
    lower = ("编码", "名称", "合计", "支出", "支出")
    table(first, (upper,), 100)
    table(second, (lower, *ROWS, TOTAL), 60)
    assert_same(read(first, second), whole)


def test_a_title_alone_at_the_foot_of_a_page(whole: list[tuple[str, str]]) -> None:
    assert_same(read(headed(), table(Page(), (HEADER, *ROWS, TOTAL), 60)), whole)


def test_a_row_parted_by_the_page_break(whole: list[tuple[str, str]]) -> None:
    """A name of two lines: the first with the amounts on one page, the second on the next."""
    first = table(headed(), (HEADER, *ROWS[:4], ("20805", "行政事业单位", *ROWS[4][2:])), 100)
    second = table(Page(), (("", "养老支出", "", "", ""), *ROWS[5:], TOTAL), 60)
    found = read(first, second)
    assert_same(found, whole)
    assert {o.label for o in found.observations if o.point.function == "20805"} == {"行政事业单位养老支出"}


def test_a_cell_in_both_text_layers_is_read_once(whole: list[tuple[str, str]]) -> None:
    """A row at the break is drawn whole on both pages, as far as each shows it: what a page does not show is not there."""
    first = headed()
    table(first, (HEADER, *ROWS[:4]), 100)
    ys = edges(5, 100)
    # The fifth row begins here and ends on the next page: its text sits in the part that the next page shows.
    first.line(50, 200, 50, 208).line(500, 200, 500, 208)
    for x, text in zip(XS, ROWS[4], strict=False):
        first.clipped((50, ys[0], 500, 208), x + 3, 218, text)
    second = Page()
    table(second, (*ROWS[4:], TOTAL), 60)
    for x, text in zip(XS, ROWS[3], strict=False):
        second.clipped((50, 60, 500, 300), x + 3, 54, text)
    assert_same(read(first, second), whole)


def test_a_row_drawn_whole_at_the_foot_and_at_the_head_is_one(whole: list[tuple[str, str]]) -> None:
    """Both pages show the row that the break goes through: it is drawn open below on the one, open above on the other."""
    first = table(headed(), (HEADER, *ROWS[:4]), 100)
    for x in XS:
        first.line(x, 200, x, 220)
    first.rows(XS, (200, 220), (ROWS[4],))
    second = table(Page(), (*ROWS[5:], TOTAL), 80)
    for x in XS:
        second.line(x, 60, x, 80)
    second.rows(XS, (60, 80), (ROWS[4],))
    found = read(first, second)
    assert_same(found, whole)
    again = [item.printed for item in found.unread if "末行相同" in item.reason]
    assert again == ["20805", "130.00", "120.00", "10.00"]
    assert any("完全相同" in note for note in found.notes)


def test_printed_page_numbers_between_the_parts(whole: list[tuple[str, str]]) -> None:
    first = table(headed(), (HEADER, *ROWS[:4]), 100).text(290, 810, "— 17 —")
    second = table(Page(), (*ROWS[4:], TOTAL), 60).text(290, 810, "— 18 —")
    assert_same(read(first, second), whole)


def test_pages_of_both_directions(whole: list[tuple[str, str]]) -> None:
    first = table(headed(), (HEADER, *ROWS[:4]), 100)
    assert_same(read(first, table(Page(842, 595), (HEADER, *ROWS[4:], TOTAL), 60)), whole)
