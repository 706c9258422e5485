"""What 人员经费 and 公用经费 are said to consist of, against the rows of the table of basic expenditure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mingzhang.classification import by_code, by_name, loose_key
from mingzhang.cube import Disclosure, Paragraph, Table
from mingzhang.cube.finding import Finding
from mingzhang.rules.prose import prose
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import listed, table_name
from mingzhang.rules.workings import figure, same_working

_LIST = re.compile(r"(?:人员经费|公用经费)[^。；：:、]{0,40}?(?:主要包括|包括|用于)[:：]?(?P<names>[^。；;]{4,600})")
_SPLIT = re.compile(r"[、，,]")
_BASIC = re.compile(r"基本支出")
_FEWEST, _SHARE = 6, 0.7
_TRIM = re.compile(r"^(?:以及|及|和)|(?:等(?:支出|费用|方面)?)$")


@dataclass(frozen=True, slots=True)
class _Named:
    text: str
    start: int
    end: int


def check(disclosure: Disclosure) -> Iterator[Finding]:
    """Names in such lists that no row of the table bears with an amount; beside them the rows that no list names."""
    table = _basic_table(disclosure)
    if table is None:
        return
    rows = _filled(table, disclosure)
    lists = [(paragraph, _names(paragraph)) for paragraph in prose(disclosure) if _is_of_basic(paragraph)]
    every = [name for _, names in lists for name in names]
    known = {key for name in every for key in _keys(name.text)}
    matching = sum(bool(_keys(name.text) & rows.keys()) for name in every)
    if len(rows) < _FEWEST or len(every) < _FEWEST or matching < _SHARE * len(every):
        return
    named = {printed for key, printed in rows.items() if key in known}
    unnamed = sorted(set(rows.values()) - named)
    for paragraph, names in lists:
        for name in names:
            codes = {match.entry.code for match in by_name("object", name.text)}
            if _keys(name.text) & rows.keys() or not codes:
                continue
            yield _finding(paragraph, name, codes, table, rows, unnamed)


def _finding(
    paragraph: Paragraph, name: _Named, codes: set[str], table: Table, rows: dict[str, str], unnamed: list[str]
) -> Finding:
    siblings = [printed for printed in unnamed if any(code[:3] == printed[:3] for code in codes if len(code) == 5)]
    hint = f"；该表列有而文字没有列出的有{listed(siblings)}" if siblings else ""
    expected = siblings[0] if len(siblings) == 1 else None
    row = next((row for row in table.rows if row.code in codes), None)
    place = table.source if row is None else row.source
    said = paragraph.at(name.start, name.end)
    return Finding(
        rule="listed-object",
        level="error",
        message=f"文字列有“{name.text}”，{table_name(table)}中该科目没有金额，应当删去或改为有金额的科目{hint}。",
        key=(loose_key(name.text),),
        places=(said, place),
        reported=name.text,
        expected=expected or "删去",
        workings=(
            same_working(
                "文字所列的科目，表中应当有金额。",
                figure("文字", name.text, said),
                figure(
                    table_name(table), "没有这一行" if row is None else f"{row.name or row.code}一行没有金额", place
                ),
            ),
        ),
    )


def _is_of_basic(paragraph: Paragraph) -> bool:
    return "基本工资" in paragraph.text or "办公费" in paragraph.text


def _names(paragraph: Paragraph) -> list[_Named]:
    found: list[_Named] = []
    for match in _LIST.finditer(paragraph.text):
        at = match.start("names")
        for part in _SPLIT.split(match["names"]):
            text = _TRIM.sub("", part.strip())
            if text and not any(sign.isdigit() for sign in text):
                start = at + part.find(text)
                found.append(_Named(text, start, start + len(text)))
            at += len(part) + 1
    return found


def _keys(name: str) -> set[str]:
    """The loose keys under which a listed name may stand in the table: as written, and without 费 or 支出."""
    key = loose_key(name)
    return {key, key.removesuffix("支出"), key.removesuffix("费"), key + "费"}


def _basic_table(disclosure: Disclosure) -> Table | None:
    """The table of basic expenditure by department economic classes that has most rows and was wholly read."""
    found = [
        table
        for table in disclosure.tables
        if _BASIC.search(table.title)
        and not (table.unread_rows or table.unread_columns or table.holes)
        and sum(_is_object(row.code) for row in table.rows) >= _FEWEST
    ]
    return max(found, key=lambda table: sum(_is_object(row.code) for row in table.rows), default=None)


def _is_object(code: str | None) -> bool:
    return code is not None and len(code) == 5 and code.startswith("3")


def _filled(table: Table, disclosure: Disclosure) -> dict[str, str]:
    """Loose name → code and name of the 款 with an amount, as the observations of the table have them."""
    codes = {
        observation.point.object
        for observation in disclosure.observations
        if observation.source.table == table.id and observation.amount.value != 0 and observation.point.object
    }
    names: dict[str, str] = {}
    for code in sorted(code for code in codes if len(code) == 5):
        printed = [row.name for row in table.rows if row.code == code and row.name]
        official = [entry.name for entry in by_code("object", code)]
        for name in (*printed, *official):
            names.setdefault(loose_key(name), f"{code} {(printed or official or [''])[0]}")
    return names


RULES = (
    Rule(
        id="listed-object",
        title="人员经费、公用经费所列科目与表相符",
        sentence="文字中“人员经费、公用经费主要包括”的科目，在一般公共预算基本支出表中应当有金额。",
        basis="文件自身的两处陈述不得矛盾。",
        why="列出没有支出的科目，说明文字沿用了模板或往年的文稿。",
        how_to_fix="对照基本支出表，删去没有金额的科目，补上有金额的科目。",
        example="文字列有“个人农业生产补贴”，表中该科目为空，有金额的是“奖励金”。",
        levels=("error",),
        check=check,
    ),
)
