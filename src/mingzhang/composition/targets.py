"""Tables of performance targets: named fields two a row, then the list of indicators."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from mingzhang.composition.context import Context
from mingzhang.composition.ledger import Indicator, Project
from mingzhang.cube.amount import unit_named
from mingzhang.cube.composed import Cell, ComposedTable
from mingzhang.cube.point import Point
from mingzhang.forms import NOTHING, ColumnForm, FieldForm, Fragment, IndicatorsForm, RowsForm, TableForm

_OF_INDICATOR = frozenset({"indicator", "direction", "measure_unit", "core"})
_GOAL_WORDS = ("目标",)
_OVERVIEW_WORDS = ("概况", "概述", "内容", "依据")


def target_tables(table: TableForm, context: Context) -> Iterator[ComposedTable]:
    """One table for the whole unit, or one for each of its projects that has targets of this table's kind."""
    if table.one_per is None:
        yield _table(table, NOTHING, None, context)
        return
    projects = [project for project in context.ledger.projects if _belongs(project, table, context)]
    for project in projects:
        made = _table(table, Fragment(Point(project=project.name)), project, context)
        # A table that has no place for the project's name bears it in its title.
        named = any(field.role == "project" for field in table.fields)
        title = made.title if named else f"{project.name}{made.title}"
        yield replace(made, id=f"{made.id}/{project.name}", title=title)
    if not projects:
        yield replace(_table(table, Fragment(Point(project="")), None, context), statement=_no_projects(table, context))


def lists_targets(table: TableForm) -> bool:
    """Whether a list has a row for every indicator of every project."""
    return any(
        axis.dimension == "indicator" for part in table.body if isinstance(part, RowsForm) for axis in part.across
    )


def target_rows(table: TableForm, columns: Sequence[ColumnForm], context: Context) -> Iterator[tuple[Cell, ...]]:
    """The rows of such a list: what is of the project reaches down beside all its indicators."""
    for project in context.ledger.projects:
        own = Fragment(Point(project=project.name))
        for number, indicator in enumerate(project.indicators):
            cells: list[Cell] = []
            for column in columns:
                if _is_of_indicator(column):
                    cells.append(_indicator_cell(column, indicator))
                elif number == 0:
                    cells.append(
                        replace(_project_cell(column, table, own, project, context), rows=len(project.indicators))
                    )
            yield tuple(cells)


def _is_of_indicator(column: ColumnForm) -> bool:
    if column.is_amount:
        return column.point.rest.measure != "amount"
    level = column.role == "text" and any(word in column.header[-1] for word in ("一级", "二级"))
    return level or column.role in _OF_INDICATOR


def _project_cell(column: ColumnForm, table: TableForm, own: Fragment, project: Project, context: Context) -> Cell:
    if column.is_amount:
        figure = context.figure(table, table.point_of(column.point, own, year=context.ledger.year))
        return Cell(figure.amount.printed, "amount", figure=figure)
    words = {"project": project.name, "label": project.name, "agency": project.agency, "text": project.goal}
    return Cell(words.get(column.role or "", ""), "text")


def _belongs(project: Project, table: TableForm, context: Context) -> bool:
    """A set that has tables for both kinds parts 重点 from 一般 projects; a set with one table takes all."""
    if any("转移支付" in title for title in table.titles):
        return bool(context.amounts.at(Point(year=context.ledger.year, topic="transfer", project=project.name)))
    tables = [other for other in context.forms if other.layout == "key_value" and other.one_per == "project"]
    if len(tables) < 2:
        return bool(project.indicators)
    emphasised = any("重点" in title for title in table.titles)
    return bool(project.indicators) and project.emphasis == emphasised


def _no_projects(table: TableForm, context: Context) -> str:
    return context.fill(table.empty_statement or "注：本{body}{year}年没有此类项目，本表无数据。")


def _table(table: TableForm, own: Fragment, project: Project | None, context: Context) -> ComposedTable:
    form = table.indicators
    width = max(1 + len(form.columns) if form else 4, 4)
    rows = list(_fields(table, own, project, width, context))
    if form is not None:
        rows += _indicators(form, project.indicators if project else context.ledger.indicators, width, context)
    return ComposedTable(
        table.id,
        table.id,
        table.number,
        context.forms.title_of(table, **context.words),
        table.subtitles[0] if table.subtitles else None,
        unit_named(table.unit),
        table.decimals,
        width,
        (),
        tuple(rows),
    )


def _fields(
    table: TableForm, own: Fragment, project: Project | None, width: int, context: Context
) -> Iterator[tuple[Cell, ...]]:
    """Long texts take a row of their own; short fields stand two a row."""
    waiting: list[FieldForm] = []
    for field in table.fields:
        if field.role == "unplaced" and not field.required:
            continue
        if field.role == "text":
            yield from _short(waiting, table, own, project, width, context)
            waiting = []
            yield (_label(field, context), replace(_value(field, table, own, project, context), columns=width - 1))
        else:
            waiting.append(field)
    yield from _short(waiting, table, own, project, width, context)


def _short(
    fields: Sequence[FieldForm], table: TableForm, own: Fragment, project: Project | None, width: int, context: Context
) -> Iterator[tuple[Cell, ...]]:
    for start in range(0, len(fields), 2):
        pair = fields[start : start + 2]
        first = (width - 2) - (width - 2) // 2 if len(pair) == 2 else width - 1
        cells = [_label(pair[0], context), replace(_value(pair[0], table, own, project, context), columns=first)]
        if len(pair) == 2:
            rest = width - 2 - first
            cells += [_label(pair[1], context), replace(_value(pair[1], table, own, project, context), columns=rest)]
        yield tuple(cells)


def _label(field: FieldForm, context: Context) -> Cell:
    return Cell(context.fill(field.labels[0]), "header")


def _value(field: FieldForm, table: TableForm, own: Fragment, project: Project | None, context: Context) -> Cell:
    if field.is_amount:
        point = table.point_of(field.point, own, year=context.ledger.year)
        figure = context.figure(table, point)
        return Cell(figure.amount.printed, "amount", figure=figure)
    if field.role == "agency":
        return Cell((project.agency if project else "") or context.ledger.agency, "text")
    if field.role == "project":
        return Cell(project.name if project else "", "text")
    return Cell(_text(field, project, context), "text")


def _text(field: FieldForm, project: Project | None, context: Context) -> str:
    if project is not None:
        return text_of(field.labels[0], project)
    return context.ledger.goal if kind_of_text(field.labels[0]) == "goal" else ""


def text_of(label: str, project: Project) -> str:
    """What a project has to say under a label: what it is to achieve, or what it is; of anything else nothing."""
    kind = kind_of_text(label)
    return "" if kind is None else project.goal if kind == "goal" else project.overview


def kind_of_text(label: str) -> Literal["goal", "overview"] | None:
    """Whether a label asks what is to be achieved (年度目标) or what there is (项目概况, 立项依据)."""
    if any(word in label for word in _GOAL_WORDS):
        return "goal"
    return "overview" if any(word in label for word in _OVERVIEW_WORDS) else None


def _indicators(
    form: IndicatorsForm, indicators: Sequence[Indicator], width: int, context: Context
) -> Iterator[tuple[Cell, ...]]:
    """The list: its heading reaches down beside the header and every indicator."""
    heads = [context.fill(column.header[-1]) for column in form.columns]
    heading = Cell(context.fill(form.heading), "header", rows=len(indicators) + 1)
    wide = width - len(heads)  # the last column takes what is left
    yield (heading, *_spread([Cell(word, "header") for word in heads], wide))
    for indicator in indicators:
        yield tuple(_spread([_indicator_cell(column, indicator) for column in form.columns], wide))


def _spread(cells: list[Cell], room: int) -> list[Cell]:
    return [*cells[:-1], replace(cells[-1], columns=room)] if room > 1 else cells


def _indicator_cell(column: ColumnForm, indicator: Indicator) -> Cell:
    if column.is_amount:
        measure = column.point.rest.measure
        text = _weight(indicator.weight) if measure == "weight" else indicator.value
        return Cell(text, "text")
    words = {
        "indicator": indicator.name,
        "measure_unit": indicator.unit,
        "direction": indicator.direction,
        "core": "" if indicator.core is None else "是" if indicator.core else "否",
        "text": indicator.first
        if "一级" in column.header[-1]
        else indicator.second
        if "二级" in column.header[-1]
        else "",
    }
    return Cell(words.get(column.role or "", ""), "text")


def _weight(weight: Decimal | None) -> str:
    return "" if weight is None else f"{weight.normalize():f}"
