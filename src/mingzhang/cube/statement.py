"""What the narrative says of one subject: its amounts, comparisons, reason and purpose, each with its place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mingzhang.cube.amount import Amount
from mingzhang.cube.point import Point
from mingzhang.cube.source import Source

Direction = Literal["up", "down", "even"]


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of the document as printed, with their place."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Stated:
    """An amount (or a rate, or a count) in a sentence: the words that stand before it, and the point it is at, if known.

    ``words`` are what the sentence itself says of it: 2022年当年预算执行数为, 支出决算为, 城乡社区支出（类）.
    """

    words: str
    amount: Amount
    source: Source
    point: Point | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """比2022年预算执行数增加23.83万元，增长3.54%: the direction, what with, and by how much.

    ``base`` holds the words compared with, without 比 or 较 (2022年预算执行数; empty where only 增加 is said);
    ``amount`` and ``rate`` are as printed, never negative: the sign is ``direction``. ``figure`` is the place of the
    digits of ``amount``, or of ``rate`` where there is no amount.
    """

    direction: Direction
    base: str
    source: Source
    amount: Amount | None = None
    rate: Amount | None = None
    figure: Source | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One item of the narrative: everything that is said of one subject before the next one is named.

    ``headings`` are the headings above it, outermost first; ``number`` its own ordinal as printed (16., （三）), if any;
    ``subject`` the words that name it; ``path`` the names of 类, 款, 项 in them, ``code`` the function code they name.
    ``listed`` are names enumerated without amounts (主要包括：基本工资、津贴补贴). ``paragraph`` is the number of its
    paragraph in the text of the disclosure, from 0, and ``span`` where it starts and ends there.
    """

    source: Source
    subject: Quote
    headings: tuple[str, ...] = ()
    number: str | None = None
    path: tuple[str, ...] = ()
    code: str | None = None
    point: Point | None = None
    amounts: tuple[Stated, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    reason: Quote | None = None
    purpose: Quote | None = None
    listed: tuple[Quote, ...] = ()
    paragraph: int = 0
    span: tuple[int, int] = (0, 0)
