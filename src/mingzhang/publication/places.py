"""A place in the document as a person points at it."""

from __future__ import annotations

from pathlib import PurePath

from mingzhang.cube.source import Source
from mingzhang.publication.terminal import clean


def place_words(source: Source) -> str:
    """第3页表内第5行第4列, 工作表“表三”C7单元格, 第160行."""
    parts: list[str] = [f"“{clean(PurePath(source.file).name)}”"] if source.file else []
    if source.sheet is not None:
        parts.append(f"工作表“{clean(source.sheet)}”" + (f"{source.cell}单元格" if source.cell else ""))
    elif source.line is not None:
        parts.append(f"第{source.line}行")
    else:
        page = f"第{source.page}页" if source.page is not None else ""
        row = f"第{source.row}行" if source.row is not None else ""
        column = f"第{source.column}列" if source.column is not None else ""
        cell = f"表内{row}{column}" if row or column else ""
        parts.append(f"{page}{cell}")
    return " ".join(part for part in parts if part)
