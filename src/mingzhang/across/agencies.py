"""Whose disclosure it is, by name: one key for the ways in which one agency is written, also in the name of a file."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePath

# Long official names and what they are commonly called; applied in order.
_SHORTER: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"中国共产党"), "中共"),
    (re.compile(r"中国人民政治协商会议(.{1,12}?)委员会"), r"\1政协"),
    (re.compile(r"人民代表大会常务委员会"), "人大常委会"),
    (re.compile(r"人大常委会|人民代表大会"), "人大"),
    (re.compile(r"中共(.{1,10}?[省市区县州盟旗])委员会"), r"\1委"),
    (re.compile(r"\A中共"), ""),
    (re.compile(r"人民政府(?=办公|\Z)"), "政府"),
    (re.compile(r"(?<=[省市区县州盟旗])人民政府(?=.{3})"), ""),
    (re.compile(r"经济技术开发区"), "经开区"),
    (re.compile(r"高新技术产业开发区"), "高新区"),
    (re.compile(r"(?<=街道)办事处"), ""),
)
_OWN_LEVEL = re.compile(r"[(]?(?:本级|机关本级|本部|机关)[)]?\Z")
_ASIDE = re.compile(r"[(](?:汇总|合并|公开|盖章|部门|单位)[)]")
_KIND_WORD = re.compile(r"(?<=[局委办厅院会室处部])(?:部门|单位|系统)\Z")
_CODE = re.compile(r"\A\d{3,12}[-_ ]?")
_PLACE = re.compile(r"(?:[\u4e00-\u9fff]{2,7}?(?:省|市|自治区|区|县|自治州|州|盟|旗))+\Z")
_SHORTEST = 4  # characters by which a name without its place may still be told

_YEAR = re.compile(r"(?:19|20)\d\d\s*(?:年度?|度)?")
_BREAK = re.compile(r"[\s_—.,:;、，：；《》“”\"'\[\]【】+&|-]+")
_KIND = re.compile(
    r"(?:部门|单位|本级|区级|市级|省级|县级)*(?:综合|财务|收支|整体|项目|支出|信息|公开|专项|资金|附表|附件|套表|目录|封面)*"
    r"(?:预算|决算|绩效|预决算|公开表|报表|情况说明|编制说明|说明|附表|附件|套表|信息公开|项目支出|目录|表格).*\Z"
)
_LEAD = re.compile(r"\A(?:关于|附件?\d*|附表\d*|[（(]?[\d一二三四五六七八九十]+[)）]?)+")
_CHINESE = re.compile(r"[\u4e00-\u9fff()·〇]{4,50}\Z")
_UNIT_END = re.compile(
    r"(?:局|委员会|委|厅|室|中心|院|校|所|站|队|处|会|府|馆|学|办|公司|部|社|台|园|场|库|段|团|街道|镇|乡|协|区|行|厂|本级\)?)\Z"
)


@dataclass(frozen=True, slots=True)
class Agency:
    """``key`` is the normalised name; ``own_level`` says that only the department's own level is meant (本级)."""

    key: str
    own_level: bool = False


def agency_of(name: str) -> Agency:
    """The agency of that name: brackets, kind words (部门, 单位), 本级, 汇总 and official long forms do not matter."""
    text = _CODE.sub("", "".join(unicodedata.normalize("NFKC", name).split()))
    text = _KIND_WORD.sub("", _ASIDE.sub("", text))
    own = _OWN_LEVEL.search(text)
    if own is not None and own.start() >= _SHORTEST:
        text = _KIND_WORD.sub("", text[: own.start()])
    else:
        own = None
    for pattern, shorter in _SHORTER:
        text = pattern.sub(shorter, text)
    return Agency(text, own is not None)


def same_agency(one: Agency, other: Agency) -> bool:
    """Whether two names are of one agency: equal, or equal but for the place before one of them."""
    if one.own_level != other.own_level:
        return False
    short, long = sorted((one.key, other.key), key=len)
    if short == long:
        return True
    lead = long.removesuffix(short)
    return lead != long and len(short) >= _SHORTEST and _PLACE.match(lead) is not None


def agency_in_file_name(path: str) -> str | None:
    """The agency that a file's name gives, if it gives just one: 北京市水务局2026年度部门预算报表.pdf."""
    name = PurePath(path).name
    while PurePath(name).suffix and not _CHINESE.search(PurePath(name).suffix):
        name = PurePath(name).stem
    found: dict[str, None] = {}
    text = _YEAR.sub("|", unicodedata.normalize("NFKC", name)).replace("_本级_", "(本级)|")
    for piece in _BREAK.split(text):
        words = _KIND_WORD.sub("", _KIND.sub("", _LEAD.sub("", piece)))
        if _CHINESE.match(words) and _UNIT_END.search(words):
            found.setdefault(words)
    return next(iter(found)) if len(found) == 1 else None
