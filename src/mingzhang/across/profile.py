"""What a disclosure is among others: whose, of which year and stage, and which parts of it the document holds."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal

from mingzhang.across.agencies import Agency, agency_in_file_name, agency_of
from mingzhang.cube.disclosure import Disclosure, Table

Body = Literal["department", "unit"]

_FEWEST_PARAGRAPHS = 5
_FEW_WORDS = 300  # a document of tables may carry a cover, headings, a note
_MANY_WORDS = 1_500
_BODY = re.compile(r"(部门|单位)(?:综合|收支)?(?:预算|决算)")
_YEAR = re.compile(r"(?:19|20)\d\d年(?:度)?")
_TITLE_NOISE = re.compile(r"[\s\"“”《》()（）:：]|部门|单位|续表?")
_TARGETS = re.compile(r"绩效(?:目标|指标)")

_COVERED = re.compile(
    r"(?:预算|决算|所属|下属|二级|纳入.{0,20})单位(?:的)?(?:构成|组成|名单|范围|包括|情况|共)|(?:编制|编报|汇编|公开)范围|单位构成"
)
_NUMBERED = re.compile(r"^\s*[(（]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})[)）]?[.．、\s]*")
_BETWEEN = re.compile(r"[，,、；;：:。.\s]+|\d+[.．、]|以及|包括")
_LISTED_LINES, _SHORTEST, _LONGEST = 60, 6, 40


@dataclass(frozen=True, slots=True)
class Profile:
    """One disclosure among others.

    ``named_by`` says where the agency's name comes from. ``narrative`` and ``tables`` say what the document holds,
    ``targets`` that all its tables are sheets of performance targets; ``titles`` are those of its tables, normalised.
    ``listed`` are the agencies that its amounts name, as printed, ``told`` those of which its text says that the budget
    covers them, normalised; a unit has none.
    """

    path: str
    agency: Agency | None
    named_by: Literal["document", "file name"] | None
    year: int | None
    stage: str | None
    body: Body | None
    narrative: bool
    tables: bool
    targets: bool
    titles: frozenset[str]
    listed: tuple[str, ...] = ()
    told: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The file's name, as it is told."""
        return PurePath(self.path).name

    @property
    def is_whole(self) -> bool:
        """Both a narrative and tables of the budget or the accounts."""
        return self.narrative and self.tables and not self.targets


def profile_of(disclosure: Disclosure) -> Profile:
    """The profile of a recognised document, be it whole or a part."""
    told = disclosure.agency
    inferred = None if told else agency_in_file_name(disclosure.path)
    name = told or inferred
    words = sum(len(paragraph.text) for paragraph in disclosure.text)
    narrative = len(disclosure.text) >= _FEWEST_PARAGRAPHS and words > _FEW_WORDS
    if disclosure.tables and words <= _MANY_WORDS:  # how to fill in the tables is told beside them; it tells no amounts
        narrative &= any(observation.origin == "text" for observation in disclosure.observations)
    titles = frozenset(filter(None, (title_key(table) for table in disclosure.tables)))
    targets = bool(disclosure.tables) and all(_is_target_sheet(table) for table in disclosure.tables)
    body = _body(disclosure)
    names = dict.fromkeys(o.point.agency for o in disclosure.observations if o.point.agency is not None)
    return Profile(
        path=disclosure.path,
        agency=agency_of(name) if name else None,
        named_by="file name" if inferred or disclosure.named_by_file else "document" if told else None,
        year=disclosure.year,
        stage=disclosure.stage,
        body=body,
        narrative=narrative,
        tables=bool(disclosure.tables),
        targets=targets,
        titles=titles,
        listed=tuple(names) if body != "unit" else (),
        told=_units_told(disclosure) if body != "unit" else frozenset(),
    )


def title_key(table: Table) -> str:
    """The title without year, brackets and kind words."""
    return _YEAR.sub("", _TITLE_NOISE.sub("", unicodedata.normalize("NFKC", table.title)))


def _is_target_sheet(table: Table) -> bool:
    return _TARGETS.search(table.title) is not None


def _body(disclosure: Disclosure) -> Body | None:
    """部门 or 单位, as the title says, else the file's name, else the titles of the tables."""
    titles = " ".join(table.title for table in disclosure.tables)
    for text in (disclosure.title, PurePath(disclosure.path).name, titles):
        found = {match[1] for match in _BODY.finditer(unicodedata.normalize("NFKC", text))}
        if len(found) == 1:
            return "department" if "部门" in found else "unit"
    return None


def _units_told(department: Disclosure) -> frozenset[str]:
    """The normalised names in the lines from 预算单位构成 on."""
    found: set[str] = set()
    left = 0
    for paragraph in department.text:
        if _COVERED.search(paragraph.text):
            left = _LISTED_LINES
        if left:
            left -= 1
            words = _NUMBERED.sub("", paragraph.text)
            pieces = _BETWEEN.split(words)
            names = [*pieces, *(name for piece in pieces for name in piece.split("和"))]  # 和 may be part of a name
            found.update(agency_of(name).key for name in names if _SHORTEST <= len(name) <= _LONGEST)
    return frozenset(found)
