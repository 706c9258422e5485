"""Workbooks of the xlsx family → Document: sheets, shared strings and styles of the package.

Read by streaming the package's XML rather than through openpyxl: one pass gives the stored decimal strings and tells
a formula without a result from an empty cell (openpyxl needs two), a sheet of a million blank rows or a merged range
of a whole sheet costs nothing, and files whose styles or drawings are slightly off (exports of many office systems),
which openpyxl refuses as a whole, are read. The tests hold the result against openpyxl's.
"""

from __future__ import annotations

from dataclasses import dataclass
from xml.etree import ElementTree

from mingzhang.documents import refusals
from mingzhang.documents.builtin_formats import COUNTRY_DATES, builtin_format
from mingzhang.documents.model import Document
from mingzhang.documents.package import Handler, Package
from mingzhang.documents.raw import RawFile
from mingzhang.documents.workbook import Sheet, document_of
from mingzhang.documents.xlsx_sheet import Book, SheetHandler, Style

_DEFAULT_WORKBOOK = "xl/workbook.xml"


def read_xlsx(raw: RawFile) -> Document:
    """Read an xlsx (xlsm, xltx) workbook: visible sheets in order, cells as printed.

    Raises ``UnreadableError``: damaged-file, encrypted, too-large, empty-file.
    """
    package = Package(raw)
    place = next((part for kind, part in package.relationships("").values() if kind == "officeDocument"), "")
    place = place if package.has(place) else _DEFAULT_WORKBOOK
    if not package.has(place):
        raise refusals.damaged(raw.path, "缺少 workbook.xml")
    tree = package.tree(place)
    related = package.relationships(place)
    parts = dict(related.values())
    properties = tree.find("workbookPr")
    book = Book(
        _shared_strings(package, parts.get("sharedStrings", "")),
        _styles(package, parts.get("styles", "")),
        since_1904=properties is not None and _is_true(properties.get("date1904")),
        limits=raw.limits,
        path=raw.path,
    )
    sheets: list[Sheet] = []
    notes: list[str] = []
    for element in tree.iter("sheet"):
        name = element.get("name", "")
        kind, part = related.get(element.get("id", ""), ("", ""))
        if kind == "worksheet" and package.has(part):
            handler = SheetHandler(name, book, hidden=element.get("state", "visible") != "visible")
            package.stream(part, handler)
            sheets.append(handler.sheet())
        else:
            what = "不是表格（图表等）" if package.has(part) else "的内容在文件中缺失"
            notes.append(f"工作表“{name}”{what}，未读取。")
    notes.extend(_stale(tree, sheets))
    return document_of(raw, "xlsx", sheets, notes)


def _is_true(text: str | None) -> bool:
    return text is not None and text.strip().lower() in ("1", "true", "on")


def _stale(tree: ElementTree.Element, sheets: list[Sheet]) -> list[str]:
    """Programs that write formulas without computing them ask for it on opening; their stored results are guesses."""
    settings = tree.find("calcPr")
    count = sum(sheet.formulas - len(sheet.uncomputed) for sheet in sheets if not sheet.hidden)
    if settings is None or not _is_true(settings.get("fullCalcOnLoad")) or not count:
        return []
    return [
        f"工作簿要求打开时重新计算，{count} 个公式单元格保存的结果可能不是最终结果，"
        "请用 Excel 或 WPS 打开、保存后重新读取。"
    ]


class _SharedStrings(Handler):
    """Strings that cells refer to by index: the runs of each joined, readings (``rPh``) left out."""

    def __init__(self) -> None:
        self.strings: list[str] = []
        self._runs: list[str] = []
        self._in_text = False
        self._in_reading = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self._in_text = not self._in_reading
        elif name == "rPh":
            self._in_reading = True

    def end(self, name: str) -> None:
        if name == "t":
            self._in_text = False
        elif name == "rPh":
            self._in_reading = False
        elif name == "si":
            self.strings.append("".join(self._runs))
            self._runs.clear()

    def text(self, text: str) -> None:
        if self._in_text:
            self._runs.append(text)


def _shared_strings(package: Package, part: str) -> list[str]:
    part = part if package.has(part) else "xl/sharedStrings.xml"
    handler = _SharedStrings()
    if package.has(part):
        package.stream(part, handler)
    return handler.strings


@dataclass(frozen=True, slots=True)
class _Lookup:
    """Tables of the styles part."""

    formats: dict[int, str]
    bordered: list[bool]


def _styles(package: Package, part: str) -> list[Style]:
    part = part if package.has(part) else "xl/styles.xml"
    if not package.has(part):
        return []
    tree = package.tree(part)
    formats = {_number(e.get("numFmtId")): e.get("formatCode", "General") for e in tree.iter("numFmt")}
    borders = tree.find("borders")
    bordered = [
        any(side.get("style", "none") != "none" for side in border)
        for border in (borders if borders is not None else ())
    ]
    lookup = _Lookup(formats, bordered)
    used = tree.find("cellXfs")
    return [_style(xf, lookup) for xf in used] if used is not None else []


def _style(xf: ElementTree.Element, lookup: _Lookup) -> Style:
    number, border = _number(xf.get("numFmtId")), _number(xf.get("borderId"))
    code = COUNTRY_DATES.get(number) or lookup.formats.get(number) or builtin_format(number)
    return Style(code, 0 <= border < len(lookup.bordered) and lookup.bordered[border])


def _number(text: str | None) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 10 else 0
