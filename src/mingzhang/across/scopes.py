"""The scopes of amounts without codes, in words, and by the questions that they answer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from mingzhang.cube.compared import ComparedLine
from mingzhang.cube.names import MEMBER_WORDS
from mingzhang.cube.point import Point

_FLOWS = {
    "income": "本年收入",
    "sources": "收入总计",
    "expenditure": "支出",
    "uses": "支出总计",
    "carried_in": "上年结转",
    "carried_out": "结转下年",
}
_PUBLIC = ("three_public", "abroad", "reception", "vehicle", "vehicle_purchase", "vehicle_running")
_TOPICS = (*_PUBLIC, "meeting", "training", "agency_running", "procurement", "service_purchase")
_MOST = 12


def scope_words(point: Point) -> str:
    """What an amount covers: 一般公共预算基本支出, 本年收入, 公务接待费."""
    words: list[str] = []
    if point.fund is not None:
        words.append(MEMBER_WORDS["fund"][point.fund])
    if point.topic is not None:
        words.append(MEMBER_WORDS["topic"].get(point.topic, point.topic))
    if point.purchase is not None:
        words.append(MEMBER_WORDS["purchase"].get(point.purchase, point.purchase))
    if point.staffing is not None:
        words.append(MEMBER_WORDS["staffing"].get(point.staffing, point.staffing))
    elif point.nature is not None:
        words.append(MEMBER_WORDS["nature"].get(point.nature, point.nature))
    elif point.topic is None and point.flow is not None:
        flow = _FLOWS.get(point.flow, MEMBER_WORDS["flow"].get(point.flow, point.flow))
        if point.fund in ("business", "operating", "superior", "affiliated", "other") and point.flow == "income":
            flow = ""  # 事业收入 says it itself
        words.append(flow if words or point.flow != "expenditure" else "全部支出")
    return "".join(words) or "全部"


def overview_of(lines: Sequence[ComparedLine]) -> list[tuple[str, list[ComparedLine]]]:
    """The amounts without codes by the question that they answer, with its heading."""
    groups: dict[str, list[ComparedLine]] = {
        "收支总额": [],
        "收入从哪里来": [],
        "支出怎样构成": [],
        "“三公”经费、机关运行经费和政府采购": [],
    }
    total, income, spending, topics = groups.values()
    natures = [line.point for line in lines if line.point.nature or line.point.staffing]
    widest = min((point.fund or "" for point in natures), default="")
    for line in lines:
        named = set(line.point.named()) - {"measure"}
        if named == {"flow"}:
            total.append(line)
        elif named == {"flow", "fund"} and line.point.flow == "income" and line.point.fund != "own":
            income.append(line)
        elif line.point.topic in _TOPICS and named <= {"topic", "flow", "purchase"}:
            topics.append(line)
        elif "topic" not in named and named <= {"flow", "fund", "nature", "staffing"}:
            own = (line.point.fund or "") == widest and named & {"nature", "staffing"}
            if line.point.flow == "expenditure" and (own or named == {"flow", "fund"}):
                spending.append(line)
    groups = {title: chosen if chosen is topics else _merged(chosen) for title, chosen in groups.items()}
    return [(title, chosen[:_MOST]) for title, chosen in groups.items() if chosen]


def _merged(lines: Sequence[ComparedLine]) -> list[ComparedLine]:
    """Scopes of the same figures are one line under both names: the unit has no other money."""
    by_figures: dict[tuple[Decimal, Decimal], list[ComparedLine]] = {}
    for line in lines:
        by_figures.setdefault((line.before, line.after), []).append(line)
    return [replace(same[0], name="、".join(line.name for line in same)) for same in by_figures.values()]
