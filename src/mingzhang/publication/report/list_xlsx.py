"""``mingzhang check --format xlsx``: one row a finding, to be filtered, assigned and ticked off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING
from urllib.parse import quote

from mingzhang.cube.finding import Finding
from mingzhang.cube.verdict import Verdict
from mingzhang.publication.coverage_words import coverage_statements
from mingzhang.publication.places import place_words
from mingzhang.publication.report.crops import places_of
from mingzhang.publication.verdict_words import (
    LEVEL_WORDS,
    MARK_WORDS,
    RULING_WORDS,
    checksums,
    conclusion,
    explanations,
    facts,
    suspect_told,
)
from mingzhang.publication.workbooks import Value, begun, dress, fill, saved

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# The columns of the list with their widths in characters.
COLUMNS: tuple[tuple[str, int], ...] = (
    *(("序号", 6), ("级别", 11), ("问题", 70), ("印出的数", 18), ("应为", 24), ("可能的笔误", 22)),
    *(("表名", 30), ("页", 6), ("位置", 26), ("其他相关位置", 30), ("各种可能", 40)),
    *(
        ("规则", 16),
        ("编号", 16),
        ("与上次相比", 12),
        ("处理意见", 10),
        ("处理人", 10),
        ("处理日期", 12),
        ("处理说明", 30),
    ),
)
_PAGE = 8
_NOTHING: list[Value] = [None, None, "没有发现问题。没有发现不等于没有问题，请同时看“核对范围”。"]


def findings_workbook(verdict: Verdict) -> bytes:
    """A workbook of three sheets: the findings, the rounding differences, the coverage. Deterministic."""
    book, first = begun("问题清单")
    fill(first, [name for name, _ in COLUMNS], list(finding_rows(verdict)) or [_NOTHING])
    dress(first, [width for _, width in COLUMNS])
    first.print_area = f"A1:I{first.max_row}"  # what a page can hold; the rest is for the screen
    _link(first, verdict)
    rounding = book.create_sheet("四舍五入差额")
    differences = verdict.proof.rounding_differences
    fill(
        rounding,
        ["序号", "差额", "页"],
        ([n, item.message, _page(item.places)] for n, item in enumerate(differences, start=1)),
    )
    dress(rounding, [6, 120, 6])
    coverage = book.create_sheet("核对范围")
    fill(coverage, ["项目", "说明"], _coverage_rows(verdict))
    dress(coverage, [14, 120])
    return saved(book)


def finding_rows(verdict: Verdict) -> Iterator[list[Value]]:
    """One row a finding, under ``COLUMNS``."""
    titles = {table.id: table.title for table in verdict.disclosure.tables}
    for number, finding in enumerate(verdict.findings, start=1):
        framed, against = places_of(finding)
        first = framed[0] if framed else None
        others = "、".join(dict.fromkeys(filter(None, (place_words(place) for place in (*framed[1:], *against)))))
        sets = "\n".join("；同时".join(suspect_told(s) for s in members) for members in explanations(finding))
        decision = verdict.decision_on(finding)
        told: list[Value] = [None] * 4
        if decision is not None:
            told = [RULING_WORDS[decision.ruling], decision.by, decision.on, decision.note]
        yield [
            number,
            LEVEL_WORDS[finding.level],
            finding.message,
            finding.reported,
            finding.expected,
            finding.slip,
            titles.get(first.table or "") if first is not None else None,
            first.page if first is not None else None,
            (place_words(first) if first is not None else "") or None,
            others or None,
            sets if len(finding.sets) > 1 else None,
            finding.rule,
            finding.id,
            _novelty(verdict, finding),
            *told,
        ]


def _novelty(verdict: Verdict, finding: Finding) -> str | None:
    changes = verdict.changes
    if changes is None:
        return None
    return "新出现" if finding.id in changes.new else "数字变了" if finding.id in changes.altered else "仍存在"


def _coverage_rows(verdict: Verdict) -> Iterator[Sequence[Value]]:
    yield from ([name, value] for name, value in facts(verdict))
    yield from ([name, value] for name, value in checksums(verdict.disclosure))
    yield ["结论", conclusion(verdict)]
    for statement in coverage_statements(verdict):
        yield [statement.name, statement.text]
        yield from (["", detail] for detail in statement.details)
    if verdict.changes is not None:
        for name, gone in (("已消除", verdict.changes.fixed), ("无法确认", verdict.changes.unsure)):
            yield from ([name, finding.message] for finding in gone)
    counted = [(told, sum(mark == kind for mark in verdict.marks)) for kind, told in MARK_WORDS.items()]
    yield from (["数字标记", f"{told}：{count}个"] for told, count in counted)


def _page(places: Sequence[object]) -> int | None:
    return next((page for place in places if (page := getattr(place, "page", None)) is not None), None)


def _link(sheet: Worksheet, verdict: Verdict) -> None:
    """The page number opens the document at that page; both files are expected in one folder."""
    from openpyxl.styles import Font

    for row, finding in enumerate(verdict.findings, start=2):
        cell = sheet.cell(row, _PAGE)
        if cell.value is not None:
            framed, _ = places_of(finding)
            name = quote(PurePath(framed[0].file or verdict.disclosure.path).name)
            cell.hyperlink = f"{name}#page={cell.value}"
            cell.font = Font(color="FF24509A", underline="single")
