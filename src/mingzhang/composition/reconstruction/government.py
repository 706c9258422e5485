"""Government classes in a ledger rebuilt from a disclosure that shows none, or not of every line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mingzhang.classification import AgencyType, gov_objects_of
from mingzhang.composition.ledger import AgencyKind, Line
from mingzhang.cube.disclosure import Disclosure
from mingzhang.cube.point import Point

_ADMINISTRATIVE, _INSTITUTIONS = "501", "505"


def agency_kind(disclosure: Disclosure, body: str) -> AgencyKind:
    """The kind that the government classes tell: 501 of administrations, 505 of institutions.

    Where none is shown, a single unit has 机关运行经费 if it is an administration, and prints none if it is not.
    """
    codes = {(o.point.gov_object or "")[:3] for o in disclosure.observations if o.amount.value}
    if _ADMINISTRATIVE in codes:
        return "混合" if _INSTITUTIONS in codes else "机关"
    if _INSTITUTIONS in codes:
        return "事业单位"
    running = _running(disclosure)
    if body != "单位" or not running or any(o.point.gov_object for o in disclosure.observations):
        return "混合"
    return "机关" if any(running) else "事业单位"


def with_government_classes(
    lines: Sequence[Line], disclosure: Disclosure, kind: AgencyKind
) -> tuple[tuple[Line, ...], list[str]]:
    """The lines with the government class that the crosswalk has for theirs where none is shown; and that it is supposed.

    In a department of both kinds of unit it is that of administrations if 机关运行经费 is spent, of institutions if not.
    """
    administrative = kind in ("机关", "参公单位") or (kind == "混合" and any(_running(disclosure)))
    found = [_with_class(line, "机关" if administrative else "事业单位") for line in lines]
    if all(new is line for new, line in zip(found, lines, strict=True)):
        return tuple(lines), []
    return tuple(found), [
        "部门预算经济分类没有列出对应的政府预算经济分类的，是按对照表和单位性质推定的，请按实际改正。"
    ]


def _with_class(line: Line, kind: AgencyType) -> Line:
    point: Point = line.point
    if point.object is None or point.gov_object is not None:
        return line
    links = gov_objects_of(point.object, kind) or gov_objects_of(point.object)
    firm = sorted({link.gov_object for link in links if link.can_accuse})
    codes = firm or sorted({link.gov_object for link in links})
    return replace(line, point=point.at(gov_object=codes[0])) if codes else line


def _running(disclosure: Disclosure) -> list[bool]:
    """Whether each amount of 机关运行经费 that the tables print for this year is more than nought."""
    moment = (disclosure.year, disclosure.stage, "agency_running", "amount")
    return [
        o.amount.value > 0
        for o in disclosure.observations
        if (o.point.year, o.point.stage, o.point.topic, o.point.measure) == moment and o.origin == "table"
    ]
