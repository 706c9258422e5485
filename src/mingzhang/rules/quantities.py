"""Counted quantities in sentences (车辆7辆，其中：…; 面积13459平方米（其中…）): what divides into what."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from mingzhang.cube import Paragraph

_UNITS = (
    "万平方米|平方米|平方公里|㎡|公顷|万亩|亩|公里|千米|辆|架|艘|台[(（]套[)）]|台/套|台|套|批次|人次|个团组|万人次|万人"
    "|人|名|户|家|个|所|处|座|栋|件|项|宗|次|场|期"
)
_COUNT = re.compile(
    rf"(?P<label>[^\d，。；：、:;,（）()]{{0,30}}?)(?P<number>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,12}}(?:\.\d+)?)\s*(?P<unit>{_UNITS})?"
    r"(?![\d年月日%％.])"
)
_OF_WHICH = re.compile(r"其中[，,：:]?\s*\Z|[(（](?:其中|包括|含)?[，,：:]?\s*\Z|(?:包括|分别为|分别是)[：:]?\s*\Z")
_BESIDE = re.compile(r"[\s、，,；;)）和及与以]*(?:其中[，,：:]?|另有)?\s*\Z")
_REST = re.compile(r"^(?:其他|其余|其它)")
_TRIM = re.compile(r"(?:共有|共计|约为|约|共|计|为|有|是|达|：|:|\s)+\Z")
_LEAD = re.compile(r"\s*(?:其中|包括|含|另有|及|和|与|以及)+")
# 副部（省）级及以上领导用车: brackets within a name, which divide nothing.
_IN_A_NAME = re.compile(r"(?<=[\u4e00-\u9fff])[（(](?!套[）)])[^（）()\d，。；：、,;:]{1,12}[）)](?=[\u4e00-\u9fff\d])")
_COVER = "\ue000"
_LABEL = re.compile(r"[^\d，。；：、:;,（）()]{0,30}\Z")
Completeness = Literal["certain", "customary"]
# How the labels of parts begin that are together all there can be, or all that are told apart as a rule.
_ALL_KINDS: tuple[tuple[frozenset[str], Completeness], ...] = (
    (frozenset({"地上", "地下"}), "certain"),
    (frozenset({"男", "女"}), "certain"),
    (frozenset({"境内", "境外"}), "certain"),
    (frozenset({"在职", "离退休"}), "certain"),
    (frozenset({"在编", "编外"}), "certain"),
    (frozenset({"行政", "事业"}), "customary"),
    (frozenset({"行政", "事业", "工勤"}), "customary"),
    (frozenset({"在职", "退休"}), "customary"),
    (frozenset({"在职", "离休", "退休"}), "customary"),
    (frozenset({"离休", "退休"}), "customary"),
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts: ``label`` is what stands before it, ``unit`` is empty where none is printed."""

    paragraph: Paragraph
    label: str
    value: Decimal
    printed: str
    unit: str
    start: int
    end: int


@dataclass(slots=True)
class Division:
    """A quantity and the parts that 其中 or brackets divide it into; ``whole`` of a part may be divided itself.

    ``readable`` is false where a part between the others has no number.
    """

    whole: Quantity
    parts: list[Quantity] = field(default_factory=list)
    readable: bool = True

    @property
    def total(self) -> Decimal:
        return sum((part.value for part in self.parts), Decimal(0))

    @property
    def complete(self) -> Completeness | None:
        """Whether the parts are all: they end with 其他…, one is the other's denial, or their kinds are known as all."""
        labels = [part.label for part in self.parts]
        if len(labels) > 1 and (_REST.match(labels[-1]) or (len(labels) == 2 and _denies(*labels))):
            return "certain"
        return next((how for kinds, how in _ALL_KINDS if _are_of(labels, kinds)), None)


def _denies(left: str, right: str) -> bool:
    """计容 and 不计容, 税收 and 非税收."""
    both = ((left, right), (right, left))
    return bool(left and right) and any(prefix + one == other for one, other in both for prefix in ("不", "非"))


def _are_of(labels: Sequence[str], kinds: frozenset[str]) -> bool:
    """Whether each label begins with another of the kinds, and none is left."""
    return len(labels) == len(kinds) and {k for label in labels for k in kinds if label.startswith(k)} == kinds


def quantities(paragraph: Paragraph) -> list[Quantity]:
    """Every counted quantity of a paragraph, and the bare numbers between them."""
    found: list[Quantity] = []
    text = paragraph.text
    for match in _COUNT.finditer(_without_names(text)):
        number = match["number"]
        label = _TRIM.sub("", _LEAD.sub("", text[match.start("label") : match.end("label")])).strip()
        value = Decimal(number.replace(",", ""))
        found.append(Quantity(paragraph, label, value, number, match["unit"] or "", match.start("number"), match.end()))
    return found


def _without_names(text: str) -> str:
    """The text with the brackets within names covered, as long as before."""
    return _IN_A_NAME.sub(lambda match: _COVER * len(match[0]), text)


def divisions(paragraph: Paragraph) -> Iterator[Division]:
    """The divisions of a paragraph, inner ones before the outer ones that hold them."""
    text = _without_names(paragraph.text)
    if "其中" not in text and "（" not in text and "(" not in text:
        return
    open_: list[tuple[Division, bool]] = []
    last: Quantity | None = None
    for quantity in quantities(paragraph):
        gap = text[last.end : quantity.start - _before(text, quantity)] if last is not None else ""
        if last is not None and last.unit and _OF_WHICH.search(gap) and len(gap) <= 8 and _same(quantity, last):
            open_.append((Division(last), "（" in gap or "(" in gap))
        else:
            closing = gap.count("）") + gap.count(")")
            while open_ and (
                (open_[-1][1] and closing)
                or not _same(quantity, open_[-1][0].whole)
                or _ends(gap)
                or not _BESIDE.match(gap)
            ):
                division, bracketed = open_.pop()
                division.readable &= (
                    (_BESIDE.match(gap) is not None) or _ends(gap) or not _same(quantity, division.whole)
                )
                yield division
                if bracketed and closing:
                    closing -= 1
        if open_:
            open_[-1][0].parts.append(quantity)
        last = quantity
    while open_:
        yield open_.pop()[0]


def _before(text: str, quantity: Quantity) -> int:
    """How far before its number the label of a quantity starts."""
    match = _LABEL.search(text, max(0, quantity.start - 30), quantity.start)
    if match is None:
        return 0
    lead = _LEAD.match(match[0])
    return len(match[0]) - (lead.end() if lead is not None else 0)


def _same(left: Quantity, right: Quantity) -> bool:
    """One unit, or none printed at one of them in a list of noughts (…用车为0、)."""
    return left.unit == right.unit or (not left.unit and left.value == 0)


def _ends(gap: str) -> bool:
    return any(mark in gap for mark in "。；;")
