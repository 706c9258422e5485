"""Web pages (HTML) → Document: the text of a page and its tables as a browser shows them."""

from __future__ import annotations

import codecs
import posixpath
import re
from typing import Any
from urllib.parse import unquote, urlsplit

from mingzhang.documents import refusals
from mingzhang.documents.encoding import decode
from mingzhang.documents.flow import FlowTable, blocks_of
from mingzhang.documents.html_flow import PageHandler
from mingzhang.documents.model import Document
from mingzhang.documents.raw import RawFile

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_ENTITY = re.compile(r"<!DOCTYPE[^>\[]*\[\s*(?:<!--.*?-->\s*)*<!(?:ENTITY|ELEMENT|ATTLIST|NOTATION)", re.I | re.S)
_NOT_ASCII = re.compile(r"[^\x00-\x7f\ufffd]")
_LOST = "\ufffd"
_HEAD = 4096
_PIECE = 1 << 16
_LISTED = 5
# Pages say gb2312 and mean its superset.
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "utf-8": "gb18030", "iso8859-1": "gb18030"}


def read_html(raw: RawFile) -> Document:
    """Read a web page, also one saved as .xls or .doc by an export system. Nothing that it links to is fetched.

    Raises ``UnreadableError``: too-large, unknown-format, empty-file.
    """
    if len(raw.data) > raw.limits.page_bytes:
        raise refusals.too_large(raw.path, f"网页大于 {raw.limits.page_bytes / (1 << 20):g} MB", "page_bytes")
    text, notes = _text_of(raw)
    if _ENTITY.search(text[:_HEAD]):
        raise refusals.too_large(raw.path, "网页含有实体声明，疑似实体炸弹")
    handler = PageHandler(raw)
    blocks = blocks_of(_parsed(text, raw, handler))
    if handler.hidden:
        notes.append(f"网页中有 {handler.hidden} 处隐藏的内容未读取。")
    if handler.attachments:
        notes.append(_attachment_note(handler.attachments))
    if not blocks:
        raise refusals.empty_file(raw.path, "网页没有可见的文字")
    return Document(raw.path, raw.sha256, "html", None, blocks, tuple(notes))


def _parsed(text: str, raw: RawFile, handler: PageHandler) -> list[str | FlowTable]:
    from lxml import etree

    # Whatever encoding the page declares is done with: the parser is told the one it gets.
    target: Any = handler
    parser = etree.HTMLParser(target=target, encoding="utf-8", huge_tree=True)
    data = text.encode("utf-8", "replace")
    try:
        for start in range(0, len(data), _PIECE):
            parser.feed(data[start : start + _PIECE])
        parser.close()
    except etree.LxmlError as error:
        raise refusals.damaged(raw.path, "网页无法解析") from error
    return handler.flow()


def _text_of(raw: RawFile) -> tuple[str, list[str]]:
    """The page's text and what was lost of it: by its BOM, as UTF-8, as the page declares, as GB 18030.

    UTF-8 with a few errors (a page cut in a character) is still UTF-8, though its bytes may be valid GB 18030 too.
    """
    data = raw.data
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = decode(data)
        if text is None:
            raise refusals.unknown_format(raw.path)
        return text, []
    text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    if text.count(_LOST) * 4 > sum(1 for _ in _NOT_ASCII.finditer(text)):
        text = data.decode(_declared(data), "replace")
    if "\0" in text:
        raise refusals.unknown_format(raw.path)
    lost = text.count(_LOST)
    return text, [f"网页中有 {lost} 处乱码无法还原，文件可能不完整。"] if lost else []


def _declared(data: bytes) -> str:
    """The encoding that the page declares, where it can be any other than UTF-8."""
    found = _CHARSET.search(data[:_HEAD])
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else "gb18030"
        b"x".decode(name)
    except (LookupError, UnicodeDecodeError):
        return "gb18030"
    return _SUPERSETS.get(name, name)


def _attachment_note(links: list[str]) -> str:
    names = list(dict.fromkeys(posixpath.basename(unquote(urlsplit(link).path)) for link in links))
    listed = "、".join(names[:_LISTED]) + (" 等" if len(names) > _LISTED else "")
    return f"网页链接的 {len(names)} 个附件（{listed}）不在本文件中，未读取。"
