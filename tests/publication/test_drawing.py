"""Pictures of what the reader saw: every mark where the number stands, with and without a Chinese font."""

from __future__ import annotations

import builtins
import importlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest

from mingzhang import cli
from mingzhang.cube import Amount, Disclosure, Observation, Point, Row, Source, Table, Unread, unit_named
from mingzhang.documents import Cell, Grid
from mingzhang.errors import EXIT_CLEAN, EXIT_UNREADABLE, EXIT_USAGE, UsageError
from mingzhang.publication import drawing, lettering, understanding
from mingzhang.publication.panel import panel_of

PIL_Image = pytest.importorskip("PIL.Image")

GREEN, RED, ORANGE, LOST = (0, 150, 60), (220, 20, 20), (240, 130, 0), (200, 0, 200)
UNIT = unit_named("万元")
EDGES = (100.0, 200.0, 300.0, 400.0)
TEXTS = (("科目编码", "预算数", "某数"), ("208", "1.00", "2.00"), ("210", "", "3.00"))


def box(row: int, column: int) -> tuple[float, float, float, float]:
    return (EDGES[column], 100.0 + 20 * row, EDGES[column + 1], 120.0 + 20 * row)


def at(row: int, column: int) -> Source:
    return Source(page=1, bbox=box(row, column), table="t01", row=row + 1, column=column + 1)


def amount(text: str) -> Amount:
    return Amount(text, UNIT, Decimal(text or 0), 2)


def seen() -> tuple[Disclosure, Grid]:
    """One table of three columns: codes, amounts (one blank), and a column that was not understood.

    Its last cell is nowhere; one number of the text is read, one not.
    """
    cells = tuple(
        Cell(row, column, text, Source(page=1, bbox=box(row, column)))
        for row, texts in enumerate(TEXTS)
        for column, text in enumerate(texts)
    )
    point = Point(year=2026, flow="expenditure")
    table = Table(
        id="t01",
        title="支出预算表",
        unit=UNIT,
        source=at(0, 0),
        form=None,
        header=(("科目编码",), ("预算数",), ("某数",)),
        rows=tuple(Row(TEXTS[row], "item", at(row, 0), TEXTS[row][0]) for row in (1, 2)),
        point=point,
        columns=(None, point.at(nature="basic"), None),
    )
    disclosure = Disclosure(
        path="a.pdf",
        sha256="0",
        title="",
        agency=None,
        year=2026,
        stage="budget",
        region=None,
        pages=1,
        tables=(table,),
        text=(),
        observations=(
            Observation(point, amount("1.00"), at(1, 1)),
            Observation(point, amount(""), at(2, 1)),
            Observation(point, amount("5.00"), Source(page=1, bbox=(100, 300, 140, 312)), "text"),
        ),
        unread=(
            Unread("208", at(1, 0), "科目编码", "identifier"),
            Unread("2.00", at(1, 2), "列名“某数”未能识别"),
            Unread("6.00", Source(page=1, bbox=(200, 300, 240, 312)), "没有认出这个数说的是什么"),
        ),
    )
    return disclosure, Grid(3, 3, cells, Source(page=1, bbox=(100, 100, 400, 160)))


def blank_pdf(pages: int = 1, size: tuple[float, float] = (500, 400)) -> bytes:
    file = pypdfium2.PdfDocument.new()
    for _ in range(pages):
        file.new_page(*size)
    buffer = io.BytesIO()
    file.save(buffer)
    return buffer.getvalue()


def drawn(data: bytes, disclosure: Disclosure, grids: Sequence[Grid]) -> list[tuple[str, Any]]:
    return [
        (name, PIL_Image.open(io.BytesIO(picture)).convert("RGB"))
        for name, picture in drawing.draw_pages(data, disclosure, grids)
    ]


def near(picture: Any, x: float, y: float) -> tuple[int, ...]:
    scale = drawing.DPI / 72
    colour: tuple[int, ...] = picture.getpixel((int(x * scale), int(y * scale)))
    return colour


@pytest.fixture
def _without_fonts(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(lettering, "font_files", lambda: iter(()))
    lettering.chinese_font.cache_clear()
    yield
    lettering.chinese_font.cache_clear()


def test_every_number_is_marked_where_it_stands() -> None:
    disclosure, grid = seen()
    ((name, picture),) = drawn(blank_pdf(), disclosure, [grid])
    assert name == "page-001.png"
    assert near(picture, 202, 130) == GREEN
    assert near(picture, 302, 130) == RED
    assert near(picture, 302, 150) == LOST
    assert near(picture, 120, 313) == GREEN
    assert near(picture, 220, 313) == ORANGE
    code, amounts, unread = (near(picture, x, 130) for x in (150, 250, 350))
    assert len({code, amounts, unread, (255, 255, 255)}) == 4


@pytest.mark.usefixtures("_without_fonts")
def test_without_a_chinese_font_the_words_are_plain_letters() -> None:
    disclosure, grid = seen()
    ((_, picture),) = drawn(blank_pdf(), disclosure, [grid])
    assert near(picture, 202, 130) == GREEN
    assert lettering.chinese_font()[1] is False


def test_the_columns_say_what_they_were_understood_as() -> None:
    disclosure, grid = seen()
    found = understanding.understood(grid, understanding.Known.of(disclosure))
    assert [(head.role, *head.words) for head in found.heads] == [
        ("code", "编码", "code"),
        ("amount", "基本支出", "basic"),
        ("unread", "未读：某数", "UNREAD"),
    ]
    assert {head.foot for head in found.heads} == {120.0}


def test_beside_the_page_stand_the_points_and_the_reasons() -> None:
    disclosure, grid = seen()
    known = understanding.Known.of(disclosure)
    told = panel_of(1, known, [understanding.understood(grid, known)], chinese=True)
    assert told == [
        ("t01 支出预算表", "title"),
        ("万元；2026年·本年支出", "plain"),
        ("1  编码", "plain"),
        ("2  基本支出", "plain"),
        ("3  未读：某数", "red"),
        ("", "plain"),
        ("本页读入2个数，空白1格", "grey"),
        ("", "plain"),
        ("未读 2.00：列名“某数”未能识别", "red"),
        ("未读 6.00：没有认出这个数说的是什么", "orange"),
    ]
    plain = panel_of(1, known, [understanding.understood(grid, known)], chinese=False)
    assert all(text.isascii() for text, _ in plain)
    assert panel_of(2, known, [], chinese=True) == []


def test_a_font_without_plain_letters_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    """Some fonts of Chinese characters draw every letter and digit as an empty box."""
    lettering.chinese_font.cache_clear()
    font, chinese = lettering.chinese_font()
    if not chinese:
        pytest.skip("no Chinese font on this machine")
    assert lettering._has(font, "预A0")
    assert not lettering._has(font, "\ue123")
    monkeypatch.setattr(lettering, "_has", lambda *_: False)
    lettering.chinese_font.cache_clear()
    assert lettering.chinese_font()[1] is False
    lettering.chinese_font.cache_clear()


def test_a_part_on_a_later_page_takes_the_columns_of_its_table() -> None:
    disclosure, _ = seen()
    later = tuple(at(5, column)._replace(page=2, bbox=box(0, column)) for column in range(3))
    disclosure = replace(disclosure, observations=(Observation(Point(), amount("1.00"), later[1]),), unread=(), pages=2)
    grid = Grid(1, 3, tuple(Cell(0, c, "1.00", s._replace(table=None)) for c, s in enumerate(later)), later[0])
    found = understanding.understood(grid, understanding.Known.of(disclosure))
    assert not found.first
    assert [head.words[1] for head in found.heads] == ["code", "basic", "text"]


def test_pages_are_drawn_one_at_a_time_and_of_bounded_size() -> None:
    disclosure, grid = seen()
    pictures = drawing.draw_pages(blank_pdf(3, (14_400, 14_400)), disclosure, [grid])
    _, first = next(pictures)
    assert max(PIL_Image.open(io.BytesIO(first)).size) <= 4_500
    assert [name for name, _ in pictures] == ["page-002.png", "page-003.png"]


def test_what_is_no_pdf_has_nothing_to_draw() -> None:
    disclosure, grid = seen()
    with pytest.raises(UsageError, match="nothing-to-draw"):
        drawing.draw_pages("表一".encode(), disclosure, [grid])


def test_without_pillow_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    original = builtins.__import__

    def refuse(name: str, *rest: Any, **options: Any) -> Any:
        if name.startswith("PIL"):
            raise ImportError(name)
        return original(name, *rest, **options)

    monkeypatch.setattr(builtins, "__import__", refuse)
    disclosure, grid = seen()
    with pytest.raises(UsageError, match="pip install"):
        drawing.draw_pages(blank_pdf(), disclosure, [grid])


# --- the command ------------------------------------------------------------------------------------------------------


@pytest.fixture
def pdf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1] / "documents" / "pdf"))
    handmade = importlib.import_module("handmade")
    xs, ys = (50, 200, 300, 400), (100, 120, 140, 160, 180)
    texts = (
        ("功能分类科目", "合计", "基本支出"),
        ("208 社会保障和就业支出", "9.00", "9.00"),
        ("210 卫生健康支出", "1.00", "1.00"),
        ("合计", "10.00", "10.00"),
    )
    page = handmade.Page().text(180, 60, "2026年部门支出预算总表", 14).text(340, 90, "单位：万元")
    place = tmp_path / "预算.pdf"
    place.write_bytes(handmade.make_pdf(page.grid(xs, ys).rows(xs, ys, texts)))
    return place


def test_read_with_draw(pdf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "new" / "pictures"
    assert cli.main(["read", str(pdf), "--draw", str(folder)]) == EXIT_CLEAN
    told = capsys.readouterr()
    assert told.out == ""
    assert "画了1页" in told.err
    assert [path.name for path in folder.iterdir()] == ["page-001.png"]
    with PIL_Image.open(folder / "page-001.png") as picture:
        assert GREEN in {colour for _, colour in picture.getcolors(1 << 24)}


def test_draw_beside_data(pdf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", str(pdf), "--draw", str(tmp_path / "p"), "--format", "csv"]) == EXIT_CLEAN
    assert capsys.readouterr().out.count("\n") > 1
    assert (tmp_path / "p" / "page-001.png").exists()


def test_draw_of_a_text_says_that_there_is_nothing_to_draw(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("支出预算总表\n单位：万元\n科目\t预算数\n合计\t1.00\n", encoding="utf-8")
    folder = tmp_path / "p"
    assert cli.main(["read", str(tmp_path / "a.txt"), "--draw", str(folder)]) == EXIT_USAGE
    assert "不是 PDF" in capsys.readouterr().err
    assert not folder.exists()


def test_what_is_no_disclosure_is_drawn_and_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.pdf").write_bytes(blank_pdf())
    assert cli.main(["read", str(tmp_path / "a.pdf"), "--draw", str(tmp_path / "p")]) == EXIT_UNREADABLE
    assert (tmp_path / "p" / "page-001.png").exists()


def test_draw_into_a_file_is_refused(pdf: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").write_text("x")
    assert cli.main(["read", str(pdf), "--draw", str(tmp_path / "taken")]) == EXIT_USAGE
    assert "换一个" in capsys.readouterr().err
