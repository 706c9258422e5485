"""Small disclosures for the tests of recognition: tab-separated text, read without a file."""

from __future__ import annotations

import re
from typing import Any

from mingzhang.cube import Disclosure, Observation
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text import read_text
from mingzhang.recognition import recognise

HEAD = "某某县某某局2024年部门预算公开\n\n"
LINES_OF_EXPENDITURE = """\
合计\t\t120.00\t100.00\t20.00
208\t社会保障和就业支出\t120.00\t100.00\t20.00
20801\t人力资源和社会保障管理事务\t120.00\t100.00\t20.00
2080101\t行政运行\t100.00\t100.00\t
2080102\t一般行政管理事务\t20.00\t\t20.00
"""
COLUMNS = "科目编码\t科目名称\t总计\t基本支出\t项目支出\n"
EXPENDITURE = HEAD + "部门支出预算总表\n单位：万元\n" + COLUMNS + LINES_OF_EXPENDITURE


def read(text: str) -> Disclosure:
    """A disclosure from the text of a file."""
    return recognise(read_text(RawFile(text.encode(), "示例.txt", "0" * 64)))


def named(observation: Observation) -> dict[str, Any]:
    """The point without year, stage and the plain measure."""
    return {
        name: value
        for name, value in observation.point.named().items()
        if name not in ("year", "stage") and (name, value) != ("measure", "amount")
    }


def figures(disclosure: Disclosure, *, blanks: bool = False) -> list[tuple[str, str]]:
    """Point and value of each observation of the tables: ``("flow=expenditure,function=208", "120.00")``."""
    return [
        (",".join(f"{name}={value}" for name, value in named(o).items()), str(o.amount.value))
        for o in disclosure.observations
        if o.origin == "table" and (blanks or not o.amount.is_blank)
    ]


def lost_or_doubled(text: str, disclosure: Disclosure) -> dict[int, tuple[str, str]]:
    """By line of the file: its digits and those that were observed or listed there, where the two differ."""

    def digits(piece: str) -> list[str]:
        return re.findall("[0-9０-９]", piece)

    there = {number: digits(line) for number, line in enumerate(re.split("\r\n|\n|\r", text), start=1)}
    found: dict[int, list[str]] = {number: [] for number in there}
    items = [(o.amount.printed, o.source) for o in disclosure.observations]
    items += [(item.printed, item.source) for item in disclosure.unread]
    for printed, source in items:
        if digits(printed):
            assert source.line is not None, printed
            found[source.line] += digits(printed)
    return {
        line: ("".join(sorted(there[line])), "".join(sorted(found[line])))
        for line in there
        if sorted(there[line]) != sorted(found[line])
    }
