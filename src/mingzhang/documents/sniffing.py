"""What kind of file the bytes are: by content only, never by name."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterable
from dataclasses import dataclass

from mingzhang.documents import refusals
from mingzhang.documents.encoding import decode
from mingzhang.documents.ole import top_streams
from mingzhang.documents.raw import RawFile

KINDS = ("txt", "xlsx", "xls", "pdf", "docx", "html", "doc", "image")
"""The kinds that have readers; doc is whatever LibreOffice turns into docx."""

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
# A workbook of Excel 2–4 is a bare stream of records: BOF (09 00/02/04) and its length.
_BARE_XLS = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00", b"\x09\x08\x10\x00")


@dataclass(frozen=True, slots=True)
class _Foreign:
    """A kind that is known but has no reader: what it is, and what the person can do."""

    name: str
    advice: str


_AS_XLSX = "用 Excel 或 WPS 打开并另存为 .xlsx"
_AS_PDF = "转换为 PDF"

# Magic bytes of what people hand in by mistake; the advice completes “请…后重试”.
_MAGIC: tuple[tuple[bytes, _Foreign], ...] = (
    (b"Rar!\x1a\x07", _Foreign("RAR 压缩包", "先解压")),
    (b"7z\xbc\xaf\x27\x1c", _Foreign("7z 压缩包", "先解压")),
    (b"\x1f\x8b", _Foreign("gzip 压缩文件", "先解压")),
    (b"GIF8", _Foreign("GIF 图片", "改用可复制文字的原始文件，或另存为 PNG ")),
)
# PNG, JPEG, TIFF: pages that were scanned or photographed.
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")

_LEAD = r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*"
_HTML = re.compile(
    _LEAD + r"<(?:!doctype\s+html|html|head|body|table|meta|div|style|title)\b", re.IGNORECASE | re.DOTALL
)
_XML = re.compile(_LEAD + r"<(?:\?|[A-Za-z])", re.DOTALL)
_XML_WORKBOOK = re.compile(r"urn:schemas-microsoft-com:office:spreadsheet|progid=\"Excel\.Sheet\"")
_MHTML = re.compile(r"\s*MIME-Version:\s*1\.0", re.IGNORECASE)


def sniff(raw: RawFile) -> str:
    """One of ``KINDS``. Raises ``UnreadableError``: encrypted, damaged-file, unknown-format, unsupported-kind."""
    data = raw.data
    if data.startswith(_ZIP):
        return _sniff_zip(raw)
    if data.startswith(_OLE):
        return _sniff_ole(raw)
    if data.startswith(_BARE_XLS):
        return "xls"
    if data.startswith(b"{\\rtf"):
        return "doc"
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith(_PICTURES):
        return "image"
    for magic, foreign in _MAGIC:
        if data.startswith(magic):
            raise refusals.unsupported_kind(raw.path, foreign.name, foreign.advice)
    return _sniff_text(raw)


def _sniff_zip(raw: RawFile) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(raw.data)) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError) as error:
        raise refusals.damaged(raw.path, "压缩结构不完整") from error
    if "xl/workbook.bin" in names:
        raise refusals.unsupported_kind(raw.path, "二进制工作簿（xlsb）", _AS_XLSX)
    if _has_folder(names, "xl/"):
        return "xlsx"
    if _has_folder(names, "word/"):
        return "docx"
    if _has_folder(names, "ppt/"):
        raise refusals.unsupported_kind(raw.path, "演示文稿（pptx）", _AS_PDF)
    if "ofd.xml" in names:
        raise refusals.unsupported_kind(raw.path, "OFD 版式文件", _AS_PDF)
    if {"mimetype", "content.xml"} <= names:
        raise refusals.unsupported_kind(raw.path, "OpenDocument 文件", "另存为 .xlsx、.docx 或 PDF ")
    raise refusals.unsupported_kind(raw.path, "压缩包", "先解压")


def _has_folder(names: Iterable[str], folder: str) -> bool:
    return any(name.startswith(folder) for name in names)


def _sniff_ole(raw: RawFile) -> str:
    """Kinds of OLE containers by their top streams; a broken one by any name in it (they are not compressed)."""
    streams = top_streams(raw.data)

    def has_stream(name: str) -> bool:
        return name in streams if streams else name.encode("utf-16-le") in raw.data

    if has_stream("EncryptedPackage") or has_stream("EncryptionInfo"):
        raise refusals.encrypted(raw.path)
    if has_stream("WordDocument"):
        return "doc"
    if has_stream("Workbook") or has_stream("Book"):
        return "xls"
    if has_stream("PowerPoint Document"):
        raise refusals.unsupported_kind(raw.path, "演示文稿（ppt）", _AS_PDF)
    raise refusals.unknown_format(raw.path)


def _sniff_text(raw: RawFile) -> str:
    text = decode(raw.data)
    if text is None:
        # A page cut in the middle of a character, or in another encoding, still shows what it is.
        if b"\0" not in raw.data and _HTML.match(raw.data[:4096].decode("latin-1").removeprefix("ï»¿")):
            return "html"
        raise refusals.unknown_format(raw.path)
    head = text[:4096]
    if _XML.match(head) and _XML_WORKBOOK.search(head):
        raise refusals.unsupported_kind(raw.path, "XML 格式的电子表格", _AS_XLSX)
    if _MHTML.match(head):
        raise refusals.unsupported_kind(raw.path, "单个网页文件（mht）", "另存为 .xlsx、.docx 或 PDF ")
    if _HTML.match(head):
        return "html"
    return "txt"
