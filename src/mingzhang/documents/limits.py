"""What a file may cost before it is refused: one place for every bound of this room."""

from __future__ import annotations

from dataclasses import dataclass

_MEGABYTE = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one file. Real disclosures stay below a twentieth of each; bombs and wrong files do not.

    ``file_bytes``: the file itself. For a zip package (xlsx, docx): ``unpacked_bytes`` in all, ``entries``, and for
    parts above ``ratio_floor_bytes`` the unpacked : packed ``ratio``. For all tables: ``cells``, the positions of one
    grid, and non-empty cells of one sheet; ``merges``, the merged ranges of one sheet. For Word documents and web pages:
    ``paragraphs``, and ``cells`` of the whole file; ``page_bytes``: a web page; ``text_bytes``: a text file;
    ``markup_bytes``: the text of a Word
    document, unpacked; ``tree_bytes``: a part of a package that is held as a tree (styles, lists).
    ``office_seconds``: a conversion by LibreOffice. Of a PDF: ``pdf_pages``; ``pdf_seconds``, looked at after each page;
    ``page_characters`` and ``page_rulings`` (pieces of drawn lines); ``form_drawings``: how many forms are drawn where
    forms draw one another; ``recovery_seconds``: the attempt to open a
    damaged one. Of scans: ``scanned_pages`` of one file, ``picture_pixels`` of one page.

    The names are those of the settings file (docs/how-to.md), and refusals name the one that would have to be raised.
    """

    file_bytes: int = 200 * _MEGABYTE
    unpacked_bytes: int = 512 * _MEGABYTE
    entries: int = 10_000
    ratio: int = 200
    ratio_floor_bytes: int = 16 * _MEGABYTE
    cells: int = 2_000_000
    merges: int = 200_000
    paragraphs: int = 500_000
    page_bytes: int = 16 * _MEGABYTE
    text_bytes: int = 8 * _MEGABYTE
    markup_bytes: int = 64 * _MEGABYTE
    tree_bytes: int = 32 * _MEGABYTE
    office_seconds: int = 60
    pdf_pages: int = 5_000
    pdf_seconds: int = 600
    page_characters: int = 200_000
    page_rulings: int = 50_000
    form_drawings: int = 100_000
    recovery_seconds: int = 10
    scanned_pages: int = 500
    picture_pixels: int = 80_000_000


DEFAULT_LIMITS = Limits()
