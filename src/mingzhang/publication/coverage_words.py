"""How far the checking went, in sentences that every output shares: what was checked, what was not, and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from mingzhang.cube.disclosure import Unread
from mingzhang.cube.verdict import Verdict
from mingzhang.publication.places import place_words
from mingzhang.publication.terminal import clean


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing to say of the coverage: its name, the sentence, and what it breaks down into."""

    name: str
    text: str
    details: tuple[str, ...] = ()


def coverage_statements(verdict: Verdict) -> tuple[Statement, ...]:
    """Everything that is to be said of the coverage, in a fixed order."""
    coverage, disclosure = verdict.coverage, verdict.disclosure
    relations = coverage.relations
    total = relations.held + relations.rounding + relations.violated
    pages = f"，共{disclosure.pages}页" if disclosure.pages is not None else ""
    found = [
        Statement(
            "读到",
            f"{coverage.tables}张表，{coverage.observations}个数据（全文共{coverage.numbers}个数字，含编码、年份{pages}）",
        ),
        Statement(
            "核对",
            f"{total}条勾稽关系：相符{relations.held}条，四舍五入可解释{relations.rounding}条，"
            f"不符{relations.violated}条",
        ),
    ]
    if relations.not_evaluable:
        partly = [
            f"《{clean(table.title) or '无题表格'}》有{_parts(table.unread_rows, table.unread_columns)}没有读懂"
            for table in disclosure.tables
            if table.unread_rows or table.unread_columns
        ]
        found.append(
            Statement("未能核对", f"{relations.not_evaluable}条勾稽关系（所需的行、列或数字没有读到）", tuple(partly))
        )
    untied = sum(
        mark == "untied" and not observation.amount.is_blank
        for mark, observation in zip(verdict.marks, disclosure.observations, strict=False)
    )
    if untied:
        found.append(Statement("无可对照", f"{untied}个数据已读到，但没有其他数字可以与之核对"))
    if coverage.unread:
        amounts = (item for item in disclosure.unread if item.kind == "amount")
        found.append(
            Statement("未读懂", f"{coverage.unread}个可能是金额的数字，没有参与核对", tuple(unread_reasons(amounts)))
        )
    quantities = sum(item.kind == "quantity" for item in disclosure.unread)
    if quantities:
        found.append(Statement("未核数量", f"{quantities}个数量（辆数、批次、人数等）没有参与核对"))
    named = sum(table.form is not None for table in disclosure.tables)
    if disclosure.tables:
        others = len(disclosure.tables) - named
        rest = f"，其余{others}张按表头文字读取" if others else ""
        told = (
            f"{named}张表对上了本地区的公开表格式{rest}"
            if named
            else "没有对上任何一套已知的公开表格式，各表一律按表头文字读取，未核对应有哪些表"
        )
        found.append(Statement("表格式", told))
    found += [Statement("" if index else "说明", clean(note)) for index, note in enumerate(coverage.notes)]
    return tuple(found)


def unread_reasons(items: Iterable[Unread]) -> list[str]:
    """The unread numbers by reason, the most frequent first, each with an example and its place."""
    grouped: dict[str, list[Unread]] = {}
    for item in items:
        grouped.setdefault(item.reason, []).append(item)
    told: list[str] = []
    for reason, group in sorted(grouped.items(), key=lambda pair: -len(pair[1])):
        where = place_words(group[0].source)
        example = f"如“{clean(group[0].printed)}”" + (f"，{where}" if where else "")
        told.append(f"{clean(reason)}：{len(group)}个（{example}）")
    return told


def _parts(rows: bool, columns: bool) -> str:
    return "、".join(word for word, there in (("行", rows), ("列", columns)) if there)
