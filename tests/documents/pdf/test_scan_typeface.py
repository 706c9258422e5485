"""How a page draws its digits tells apart what blur and noise make alike."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest

pytest.importorskip("cv2", reason="读取扫描件的附加组件没有安装：pip install 'mingzhang[ocr]'")

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from mingzhang.documents.scan.textlines import TextLine
from mingzhang.documents.scan.typeface import Known, Typeface, clearly_other, enlarged, typeface_of

WIDE, ROW = 220, 26
TEXTS = [f"{n * 7919 % 100000:,}.{n * 37 % 100:02d}" for n in range(11, 47)]


def lines_of(texts: list[str]) -> tuple[Any, list[Known]]:
    """Numbers of small type one below another, blurred and with noise; each with places as a recogniser gives them."""
    page = Image.new("L", (WIDE, ROW * len(texts) + 20), 255)
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(14)
    found: list[Known] = []
    rough = np.random.default_rng(3)
    for row, text in enumerate(texts):
        top, left = 12 + ROW * row, 20
        pen.text((left, top), text, fill=0, font=font)
        box = pen.textbbox((left, top), text, font=font)
        edges = [left + pen.textlength(text[:n], font=font) for n in range(len(text) + 1)]
        middles = tuple((a + b) / 2 + rough.normal(0, 0.7) for a, b in pairwise(edges))
        around = (0, top - 4, WIDE, top + 22)
        line = TextLine(int(box[0]), int(box[1]), int(np.ceil(box[2])), int(np.ceil(box[3])), around)
        found.append(Known(line, text, middles))
    gray = np.asarray(page.filter(ImageFilter.GaussianBlur(1.1)), dtype=np.float64)
    gray = np.clip(gray + rough.normal(0, 14, gray.shape), 0, 255).astype(np.uint8)
    whole: Any = gray
    return enlarged(255 - whole, whole < 200), found


def test_a_number_is_told_from_another_by_how_the_others_are_drawn() -> None:
    printed = ["5,036.95", "6,908.36", "8,355.90", "9,563.08"]
    picture, lines = lines_of([*TEXTS, *printed])
    face = typeface_of(picture, lines[0].line.height, lines[: len(TEXTS)])
    assert face is not None
    for item in lines[len(TEXTS) :]:
        for place, digit in enumerate(item.text):
            others = [item.text[:place] + other + item.text[place + 1 :] for other in "0123456789" if other != digit]
            if not digit.isdigit():
                continue
            assert clearly_other(face, item.line, item.text, others) is None, "what is printed fits best"
            for wrong in others:
                assert clearly_other(face, item.line, wrong, [item.text]) in (item.text, None)
        # Of digits that are alike, all that matters: it is found again.
        swapped = item.text.translate(str.maketrans("56", "65"))
        assert clearly_other(face, item.line, swapped, [item.text]) == item.text
        assert face.told(item.line, swapped) == item.text


def test_a_lost_digit_is_seen_by_the_ink_that_nothing_explains() -> None:
    picture, lines = lines_of([*TEXTS, "15,036.95"])
    face = typeface_of(picture, lines[0].line.height, lines[:-1])
    assert face is not None
    assert clearly_other(face, lines[-1].line, "5,036.95", ["15,036.95"]) == "15,036.95"


def test_too_little_that_is_known_or_what_is_known_wrongly_tells_nothing() -> None:
    picture, lines = lines_of(TEXTS)
    assert typeface_of(picture, lines[0].line.height, lines[:5]) is None
    assert typeface_of(picture, 2 * lines[0].line.height, lines) is None
    turned = [Known(item.line, other.text, item.middles) for item, other in pairwise(lines)]
    same = [item for item in turned if len(item.text) == len(item.middles)]
    assert typeface_of(picture, lines[0].line.height, same) is None


def test_steps_that_are_learnt_do_not_change_how_large_the_means_are() -> None:
    picture, lines = lines_of(TEXTS)
    face = Typeface(picture, lines[0].line.height, {"dd": 13.0, "dm": 10.0, "md": 10.0, "mm": 13.0})
    size = face.size
    face.learn(lines)
    assert abs(face.steps["dd"] - 13.0) > 1
    assert {mean.shape for mean in face.means.values()} == {size} == {face.size}
