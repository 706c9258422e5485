"""Bytes of a PDF → Document: opens it, reads page by page, says what could not be read."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Protocol

from mingzhang import collector
from mingzhang.documents import refusals
from mingzhang.documents.limits import DEFAULT_LIMITS, Limits
from mingzhang.documents.model import Document, Grid, Line
from mingzhang.documents.pdf.backend_oxide import OxideFile
from mingzhang.documents.pdf.backend_pdfium import PdfiumFile
from mingzhang.documents.pdf.furniture import remove_furniture
from mingzhang.documents.pdf.glyphs import (
    CrowdedPageError,
    DamagedFileError,
    EncryptedFileError,
    PageGlyphs,
    PageSource,
)
from mingzhang.documents.pdf.grids import grids_of
from mingzhang.documents.pdf.nesting import drawings
from mingzhang.documents.pdf.paragraphs import blocks_of
from mingzhang.documents.pdf.printed import PageContent, in_order, printed_lines
from mingzhang.documents.pdf.recovery import opens_in_time

BACKENDS = ("pdfium", "pdf_oxide")
_LONGEST_LIST = 12


# The share of a page that an image covers, with few characters at most, to be called a picture, and the share of characters
# without a Unicode value to be called unreadable.
_IMAGE_PAGE, _UNMAPPED_PAGE = 0.5, 0.3
_PICTURE = 0.04  # of the page: a chart, no emblem
_FEW_CHARACTERS = 40  # so many at most may stand on a picture of a page: a stamp, a page number


class Scanner(Protocol):
    """Reads pages that are pictures. ``page`` counts from 0 and raises ``ScanFailedError``.

    ``settled`` gives a block of such a page the places on the page as displayed, and how sure its characters are.
    """

    def page(self, index: int) -> PageGlyphs: ...

    def settled(self, block: Line | Grid) -> Line | Grid: ...

    def notes(self, blocks: Sequence[Line | Grid]) -> list[str]: ...


class ScanFailedError(Exception):
    """The picture of a page could not be read; the message says why, in Chinese."""


def _no_scanner(data: bytes) -> Scanner | None:
    return None


def read_pdf(
    data: bytes,
    path: str,
    sha256: str,
    *,
    backend: str = "pdfium",
    limits: Limits = DEFAULT_LIMITS,
    scanner: Callable[[bytes], Scanner | None] = _no_scanner,
) -> Document:
    """Reads a PDF. ``backend`` is pdfium or pdf_oxide; the other is tried where the first cannot open it.

    ``scanner`` makes the reader of pages that are pictures, if there is one; it is only called for such a page.
    Raises ``UnreadableError``: too-large, encrypted, damaged-file, no-pages, too-many-pages, needs-ocr.
    """
    notes: list[str] = []
    if drawings(data, limits.form_drawings) > limits.form_drawings:
        raise refusals.too_large(path, f"其中的图形互相套用，绘出要超过 {limits.form_drawings} 次")
    source = _open(data, path, backend, limits, notes)
    try:
        count = len(source)
        if count > limits.pdf_pages:
            raise refusals.too_many_pages(path, count, limits.pdf_pages)
        second = _Second(data, limits) if backend == "pdfium" else None
        with collector.paused():
            scans = _Scans(data, scanner, limits, path)
            pages, report, turned = _read_pages(source, second, path, limits, scans)
            if scans.missed and not any(page.blocks for page in pages):
                raise refusals.needs_ocr(path)
            if not pages:
                raise refusals.damaged(path, "没有一页可以读取")
            notes.extend(report)
            notes.extend(remove_furniture(pages))
            blocks, doubts = scans.settled(blocks_of(pages))
            return Document(path, sha256, "pdf", count, tuple(blocks), (*notes, *doubts), turned=turned)
    finally:
        source.close()


def _open(data: bytes, path: str, backend: str, limits: Limits, notes: list[str]) -> PageSource:
    order: list[Callable[[bytes, int], PageSource]] = [PdfiumFile, OxideFile]
    if backend == "pdf_oxide":
        order.reverse()
    opened_empty = False
    for attempt, opener in enumerate(order):
        try:
            if attempt > 0 and opener is OxideFile and not opens_in_time(data, limits.recovery_seconds):
                raise refusals.damaged(path, "无法恢复")
            source = opener(data, limits.page_rulings)
        except EncryptedFileError as error:
            raise refusals.encrypted(path) from error
        except DamagedFileError:
            continue
        if len(source) == 0:
            opened_empty = True
            source.close()
            continue
        if attempt > 0 or b"startxref" not in data[-4096:]:
            notes.append("文件已损坏或不完整，已按可恢复的内容读取，可能有缺页")
        return source
    if opened_empty and b"%%EOF" in data[-4096:]:
        raise refusals.no_pages(path)
    raise refusals.damaged(path, "无法打开")


class _Second:
    """The other library, opened only if a page needs it."""

    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data = data
        self._limits = limits
        self._file: PageSource | None = None
        self._failed = False

    def page(self, index: int) -> PageGlyphs | None:
        if self._file is None and not self._failed:
            try:
                self._file = OxideFile(self._data, self._limits.page_rulings)
            except (DamagedFileError, EncryptedFileError):
                self._failed = True
        try:
            return None if self._file is None else self._file.page(index)
        except DamagedFileError:
            return None


def _page(source: PageSource, second: _Second | None, index: int) -> PageGlyphs | None:
    """A page, by the second library where the first fails or loses characters that the second has."""
    try:
        page = source.page(index)
    except DamagedFileError:
        return None if second is None else second.page(index)
    if page.lost and second is not None:
        other = second.page(index)
        if other is not None and len(other.glyphs) + other.hidden > len(page.glyphs) + page.hidden:
            return other
    return page


class _Scans:
    """The pages that are pictures: read by OCR where it is installed, else counted as missed."""

    def __init__(self, data: bytes, make: Callable[[bytes], Scanner | None], limits: Limits, path: str) -> None:
        self._data, self._make, self._limits, self._path = data, make, limits, path
        self._scanner: Scanner | None = None
        self._read = 0
        self.seconds = 0.0
        self.missed: list[int] = []
        self.failed: list[tuple[int, str]] = []
        self.empty: list[int] = []

    def instead_of(self, page: PageGlyphs) -> PageGlyphs:
        """The page as read from its picture, if that has more to say than its text layer."""
        unmapped = page.unmapped > _UNMAPPED_PAGE * (len(page.glyphs) + 1)
        pictured = page.image_share > _IMAGE_PAGE and len(page.glyphs) <= _FEW_CHARACTERS
        if not (unmapped or pictured):
            return page
        if self._scanner is None and not self.missed:
            self._scanner = self._make(self._data)
        if self._scanner is None:
            if pictured:
                self.missed.append(page.number)
            return page
        self._read += 1
        if self._read > self._limits.scanned_pages:
            raise refusals.too_large(self._path, f"扫描页多于 {self._limits.scanned_pages} 页", "scanned_pages")
        begun = time.monotonic()
        try:
            scanned = self._scanner.page(page.number - 1)
        except ScanFailedError as error:
            self.failed.append((page.number, str(error)))
            return page
        finally:
            self.seconds += time.monotonic() - begun
        if not scanned.glyphs and not page.glyphs:
            self.empty.append(page.number)
        if unmapped or len(scanned.glyphs) > len(page.glyphs):
            return scanned
        return page

    def notes(self) -> list[str]:
        told = [f"第{number}页为扫描件，识别失败（{reason}），未读取" for number, reason in self.failed]
        if self.missed:
            told.append(f"第{_numbers(self.missed)}页为图像，未读取；{refusals.OCR_ADVICE}")
        if self.empty:
            told.append(f"第{_numbers(self.empty)}页为图像，没有识别到文字")
        return told

    def settled(self, blocks: list[Line | Grid]) -> tuple[list[Line | Grid], list[str]]:
        if self._scanner is None:
            return blocks, []
        settled = [self._scanner.settled(block) for block in blocks]
        return settled, self._scanner.notes(settled)


def _read_pages(
    source: PageSource, second: _Second | None, path: str, limits: Limits, scans: _Scans
) -> tuple[list[PageContent], list[str], tuple[tuple[int, int], ...]]:
    pages: list[PageContent] = []
    failed: list[int] = []
    unmapped: list[int] = []
    slanted: list[int] = []
    turned: list[tuple[int, int]] = []
    pictures: list[int] = []
    hidden: list[tuple[int, int]] = []
    begun = time.monotonic()
    for index in range(len(source)):
        if time.monotonic() - begun - scans.seconds > limits.pdf_seconds:
            # The pages so far would look like the whole.
            raise refusals.too_large(path, f"读到第{index}页已超过 {limits.pdf_seconds} 秒", "pdf_seconds")
        try:
            page = _page(source, second, index)
        except CrowdedPageError as error:
            reason = f"第{index + 1}页的线条超过 {limits.page_rulings} 段"
            raise refusals.too_large(path, reason, "page_rulings") from error
        if page is None:
            failed.append(index + 1)
            continue
        if len(page.glyphs) > limits.page_characters:
            raise refusals.too_large(path, f"第{page.number}页有 {len(page.glyphs)} 个字符", "page_characters")
        printed, page = page, scans.instead_of(page)
        if printed is page and printed.image_share > _PICTURE and len(page.glyphs) > _FEW_CHARACTERS:
            pictures.append(page.number)
        if page.unmapped > _UNMAPPED_PAGE * (len(page.glyphs) + 1):
            unmapped.append(page.number)
        if page.turned:
            turned.append((page.number, page.turned))
        if page.slanted:
            slanted.append(page.number)
        if page.hidden:
            hidden.append((page.number, page.hidden))
        pages.append(content_of(page))
    notes = []
    if failed:
        notes.append(f"第{_numbers(failed)}页无法读取")
    notes.extend(scans.notes())
    if unmapped:
        notes.append(f"第{_numbers(unmapped)}页的字体没有字符编码对照，文字无法可靠读取")
    if turned:
        notes.append(turned_note([number for number, _ in turned]))
    if pictures:
        notes.append(f"第{_numbers(pictures)}页有插图（如统计图），图中的文字和数字未计入")
    if slanted:
        notes.append(f"第{_numbers(slanted)}页有倾斜的文字（如水印），未计入")
    if hidden:
        total = sum(amount for _, amount in hidden)
        notes.append(f"第{_numbers([number for number, _ in hidden])}页共有{total}个字符在页面或裁切范围之外，未计入")
    return pages, notes, tuple(turned)


def turned_note(pages: Sequence[int]) -> str:
    """That pages lay on their sides or on their heads."""
    return f"第{_numbers(pages)}页的文字横卧或倒置，已转正读取"


def content_of(page: PageGlyphs) -> PageContent:
    """The tables and lines of one page."""
    grids, rest = grids_of(page)
    lines = printed_lines(rest, page.number)
    return PageContent(page.number, page.width, page.height, in_order(grids, lines))


def _numbers(pages: Sequence[int]) -> str:
    """Page numbers with runs shortened, as they stand between 第 and 页: 1、3—5; a long list is cut: 1、3、7等90."""
    parts: list[str] = []
    start = previous = pages[0]
    for number in [*pages[1:], None]:
        if number is not None and number == previous + 1:
            previous = number
            continue
        parts.append(str(start) if start == previous else f"{start}—{previous}")
        if number is not None:
            start = previous = number
    if len(parts) > _LONGEST_LIST:
        return "、".join(parts[:_LONGEST_LIST]) + f"等{len(pages)}"
    return "、".join(parts)
