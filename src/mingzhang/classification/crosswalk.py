"""The crosswalk (对照表): which government classes (501…) a department class (301…) is recorded under.

An 机关 and a 事业单位 record the same department class under different government classes, and a mixed agency under both:
so sums are tied only over the connected groups of both, among the classes that really occur.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from mingzhang.classification.entry import STATUSES, Status
from mingzhang.classification.files import FOLDER, count, is_digits, one_of, read_rows

AgencyType = Literal["机关", "事业单位", "any"]

AGENCY_TYPES: tuple[AgencyType, ...] = ("机关", "事业单位", "any")
LINK_COLUMNS = ("object", "gov_object", "agency_type", "status", "disclosures", "source")
_LEVEL = 5


@dataclass(frozen=True, slots=True)
class Link:
    """A department 款 and a government 款 seen together, in agencies of a type, with the evidence for it."""

    object: str
    gov_object: str
    agency_type: AgencyType
    status: Status
    disclosures: int
    source: str

    @property
    def can_accuse(self) -> bool:
        """Whether the evidence bears a finding."""
        return self.status in ("verified", "sourced")


@dataclass(frozen=True, slots=True)
class Group:
    """Classes whose sums must be equal: Σ ``objects`` = Σ ``gov_objects``, if ``complete``.

    ``verified``: every link inside rests on verified or sourced evidence. ``complete`` is false where a given class has
    no link to any other given class (it then stands alone): the tie is not known, and an amount there may belong to
    any other group too. ``links`` are the evidence.
    """

    objects: tuple[str, ...]
    gov_objects: tuple[str, ...]
    verified: bool
    complete: bool
    links: tuple[Link, ...]


def read_links(path: Path) -> tuple[Link, ...]:
    """The links of a crosswalk file, by codes. A mistake is a ``FormError``."""
    found: dict[tuple[str, str, str], Link] = {}
    for cells, fail in read_rows(path, LINK_COLUMNS):
        code, gov, kind, status, disclosures, source = cells
        for text, digit in ((code, "3"), (gov, "5")):
            if len(text) != _LEVEL or not is_digits(text) or text[0] != digit:
                raise fail(f"以 {digit} 开头的五位编码，实为“{text}”")
        agency: Any = one_of(kind, AGENCY_TYPES, "单位类型", fail)
        strength: Any = one_of(status, STATUSES, "状态", fail)
        if (code, gov, kind) in found:
            raise fail(f"不重复的对照关系，{code}–{gov}（{kind}）已在前面")
        found[code, gov, kind] = Link(code, gov, agency, strength, count(disclosures, fail), source)
    return tuple(link for _, link in sorted(found.items()))


@cache
def _indexes() -> tuple[dict[str, tuple[Link, ...]], dict[str, tuple[Link, ...]]]:
    forward: defaultdict[str, list[Link]] = defaultdict(list)
    backward: defaultdict[str, list[Link]] = defaultdict(list)
    for link in read_links(FOLDER / "crosswalk.csv"):
        forward[link.object].append(link)
        backward[link.gov_object].append(link)
    return (
        {code: tuple(links) for code, links in forward.items()},
        {code: tuple(links) for code, links in backward.items()},
    )


def gov_objects_of(object_code: str, agency_type: AgencyType | None = None) -> tuple[Link, ...]:
    """The links of a department 款 (or of the 款 that a longer local code extends) to government classes.

    ``agency_type`` keeps the links of that type and those of any type; ``None`` keeps all.
    """
    return _of_type(_indexes()[0].get(object_code[:_LEVEL], ()), agency_type)


def objects_of(gov_object_code: str, agency_type: AgencyType | None = None) -> tuple[Link, ...]:
    """The links of a government 款 to department classes: the inverse of ``gov_objects_of``."""
    return _of_type(_indexes()[1].get(gov_object_code[:_LEVEL], ()), agency_type)


def _of_type(links: tuple[Link, ...], agency_type: AgencyType | None) -> tuple[Link, ...]:
    return tuple(link for link in links if agency_type is None or link.agency_type in (agency_type, "any"))


def groups(object_codes: Iterable[str], gov_codes: Iterable[str]) -> tuple[Group, ...]:
    """The connected groups of the given non-zero 款 of both classifications, by their smallest codes.

    Links of every status and agency type join: one link too many only makes a group larger, and what is demanded of it
    weaker; one too few would demand what is not so.
    """
    objects, govs = sorted(set(object_codes)), sorted(set(gov_codes))
    present: defaultdict[str, list[str]] = defaultdict(list)
    for gov in govs:
        present[gov[:_LEVEL]].append(gov)
    joined: defaultdict[str, set[str]] = defaultdict(set)
    used: defaultdict[str, list[Link]] = defaultdict(list)
    for code in objects:
        for link in gov_objects_of(code):
            for gov in present.get(link.gov_object, ()):
                joined[code].add(gov)
                joined[gov].add(code)
                used[code].append(link)
    found: list[Group] = []
    seen: set[str] = set()
    for start in objects + govs:
        if start in seen:
            continue
        member, waiting = {start}, [start]
        while waiting:
            for other in joined[waiting.pop()] - member:
                member.add(other)
                waiting.append(other)
        seen |= member
        left = tuple(code for code in objects if code in member)
        right = tuple(code for code in govs if code in member)
        links = tuple(dict.fromkeys(link for code in left for link in used[code]))
        complete = bool(left and right)
        verified = complete and all(link.can_accuse for link in links)
        found.append(Group(left, right, verified, complete, links))
    return tuple(found)
