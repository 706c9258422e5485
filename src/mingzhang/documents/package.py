"""Zip packages of office files (xlsx, docx): parts by name, bounded in size, and XML without document types."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal
from xml.etree import ElementTree
from xml.parsers import expat

from mingzhang.documents import refusals
from mingzhang.documents.raw import RawFile
from mingzhang.errors import UnreadableError

_CHUNK = 1 << 16

# What the zip and XML libraries raise for bad input.
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ElementTree.ParseError, expat.ExpatError)
# What bad input makes of the values in it: a reference that is no number, an index beyond a table.
_SENSELESS = (ValueError, LookupError, OverflowError)


class _DoctypeError(Exception):
    """The part declares a document type: no office program writes one, and entities are how XML bombs are made."""


class _Builder(ElementTree.TreeBuilder):
    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise _DoctypeError(name)


class Handler:
    """Receives the elements of one streamed part; names and attributes come without their namespaces."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def text(self, text: str) -> None:
        """Some text of the element that is open."""


class Package:
    """An open zip package. Every method raises ``UnreadableError``: damaged-file, encrypted, too-large."""

    def __init__(self, raw: RawFile) -> None:
        self._raw = raw
        with self._guarded("压缩结构不完整"):
            self._archive = zipfile.ZipFile(io.BytesIO(raw.data))
        self._entries = {_normal(info.filename): info for info in self._archive.infolist()}
        self._check_size()

    def _check_size(self) -> None:
        limits, path = self._raw.limits, self._raw.path
        infos = self._archive.infolist()
        if len(infos) > limits.entries:
            raise refusals.too_large(path, f"压缩包内有 {len(infos)} 个文件", "entries")
        if any(info.flag_bits & 1 for info in infos):
            raise refusals.encrypted(path)
        total = sum(info.file_size for info in infos)
        if total > limits.unpacked_bytes:
            raise refusals.too_large(path, f"解压后有 {total // (1 << 20)} MB", "unpacked_bytes")
        for info in infos:
            if info.file_size > limits.ratio_floor_bytes and info.file_size > limits.ratio * info.compress_size:
                raise refusals.too_large(path, f"内部文件“{info.filename}”的压缩比异常，疑似压缩炸弹")

    @contextmanager
    def _guarded(self, reason: str) -> Iterator[None]:
        """Errors that bad input causes become refusals; all others are defects and pass."""
        try:
            yield
        except UnreadableError:
            raise
        except _DoctypeError as error:
            raise refusals.too_large(self._raw.path, "内部 XML 含有文档类型或实体声明，疑似实体炸弹") from error
        except (*_BROKEN, *_SENSELESS) as error:
            raise refusals.damaged(self._raw.path, reason) from error

    def bound(self, part: str, setting: Literal["markup_bytes", "tree_bytes"]) -> None:
        """Refuse a part that unpacks to more bytes than the limit of that name."""
        most: int = getattr(self._raw.limits, setting)
        if self.has(part) and self._entries[_normal(part)].file_size > most:
            raise refusals.too_large(self._raw.path, f"内部文件“{part}”大于 {most / (1 << 20):g} MB", setting)

    def has(self, part: str) -> bool:
        """Whether the part is there; names do not distinguish case."""
        return _normal(part) in self._entries

    def tree(self, part: str) -> ElementTree.Element:
        """A small part as a tree, names without namespaces."""
        self.bound(part, "tree_bytes")
        with self._guarded(f"内部文件“{part}”无法解析"), self._archive.open(self._entries[_normal(part)]) as stream:
            parser = ElementTree.XMLParser(target=_Builder())
            while chunk := stream.read(_CHUNK):
                parser.feed(chunk)
            root = parser.close()
        for element in root.iter():
            element.tag = _local(element.tag)
            for name in [name for name in element.attrib if "}" in name]:
                element.attrib.setdefault(_local(name), element.attrib.pop(name))
        return root

    def stream(self, part: str, handler: Handler) -> None:
        """A large part, element by element, in constant memory."""
        parser = expat.ParserCreate(namespace_separator="}")
        parser.buffer_text = True
        names: dict[str, str] = {}

        def start(name: str, attributes: dict[str, str]) -> None:
            local = names.get(name)
            if local is None:
                local = names[name] = _local(name)
            handler.start(local, attributes)

        def end(name: str) -> None:
            handler.end(names[name])

        def doctype(name: str, *_: object) -> None:
            raise _DoctypeError(name)

        parser.StartElementHandler = start
        parser.EndElementHandler = end
        parser.CharacterDataHandler = handler.text
        parser.StartDoctypeDeclHandler = doctype
        with self._guarded(f"内部文件“{part}”无法解析"), self._archive.open(self._entries[_normal(part)]) as stream:
            while chunk := stream.read(_CHUNK):
                parser.Parse(chunk, False)
            parser.Parse(b"", True)

    def relationships(self, part: str) -> dict[str, tuple[str, str]]:
        """The parts that ``part`` points to: id → (kind, part name). The empty name stands for the package itself."""
        folder, name = posixpath.split(part)
        place = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(place):
            return {}
        found: dict[str, tuple[str, str]] = {}
        for element in self.tree(place).iter("Relationship"):
            target = element.get("Target", "").replace("\\", "/")
            kind = element.get("Type", "").rpartition("/")[2]
            if element.get("TargetMode", "").lower() != "external":
                found[element.get("Id", "")] = (
                    kind,
                    posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/"),
                )
        return found


def _normal(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()


def _local(name: str) -> str:
    return name.rpartition("}")[2]
