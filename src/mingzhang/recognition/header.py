"""The header of a table: where it ends, which phrases stand over each column, and what they name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import lru_cache
from typing import Any

from mingzhang.cube.amount import NotAnAmountError, Unit, parse_amount
from mingzhang.recognition.class_columns import Economic, Within, class_named, class_within, classification_of, is_group
from mingzhang.recognition.levels import levels_among
from mingzhang.recognition.matrix import Matrix
from mingzhang.recognition.vocabulary import fold, parse_phrase, vocabulary

CODE = re.compile(r"\d{3}(?:\d{2}){0,3}\Z")
# [208]名称, 208-名称, 208 名称: a code before its name in one cell.
PREFIXED_CODE = re.compile(
    r"\s*(?:[\[【]\s*(?P<boxed>\d{3,9})\s*[\]】]\s*[-－—]?|(?P<plain>(?:\d{3}|\d{5}|\d{7}|\d{9}))(?:\s*[-－—_]\s*|\s+))"
    r"(?P<name>[\u4e00-\u9fff“（(].*)\Z",
    re.DOTALL,
)
NUMBERING = re.compile(
    r"\s*(?:其中[:：]?\s*)?(?:(?P<l1>[一二三四五六七八九十]{1,3})\s*[、.．]|[(（]\s*(?P<l2>[一二三四五六七八九十]{1,3})\s*[)）]、?"
    r"|(?P<l3>\d{1,2})\s*[、.．](?!\d)|[(（]\s*(?P<l4>\d{1,2})\s*[)）])\s*"
)
_PLAIN = Unit("", None)
_WITH_UNIT = re.compile(r"[-+(（]?\d[\d,，.．]*[)）]?\s*(?:亿元|万元|千元|元)\Z")
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d\Z")
_LONGEST_TOTAL = 12
_SHORT = 2
_MANY = 4  # numbers in a row, from 1 on: nothing else counts so
_FORMULA = re.compile(r"\d{1,2}=[\d+\-]+\Z")  # usual under the numbers of an index row: 1=2+3
_BLANKS = re.compile(r"\s+")
_LINE_WORDS = frozenset({"栏次", "行次"})
_LINE_MARKS = _LINE_WORDS | {"**", "***"}
_CODE_PARTS = frozenset({"类", "款", "项"})
_INDEX_WORDS = frozenset({"**", "栏次", "行次", "甲", "乙", "丙", "序号", "*", "***"})


@dataclass(frozen=True, slots=True)
class Column:
    """One column as understood from its header path.

    ``role`` is ``amount`` for a column of amounts, ``unread`` for one whose phrase is not understood, otherwise a role
    of the vocabulary. ``point`` may hold ``year`` as ``"this"`` or ``"last"``.
    """

    index: int
    path: tuple[str, ...]
    role: str
    point: dict[str, Any] = field(default_factory=dict)
    unit: str | None = None
    dimension: str | None = None
    total: bool = False


_REMARK = re.compile(r"注\s*[:：]")


def is_remark(texts: Sequence[str]) -> bool:
    """A row that holds nothing but a remark: 注：本表无数据。"""
    filled = [text for text in texts if text]
    return len(filled) == 1 and bool(_REMARK.match(filled[0]))


def is_number(text: str) -> bool:
    """Whether a cell's text is a printed number (not a blank, not a dash)."""
    return bool(text) and _is_number(text)


@lru_cache(maxsize=32768)
def _is_number(text: str) -> bool:
    if not any(map(str.isdigit, text)):
        return False
    try:
        parse_amount(text.rstrip("%％"), _PLAIN)
    except NotAnAmountError:
        return False
    return True


def decimal_of(text: str) -> Decimal:
    """The number of a cell, nought where none is printed."""
    try:
        return parse_amount(text, _PLAIN).value
    except NotAnAmountError:
        return Decimal(0)


def is_total_label(text: str) -> bool:
    """合计, 总计, 小计 and the like (every such word ends in 计), alone in a label cell."""
    if not text or len(text) > _LONGEST_TOTAL or "计" not in text:
        return False
    phrase = parse_phrase(text)
    return phrase.total and phrase.understood and not phrase.point and not phrase.roles


def is_index_row(texts: Sequence[str]) -> bool:
    """A row that numbers the columns: 1 2 3 …, 栏次, ``**``."""
    filled = [_BLANKS.sub("", text) for text in texts if text]
    if not _LINE_WORDS.isdisjoint(filled):
        # 类 | 款 | 项 | 栏次 | 1 | 2: the parts of the code stand in the row of the numbers.
        filled = [text for text in filled if text not in _CODE_PARTS]
    if len(filled) < 2:
        return False
    if len(filled) > _MANY and len(filled[0]) <= _SHORT and filled[0].isascii():
        # Of a scan the ``**`` before the numbers may be read as anything.
        filled = filled[1:] if filled[1] == "1" else filled
    values: list[int] = []
    for text in filled:
        if text in _INDEX_WORDS:
            continue
        if not text.isdecimal() and not _FORMULA.match(text):
            return False
        values.append(int(text.partition("=")[0]))
    if values == [1]:
        return not _LINE_MARKS.isdisjoint(filled)  # ** | ** | 1: one column of amounts
    in_order = len(values) >= 2 and values == list(range(values[0], values[0] + len(values)))
    # On a further page of a wide table the numbers go on.
    return in_order and (values[0] in (0, 1, 2) or len(values) > 2)


def header_rows(matrix: Matrix, first: int) -> int:
    """The number of the first row after the header that begins at ``first``."""
    row = first
    while row < matrix.height and not _is_body(matrix, row, first):
        row += 1
    return row


def _is_body(matrix: Matrix, row: int, first: int) -> bool:
    texts = matrix.own[row]
    filled = [text for text in texts if text]
    if not filled:
        # An empty row inside a header (an artefact of merged cells) does not end it.
        following = next((r for r in range(row + 1, matrix.height) if any(matrix.own[r])), None)
        return row > first and (following is None or _is_body(matrix, following, first))
    if is_index_row(texts):
        return True
    if any(CODE.match(text) for text in texts[:1]) or PREFIXED_CODE.match(filled[0]):
        return True
    if any((is_number(text) and not _YEAR_ALONE.match(text)) or _WITH_UNIT.match(text) for text in filled):
        return True
    if row > first and len(filled) == 1 and is_total_label(filled[0]):
        return _under_labels(matrix, row, first) or not _below_is_header(matrix, row)
    if row > first and is_remark(texts):
        return True
    return row > first and bool(NUMBERING.match(filled[0]))


def _under_labels(matrix: Matrix, row: int, first: int) -> bool:
    """Whether the row's one text stands under the head of a column of codes or names: there 合计 is a row."""
    column = next(column for column, text in enumerate(matrix.own[row]) if text)
    above = next((matrix.own[r][column] for r in range(row - 1, first - 1, -1) if matrix.own[r][column]), "")
    head = parse_phrase(above)
    return head.understood and bool(head.roles) and not head.point


def _below_is_header(matrix: Matrix, row: int) -> bool:
    """Whether the next row still holds header phrases (a lone 合计 can stand in a header's middle row)."""
    if row + 1 >= matrix.height:
        return False
    below = matrix.own[row + 1]
    return any(below) and all(parse_phrase(text).understood and not is_number(text) for text in below if text)


def header_paths(matrix: Matrix, first: int, end: int, *, infer_spans: bool) -> list[tuple[str, ...]]:
    """The phrases over each column, top to bottom, each merged cell once.

    ``infer_spans``: the medium shows no merged cells (tab-separated text), so a blank over something belongs to the
    text at its left, and a blank under something to the text above it.
    """
    paths: list[tuple[str, ...]] = []
    # 类 | 款 | 项 | 栏次 | 1 | 2: the row of the numbers is the last row of the header for the parts of the code.
    parts = end < matrix.height and not _CODE_PARTS.isdisjoint(matrix.own[end])
    for column in range(matrix.width):
        path: list[str] = []
        bottom = end + 1 if parts and matrix.text(end, column) in _CODE_PARTS else end
        for row in range(first, bottom):
            text = matrix.text(row, column)
            if not text and infer_spans and any(matrix.text(below, column) for below in range(row + 1, bottom)):
                text = _to_the_left(matrix, row, column, first)
            if text and text.strip("*") and (not path or path[-1] != text):
                path.append(text)
        paths.append(tuple(path))
    return paths


def _to_the_left(matrix: Matrix, row: int, column: int, first: int) -> str:
    for left in range(column - 1, -1, -1):
        text = matrix.text(row, left)
        if text:
            return text
        if any(matrix.text(above, left) for above in range(first, row)) and row > first:
            # The neighbour is covered from above: its text does not reach over here.
            return ""
    return ""


# 单位资金 over 事业支出, 其他支出: what is spent of each of its kinds.
_SPENT_OF_OWN = {
    "事业支出": "business",
    "经营支出": "operating",
    "事业单位经营支出": "operating",
    "上级补助支出": "superior",
    "附属单位补助支出": "affiliated",
    "附属单位上缴支出": "affiliated",
    "其他支出": "other",
}


def read_columns(
    paths: list[tuple[str, ...]],
    content: Callable[[int], list[str]],
    announced: str | None = None,
    table: Within | None = None,
) -> list[Column]:
    """What each column holds. ``content(i)`` gives the body texts of column ``i``: they decide where headers do not.

    ``announced`` is the classification that the table's title names, ``table`` what it says of the columns' classes.
    """
    economic = classification_of(paths, announced)
    levels = levels_among(paths)
    return [
        _column(index, path, content(index), economic, table or Within(), levels) for index, path in enumerate(paths)
    ]


def _column(
    index: int, path: tuple[str, ...], body: list[str], economic: Economic, table: Within, levels: dict[str, str]
) -> Column:
    point: dict[str, Any] = {}
    role: str | None = None
    unit: str | None = None
    dimension: str | None = None
    total = False
    understood = bool(path)
    words = _whole_words(path)
    for place, text in enumerate(words):
        fund = _SPENT_OF_OWN.get(fold(text)) if point.get("fund") == "own" else None
        if fund is not None:
            point, role, total = {**point, "fund": fund}, None, False
            continue
        finer = levels.get(fold(text)) or (vocabulary().project_classes.get(fold(text)) if "nature" in point else None)
        if finer is not None or fold(text) in vocabulary().amounts:
            point, role, total = ({**point, "topic": finer} if finer else point), None, False
            continue
        phrase = parse_phrase(text)
        listed = table.code is not None and class_named(text, economic, table.code, table.year) is not None
        if listed or economic in point or not phrase.understood:
            # 公务接待费 among the columns of 商品和服务支出 is a class of it, not the cost of all receptions.
            named = class_within(text, economic, point, table)
            if named is not None:
                point, role, total = {**point, economic: named}, None, False
                continue
            if not phrase.understood and economic not in point and is_group(words[place:], economic, table):
                continue
        understood = understood and phrase.understood
        below = _compared(point, phrase.point, phrase.unit)
        if point.get("fund") == "general" and below.get("fund") == "fiscal":
            below = {**below, "fund": "appropriation"}  # 一般公共预算 / 其中：财政拨款: what of it is no 非税收入
        point.update(below)
        unit = phrase.unit or unit
        dimension = phrase.dimension or dimension
        if phrase.roles:
            role = phrase.roles[-1]
        elif not (phrase.total and role is not None):
            role = None  # 合计 merged under 科目编码 leaves it a column of codes
        total = phrase.total
    # A column of dashes is as empty as one of blanks.
    filled = [text for text in body if any(map(str.isalnum, text)) and not is_total_label(text)]
    numeric = sum(is_number(text) for text in filled)
    coded = sum(bool(CODE.match(text)) for text in filled)
    if role is None and not understood:
        if filled and coded == len(filled) and coded > 1:
            role = "code"
        elif filled and numeric * 2 < len(filled):
            role = "name" if not path else "text"
        else:
            role = "unread"
    elif role is None and path and not filled and "performance" in parse_phrase(path[-1]).kinds:
        role = "text"  # targets that nobody has written are no blank amounts
    elif role is None and path and not filled and not point and unit is None and not _says_amount(path):
        role = "text"  # 经济科目 over nothing: no head of amounts
    elif role is None and path and not _says_amount(path) and filled and numeric * 2 < len(filled):
        # 绩效目标 over sentences tells of the row; it does not name it.
        told = "performance" in parse_phrase(path[-1]).kinds
        units = fold(path[-1]) in ("单位", "部门", "预算单位")
        role = "text" if told else "code" if coded == len(filled) else "agency" if units else "label"
    elif role in ("label", "name") and filled and numeric > len(filled) / 2 and coded < numeric:
        role = "amount" if understood else "unread"
    elif role == "name" and filled and coded == len(filled):
        role = "code"
    return Column(index, path, role or "amount", point, unit, dimension, total)


def _whole_words(path: tuple[str, ...]) -> tuple[str, ...]:
    """The phrases of a path, those put together that a row drawn through them (or a page break) has parted: 基本 / 支出."""
    words: list[str] = []
    for text in path:
        if words:
            both = words[-1] + text
            whole = parse_phrase(words[-1]).understood and parse_phrase(text).understood
            # 项目 / 支出: each a word of its own, but 支出 alone says nothing under a label.
            label = bool(parse_phrase(words[-1]).roles) and len(fold(text)) <= _SHORT and not parse_phrase(text).roles
            if (not whole or label) and parse_phrase(both).understood:
                words[-1] = both
                continue
        words.append(text)
    return tuple(words)


def _compared(point: dict[str, Any], below: dict[str, Any], unit: str | None) -> dict[str, Any]:
    """What a lower phrase adds: 比例 below a comparison is a rate, and what is compared keeps this year's column."""
    measure = below.get("measure")
    if point.get("measure") == "change" and (measure == "share" or (unit == "%" and measure in (None, "change"))):
        return {**below, "measure": "change_rate"}
    if measure == "change" and unit == "%":
        return {**below, "measure": "change_rate"}
    return below


def _says_amount(path: tuple[str, ...]) -> bool:
    """Whether the last phrase can only stand over amounts (金额, 预算数, 合计 …)."""
    phrase = parse_phrase(path[-1])
    amounts = ("金额", "数额", *vocabulary().amounts)
    return phrase.total or "stage" in phrase.point or fold(path[-1]) in amounts


def blocks_of(columns: list[Column]) -> list[list[Column]]:
    """Side-by-side blocks: each begins with its label or code columns and ends with its amounts.

    A column of notes or of line numbers begins no block.
    """
    blocks: list[list[Column]] = []
    seen_amount = True
    for column in columns:
        names = column.role not in ("amount", "unread", "note", "index", "text", "quantity")
        if (names and seen_amount) or not blocks:
            blocks.append([])
            seen_amount = False
        blocks[-1].append(column)
        seen_amount = seen_amount or column.role in ("amount", "unread")
    return blocks
