"""Many documents at a glance: one line each, the worst first, and all their findings in one list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import quote

from mingzhang.cube.finding import LEVELS, Level
from mingzhang.cube.verdict import Verdict
from mingzhang.publication.report.list_xlsx import COLUMNS, finding_rows
from mingzhang.publication.terminal import Style, clean, padded
from mingzhang.publication.verdict_words import LEVEL_WORDS, conclusion, facts, tone
from mingzhang.publication.workbooks import Value, begun, dress, fill, saved

_SHORT: dict[Level, str] = {**LEVEL_WORDS, "style": "文字"}
_COLUMN = 6
_SEEN: tuple[tuple[str, int], ...] = (("单位", 34), ("年度", 16), ("文件", 44))
_TOLD: tuple[tuple[str, int], ...] = (("未读懂的数", 11), ("未能核对的关系", 14), ("结论", 70), ("报告", 8))


@dataclass(frozen=True, slots=True)
class Glance:
    """One document in the overview: what it is, what was found at each level, or why it was not read (``failure``).

    ``report`` is the name of its own report, if one was written, and ``rows`` are then its findings for the common list.
    """

    path: str
    agency: str = ""
    period: str = ""
    counts: tuple[int, ...] = (0,) * len(LEVELS)
    unread: int = 0
    not_evaluable: int = 0
    tone: str = "yellow"
    conclusion: str = ""
    rows: tuple[tuple[Value, ...], ...] = ()
    report: str | None = None
    failure: str | None = None


def glance(path: str, verdict: Verdict, report: str | None = None) -> Glance:
    """What the overview keeps of one verdict."""
    told = dict(facts(verdict))
    return Glance(
        path,
        told["单位"],
        told["年度"],
        tuple(sum(finding.level == level for finding in verdict.findings) for level in LEVELS),
        verdict.coverage.unread,
        verdict.coverage.relations.not_evaluable,
        tone(verdict),
        conclusion(verdict),
        tuple(tuple(row) for row in finding_rows(verdict)) if report is not None else (),
        report,
    )


def missed(path: str, sentence: str) -> Glance:
    """A document that could not be read, with the sentence that says why."""
    return Glance(path, failure=sentence)


def worst_first(glances: Sequence[Glance]) -> list[Glance]:
    """What could not be read, then most errors, most doubts …; as given where they are alike."""
    return sorted(glances, key=lambda each: (each.failure is None, *(-count for count in each.counts)))


def overview_text(glances: Sequence[Glance], style: Style | None = None) -> str:
    """The overview for a terminal, ending with a line break."""
    style = style or Style()
    lines = [style.paint("bold", f"总览（{_told(glances)}）")]
    lines.append("".join(padded(_SHORT[level], _COLUMN) for level in LEVELS) + "材料")
    for each in worst_first(glances):
        name = clean(PurePath(each.path).name)
        if each.failure is not None:
            lines.append(style.paint("red", padded("未能读取", _COLUMN * len(LEVELS)) + name))
            continue
        numbers = "".join(padded(str(count) if count else "·", _COLUMN) for count in each.counts)
        lines.append(style.paint(each.tone, numbers) + f"{each.agency} {each.period}（{name}）")
    return "\n".join(lines) + "\n"


def _told(glances: Sequence[Glance]) -> str:
    """How many documents there are, and how many of each kind."""
    read = [each for each in glances if each.failure is None]
    wrong = sum(each.counts[0] > 0 for each in read)
    doubtful = sum(not each.counts[0] and each.counts[1] > 0 for each in read)
    parts = [f"共{len(glances)}份"]
    kinds = (("有错误", wrong), ("没有错误、有疑点", doubtful), ("没有错误和疑点", len(read) - wrong - doubtful))
    parts += [f"{words}{count}份" for words, count in (*kinds, ("未能读取", len(glances) - len(read))) if count]
    return "，".join(parts)


def overview_workbook(glances: Sequence[Glance]) -> bytes:
    """A workbook of two sheets: one row a document with a link to its report, and the findings of all. Deterministic."""
    from openpyxl.styles import Font

    book, first = begun("总览")
    columns = [*_SEEN, *((LEVEL_WORDS[level], 8) for level in LEVELS), *_TOLD]
    ordered = worst_first(glances)
    fill(first, [name for name, _ in columns], map(_row, ordered))
    dress(first, [width for _, width in columns])
    for number, each in enumerate(ordered, start=2):
        if each.report is not None:
            cell = first.cell(number, len(columns))
            cell.hyperlink = quote(each.report)
            cell.font = Font(color="FF24509A", underline="single")
    findings = book.create_sheet("全部问题")
    listed = (("单位", 28), ("文件", 30), *COLUMNS)
    rows = ((each.agency, PurePath(each.path).name, *row) for each in ordered for row in each.rows)
    fill(findings, [name for name, _ in listed], rows)
    dress(findings, [width for _, width in listed])
    return saved(book)


def _row(each: Glance) -> tuple[Value, ...]:
    name = PurePath(each.path).name
    if each.failure is not None:
        return (None, None, name, *(None for _ in LEVELS), None, None, f"未能读取：{each.failure}", None)
    opened = "打开" if each.report is not None else None
    return (each.agency, each.period, name, *each.counts, each.unread, each.not_evaluable, each.conclusion, opened)
