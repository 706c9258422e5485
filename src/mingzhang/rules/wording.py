"""How tables and rows are named to a reader, and the keys that outlive an edit."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mingzhang.cube import Table
from mingzhang.cube.statement import Comparison, Direction
from mingzhang.forms.template import plain

DIRECTION_WORDS: dict[Direction, str] = {"up": "增加", "down": "减少", "even": "持平"}
_EMPTY_BRACKETS = re.compile(r"[(（]\s*[)）]")
_FIGURES, _LONGEST_NUMBER = frozenset("0123456789.,"), 20
_YEAR = re.compile(r"(?:19|20)\d\d年(?:度)?")


def table_name(table: Table) -> str:
    """表三《部门支出预算总表》: the title without its year, after its number if it has one."""
    title = _EMPTY_BRACKETS.sub("", _YEAR.sub("", table.title, count=1))
    return f"{table.number or ''}《{title or '无题表格'}》"


def table_key(table: Table) -> str:
    """What a table is about, without year and numbers: part of a finding's key."""
    return _YEAR.sub("", plain(table.title))


def change_words(comparison: Comparison) -> str:
    """增加30.13万元, 下降3.5%: what is compared with its direction; nothing where no figure is given."""
    amount = comparison.amount or comparison.rate
    return "" if amount is None else f"{DIRECTION_WORDS[comparison.direction]}{amount.printed}{amount.unit.name}"


def around(text: str, start: int, end: int, width: int) -> str:
    """``text[start:end]`` with so many characters on either side as a reader needs to find it; no number is cut."""
    first, last = max(0, start - width), min(len(text), end + width)
    for _ in range(_LONGEST_NUMBER):
        first -= first > 0 and text[first - 1] in _FIGURES and text[first] in _FIGURES
        last += last < len(text) and text[last - 1] in _FIGURES and text[last] in _FIGURES
    return "".join(text[first:last].split())


def listed(parts: Iterable[str], limit: int = 4) -> str:
    """甲、乙、丙等7处: the first few, and how many there are."""
    every = list(dict.fromkeys(parts))
    return "、".join(every) if len(every) <= limit else f"{'、'.join(every[:limit])}等{len(every)}处"
