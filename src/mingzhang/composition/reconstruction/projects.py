"""Projects in a ledger rebuilt from a disclosure: their targets, and which lines of 项目支出 are whose.

A disclosure shows the projects' amounts apart from the classes. Lines are cut in their order until every project has its
amount; what is left belongs to no named project.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from mingzhang.composition.ledger import Indicator, Line, Project
from mingzhang.composition.targets import kind_of_text
from mingzhang.cube.amount import NotAnAmountError, parse_amount, unit_named
from mingzhang.cube.disclosure import Disclosure, Target
from mingzhang.cube.point import UNNAMED_AGENCY, Point

_LONGEST_LABEL = 12  # what stands behind a label and is longer is a text, no label itself
_YES_NO = {"是": True, "否": False}


def indicators_of(disclosure: Disclosure, project: str | None = None) -> tuple[Indicator, ...]:
    """The targets of a project, or of the whole unit, each as its row prints it: in figures or in words (优, 定性)."""
    return tuple(_indicator(target) for target in disclosure.targets if target.project == project)


def projects_of(disclosure: Disclosure) -> tuple[Project, ...]:
    """The projects that have an amount or targets, in the order of the disclosure, with their targets."""
    names = [
        o.point.project
        for o in disclosure.observations
        if o.point.project and o.point.measure == "amount" and o.point.indicator is None
    ]
    named = dict.fromkeys([*names, *(target.project for target in disclosure.targets)])
    said = texts_of(disclosure)
    return tuple(
        Project(
            name,
            overview=said.get((name, "overview"), ""),
            goal=said.get((name, "goal"), ""),
            indicators=indicators_of(disclosure, name),
        )
        for name in named
        if name and not name.startswith(UNNAMED_AGENCY)
    )


def texts_of(disclosure: Disclosure) -> dict[tuple[str | None, str], str]:
    """What sheets of targets and lists say of each project (of the whole unit under ``None``): ``goal``, ``overview``.

    A sheet of several projects says nothing certain of any.
    """
    found: dict[tuple[str | None, str], str] = {}
    for table in disclosure.tables:
        kinds = [kind_of_text(path[-1]) if path and "指标" not in path[-1] else None for path in table.header]
        for row in table.rows if any(kinds) else ():
            for kind, text in zip(kinds, row.texts, strict=False):
                if kind is not None and row.point.project is not None and text.strip():
                    found.setdefault((row.point.project, kind), text.strip())
        if table.point.topic != "performance" or table.header:
            continue
        projects = {o.point.project for o in disclosure.observations if o.source.table == table.id} | {None}
        if len(projects - {None}) > 1:
            continue
        for row in table.rows:
            filled = [text for text, _ in groupby(text.strip() for text in row.texts if text.strip())]
            if row.kind == "note" and len(filled) >= 2 and len(filled[0]) <= _LONGEST_LABEL < len(filled[1]):
                kind = kind_of_text(filled[0])
                if kind is not None:
                    found.setdefault((table.point.project, kind), filled[1])
    return found


def _indicator(target: Target) -> Indicator:
    return Indicator(
        target.name,
        target.value,
        target.unit,
        target.direction,
        _weight(target.weight),
        _YES_NO.get(target.core),
        target.first,
        target.second,
    )


def _weight(printed: str) -> Decimal | None:
    try:
        return parse_amount(printed, unit_named("%")).value if printed else None
    except NotAnAmountError:
        return None


def with_projects(
    lines: Sequence[Line], disclosure: Disclosure, year: int, stage: str
) -> tuple[tuple[Line, ...], list[str]]:
    """The lines with projects named as far as the printed amounts go, and what could not be placed, in Chinese."""
    wanted = _amounts(disclosure, year, stage)
    rest = [line for line in lines if not _is_project(line)]
    waiting = [line for line in lines if _is_project(line)]
    available = sum(line.fen for line in waiting)
    told: list[str] = []
    if not wanted:
        return tuple(lines), told
    if sum(wanted.values()) - available > _tolerance(disclosure):
        told.append("所列项目的金额合计超过项目支出（可能含对下转移支付），项目没有与支出明细对应，请自行填写。")
        return tuple(lines), told
    placed: list[Line] = []
    for name, amount in wanted.items():
        left = amount
        while waiting and left > 0:
            line = waiting[0]
            taken = min(left, line.fen)
            placed.append(Line(line.point.at(project=name), taken, line.carried))
            left -= taken
            if taken == line.fen:
                waiting.pop(0)
            else:
                waiting[0] = Line(line.point, line.fen - taken, line.carried)
    told.append("项目与科目的对应关系是推定的，请按实际改正。")
    return (*rest, *_merged(placed), *waiting), told


def _is_project(line: Line) -> bool:
    return line.point.nature == "project" and line.point.topic is None and line.point.flow == "expenditure"


def _amounts(disclosure: Disclosure, year: int, stage: str) -> dict[str, int]:
    """Every named project's amount, as printed."""
    found: dict[str, int] = {}
    for observation in disclosure.observations:
        point = observation.point
        if point.project is None or point.project.startswith(UNNAMED_AGENCY):
            continue
        if not observation.amount.unit.is_money or observation.amount.value <= 0:
            continue
        plain = Point(year=year, stage=stage, flow="expenditure", nature="project", project=point.project)
        if point == plain:
            found.setdefault(point.project, int(observation.amount.fen))
    return found


def _tolerance(disclosure: Disclosure) -> int:
    """Half a step of the coarsest print, for every project at most: rounding may make them add up to more."""
    quanta = [o.amount.quantum for o in disclosure.observations if o.point.project and o.amount.unit.is_money]
    return int(max(quanta, default=0) / 2) * len(quanta)


def _merged(lines: Sequence[Line]) -> list[Line]:
    found: dict[tuple[Point, bool], int] = {}
    for line in lines:
        found[line.point, line.carried] = found.get((line.point, line.carried), 0) + line.fen
    return [Line(point, fen, carried) for (point, carried), fen in found.items()]
