"""Small type is found whole, the blurred edges of rulings are not type, and type is no ruling."""

from __future__ import annotations

from typing import Any

import pytest

pytest.importorskip("cv2", reason="读取扫描件的附加组件没有安装：pip install 'mingzhang[ocr]'")

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from mingzhang.documents.scan.rulings import rulings_on
from mingzhang.documents.scan.textlines import ink_of, lines_in_cells

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
