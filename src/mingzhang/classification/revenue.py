"""Kinds of revenue: from the names that documents print to the cube's ``fund`` and ``flow``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from mingzhang.classification.files import FOLDER, read_rows
from mingzhang.classification.spelling import exact_key
from mingzhang.cube import Point
from mingzhang.cube.hierarchy import members

REVENUE_COLUMNS = ("code", "name", "level", "group", "fund", "flow", "source", "note")


@dataclass(frozen=True, slots=True)
class RevenueRow:
    """A gathered kind of revenue, with its evidence; ``point`` is ``None`` where department tables do not use it."""

    code: str
    name: str
    level: str
    group: str
    point: Point | None
    source: str
    note: str


def read_revenue(path: Path) -> tuple[RevenueRow, ...]:
    """The rows of a revenue file. A mistake is a ``FormError``."""
    found: list[RevenueRow] = []
    for cells, fail in read_rows(path, REVENUE_COLUMNS):
        code, name, level, group, fund, flow, source, note = cells
        if not code or not name:
            raise fail("非空的编码与名称")
        for dimension, value in (("fund", fund), ("flow", flow)):
            allowed = members(dimension) or frozenset()
            if value and value not in allowed:
                raise fail(f"{dimension} 为 {'、'.join(sorted(allowed))} 之一或空，实为“{value}”")
        if fund and not flow:
            raise fail(f"与 fund“{fund}”同行的 flow")
        point = Point(fund=fund or None, flow=flow) if flow else None
        found.append(RevenueRow(code, name, level, group, point, source, note))
    return tuple(found)


@cache
def revenue_rows() -> tuple[RevenueRow, ...]:
    """Every gathered kind of revenue, in the order of the file."""
    return read_revenue(FOLDER / "revenue.csv")


# The words of a fund. What follows them (拨款, 资金, 收入 …) changes nothing, except that 事业 and 经营 need a tail:
# alone they are words of other phrases.
_FISCAL_TAIL = r"(?:财政)?(?:拨款)?(?:预算)?(?:安排)?(?:的)?(?:资金|收入)*"
_FUNDS: tuple[tuple[str, str], ...] = (
    ("general", rf"一般公共(?:财政)?预算{_FISCAL_TAIL}"),
    ("gov_fund", rf"政府性?基金(?:预算)?{_FISCAL_TAIL}"),
    ("state_capital", rf"国有资本(?:经营)?(?:预算|收益){_FISCAL_TAIL}"),
    ("fiscal", r"财政(?:补助|拨款)(?:预算)?(?:资金|收入)*"),
    (
        "special_account",
        r"(?:纳入)?财政专户(?:管理)?(?:的)?(?:非税|教育收费|事业)?(?:拨款)?(?:资金|收入)*|(?:纳入财政专户管理的)?教育收费(?:资金|收入)*",
    ),
    ("own", r"单位(?:自有)?资金(?:收入)?"),
    ("business", r"事业(?:预算)?(?:收入(?:资金)?|资金)"),
    ("superior", r"上级(?:单位)?补助(?:预算)?(?:资金|收入)*"),
    ("affiliated", r"(?:附属|下级)单位(?:上缴|缴款|上交)(?:预算)?(?:资金|收入)*"),
    ("operating", r"(?:事业)?(?:单位)?经营(?:预算)?(?:收入(?:资金)?|资金)"),
    ("other", r"其他(?:预算)?收入(?:资金)?"),
)
_FUND = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _FUNDS)
_BEFORE = r"(?:上年|上年度|年初|以前年度|历年)"
_CARRIED = r"结(?:转|余)(?:(?:和|及|与|、)?结余)?(?:的)?(?:资金|收入)*"

_INCOME = re.compile(rf"(?:本年|当年)?(?:{_FUND})\Z")
_CARRIED_ANY = re.compile(rf"{_BEFORE}(?:资金)?{_CARRIED}\Z")
# 上年一般公共预算结转 and 一般公共预算上年结转; then 上年结转一般公共预算.
_CARRIED_OF = re.compile(rf"(?:{_BEFORE}(?P<a>.+?)|(?P<b>.+?){_BEFORE}){_CARRIED}\Z")
_CARRIED_THEN = re.compile(rf"{_BEFORE}{_CARRIED}(?:-|:|的)?(?P<a>.+)\Z")
_BALANCE = re.compile(
    r"(?:(?:使?用|动用)?(?:以前年度)?事业基金(?:弥补收支差额)?"
    r"|使用(?:以前年度)?(?:非财政拨款|专用)结余(?:(?:和|及|、)专用结余)?(?:\((?:含|包括)专用结余\))?(?:弥补收支差额)?)\Z"
)
_ORDINAL = re.compile(r"(?:[一二三四五六七八九十]{1,3}[、.]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.)])")
_LEAD = re.compile(r"(?:(?:其中|加|减)[::])")
_NOTE = re.compile(r"(?P<before>.+?)\((?P<note>[^()]+)\)\Z")


@lru_cache(maxsize=2048)
def revenue_kind(name: str) -> Point | None:
    """The (fund, flow) of a kind of revenue as a ``Point`` that names nothing else, or ``None`` if it is none.

    ``flow`` is income, carried_in or balance_used; ``fund`` is ``None`` where the name does not tell (上年结转). Reads
    the names and their variants: 一般公共预算财政拨款资金, （一）一般公共预算拨款收入, 上年政府性基金预算拨款结转 … Totals
    (本年收入合计), what goes out (结转下年) and words that regions use differently (其他资金) are none.
    """
    key = exact_key(name)
    for pattern in (_LEAD, _ORDINAL, _LEAD):
        if (match := pattern.match(key)) is not None:
            key = key[match.end() :]
    return _kind(key)


def _kind(key: str) -> Point | None:
    if _BALANCE.match(key):
        return Point(flow="balance_used")
    if (fund := _fund(key)) is not None:
        return Point(fund=fund, flow="income")
    if _CARRIED_ANY.match(key):
        return Point(flow="carried_in")
    for pattern in (_CARRIED_OF, _CARRIED_THEN):
        match = pattern.match(key)
        if match is not None:
            words = next(group for group in match.groups() if group)
            if (fund := _fund(words.strip("()"))) is not None:
                return Point(fund=fund, flow="carried_in")
    return _noted(key)


def _fund(words: str) -> str | None:
    match = _INCOME.match(words)
    return match.lastgroup if match is not None else None


def _noted(key: str) -> Point | None:
    """A kind with a bracketed note that only explains it: 事业收入（不含教育收费）, 财政专户管理资金（教育收费）."""
    match = _NOTE.match(key)
    if match is None:
        return None
    kind, note = _kind(match["before"]), match["note"]
    if kind is None or kind.flow != "income":
        return kind if kind is not None and note.startswith(("含", "包括")) else None
    told = _fund(note)
    if note.startswith(("含", "不含", "包括", "不包括")) or told == kind.fund:
        return kind
    return None
