"""One door for all files: read once, see what it is, hand it to the reader of its kind."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from mingzhang.documents import refusals
from mingzhang.documents.limits import DEFAULT_LIMITS, Limits
from mingzhang.documents.model import Document
from mingzhang.documents.raw import RawFile
from mingzhang.documents.sniffing import sniff

if TYPE_CHECKING:
    from mingzhang.documents.pdf.reader import Scanner

Reader = Callable[[RawFile], Document]


def _text(raw: RawFile) -> Document:
    from mingzhang.documents.text import read_text

    return read_text(raw)


def _xlsx(raw: RawFile) -> Document:
    from mingzhang.documents.xlsx import read_xlsx

    return read_xlsx(raw)


def _xls(raw: RawFile) -> Document:
    from mingzhang.documents.xls import read_xls

    return read_xls(raw)


def _pdf(raw: RawFile) -> Document:
    from mingzhang.documents.pdf import read_pdf

    return read_pdf(raw.data, raw.path, raw.sha256, limits=raw.limits, scanner=_scanner)


def _scanner(data: bytes) -> Scanner | None:
    from mingzhang.documents.scan.reader import PdfScanner, available

    return PdfScanner(data) if available() else None


def _image(raw: RawFile) -> Document:
    from mingzhang.documents.scan.files import read_image

    return read_image(raw)


def _docx(raw: RawFile) -> Document:
    from mingzhang.documents.docx import read_docx

    return read_docx(raw)


def _html(raw: RawFile) -> Document:
    from mingzhang.documents.html import read_html

    return read_html(raw)


def _legacy(raw: RawFile) -> Document:
    from mingzhang.documents.office import read_legacy

    return read_legacy(raw)


# The readers by sniffed kind. Each imports its library only when called, so that starting the program stays fast.
_READERS: dict[str, Reader] = {
    "txt": _text,
    "xlsx": _xlsx,
    "xls": _xls,
    "pdf": _pdf,
    "docx": _docx,
    "html": _html,
    "doc": _legacy,
    "image": _image,
}

_EXTENSIONS = {
    "txt": frozenset({".txt", ".csv", ".tsv", ".md", ".text", ".markdown"}),
    "xlsx": frozenset({".xlsx", ".xlsm", ".xltx", ".xltm"}),
    "xls": frozenset({".xls", ".xlt", ".et"}),
    "pdf": frozenset({".pdf"}),
    "docx": frozenset({".docx", ".docm", ".dotx"}),
    "html": frozenset({".html", ".htm", ".xhtml", ".shtml"}),
    "doc": frozenset({".doc", ".wps", ".dot", ".wpt", ".rtf"}),
    "image": frozenset({".png", ".jpg", ".jpeg", ".tif", ".tiff"}),
}


def open_document(path: str | Path, *, limits: Limits = DEFAULT_LIMITS) -> Document:
    """Read one file of any kind into a ``Document``.

    The kind is decided by the content; an extension that says otherwise is only noted. Raises ``UsageError``
    (no-such-file) or ``UnreadableError`` with one of the codes of ``documents.refusals``.
    """
    raw = _read(str(path), limits)
    kind = sniff(raw)
    document = _READERS[kind](raw)
    note = _extension_note(raw.extension, kind)
    return replace(document, notes=(note, *document.notes)) if note else document


def _read(path: str, limits: Limits) -> RawFile:
    place = Path(path)
    try:
        if not place.exists():
            raise refusals.no_such_file(path)
        if not place.is_file():
            raise refusals.not_a_file(path)
        with place.open("rb") as stream:
            data = stream.read(limits.file_bytes + 1)
    except ValueError as error:  # a NUL in the path
        raise refusals.no_such_file(path) from error
    except OSError as error:
        raise refusals.no_permission(path, error.strerror or type(error).__name__) from error
    if len(data) > limits.file_bytes:
        raise refusals.too_large(path, f"文件大于 {limits.file_bytes / (1 << 20):g} MB", "file_bytes")
    if not data:
        raise refusals.empty_file(path, "文件大小为 0")
    return RawFile(data, path, hashlib.sha256(data).hexdigest(), limits)


def _extension_note(extension: str, kind: str) -> str | None:
    if not extension or extension in _EXTENSIONS[kind]:
        return None
    return f"文件扩展名是“{extension}”，实际内容是 {kind}，已按实际内容读取。"
