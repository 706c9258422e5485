"""Which files are one disclosure: the narrative in one, the tables in another, appendices in more.

Files are joined only where they clearly belong together; where that is not clear, nothing is joined and the reason is
told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath

from mingzhang.across.agencies import same_agency
from mingzhang.across.points import agreement
from mingzhang.across.profile import Profile
from mingzhang.cube.disclosure import Disclosure

_FEWEST_AGREEING = 3  # amounts that narrative and tables share, where no name says that they belong together
_MOST_APART = 0.2


@dataclass(frozen=True, slots=True)
class Joint:
    """Files that are one disclosure, by index, in the order in which they are read; ``reason`` is a Chinese sentence."""

    members: tuple[int, ...]
    reason: str


def joints_of(
    disclosures: Sequence[Disclosure | None], profiles: Sequence[Profile | None]
) -> tuple[list[Joint], list[str]]:
    """What is to be joined, and what might have been but is not clear (Chinese sentences).

    Both sequences have one entry a file, ``None`` where the file could not be read.
    """
    joints: list[Joint] = []
    doubts: list[str] = []
    for cluster in _clusters(disclosures, profiles):
        parts = [(index, profile) for index in cluster if (profile := profiles[index]) is not None]
        if len(parts) < 2 or all(profile.is_whole for _, profile in parts):
            continue
        doubt = _doubt([profile for _, profile in parts])
        if doubt is not None:
            doubts.append(doubt)
            continue
        ordered = sorted(parts, key=lambda part: (not part[1].narrative, part[1].targets, part[0]))
        told = _reason([profile for _, profile in ordered])
        joints.append(Joint(tuple(index for index, _ in ordered), told))
    return joints, doubts


def forced(profiles: Sequence[Profile]) -> Joint:
    """All files as one disclosure, because the person says so: the narrative first, then tables, then target sheets."""
    order = sorted(range(len(profiles)), key=lambda i: (not profiles[i].narrative, profiles[i].targets, i))
    return Joint(
        tuple(order), f"按 --together 把{len(order)}个文件作为一份材料核对：{_listed([profiles[i] for i in order])}。"
    )


def _clusters(disclosures: Sequence[Disclosure | None], profiles: Sequence[Profile | None]) -> list[list[int]]:
    """Files of one folder, agency, year and stage. One whose agency is unknown joins a cluster by its amounts."""
    clusters: list[list[int]] = []
    nameless: list[int] = []
    for index, profile in enumerate(profiles):
        if profile is None or not (profile.narrative or profile.tables):
            continue
        if profile.agency is None:
            nameless.append(index)
            continue
        fitting = [cluster for cluster in clusters if all(_fit(profile, profiles[other]) for other in cluster)]
        if fitting:
            fitting[0].append(index)
        else:
            clusters.append([index])
    for index in nameless:
        profile = profiles[index]
        if profile is None or profile.is_whole:
            continue
        near = [c for c in clusters if all(_near(profile, profiles[o]) for o in c) and _agree(disclosures, index, c)]
        if len(near) == 1:
            near[0].append(index)
    return [sorted(cluster) for cluster in clusters]


def _near(one: Profile, other: Profile | None) -> bool:
    """Of one folder, and of one year, stage and body as far as they say."""
    if other is None or PurePath(one.path).parent != PurePath(other.path).parent:
        return False
    pairs = ((one.year, other.year), (one.stage, other.stage), (one.body, other.body))
    return all(here is None or there is None or here == there for here, there in pairs)


def _fit(one: Profile, other: Profile | None) -> bool:
    return (
        other is not None
        and _near(one, other)
        and one.agency is not None
        and other.agency is not None
        and same_agency(one.agency, other.agency)
    )


def _agree(disclosures: Sequence[Disclosure | None], index: int, cluster: Sequence[int]) -> bool:
    """Whether the amounts of a nameless file are those of one with a name."""
    own = disclosures[index]
    for other in cluster:
        partner = disclosures[other]
        if own is None or partner is None:
            continue
        same, apart = agreement(own, partner)
        if same >= _FEWEST_AGREEING and apart <= _MOST_APART * (same + apart):
            return True
    return False


def _doubt(parts: Sequence[Profile]) -> str | None:
    """Why the files of a cluster are not joined."""
    named = _listed(parts)
    narratives = [part for part in parts if part.narrative]
    if len(narratives) > 1:
        return f"{named}看来属于同一单位、同一年度，但有{len(narratives)}份都含有文字说明，没有合并核对；确属一份材料的请加 --together。"
    seen: set[str] = set()
    for part in parts:
        if not part.targets and seen & part.titles:
            twice = min(seen & part.titles)
            return f"{named}看来属于同一单位、同一年度，但“{twice}”等表不止一处，没有合并核对；确属一份材料的请加 --together。"
        seen |= part.titles
    return None


def _reason(parts: Sequence[Profile]) -> str:
    named = [part for part in parts if part.agency is not None]
    by_file = [part for part in named if part.named_by == "file name"]
    nameless = [part for part in parts if part.agency is None]
    grounds = ["在同一文件夹", "单位、年度相同"]
    if by_file:
        grounds.append(f"{'、'.join(f'“{part.name}”' for part in by_file)}没有写明单位，按文件名判断")
    if nameless:
        grounds.append(f"{'、'.join(f'“{part.name}”' for part in nameless)}没有写明单位，所列金额与其余文件一致")
    return f"{len(parts)}个文件合为一份材料核对：{_listed(parts)}。依据：{'；'.join(grounds)}。不应合并的请加 --apart。"


def _listed(parts: Sequence[Profile]) -> str:
    return "、".join(f"“{part.name}”（{_content(part)}）" for part in parts)


def _content(part: Profile) -> str:
    if part.targets and not part.narrative:
        return "绩效目标表"
    if part.narrative and part.tables:
        return "说明和表格"
    return "文字说明" if part.narrative else "表格"
