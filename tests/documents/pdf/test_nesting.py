"""Forms that draw one another without end are counted, and the PDF refused, before a library draws them."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from mingzhang.documents import open_document
from mingzhang.documents.limits import Limits
from mingzhang.documents.pdf.nesting import drawings
from mingzhang.errors import UnreadableError

MOST = 1_000
FORM = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] "
TEXT = b"BT /T 12 Tf 72 700 Td (2024) Tj ET "


def stream(told: bytes, content: bytes) -> bytes:
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (told, len(content), content)


def names(*numbers: int) -> bytes:
    return (
        b"/XObject << " + b" ".join(b"/F%d %d 0 R" % (index, number) for index, number in enumerate(numbers)) + b" >>"
    )


def resources(*numbers: int) -> bytes:
    return b"/Resources << " + names(*numbers) + b" >> "


def pdf(content: bytes, *objects: bytes) -> bytes:
    """A page that draws; ``objects`` are numbered from 6, and the first of them is its F0."""
    told = b"<< /Font << /T 5 0 R >> " + names(6) + b" >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources %b /Contents 4 0 R >>" % told
    whole = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        stream(b"", content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *objects,
    ]
    data, places = b"%PDF-1.4\n", []
    for number, text in enumerate(whole, start=1):
        places.append(len(data))
        data += b"%d 0 obj\n%b\nendobj\n" % (number, text)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(whole) + 1, len(data))
    return data + b"xref\n0 %d\n0000000000 65535 f \n" % (len(whole) + 1) + table + end


def doubling(levels: int) -> list[bytes]:
    forms = [stream(FORM + resources(7 + level), b"/F0 Do /F0 Do") for level in range(levels - 1)]
    return [*forms, stream(FORM, b"0 0 9 9 re f")]


TWICE_ITSELF = stream(FORM + resources(6), b"q /F0 Do Q q /F0 Do Q")
PACKED = zlib.compress(b"/F0 Do /F0 Do")
WITHOUT_END: dict[str, Sequence[bytes]] = {
    "it draws itself twice": [TWICE_ITSELF],
    "two draw one another twice": [
        stream(FORM + resources(7), b"/F0 Do /F0 Do"),
        stream(FORM + resources(6), b"/F0 Do /F0 Do"),
    ],
    "each draws the next twice": doubling(20),
    "what it draws is named by the page": [stream(FORM, b"/F0 Do /F0 Do")],
    "its names stand elsewhere": [
        stream(FORM + b"/Resources 7 0 R ", b"/F0 Do /F0 Do"),
        b"<< /XObject 8 0 R >>",
        b"<< /F0 6 0 R >>",
    ],
    "its names are packed with other objects": [
        stream(FORM + b"/Resources 9 0 R ", b"/F0 Do /F0 Do"),
        stream(b"/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", zlib.compress(b"9 0 << " + names(6) + b" >>")),
    ],
    "its content is packed": [stream(FORM + resources(6) + b"/Filter /FlateDecode", PACKED)],
    "its content is packed otherwise": [stream(FORM + resources(6) + b"/Filter /LZWDecode", b"?")],
    "its kind is written in numbers": [TWICE_ITSELF.replace(b"/Form", b"/F#6frm")],
    "another object is said to begin in its content": [
        stream(FORM + resources(6), b"/F0 Do\n% 99 0 obj\n/F0 Do /F0 Do"),
    ],
}


@pytest.mark.parametrize("name", WITHOUT_END)
def test_forms_that_draw_one_another_without_end_are_counted_no_further_than_asked(name: str) -> None:
    assert drawings(pdf(b"/F0 Do", *WITHOUT_END[name]), MOST) == MOST + 1


def test_forms_are_counted_as_often_as_they_are_drawn() -> None:
    assert drawings(pdf(TEXT), MOST) == 0
    assert drawings(pdf(TEXT, stream(FORM, b"0 0 9 9 re f")), MOST) == 1
    letterhead = [stream(FORM + resources(7), b"/F0 Do 1 0 0 1 0 700 cm /F0 Do"), stream(FORM, b"0 0 9 9 re f")]
    assert drawings(pdf(TEXT + b"/F0 Do", *letterhead), MOST) == 3
    assert drawings(pdf(TEXT + b"/F0 Do", *doubling(9)), MOST) == 2**9 - 1


def test_a_name_means_what_the_form_that_draws_it_says() -> None:
    """Every form may call another F0: that one is not itself."""
    inner = [stream(FORM + resources(8 + 2 * level, 9 + 2 * level), b"/F0 Do /F1 Do") for level in range(2)]
    forms = [inner[0], stream(FORM, b""), inner[1], stream(FORM, b""), stream(FORM, b""), stream(FORM, b"")]
    assert drawings(pdf(b"/F0 Do", *forms), MOST) == 5


@pytest.mark.parametrize("name", ["it draws itself twice", "each draws the next twice"])
def test_such_a_pdf_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    path = tmp_path / "表.pdf"
    path.write_bytes(pdf(TEXT + b"/F0 Do", *WITHOUT_END[name]))
    with pytest.raises(UnreadableError) as refused:
        open_document(path)
    assert (refused.value.code, refused.value.exit_status) == ("too-large", 3)
    assert "图形互相套用" in refused.value.message


def test_forms_that_are_drawn_a_few_times_are_read(tmp_path: Path) -> None:
    path = tmp_path / "表.pdf"
    path.write_bytes(pdf(TEXT + b"/F0 Do", *doubling(4)))
    assert open_document(path).pages == 1
    with pytest.raises(UnreadableError, match="超过 10 次"):
        open_document(path, limits=Limits(form_drawings=10))
