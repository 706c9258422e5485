"""Small type is found whole, the blurred edges of rulings are not type, and type is no ruling."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("cv2", reason="读取扫描件的附加组件没有安装：pip install 'mingzhang[ocr]'")

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from mingzhang.documents.pdf.glyphs import Ruling
from mingzhang.documents.scan.bands import running_through
from mingzhang.documents.scan.looking import crop
from mingzhang.documents.scan.rulings import rulings_on
from mingzhang.documents.scan.textlines import TextLine, ink_of, lines_beside, lines_in_cells

SCALE = 72 / 150  # points a pixel
WIDTH, HEIGHT = 700, 400


def page() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    picture = Image.new("L", (WIDTH, HEIGHT), 255)
    return picture, ImageDraw.Draw(picture)


def scanned(picture: Image.Image, blur: float = 0.8, noise: float = 10.0) -> Any:
    blurred = np.asarray(picture.filter(ImageFilter.GaussianBlur(blur)), dtype=np.float64)
    uneven = np.random.default_rng(3).normal(0, noise, blurred.shape)
    return np.clip(blurred + uneven, 0, 255).astype(np.uint8)


def box(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
    return left * SCALE, top * SCALE, right * SCALE, bottom * SCALE


@pytest.mark.parametrize("shade", [60, 110])
def test_a_line_of_small_faint_type_is_found_to_its_last_character(shade: int) -> None:
    picture, pen = page()
    font = ImageFont.load_default(11)
    cells = []
    for row in range(20):
        pen.text((40, 12 + 18 * row), "515313.35", fill=shade, font=font)
        cells.append(box(20, 8 + 18 * row, 140, 26 + 18 * row))
    left, _, right, _ = pen.textbbox((40, 12), "515313.35", font=font)
    ink = ink_of(scanned(picture), np.zeros((HEIGHT, WIDTH), np.uint8), SCALE)
    lines = lines_in_cells(ink, cells, SCALE)
    assert len(lines) == 20
    assert all(abs(line.left - left) <= 2 and abs(line.right - right) <= 2 for line in lines)
    assert all(line.column == (lines[0].room[0], lines[0].room[2]) for line in lines)
    # Paper is not ink, however uneven.
    assert not ink[:, 160:].any()


@pytest.mark.parametrize(("width", "blur"), [(1, 0.5), (1, 1.2), (2, 0.8), (3, 0.5), (3, 0.8)])
def test_nothing_of_a_ruling_is_taken_for_type(width: int, blur: float) -> None:
    picture, pen = page()
    for y in (40, 120, 200, 280):
        pen.line((40, y, 640, y), fill=0, width=width)
    for x in (40, 240, 440, 640):
        pen.line((x, 40, x, 280), fill=0, width=width)
    gray = scanned(picture, blur)
    level, upright, mask = rulings_on(gray, SCALE)
    assert (len(level), len(upright)) == (4, 4)
    cells = [box(x, y, x + 200, y + 80) for x in (40, 240, 440) for y in (40, 120, 200)]
    assert lines_in_cells(ink_of(gray, mask, SCALE), cells, SCALE) == []


def test_a_faint_ruling_is_not_taken_to_go_on_through_a_line_of_type() -> None:
    """In the first column one tall cell, with a line of type where the others have a ruling."""
    picture, pen = page()
    font = ImageFont.load_default(13)
    for x in (40, 200, 360, 520):
        pen.line((x, 40, x, 360), fill=190)
    for y in (40, 360):
        pen.line((40, y, 520, y), fill=190)
    for y in range(80, 360, 40):
        pen.line((200, y, 520, y), fill=190)
    for row in range(3):
        pen.text((44, 153 + 80 * row), "8800008598000636383"[: 19 - row], fill=20, font=font)
    level, _, mask = rulings_on(scanned(picture, 0.6, 3.0), SCALE)
    inner = [line for line in level if line.start < 100 * SCALE and 50 * SCALE < line.at < 350 * SCALE]
    assert inner == []
    lines = lines_in_cells(ink_of(scanned(picture, 0.6, 3.0), mask, SCALE), [box(40, 40, 200, 360)], SCALE)
    assert len(lines) == 3


def test_a_long_line_of_small_type_is_no_ruling() -> None:
    picture, pen = page()
    pen.rectangle((40, 40, 640, 200), outline=0)
    pen.line((340, 40, 340, 200), fill=0)
    pen.text((44, 100), "EFEBEEFEEBEFEEBEFEBEEFEBEFEEBEEFEBEEFEBE", fill=60, font=ImageFont.load_default(10))
    level, _, _ = rulings_on(scanned(picture, 0.8, 3.0), SCALE)
    assert [round(line.at / SCALE) for line in level] == [40, 200]


def test_a_faint_ruling_is_seen_where_digits_stand_right_beside_it() -> None:
    picture, pen = page()
    font = ImageFont.load_default(13)
    for x in (40, 200, 360, 520):
        pen.line((x, 40, x, 360), fill=190)
    for y in range(40, 361, 20):
        pen.line((40, y, 520, y), fill=190)
    for row in range(16):
        for x in (200, 360):
            right = pen.textbbox((0, 0), "8,808.63", font=font)[2]
            pen.text((x - 2 - right, 43 + 20 * row), "8,808.63", fill=20, font=font)
    _, upright, _ = rulings_on(scanned(picture, 0.6, 3.0), SCALE)
    for x in (200, 360):
        there = sum(line.end - line.start for line in upright if abs(line.at / SCALE - x) < 3) / SCALE
        assert there > 0.95 * 320


@pytest.mark.parametrize(("shade", "seen"), [(0, True), (170, False)])
def test_a_ruling_that_is_seen_in_one_low_row_is_as_dark_as_elsewhere(shade: int, seen: bool) -> None:
    picture, pen = page()
    for y in (40, 120, 137, 220):
        pen.line((40, y, 640, y), fill=0)
    pen.line((340, 40, 340, 120), fill=0)
    pen.line((340, 120, 340, 137), fill=shade)
    level = [Ruling(y * SCALE, 40 * SCALE, 640 * SCALE) for y in (40, 120, 137, 220)]
    known = [Ruling(340 * SCALE, 40 * SCALE, 120 * SCALE)]
    found = running_through(scanned(picture, 0.5, 2.0)[:, :600], level[1:], known, SCALE)
    assert [(round(line.start / SCALE), round(line.end / SCALE)) for line in found] == [(120, 137)] * seen
    # Where none was known, so short a line may be a stroke of type.
    assert running_through(scanned(picture, 0.5, 2.0), level[1:], [], SCALE) == []


@pytest.mark.parametrize("height", [16, 20])
def test_a_thin_ruling_goes_through_every_row_beside_small_digits(height: int) -> None:
    """Small digits one pixel from it and noise; the digits of low rows, one below another, make no ruling."""
    picture, pen = page()
    font = ImageFont.load_default(10)
    for x in (40, 200, 360, 520):
        pen.line((x, 40, x, 360), fill=160)
    for y in range(40, 361, height):
        pen.line((40, y, 520, y), fill=130)
    for row in range(320 // height):
        for x in (200, 360):
            right = pen.textbbox((0, 0), "68,808.63", font=font)[2]
            pen.text((x - 1 - right, 40 + (height - 12) // 2 + height * row), "68,808.63", fill=20, font=font)
    _, upright, _ = rulings_on(scanned(picture, 0.8, 10.0), SCALE)
    places = {round(line.at / SCALE) for line in upright}
    assert all(min(abs(place - x) for x in (40, 200, 360, 520)) < 3 for place in places)
    for x in (200, 360) if height == 20 else ():
        there = sum(line.end - line.start for line in upright if abs(line.at / SCALE - x) < 3) / SCALE
        assert there > 0.95 * 320


def test_an_enlarged_picture_of_a_line_shows_what_the_plain_one_shows() -> None:
    gray = np.full((HEIGHT, WIDTH), 255, np.uint8)
    gray[60:71, 50:90] = 0
    line = TextLine(50, 60, 90, 71, (48, 55, 200, 90))
    plain = crop(gray, line, 11.0, 0.22)
    enlarged = crop(np.repeat(np.repeat(gray, 2, axis=0), 2, axis=1), line, 11.0, 0.22, 2)
    assert (plain == 0).sum() == 11 * 40
    assert (enlarged == 0).sum() == 4 * 11 * 40
    for axis in (0, 1):
        assert (
            abs(np.argwhere(enlarged == 0).mean(axis=0)[axis] / 2 - np.argwhere(plain == 0).mean(axis=0)[axis]) <= 0.75
        )
        assert abs(enlarged.shape[axis] - 2 * plain.shape[axis]) <= 2


@pytest.mark.parametrize("usual", [12.0, 30.0])  # the number of a page may be much smaller than its text
def test_a_short_line_that_nothing_took_is_found_and_what_reaches_into_what_is_taken_is_not(usual: float) -> None:
    ink = np.zeros((HEIGHT, WIDTH), dtype=bool)
    ink[350:362, 300:306] = True  # two digits of a page number
    ink[350:362, 309:315] = True
    ink[100:112, 60:66] = True  # the first character of a line whose box was found without it
    ink[100:112, 69:240] = True
    ink[200:212, 60:66] = True  # within a table
    ink[300:303, 400:406] = True  # a speck
    ink[250:262, 60:300] = True  # longer than a number by itself
    (found,) = lines_beside(ink, [(80, 98, 242, 114), (50, 180, 400, 230)], usual, SCALE)
    assert (found.left, found.top, found.right, found.bottom) == (300, 350, 315, 362)
    assert found.column is None
    left, top, right, bottom = found.room
    assert left < 300
    assert top < 350
    assert right > 315
    assert bottom > 362
