"""Word documents (docx) → Document: paragraphs and tables of the main part in reading order.

Read by streaming the package's XML, as workbooks are: no library is needed, true spans and list numbers are kept, and
memory does not grow with the mark-up. Headers, footers and comments are not part of the text.
"""

from __future__ import annotations

from collections import Counter
from xml.etree.ElementTree import Element

from mingzhang.documents import refusals
from mingzhang.documents.docx_body import BodyHandler
from mingzhang.documents.docx_numbering import Numbering
from mingzhang.documents.flow import blocks_of
from mingzhang.documents.model import Document
from mingzhang.documents.package import Package
from mingzhang.documents.raw import RawFile

_DEFAULT_MAIN = "word/document.xml"


def read_docx(raw: RawFile) -> Document:
    """Read a docx (docm, dotx): deleted revisions dropped, inserted ones kept, fields as last shown.

    Raises ``UnreadableError``: damaged-file, encrypted, too-large, empty-file.
    """
    package = Package(raw)
    place = next((part for kind, part in package.relationships("").values() if kind == "officeDocument"), "")
    place = place if package.has(place) else _DEFAULT_MAIN
    if not package.has(place):
        raise refusals.damaged(raw.path, "缺少 document.xml")
    parts = dict(package.relationships(place).values())

    def tree(kind: str) -> Element | None:
        part = parts.get(kind, "")
        return package.tree(part) if package.has(part) else None

    handler = BodyHandler(raw, Numbering(tree("numbering"), tree("styles")))
    package.bound(place, "markup_bytes")
    package.stream(place, handler)
    blocks = blocks_of(handler.flow())
    notes = _notes(handler.counts)
    if not blocks:
        raise refusals.empty_file(raw.path, "；".join(note.rstrip("。") for note in notes) or "文档没有文字")
    return Document(raw.path, raw.sha256, "docx", None, blocks, tuple(notes))


def _notes(counts: Counter[str]) -> list[str]:
    notes: list[str] = []
    if any(counts[name] for name in ("ins", "del", "moveFrom", "moveTo")):
        notes.append("文档中有未接受的修订，按接受修订后的内容读取。")
    if counts["vanish"]:
        notes.append(f"文档中有 {counts['vanish']} 处隐藏文字未读取。")
    if pictures := counts["blip"] + counts["imagedata"]:
        notes.append(f"文档中有 {pictures} 张图片未读取。")
    if counts["OLEObject"]:
        notes.append(f"文档中有 {counts['OLEObject']} 个嵌入的对象（如 Excel 表格）未读取，请另行提供该文件。")
    if counts["altChunk"]:
        notes.append(f"文档中有 {counts['altChunk']} 段嵌入的其他格式内容未读取，请用 Word 打开、保存后重新读取。")
    if counts["chart"]:
        notes.append(f"文档中有 {counts['chart']} 个图表未读取。")
    return notes
