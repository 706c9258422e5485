"""A made-up unit as a small cube: every figure of a layout is a sum of these lines, so that all tables agree.

Amounts are in 元, whole hundreds, so that 万元 with two decimals prints them exactly.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from mingzhang.classification import gov_objects_of
from mingzhang.cube.hierarchy import ancestors
from mingzhang.cube.point import Point

STEP = 100
# function, nature, staffing, object, fund, amount in hundreds of 元 (final accounts of this year)
_SPENT: tuple[tuple[str, str, str | None, str, str, int], ...] = (
    ("2010301", "basic", "personnel", "30101", "general", 31_257),
    ("2010301", "basic", "personnel", "30102", "general", 20_118),
    ("2010301", "basic", "public", "30201", "general", 4_036),
    ("2010301", "basic", "public", "30217", "general", 211),
    ("2010301", "basic", "public", "30231", "general", 904),
    ("2010302", "project", None, "30227", "general", 12_640),
    ("2010302", "project", None, "30212", "general", 1_530),
    ("2010302", "project", None, "31002", "general", 5_025),
    ("2080505", "basic", "personnel", "30108", "general", 6_612),
    ("2080506", "basic", "personnel", "30109", "general", 3_306),
    ("2101101", "basic", "personnel", "30110", "general", 2_871),
    ("2210201", "basic", "personnel", "30113", "general", 4_959),
)
_FUNDS = (
    ("2120803", "project", None, "31005", "gov_fund", 23_410),
    ("2230105", "project", None, "30227", "state_capital", 7_120),
)
_OWN = (
    ("2010350", "basic", "personnel", "30101", "special_account", 5_250),
    ("2010399", "project", None, "30227", "special_account", 1_333),
    ("2010350", "basic", "public", "30201", "business", 8_118),
    ("2010399", "project", None, "31002", "business", 2_407),
    ("2010350", "basic", "public", "30211", "superior", 1_200),
    ("2010350", "basic", "public", "30207", "affiliated", 640),
    ("2010399", "project", None, "30227", "other", 915),
    ("2010399", "operating", None, "30201", "operating", 1_780),
)
# What the projects of a class are called, and which of them are 专项资金.
_PROJECTS = {
    "2010302": "业务工作专项",
    "2010399": "信息系统建设",
    "2120803": "基础设施建设",
    "2230105": "国有企业改革",
}
_SPECIAL = frozenset({"基础设施建设", "国有企业改革"})
_CARRIED = {"general": 2_100, "gov_fund": 4_000, "state_capital": 300}
_LEFT = {"general": 1_250, "gov_fund": 2_600}
_TOPICS = {
    "abroad": ("30212",),
    "reception": ("30217",),
    "vehicle_running": ("30231",),
    "vehicle_purchase": ("31013",),
    "meeting": ("30215",),
    "training": ("30216",),
}
_TOPIC_SUMS = {
    "vehicle": ("vehicle_running", "vehicle_purchase"),
    "three_public": ("abroad", "reception", "vehicle_running", "vehicle_purchase"),
    "three_public_and_meetings": ("three_public", "meeting", "training"),
}
_SCALES = {"budget": 90, "adjusted": 96, "executed": 93, "final": 100}
KINDS = ("plain", "carried", "institution")


@dataclass(frozen=True)
class Ledger:
    """``amounts``: lines of this unit; a point's amount is the sum of the lines that it takes in."""

    year: int
    lines: tuple[tuple[Point, int], ...] = field(repr=False)

    def amount(self, point: Point) -> int:
        """What stands at a point, in 元. A change or rate compares with ``point`` one year before."""
        topic = point.topic
        if topic in _TOPIC_SUMS:
            return sum(self.amount(point.at(topic=part)) for part in _TOPIC_SUMS[topic])
        if topic in _TOPICS:
            whole = point.at(topic=None, flow="expenditure", fund=point.fund or "general")
            return sum(self.amount(whole.at(object=code)) for code in _TOPICS[topic])
        if topic == "agency_running":
            return self.amount(
                point.at(topic=None, flow="expenditure", fund="general", nature="basic", staffing="public")
            )
        if topic in ("ordinary_project", "special_project"):
            names = [n for n in _PROJECTS.values() if (n in _SPECIAL) == (topic == "special_project")]
            return sum(self.amount(point.at(topic=None, project=name)) for name in names)
        named = point.named()
        if named.get("fund") == "appropriation":
            named["fund"] = "general"  # there is no other
        named.pop("measure")
        named.pop("agency", None)  # the one unit that spends is the whole
        return sum(amount for line, amount in self.lines if _within(line, named))

    def codes(self, dimension: str, lengths: tuple[int, ...], points: list[Point]) -> Iterator[str]:
        """The codes of a classification that have an amount at some of the points, in the order of a printed list."""
        leaves = {line.get(dimension) for line, _ in self.lines if line.get(dimension)}
        codes = {leaf[:length] for leaf in leaves for length in lengths if length <= len(leaf)}
        for code in sorted(codes):
            if any(self.amount(point.at(**{dimension: code})) for point in points if point.measure == "amount"):
                yield code


def _within(line: Point, named: dict[str, Any]) -> bool:
    for dimension, wanted in named.items():
        value = line.get(dimension)
        if value == wanted:
            continue
        if value is None or wanted not in ancestors(dimension, value):
            return False
    return True


@lru_cache
def ledger(kind: str, year: int, *, final: bool) -> Ledger:
    """``plain``: one fund. ``carried``: three fiscal funds and carry-over. ``institution``: further income of its own."""
    lines: list[tuple[Point, int]] = []
    agency_type: Any = "institution" if kind == "institution" else "administrative"
    for back in (0, 1):
        for stage, scale in _SCALES.items():
            base = Point(year=year - back, stage=stage)
            lines += _of_year(kind, base, scale - 7 * back, final=final, agency_type=agency_type)
    return Ledger(year, tuple(lines))


def _of_year(kind: str, base: Point, scale: int, *, final: bool, agency_type: str) -> Iterator[tuple[Point, int]]:
    spent = [*_SPENT]
    spent += [] if kind == "plain" else [*_FUNDS]
    spent += [*_OWN] if kind == "institution" else []
    carried = {} if kind == "plain" else dict(_CARRIED)
    left = {} if kind == "plain" else dict(_LEFT)
    used: dict[str, int] = {}
    distributed: dict[str, int] = {}
    if kind == "institution":
        carried["business"], used["business"] = 510, 860
        if final:
            distributed["business"] = 75
    met: set[str] = set()
    for function, nature, staffing, object_, source, hundreds in spent:
        # Final accounts know no 财政专户: what comes from it is 事业收入.
        fund = "business" if final and source == "special_account" else source
        amount = hundreds * scale // 100 * STEP
        at = base.at(function=function, fund=fund)
        first = fund not in met
        met.add(fund)
        # What was carried in is spent first, on the first class of its fund; what is left over belongs to it as well.
        carry, leave, use, share = (
            each.get(fund, 0) * scale // 100 * STEP if first else 0 for each in (carried, left, used, distributed)
        )
        point = at.at(flow="expenditure", nature=nature, staffing=staffing, object=object_)
        point = point.at(gov_object=_gov_object(object_, agency_type))
        point = point.at(project=_PROJECTS[function] if nature == "project" else None)
        yield point.at(topic="carried_spending"), carry
        yield point.at(topic="current_year"), amount - carry
        yield at.at(flow="income"), amount + leave + share - carry - use
        yield at.at(flow="carried_in"), carry
        yield at.at(flow="balance_used"), use
        yield at.at(flow="carried_out"), leave
        yield at.at(flow="distributed"), share


@lru_cache
def _gov_object(code: str, agency_type: str) -> str:
    links = gov_objects_of(code)
    ends = sorted(link.gov_object for link in links)
    wanted = [end for end in ends if (end[:3] in ("505", "506")) == (agency_type == "institution")]
    return (wanted or ends)[0]
