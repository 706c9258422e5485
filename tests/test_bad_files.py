"""Files that are broken, hostile, or no disclosure: bounded time and memory, one sentence, status 3, nothing half read.

Each is opened by the command itself, in a process whose memory is limited. ``test_wrong_input`` has the smaller cases.
"""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from mingzhang.checking import check
from mingzhang.cli import main
from mingzhang.cube.finding import Finding, with_fingerprints
from mingzhang.documents import Grid
from mingzhang.documents.pdf import read_pdf
from mingzhang.publication.drawing import draw_pages
from mingzhang.publication.report.annotated_pdf import annotated_pdf
from mingzhang.publication.report.crops import crops_of
from mingzhang.recognition import recognise
from same_content import CODES, SHAPES, WRITERS, Spent, write_reportlab

sys.path.insert(0, str(Path(__file__).parent / "documents" / "pdf"))
from handmade import Page, make_pdf

SECONDS = 60  # of processor time; the machine may be busy
MEMORY = 1536 << 20  # of address space, libraries included
HEAD = b'<?xml version="1.0"?>'
ENTITIES = b'<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'


def package(**parts: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in parts.items():
            made.writestr(name.replace("__", "/") + ".xml", data)
    return buffer.getvalue()


def page_of(content: bytes) -> bytes:
    """A PDF of one page whose content is packed a thousandfold."""
    packed = zlib.compress(content, 9)
    data = make_pdf(Page())
    return data.replace(
        b"<<  /Length 0 >> stream\n\nendstream",
        b"<< /Filter /FlateDecode /Length %d >> stream\n%s\nendstream" % (len(packed), packed),
        1,
    )


def printed() -> bytes:
    return valid("pdf")


@cache
def valid(kind: str) -> bytes:
    """A small disclosure in a file of this kind."""
    content = SHAPES["one_code_column"]([Spent(code, 1_234_500, 50_000) for code in CODES[:4]])
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / f"a.{kind}"
        {**WRITERS, "pdf": write_reportlab}[kind](content, place)
        return place.read_bytes()


LOOP = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
    b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 100000000>>endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF"
)
SHEET = b"<worksheet><sheetData>" + b" " * (600 << 20) + b"</sheetData></worksheet>"
CASES: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "pages beyond the limit": ("a.pdf", lambda: make_pdf(*[Page()] * 5001), "too-many-pages"),
    "five thousand pages of prose": (
        "a.pdf",
        lambda: make_pdf(*(Page().text(72, 60, f"第{n}回 归途") for n in range(5000))),
        "not-a-disclosure",
    ),
    "no pages": ("a.pdf", make_pdf, "no-pages"),
    "garbage behind a PDF's first bytes": ("a.pdf", lambda: b"%PDF-1.7\n" + os.urandom(500_000), "damaged-file"),
    "a page tree within itself": ("a.pdf", lambda: LOOP, "damaged-file"),
    "a page of a million lines": ("a.pdf", lambda: page_of(b"0 0 m 99 0 l S\n" * 1_000_000), "too-large"),
    "a page of nothing, packed": ("a.pdf", lambda: page_of(b" " * (200 << 20)), "not-a-disclosure"),
    "half a PDF with nothing left": ("a.pdf", lambda: printed()[:200], "damaged-file"),
    "a zip bomb as a workbook": ("a.xlsx", lambda: package(xl__workbook=SHEET), "too-large"),
    "a zip bomb as a Word file": ("a.docx", lambda: package(word__document=SHEET), "too-large"),
    "entities in a workbook": ("a.xlsx", lambda: package(xl__workbook=HEAD + ENTITIES + b"<a>&c;</a>"), "too-large"),
    "entities in a Word file": ("a.docx", lambda: package(word__document=HEAD + ENTITIES + b"<a>&c;</a>"), "too-large"),
    "entities in a web page": ("a.html", lambda: b"<!DOCTYPE html [<!ENTITY b 'bb'>]><html>&b;</html>", "too-large"),
    "half a workbook": ("a.xlsx", lambda: valid("xlsx")[:-400], "damaged-file"),
    "half a Word file": ("a.docx", lambda: valid("docx")[:-400], "damaged-file"),
    "two hundred megabytes": ("a.pdf", lambda: b"%PDF-1.7\n" + bytes(200 << 20), "too-large"),
    "a long text": ("a.txt", lambda: "某局2024年部门预算1,234.00万元".encode() * 300_000, "too-large"),
    "a long story": ("a.txt", lambda: "他口袋里只剩500元钱，和一条旧毛毯。\n\n".encode() * 5_000, "not-a-disclosure"),
    "depth without end": ("a.html", lambda: b"<html>" + b"<div>" * 500_000, "empty-file"),
}


def limited() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


@pytest.mark.parametrize("case", CASES)
def test_bounded_and_said_in_one_sentence(case: str, tmp_path: Path) -> None:
    name, make, code = CASES[case]
    place = tmp_path / name
    place.write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-m", "mingzhang", "check", str(place)],
        capture_output=True,
        encoding="utf-8",
        check=False,
        preexec_fn=limited,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
    )
    assert (done.returncode, done.stdout) == (3, ""), done.stderr
    assert done.stderr.startswith(f"mingzhang: 错误[{code}]：“{place}”")
    assert done.stderr.endswith("。\n")
    assert (done.stderr.count("\n"), done.stderr.count("。")) == (1, 1)


def test_a_truncated_pdf_is_read_and_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "a.pdf"
    data = printed()
    place.write_bytes(data[: data.rindex(b"xref\n0")])
    assert main(["check", str(place)]) in (0, 1)
    assert "文件已损坏或不完整，已按可恢复的内容读取，可能有缺页" in capsys.readouterr().out


def test_fonts_without_unicode_maps_are_told_not_taken_for_another_kind_of_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    xs, ys = (50, 150, 250, 350), (100, 120, 140, 160)
    page = Page().grid(xs, ys)
    for y in ys[1:]:
        for x in xs[:3]:
            page.text(x + 3, y - 6, "\ue001\ue002\ue003\ue004")
    place = tmp_path / "某局2024年部门预算.pdf"
    place.write_bytes(make_pdf(page))
    assert main(["check", str(place)]) == 3
    told = capsys.readouterr().err
    assert "错误[nothing-read]" in told
    assert "文字无法可靠读取" in told or "OCR" in told
    assert (told.count("\n"), told.count("。")) == (1, 1)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_lying_on_its_side_is_set_upright(turn: int) -> None:
    """As where a landscape table is printed on portrait paper: the page says nothing of it, the writing does."""
    data = printed()
    assert b"/Rotate 0" in data
    upright, lying = (
        recognise(read_pdf(version, "a.pdf", ""))
        for version in (data, data.replace(b"/Rotate 0", b"/Rotate %d" % turn))
    )
    assert len(upright.observations) > 50
    assert [(o.point, o.amount, o.source) for o in upright.observations] == [
        (o.point, o.amount, o.source) for o in lying.observations
    ]
    assert any("页的文字横卧或倒置，已转正读取" in note for note in lying.notes)
    assert not any("转正" in note for note in upright.notes)
    assert lying.turned() == dict.fromkeys(range(1, (lying.pages or 0) + 1), 360 - turn)
    assert upright.turned() == {}


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_what_is_shown_of_a_page_lying_on_its_side_is_in_its_place(turn: int) -> None:
    """Pictures of pages, crops and annotations are those of the page set upright."""
    made = []
    for data in (printed(), printed().replace(b"/Rotate 0", b"/Rotate %d" % turn)):
        document = read_pdf(data, "a.pdf", "")
        verdict = check(recognise(document))
        grids = [block for block in document.blocks if isinstance(block, Grid)]
        pictures = [Image.open(io.BytesIO(png)).convert("L") for _, png in draw_pages(data, verdict.disclosure, grids)]
        place = verdict.disclosure.observations[-1].source
        finding = with_fingerprints([Finding("x", "error", "某处。", ("k",), (place,))])[0]
        crops = crops_of(data, [finding], {None: verdict.disclosure.turned()}).of(finding)
        file = pikepdf.open(io.BytesIO(annotated_pdf(data, replace(verdict, findings=(finding,)))))
        marks = [[round(float(x), 2) for x in a.Rect] for page in file.pages for a in page.get("/Annots", [])]
        made.append((pictures, crops, marks))
    (upright, crop, marks), (lying, other, again) = made
    assert [picture.size for picture in upright] == [picture.size for picture in lying]
    for before, after in zip(upright, lying, strict=True):
        assert sum(ImageChops.difference(before, after).histogram()[64:]) < 0.01 * before.width * before.height
    assert [(c.region, c.framed, c.width, c.height) for c in crop] == [
        (c.region, c.framed, c.width, c.height) for c in other
    ]
    assert crop
    assert marks == again
    assert len(marks) > 1


@pytest.mark.parametrize("kind", ["txt", "xlsx", "docx", "html", "pdf"])
@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)
@given(data=st.data())
def test_no_change_of_bytes_is_a_defect(kind: str, data: st.DataObject) -> None:
    """Bytes changed, inserted or cut in valid files, within a package's parts too: read or refused, never status 4."""
    whole = valid(kind)
    if kind in ("xlsx", "docx") and data.draw(st.booleans()):
        changed = within(whole, data)
    else:
        changed = mutated(whole, data)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / f"a.{kind}"
        place.write_bytes(changed)
        assert main(["check", str(place), "-o", str(Path(folder) / "b")]) in (0, 1, 3)


def mutated(whole: bytes, data: st.DataObject) -> bytes:
    result = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 8))):
        at = data.draw(st.integers(0, max(len(result) - 1, 0)))
        cut = data.draw(st.sampled_from([0, 1, 4, 50, 5000]))
        result[at : at + cut] = data.draw(
            st.one_of(st.binary(max_size=6), st.sampled_from([b"<", b"0", b"9" * 30, b"%%EOF"]))
        )
    return bytes(result)


def within(whole: bytes, data: st.DataObject) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(buffer, "w") as made:
        names = source.namelist()
        chosen = data.draw(st.sampled_from(names))
        for name in names:
            part = source.read(name)
            made.writestr(name, mutated(part, data) if name == chosen else part)
    return buffer.getvalue()
