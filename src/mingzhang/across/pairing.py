"""Which disclosures speak of the same amounts: last year's, the budget behind the accounts, a unit within its department."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from mingzhang.across.agencies import Agency, agency_of, same_agency
from mingzhang.across.points import agreement
from mingzhang.across.profile import Profile
from mingzhang.cube.disclosure import Disclosure
from mingzhang.cube.point import UNKNOWN_SCOPE, UNNAMED_AGENCY

_WITH_OTHERS = re.compile(r"汇总|合并|系统")

Kind = Literal["former", "accounts", "within"]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two disclosures, by index: ``own`` restates what ``other`` has published.

    ``former``: ``other`` is of the year before. ``accounts``: ``own`` are the final accounts, ``other`` the budget of that
    year. ``within``: ``other`` is a unit of the department ``own``; ``listed`` is the name under which its tables list it,
    ``None`` where only its text does; ``certain`` says that both speak of that unit alone.
    """

    kind: Kind
    own: int
    other: int
    listed: str | None = None
    certain: bool = True


@dataclass(frozen=True, slots=True)
class Pairs:
    """The pairs, and Chinese sentences on what could not be paired, by the index that they concern."""

    pairs: tuple[Pair, ...]
    doubts: tuple[tuple[int, str], ...]
    units: dict[int, tuple[str, ...]] = field(default_factory=dict)


def pairs_of(disclosures: Sequence[Disclosure], profiles: Sequence[Profile]) -> Pairs:
    """Every pair among the disclosures; where several would do for one place, none is taken and they are listed."""
    pairs: list[Pair] = []
    doubts: list[tuple[int, str]] = []
    for own, profile in enumerate(profiles):
        if profile.agency is None or profile.year is None:
            continue
        others = [index for index, other in enumerate(profiles) if index != own and _is_of(profile, other)]
        kinds: tuple[tuple[Kind, int, str | None], ...] = (("former", profile.year - 1, profile.stage),)
        if profile.stage == "final":
            kinds = (*kinds, ("accounts", profile.year, "budget"))
        for kind, year, stage in kinds:
            fitting = [i for i in others if (profiles[i].year, profiles[i].stage) == (year, stage)]
            if len(fitting) > 1 and all(_tell_the_same(disclosures[fitting[0]], disclosures[i]) for i in fitting[1:]):
                fitting = fitting[:1]  # one disclosure in two formats
            if len(fitting) == 1:
                pairs.append(Pair(kind, own, fitting[0]))
            elif fitting:
                doubts.append((own, _ambiguous(profile, [profiles[index] for index in fitting], kind)))
        twins = [i for i in others if (profiles[i].year, profiles[i].stage) == (profile.year, profile.stage)]
        if twins:
            doubts.append((own, _twins(profile, [profiles[index] for index in twins])))
    units: dict[int, tuple[str, ...]] = {}
    for own in range(len(profiles)):
        found, listed = _units_of(own, profiles)
        pairs += found
        if any(pair.listed is not None for pair in found):
            units[own] = listed
    return Pairs(tuple(pairs), tuple(doubts), units)


def _tell_the_same(one: Disclosure, other: Disclosure) -> bool:
    same, apart = agreement(one, other)
    return same > 0 and apart == 0


def _is_of(one: Profile, other: Profile) -> bool:
    """Of one agency and body: a department's budget says nothing of the unit of the same name."""
    if one.agency is None or other.agency is None or not same_agency(one.agency, other.agency):
        return False
    return one.body is None or other.body is None or one.body == other.body


def _units_of(own: int, profiles: Sequence[Profile]) -> tuple[list[Pair], tuple[str, ...]]:
    """The department's units whose own disclosures are there; and all those that its tables list by name.

    A unit is one if the tables list it, or the text where it tells which units the budget covers.
    """
    profile = profiles[own]
    if profile.agency is None or profile.body == "unit":
        return [], ()
    listed = {name: agency_of(name) for name in profile.listed if not name.startswith((UNNAMED_AGENCY, UNKNOWN_SCOPE))}
    parts = {name: agency for name, agency in listed.items() if agency != profile.agency}
    pairs: list[Pair] = []
    for index, other in enumerate(profiles):
        if index == own or other.agency is None or _is_twin(profile, other):
            continue
        if (other.year, other.stage) != (profile.year, profile.stage):
            continue
        unit = other.agency
        if other.body == "unit" and same_agency(unit, profile.agency):
            unit = Agency(unit.key, own_level=True)  # a department's own level publishes under its plain name
        matching = [name for name, agency in parts.items() if same_agency(agency, unit)]
        if len(matching) == 1:
            certain = other.body == "unit" and _WITH_OTHERS.search(matching[0]) is None
            pairs.append(Pair("within", own, index, matching[0], certain))
        elif not matching and other.body == "unit" and _is_told(unit, profile.agency, profile.told):
            pairs.append(Pair("within", own, index))
    return pairs, tuple(parts)


def _is_told(unit: Agency, department: Agency, told: frozenset[str]) -> bool:
    """Whether the unit is the department's own level, or one that its text names."""
    if unit.own_level:
        return same_agency(Agency(unit.key), Agency(department.key))
    return unit.key in told


def _is_twin(one: Profile, other: Profile) -> bool:
    return one.agency == other.agency and one.body == other.body


def _ambiguous(own: Profile, others: Sequence[Profile], kind: Kind) -> str:
    role = "上年的材料" if kind == "former" else "同年的预算"
    named = "、".join(f"“{other.name}”" for other in others)
    return f"“{own.name}”{role}有{len(others)}份（{named}），不能确定与哪一份对照，没有对照；请只列其中一份。"


def _twins(own: Profile, others: Sequence[Profile]) -> str:
    named = "、".join(f"“{other.name}”" for other in others)
    return (
        f"“{own.name}”与{named}是同一单位、同一年度的材料，可能是前后两稿，没有互相对照；"
        "看改了什么请用 mingzhang compare，看问题是否消除请用 --against。"
    )
