"""The text of a Word document, streamed: paragraphs with their numbers, tables with their spans, as last revised."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from mingzhang.documents import refusals
from mingzhang.documents.docx_numbering import Numbering
from mingzhang.documents.flow import MAX_NESTING, Count, FlowTable, TableMaker
from mingzhang.documents.package import Handler
from mingzhang.documents.raw import RawFile

# Nothing in these is shown: deleted text, former properties, the second copy of a drawing for old programs,
# readings over characters, tab stops (whose elements are named like tabs in the text).
_SKIPPED = frozenset(
    {
        *("moveFrom", "delText", "delInstrText", "instrText", "Fallback", "rt", "tabs", "sectPr", "sdtPr"),
        *("pPrChange", "rPrChange", "tblPrChange", "tcPrChange", "trPrChange", "tblGridChange", "tblPrExChange"),
    }
)
_MARKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
# What is counted to say that it was not read, or that it was left out.
_COUNTED = frozenset({"blip", "imagedata", "OLEObject", "altChunk", "chart", "ins", "del", "moveFrom", "moveTo"})
_DEEPEST = 1000


@dataclass(slots=True)
class _Paragraph:
    texts: list[str] = field(default_factory=list)
    style: str | None = None
    number: str | None = None
    level: int | None = None
    goes_on: bool = False
    boxes: list[str | FlowTable] = field(default_factory=list)


@dataclass(slots=True)
class _Container:
    """The body, a cell or a text box; ``carried`` is text whose paragraph mark was deleted."""

    parts: list[str | FlowTable] = field(default_factory=list)
    carried: str = ""


@dataclass(slots=True)
class _Cell:
    column_span: int = 1
    reaches_down: bool = False
    widens: bool = False


@dataclass(slots=True)
class _Table:
    maker: TableMaker
    row: list[tuple[_Cell, list[str | FlowTable]]] = field(default_factory=list)
    before: int = 0
    dropped: bool = False
    cell: _Cell = field(default_factory=_Cell)


class BodyHandler(Handler):
    """Collects one part; ``ValueError`` and ``IndexError`` mean that it is damaged."""

    def __init__(self, raw: RawFile, numbering: Numbering) -> None:
        self.counts: Counter[str] = Counter()
        self._raw, self._numbering = raw, numbering
        self._count = Count(raw)
        self._names: list[str] = []
        self._skipping = 0
        self._containers = [_Container()]
        self._paragraphs: list[_Paragraph] = []
        self._tables: list[_Table] = []
        self._fields: list[bool] = []  # for each open field whether its result has begun
        self._taking = self._hidden_run = False

    def flow(self) -> list[str | FlowTable]:
        """What was collected."""
        return self._containers[0].parts

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if self._skipping:
            self._skipping += 1
            return
        parent = self._names[-1] if self._names else ""
        if name in _COUNTED:
            self.counts[name] += 1
        if name in _SKIPPED or (name == "del" and parent not in ("rPr", "trPr")):
            self._skipping = 1
            return
        self._names.append(name)
        if len(self._names) > _DEEPEST:
            raise refusals.too_large(self._raw.path, f"内部 XML 嵌套超过 {_DEEPEST} 层")
        if name == "t":
            self._taking = True
        elif name in _MARKS and parent == "r":
            self._take(_MARKS[name])
        elif name in _STARTS:
            _STARTS[name](self, parent, attributes)

    def end(self, name: str) -> None:
        if self._skipping:
            self._skipping -= 1
            return
        self._names.pop()
        if name == "t":
            self._taking = False
        elif name in _ENDS:
            _ENDS[name](self)

    def text(self, text: str) -> None:
        if self._taking and not self._skipping:
            self._take(text)

    def _take(self, text: str) -> None:
        if self._hidden_run:
            self.counts["vanish"] += bool(text.strip())
        elif self._paragraphs and all(self._fields):
            self._paragraphs[-1].texts.append(text)

    # --- paragraphs ---

    def _start_paragraph(self, parent: str, attributes: dict[str, str]) -> None:
        self._paragraphs.append(_Paragraph())

    def _end_paragraph(self) -> None:
        paragraph = self._paragraphs.pop()
        # An instruction ends in the paragraph where it began; one that does not must not hide the rest of the file.
        self._fields = [True] * len(self._fields)
        container = self._containers[-1]
        text = "".join(paragraph.texts)
        if text.strip():
            text = self._numbering.label(paragraph.style, paragraph.number, paragraph.level) + text.lstrip()
        text = container.carried + text
        container.carried = text if paragraph.goes_on else ""
        if not paragraph.goes_on:
            container.parts += self._count.texts(text)
        container.parts += paragraph.boxes

    def _paragraph_style(self, parent: str, attributes: dict[str, str]) -> None:
        if parent == "pPr" and self._paragraphs:
            self._paragraphs[-1].style = _value(attributes)

    def _paragraph_number(self, parent: str, attributes: dict[str, str]) -> None:
        if parent == "numPr" and self._paragraphs:
            self._paragraphs[-1].number = _value(attributes)

    def _paragraph_level(self, parent: str, attributes: dict[str, str]) -> None:
        if parent == "numPr" and self._paragraphs:
            self._paragraphs[-1].level = _whole(_value(attributes), 0)

    def _deleted(self, parent: str, attributes: dict[str, str]) -> None:
        if parent == "trPr" and self._tables:
            self._tables[-1].dropped = True
        elif self._names[-3:-2] == ["pPr"] and self._paragraphs:
            self._paragraphs[-1].goes_on = True

    def _start_run(self, parent: str, attributes: dict[str, str]) -> None:
        self._hidden_run = False

    def _vanish(self, parent: str, attributes: dict[str, str]) -> None:
        if self._names[-3:-1] == ["r", "rPr"]:
            self._hidden_run = _value(attributes) not in ("0", "false", "off")

    def _end_run(self) -> None:
        self._hidden_run = False

    def _field(self, parent: str, attributes: dict[str, str]) -> None:
        kind = next((value for name, value in attributes.items() if name.endswith("fldCharType")), "")
        if kind == "begin":
            self._fields.append(False)
        elif kind == "separate" and self._fields:
            self._fields[-1] = True
        elif kind == "end" and self._fields:
            self._fields.pop()

    # --- text boxes ---

    def _start_box(self, parent: str, attributes: dict[str, str]) -> None:
        self._open_container()

    def _end_box(self) -> None:
        parts = self._close_container()
        (self._paragraphs[-1].boxes if self._paragraphs else self._containers[-1].parts).extend(parts)

    def _open_container(self) -> None:
        if len(self._containers) > MAX_NESTING:
            raise refusals.too_large(self._raw.path, f"表格或文本框嵌套超过 {MAX_NESTING} 层")
        self._containers.append(_Container())

    def _close_container(self) -> list[str | FlowTable]:
        container = self._containers.pop()
        return container.parts + self._count.texts(container.carried)

    # --- tables ---

    def _start_table(self, parent: str, attributes: dict[str, str]) -> None:
        self._tables.append(_Table(TableMaker(self._count)))

    def _end_table(self) -> None:
        table = self._tables.pop().maker.table()
        if table.cells:
            self._containers[-1].parts.append(table)

    def _start_row(self, parent: str, attributes: dict[str, str]) -> None:
        table = self._tables[-1]
        table.row, table.before, table.dropped = [], 0, False

    def _end_row(self) -> None:
        table = self._tables[-1]
        if table.dropped:
            return
        maker = table.maker
        maker.next_row()
        maker.skip(table.before)
        for cell, parts in table.row:
            span = cell.column_span
            if cell.widens and maker.widen_last(span):
                continue
            if cell.reaches_down and maker.extend_above(span):
                continue
            maker.add(parts, column_span=span)

    def _row_hidden(self, parent: str, attributes: dict[str, str]) -> None:
        if parent == "trPr" and _value(attributes) not in ("0", "false", "off"):
            self._tables[-1].dropped = True
            self.counts["vanish"] += 1

    def _grid_before(self, parent: str, attributes: dict[str, str]) -> None:
        if parent == "trPr":
            self._tables[-1].before = _whole(_value(attributes), 0)

    def _start_cell(self, parent: str, attributes: dict[str, str]) -> None:
        self._tables[-1].cell = _Cell()
        self._open_container()

    def _end_cell(self) -> None:
        table = self._tables[-1]
        table.row.append((table.cell, self._close_container()))

    def _cell_span(self, parent: str, attributes: dict[str, str]) -> None:
        if parent == "tcPr":
            self._tables[-1].cell.column_span = max(_whole(_value(attributes), 1), 1)

    def _cell_down(self, parent: str, attributes: dict[str, str]) -> None:
        if parent == "tcPr":
            self._tables[-1].cell.reaches_down = _value(attributes) != "restart"

    def _cell_right(self, parent: str, attributes: dict[str, str]) -> None:
        if parent == "tcPr":
            self._tables[-1].cell.widens = _value(attributes) != "restart"


_STARTS: dict[str, Callable[[BodyHandler, str, dict[str, str]], None]] = {
    "p": BodyHandler._start_paragraph,
    "pStyle": BodyHandler._paragraph_style,
    "numId": BodyHandler._paragraph_number,
    "ilvl": BodyHandler._paragraph_level,
    "del": BodyHandler._deleted,
    "r": BodyHandler._start_run,
    "vanish": BodyHandler._vanish,
    "fldChar": BodyHandler._field,
    "txbxContent": BodyHandler._start_box,
    "tbl": BodyHandler._start_table,
    "tr": BodyHandler._start_row,
    "hidden": BodyHandler._row_hidden,
    "gridBefore": BodyHandler._grid_before,
    "tc": BodyHandler._start_cell,
    "gridSpan": BodyHandler._cell_span,
    "vMerge": BodyHandler._cell_down,
    "hMerge": BodyHandler._cell_right,
}
_ENDS: dict[str, Callable[[BodyHandler], None]] = {
    "p": BodyHandler._end_paragraph,
    "r": BodyHandler._end_run,
    "txbxContent": BodyHandler._end_box,
    "tbl": BodyHandler._end_table,
    "tr": BodyHandler._end_row,
    "tc": BodyHandler._end_cell,
}


def _value(attributes: dict[str, str]) -> str:
    """The attribute ``val``, in whatever namespace."""
    return next((value for name, value in attributes.items() if name.rpartition("}")[2] == "val"), "")


def _whole(text: str, default: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else default
