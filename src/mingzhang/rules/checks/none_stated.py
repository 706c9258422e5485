"""未安排公务接待费, 无因公出国（境）费用: what the narrative says there is none of, against the amounts of the tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingzhang.cube import Disclosure, Observation, Paragraph
from mingzhang.cube.finding import Finding, Level
from mingzhang.rules.prose import prose
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import table_name
from mingzhang.rules.workings import figure, same_working

_MONEY = r"(?:费用?|经费|支出|预算|资金)"
# Longer names first: 公务用车购置及运行 is not 公务用车购置.
_TOPICS: tuple[tuple[str, str, re.Pattern[str]], ...] = tuple(
    (topic, name, re.compile(rf"{words}{_MONEY}+(?:预算|支出|安排)?"))
    for topic, name, words in (
        ("abroad", "因公出国（境）费", r"因公出国[(（]境[)）]"),
        ("reception", "公务接待费", r"(?:国内)?公务接待"),
        ("vehicle", "公务用车购置及运行维护费", r"公务用车购置(?:及|和|与)运行(?:维护)?"),
        ("vehicle_purchase", "公务用车购置费", r"公务用车购置"),
        ("vehicle_running", "公务用车运行维护费", r"公务用车运行(?:维护)?"),
        ("three_public", "“三公”经费", r"[“\"]?三公[”\"]?"),
        ("agency_running", "机关运行经费", r"机关运行"),
        ("meeting", "会议费", r"会议"),
        ("training", "培训费", r"培训"),
    )
)
_NONE = re.compile(
    r"(?:(?<![有毫])无(?!论|法|需|偿|形|线|息)|没有|未安排|不安排|未编列|未发生|未列支|不涉及)(?:安排|使用|编列|列支)?"
    r"(?:(?:一般公共预算)?财政拨款)?(?:安排)?(?:的)?(?=[“\"]?(?:因公出国|国内公务接待|公务接待|公务用车购置|公务用车运行|三公|机关运行|会议|培训))"
)
_ENDS = re.compile(r"[，,。；;）)、]|\Z")
_CLAUSE = re.compile(r"[。；;！？]")
_REASON = re.compile(r"原因|由于|因为|主要系|主要是")
_TEMPLATE = re.compile(r"则写|如无|若无|如果|可写|填写|示例")
_OTHER = re.compile(r"上年|去年|上一年|(?P<year>(?:19|20)\d\d)\s*年")


def check(disclosure: Disclosure) -> Iterator[Finding]:
    """Statements that there is none of a topic for which a table prints an amount of the document's year."""
    for paragraph in prose(disclosure):
        if "空表" in paragraph.text:
            continue  # said of a table: empty-statement-contradicted looks at that
        for match in _NONE.finditer(paragraph.text):
            found = _subject(paragraph.text, match.end())
            if found is None or _speaks_of_another(paragraph.text, match.start(), disclosure.year):
                continue
            topic, name, end = found
            amount = _printed(disclosure, topic)
            if amount is not None:
                yield _finding(disclosure, paragraph, (match.start(), end), name, amount)


def _subject(text: str, at: int) -> tuple[str, str, int] | None:
    for topic, name, pattern in _TOPICS:
        match = pattern.match(text, at)
        if match is not None:
            return (topic, name, match.end()) if _ENDS.match(text, match.end()) else None
    return None


def _speaks_of_another(text: str, at: int, year: int | None) -> bool:
    begin = max((mark.end() for mark in _CLAUSE.finditer(text, max(0, at - 120), at)), default=max(0, at - 120))
    if _TEMPLATE.search(text, begin, at):
        return True
    years = [match["year"] for match in _OTHER.finditer(text, begin, at)]
    return bool(years) and (years[-1] is None or int(years[-1]) != year)


def _printed(disclosure: Disclosure, topic: str) -> Observation | None:
    """The largest amount of the topic that a table prints for this year and stage, of the whole unit."""
    fitting = [
        o
        for o in disclosure.observations
        if o.origin == "table"
        and o.point.topic == topic
        and o.point.year == disclosure.year
        and o.point.stage == disclosure.stage
        and o.point.measure == "amount"
        and o.point.agency is None
        and o.point.project is None
        and o.amount.value > 0
    ]
    return max(fitting, key=lambda o: o.amount.value, default=None)


def _finding(
    disclosure: Disclosure, paragraph: Paragraph, span: tuple[int, int], name: str, amount: Observation
) -> Finding:
    words = "".join(paragraph.text[slice(*span)].split())
    place = paragraph.at(*span)
    table = next(table for table in disclosure.tables if table.id == amount.source.table)
    before = paragraph.text[max(0, span[0] - 60) : span[0]]
    # A reason may speak of last year, of one unit, of one kind of money.
    level: Level = "warning" if _REASON.search(before) else "error"
    printed = f"{amount.amount.printed}{amount.amount.unit.name}"
    return Finding(
        rule="none-stated-for-topic",
        level=level,
        message=f"文字说“{words}”，{table_name(table)}的{name}却印为{printed}；两处必有一处有误。",
        key=(name,),
        places=(place, amount.source),
        reported=words,
        workings=(
            same_working(
                f"文字与表中的{name}应当相同。",
                figure(words, "0", place),
                figure(amount.label or name, printed, amount.source),
            ),
        ),
    )


RULES = (
    Rule(
        id="none-stated-for-topic",
        title="“未安排”的说明与表相符",
        sentence="文字说明没有安排因公出国（境）费、公务接待费、会议费等的，表中该项不应当有金额。",
        basis="文件自身的两处陈述不得矛盾；“三公”经费说明依据财政部《地方预决算公开操作规程》（财预〔2016〕143号）。",
        why="说明和表必有一个是错的，多半是沿用了往年的说明。",
        how_to_fix="核对本年度有无该项支出，改正文字或表。",
        example="文字说“未安排公务接待费”，“三公”经费表的公务接待费为0.50万元。",
        levels=("error", "warning"),
        check=check,
    ),
)
