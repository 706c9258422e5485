"""Years: what the document says of its own budget is of its own year, what it compares with is the year before."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingzhang.cube import Disclosure, Paragraph
from mingzhang.cube.finding import Finding, Level
from mingzhang.rules.prose import NUMBERED, ordinal
from mingzhang.rules.rule import Rule

_YEAR = r"(?P<year>(?:19|20)\d\d)\s*年度?"
# Of this document's own year, whatever else stands in the sentence: titles, and what the budget provides.
_OWN = re.compile(
    r"(?:(?<![比较与同])" + _YEAR + r"(?=(?:部门|单位|部门单位)?(?:预算|决算)(?:编制说明|情况说明|公开)"
    r"|(?:部门|单位)?预算(?:按照|编制的|的资金)|“三公”经费(?:预算数为|财政拨款支出决算)|收入支出总计|预算安排\s*\d|(?:收入|支出)预算\s*\d|年初预算数\s*\d)"
    r"|\A\s*" + _YEAR.replace("year", "title") + r"(?=[^，。；：]{0,40}表(?:[(（][^()（）]{0,20}[)）])?\s*\Z))"
)
# Compared with, though no 比 stands before it.
_BEFORE = re.compile(_YEAR + r"(?=(?:当年)?预算执行数\s*为|(?:当年)?执行数\s*为?\s*\d)")
_COMPARED = re.compile(r"(?:比|较|与)\s*" + _YEAR + r"(?=[^，。；]{0,14}(?:增|减|下降|上升|持平|相比|相同))")
# 第二部分 2026年部门预算表; 2026年一般公共预算拨款支出 …: own, unless the year before is meant.
_HEADED = re.compile(
    rf"\A{NUMBERED}(?:关于)?[\u4e00-\u9fff（）()]{{0,40}}?"
    + _YEAR
    + r"(?=(?:部门|单位)?(?:收支|收入|支出|财政拨款|一般公共|政府性基金|国有资本|“?三公”?)?"
    r"[^，。；：]{0,24}?(?:预算|决算|情况说明|表)[^，。；：.…·]{0,12}(?:[.…·]{3,}[\d\s.…·—-]*)?\Z)"
)
_PROVIDED = re.compile(
    r"(?<![比较与同和及])"
    + _YEAR
    + r"(?=(?:部门|单位)?(?:收入|支出|收支|一般公共|政府性基金|国有资本经营|财政拨款|机关运行|“三公”)"
    r"[^，。；：]{0,16}(?:预算|决算|拨款|经费|支出|收入|安排))"
)
# A title alone on its line, with or without the unit's name, and what the budget of the unit holds or provides.
_TITLES = {
    kind: re.compile(
        r"\A\s*[\u4e00-\u9fff（）()]{0,40}?(?<![比较与同和及])"
        + _YEAR
        + rf"(?=(?:部门|单位|部门单位){kind}(?:公开|编制|情况)?(?:说明|报告)?\s*\Z)"
    )
    for kind in ("预算", "决算")
}
_BODY = re.compile(
    r"(?<![比较与同和及对])"
    + _YEAR
    + r"(?=(?:部门|单位)预算(?:安排|拟|计划)?(?:购置|采购|新增|更新|购买)|部门预算安排)"
)
# In final accounts: what was done for the performance of the year's budget.
_MANAGED = re.compile(_YEAR + r"(?=预算(?:绩效管理|绩效评价|绩效自评)(?:工作)?(?:开展)?情况(?!表))")
# In final accounts: 2024年度支出合计80万元，较上年决算数增加…; what is compared with last year is of this one.
_ADDED_UP = re.compile(
    r"(?<![比较与同])"
    + _YEAR
    + r"(?=(?:收入|支出)(?:合计|总计)\s*[\d,，.]+\s*万?元[，,](?:比|较|与)上年(?:度)?(?:决算|支出|收入)?数?(?:相比[，,])?(?:增|减|持平))"
)
# 原因是2026年预算按要求…: why this year's budget is another one.
_REASONED = re.compile(r"原因(?:主要)?[是为系：:]" + _YEAR + r"(?=预算(?!执行))")
_AS_OF = re.compile(r"截[至止]\s*" + _YEAR + r"(?=底|末|\s*\d{1,2}\s*月)")
_QUOTED = re.compile(r"《[^《》]{0,200}》|[〔﹝【\[(（]\s*(?:19|20)\d\d\s*[〕﹞】\])）]\s*\d*\s*号?")
_ELSEWHERE = re.compile(
    r"立项依据|项目概述|项目概况|实施周期|规划|计划|十[三四五]五|自(?:19|20)\d\d年|(?:19|20)\d\d\s*[-—–~至到]\s*(?:19|20)\d\d"
)
_KIND = re.compile(r"决算|执行|预算(?!拨款|财政拨款)")
_CLAUSE_END = re.compile(r"[，。；：,;:]")
_BASE_YEAR = re.compile(r"(?:比|较|与)\s*((?:19|20)\d\d|上年|去年)")
_AROUND = 12
_LONGEST_HEADING = 40
_LEVELS = ("cn", "bracketed")  # what the headings that matter are numbered like, the upper first


def check(disclosure: Disclosure) -> Iterator[Finding]:
    """Years that cannot be meant: neither the document's own nor, in a comparison, the one before."""
    year = disclosure.year
    if year is None:
        return
    captions = [line for table in disclosure.tables for line in table.caption]
    unit = re.escape(disclosure.agency or "\0")
    past = _in_accounts(disclosure, year)
    for number, paragraph in enumerate((*disclosure.text, *captions)):
        quoted = [match.span() for match in _QUOTED.finditer(paragraph.text)]
        told: set[int] = set()
        for pattern, right, what, level in _expectations(year, disclosure.stage):
            for match in pattern.finditer(paragraph.text):
                if match.start(_group(match)) in told:
                    continue
                printed = int(match[_group(match)])
                if printed in right or any(start <= match.start() < end for start, end in quoted):
                    continue
                before = re.sub(unit, "", paragraph.text[max(0, match.start() - 30) : match.start()])
                if _is_the_neighbour(paragraph.text[match.end() :], printed - year, disclosure.stage) or (
                    pattern is _COMPARED
                    and (
                        _compares_twice(paragraph.text, match.start(), year)
                        or (
                            disclosure.stage == "budget"
                            and printed == year - 2
                            and (number in past or _speaks_of(paragraph.text, match.start(), year - 1))
                        )
                    )
                ):
                    continue
                if _ELSEWHERE.search(before + paragraph.text[match.start() : match.end() + 8]):
                    continue
                told.add(match.start(_group(match)))
                yield _finding(paragraph, match, right[0], what, level, year)


def _expectations(year: int, stage: str | None) -> tuple[tuple[re.Pattern[str], tuple[int, ...], str, Level], ...]:
    """What is looked for, the years that are right (the likeliest first), what it says, and how sure it is."""
    managed: list[tuple[re.Pattern[str], tuple[int, ...], str, Level]] = []
    if stage == "final":
        managed = [
            (_MANAGED, (year, year - 1), "说的是本年度的绩效管理", "warning"),
            (_ADDED_UP, (year,), "说的是本文件的决算", "warning"),
        ]
    as_of = (year, year + 1) if stage == "final" else (year - 1, year)
    return (
        (_OWN, (year,), "说的是本文件的预算、决算", "warning"),
        (_HEADED, (year,), "是标题中本文件的年度", "warning"),
        (_TITLES["决算" if stage == "final" else "预算"], (year,), "是标题中本文件的年度", "warning"),
        (_BODY, (year, year - 1), "说的是本文件的预算", "warning"),
        (_REASONED, (year, year - 1), "说的是本文件的预算", "warning"),
        *managed,
        (_PROVIDED, (year, year - 1), "说的是本文件的预算、决算", "warning"),
        (_BEFORE, (year - 1, year), "说的是上年的执行数", "warning"),
        (_COMPARED, (year - 1, year), "比较的应是上年", "warning"),
        (_AS_OF, as_of, "是资产等情况的截止日期", "warning"),
    )


def _is_the_neighbour(after: str, apart: int, stage: str | None) -> bool:
    """Last year's accounts in a budget (2023年“三公”经费决算情况), next year's budget in final accounts."""
    said = _KIND.search(_CLAUSE_END.split(after, maxsplit=1)[0])
    if said is None:
        return False
    return (apart, stage, said[0]) in ((-1, "budget", "决算"), (-1, "budget", "执行"), (1, "final", "预算"))


def _compares_twice(text: str, start: int, year: int) -> bool:
    """Whether the sentence compares with the year before as well: a further year (比2019年决算数…) is then meant."""
    begin = text.rfind("。", 0, start) + 1
    sentence = text[begin:].split("。", maxsplit=1)[0]
    return any(word in ("上年", "去年") or word == str(year - 1) for word in _BASE_YEAR.findall(sentence))


def _speaks_of(text: str, start: int, year: int) -> bool:
    """Whether the sentence up to there is of what was spent in that year (2023年决算…，比2022年…)."""
    sentence = text[text.rfind("。", 0, start) + 1 : start]
    return re.search(rf"{year}\s*年[^。]{{0,40}}(?:决算|执行)", sentence) is not None


def _in_accounts(disclosure: Disclosure, year: int) -> frozenset[int]:
    """The paragraphs of a budget under a heading of last year's accounts, by their number."""
    found: set[int] = set()
    past = ""  # what the heading is numbered like
    for number, paragraph in enumerate(disclosure.text if disclosure.stage == "budget" else ()):
        heading, words = ordinal(paragraph.text), paragraph.text.lstrip()
        if heading is not None and heading.style in _LEVELS and len(words) <= _LONGEST_HEADING:
            if re.search(rf"(?:{year - 1}\s*年|上年)[^，。；：]{{0,30}}决算(?![^，。；：]{{0,20}}预算)", words):
                past = heading.style
            elif (past, heading.style) != _LEVELS:
                past = ""
        if past:
            found.add(number)
    return frozenset(found)


def _group(match: re.Match[str]) -> str:
    return "title" if match.groupdict().get("title") else "year"


def _finding(paragraph: Paragraph, match: re.Match[str], expected: int, what: str, level: Level, year: int) -> Finding:
    start, end = match.span(_group(match))
    around = "".join(paragraph.text[max(0, start - _AROUND) : end + _AROUND].split())
    return Finding(
        rule="year-stale",
        level=level,
        message=f"“{around}”中的“{paragraph.text[start:end]}年”{what}，本文件是{year}年度的，疑为沿用旧稿，应为{expected}年。",
        key=(around,),
        places=(paragraph.at(start, end),),
        reported=paragraph.text[start:end],
        expected=str(expected),
    )


RULES = (
    Rule(
        id="year-stale",
        title="年份与文件年度相符",
        sentence="文字说到本年预算、决算的应是本文件的年度，与上年比较的应是上一年度，资产截止日期应在最近一年。",
        basis="惯例：公开的是一个年度的预算或决算，只与上一年度比较；《》内的文件名、文号、立项依据中的年份不在此列。",
        why="多为在往年文稿上修改时漏改，读者会误认数字的年度。",
        how_to_fix="核对该处数字是哪一年的：文字漏改的改正年份，数字未更新的一并更新。",
        example="2024年部门预算中“比2021年预算增加12.00万元”。",
        levels=("warning",),
        check=check,
    ),
)
