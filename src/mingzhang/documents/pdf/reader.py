"""Bytes of a PDF → Document: opens it, reads page by page, says what could not be read."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from mingzhang.documents import refusals
from mingzhang.documents.limits import DEFAULT_LIMITS, Limits
from mingzhang.documents.model import Document
from mingzhang.documents.pdf.backend_oxide import OxideFile
from mingzhang.documents.pdf.backend_pdfium import PdfiumFile
from mingzhang.documents.pdf.furniture import remove_furniture
from mingzhang.documents.pdf.glyphs import DamagedFileError, EncryptedFileError, PageGlyphs, PageSource
from mingzhang.documents.pdf.grids import grids_of
from mingzhang.documents.pdf.paragraphs import blocks_of
from mingzhang.documents.pdf.printed import PageContent, in_order, printed_lines

BACKENDS = ("pdfium", "pdf_oxide")
_LONGEST_LIST = 12


# The share of a page that an image covers, without any character, to be called a picture, and the share of characters
# without a Unicode value to be called unreadable.
_IMAGE_PAGE, _UNMAPPED_PAGE = 0.5, 0.3


def read_pdf(
    data: bytes, path: str, sha256: str, *, backend: str = "pdfium", limits: Limits = DEFAULT_LIMITS
) -> Document:
    """Reads a born-digital PDF. ``backend`` is pdfium or pdf_oxide; the other is tried where the first cannot open it.

    Raises ``UnreadableError``: too-large, encrypted, damaged-file, no-pages, too-many-pages.
    """
    notes: list[str] = []
    source = _open(data, path, backend, notes)
    try:
        count = len(source)
        if count > limits.pdf_pages:
            raise refusals.too_many_pages(path, count, limits.pdf_pages)
        second = _Second(data) if backend == "pdfium" else None
        with _collector_paused():
            pages, report = _read_pages(source, second, path, limits)
            if not pages:
                raise refusals.damaged(path, "没有一页可以读取")
            notes.extend(report)
            notes.extend(remove_furniture(pages))
            return Document(path, sha256, "pdf", count, tuple(blocks_of(pages)), tuple(notes))
    finally:
        source.close()


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Hundreds of small objects a character, none in a cycle: looking for cycles is a tenth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def _open(data: bytes, path: str, backend: str, notes: list[str]) -> PageSource:
    order: list[Callable[[bytes], PageSource]] = [PdfiumFile, OxideFile]
    if backend == "pdf_oxide":
        order.reverse()
    opened_empty = False
    for attempt, opener in enumerate(order):
        try:
            source = opener(data)
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

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._file: PageSource | None = None
        self._failed = False

    def page(self, index: int) -> PageGlyphs | None:
        if self._file is None and not self._failed:
            try:
                self._file = OxideFile(self._data)
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


def _read_pages(
    source: PageSource, second: _Second | None, path: str, limits: Limits
) -> tuple[list[PageContent], list[str]]:
    pages: list[PageContent] = []
    images: list[int] = []
    failed: list[int] = []
    unmapped: list[int] = []
    slanted: list[int] = []
    hidden: list[tuple[int, int]] = []
    begun = time.monotonic()
    for index in range(len(source)):
        if time.monotonic() - begun > limits.pdf_seconds:
            # The pages so far would look like the whole.
            raise refusals.too_large(path, f"读到第{index}页已超过 {limits.pdf_seconds} 秒", "pdf_seconds")
        page = _page(source, second, index)
        if page is None:
            failed.append(index + 1)
            continue
        if len(page.glyphs) > limits.page_characters:
            raise refusals.too_large(path, f"第{page.number}页有 {len(page.glyphs)} 个字符", "page_characters")
        rulings = len(page.horizontal) + len(page.vertical)
        if rulings > limits.page_rulings:
            raise refusals.too_large(path, f"第{page.number}页有 {rulings} 段线条", "page_rulings")
        if not page.glyphs and page.image_share > _IMAGE_PAGE:
            images.append(page.number)
        if page.unmapped > _UNMAPPED_PAGE * (len(page.glyphs) + 1):
            unmapped.append(page.number)
        if page.slanted:
            slanted.append(page.number)
        if page.hidden:
            hidden.append((page.number, page.hidden))
        pages.append(_content(page))
    notes = []
    if failed:
        notes.append(f"第{_numbers(failed)}页无法读取")
    if images:
        notes.append(f"第{_numbers(images)}页为图像，未读取")
    if unmapped:
        notes.append(f"第{_numbers(unmapped)}页的字体没有字符编码对照，文字无法可靠读取")
    if slanted:
        notes.append(f"第{_numbers(slanted)}页有倾斜的文字（如水印），未计入")
    if hidden:
        total = sum(amount for _, amount in hidden)
        notes.append(f"第{_numbers([number for number, _ in hidden])}页共有{total}个字符在页面或裁切范围之外，未计入")
    return pages, notes


def _content(page: PageGlyphs) -> PageContent:
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
