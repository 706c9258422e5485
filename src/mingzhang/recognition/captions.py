"""The lines around a table: its title, number, unit, and whose table it is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from mingzhang.cube.amount import Unit, unit_named
from mingzhang.recognition.vocabulary import fold, scan_title

_CHINESE_NUMBER = "一二三四五六七八九十"
# 部门公开表1, 附表1-1, 预算01表, 财决公开02表: whose and what for, in any order.
_PUBLISHED = r"(?:部门|单位|省级|市级|区级|县级|本级|公开|预算|决算|财决|附件|附)*"
_NUMBER = re.compile(
    rf"(?:(?:表号\s*[:：]\s*)?(?:{_PUBLISHED}表\s*(?:[{_CHINESE_NUMBER}]{{1,3}}|\d{{1,2}})(?:\s*[-－—]\s*\d{{1,2}})?"
    rf"|{_PUBLISHED}\s*\d{{1,2}}(?:\s*[-－—]\s*\d{{1,2}})?\s*表|附件\s*(?:[{_CHINESE_NUMBER}]{{1,3}}|\d{{1,2}})(?:\s*[-－—]\s*\d{{1,2}})?))"
)
_NUMBER_ALONE = re.compile(_NUMBER.pattern + r"\s*[:：]?\Z")
_NUMBER_FIRST = re.compile(rf"\s*(?:{_NUMBER.pattern})[\s:：、.]+(?=\S)")
_UNIT = re.compile(r"(?:金额)?单\s*位\s*[:：]\s*(?:人民币)?\s*(亿\s*元|百\s*万\s*元|万\s*元|千\s*元|百\s*元|元)")
_UNIT_ALONE = re.compile(r"(亿元|万元|千元|元)\Z")
_UNIT_IN_BRACKETS = re.compile(r"[(（]\s*(?:单位[:：])?\s*(亿元|万元|千元|元)\s*[)）]")
_AGENCY = re.compile(
    r"(?:部门全称|部门名称|单位名称|编制单位|填报单位|编制部门|填报部门|公开部门|预算单位|资金主管部门|业务主管部门|主管部门|部门|单位)\s*[:：]\s*"
    r"(?!亿元|百万元|万元|千元|元)([^\s:：]{2,60})"
)
_AGENCY_LABEL_ALONE = re.compile(r"(?:部门|单位|编制|填报|公开)?(?:全称|名称|单位|部门)\s*[:：]\Z")
_SUBTITLE = re.compile(r"[(（][^()（）]{2,24}[)）]\Z")
_TITLE_END = re.compile(
    r"(?:表(?:[-—–]{1,2}[^()（）。，,]{2,16})?(?:\s*[(（][^()（）]{1,30}[)）]){0,2}|[(（]续(?:表)?\d?[)）]|情况)\Z"
)
_TOPIC_END = re.compile(r"经费\Z")
_TITLE_START = re.compile(r"(?:19|20)\d\d年|部门|单位")
_CONTINUED = re.compile(r"\s*(?:[(（]\s*续\s*表?\s*\d*\s*[)）]|续\s*表?\s*\d*)\s*\Z")
_HEADING_NUMBER = re.compile(
    rf"\s*(?:[{_CHINESE_NUMBER}]{{1,3}}、|[(（][{_CHINESE_NUMBER}]{{1,3}}[)）]|\d{{1,2}}[.、])\s*"
)
_INTRODUCTION = re.compile(r"(?:如下|见下表|如下表|如下表所示|见下)\s*[:：。]?\Z")
_AGENCY_CODE = re.compile(r"^(?:\d{3,9}-|[\[【(（]\d{3,9}[\]】)）]\s*-?)(?=[\u4e00-\u9fff])")
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d\s*年\s*度?")
MAX_TITLE = 70


@dataclass(frozen=True, slots=True)
class Caption:
    """What the lines above a table say of it; whatever they do not say is ``None``."""

    title: str | None = None
    subtitle: str | None = None
    number: str | None = None
    unit: Unit | None = None
    agency: str | None = None

    @property
    def full_title(self) -> str:
        """The title with the line in brackets below it; empty if the table has none."""
        return (self.title or "") + (self.subtitle or "")


@lru_cache(maxsize=2048)
def looks_like_title(text: str) -> bool:
    """A short line that ends like a table's title and names something of the cube."""
    text = _NUMBER_FIRST.sub("", unicodedata.normalize("NFKC", text).strip())
    if not 3 <= len(text) <= MAX_TITLE or text.endswith(("。", ";", ":", ",")) or "\t" in text:
        return False
    phrase = scan_title(_HEADING_NUMBER.sub("", text))
    names = {name for name in phrase.point if name != "year"}
    if names == {"measure"} and not phrase.kinds and not text.endswith(("表", ")")):
        return False  # 增减变化情况 heads columns
    if _TOPIC_END.search(text):
        return "topic" in names and _TITLE_START.match(text) is not None
    return bool(_TITLE_END.search(text)) and bool(names or phrase.kinds or phrase.dimension)


def is_introduction(text: str) -> bool:
    """A sentence that ends in 如下： stands between a table and its heading."""
    return bool(_INTRODUCTION.search(unicodedata.normalize("NFKC", text).strip()))


def is_label_alone(text: str) -> bool:
    """部门： or 编制单位： with nothing behind it: the name stands on the next line."""
    return bool(_AGENCY_LABEL_ALONE.match(unicodedata.normalize("NFKC", text).strip()))


def is_caption_line(text: str) -> bool:
    """A line that belongs to a table rather than to the narrative: a number, a unit, an agency, a title, a year alone."""
    text = unicodedata.normalize("NFKC", text).strip()
    return _tells(text) or _YEAR_ALONE.fullmatch(text) is not None


def is_caption_row(texts: list[str]) -> bool:
    """A row above the header: every cell belongs to the caption. Years alone are a header, unless beside something else."""
    plain = [unicodedata.normalize("NFKC", text).strip() for text in texts]
    return any(_tells(text) for text in plain) and all(_tells(text) or _YEAR_ALONE.fullmatch(text) for text in plain)


@lru_cache(maxsize=2048)
def _tells(text: str) -> bool:
    return bool(
        _NUMBER_ALONE.match(text)
        or _UNIT_ALONE.match(text)
        or (len(text) <= 80 and _UNIT.search(text) and not text.endswith("。"))
        or (len(text) <= 80 and _AGENCY.match(text) and not text.endswith("。"))
        or (len(text) <= 30 and _SUBTITLE.match(text))
        or _AGENCY_LABEL_ALONE.match(text)
        or (len(text) <= 50 and _AGENCY_CODE.match(text))
        or looks_like_title(text)
    )


def read_caption(lines: list[str]) -> Caption:
    """Title, number, unit and agency from the caption lines above (or inside) a table, the nearest winning."""
    title: str | None = None
    subtitle: str | None = None
    number: str | None = None
    unit: Unit | None = None
    agency: str | None = None
    for line in reversed([unicodedata.normalize("NFKC", line).strip() for line in lines]):
        if unit is None and (
            match := _UNIT.search(line) or _UNIT_IN_BRACKETS.fullmatch(line) or _UNIT_ALONE.match(line)
        ):
            unit = unit_named("".join(match[1].split()))
        if agency is None and (match := _AGENCY.search(line)):
            agency = _AGENCY_CODE.sub("", match[1])
        if number is None and (match := _NUMBER_ALONE.match(line) or _NUMBER_FIRST.match(line)):
            number = "".join(match[0].split()).rstrip(":：、.")
        if title is None and looks_like_title(line) and not _NUMBER_ALONE.match(line):
            bare = _HEADING_NUMBER.sub("", _NUMBER_FIRST.sub("", line))
            title = bare
            if unit is None and (match := _UNIT_IN_BRACKETS.search(bare)):
                unit = unit_named(match[1])
        elif title is None and subtitle is None and _SUBTITLE.match(line) and not _UNIT_IN_BRACKETS.match(line):
            subtitle = line
    return Caption(title, subtitle, number, unit, agency)


def same_agency(left: str, right: str) -> bool:
    """Whether two names may be of one unit: a name is often cut, or printed without its place."""
    first, second = fold(left), fold(right)
    return first in second or second in first


def same_title(left: str, right: str) -> bool:
    """Whether two titles are the same but for white space, brackets, punctuation and 续."""
    return fold(_CONTINUED.sub("", left)) == fold(_CONTINUED.sub("", right))


def may_be_one(left: Caption, right: Caption) -> bool:
    """Whether two captions may be parts of one: what is printed over the middle of a sheet is on one of its pages."""
    titled = left.title is None or right.title is None or same_title(left.title, right.title)
    told = [(left.number, right.number), (left.unit, right.unit)]
    agreed = all(one is None or other is None or one == other for one, other in told)
    return titled and agreed and (left.agency is None or right.agency is None or same_agency(left.agency, right.agency))


def united(left: Caption, right: Caption) -> Caption:
    """One caption of two parts; what both say is said by the first."""
    return Caption(
        left.title or right.title,
        left.subtitle or right.subtitle,
        left.number or right.number,
        left.unit or right.unit,
        left.agency or right.agency,
    )
