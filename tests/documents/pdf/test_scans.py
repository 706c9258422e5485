"""Scans become the same grids as born-digital pages, with how sure each number is; without the extra it is said."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pytest

from mingzhang.documents import Document, Grid, Line, open_document
from mingzhang.errors import UnreadableError

pytest.importorskip("rapidocr", reason="读取扫描件的附加组件没有安装：pip install 'mingzhang[ocr]'")
pytest.importorskip("onnxruntime", reason="读取扫描件的附加组件没有安装：pip install 'mingzhang[ocr]'")

from handmade import Page, make_pdf
from PIL import ImageDraw, ImageFont
from scan_maker import COLUMN, LEFT, ROW, TOP, WIDTH, encoded, picture

from mingzhang.documents.scan import engine, files, reader

ROWS = (
    ("201", "1,482.34", "1,027.60", "454.74"),
    ("208", "-36.90", "", "0.05"),
    ("2101101", "8,888.80", "71.17", "100,000.00"),
    ("213", "65.38", "93", "11"),
)


def written(tmp_path: Path, name: str, data: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(data)
    return path


def grid_of(document: Document) -> Grid:
    (grid,) = [block for block in document.blocks if isinstance(block, Grid)]
    return grid


def texts(grid: Grid) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(c.text for c in grid.cells if c.row == row) for row in range(grid.rows))


def test_a_picture_of_a_table_is_a_grid_with_its_places(tmp_path: Path) -> None:
    document = open_document(written(tmp_path, "表.png", encoded(picture(ROWS), "PNG")))
    assert (document.kind, document.pages, document.turned) == ("image", 1, ())
    grid = grid_of(document)
    assert texts(grid) == ROWS
    cell = next(c for c in grid.cells if c.text == "71.17")
    points = 842 / WIDTH  # a picture is taken for a page of A4
    expected = tuple(value * points for value in (LEFT + 2 * COLUMN, TOP + 2 * ROW, LEFT + 3 * COLUMN, TOP + 3 * ROW))
    assert cell.source.page == 1
    assert cell.source.bbox == pytest.approx(expected, abs=2.5)
    assert all(c.source.scan is not None and c.source.scan.confidence > 0.8 for c in grid.cells if c.text)
    assert all(c.source.scan is None for c in grid.cells if not c.text)
    assert any("第1页为扫描件，由OCR识别" in note for note in document.notes)


@pytest.mark.parametrize("tilt", [-2.0, 1.5])
def test_a_turned_blurred_noisy_scan_reads_the_same(tmp_path: Path, tilt: float) -> None:
    page = picture(ROWS, tilt=tilt, rough=True)
    grid = grid_of(open_document(written(tmp_path, "scan.pdf", encoded(page, "PDF"))))
    assert texts(grid) == ROWS
    # Places are those of the page as displayed: the turned one.
    corner = next(c for c in grid.cells if (c.row, c.column) == (0, 0)).source.bbox
    last = next(c for c in grid.cells if (c.row, c.column) == (0, 3)).source.bbox
    assert corner is not None
    assert last is not None
    assert (last[1] - corner[1]) * tilt < 0


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("kind", ["PNG", "PDF"])
def test_a_scan_lying_on_its_side_or_its_head_is_set_upright(tmp_path: Path, turn: int, kind: str) -> None:
    page = picture(ROWS, above="Expenditure of the year 2024").rotate(-turn, expand=True)
    document = open_document(written(tmp_path, f"scan.{kind.lower()}", encoded(page, kind)))
    assert document.turned == ((1, 360 - turn),)
    assert "第1页的文字横卧或倒置，已转正读取" in document.notes
    grid = grid_of(document)
    assert texts(grid) == ROWS
    # Places are those of the upright page.
    first, below = (next(c for c in grid.cells if (c.row, c.column) == (row, 0)).source.bbox for row in (0, 1))
    assert first is not None
    assert below is not None
    assert below[1] > first[1]
    assert below[0] == pytest.approx(first[0], abs=2)


def test_each_page_of_a_tiff_is_a_page(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    pages = [picture(ROWS[:2]), picture(ROWS[2:])]
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:])
    document = open_document(written(tmp_path, "两页.tiff", buffer.getvalue()))
    assert document.pages == 2
    assert [(b.source.page, texts(b)) for b in document.blocks if isinstance(b, Grid)] == [(1, ROWS[:2]), (2, ROWS[2:])]


def test_text_pages_and_scanned_pages_of_one_file(tmp_path: Path) -> None:
    import pypdfium2  # type: ignore[import-untyped]

    mixed = pypdfium2.PdfDocument(make_pdf(Page().text(72, 60, "部门预算说明")))
    mixed.import_pages(pypdfium2.PdfDocument(encoded(picture(ROWS), "PDF")))
    buffer = io.BytesIO()
    mixed.save(buffer)
    document = open_document(written(tmp_path, "mixed.pdf", buffer.getvalue()))
    assert document.pages == 2
    assert grid_of(document).source.page == 2
    (line,) = [block for block in document.blocks if isinstance(block, Line)]
    assert (line.text, line.source.page, line.source.scan) == ("部门预算说明", 1, None)
    assert [note for note in document.notes if "扫描件" in note and "第2页" in note]


def test_without_the_extra_a_scan_is_refused_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (engine, reader, files):
        monkeypatch.setattr(module, "available", lambda: False)
    for name, kind in (("a.png", "PNG"), ("a.pdf", "PDF")):
        with pytest.raises(UnreadableError) as refused:
            open_document(written(tmp_path, name, encoded(picture(ROWS), kind)))
        assert refused.value.code == "needs-ocr"
        assert refused.value.exit_status == 3
        assert "pip install 'mingzhang[ocr]'" in refused.value.message


def test_a_page_that_fails_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise RuntimeError("no memory for the tensor")

    monkeypatch.setattr(reader, "read_page", fails)
    document = open_document(written(tmp_path, "a.pdf", encoded(picture(ROWS), "PDF")))
    assert document.blocks == ()
    assert document.notes == ("第1页为扫描件，识别失败（RuntimeError），未读取",)
    with pytest.raises(UnreadableError, match="识别失败"):
        open_document(written(tmp_path, "a.png", encoded(picture(ROWS), "PNG")))


def test_a_broken_picture_is_one_sentence(tmp_path: Path) -> None:
    whole = encoded(picture(ROWS), "PNG")
    with pytest.raises(UnreadableError) as refused:
        open_document(written(tmp_path, "cut.png", whole[: len(whole) // 2]))
    assert refused.value.code == "damaged-file"


def test_the_number_of_a_page_that_detection_overlooks_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.Engine, "boxes", lambda *_: [])
    page = picture(ROWS, tilt=-2.0, rough=True)
    pen = ImageDraw.Draw(page)
    pen.text((497, 640), "7", fill=40, font=ImageFont.load_default(15))
    read = reader.PictureReader().read(np.asarray(page).copy(), 1, 72 / 200)
    assert [glyph.char for glyph in read.glyphs if glyph.top > 600 * 72 / 200] == ["7"]
