"""“三公”经费 against the counts beside it: vehicles owned and bought, missions abroad, receptions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.cube import Disclosure, Paragraph
from mingzhang.cube.finding import Finding, Level, Working
from mingzhang.rules.prose import prose
from mingzhang.rules.rule import Rule
from mingzhang.rules.said import Said
from mingzhang.rules.workings import figure

_NUMBER = r"(?P<number>\d[\d,]*(?:\.\d+)?)"
_MONEY = rf"[^，。；;,\d]{{0,14}}?{_NUMBER}\s*万"
_RUNNING = re.compile(r"公务用车运行(?:维护)?(?:费|支出)" + _MONEY)
_BUYING = re.compile(r"公务用车购置(?:费|支出|预算)(?!及|和)" + _MONEY)
_RECEPTION = re.compile(r"公务接待(?:费|支出)" + _MONEY)
_ABROAD = re.compile(r"因公出国[(（]境[)）]费?(?:支出|用)?" + _MONEY)
_OWNED = re.compile(r"共有(?:公务用车|车辆)\s*(?P<number>\d+)\s*[辆台]")
_BOUGHT = re.compile(r"(?:安排)?购置(?:公务用车|车辆)\s*(?P<number>\d+)\s*[辆台]")
_BATCHES = re.compile(r"公务接待\s*(?P<number>\d+)\s*批次")
_GROUPS = re.compile(r"因公出国[(（]境[)）]团组(?:数)?\s*(?P<number>\d+)\s*个")


@dataclass(frozen=True, slots=True)
class _Pair:
    """A sum and a count that cannot both be as printed: ``spent`` something on nothing, or nothing on something."""

    money: re.Pattern[str]
    count: re.Pattern[str]
    spent: bool
    problem: str


_PAIRS = (
    _Pair(
        _RUNNING, _OWNED, True, "没有车辆却有运行维护费，请核对车辆数和经费，确有此情况的（如集中管理、租用）应作说明"
    ),
    _Pair(_BUYING, _BOUGHT, True, "安排了购置费却不购置车辆，两处必有一处有误"),
    _Pair(_RECEPTION, _BATCHES, True, "没有接待批次却有接待费，请核对"),
    _Pair(_RECEPTION, _BATCHES, False, "有接待批次却没有接待费，请核对"),
    _Pair(_ABROAD, _GROUPS, True, "没有出国团组却有出国费，请核对"),
    _Pair(_ABROAD, _GROUPS, False, "有出国团组却没有出国费，请核对"),
)


def check(disclosure: Disclosure) -> Iterator[Finding]:
    """Each sum against its count, where the document states one value of each."""
    paragraphs = prose(disclosure)
    said = {
        pattern: [found for paragraph in paragraphs for found in _all(pattern, paragraph)]
        for pattern in {pattern for pair in _PAIRS for pattern in (pair.money, pair.count)}
    }
    for pair in _PAIRS:
        money, count = _agreed(said[pair.money]), _agreed(said[pair.count])
        if money is None or count is None:
            continue
        wrong = (money.value > 0 and count.value == 0) if pair.spent else (money.value == 0 and count.value > 0)
        if wrong:
            level: Level = "warning"
            yield Finding(
                rule="three-public-counts",
                level=level,
                message=f"“{money.words}元”与“{count.words}”不合：{pair.problem}。",
                key=(pair.problem,),
                places=(money.place, count.place),
                reported=f"{money.value:f}万元 / {count.value:f}",
                workings=(_working(pair, money, count),),
            )


def _working(pair: _Pair, money: Said, count: Said) -> Working:
    """Where something is spent there is at least one; where nothing is, there is none."""
    least = figure(
        f"有“{money.words}元”，至少" if pair.spent else f"“{money.words}元”", "1" if pair.spent else "0", money.place
    )
    return Working(
        "有经费的应有实物量，没有实物量的应无经费。",
        (figure(f"文字“{count.words}”", f"{count.value:f}", count.place),),
        (least,),
        "≥" if pair.spent else "≤",
    )


def _all(pattern: re.Pattern[str], paragraph: Paragraph) -> Iterator[Said]:
    for match in pattern.finditer(paragraph.text):
        yield Said(Decimal(match["number"].replace(",", "")), paragraph, *match.span())


def _agreed(found: list[Said]) -> Said | None:
    """The first, where all are nought or none is: a document that says both speaks of several things."""
    if not found or len({said.value == 0 for said in found}) > 1:
        return None
    return found[0]


RULES = (
    Rule(
        id="three-public-counts",
        title="“三公”经费与车辆、团组、批次相合",
        sentence="有经费的应有相应的车辆、出国团组、接待批次，没有的应无经费；购置费与购置车辆数相合。",
        basis="文件自身的两处陈述应当相合；“三公”经费说明实物量是财政部《地方预决算公开操作规程》（财预〔2016〕143号）的要求。",
        why="数量与金额不合，两者必有一个有误，或口径需要说明。",
        how_to_fix="核对车辆数、团组数、批次和经费；口径不同的（如集中管理、租用）写明。",
        example="“公务用车运行费32.20万元”，而“共有车辆0辆”。",
        levels=("warning",),
        check=check,
    ),
)
