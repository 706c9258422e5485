"""Pages through PDFium, called directly: ``pdfium_characters`` has the pass over the text, ``pdfium_shapes`` the other."""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from typing import Any

from mingzhang.documents.pdf.glyphs import (
    DamagedFileError,
    EncryptedFileError,
    PageGlyphs,
    Placement,
)
from mingzhang.documents.pdf.pdfium_calls import Calls, address_of, calls
from mingzhang.documents.pdf.pdfium_characters import UPRIGHT, Characters
from mingzhang.documents.pdf.pdfium_shapes import Doubtful, Shapes

_PASSWORD_ERROR = 4
_Six = ctypes.c_float * 6
_SAMPLE = 60  # characters of a page that show how it stands


class PdfiumFile:
    """A file opened with PDFium."""

    def __init__(self, data: bytes, most_rulings: int) -> None:
        import pypdfium2  # type: ignore[import-untyped]

        self._most_rulings = most_rulings
        self._calls = calls()
        try:
            self._document: Any = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            if getattr(error, "err_code", None) == _PASSWORD_ERROR or "password" in str(error).lower():
                raise EncryptedFileError from error
            raise DamagedFileError from error

    def __len__(self) -> int:
        return len(self._document)

    def close(self) -> None:
        self._document.close()

    def page(self, index: int) -> PageGlyphs:
        import pypdfium2

        try:
            page = self._document[index]
        except pypdfium2.PdfiumError as error:
            raise DamagedFileError from error
        try:
            rotation = page.get_rotation()
            text = page.get_textpage()
            try:
                upright = _upright(self._calls, address_of(text.raw), rotation)
                placement = Placement(page.get_bbox(), upright)
                found = PageGlyphs(index + 1, placement.width, placement.height, turned=(upright - rotation) % 360)
                rotation = upright
                characters = Characters(self._calls, address_of(text.raw), placement, rotation)
                characters.collect(found)
            finally:
                text.close()
            doubtful: Doubtful = "all" if not found.glyphs else "borrowed" if characters.borrowed else "none"
            Shapes(self._calls, placement, found, self._most_rulings).walk_page(address_of(page.raw), doubtful)
            return found
        finally:
            page.close()


def _upright(raw: Calls, text_page: int, rotation: int) -> int:
    """The rotation under which the writing stands upright: that of the page, unless nearly all of a sample says another."""
    count = max(raw.FPDFText_CountChars(text_page), 0)
    matrix = _Six()
    reference = ctypes.byref(matrix)
    votes: Counter[int] = Counter()
    sample = range(0, count, count // _SAMPLE + 1)
    for index in sample:
        if raw.FPDFText_IsGenerated(text_page, index) == 1:
            continue  # line ends and blanks that the library adds lie in no direction
        if raw.FPDFText_GetMatrix(text_page, index, reference) and (matrix[0] or matrix[1]):
            angle = math.degrees(math.atan2(matrix[1], matrix[0]))
            quarters = round(angle / 90)
            if abs(angle - 90 * quarters) < math.degrees(UPRIGHT):
                votes[quarters * 90 % 360] += 1
                if votes[rotation % 360] * 5 > len(sample):
                    return rotation  # whatever the others say
    if not votes or votes[rotation % 360] * 5 > votes.total():
        return rotation
    return votes.most_common(1)[0][0]
