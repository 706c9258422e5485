"""All disclosures of one run held together: the findings of each, and what was compared with what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mingzhang.across.confronting import Confrontation, confront, explains, sum_of_units
from mingzhang.across.pairing import Kind, pairs_of
from mingzhang.across.points import View
from mingzhang.across.profile import Profile, profile_of
from mingzhang.across.telling import findings_of, unit_sum_finding
from mingzhang.cube.disclosure import Disclosure
from mingzhang.cube.finding import Finding

_ROLE: dict[Kind, str] = {"former": "上年材料", "accounts": "同年预算", "within": "所属单位材料"}


@dataclass(slots=True)
class Beside:
    """What the other disclosures say of one: findings, Chinese sentences on what was compared, and their paths."""

    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    others: list[str] = field(default_factory=list)


def survey(disclosures: Sequence[Disclosure]) -> list[Beside]:
    """One entry a disclosure, in their order; without pairs all are empty."""
    profiles = [profile_of(disclosure) for disclosure in disclosures]
    pairs = pairs_of(disclosures, profiles)
    besides = [Beside() for _ in disclosures]
    views: dict[int, View] = {}

    def view(index: int) -> View:
        if index not in views:
            views[index] = View.of(disclosures[index])
        return views[index]

    outcomes: list[Confrontation] = []
    for pair in pairs.pairs:
        outcome = confront(pair, view(pair.own), view(pair.other))
        outcomes.append(outcome)
        besides[pair.own].findings += findings_of(outcome, view(pair.own), view(pair.other))
        besides[pair.own].others.append(disclosures[pair.other].path)
        besides[pair.own].notes.append(_told(outcome, profiles[pair.other]))
    for own, listed in pairs.units.items():
        found = {pair.listed: pair.other for pair in pairs.pairs if pair.own == own and pair.listed is not None}
        missing = [name for name in listed if name not in found]
        if missing:
            told = f"部门的表列有{len(listed)}个单位，没有“{'”、“'.join(missing)}”的材料，未核对各单位之和。"
            besides[own].notes.append(told)
            continue
        units = [view(index) for index in found.values()]
        rows = [outcome for outcome in outcomes if outcome.pair.kind == "within" and outcome.pair.own == own]
        besides[own].findings += [
            unit_sum_finding(mismatch, parts, view(own), units)
            for mismatch, parts in sum_of_units(view(own), units)
            if not any(explains(outcome, mismatch) for outcome in rows)
        ]
        besides[own].notes.append(f"{len(units)}个所属单位的材料齐全，已核对各单位之和与部门数。")
    for index, doubt in pairs.doubts:
        besides[index].notes.append(doubt)
    return besides


def _told(outcome: Confrontation, other: Profile) -> str:
    apart = len(outcome.mismatches)
    role = _ROLE[outcome.pair.kind]
    if outcome.unclear:
        stage = "决算" if other.stage == "final" else "预算"
        rest = (
            f"其余{outcome.compared}个数" + (f"有{apart}处不一致。" if apart else "一致。") if outcome.compared else ""
        )
        return (
            f"与{role}“{other.name}”对照：上年数没有写明是预算数还是执行数，其中{outcome.unclear}个与上年{stage}多数不同，"
            f"没有对照。{rest}"
        )
    if not outcome.compared:
        return f"与{role}“{other.name}”对照：没有可比的数。"
    return f"与{role}“{other.name}”对照：{outcome.compared}个数可比，" + (
        f"{apart}处不一致。" if apart else "全部一致。"
    )
