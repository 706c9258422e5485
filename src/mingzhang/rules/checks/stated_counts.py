"""Counts that the narrative states in two places: vehicles, missions abroad, receptions, equipment."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.cube import Disclosure, Paragraph
from mingzhang.cube.finding import Finding
from mingzhang.rules.prose import prose
from mingzhang.rules.rule import Rule
from mingzhang.rules.said import Said
from mingzhang.rules.workings import figure, same_working

_N = r"(?P<number>\d{1,6})\s*"
_OTHER_YEAR = re.compile(r"上年|去年|上一年|上年度|以前年度|(?P<year>(?:19|20)\d\d)\s*年")
_SENTENCE = re.compile(r"[。！？；;]")
_MOST_PLACES = 3  # a document that says it more often speaks of several units


@dataclass(frozen=True, slots=True)
class _Concept:
    """What is counted, and the phrases that say how many. ``bounded``: the second kind cannot be more than the first."""

    name: str
    unit: str
    phrases: tuple[re.Pattern[str], ...]
    bounded: bool = False


_CONCEPTS = (
    _Concept(
        "车辆",
        "辆",
        (
            re.compile(rf"共有(?:公务用车|车辆)\s*{_N}[辆台]"),
            re.compile(rf"(?:公务用车|车辆)保有量(?:合计|共计|共)?(?:为|是)?\s*{_N}[辆台]"),
        ),
        bounded=True,
    ),
    _Concept(
        "购置的公务用车",
        "辆",
        (
            re.compile(rf"(?:计划|拟|安排)?(?:更新)?购置(?:更新)?(?:公务用车|车辆)\s*{_N}[辆台]"),
            re.compile(rf"(?:公务用车|车辆)购置(?:数量?|量)(?:为|是)?\s*{_N}[辆台]"),
        ),
    ),
    _Concept(
        "因公出国（境）团组",
        "个",
        (re.compile(rf"因公出国[(（]境[)）](?:费用?)?(?:的)?团组(?:数)?(?:共计|共|计|为)?\s*{_N}个"),),
    ),
    _Concept(
        "国内公务接待",
        "批次",
        (re.compile(rf"(?:国内)?公务接待(?:费)?(?:共计|共|计|为|批次)?\s*{_N}批次?"),),
    ),
)


@dataclass(frozen=True, slots=True)
class _Said(Said):
    """By which of the concept's phrases it is said."""

    phrase: int


def check(disclosure: Disclosure) -> Iterator[Finding]:
    """The same count said twice with different numbers, of the document's own year."""
    paragraphs = prose(disclosure)
    for concept in _CONCEPTS:
        said = [each for paragraph in paragraphs for each in _all(concept, paragraph, disclosure.year)]
        if not 2 <= len(said) <= _MOST_PLACES:
            continue
        first = said[0]
        other = next((each for each in said[1:] if _differ(concept, first, each)), None)
        if other is None:
            continue
        both = "两处是同一口径的必有一处有误，口径不同的应当写明"
        yield Finding(
            rule="count-conflict",
            level="warning",
            message=f"{concept.name}数前后不一：“{first.words}”，而“{other.words}”；{both}。",
            key=(concept.name,),
            places=(first.place, other.place),
            reported=f"{first.value} / {other.value}",
            workings=(
                same_working(
                    f"两处所说的{concept.name}数应当相同。",
                    figure(first.words, f"{first.value}", first.place),
                    figure(other.words, f"{other.value}", other.place),
                    first.value - other.value,
                ),
            ),
        )


def _all(concept: _Concept, paragraph: Paragraph, year: int | None) -> Iterator[_Said]:
    for kind, phrase in enumerate(concept.phrases):
        for match in phrase.finditer(paragraph.text):
            if not _of_another_year(paragraph.text, match.start(), year, concept):
                yield _Said(Decimal(match["number"]), paragraph, match.start(), match.end(), kind)


def _of_another_year(text: str, at: int, year: int | None, concept: _Concept) -> bool:
    """Whether the sentence before speaks of a year that is not the document's; 截至 a date of last year is how stocks are told."""
    begin = max((mark.end() for mark in _SENTENCE.finditer(text, max(0, at - 120), at)), default=max(0, at - 120))
    if concept.bounded:
        return False
    return any(match["year"] is None or int(match["year"]) != year for match in _OTHER_YEAR.finditer(text, begin, at))


def _differ(concept: _Concept, first: _Said, other: _Said) -> bool:
    if concept.bounded and first.phrase != other.phrase:
        # 公务用车保有量 counts those that 财政拨款 pays for: some of all vehicles, never more.
        owned, kept = (first, other) if first.phrase < other.phrase else (other, first)
        return kept.value > owned.value
    return first.value != other.value


RULES = (
    Rule(
        id="count-conflict",
        title="同一数量前后一致",
        sentence="车辆数、购置车辆数、出国团组数、接待批次等在几处说到的，应当是同一个数；公务用车保有量不大于车辆总数。",
        basis="文件自身的两处陈述应当相合；实物量说明依据财政部《地方预决算公开操作规程》（财预〔2016〕143号）。",
        why="“三公”经费说明与国有资产说明常由不同的人填写，一处更新而另一处没有。",
        how_to_fix="按资产台账核对，更正其中一处；口径不同的写明口径。",
        example="“公务用车保有量为9辆”，而“共有车辆7辆”。",
        levels=("warning",),
        check=check,
    ),
)
