"""The table traps of real disclosures, each on a page made for it."""

from __future__ import annotations

import itertools

import pytest
from handmade import Page, make_pdf

from mingzhang.documents import Document, Grid, Line
from mingzhang.documents.pdf import BACKENDS, read_pdf

XS = (50, 150, 250, 350)
YS = (100, 120, 140, 160)
TEXTS = (("科目", "上年", "本年"), ("教育支出", "1,234.50", "99.00"), ("合计", "1,234.50", "99.00"))


def read(*pages: Page, backend: str = "pdfium") -> Document:
    return read_pdf(make_pdf(*pages), "a.pdf", "0" * 64, backend=backend)


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def lines(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Line)]


def rows_of(grid: Grid) -> tuple[tuple[str, ...], ...]:
    """Texts by row, cells in order; spans are tested apart."""
    return tuple(tuple(cell.text for cell in grid.cells if cell.row == row) for row in range(grid.rows))


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_ruled_table(backend: str) -> None:
    (grid,) = grids(read(Page().grid(XS, YS).rows(XS, YS, TEXTS), backend=backend))
    assert rows_of(grid) == TEXTS
    assert grid.ruled
    assert grid.cells[4].source.page == 1
    assert grid.cells[4].source.bbox == pytest.approx((150, 120, 250, 140), abs=0.6)


def test_rulings_drawn_as_thin_filled_rectangles() -> None:
    page = Page()
    for y in YS:
        page.fill(XS[0], y - 0.3, XS[-1], y + 0.3)
    for x in XS:
        page.fill(x - 0.3, YS[0], x + 0.3, YS[-1])
    (grid,) = grids(read(page.rows(XS, YS, TEXTS)))
    assert rows_of(grid) == TEXTS


def test_rulings_drawn_as_the_edges_of_each_cell() -> None:
    page = Page()
    for top, bottom in itertools.pairwise(YS):
        for left, right in itertools.pairwise(XS):
            page.frame(left, top, right, bottom)
    (grid,) = grids(read(page.rows(XS, YS, TEXTS)))
    assert rows_of(grid) == TEXTS


def test_invisible_white_rectangles_make_no_rows() -> None:
    page = Page().grid(XS, YS).rows(XS, YS, TEXTS).fill(50, 129.7, 350, 130.3, grey=1)
    assert grids(read(page))[0].rows == 3


def test_dashed_lines_of_many_pieces() -> None:
    page = Page()
    for y in YS:
        for step in range(75):
            page.line(50 + 4 * step, y, 52 + 4 * step, y)
    for x in XS:
        for step in range(15):
            page.fill(x - 0.3, 100 + 4 * step, x + 0.3, 102.2 + 4 * step)
    (grid,) = grids(read(page.rows(XS, YS, TEXTS)))
    assert rows_of(grid) == TEXTS


def test_double_lines_are_one() -> None:
    page = Page().grid(XS, YS).rows(XS, YS, TEXTS)
    for y in YS:
        page.line(48, y + 2, 352, y + 2)
    page.line(48, 100, 48, 162).line(352, 100, 352, 162)
    (grid,) = grids(read(page))
    assert rows_of(grid) == TEXTS


def test_merged_cells_have_their_spans() -> None:
    page = Page()
    page.frame(50, 100, 350, 160).line(150, 100, 150, 160).line(150, 120, 350, 120).line(250, 120, 250, 160)
    page.line(50, 140, 350, 140)
    page.text(60, 124, "项目").text(200, 114, "支出").text(160, 134, "基本").text(260, 134, "项目")
    page.text(60, 154, "合计").right(245, 154, "1.00").right(345, 154, "2.00")
    (grid,) = grids(read(page))
    spans = {(cell.row, cell.column): (cell.row_span, cell.column_span, cell.text) for cell in grid.cells}
    assert spans == {
        (0, 0): (2, 1, "项目"),
        (0, 1): (1, 2, "支出"),
        (1, 1): (1, 1, "基本"),
        (1, 2): (1, 1, "项目"),
        (2, 0): (1, 1, "合计"),
        (2, 1): (1, 1, "1.00"),
        (2, 2): (1, 1, "2.00"),
    }


def test_a_table_open_at_its_sides() -> None:
    page = Page()
    for y in YS:
        page.line(50, y, 350, y)
    page.line(150, 100, 150, 160).line(250, 100, 250, 160)
    (grid,) = grids(read(page.rows(XS, YS, TEXTS)))
    assert rows_of(grid) == TEXTS


def test_a_continuation_page_without_a_top_ruling() -> None:
    page = Page()
    for y in YS[1:]:
        page.line(50, y, 350, y)
    for x in XS:
        page.line(x, 100, x, 160)
    (grid,) = grids(read(page.rows(XS, YS, TEXTS)))
    assert rows_of(grid) == TEXTS


def test_a_total_alone_on_the_last_page() -> None:
    page = Page().grid(XS, (60, 80)).rows(XS, (60, 80), [("合计", "12.00", "13.00")])
    (grid,) = grids(read(page))
    assert rows_of(grid) == (("合计", "12.00", "13.00"),)


def test_characters_are_ordered_by_baseline_not_by_the_order_of_the_file() -> None:
    page = Page().grid(XS, YS).text(63, 114, "般").text(73, 114.4, "公").text(53, 113.8, "一")
    assert grids(read(page.right(247, 134, "5.00")))[0].cells[0].text == "一般公"


def test_digits_of_one_number_on_two_baselines() -> None:
    page = Page().grid(XS, (100, 140, 160)).right(247, 114, "10,878").right(247, 128, ".43").text(53, 114, "收入")
    assert grids(read(page))[0].cells[1].text == "10,878.43"


def test_digits_on_a_slightly_lower_baseline() -> None:
    page = Page().grid(XS, YS).text(155, 114, "10,878").text(185, 116.5, ".43").text(53, 114, "收入")
    assert grids(read(page))[0].cells[1].text == "10,878.43"


def test_a_number_that_wraps_in_its_cell() -> None:
    xs = (50, 150, 190, 350)
    page = Page().grid(xs, (100, 140, 160)).text(153, 112, "1682.7").text(153, 126, "6").text(53, 112, "支出")
    assert grids(read(page))[0].cells[1].text == "1682.76"


def test_two_numbers_one_below_the_other_stay_two() -> None:
    page = Page().grid(XS, (100, 140, 160)).right(247, 114, "12.00").right(247, 128, "13.00").text(53, 112, "支出")
    assert grids(read(page))[0].cells[1].text == "12.00 13.00"


def test_a_wrapped_name_is_joined_without_a_space() -> None:
    page = Page().grid(XS, (100, 140, 160)).text(53, 114, "机关事业单位基本养").text(53, 128, "老保险缴费支出")
    page.right(247, 120, "3.00")
    assert grids(read(page))[0].cells[0].text == "机关事业单位基本养老保险缴费支出"


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_rotation_is_honoured(rotate: int, backend: str) -> None:
    upright = Page(300, 400).grid((50, 120, 200), (100, 120, 140))
    upright.text(55, 114, "甲").right(195, 114, "1.50").text(55, 134, "乙").right(195, 134, "22.00")
    turn = {90: "0 1 -1 0 400 0 cm", 180: "-1 0 0 -1 300 400 cm", 270: "0 -1 1 0 0 300 cm"}[rotate]
    across = (400.0, 300.0) if rotate != 180 else (300.0, 400.0)
    page = Page(*across, rotate=rotate, commands=[f"q {turn}", *upright.commands, "Q"])
    (grid,) = grids(read(page, backend=backend))
    assert rows_of(grid) == (("甲", "1.50"), ("乙", "22.00"))
    assert grid.source.bbox == pytest.approx((50, 100, 200, 140), abs=0.6)


def test_what_a_clip_hides_is_dropped_and_noted() -> None:
    page = Page().grid(XS, YS).rows(XS, YS, TEXTS)
    page.clipped((50, 120, 150, 140), 53, 148, "上一页的")  # the next row's box is not what it is seen through
    document = read(page)
    assert rows_of(grids(document)[0]) == TEXTS
    assert document.notes == ("第1页共有4个字符在页面或裁切范围之外，未计入",)


def test_a_clipped_name_does_not_run_into_the_next_cell() -> None:
    page = Page().grid(XS, YS).clipped((50, 120, 150, 140), 53, 134, "住房保障支出类住房公积金项目")
    page.right(247, 134, "8.00")
    cells = {(cell.row, cell.column): cell.text for cell in grids(read(page))[0].cells}
    assert cells[1, 0] == "住房保障支出类住房公"
    assert cells[1, 1] == "8.00"


@pytest.mark.parametrize("backend", BACKENDS)
def test_characters_outside_the_crop_box_are_dropped_and_noted(backend: str) -> None:
    page = Page(crop=(20, 20, 400, 400)).grid(XS, YS).rows(XS, YS, TEXTS).text(450, 114, "邻页")
    document = read(page, backend=backend)
    assert rows_of(grids(document)[0]) == TEXTS
    assert grids(document)[0].source.bbox == pytest.approx((30, 80, 330, 140), abs=0.6)
    assert document.notes == ("第1页共有2个字符在页面或裁切范围之外，未计入",)


def test_text_too_long_for_the_last_cell_stays_with_it() -> None:
    page = Page().grid(XS, YS).text(53, 114, "甲").text(255, 114, "一二三四五六七八九十甲")
    document = read(page)
    assert grids(document)[0].cells[2].text == "一二三四五六七八九十甲"
    assert lines(document) == []


def test_several_tables_on_a_page_in_order_with_text_between() -> None:
    page = Page().text(50, 90, "表一").grid(XS, YS).rows(XS, YS, TEXTS).text(50, 200, "表二 单位：万元")
    below = (210, 230, 250, 270)
    page.grid(XS, below).rows(XS, below, TEXTS)
    blocks = read(page).blocks
    assert [type(block) for block in blocks] == [Line, Grid, Line, Grid]


def test_portrait_and_landscape_pages_and_a_blank_one() -> None:
    document = read(Page().grid(XS, YS).rows(XS, YS, TEXTS), Page(), Page(842, 595).grid(XS, YS).rows(XS, YS, TEXTS))
    assert [grid.source.page for grid in grids(document)] == [1, 3]
    assert document.pages == 3


def three_rule_page(ruled: bool) -> Page:
    page = Page().text(200, 80, "支出决算表")
    table = [
        ("项目名称", "预算数", "执行数"),
        ("一般公共服务支出", "1,200.00", "1,100.50"),
        ("教育支出", "35.20", "30.00"),
        ("住房保障支出", "435.20", "430.00"),
        ("合计", "1,670.40", "1,560.50"),
    ]
    for number, (name, budget, executed) in enumerate(table):
        y = 114 + 20 * number
        page.text(60, y, name).right(260, y, budget).right(380, y, executed)
    if ruled:
        page.line(50, 98, 400, 98).line(50, 120, 400, 120).line(50, 200, 400, 200)
    return page


@pytest.mark.parametrize("ruled", [True, False], ids=["three rules", "no rules"])
def test_a_table_without_vertical_lines(ruled: bool) -> None:
    document = read(three_rule_page(ruled))
    (grid,) = grids(document)
    assert not grid.ruled
    assert (grid.rows, grid.columns) == (5, 3)
    assert rows_of(grid)[0] == ("项目名称", "预算数", "执行数")
    assert rows_of(grid)[4] == ("合计", "1,670.40", "1,560.50")
    assert lines(document) == ["支出决算表"]


def test_running_text_full_of_numbers_is_never_a_grid() -> None:
    page = Page()
    for number in range(8):
        page.text(72, 100 + 18 * number, "收入预算1,234.50万元，比上年增加23.83万元，增长3.54%，占56.20%；其他10元")
    assert grids(read(page)) == []


def test_a_contents_page_is_never_a_grid() -> None:
    page = Page()
    for number in range(8):
        page.text(72, 100 + 18 * number, f"{number + 1}").text(100, 100 + 18 * number, "部门收支总表")
        page.text(400, 100 + 18 * number, f"{number * 2 + 3}")
    assert grids(read(page)) == []


def test_a_box_around_text_is_not_a_table() -> None:
    document = read(Page().frame(50, 100, 400, 200).text(60, 130, "填报说明"))
    assert grids(document) == []
    assert lines(document) == ["填报说明"]


def test_an_underlined_blank_in_a_cell_makes_no_row() -> None:
    page = Page().grid(XS, YS).rows(XS, YS, TEXTS).line(70, 130, 130, 130)
    (grid,) = grids(read(page))
    assert (grid.rows, grid.columns) == (3, 3)


def test_reading_twice_gives_the_same() -> None:
    data = make_pdf(Page().grid(XS, YS).rows(XS, YS, TEXTS), three_rule_page(True))
    assert read_pdf(data, "a.pdf", "") == read_pdf(data, "a.pdf", "")


def test_text_over_an_empty_neighbour_stays_in_its_cell() -> None:
    page = Page().grid(XS, YS).text(54, 114, "机关事业单位基本养老保险缴费").right(347, 114, "3.00")
    cells = grids(read(page))[0].cells
    assert [cell.text for cell in cells[:3]] == ["机关事业单位基本养老保险缴费", "", "3.00"]


def test_text_up_to_the_line_and_a_number_after_it_are_two_cells() -> None:
    page = Page().grid(XS, YS).text(50, 114, "机关事业单位基本养老").text(150, 114, "13.00")
    cells = grids(read(page))[0].cells
    assert [cell.text for cell in cells[:2]] == ["机关事业单位基本养老", "13.00"]


def test_rows_that_are_not_ruled_within_ruled_columns() -> None:
    page = Page().grid(XS, (100, 120, 200)).text(53, 114, "科目").text(160, 114, "上年").text(260, 114, "本年")
    for number, name in enumerate(("教育支出", "卫生健康支出", "住房保障支出", "合计")):
        y = 134 + 18 * number
        page.text(53, y, name).right(247, y, f"{number}1.50").right(347, y, f"{number}2.25")
    (grid,) = grids(read(page))
    assert (grid.rows, grid.columns) == (5, 3)
    assert rows_of(grid)[1] == ("教育支出", "01.50", "02.25")
    assert rows_of(grid)[4] == ("合计", "31.50", "32.25")


def test_an_outer_column_that_is_one_cell_from_the_page_before_to_the_page_after() -> None:
    page = Page().grid(XS[1:], YS).line(50, 100, 50, 160)
    page.text(53, 124, "重点项目").right(247, 114, "1.00").right(247, 134, "2.00").right(247, 154, "3.00")
    (grid,) = grids(read(page))
    assert (grid.rows, grid.columns) == (3, 3)
    assert [(cell.row, cell.column, cell.row_span, cell.text) for cell in grid.cells[:2]] == [
        (0, 0, 3, "重点项目"),
        (0, 1, 1, "1.00"),
    ]


def test_such_a_column_without_text_keeps_its_place() -> None:
    page = Page().grid(XS[1:], YS).line(50, 100, 50, 160).right(247, 114, "1.00")
    assert grids(read(page))[0].columns == 3


def test_a_table_that_is_narrower_in_its_upper_part_has_no_cell_beside_it() -> None:
    page = Page().grid(XS[:3], YS).grid(XS, (160, 180, 200)).text(53, 114, "甲").text(53, 174, "乙")
    (grid,) = grids(read(page))
    assert (grid.rows, grid.columns) == (5, 3)
    assert (0, 2) not in {(cell.row, cell.column) for cell in grid.cells}
