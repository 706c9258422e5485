"""Dates that no calendar has, and periods that end before they begin."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from mingzhang.cube import Disclosure
from mingzhang.cube.finding import Finding
from mingzhang.rules.rule import Rule
from mingzhang.rules.written import Written, written

_YEAR = r"(?<!\d)((?:19|20)\d\d)\s*年\s*"
_DAY = re.compile(rf"(?:{_YEAR})?(?<![\d.])(\d{{1,2}})\s*月\s*(\d{{1,2}})\s*日")
_MONTH = re.compile(rf"{_YEAR}(\d{{1,2}})\s*月(?:份|底|末|初)?(?!\d)")
_END = r"(\d{1,2})\s*月\s*(?:(\d{1,2})\s*日)?"
_PERIOD = re.compile(rf"{_YEAR}{_END}\s*(?:起)?\s*(?:至|到|—+|－|-|~|～)\s*(?:(?:{_YEAR})|同年)?{_END}")
_LEAP = 2024  # a year in which every day of the calendar occurs
_MONTHS = 12


def check_calendar(disclosure: Disclosure) -> Iterator[Finding]:
    """The 30th of February, the 13th month."""
    for text in written(disclosure):
        told: set[int] = set()
        for match in _DAY.finditer(text.words):
            year, month, day = match.groups()
            last = _last_day(int(year or _LEAP), int(month))
            if not 1 <= int(day) <= last:
                told.add(match.start())
                why = f"{int(month)}月只有{last}天" if last else "一年只有12个月"
                yield _impossible(match, why, text)
        for match in _MONTH.finditer(text.words):
            if not 1 <= int(match[2]) <= _MONTHS and match.start() not in told:
                yield _impossible(match, "一年只有12个月", text)


def check_periods(disclosure: Disclosure) -> Iterator[Finding]:
    """From December to January of the same year."""
    for text in written(disclosure):
        for match in _PERIOD.finditer(text.words):
            begins, ends = _period(match)
            if begins is not None and ends is not None and ends < begins:
                yield Finding(
                    rule="period-reversed",
                    level="error",
                    message=f"“{match[0]}”的截止日期早于起始日期，两个日期必有一个写错。",
                    key=(match[0],),
                    places=(text.at(match.start(), match.end()),),
                    reported=match[0],
                )


def _last_day(year: int, month: int) -> int:
    """How many days a month has; none if there is no such month."""
    return monthrange(year, month)[1] if 1 <= month <= _MONTHS else 0


def _period(match: re.Match[str]) -> tuple[date | None, date | None]:
    """The first and the last day; ``None`` for one that no calendar has. Without a day, a month's first and last."""
    year, month, day, other, until, end = match.groups()
    first = _date(int(year), int(month), int(day or 1))
    later = int(other or year)
    return first, _date(later, int(until), int(end) if end else _last_day(later, int(until)))


def _date(year: int, month: int, day: int) -> date | None:
    return date(year, month, day) if 1 <= day <= _last_day(year, month) else None


def _impossible(match: re.Match[str], why: str, text: Written) -> Finding:
    printed = match[0]
    return Finding(
        rule="date-impossible",
        level="error",
        message=f"“{printed}”没有这一天：{why}。" if "日" in printed else f"“{printed}”没有这个月：{why}。",
        key=(printed,),
        places=(text.at(match.start(), match.end()),),
        reported=printed,
    )


RULES = (
    Rule(
        id="date-impossible",
        title="日期存在",
        sentence="所写的日期应当是日历上有的一天。",
        basis="公历：一年12个月，各月28至31天。",
        why="多为录入错误，或套用了另一个月份的日期。",
        how_to_fix="核对原始资料，改正月份或日期。",
        example="“截至2024年11月31日”：11月只有30天。",
        levels=("error",),
        check=check_calendar,
    ),
    Rule(
        id="period-reversed",
        title="期间先后",
        sentence="一段期间的截止日期不早于起始日期。",
        basis="文件自身所写的两个日期。",
        why="多为只改了一头的年份，另一头沿用了往年。",
        how_to_fix="核对项目或事项的起止时间，改正写错的一个。",
        example="“2024年1月1日至2023年12月31日”，截止日期早于起始日期。",
        levels=("error",),
        check=check_periods,
    ),
)
