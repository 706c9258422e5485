"""The pictures show the numbers of the finding, framed, and nothing is left out silently."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace
from pathlib import Path

import pypdfium2  # type: ignore[import-untyped]
import pytest
from report_samples import WRONG, verdict_on, write

from mingzhang.cube import Source
from mingzhang.cube.finding import Finding, with_fingerprints
from mingzhang.publication.report import crops as crops_module
from mingzhang.publication.report.crops import Crop, crops_of, places_of

PIL_Image = pytest.importorskip("PIL.Image")
RED, BLUE = (214, 30, 30), (40, 90, 190)


def text_in(place: Path, crop: Crop, box: tuple[float, float, float, float]) -> str:
    """What PDFium itself finds inside a frame (an unrotated page without a crop box)."""
    file = pypdfium2.PdfDocument(str(place))
    page = file[crop.page - 1]
    left, top, right, bottom = box
    height = page.get_height()
    found: str = page.get_textpage().get_text_bounded(left, height - bottom, right, height - top)
    file.close()
    return found.strip()


def near(picture: object, x: float, y: float, colour: tuple[int, int, int]) -> bool:
    """Whether that colour stands within three pixels of the place."""
    load = picture.load()  # type: ignore[attr-defined]
    width, height = picture.size  # type: ignore[attr-defined]
    return any(
        max(abs(a - b) for a, b in zip(load[column, row], colour, strict=True)) < 40
        for column in range(max(0, round(x) - 3), min(width, round(x) + 4))
        for row in range(max(0, round(y) - 3), min(height, round(y) + 4))
    )


def test_the_frame_holds_the_number(tmp_path: Path) -> None:
    place = write(tmp_path)
    verdict = verdict_on(place)
    finding = next(f for f in verdict.findings if f.suspects)
    made = crops_of(place.read_bytes(), verdict.findings)
    crop = next(crop for crop in made.of(finding) if crop.framed)
    assert crop.page == 2
    framed = [text_in(place, crop, box) for box in crop.framed]
    assert framed == [suspect.reported for suspect in finding.suspects]
    assert set(framed) <= set(WRONG)
    assert made.left_out == 0


def test_the_picture_is_cut_at_its_region_and_framed_in_red(tmp_path: Path) -> None:
    place = write(tmp_path)
    verdict = verdict_on(place)
    crop = next(c for f in verdict.findings if f.suspects for c in crops_of(place.read_bytes(), [f]).of(f) if c.framed)
    picture = PIL_Image.open(io.BytesIO(crop.png)).convert("RGB")
    assert picture.size == (crop.width, crop.height)
    scale = crop.width / (crop.region[2] - crop.region[0])
    assert abs(crop.height - (crop.region[3] - crop.region[1]) * scale) < 2
    left, top, right, bottom = crop.framed[0]
    for x, y in ((left, top), (right, top), (left, bottom), (right, bottom)):
        assert near(picture, (x - crop.region[0]) * scale, (y - crop.region[1]) * scale, RED)
    assert not near(picture, 5, 5, RED)
    assert crop.against
    left, top, _, _ = crop.against[0]
    assert near(picture, (left - crop.region[0]) * scale, (top - crop.region[1]) * scale, BLUE)


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_turned_page_is_cut_as_it_is_shown(tmp_path: Path, rotate: int) -> None:
    """The reader's boxes are those of the page as displayed, and so is the picture."""
    place = write(tmp_path, rotate)
    box = (100.0, 200.0, 180.0, 220.0)
    (finding,) = with_fingerprints([Finding("x", "error", "某处。", ("k",), (Source(page=2, bbox=box),))])
    (crop,) = crops_of(place.read_bytes(), [finding]).of(finding)
    assert crop.framed == (box,)
    assert crop.region[0] == 0
    width = 842 if rotate in (90, 270) else 595
    assert crop.region[2] == pytest.approx(width, abs=1)


def test_the_same_bytes_every_time(tmp_path: Path) -> None:
    place = write(tmp_path)
    verdict = verdict_on(place)

    def digest() -> str:
        made = crops_of(place.read_bytes(), verdict.findings)
        return hashlib.sha256(b"".join(c.png for f in verdict.findings for c in made.of(f))).hexdigest()

    assert digest() == digest()


def test_pictures_are_bounded_and_the_rest_is_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = write(tmp_path)
    findings = with_fingerprints(
        Finding("x", "error", "某处。", (str(n),), (Source(page=2, bbox=(50.0, 200.0, 90.0, 220.0)),)) for n in range(6)
    )
    monkeypatch.setattr(crops_module, "_MOST_PICTURES", 4)
    made = crops_of(place.read_bytes(), findings)
    assert [len(made.of(finding)) for finding in findings] == [1, 1, 1, 1, 0, 0]
    assert made.left_out == 2


def test_a_place_without_a_box_or_off_the_pages_has_no_picture(tmp_path: Path) -> None:
    place = write(tmp_path)
    nowhere = (Source(page=1), Source(line=3), Source(page=9, bbox=(1.0, 1.0, 2.0, 2.0)))
    findings = with_fingerprints(
        Finding("x", "error", "某处。", (str(n),), (source,)) for n, source in enumerate(nowhere)
    )
    made = crops_of(place.read_bytes(), findings)
    assert not any(made.of(finding) for finding in findings)
    assert made.left_out == 1  # the page that does not exist


def test_without_suspects_the_first_place_is_meant() -> None:
    text, other, cell = (
        Source(page=1, quote="甲"),
        Source(page=2, quote="乙"),
        Source(page=3, table="t01", row=1, column=1),
    )
    assert places_of(Finding("x", "error", "。", ("k",), (text, cell, other))) == ([text, other], [cell])
    assert places_of(Finding("x", "error", "。", ("k",), (cell, text))) == ([cell], [text])
    assert places_of(Finding("x", "error", "。", ("k",))) == ([], [])


def test_far_apart_numbers_give_a_picture_of_bounded_height(tmp_path: Path) -> None:
    place = write(tmp_path)
    boxes = [(50.0, y, 90.0, y + 15) for y in (60.0, 500.0, 800.0)]
    finding = Finding("x", "error", "某处。", ("k",), tuple(Source(page=2, bbox=box) for box in boxes))
    (crop,) = crops_of(place.read_bytes(), [replace(finding, id="a")]).of(replace(finding, id="a"))
    assert crop.region[3] - crop.region[1] <= 331
    assert crop.framed == (boxes[0],)
