"""Punctuation: doubled, unpaired, and a percentage without its sign."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.cube import Disclosure, Paragraph, Source
from mingzhang.cube.finding import Finding, Level, Term, Working
from mingzhang.rules.prose import lines, prose
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import around
from mingzhang.rules.workings import figure

_DOUBLED = re.compile(r"([，、；：。])\s*[，、；：。]")
_PAIRS = {"）": "（", "》": "《", "”": "“", "】": "【", "」": "「", "〕": "〔"}
_SAME = str.maketrans("()[]", "（）【】")
_LIST_MARK = re.compile(r"(?:\d{1,2}|[a-zA-Z]|[一二三四五六七八九十]{1,3}|[①-⑳])\Z")
_AROUND, _BEFORE = 12, 300
_RATE = re.compile(r"(?:增长|下降|增幅|降幅|上升)(?:了|为|约)?\s*(?P<rate>\d[\d,]*(?:\.\d+)?)(?=\s*(?:[，。；、]|$))")
_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*万元")


def _around(text: str, start: int, end: int) -> str:
    return around(text, start, end, _AROUND)


def check_doubled(disclosure: Disclosure) -> Iterator[Finding]:
    """Two marks where one belongs."""
    for paragraph in lines(disclosure):
        for match in _DOUBLED.finditer(paragraph.text):
            yield Finding(
                rule="punctuation-doubled",
                level="style",
                message=f"“{_around(paragraph.text, match.start(), match.end())}”中标点重复：“{match[0]}”，应删去多余的。",
                key=(_around(paragraph.text, match.start(), match.end()),),
                places=(paragraph.at(match.start(), match.end()),),
                reported=match[0],
            )


def check_unpaired(disclosure: Disclosure) -> Iterator[Finding]:
    """Brackets and quotation marks without their other half, unless it stands in a neighbouring paragraph."""
    told = {paragraph.source for paragraph in prose(disclosure)}
    found = [(paragraph, _unpaired(paragraph.text)) for paragraph in disclosure.text]
    for index, (paragraph, alone) in enumerate(found):
        if paragraph.source not in told:
            continue
        closed_later = _signs(found, index + 1, "）》”】」〕")
        opened_before = _signs(found, index - 1, "（《“【「〔")
        for at in alone:
            sign = paragraph.text[at].translate(_SAME)
            if (sign in _PAIRS and _PAIRS[sign] in opened_before) or (
                sign not in _PAIRS and any(_PAIRS[other] == sign for other in closed_later)
            ):
                continue
            missing = "前一半" if sign in _PAIRS else "后一半"
            yield Finding(
                rule="punctuation-unpaired",
                level="style",
                message=f"“{_around(paragraph.text, at, at + 1)}”中的“{paragraph.text[at]}”不成对，缺少{missing}，应补上或删去。",
                key=(_around(paragraph.text, at, at + 1),),
                places=(paragraph.at(at, min(len(paragraph.text), at + _AROUND)),),
                reported=paragraph.text[at],
            )


def _signs(found: Sequence[tuple[Paragraph, list[int]]], index: int, signs: str) -> set[str]:
    if not 0 <= index < len(found):
        return set()
    paragraph, alone = found[index]
    return {sign for at in alone if (sign := paragraph.text[at].translate(_SAME)) in signs}


def _unpaired(text: str) -> list[int]:
    """The offsets of the marks that open without closing or close without opening; 1） is a number, not a bracket."""
    folded = text.translate(_SAME)
    open_at: dict[str, list[int]] = {}
    alone: list[int] = []
    for at, sign in enumerate(folded):
        if sign in _PAIRS.values():
            open_at.setdefault(sign, []).append(at)
        elif sign in _PAIRS:
            opened = open_at.get(_PAIRS[sign])
            if opened:
                opened.pop()
            elif sign != "）" or not _LIST_MARK.search(folded[max(0, at - 3) : at]):
                alone.append(at)
    return sorted([*alone, *(at for opened in open_at.values() for at in opened)])


def check_percent(disclosure: Disclosure) -> Iterator[Finding]:
    """增长13.95。: a rate without its sign; an error where the amounts of the sentence make it that percentage."""
    for paragraph in prose(disclosure):
        for match in _RATE.finditer(paragraph.text):
            start = max(0, match.start() - _BEFORE)
            before = paragraph.text[start : match.start()]
            if _AMOUNT.search(re.split("[。；]", before)[-1]) is None:
                continue
            rate = match["rate"]
            made = _made_by(before, rate)
            level: Level = "error" if made is not None else "warning"
            proof = "，由前文金额算得的正是这一百分比" if made is not None else ""
            words = _around(paragraph.text, match.start(), match.end())
            yield Finding(
                rule="percent-missing",
                level=level,
                message=f"“{words}”中的“{rate}”缺少百分号，应为“{rate}%”{proof}。",
                key=(words,),
                places=(paragraph.at(match.start(), match.end()),),
                reported=rate,
                expected=f"{rate}%",
                workings=(_working(paragraph, match, start, made),) if made is not None else (),
            )


@dataclass(frozen=True, slots=True)
class _Made:
    """What makes a rate: the change and the amount, as matched before it, and last year's amount that follows from them."""

    change: re.Match[str]
    amount: re.Match[str]
    base: Decimal


def _made_by(before: str, rate: str) -> _Made | None:
    """What makes this percentage: the last change, and an amount before it that is of this year or of the last."""
    amounts = [(match, Decimal(match[1].replace(",", ""))) for match in _AMOUNT.finditer(before)]
    if len(amounts) < 2:
        return None
    (said, change), printed = amounts[-1], Decimal(rate.replace(",", ""))
    step = Decimal(1).scaleb(-len(rate.partition(".")[2]))
    for match, amount in amounts[:-1]:
        for base in (amount - change, amount + change):
            if base > 0 and abs(change / base * 100 - printed) <= step:
                return _Made(said, match, base)
    return None


def _working(paragraph: Paragraph, match: re.Match[str], start: int, made: _Made) -> Working:
    """The rate against the change over last year's amount."""

    def place(found: re.Match[str]) -> Source:
        return paragraph.at(start + found.start(1), start + found.end(1))

    said = paragraph.at(*match.span("rate"))
    change = figure("增减额", made.change[1], place(made.change))
    base = Term("÷", f"上年数{made.base:,f}（由{made.amount[1]}得）", f"{made.base:,f}", place(made.amount))
    value = Decimal(made.change[1].replace(",", "")) / made.base * 100
    shown = value.quantize(Decimal(1).scaleb(-len(match["rate"].partition(".")[2])))
    return Working(
        "增减的百分比等于增减额除以上年数。",
        (figure("印出的数", match["rate"], said),),
        (change, base),
        total=f"{shown:f}%",
    )


_CUSTOM = "惯例：国家标准《标点符号用法》（GB/T 15834—2011）。"

RULES = (
    Rule(
        id="punctuation-doubled",
        title="标点不重复",
        sentence="一处不应当连用两个句内、句末标点。",
        basis=_CUSTOM,
        why="多半是修改后没有删净。",
        how_to_fix="删去多余的标点。",
        example="“增加12.00万元，，主要原因”。",
        levels=("style",),
        check=check_doubled,
    ),
    Rule(
        id="punctuation-unpaired",
        title="括号、引号成对",
        sentence="括号、引号、书名号应当成对使用。",
        basis=_CUSTOM,
        why="缺少一半，读者分不清说明到哪里为止。",
        how_to_fix="补上缺少的一半，或删去多余的一半。",
        example="“平均得分99.33分（其中，优39个。”缺少“）”。",
        levels=("style",),
        check=check_unpaired,
    ),
    Rule(
        id="percent-missing",
        title="百分比带百分号",
        sentence="增长、下降的百分比应当带百分号。",
        basis="惯例：国家标准《出版物上数字用法》（GB/T 15835—2011）；金额能证明的，是文件自身的数字。",
        why="缺少百分号的数字会被读作金额或倍数。",
        how_to_fix="补上“%”。",
        example="“增加1193.20万元，增长13.95。”应为“增长13.95%”。",
        levels=("error", "warning"),
        check=check_percent,
    ),
)
