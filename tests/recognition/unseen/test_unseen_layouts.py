"""Disclosures of regions that no one here has seen, made from layouts: read wholly, rightly, and without false alarm."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import openpyxl
import pytest
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet
from unseen_layouts import Expected, Grid, Layout, layouts, load
from unseen_media import content_of, one_sheet, pasted, sideways, word_page

from mingzhang.checking import check
from mingzhang.cli import main
from mingzhang.cube import Disclosure
from mingzhang.cube.point import Point
from mingzhang.documents import open_document
from mingzhang.recognition import recognise
from same_content import fonts, write_docx, write_html, write_txt, write_typst

NAMES = [place.stem for place in layouts()]
# A layout shows what its family has of its own, not every table of it: that some are missing is rightly told.
PARTIAL = frozenset({"table-missing"})
# One of each family also goes through the slower producers.
PRINTED = NAMES[::4]


def _txt(layout: Layout, place: Path) -> None:
    write_txt(content_of(layout), place)


def _html(layout: Layout, place: Path) -> None:
    write_html(content_of(layout), place)


def _docx(layout: Layout, place: Path) -> None:
    write_docx(content_of(layout), place)


def _pdf(layout: Layout, place: Path) -> None:
    write_typst(content_of(layout), place, apart=True)


def _xlsx(layout: Layout, place: Path) -> None:
    """A sheet a table, as budget systems export it: number, title and unit within the sheet, amounts as text."""
    book = openpyxl.Workbook()
    told: Worksheet = book.worksheets[0]
    told.title = "封面"
    for part in layout.parts:
        if isinstance(part, str):
            # A note stands below its table; all else is on the cover.
            sheet = book.worksheets[-1] if part.startswith("注") else told
            sheet.cell(sheet.max_row + 1, 1, part)
            continue
        sheet = book.create_sheet(f"{len(book.worksheets):02d}")
        top = 1
        for text in (*part.above, part.title):
            sheet.cell(top, 1, text)
            sheet.merge_cells(start_row=top, start_column=1, end_row=top, end_column=part.width)
            top += 1
        if part.unit:
            sheet.cell(top, part.width, part.unit)
            top += 1
        for row, column, text, down, wide in part.cells():
            cell = sheet.cell(top + row, column + 1)
            assert isinstance(cell, Cell)
            cell.value = text or None
            if (down, wide) != (1, 1):
                sheet.merge_cells(
                    start_row=top + row,
                    start_column=column + 1,
                    end_row=top + row + down - 1,
                    end_column=column + wide,
                )
    book.save(place)


Write = Callable[[Layout, Path], None]
WRITERS: dict[str, Write] = {"txt": _txt, "html": _html, "xlsx": _xlsx}
PRINTERS: dict[str, Write] = {"docx": _docx, "pdf": _pdf}
# The same in forms that files are met in, with the kind of each.
OTHERS: dict[str, tuple[Write, str]] = {
    "one sheet": (one_sheet, "xlsx"),
    "pasted": (pasted, "html"),
    "word page": (word_page, "html"),
    "sideways": (sideways, "pdf"),
}


def layout_named(name: str) -> Layout:
    return load(next(place for place in layouts() if place.stem == name))


def read(layout: Layout, medium: str, folder: Path) -> Disclosure:
    place = folder / f"公开.{medium}"
    {**WRITERS, **PRINTERS}[medium](layout, place)
    return recognise(open_document(place))


def words(point: Point | None) -> str:
    if point is None:
        return "unread"
    return " ".join(f"{n}={v}" for n, v in point.named().items() if (n, v) != ("measure", "amount"))


def found_in(disclosure: Disclosure, table: str) -> list[tuple[str, str]]:
    """Each number of a table's body in reading order, and where it was put."""
    known = next(t for t in disclosure.tables if t.id == table)
    first = min((row.source.row or 0 for row in known.rows if row.kind != "index"), default=0)
    items = [
        ((o.source.row or 0, o.source.column or 0), o.amount.printed, words(o.point))
        for o in disclosure.observations
        if o.source.table == table and o.origin == "table" and not o.amount.is_blank
    ]
    items += [
        ((u.source.row or 0, u.source.column or 0), u.printed, "unread")
        for u in disclosure.unread
        if u.source.table == table and u.kind != "identifier" and (u.source.row or 0) >= first
    ]
    return [(printed, point) for _, printed, point in sorted(items)]


def wanted_of(table: Grid) -> list[tuple[str, str]]:
    return [(item.printed, words(item.point)) for item in table.expected]


def assert_read(layout: Layout, disclosure: Disclosure) -> None:
    assert [table.title for table in disclosure.tables] == [normalize("NFKC", table.title) for table in layout.tables]
    for table, known in zip(layout.tables, disclosure.tables, strict=True):
        assert found_in(disclosure, known.id) == wanted_of(table), known.title
        money = {
            o.amount.unit.name
            for o in disclosure.observations
            if o.source.table == known.id and o.amount.unit.is_money and not o.amount.is_blank
        }
        assert money <= {known.unit.name if known.unit else None}, known.title
        if table.unit:
            assert known.unit is not None
            assert known.unit.name in table.unit
    identity = (disclosure.agency, disclosure.year, disclosure.stage)
    assert identity == (layout.agency, layout.year, layout.kind)
    if layout.region:
        assert disclosure.region == layout.region
    told = {(o.amount.printed, words(o.point)) for o in disclosure.observations if o.origin == "text"}
    assert {_told(item) for item in layout.texts} <= told


def _told(item: Expected) -> tuple[str, str]:
    return item.printed, words(item.point)


@pytest.mark.parametrize("medium", WRITERS)
@pytest.mark.parametrize("name", NAMES)
def test_every_figure_stands_at_its_point(name: str, medium: str, tmp_path: Path) -> None:
    layout = layout_named(name)
    assert_read(layout, read(layout, medium, tmp_path))


@pytest.mark.parametrize("medium", PRINTERS)
@pytest.mark.parametrize("name", PRINTED)
def test_every_figure_of_a_printed_document_too(name: str, medium: str, tmp_path: Path) -> None:
    pytest.importorskip("docx" if medium == "docx" else "typst")
    if medium == "pdf" and fonts() is None:
        pytest.skip("no Chinese font of the development extra")
    layout = layout_named(name)
    assert_read(layout, read(layout, medium, tmp_path))


@pytest.mark.parametrize("medium", OTHERS)
@pytest.mark.parametrize("name", PRINTED)
def test_every_figure_whatever_became_of_the_file(name: str, medium: str, tmp_path: Path) -> None:
    write, kind = OTHERS[medium]
    if kind == "pdf":
        pytest.importorskip("typst")
        if fonts() is None:
            pytest.skip("no Chinese font of the development extra")
    layout = layout_named(name)
    place = tmp_path / f"公开.{kind}"
    write(layout, place)
    assert_read(layout, recognise(open_document(place)))


@pytest.mark.parametrize("name", NAMES)
def test_a_right_disclosure_raises_no_alarm(name: str, tmp_path: Path) -> None:
    verdict = check(read(layout_named(name), "html", tmp_path))
    assert [f.message for f in verdict.findings if f.level not in ("note", "rounding") and f.rule not in PARTIAL] == []
    assert verdict.proof.consistent
    assert verdict.proof.verified_exactly
    assert verdict.coverage.relations.violated == 0
    assert verdict.coverage.relations.held >= 8 * len(verdict.disclosure.tables) ** 0.5


@pytest.mark.parametrize("name", NAMES)
def test_the_command_accepts_it(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "公开.xlsx"
    _xlsx(layout_named(name), place)
    assert main(["check", str(place), "--format", "json"]) in (0, 1)
    told = json.loads(capsys.readouterr().out)
    found = {finding["rule"] for finding in told["findings"] if finding["level"] in ("error", "warning")}
    assert found <= PARTIAL
    assert told["certificate"]["consistent"] is True
