"""A verdict and what the person at the screen knows → the lines of the 检查表."""

from __future__ import annotations

import fnmatch
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from mingzhang.cube.disclosure import Table
from mingzhang.cube.finding import Finding, Level
from mingzhang.cube.names import MEMBER_WORDS
from mingzhang.cube.source import Source
from mingzhang.cube.verdict import Mark, Verdict
from mingzhang.publication.checklist.layout import Item, Layout
from mingzhang.publication.checklist.sections import Section, section_at, sections_of, table_at
from mingzhang.publication.places import place_words
from mingzhang.publication.report.crops import places_of
from mingzhang.publication.terminal import clean


@dataclass(frozen=True, slots=True)
class Publication:
    """What the document does not say of itself: where and when it was published, when it was approved, today's date."""

    today: date
    address: str | None = None
    published: date | None = None
    approved: date | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the form. ``answer`` is one of the layout's three words; ``basis`` says what it rests on."""

    group: str
    name: str
    answer: str
    basis: str
    findings: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Checklist:
    """The filled form."""

    title: str
    layout: Layout
    publication: Publication
    verdict: Verdict
    lines: tuple[Line, ...]


def fill_checklist(verdict: Verdict, layout: Layout, publication: Publication) -> Checklist:
    """Every finding stands in exactly one line; what the layout omits stands in none."""
    disclosure = verdict.disclosure
    title = layout.title.format(
        agency=clean(disclosure.agency or ""),
        year=f"{disclosure.year}年" if disclosure.year is not None else "",
        stage="决算"
        if disclosure.stage == "final"
        else "预算"
        if disclosure.stage
        else MEMBER_WORDS["stage"]["budget"],
    ).replace("年年", "年")
    return Checklist(title, layout, publication, verdict, tuple(_Filler(verdict, layout, publication).lines()))


@dataclass(slots=True)
class _Filler:
    verdict: Verdict
    layout: Layout
    publication: Publication
    sections: tuple[Section, ...] = ()
    assigned: dict[object, list[Finding]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.sections = sections_of(self.verdict.disclosure, self.layout)
        for finding in self.verdict.findings:
            if finding.level not in self.layout.omits:
                self.assigned.setdefault(self._line_of(finding), []).append(finding)

    def _line_of(self, finding: Finding) -> object:
        """The item, or the id of the table, that a finding belongs to."""
        tabled = any(item.kind == "tables" for item in self.layout.items)
        tables = {table.id for table in self.verdict.disclosure.tables}
        place = next(iter(places_of(finding)[0]), None)
        for item in self.layout.items:
            if any(fnmatch.fnmatchcase(finding.rule, pattern) for pattern in item.rules):
                return item
        table = self._table_of(finding, place) if place is not None and tabled else None
        if table in tables:
            return table
        if place is not None and (place.page, place.line, place.bbox) != (None, None, None):
            section = section_at(self.sections, place)
            if section is not None:
                return section.item
            cover = next((item for item in self.layout.items if item.kind == "cover"), None)
            if cover is not None and self.sections:
                return cover
        return next((item for item in self.layout.items if item.kind == "rest"), None)

    def _table_of(self, finding: Finding, place: Source) -> str | None:
        """The table that a place lies in or at; a line on the page of a table, about that table, is at it too."""
        found = table_at(self.verdict.disclosure, place)
        section = section_at(self.sections, place)
        if found is not None or place.page is None or (section is not None and section.source.page == place.page):
            return found
        return next(
            (other.table for other in finding.places if other.table and other.sheet_of_paper == place.sheet_of_paper),
            None,
        )

    def lines(self) -> Iterator[Line]:
        for item in self.layout.items:
            if item.kind == "tables":
                yield from (self._table(item, table) for table in self.verdict.disclosure.tables)
            elif item.kind == "rest":
                found = [*self.assigned.get(item, []), *self.assigned.get(None, [])]
                if found:
                    yield self._line(item.group, item.name, self.layout.yes, "", found)
            else:
                answer, basis = self._fact(item)
                yield self._line(item.group, item.name, answer, basis, self.assigned.get(item, []))
        if not any(item.kind == "rest" for item in self.layout.items) and None in self.assigned:
            yield self._line("", "未归类", self.layout.yes, "", self.assigned[None])

    def _line(self, group: str, name: str, answer: str, basis: str, findings: list[Finding]) -> Line:
        """The findings can only worsen what the facts allow."""
        levels: set[Level] = {finding.level for finding in findings if not self._dismissed(finding)}
        if levels & set(self.layout.fails):
            answer = self.layout.no
        elif levels & set(self.layout.doubts) and answer == self.layout.yes:
            answer, basis = self.layout.open, "；".join(filter(None, (basis, "有疑点，须人工判断")))
        return Line(group, name, answer, basis, tuple(findings))

    def _dismissed(self, finding: Finding) -> bool:
        decision = self.verdict.decision_on(finding)
        return decision is not None and decision.ruling == "false-alarm"

    def _fact(self, item: Item) -> tuple[str, str]:
        layout, told = self.layout, self.publication
        if item.kind == "agency":
            agency = clean(self.verdict.disclosure.agency or "")
            return (layout.yes, agency) if agency else (layout.open, "材料中没有识别出单位名称，请填写")
        if item.kind == "address":
            return (layout.yes, clean(told.address)) if told.address else (layout.open, "没有提供，请填写")
        if item.kind == "published":
            return (layout.yes, day_words(told.published)) if told.published else (layout.open, "没有提供，请填写")
        if item.kind == "timeliness":
            return self._timeliness()
        if item.kind == "cover":
            title = clean(self.verdict.disclosure.title)
            return (layout.yes, f"题为“{title}”") if title else (layout.open, "没有识别出标题，请人工核对")
        section = next((section for section in self.sections if section.item is item), None)
        if section is not None:
            return layout.yes, _found(section.source)
        if item.kind == "contents" and self.verdict.disclosure.contents:
            return layout.yes, f"列有{len(self.verdict.disclosure.contents)}张表"
        return layout.open, "没有找到这一部分的标题，请人工核对"

    def _timeliness(self) -> tuple[str, str]:
        told, layout = self.publication, self.layout
        if told.published is None or told.approved is None:
            return layout.open, "没有提供批复时间或公开时间，请填写"
        days = (told.published - told.approved).days
        dates = f"{day_words(told.approved)}批复，{day_words(told.published)}公开"
        if days < 0:
            return layout.open, f"{dates}：公开早于批复，请核对日期"
        return (layout.yes if days <= layout.within_days else layout.no), f"{dates}，相隔{days}日"

    def _table(self, item: Item, table: Table) -> Line:
        marks = self._marks(table)
        printed = sum(marks.values())
        checked = printed - marks["untied"]
        name = f"{clean(table.number or '')}{clean(table.title)}" or "无题表格"
        lost = sum(u.kind == "amount" and u.source.table == table.id for u in self.verdict.disclosure.unread)
        basis = f"读到{printed}个数据，其中{checked}个已与其他数字核对"
        if lost or table.unread_rows or table.unread_columns:
            answer, basis = self.layout.open, f"{basis}；另有{lost}个数字没有读懂，须人工核对"
        elif not printed:
            answer, basis = self.layout.yes, "没有印出金额（空表，或不含金额的表）"
        elif not checked:
            answer, basis = self.layout.open, f"{basis}，须人工核对"
        else:
            answer = self.layout.yes
        return self._line(item.group, name, answer, basis, self.assigned.get(table.id, []))

    def _marks(self, table: Table) -> Counter[Mark]:
        counted: Counter[Mark] = Counter()
        for observation, mark in zip(self.verdict.disclosure.observations, self.verdict.marks, strict=False):
            if observation.source.table == table.id and not observation.amount.is_blank:
                counted[mark] += 1
        return counted


def _found(source: Source) -> str:
    where = place_words(source)
    return f"已找到（{where}）" if where else "已找到"


def day_words(day: date) -> str:
    """2024年3月1日."""
    return f"{day.year}年{day.month}月{day.day}日"
