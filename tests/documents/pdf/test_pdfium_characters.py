"""What PDFium's text page says and what of it is printed."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from mingzhang.documents.pdf.glyphs import Glyph, PageGlyphs, Placement, is_printable, is_unmapped, unified
from mingzhang.documents.pdf.pdfium_characters import _NOTHING, _ODD, _PLAIN, _SPACE, Characters, _kinds, _mended


def test_every_unit_is_of_the_kind_that_it_is_treated_as() -> None:
    kinds = _kinds().tolist()
    for code in range(0x10000):
        if code in (0x20, 0xA0, 0x3000):
            expected = {_SPACE}
        elif is_unmapped(code) or 0xD800 <= code < 0xE000 or code in (0x2, 0xFFFE):
            expected = {_ODD}
        elif not is_printable(code):
            expected = {_NOTHING, _ODD}  # an odd one is looked at, and dropped then
        else:
            expected = {_PLAIN, _ODD} if unified(chr(code)) == chr(code) else {_ODD}
        assert kinds[code] in expected, hex(code)


def test_a_unified_character_is_one_character() -> None:
    assert {len(unified(chr(code))) for code in range(0x10000) if not 0xD800 <= code < 0xE000} == {1}


def glyph(char: str, left: float, spaced: bool = False) -> Glyph:
    return Glyph(char, left, 10.0, left + 5.0, 16.0, 15.0, 6.0, spaced)


def test_a_character_that_is_cut_keeps_all_but_its_box() -> None:
    cut = _mended([glyph("1", 0.0), glyph("2", 5.0, True)], {1: (5.0, 11.0, 8.0, 16.0)})
    assert cut == [glyph("1", 0.0), Glyph("2", 5.0, 11.0, 8.0, 16.0, 15.0, 6.0, True)]


def test_the_space_before_what_nobody_sees_stands_before_the_next_that_is_seen() -> None:
    glyphs = [glyph("甲", 0.0), glyph("乙", 5.0, True), glyph("丙", 10.0), glyph("丁", 15.0), glyph("戊", 20.0)]
    assert _mended(glyphs, {1: None, 2: None}) == [glyphs[0], glyph("丁", 15.0, True), glyphs[4]]
    assert _mended(glyphs[:2], {1: None}) == glyphs[:1]


@pytest.mark.parametrize(
    ("codes", "text", "unmapped"),
    [([0x20BB7, 0x4E00], "𠮷一", 0), ([0x4E00, 0xF0001], "一\U000f0001", 1), ([0xD842, 0xDFB7, 0x0], "𠮷", 1)],
)
def test_a_page_whose_text_is_told_character_by_character(codes: list[int], text: str, unmapped: int) -> None:
    """PDFium then tells code points; a rare character of a name lies beyond the first 65,536."""
    raw: Any = SimpleNamespace(
        FPDFText_CountChars=lambda page: len(codes),
        FPDFText_GetText=lambda *arguments: 0,
        FPDFText_GetUnicode=lambda page, index: codes[index],
        FPDFText_IsGenerated=lambda page, index: 0,
    )
    page = PageGlyphs(1, 100.0, 100.0)
    characters = Characters(raw, 0, Placement((0.0, 0.0, 100.0, 100.0), 0), 0)
    assert (characters._written(page)[0], page.unmapped) == (text, unmapped)
