"""An earlier check against this one: what is gone, what stays, what is new."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from mingzhang.cube.decision import Changes
from mingzhang.cube.finding import Finding
from mingzhang.cube.verdict import Verdict
from mingzhang.decisions.book import Seen

_FIGURE = re.compile(r"[-+−(（]?[\d,，.%]+[)）]?")
_ACROSS = "across-"  # the rules whose findings rest on another disclosure
_YEAR = re.compile(r"(?:19|20)\d\d年(?:度)?")


def seen_in(verdict: Verdict) -> tuple[Seen, ...]:
    """The findings of a verdict with the titles of the tables that they concern."""
    titles = {table.id: table.title for table in verdict.disclosure.tables}
    found: list[Seen] = []
    for finding in verdict.findings:
        places = (*finding.places, *(suspect.source for suspect in finding.suspects))
        concerned = dict.fromkeys(titles[place.table] for place in places if place.table in titles)
        found.append(Seen(finding, tuple(title for title in concerned if title)))
    return tuple(found)


def changes_since(earlier: Sequence[Seen], verdict: Verdict, against: str) -> Changes:
    """Each finding of either check stands in exactly one list.

    A finding about the same thing with other figures is ``altered``, not one that is gone and one that is new. One that is
    gone with a table that is no longer read, or with the other disclosure that showed it, is ``unsure``: nothing says that
    it was mended.
    """
    now = {finding.id for finding in verdict.findings}
    before = {item.finding.id for item in earlier}
    left = [item for item in earlier if item.finding.id not in now]
    altered: list[str] = []
    new: list[str] = []
    for finding in verdict.findings:
        if finding.id in before:
            continue
        same = next((item for item in left if _subject(item.finding) == _subject(finding)), None)
        if same is None:
            new.append(finding.id)
        else:
            left.remove(same)
            altered.append(finding.id)
    read = {_title(table.title) for table in verdict.disclosure.tables}
    unsure = [
        item
        for item in left
        if any(_title(title) not in read for title in item.tables)
        or (item.finding.rule.startswith(_ACROSS) and not verdict.compared_with)
    ]
    return Changes(
        against,
        tuple(item.finding for item in left if item not in unsure),
        tuple(item.finding for item in unsure),
        tuple(finding.id for finding in verdict.findings if finding.id in before),
        tuple(altered),
        tuple(new),
    )


def _subject(finding: Finding) -> tuple[str, ...]:
    """What a finding is about, without its figures."""
    return (finding.rule, *(part for part in finding.key if not _FIGURE.fullmatch(part)))


def _title(title: str) -> str:
    return _YEAR.sub("", "".join(unicodedata.normalize("NFKC", title).split()))
