"""Whose disclosure it is: title, agency, year, stage, region."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from mingzhang.recognition.vocabulary import fold

_YEAR = re.compile(r"((?:19|20)\d\d)\s*年\s*(?:度)?")
_YEAR_NO_DATE = re.compile(r"((?:19|20)\d\d)\s*年(?!\s*\d{1,2}\s*月)")
_OF_TWO_YEARS = re.compile(
    r"(?P<past>(?:19|20)\d\d)年(?:度)?[^，。；:\d]{0,20}(?:执行|决算)[^，。；:\d]{0,20}(?P<next>(?:19|20)\d\d)年(?:度)?[^，。；:\d]{0,20}预算"
)
_TITLE = re.compile(r"(?:(?:19|20)\d\d\s*年|\A(?:19|20)\d\d(?=部门|单位))\s*(?:度)?\s*[^，。；：]{0,30}?(?:预算|决算)")
_YEAR_ALONE = re.compile(r"\A((?:19|20)\d\d)(?=(?:部门|单位)(?:预算|决算))")  # 2023单位预算情况说明
_PART_TITLE = re.compile(r"(?:19|20)\d\d年(?:度)?[^，。；：]{0,30}?三公[”\"]?经费[^，。；：\d]{0,12}\Z")
_AGENCY_IN_TITLE = re.compile(
    r"^(?:(?:19|20)\d\d年(?:度)?)?(?!度|年|部门|单位|收支|综合|财务|第|附|[“\"]?三公|政府采购(?!中心|办|管理)|一般公共|财政拨款)(?P<name>[\u4e00-\u9fff（）()·]{3,50}?)(?:(?:19|20)\d\d年(?:度)?)?"
    r"(?:部门|单位|部门单位)?(?:财务|综合)?(?:收支)?(?:(?:一般)?公共|政府性基金|国有资本经营)?"
    r"(?:预算|决算|财政拨款|[“\"]?三公[”\"]?经费)"
)
_SECTION = re.compile(r"第[一二三四五六七八九十]+(?:部分|章|节)")
_BODY = re.compile(r"(?<=[局委办室厅院会])(?:部门|单位)\Z")
_COLUMN_YEAR = re.compile(r"((?:19|20)\d\d)\s*年\s*(?:度)?\s*(?:年初|部门|单位|基本支出|项目支出)?(?:预算|决算)")
# What a text that is no more than a paragraph discloses, where no title says of what kind it is.
_DISCLOSES = re.compile(r"三公[”\"]?经费|政府采购(?:支出|预算)(?:总额|金额)?\D{0,4}\d")
_INCOME = re.compile(r"总?收入\D{0,6}\d[\d.,]*(?:万元|元)")
_SPENDING = re.compile(r"总?支出\D{0,6}\d[\d.,]*(?:万元|元)")
# 支出2.00万元，年初预算为3.00万元: what was spent is told beside what was planned.
_SPENT_OF_PLAN = re.compile(r"支出(?:数|总?额)?为?[\d.,]+(?:万元|元)[,，](?:完成)?年初预算(?:数)?为?[\d.,]+(?:万元|元)")
_OF_A_FUND = re.compile(r"(?:公共|基金|经营)预算|预算(?:单位|部门|管理|法)|政府预算|预算信息公开")
# 2019年…支出决算: the year whose budget or accounts a sentence tells of.
_TOLD = re.compile(r"(?P<year>(?:19|20)\d\d)年(?:度)?[^，。；,;\d]{0,40}?(?P<stage>决算|预算)(?!执行)")
_LONGEST_TITLE = 60
_COVER = 12
_SURE = 3  # titles that name one year, after which the headings are not asked; headings that outvote a title
_HEADING_YEAR = re.compile(
    r"(?:第[一二三四五六七八九十]+(?:部分|章|节)|[一二三四五六七八九十]+[、.]|\([一二三四五六七八九十]+\))?"
    r"(?P<year>(?:19|20)\d\d)年(?:度)?[^，。；:]{0,40}(?:预算|决算)[^，。；:]{0,20}\Z"
)
_KIND_ALONE = re.compile(r"(?:(?:19|20)\d\d年(?:度)?)?(?:部门|单位)(?:预算|决算)(?:公开|报告|说明|信息公开)?")
_PART_OF_COVER = re.compile(r"[\u4e00-\u9fff（）()·\d\-—《》“”]{2,40}")
_COVER_END = re.compile(r"(?:预算|决算)(?:信息)?(?:公开)?(?:报表|表格|表|报告|情况说明|说明|情况)?\Z")
_MOST_COVER_LINES = 4
_NOT_OF_A_NAME = re.compile(r"[^\u4e00-\u9fff（）()·\d]+")
_UNIT_LINE = re.compile(
    r"[\u4e00-\u9fff（）()]{3,40}(?:局|委员会|委|厅|办公室|中心|院|校|所|站|队|街道办事处|人民政府|法院|检察院|大学|学院)\Z"
)
_UNIT_FIRST = re.compile(
    r"(?:第[一二三四五六七八九十]部分)?(?P<name>[\u4e00-\u9fff（）()]{3,40}?"
    r"(?:局|委员会|委|厅|办公室|中心|院|校|所|站|队|街道办事处|人民政府|法院|检察院|大学|学院))"
    r"(?:(?:19|20)\d\d年|概况|(?:部门|单位)(?:概况|基本情况))"
)
_REGION = re.compile(
    r"^(?:中共)?(?P<name>(?:[\u4e00-\u9fff]{2,6}?|(?![本我全各该市区城郊])[\u4e00-\u9fff](?=县))(?:特别行政区|自治区|省|市|县|区|旗|州))"
)


@dataclass(frozen=True, slots=True)
class Identity:
    """Title, agency, year, stage (``budget`` or ``final``) and region as the document itself states them."""

    title: str
    agency: str | None
    year: int | None
    stage: str | None
    region: str | None


def identify(
    lines: Sequence[str], captions: Sequence[str], agencies: Sequence[str], above: Sequence[str] = ()
) -> Identity:
    """Read the identity from the first lines, the tables' titles (``captions``) and the agencies named over them.

    ``above`` are all lines over the tables: they say the year where nothing else does (部门：某局　2024年度).
    """
    texts = ["".join(unicodedata.normalize("NFKC", line).split()) for line in lines[:40]]
    title = next((text for text in texts if _is_title(text)), "") or _over_lines(texts[:_COVER]) or _of_a_part(texts)
    titles = [title, *("".join(unicodedata.normalize("NFKC", caption).split()) for caption in captions)]
    titled = Counter(year for text in titles if (year := _year_of(text)) is not None)
    years = Counter(titled)
    mentioned: list[int] = []
    if not years:
        mentioned = [int(match[1]) for text in texts[:10] for match in [_YEAR_NO_DATE.search(text)] if match]
        years = Counter(mentioned)
    if not years:
        years = Counter(int(match[1]) for text in above for match in [_YEAR.search(text)] if match)
    headed = _in_headings(lines) if len(years) > 1 or sum(years.values()) < _SURE else Counter()
    if len(titled) != 1 or (not headed.keys() & titled.keys() and len(headed) == 1 and sum(headed.values()) >= _SURE):
        years += headed  # a title stands against headings of last year, not against all of them
    # Of years named as often, the first: what it is compared with follows; of titles, the earlier is what is disclosed.
    order = [*mentioned, *sorted(years)]
    year = min(years, key=lambda value: (-years[value], order.index(value))) if years else None
    final = sum("决算" in text and _OF_TWO_YEARS.search(text) is None for text in titles)
    budget = sum("预算" in text for text in titles) - sum("一般公共预算" in text and "决算" in text for text in titles)
    stage = None
    if final or budget:
        stage = "final" if final > budget / 2 and final else "budget"
    if stage == "budget" and not any("预算" in _OF_A_FUND.sub("", text) for text in titles):
        stage = stage_of_text(lines) or stage  # 一般公共预算“三公”经费公开说明 is of either
    agency = _agency(title, agencies) or _on_the_cover(texts[:_COVER]) or _in_the_headings(lines) or _over_tables(above)
    region = _REGION.match(agency) if agency else None
    return Identity(title, agency, year, stage, region["name"] if region else None)


def _year_of(title: str) -> int | None:
    """The year that a title names first; of 2023年执行情况和2024年预算 that of the budget."""
    both = _OF_TWO_YEARS.search(title)
    if both is not None and int(both["next"]) == int(both["past"]) + 1:
        return int(both["next"])
    found = _YEAR.search(title) or _YEAR_ALONE.match(title)
    return None if found is None else int(found[1])


def _in_headings(lines: Sequence[str]) -> Counter[int]:
    """The years that open the headings of the narrative: one that was not brought up to date is outvoted."""
    texts = ("".join(unicodedata.normalize("NFKC", line[: 2 * _LONGEST_TITLE]).split()) for line in lines)
    headings = (_HEADING_YEAR.match(text) for text in texts if len(text) <= _LONGEST_TITLE)
    return Counter(int(match["year"]) for match in headings if match)


def stage_of_text(lines: Sequence[str]) -> str | None:
    """Whether a text without a title speaks of a budget or of accounts: it discloses amounts, and a heading or all of it
    says but one of them.

    三公经费, purchases, or both sides of the budget have to be told of: a notice that names a budget discloses none.
    """
    text = "".join("".join(unicodedata.normalize("NFKC", line).split()) for line in lines)
    if not (_DISCLOSES.search(text) or (_INCOME.search(text) and _SPENDING.search(text))):
        return None
    first = ("".join(line.split()) for line in lines[:_COVER])
    heads = [line for line in first if len(line) <= _LONGEST_TITLE and not line.endswith("。")]
    return next(filter(None, map(_only_stage, (*heads, text))), None) or _latest_told(text)


def _latest_told(text: str) -> str | None:
    """Of a text that tells of budgets and of accounts, the one of the later year; of one year, its accounts."""
    told = [(int(match["year"]), match["stage"]) for match in _TOLD.finditer(_OF_A_FUND.sub("", text))]
    return (
        {"决算": "final", "预算": "budget"}[max(told, key=lambda each: (each[0], each[1] == "决算"))[1]]
        if told
        else None
    )


def _only_stage(text: str) -> str | None:
    """The stage that the words name, if they name but one."""
    said = [stage for stage, word in (("budget", "预算"), ("final", "决算")) if word in _OF_A_FUND.sub("", text)]
    if said == ["budget"] and _SPENT_OF_PLAN.search(text):
        return "final"
    return said[0] if len(said) == 1 else None


def with_agency(identity: Identity, agency: str) -> Identity:
    """The identity of that unit, and of its region."""
    region = _REGION.match(agency)
    return replace(identity, agency=agency, region=region["name"] if region else identity.region)


def _is_title(text: str) -> bool:
    """A short line that names a year's budget or accounts; not a part's heading, nor a line of the contents page."""
    if len(text) > _LONGEST_TITLE or text.endswith("。") or ".." in text or "…" in text or _SECTION.match(text):
        return False
    return bool(_TITLE.search(text))


def _of_a_part(lines: Sequence[str]) -> str:
    """The first line of a text that discloses 三公经费 alone, where that is its title; else ""."""
    first = lines[0] if lines else ""
    return first if len(first) <= _LONGEST_TITLE and not first.endswith("。") and _PART_TITLE.search(first) else ""


def _over_lines(lines: Sequence[str]) -> str:
    """A title that the cover prints over several lines (2026年度 / 某市某局 / 部门预算公开), the year in the first; else ""."""
    for first, line in enumerate(lines):
        if not _YEAR.search(line):
            continue
        for end in range(first + 2, min(first + _MOST_COVER_LINES, len(lines)) + 1):
            last = lines[end - 1]
            if not _PART_OF_COVER.fullmatch(last) or last == "目录" or _SECTION.match(last):
                break
            whole = "".join(lines[first:end])
            if _COVER_END.search(last):
                return whole if _PART_OF_COVER.fullmatch(line) and _is_title(whole) else ""
    return ""


def _on_the_cover(lines: Sequence[str]) -> str | None:
    """A line of the first page that is a unit's name and nothing else, if there is just one such name."""
    names = {line for line in lines if _UNIT_LINE.match(line) and _REGION.match(line)}
    if len(names) == 1:
        return names.pop()
    # A long name over several lines, then what it is: 某某市某某监测 / 与技术中心 / 单位预算.
    for number, line in enumerate(lines):
        if _KIND_ALONE.fullmatch(line):
            for first in range(number - 2, max(number - 5, -1), -1):
                whole = "".join(lines[first:number])
                if _UNIT_LINE.fullmatch(whole) and _REGION.match(whole):
                    return whole
    return None


def _in_the_headings(lines: Sequence[str]) -> str | None:
    """The unit whose name opens most headings and sentences (某局2024年度部门决算, 第一部分 某局概况); twice at least, or on the cover."""
    named: Counter[str] = Counter()
    for number, line in enumerate(lines):
        match = _UNIT_FIRST.match("".join(unicodedata.normalize("NFKC", line[:_LONGEST_TITLE]).split()))
        if match is not None and _REGION.match(match["name"]):
            named[match["name"]] += 2 if number < _COVER else 1
    return min(
        (name for name, count in named.items() if count > 1), key=lambda name: (-named[name], name), default=None
    )


def _over_tables(lines: Sequence[str]) -> str | None:
    """The unit whose budget or accounts a line over a table names (某市某局2025年部门预算公开表), if it is but one."""
    names = {_agency("".join(unicodedata.normalize("NFKC", line).split()), []) for line in lines}
    whole = {name for name in names if name is not None and _UNIT_LINE.fullmatch(name) and _REGION.match(name)}
    return whole.pop() if len(whole) == 1 else None


def _agency(title: str, agencies: Sequence[str]) -> str | None:
    named = Counter("".join(name.split()) for name in agencies)
    if named:
        return min(named, key=lambda name: (-named[name], name))
    match = _AGENCY_IN_TITLE.match(title)
    if match is None or _SECTION.match(match["name"]) or match["name"].endswith(("预算", "决算")):
        return None
    return _BODY.sub("", match["name"])


def year_of_columns(headers: Sequence[str]) -> int | None:
    """The latest year whose budget or accounts a column holds: what is compared with it lies before."""
    years = [int(match[1]) for text in headers for match in _COLUMN_YEAR.finditer(unicodedata.normalize("NFKC", text))]
    return max(years, default=None)


def agency_in(name: str) -> str | None:
    """The unit that a file's name names as a title does (某局2026年部门预算)."""
    for part in _NOT_OF_A_NAME.split(unicodedata.normalize("NFKC", name)):
        agency = _agency(part, [])
        if agency is not None and _UNIT_LINE.match(agency):
            return agency
    return None


def may_be_short_for(left: str, right: str) -> bool:
    """Whether one name may be the other without some of its characters: 某省委办公厅 of 中国共产党某省委员会办公厅."""
    short, long = sorted((fold(left), fold(right)), key=len)
    rest = iter(long)
    return all(character in rest for character in short)


def stage_in(name: str) -> str | None:
    """Whether a file's name says that it is a budget or final accounts, if it says only one of them."""
    said = {stage for word, stage in (("预算", "budget"), ("决算", "final")) if word in name}
    return said.pop() if len(said) == 1 else None


def year_in(name: str) -> int | None:
    """The one year that a file's name gives, if it gives just one."""
    years = {int(match) for match in re.findall(r"(?<!\d)((?:19|20)\d\d)(?=\s*年|\D|\Z)", name)}
    return years.pop() if len(years) == 1 else None


def misnamed(name: str, identity: Identity) -> list[str]:
    """Where a file's name says another year, kind or unit than its content does."""
    told: list[str] = []
    year, stage, agency = year_in(name), stage_in(name), agency_in(name)
    if year is not None and identity.year is not None and year != identity.year:
        told.append(f"文件名写的是{year}年，材料是{identity.year}年的。")
    if stage is not None and identity.stage is not None and stage != identity.stage:
        said, read = ("预算", "决算") if stage == "budget" else ("决算", "预算")
        told.append(f"文件名写的是{said}，材料是{read}。")
    if agency is not None and identity.agency is not None and not may_be_short_for(agency, identity.agency):
        told.append(f"文件名写的是“{agency}”，材料是“{identity.agency}”的。")
    return told
