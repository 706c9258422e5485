"""What published files look like, as far as a program can tell: what repeats, what fits, what leads where."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from ledgers import RICH
from mingzhang.composition import compose
from mingzhang.composition.as_read import as_read
from mingzhang.cube.amount import unit_named
from mingzhang.cube.composed import Cell, ComposedTable, Composition
from mingzhang.forms import load_form_sets
from mingzhang.publication.disclosed import published
from mingzhang.publication.disclosed.parts import aligned_rows, display_width, font_size


@pytest.fixture(scope="module")
def composed() -> Composition:
    return compose(RICH, next(forms for forms in load_form_sets() if forms.id == "cq2024"))


def document(composed: Composition) -> str:
    with zipfile.ZipFile(io.BytesIO(published(composed, "docx"))) as package:
        return package.read("word/document.xml").decode()


def test_a_figure_of_a_composition_knows_its_row_and_its_columns_header(composed: Composition) -> None:
    read = as_read(composed)
    table = next(table for table in read.tables if table.form == "cq2024.t3")
    named = {o.label for o in read.observations if o.source.table == table.id}
    assert "合计" in named
    assert all(named)
    assert table.header[-1] == ("项目支出",)


def test_each_side_of_a_balance_has_its_own_names(composed: Composition) -> None:
    read = as_read(composed)
    table = next(table for table in read.tables if table.form == "cq2024.t1")
    for observation in (o for o in read.observations if o.source.table == table.id and o.point.function):
        assert observation.source.column == 4
        assert "支出" in observation.label


@pytest.mark.parametrize(("last", "side"), [("是", "center"), ("按规定时间及时足额完成", "left")])
def test_a_column_of_short_texts_stands_in_the_middle_as_a_whole(last: str, side: str) -> None:
    body = ((Cell("否", "text"),), (Cell(last, "text"),))
    table = ComposedTable("t", "t", "", "表", None, unit_named("万元"), 2, 1, (), body)
    assert [row[0][2] for row in aligned_rows(table)] == [side, side]


def test_the_letters_are_as_large_as_the_page_lets_them_be_within_bounds() -> None:
    assert font_size([100], 450.0) == 9.0
    assert font_size([10], 450.0) == 10.0
    assert font_size([1000], 450.0) == 6.5


def test_the_contents_of_the_word_document_lead_to_bookmarks_with_their_page(composed: Composition) -> None:
    text = document(composed)
    marks = re.findall(r'w:bookmarkStart[^>]*w:name="([^"]+)"', text)
    assert len(marks) == len(set(marks))
    asked = re.findall(r"PAGEREF (\S+)", text)
    assert set(asked) <= set(marks)
    assert len(asked) == len(composed.tables) + sum(paragraph.heading == 1 for paragraph in composed.narrative)


def test_the_pages_of_the_word_document_are_numbered_once_from_one(composed: Composition) -> None:
    assert document(composed).count('<w:pgNumType w:start="1"/>') == 1


def test_every_header_row_of_the_word_document_repeats(composed: Composition) -> None:
    assert document(composed).count("<w:tblHeader/>") == sum(len(table.header) for table in composed.tables)


def test_no_cell_and_no_title_of_the_workbook_is_cut(composed: Composition) -> None:
    """Every row is as high as its texts need; every sheet is as wide as its title, and printed one page wide."""
    import openpyxl
    from openpyxl.utils import get_column_letter

    book = openpyxl.load_workbook(io.BytesIO(published(composed, "xlsx")))
    for table, sheet in zip(composed.tables, book.worksheets[2:], strict=True):
        widths = []
        for number in range(1, table.width + 1):
            holder = next(d for d in sheet.column_dimensions.values() if (d.min or 0) <= number <= (d.max or 0))
            widths.append(holder.width)
        assert sum(widths) >= 1.6 * display_width(table.title), get_column_letter(table.width)
        setup = sheet.sheet_properties.pageSetUpPr
        assert setup is not None
        assert setup.fitToPage
        top = next(row for row in range(3, 6) if str(sheet.cell(row, 1).value or "").startswith("编制")) + 1
        for row, column, cell in table.placed():
            if cell.kind == "amount":
                continue
            lines = -(-display_width(cell.text) // sum(widths[column : column + cell.columns]))
            height = sum(sheet.row_dimensions[top + down].height for down in range(row, row + cell.rows))
            assert height >= 14 * lines, (table.title, cell.text)
