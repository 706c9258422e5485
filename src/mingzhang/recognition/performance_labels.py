"""The labels of a performance-target table: which words name its fields, and what stands over or beside a number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mingzhang.cube.amount import Unit, unit_named
from mingzhang.cube.hierarchy import WITH_CARRY_OVER
from mingzhang.recognition.header import is_number
from mingzhang.recognition.labels import numbering
from mingzhang.recognition.matrix import Matrix
from mingzhang.recognition.vocabulary import fold, parse_phrase, vocabulary

_GROUPS = frozenset(("amount_labels", "fund_labels", "project_labels", "agency_labels", "text_labels"))
_OVER_AMOUNTS = frozenset(("amount_labels", "fund_labels"))
_PARTED = frozenset(("nature",))
_PART_OF = re.compile(r"\A.*[:：](?=.)", re.DOTALL)
_BY = re.compile(r"按\S{2,8}分\Z")
NAMING = ("编码", "代码", "编号", "日期", "时间", "电话", "序号")
"""How labels of codes and the like end: what stands beside or below them is no amount."""
_MOST_ABOVE = 12  # rows between a number and the labels of its column
_WHOLE_FLOWS = {total: part for part, total in WITH_CARRY_OVER.items()}


def is_label_of(label: str, group: str, year: int | None = None) -> bool:
    """Whether a cell's text is one of the labels of a group; a unit in brackets and a year word do not matter."""
    return group in groups_of(label, year)


@lru_cache(maxsize=16384)
def groups_of(label: str, year: int | None = None) -> frozenset[str]:
    """All the groups that a cell's text is one of the labels of."""
    whole, alone = _spellings(label)
    return frozenset(
        group
        for group in vocabulary().performance
        if whole in (words := _labels(group, year)) or (group != "agency_labels" and alone in words)
    )


@lru_cache(maxsize=16384)
def _spellings(label: str) -> tuple[str, str]:
    """A label folded, and without the note in brackets; asked for once for every group it may be of."""
    return fold(label), fold(bare(plain(label)))


def plain(label: str) -> str:
    """A label without its numbers and what it is a part of: 财政性资金 of 1、资金来源：（1）财政性资金."""
    own = numbering(_PART_OF.sub("", label))[1].replace("财政性资金", "财政资金")
    return own if own.strip("：: ") else label


def bare(label: str) -> str:
    """A label without the unit or note in brackets behind it."""
    return label.split("(")[0].split("（")[0]


def rank(label: str, group: str) -> int:
    """How far down the vocabulary's list of a group a label stands."""
    words = [fold(word) for word in vocabulary().performance[group]]
    return next((words.index(text) for text in _spellings(label) if text in words), len(words))


@lru_cache(maxsize=256)
def _labels(group: str, year: int | None) -> frozenset[str]:
    words = vocabulary().performance[group]
    return frozenset(fold(word.replace("{year}", str(year)) if year is not None else word) for word in words)


@dataclass(frozen=True, slots=True)
class Above:
    """The labels over a number, top to bottom, and the row of the lowest of them."""

    row: int
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldLabels:
    """What the fields of one table are called."""

    matrix: Matrix
    year: int | None

    def is_label(self, text: str) -> bool:
        """Whether a text names a field: a known label, or a phrase that names a part of the cube or a role."""
        if self._over_amounts(text) or not _GROUPS.isdisjoint(groups_of(text, self.year)):
            return True
        phrase = parse_phrase(plain(text))
        return phrase.understood and bool(phrase.roles or phrase.point.keys() & _PARTED)

    def is_named(self, row: int, column: int) -> bool:
        """Whether the label over a number says that it is a code: 单位代码."""
        above = next((text for upper in range(row - 1, -1, -1) if (text := self.matrix.text(upper, column))), "")
        return above.endswith(NAMING)

    def _over_amounts(self, text: str) -> bool:
        """Whether a text can stand over amounts: it names one, or a part of the cube, or their unit."""
        if not _OVER_AMOUNTS.isdisjoint(groups_of(text, self.year)):
            return True
        phrase = parse_phrase(text)
        return phrase.unit is not None or (
            phrase.understood and not phrase.roles and bool(phrase.point or phrase.total)
        )

    def above(self, row: int, column: int) -> Above | None:
        """The labels over a number in its own column, past the numbers between."""
        found: list[str] = []
        lowest = row
        for upper in range(row - 1, max(-1, row - 1 - _MOST_ABOVE), -1):
            text = self.matrix.text(upper, column)
            if self._over_amounts(text):
                if not found:
                    lowest = upper
                if not found or found[-1] != text:
                    found.append(text)
            elif found or (text and not is_number(text)):
                break
        return Above(lowest, tuple(reversed(found))) if found else None

    def column_of(self, row: int, column: int, label: str) -> int | None:
        """Where the label at the left of a number begins."""
        return next((left for left in range(column - 1, -1, -1) if self.matrix.own_text(row, left) == label), None)

    def unit(self, row: int, column: int, above: Above | None) -> Unit | None:
        """The unit in the labels over a number, or in a label merged over its row."""
        texts = [*reversed(above.labels)] if above is not None else []
        texts += [self.matrix.text(row, left) for left in range(column - 1, -1, -1)]
        names = (parse_phrase(text).unit for text in texts if text and not is_number(text))
        return next((unit_named(name) for name in names if name not in (None, "%")), None)

    def point(self, labels: list[str]) -> dict[str, Any] | None:
        """The part of the cube that some labels name together; ``None`` if one is not understood or none names any."""
        point: dict[str, Any] = {}
        total = False
        for label in labels:
            phrase = parse_phrase(plain(label))
            if label and (not phrase.understood or phrase.roles):
                if is_label_of(label, "amount_labels", self.year) or _BY.match(label):
                    continue  # 年度预算申请, 按收入性质分 over 一般公共预算
                return None
            point |= {name: value for name, value in phrase.point.items() if name not in ("year", "stage")}
            total = total or phrase.total
        if not point and not total:
            return None
        flow = point.get("flow", "expenditure")
        return {**point, "flow": _WHOLE_FLOWS.get(flow, flow)}
