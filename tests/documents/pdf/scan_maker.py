"""Small scans: a ruled table drawn by Pillow, turned, blurred, with noise; as a picture, as a PDF."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

COLUMN, ROW = 190, 46  # pixels, at 200 dpi
LEFT, TOP = 120, 130
WIDTH, HEIGHT = 1000, 700


def picture(rows: Sequence[Sequence[str]], *, tilt: float = 0.0, rough: bool = False, above: str = "") -> Image.Image:
    """A page with one table; an empty text leaves its cell blank."""
    page = Image.new("L", (WIDTH, HEIGHT), 255)
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(26)
    if above:
        pen.text((LEFT, TOP - 70), above, fill=0, font=font)
    right, bottom = LEFT + COLUMN * len(rows[0]), TOP + ROW * len(rows)
    for number in range(len(rows) + 1):
        pen.line((LEFT, TOP + ROW * number, right, TOP + ROW * number), fill=40, width=2)
    for number in range(len(rows[0]) + 1):
        pen.line((LEFT + COLUMN * number, TOP, LEFT + COLUMN * number, bottom), fill=40, width=2)
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            width = pen.textlength(text, font=font)
            pen.text((LEFT + COLUMN * (column + 1) - 12 - width, TOP + ROW * row + 8), text, fill=20, font=font)
    if tilt:
        page = page.rotate(tilt, Image.Resampling.BICUBIC, fillcolor=255)
    if rough:
        page = page.filter(ImageFilter.GaussianBlur(0.8))
        noise = np.random.default_rng(7).normal(0, 8, (HEIGHT, WIDTH))
        page = Image.fromarray(np.clip(np.asarray(page) + noise, 0, 255).astype(np.uint8))
    return page


def encoded(page: Image.Image, kind: str) -> bytes:
    buffer = io.BytesIO()
    page.save(buffer, kind, **({"resolution": 200} if kind == "PDF" else {}))
    return buffer.getvalue()
