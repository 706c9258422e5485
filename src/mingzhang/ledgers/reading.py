"""A ledger's file → the ledger, or every mistake at once."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from mingzhang.classification import gov_objects_of
from mingzhang.composition import Count, Indicator, Ledger, Line, Project
from mingzhang.composition.ledger import AgencyKind, Kind
from mingzhang.cube.point import Point
from mingzhang.ledgers import schema
from mingzhang.ledgers.cells import Sheet, formulas, open_sheets
from mingzhang.ledgers.costing import costs, parameters_of
from mingzhang.ledgers.fields import WrongError, value_of
from mingzhang.ledgers.mistakes import LedgerError, Mistake
from mingzhang.ledgers.rows import Mistakes, Record, records

_PERSONNEL = ("301", "303")
_FULL_WEIGHT, _WITHOUT_RATE = Decimal(100), Decimal(90)


def read_ledger(path: str | Path) -> Ledger:
    """The ledger of a workbook or a folder of CSV files.

    Raises ``LedgerError`` with every mistake; ``UsageError`` or ``UnreadableError`` where there is no ledger at all.
    """
    sheets = {_name(sheet.name): sheet for sheet in open_sheets(path)}
    mistakes = Mistakes()
    basics = _basics(sheets.get(schema.BASICS), mistakes)
    for form in schema.SHEETS:
        if form.required and form.name not in sheets:
            mistakes.add("no-sheet", form.name, None, f"缺少“{form.name}”表。")
    known = {schema.BASICS, *(form.name for form in schema.SHEETS), "说明"}
    for name in sheets:
        if name not in known:
            mistakes.add("unknown-sheet", name, None, f"不认识这张表，可用的是：{'、'.join(sorted(known))}。")
    rows = {
        form.name: list(records(sheets[form.name], form, mistakes)) if form.name in sheets else []
        for form in schema.SHEETS
    }
    ledger = _Reader(basics, rows, mistakes).ledger()
    if mistakes.found:
        order = {name: index for index, name in enumerate(sheets)}
        found = _uncomputed(path, mistakes.found)
        told = sorted(found, key=lambda m: (order.get(m.sheet, -1), _position(m.cell)))
        raise LedgerError(str(path), tuple(told))
    return ledger


def _uncomputed(path: str | Path, found: Sequence[Mistake]) -> list[Mistake]:
    """The mistakes; a cell that is missing because its formula has no stored result is told as such."""
    if not any(mistake.code == "missing" and mistake.cell for mistake in found):
        return list(found)
    known = formulas(path)
    message = "这一格是公式，但文件里没有存公式的结果；请用 Excel 或 WPS 打开并保存一次，或直接填写数值。"
    return [
        replace(mistake, code="uncomputed", message=message)
        if mistake.code == "missing" and (mistake.sheet, mistake.cell) in known
        else mistake
        for mistake in found
    ]


def _name(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _position(cell: str | None) -> tuple[int, str]:
    digits = "".join(character for character in cell or "" if character.isdigit())
    return int(digits or 0), cell or ""


def _basics(sheet: Sheet | None, mistakes: Mistakes) -> dict[str, Any]:
    """The fields of the first sheet: a name in column A, its value in column B."""
    found: dict[str, Any] = {}
    if sheet is None:
        mistakes.add(
            "no-sheet", schema.BASICS, None, "缺少“基本信息”表：单位名称、预算年度、公开种类、单位性质写在这里。"
        )
        return found
    names = {_name(text): column for column in schema.BASIC_FIELDS for text in (column.field, column.name)}
    seen: set[str] = set()
    for row in sheet.rows:
        column = names.get(_name(row.cells[0])) if row.cells else None
        if column is None:
            continue
        seen.add(column.field)
        try:
            found[column.field] = value_of(column, row.cells[1] if len(row.cells) > 1 else "", None)
        except WrongError as wrong:
            mistakes.add(wrong.code, schema.BASICS, f"B{row.number}", wrong.message)
    for column in schema.BASIC_FIELDS:
        if column.required and column.field not in seen:
            mistakes.add("missing", schema.BASICS, None, f"缺少“{column.name}”一行。")
    return found


class _Reader:
    """The sheets' records → the ledger's parts, checked against each other."""

    def __init__(self, basics: dict[str, Any], rows: dict[str, list[Record]], mistakes: Mistakes) -> None:
        self.basics, self.rows, self.mistakes = basics, rows, mistakes
        self.year = cast(int, basics.get("FISCAL_YEAR") or 0)
        self.kind = cast(Kind, basics.get("KIND") or "budget")
        self.agency_kind = cast(AgencyKind, basics.get("AGENCY_KIND") or "混合")

    def ledger(self) -> Ledger:
        projects = self._projects()
        lines = (*self._lines(projects), *self._costed(projects), *self._income(), *self._topics())
        self._years(lines)
        indicators = self._indicators(projects)
        return Ledger(
            agency=str(self.basics.get("AGENCY_NAME") or ""),
            year=self.year,
            kind=self.kind,
            agency_kind=self.agency_kind,
            body=str(self.basics.get("BODY") or "部门"),
            place=str(self.basics.get("MOF_DIV_NAME") or ""),
            level=str(self.basics.get("LEVEL") or ""),
            lines=lines,
            projects=tuple(_with(project, indicators.get(project.name, ())) for project in projects.values()),
            goal=str(self.basics.get("GOAL") or ""),
            indicators=tuple(indicators.get("", ())),
            counts=tuple(
                Count(
                    r.text("LABEL"),
                    Decimal(r.text("VALUE")),
                    r.text("UNIT"),
                    r.member("KIND") or "占有",
                    r.source("VALUE"),
                )
                for r in self.rows[schema.COUNTS]
            ),
            notes=tuple(str(doubt) for doubt in self.mistakes.doubts),
            texts=MappingProxyType({r.text("KEY"): r.text("TEXT") for r in self.rows[schema.TEXTS]}),
        )

    # --- expenditure ---

    def _lines(self, projects: dict[str, Project]) -> list[Line]:
        found: list[Line] = []
        seen: dict[tuple[Point, bool, int], Record] = {}
        for record in self.rows[schema.LINES]:
            point = self._spent(record, projects)
            line = Line(point, record.whole("AMT"), record.flag("CARRIED"), record.source("AMT"))
            twin = seen.setdefault((line.point, line.carried, line.fen), record)
            if twin is not record:
                self.mistakes.at(record, "AMT", "duplicate", f"与第{twin.row}行完全相同；如确为两笔，请合并成一行。")
            found.append(line)
        return found

    def _spent(self, record: Record, projects: dict[str, Project]) -> Point:
        nature, project = record.member("NATURE"), record.member("PRO_NAME")
        code = record.text("DEP_BGT_ECO_CODE")
        staffing = record.member("STAFFING")
        if nature is None and record.whole("FISCAL_YEAR") == self.year:
            self.mistakes.at(record, "NATURE", "missing", "缺少支出性质（基本支出、项目支出等）。")
        if nature == "basic":
            if project:
                self.mistakes.at(record, "PRO_NAME", "basic-with-project", f"基本支出不应有项目“{project}”。")
            if staffing is None and code:
                staffing = "personnel" if code.startswith(_PERSONNEL) else "public"
        elif staffing is not None and nature is not None:
            self.mistakes.at(record, "STAFFING", "staffing", "只有基本支出才分人员经费和公用经费。")
        if staffing == "personnel" and code.startswith("310"):
            self.mistakes.at(record, "STAFFING", "staffing", f"人员经费不应列在资本性支出“{code}”下。")
        if nature == "project" and projects and project and project not in projects:
            self.mistakes.at(record, "PRO_NAME", "unknown-project", f"“项目”表里没有“{project}”。")
        return Point(
            year=record.whole("FISCAL_YEAR"),
            stage=record.member("STAGE") or self._stage(),
            flow="expenditure",
            fund=record.member("FUND_TYPE_NAME"),
            function=record.member("EXP_FUNC_CODE"),
            object=record.member("DEP_BGT_ECO_CODE"),
            gov_object=record.member("GOV_BGT_ECO_CODE") or self._gov_object(record, code),
            nature=nature,
            staffing=staffing,
            project=project,
            agency=record.member("AGENCY_NAME"),
            purchase=record.member("PURCHASE"),
        )

    def _stage(self) -> str:
        return "final" if self.kind == "final" else "budget"

    def _gov_object(self, record: Record, code: str) -> str | None:
        """The government class that the crosswalk gives for the agency's kind; several are a mistake, told with them."""
        if not code:
            return None
        kind = {"事业单位": "事业单位", "混合": None}.get(self.agency_kind, "机关")
        links = gov_objects_of(code, cast(Any, kind))
        codes = sorted({link.gov_object for link in links})
        if len(codes) > 1:
            firm = sorted({link.gov_object for link in links if link.can_accuse})
            codes = firm if len(firm) == 1 else codes
        if len(codes) == 1:
            return codes[0]
        what = f"可能是 {'、'.join(codes)}" if codes else "对照表里没有"
        self.mistakes.at(record, "GOV_BGT_ECO_CODE", "gov-object", f"“{code}”对应的政府预算经济科目{what}，请填写。")
        return None

    def _costed(self, projects: dict[str, Project]) -> list[Line]:
        parameters = parameters_of(self.rows[schema.PARAMETERS], self.mistakes)
        found: list[Line] = []
        for cost in costs(self.rows[schema.COSTING], parameters, self.mistakes):
            record = cost.record
            name, code = record.text("PRO_NAME"), record.text("DEP_BGT_ECO_CODE")
            if projects and name not in projects:
                self.mistakes.at(record, "PRO_NAME", "unknown-project", f"“项目”表里没有“{name}”。")
            point = Point(
                year=record.whole("FISCAL_YEAR"),
                stage=self._stage(),
                flow="expenditure",
                fund=record.member("FUND_TYPE_NAME"),
                function=record.member("EXP_FUNC_CODE"),
                object=code,
                gov_object=record.member("GOV_BGT_ECO_CODE") or self._gov_object(record, code),
                nature="project",
                project=name,
            )
            found.append(Line(point, cost.fen, source=record.source("QUANTITY")))
        return found

    # --- the rest ---

    def _income(self) -> list[Line]:
        return [
            Line(
                Point(
                    year=record.whole("FISCAL_YEAR"),
                    stage=record.member("STAGE") or self._stage(),
                    flow=record.member("FLOW"),
                    fund=record.member("FUND_TYPE_NAME"),
                    function=record.member("EXP_FUNC_CODE"),
                    agency=record.member("AGENCY_NAME"),
                ),
                record.whole("AMT"),
                source=record.source("AMT"),
            )
            for record in self.rows[schema.INCOME]
        ]

    def _topics(self) -> list[Line]:
        return [
            Line(
                Point(
                    year=record.whole("FISCAL_YEAR"),
                    stage=record.member("STAGE") or self._stage(),
                    fund=record.member("FUND_TYPE_NAME"),
                    topic=record.member("TOPIC"),
                    purchase=record.member("PURCHASE"),
                    project=record.member("PRO_NAME"),
                ),
                record.whole("AMT"),
                source=record.source("AMT"),
            )
            for record in self.rows[schema.TOPIC_LINES]
        ]

    def _years(self, lines: Sequence[Line]) -> None:
        """This year's and last year's lines only: anything else is of another disclosure."""
        allowed = {self.year, self.year - 1}
        for line in lines:
            if self.year and line.point.year not in allowed and line.source.sheet:
                cell = line.source.cell
                message = (
                    f"{line.point.year}年的行不属于{self.year}年的公开，只能有{self.year}年和{self.year - 1}年的行。"
                )
                self.mistakes.add("year", line.source.sheet, cell, message)
        self._balance(lines)

    def _balance(self, lines: Sequence[Line]) -> None:
        """Where income is stated, both sides of each year and stage balance."""
        sides: defaultdict[tuple[Any, Any], Counter[str]] = defaultdict(Counter)
        for line in lines:
            point = line.point
            if point.topic is None and point.flow is not None:
                side = "支出" if point.flow in ("expenditure", "carried_out", "distributed") else "收入"
                sides[point.year, point.stage][side] += line.fen
        for (year, _), both in sides.items():
            if "收入" in both and both["收入"] != both["支出"]:
                income, uses = Decimal(both["收入"]) / 100, Decimal(both["支出"]) / 100
                message = (
                    f"{year}年收入、上年结转等合计{income:,.2f}元，支出、结转下年等合计{uses:,.2f}元，"
                    f"相差{income - uses:,.2f}元，两边应相等。"
                )
                self.mistakes.add("balance", schema.INCOME, None, message)

    def _projects(self) -> dict[str, Project]:
        found: dict[str, Project] = {}
        for record in self.rows[schema.PROJECTS]:
            name = record.text("PRO_NAME")
            if name in found:
                self.mistakes.at(record, "PRO_NAME", "duplicate", f"项目“{name}”写了两次。")
                continue
            found[name] = Project(
                name,
                record.text("PRO_CODE"),
                record.text("AGENCY_NAME"),
                record.text("PRO_DESC"),
                record.text("GOAL"),
                record.flag("EMPHASIS"),
                source=record.source("PRO_NAME"),
            )
        return found

    def _indicators(self, projects: dict[str, Project]) -> dict[str, tuple[Indicator, ...]]:
        found: defaultdict[str, list[Indicator]] = defaultdict(list)
        first: dict[str, Record] = {}
        for record in self.rows[schema.INDICATORS]:
            name = record.text("PRO_NAME")
            if name and name not in projects:
                self.mistakes.at(record, "PRO_NAME", "unknown-project", f"“项目”表里没有“{name}”。")
            weight, core = record.values.get("WEIGHT"), record.values.get("CORE")
            first.setdefault(name, record)
            found[name].append(
                Indicator(
                    record.text("THIRD"),
                    record.text("VALUE"),
                    record.text("UNIT"),
                    record.text("DIRECTION"),
                    weight if isinstance(weight, Decimal) else None,
                    core if isinstance(core, bool) else None,
                    record.text("FIRST"),
                    record.text("SECOND"),
                    record.source("THIRD"),
                )
            )
        for name, indicators in found.items():
            weights = [indicator.weight for indicator in indicators if indicator.weight is not None]
            total = sum(weights, Decimal(0))
            if weights and total != _FULL_WEIGHT:
                whose = f"项目“{name}”" if name else "整体绩效目标"
                message = f"{whose}各项指标的权重合计{total.normalize():f}，应为100"
                if total == _WITHOUT_RATE:
                    self.mistakes.doubt(first[name], "WEIGHT", "weights", f"{message}；预算执行率（10分）另计的除外。")
                else:
                    self.mistakes.at(first[name], "WEIGHT", "weights", f"{message}。")
        return {name: tuple(indicators) for name, indicators in found.items()}


def _with(project: Project, indicators: tuple[Indicator, ...]) -> Project:
    return replace(project, indicators=indicators)
