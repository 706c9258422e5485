"""Generated departments for measurements: one number, one department, always the same."""

from __future__ import annotations

import random
from dataclasses import replace

from mingzhang.classification import entries
from mingzhang.composition import Ledger, Line
from mingzhang.cube import Point

BASIC = (
    ("30101", "50101", "personnel"),
    ("30102", "50101", "personnel"),
    ("30108", "50102", "personnel"),
    ("30113", "50103", "personnel"),
    ("30201", "50201", "public"),
    ("30217", "50206", "public"),
    ("30231", "50208", "public"),
    ("30302", "50905", "personnel"),
)
PROJECT = (("30201", "50201"), ("30227", "50205"), ("31002", "50306"), ("31013", "50303"), ("30305", "50901"))
FUNDS = ("general", "general", "general", "gov_fund", "state_capital", "business", "other")
THIS = Point(year=2024, stage="budget", flow="expenditure")


def items() -> list[str]:
    """Functions at 项 level that the evidence bears out."""
    found = {e.code for e in entries("function") if len(e.code) == 7 and e.can_accuse and not e.is_former}
    return sorted(code for code in found if code[:3] < "229")


def department(number: int, *, most_items: int = 40, units: int | None = None, lines_each: int = 3) -> Ledger:
    """A department of up to ``most_items`` 项 and ``units`` units (up to six where none is given), in 分.

    Where the number of units is given, every 项 of every unit has lines.
    """
    chance = random.Random(number)
    codes = items()
    chosen = chance.sample(codes, min(len(codes), most_items if units else chance.randint(1, most_items)))
    members = [f"示例市示例局第{i + 1}中心" for i in range(units if units is not None else chance.randint(0, 6))]
    lines: list[Line] = []
    for code in chosen:
        for member in members if units else [chance.choice(members) if members else None]:
            for _ in range(chance.randint(1, lines_each)):
                lines += _line(chance, code, member)
    return Ledger("示例市示例局", 2024, "budget", "机关", lines=tuple(lines))


def _line(chance: random.Random, code: str, member: str | None) -> list[Line]:
    fen = chance.choice((chance.randint(20_000, 10**7), chance.randint(10**7, 10**10)))
    if chance.random() < 0.5:
        object, gov, staffing = chance.choice(BASIC)
        point = THIS.at(fund="general", nature="basic", staffing=staffing, object=object, gov_object=gov)
    else:
        object, gov = chance.choice(PROJECT)
        project = f"第{chance.randint(1, 9)}号项目"
        point = THIS.at(fund=chance.choice(FUNDS), nature="project", project=project, object=object, gov_object=gov)
    line = Line(point.at(function=code, agency=member), fen)
    found = [line]
    if chance.random() < 0.1:
        found.append(replace(line, fen=-fen // 3))
    if chance.random() < 0.3:
        found.append(Line(line.point.at(year=2023, project=None), chance.randint(20_000, 10**9)))
    return found
