"""Empty tables and what is said of them: a statement at the table, and a narrative that does not say otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingzhang.cube import Disclosure, Observation, Paragraph, Table, Unread
from mingzhang.cube.finding import Finding
from mingzhang.rules.prose import prose
from mingzhang.rules.reading import WholeTable, whole_tables
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import table_key, table_name

# Tables that a unit may have nothing for; the rest are never empty in earnest.
_MAY_BE_EMPTY = (
    ("政府性基金", "政府性基金"),
    ("国有资本经营", "国有资本"),
    ("三公", "三公"),
    ("政府采购", "采购"),
    ("购买服务", "购买服务"),
    ("绩效目标", "绩效目标"),
)
_LONGEST_LABEL = 12
_STATED = re.compile(
    r"空表|无数据|没有数据|无发生额|未发生|无此项|不涉及|本表无|此表无|(?:没有|无|未)[^，。；]{0,40}(?:预算|支出|收入|经费|采购|安排|使用|项目|内容|事项|情况|业务)|为零|为0"
)
_NONE = re.compile(
    r"(?:(?<!有)无|没有|未安排|未使用|不涉及)(?:使用|安排)?(?P<subject>政府性基金|国有资本经营)(?:预算)?(?:财政)?(?:拨款)?(?:安排的)?(?:收入|支出|预算)?"
)
_NOUGHT = re.compile(r"(?<!有)无|没有|未安排|不涉及|(?<![\d.])0(?:\.0+)?万?元")
_LONGEST = 120


def check_unstated(disclosure: Disclosure) -> Iterator[Finding]:
    """Empty tables at which nothing says that they are."""
    tables = whole_tables(disclosure)
    if len(tables) > 2 and not any(o.origin == "table" and o.amount.value for o in disclosure.observations):
        return  # a form that nobody has filled in
    for table in tables:
        words = next((word for word, _ in _MAY_BE_EMPTY if word in table.head.title), None)
        if words is None or not _is_empty(table, disclosure) or _is_stated(table, disclosure, words):
            continue
        subject = next(subject for word, subject in _MAY_BE_EMPTY if word == words)
        elsewhere = next((p for p in prose(disclosure) if _says_none(p.text, subject)), None)
        asked = f"“本{_body(disclosure)}无……，故本表为空表”一类的说明"
        name = table_name(table.head)
        if elsewhere is None:
            message = f"{name}没有数据，表下没有说明；空表应当注明{asked}。"
        else:
            page = elsewhere.source.page
            where = f"第{page}页的文字" if page else "文字"
            message = f"{name}没有数据，表下没有说明；{where}已说没有，表下也宜注明{asked}。"
        yield Finding(
            rule="empty-table-unstated",
            level="warning" if elsewhere is None else "note",
            message=message,
            key=(table_key(table.head),),
            places=(table.head.source, *((elsewhere.source,) if elsewhere is not None else ())),
            expected="空表说明",
        )


def _says_none(text: str, subject: str) -> bool:
    """Whether one clause of a sentence says that there is none of the subject, or nought."""
    return any(subject in clause and _NOUGHT.search(clause) for clause in re.split("[。；;]", text))


def _body(disclosure: Disclosure) -> str:
    return "单位" if any("单位" in table.title and "部门" not in table.title for table in disclosure.tables) else "部门"


def _is_empty(table: WholeTable, disclosure: Disclosure) -> bool:
    """Whether the table holds nothing but zeros, and everything in it was read."""
    ids = {part.id for part in table.parts}
    if any(part.unread_rows or part.unread_columns or part.holes for part in table.parts):
        return False
    if any(item.source.table in ids and _holds_something(item) for item in disclosure.unread):
        return False
    if any(o.source.table in ids and o.amount.value != 0 for o in disclosure.observations):
        return False
    # A sheet of targets has words too: it is empty where nothing but its labels is printed.
    texts = (
        text.strip() for part in table.parts if "绩效目标" in part.title for row in part.rows for text in row.texts
    )
    return not any(len(text) > _LONGEST_LABEL or any(sign.isdigit() for sign in text) for text in texts)


def _holds_something(item: Unread) -> bool:
    """An amount that was not read, or a count of something (660 辆)."""
    return item.kind == "amount" or (item.kind == "quantity" and any(sign in "123456789" for sign in item.printed))


def _is_stated(table: WholeTable, disclosure: Disclosure, word: str) -> bool:
    """Whether something beside the table says that it is empty, and not that another one is."""
    pages = {row.source.sheet_of_paper for row in table.rows} | {part.source.sheet_of_paper for part in table.parts}
    beside = [line.text for part in table.parts for line in (*part.caption, *part.remarks)]
    beside += [text for row in table.rows for text in row.texts if len(text) > 4]
    last = table.parts[-1]
    beside += [p.text for p in disclosure.text if len(p.text) <= _LONGEST and _is_beside(p, last, pages)]
    others = [other for other, _ in _MAY_BE_EMPTY if other != word]
    own = (text for text in beside if word in text or not any(other in text for other in others))
    return any(_STATED.search(text) for text in own)


def _is_beside(paragraph: Paragraph, table: Table, pages: set[tuple[str, int] | None]) -> bool:
    if paragraph.source.page is not None:
        return paragraph.source.sheet_of_paper in pages
    if paragraph.source.file != table.source.file:
        return False
    line, start = paragraph.source.line, table.source.line
    return line is not None and start is not None and 0 < line - start <= len(table.rows) + 6


def check_text(disclosure: Disclosure) -> Iterator[Finding]:
    """The narrative says that there is none of a fund whose table holds amounts."""
    funds = {"政府性基金": "gov_fund", "国有资本经营": "state_capital"}
    for paragraph in prose(disclosure):
        if len(paragraph.text) > _LONGEST:
            continue
        match = _NONE.search(paragraph.text)
        if match is None:
            continue
        amounts = [
            o
            for o in disclosure.observations
            if o.point.fund == funds[match["subject"]]
            and o.point.year == disclosure.year
            and o.point.stage == disclosure.stage
            and o.point.measure == "amount"
            and o.amount.value != 0
            and o.origin == "table"
            and match["subject"] in _title_of(o, disclosure)
        ]
        if amounts:
            yield _contradicted(paragraph, match, amounts, disclosure)


def _title_of(observation: Observation, disclosure: Disclosure) -> str:
    return next((table.title for table in disclosure.tables if table.id == observation.source.table), "")


def _contradicted(
    paragraph: Paragraph, match: re.Match[str], amounts: list[Observation], disclosure: Disclosure
) -> Finding:
    largest = max(amounts, key=lambda o: abs(o.amount.value))
    table = next(table for table in disclosure.tables if table.id == largest.source.table)
    return Finding(
        rule="none-stated-but-amounts",
        level="error",
        message=(
            f"文字说“{match[0]}”，{table_name(table)}却有{len(amounts)}个金额"
            f"（最大{largest.amount.printed}{largest.amount.unit.name}）；两处必有一处有误。"
        ),
        key=(match["subject"], table_key(table)),
        places=(paragraph.at(*match.span()), largest.source),
        reported=match[0],
    )


RULES = (
    Rule(
        id="empty-table-unstated",
        title="空表附有说明",
        sentence="没有数据的表应当列出空表，并在表下说明没有数据的原因；文字已说没有的，只作提示。",
        basis="财政部《地方预决算公开操作规程》（财预〔2016〕143号）；各地公开模板也要求保留空表并在表下说明。",
        why="没有说明的空表，读者分不清是没有这项收支，还是漏填、漏印。",
        how_to_fix="在表下注明“本部门（本单位）某年度没有某项收支，故本表为空表”。",
        example="政府性基金预算支出表只有空行，表下没有“故本表为空表”的说明。",
        levels=("warning", "note"),
        check=check_unstated,
    ),
    Rule(
        id="none-stated-but-amounts",
        title="“没有”的说明与表相符",
        sentence="文字说明没有政府性基金、国有资本经营预算收支的，相应的表中不应当有金额。",
        basis="文件自身的两处陈述不得矛盾。",
        why="说明和表必有一个是错的，多半是沿用了往年的说明。",
        how_to_fix="核对本年度有无该项收支，改正文字或表。",
        example="文字说“无政府性基金预算财政拨款支出”，政府性基金表列有12.00万元。",
        levels=("error",),
        check=check_text,
    ),
)
