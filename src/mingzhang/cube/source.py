"""Where something stands in its document."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """The place of a cell, a number or a sentence; only what the document's kind has is filled.

    ``page`` counts from 1; ``bbox`` is (left, top, right, bottom) in points from the page's top-left corner as
    displayed; ``row`` and ``column`` count from 1 within ``table`` (a table id of the disclosure); ``cell`` is a
    workbook address such as ``C7``; ``line`` counts from 1 in a text file; ``quote`` is the text itself.
    """

    file: str | None = None
    page: int | None = None
    bbox: tuple[float, float, float, float] | None = None
    sheet: str | None = None
    cell: str | None = None
    line: int | None = None
    table: str | None = None
    row: int | None = None
    column: int | None = None
    quote: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The fields that are known, in declared order."""
        found: dict[str, Any] = {}
        for name in _NAMES:
            value = getattr(self, name)
            if value is not None:
                found[name] = list(value) if isinstance(value, tuple) else value
        return found

    def describe(self) -> str:
        """The place in Chinese, as a person would point at it: 第3页 表三 第5行第4列."""
        parts: list[str] = []
        if self.file is not None:
            parts.append(self.file)
        if self.page is not None:
            parts.append(f"第{self.page}页")
        if self.sheet is not None:
            parts.append(f"工作表“{self.sheet}”" + (f"{self.cell}单元格" if self.cell else ""))
        if self.line is not None:
            parts.append(f"第{self.line}行")
        return " ".join(parts)


_NAMES = tuple(field.name for field in fields(Source))
