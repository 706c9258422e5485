"""The text of a web page as it is shown: blocks of text, tables with their spans; scripts, menus and what is hidden out.

Fed by the events of the parser, so that neither a deep nor a long page needs more than its text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from mingzhang.documents import refusals
from mingzhang.documents.flow import MAX_NESTING, Count, FlowTable, TableMaker
from mingzhang.documents.raw import RawFile

# Not shown, not text, or not of the page's matter (menus, the imprint).
_SKIPPED = frozenset(
    {
        *("script", "style", "template", "noscript", "title", "meta", "link", "nav", "footer", "aside"),
        *("select", "textarea", "button", "datalist", "object", "embed", "iframe", "frame", "svg", "math"),
        *("audio", "video", "canvas", "map", "rp", "rt"),
    }
)
_BLOCKS = frozenset(
    {
        *("html", "body", "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd"),
        *("section", "article", "main", "header", "address", "blockquote", "pre", "form", "fieldset", "legend"),
        *("hr", "center", "figure", "figcaption", "details", "summary", "menu", "dir", "br", "hgroup"),
    }
)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_TABS = re.compile(r"mso-tab-count\s*:\s*(\d{1,2})", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\n\r\f]+")
_LINE_BREAK = re.compile(r"[ \t]*[\r\n][ \t\r\n]*")
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_ATTACHMENT = re.compile(r"\.(?:pdf|docx?|wps|xlsx?|et|zip|rar|7z|ofd)(?:[?#]|\Z)", re.IGNORECASE)
_MOST_COLUMNS, _MOST_ROWS = 1000, 65_534  # the bounds of the HTML standard


@dataclass(slots=True)
class _Open:
    """A cell, a caption or the page: what stands in it, and the pieces of the paragraph that is open."""

    count: Count
    in_cell: bool = False  # there a tab is a blank; between fields of a paragraph it parts them
    parts: list[str | FlowTable] = field(default_factory=list)
    pieces: list[str] = field(default_factory=list)

    def close_paragraph(self) -> None:
        if self.pieces:
            text = _shown("".join(self.pieces))
            self.parts += self.count.texts(text.replace("\t", " ") if self.in_cell else text)
            self.pieces.clear()


@dataclass(slots=True)
class _Table:
    maker: TableMaker
    spans: tuple[int, int] | None = None


class PageHandler:
    """The target of the parser: collects the page."""

    def __init__(self, raw: RawFile) -> None:
        self.hidden = 0
        self.attachments: list[str] = []
        self._raw = raw
        self._count = Count(raw)
        self._skipping = 0
        self._skips_hidden = False
        self._page = _Open(self._count)
        self._open = [self._page]
        self._tables: list[_Table] = []
        self._preformatted = 0

    def flow(self) -> list[str | FlowTable]:
        """What was collected."""
        return self._page.parts

    def close(self) -> None:
        """The page ends."""
        self._page.close_paragraph()

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        if self._skipping:
            self._skipping += 1
            return
        tabs = _TABS.search(attributes.get("style", "")) if tag == "span" else None
        if tabs is not None:
            self._open[-1].pieces.append("\t" * int(tabs[1]))  # drawn by blanks within, as Word writes its tabs
            self._skipping, self._skips_hidden = 1, False
            return
        hides = _is_hidden(attributes)
        if hides or tag in _SKIPPED:
            self._skipping, self._skips_hidden = 1, hides
        elif tag in _BLOCKS:
            self._open[-1].close_paragraph()
            self._preformatted += tag == "pre"
        elif tag in ("td", "th"):
            self._start_cell(attributes)
        elif tag == "tr":
            if self._tables:
                self._tables[-1].maker.next_row()
        elif tag == "table":
            self._start_table()
        elif tag == "caption":
            self._push()
        elif tag == "a" and _ATTACHMENT.search(attributes.get("href", "")):
            self.attachments.append(attributes["href"])

    def end(self, tag: str) -> None:
        if self._skipping:
            self._skipping -= 1
        elif tag in _BLOCKS:
            self._open[-1].close_paragraph()
            self._preformatted -= tag == "pre"
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag == "table":
            self._end_table()
        elif tag == "caption":
            parts = self._pop()
            self._open[-1].parts += parts

    def data(self, data: str) -> None:
        if self._skipping:
            if self._skips_hidden and data.strip():
                self.hidden += 1
                self._skips_hidden = False
            return
        self._open[-1].pieces.append(data if self._preformatted else _collapsed(data))

    def _push(self) -> None:
        if len(self._open) > MAX_NESTING:
            raise refusals.too_large(self._raw.path, f"表格嵌套超过 {MAX_NESTING} 层")
        self._open[-1].close_paragraph()
        self._open.append(_Open(self._count, in_cell=True))

    def _pop(self) -> list[str | FlowTable]:
        self._open[-1].close_paragraph()
        return self._open.pop().parts

    def _start_table(self) -> None:
        # Text between table and cell is shown above the table.
        self._open[-1].close_paragraph()
        self._tables.append(_Table(TableMaker(self._count)))

    def _end_table(self) -> None:
        self._open[-1].close_paragraph()
        table = self._tables.pop().maker.table()
        if table.cells:
            self._open[-1].parts.append(table)

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        if not self._tables:  # a cell outside of tables is a block
            self._open[-1].close_paragraph()
            return
        rows = _span(attributes.get("rowspan"), _MOST_ROWS, zero=_MOST_ROWS)
        self._tables[-1].spans = rows, _span(attributes.get("colspan"), _MOST_COLUMNS, zero=1)
        self._push()

    def _end_cell(self) -> None:
        if not self._tables:
            self._open[-1].close_paragraph()
            return
        table = self._tables[-1]
        rows, columns = table.spans or (1, 1)
        table.maker.add(self._pop(), rows, columns)


def _is_hidden(attributes: Mapping[str, str]) -> bool:
    return "hidden" in attributes or _HIDING.search(attributes.get("style", "")) is not None


def _span(text: str | None, most: int, *, zero: int) -> int:
    text = (text or "").strip()
    if not (text.isascii() and text.isdigit()):
        return 1
    return min(int(text[:9]) or zero, most)


def _collapsed(text: str) -> str:
    """Blanks and line ends of the source are one blank; a tab within a line stays, as pasted fields are parted by it."""
    return _BLANKS.sub(_blank, text)


def _blank(run: re.Match[str]) -> str:
    if "\n" in run[0] or "\r" in run[0]:
        return "\r"
    return run[0] if "\t" in run[0] else " "


def _shown(text: str) -> str:
    """The source's line ends (still marked) are nothing between Chinese characters and a blank elsewhere."""
    text = text.translate(_INVISIBLE).replace("\u00a0", " ")
    if "\r" not in text:
        return text

    def blank(run: re.Match[str]) -> str:
        before, after = text[: run.start()][-1:], text[run.end() :][:1]
        return "" if _is_wide(before) or _is_wide(after) else " "

    return _LINE_BREAK.sub(blank, text)


def _is_wide(character: str) -> bool:
    return character >= "\u2e80"
