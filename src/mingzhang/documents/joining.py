"""Several files as one document: their blocks one after the other, every place with its file."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from mingzhang.cube.disclosure import InputFile
from mingzhang.cube.source import Source
from mingzhang.documents.model import Document, Grid, Line


def join(documents: Sequence[Document]) -> Document:
    """One document of two or more, in their order. Its hash is that of their hashes, one a line.

    Every ``Source`` gets the path of its file; notes begin with the file that they are on.
    """
    pages = [document.pages for document in documents if document.pages is not None]
    return Document(
        path=documents[0].path,
        sha256=hashlib.sha256("\n".join(document.sha256 for document in documents).encode()).hexdigest(),
        kind=documents[0].kind,
        pages=sum(pages) if pages else None,
        blocks=tuple(_placed(block, document.path) for document in documents for block in document.blocks),
        notes=tuple(f"“{PurePath(d.path).name}”：{note}" for d in documents for note in d.notes),
        files=tuple(InputFile(d.path, d.sha256, d.kind, d.pages, d.turned) for d in documents),
    )


def _placed(block: Line | Grid, path: str) -> Line | Grid:
    def within(source: Source) -> Source:
        return source._replace(file=path)

    if isinstance(block, Line):
        return replace(block, anchors=tuple((offset, within(source)) for offset, source in block.anchors))
    cells = tuple(cell._replace(source=within(cell.source)) for cell in block.cells)
    return replace(block, cells=cells, source=within(block.source))
