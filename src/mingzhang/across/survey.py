"""All disclosures of one run held together: the findings of each, and what was compared with what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mingzhang.across.confronting import Confrontation, confront, explains, sum_of_units
from mingzhang.across.pairing import Kind, Pair, pairs_of
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


def survey(disclosures: Sequence[Disclosure], profiles: Sequence[Profile] | None = None) -> list[Beside]:
    """One entry a disclosure, in their order; without pairs all are empty.

    ``profiles`` are those of the disclosures, where they are known. A disclosure is looked at only where it has a pair,
    and its view is kept no longer than its neighbours need it.
    """
    profiles = profiles or [profile_of(disclosure) for disclosure in disclosures]
    pairs = pairs_of(disclosures, profiles)
    besides = [Beside() for _ in profiles]
    views = _Views(disclosures)
    for own in range(len(profiles)):
        its = [pair for pair in pairs.pairs if pair.own == own]
        if its:
            _hold(besides[own], its, pairs.units.get(own), views, profiles)
            views.turn()
    for index, doubt in pairs.doubts:
        besides[index].notes.append(doubt)
    return besides


class _Views:
    """The views of disclosures by their numbers; those of the last two turns are at hand."""

    def __init__(self, disclosures: Sequence[Disclosure]) -> None:
        self.disclosures = disclosures
        self.now: dict[int, View] = {}
        self.before: dict[int, View] = {}

    def __getitem__(self, index: int) -> View:
        if index not in self.now:
            self.now[index] = self.before[index] if index in self.before else View.of(self.disclosures[index])
        return self.now[index]

    def turn(self) -> None:
        self.before, self.now = self.now, {}


def _hold(
    beside: Beside, its: Sequence[Pair], listed: tuple[str, ...] | None, views: _Views, profiles: Sequence[Profile]
) -> None:
    """Hold one disclosure to the others of its pairs; ``listed`` are the units of a department by name."""
    own = views[its[0].own]
    outcomes: list[Confrontation] = []
    for pair in its:
        outcome = confront(pair, own, views[pair.other])
        outcomes.append(outcome)
        beside.findings += findings_of(outcome, own, views[pair.other])
        beside.others.append(views[pair.other].disclosure.path)
        beside.notes.append(_told(outcome, profiles[pair.other]))
    if listed is None:
        return
    found = {pair.listed: pair.other for pair in its if pair.listed is not None}
    missing = [name for name in listed if name not in found]
    if missing:
        told = f"部门的表列有{len(listed)}个单位，没有“{'”、“'.join(missing)}”的材料，未核对各单位之和。"
        beside.notes.append(told)
        return
    units = [views[index] for index in found.values()]
    rows = [outcome for outcome in outcomes if outcome.pair.kind == "within"]
    beside.findings += [
        unit_sum_finding(mismatch, parts, own, units)
        for mismatch, parts in sum_of_units(own, units)
        if not any(explains(outcome, mismatch) for outcome in rows)
    ]
    beside.notes.append(f"{len(units)}个所属单位的材料齐全，已核对各单位之和与部门数。")


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
