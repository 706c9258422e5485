"""Whose disclosure it is: title, agency, year, stage, region."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

_YEAR = re.compile(r"((?:19|20)\d\d)\s*年\s*(?:度)?")
_TITLE = re.compile(r"((?:19|20)\d\d)\s*年\s*(?:度)?\s*[^，。；：]{0,30}?(?:预算|决算)")
_AGENCY_IN_TITLE = re.compile(
    r"^(?:(?:19|20)\d\d年(?:度)?)?(?P<name>[\u4e00-\u9fff（）()·]{4,50}?)(?:(?:19|20)\d\d年(?:度)?)?"
    r"(?:部门|单位|部门单位)?(?:财务)?(?:收支)?(?:预算|决算)"
)
_REGION = re.compile(r"^(?:中共)?(?P<name>[\u4e00-\u9fff]{2,6}?(?:特别行政区|自治区|省|市|县|区|旗|州))")


@dataclass(frozen=True, slots=True)
class Identity:
    """Title, agency, year, stage (``budget`` or ``final``) and region as the document itself states them."""

    title: str
    agency: str | None
    year: int | None
    stage: str | None
    region: str | None


def identify(lines: Sequence[str], captions: Sequence[str], agencies: Sequence[str]) -> Identity:
    """Read the identity from the first lines, the tables' titles (``captions``) and the agencies named over them."""
    texts = ["".join(unicodedata.normalize("NFKC", line).split()) for line in lines[:40]]
    title = next((text for text in texts if len(text) <= 60 and _TITLE.search(text) and not text.endswith("。")), "")
    titles = [title, *("".join(unicodedata.normalize("NFKC", caption).split()) for caption in captions)]
    years = Counter(int(match[1]) for text in titles for match in [_YEAR.search(text)] if match)
    if not years:
        years = Counter(int(match[1]) for text in texts[:10] for match in [_YEAR.search(text)] if match)
    year = min(years, key=lambda value: (-years[value], value)) if years else None
    final = sum("决算" in text for text in titles)
    budget = sum("预算" in text for text in titles) - sum("一般公共预算" in text and "决算" in text for text in titles)
    stage = None
    if final or budget:
        stage = "final" if final > budget / 2 and final else "budget"
    agency = _agency(title, agencies)
    region = _REGION.match(agency) if agency else None
    return Identity(title, agency, year, stage, region["name"] if region else None)


def _agency(title: str, agencies: Sequence[str]) -> str | None:
    named = Counter("".join(name.split()) for name in agencies)
    if named:
        return min(named, key=lambda name: (-named[name], name))
    match = _AGENCY_IN_TITLE.match(title)
    return match["name"] if match else None
