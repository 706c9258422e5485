"""A form and the amounts → a table as it is printed. Every amount cell names its point; nothing is added up here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mingzhang.composition.context import Context
from mingzhang.composition.header import header_rows
from mingzhang.composition.rows import BodyRow, body_rows
from mingzhang.composition.sides import side_by_side
from mingzhang.composition.targets import lists_targets, target_rows, target_tables, text_of
from mingzhang.cube.amount import unit_named
from mingzhang.cube.composed import Cell, ComposedTable, Figure
from mingzhang.cube.point import EVERYTHING, Point
from mingzhang.forms import NOTHING, BlockForm, ColumnForm, Fragment, TableForm
from mingzhang.forms.template import fill

_CODE_PARTS = {"code1": (0, 3), "code2": (3, 5), "code3": (5, None)}


def lay_out(table: TableForm, context: Context) -> Iterator[ComposedTable]:
    """The tables of one form: one, or one for every member of the dimension that it is made for."""
    if table.layout == "key_value":
        yield from target_tables(table, context)
    elif table.layout == "two_sided":
        yield _two_sided(table, context)
    elif table.one_per is not None:
        yield from _one_per(table, table.one_per, context)
    else:
        yield _list(table, context)


def _one_per(table: TableForm, dimension: str, context: Context) -> Iterator[ComposedTable]:
    columns = _amount_points(table, NOTHING, table.columns, context)
    members: dict[str, None] = {}
    for column in columns:
        members.update(dict.fromkeys(context.amounts.members(dimension, column)))
    for member in members or {"": None}:
        own = Fragment(EVERYTHING.at(**{dimension: member or None}))
        narrowed = replace(table, point=table.point.merged(own))
        made = _list(narrowed, context)
        yield replace(made, id=f"{made.id}/{member}") if member else made


def _list(table: TableForm, context: Context) -> ComposedTable:
    columns = _shown(table.columns, table, NOTHING, context)
    header = header_rows([tuple(context.fill(word) for word in column.header) for column in columns])
    if lists_targets(table):
        return _finished(table, context, len(columns), header, tuple(target_rows(table, columns, context)))
    if table.layout == "single_row":
        rows = [BodyRow(NOTHING)]
    else:
        rows = list(body_rows(table.body, _amount_points(table, NOTHING, columns, context), context.amounts))
    if all(column.is_amount for column in columns):
        # Nothing would say whose amounts a row's are: only what is of all is printed.
        rows = [row for row in rows if not row.values]
    body = tuple(_row(table, NOTHING, columns, row, number, context) for number, row in enumerate(rows, 1))
    return _finished(table, context, len(columns), header, body)


def _two_sided(table: TableForm, context: Context) -> ComposedTable:
    sides = [_side(table, block, context) for block in table.blocks]
    paths = [tuple(context.fill(word) for word in column.header) for side in sides for column in side.columns]
    body = [
        tuple(cell for side, row in zip(sides, rows, strict=True) for cell in side.cells(row))
        for rows in side_by_side([side.keys for side in sides])
    ]
    return _finished(table, context, len(paths), header_rows(paths), tuple(body))


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a table: its columns and rows; ``keys`` say which rows belong beside each other."""

    columns: tuple[ColumnForm, ...]
    rows: tuple[tuple[Cell, ...], ...]
    keys: tuple[str | None, ...]

    def cells(self, row: int | None) -> tuple[Cell, ...]:
        return tuple(Cell("", "blank") for _ in self.columns) if row is None else self.rows[row]


def _side(table: TableForm, block: BlockForm, context: Context) -> _Side:
    columns = _shown(block.columns, table, block.point, context)
    points = _amount_points(table, block.point, columns, context)
    rows = list(body_rows(block.body, points, context.amounts))
    cells = tuple(_row(table, block.point, columns, row, number, context) for number, row in enumerate(rows, 1))
    keys = tuple(_key(table.point_of(block.point, row.point, year=context.ledger.year), row) for row in rows)
    return _Side(columns, cells, keys)


def _key(point: Point, row: BodyRow) -> str | None:
    """What a row is the counterpart of: 本年收入 stands beside 本年支出, 上年结转 beside 结转下年, the totals side by side."""
    alone = not row.values and row.point.rest.fund is None and row.point.rest.nature is None
    return _COUNTERPARTS.get(point.flow or "") if alone else None


_COUNTERPARTS = {
    "income": "year",
    "expenditure": "year",
    "carried_in": "carried",
    "carried_out": "carried",
    "sources": "all",
    "uses": "all",
}


def _shown(
    columns: Sequence[ColumnForm], table: TableForm, block: Fragment, context: Context
) -> tuple[ColumnForm, ...]:
    """The columns to print: one that is not required is left out where it would hold nothing."""
    return tuple(
        column
        for column in columns
        if column.required
        or (column.is_amount and context.amounts.at(table.point_of(block, column.point, year=context.ledger.year)))
    )


def _amount_points(table: TableForm, block: Fragment, columns: Sequence[ColumnForm], context: Context) -> list[Point]:
    year = context.ledger.year
    return [table.point_of(block, column.point, year=year) for column in columns if column.is_amount]


def _row(
    table: TableForm,
    block: Fragment,
    columns: Sequence[ColumnForm],
    row: BodyRow,
    number: int,
    context: Context,
) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    labels = [column for column in columns if column.role == "label" and column.dimension is None]
    for column in columns:
        if column.is_amount:
            point = table.point_of(block, column.point, row.point, year=context.ledger.year)
            figure = context.figure(table, point)
            cells.append(_amount_cell(figure, row))
        elif column.role == "unplaced" or _is_said_elsewhere(column, row, labels, columns):
            cells.append(Cell("", "blank", level=row.level, total=row.total))
        else:
            cells.append(_word_cell(column, row, number, context))
    return _joined_total(tuple(cells), row)


def _is_said_elsewhere(
    column: ColumnForm, row: BodyRow, labels: Sequence[ColumnForm], columns: Sequence[ColumnForm]
) -> bool:
    """Whether a column of words stays empty in a row.

    The labels before the last are classes of what the row names, which no ledger line has; no label repeats what has a
    column of its own; and a row that a label names is not named again in the columns of projects and units.
    """
    if not row.values:
        return bool(labels) and column.role in ("project", "agency", "agency_code")
    apart = row.values[-1][0] in {other.role for other in columns}
    return column in labels and (column is not labels[-1] or apart)


def _amount_cell(figure: Figure, row: BodyRow) -> Cell:
    return Cell(figure.amount.printed, "amount", figure=figure, level=row.level, total=row.total)


def _word_cell(column: ColumnForm, row: BodyRow, number: int, context: Context) -> Cell:
    text = _WORDS.get(column.role or "", _nothing)(column, row, number, context)
    kind = "code" if column.role in ("code", "code1", "code2", "code3", "agency_code", "index") else "label"
    return Cell(text, "code" if kind == "code" else "label", level=row.level, total=row.total)


def _joined_total(cells: tuple[Cell, ...], row: BodyRow) -> tuple[Cell, ...]:
    """The word 合计 over all the columns of codes and names at the left, as it is printed everywhere."""
    if not row.total or row.values or not row.label:
        return cells
    lead = next((i for i, cell in enumerate(cells) if cell.kind not in ("code", "label")), len(cells))
    if lead < 2 or len({cell.text for cell in cells[:lead]} - {""}) > 1:
        return cells
    return (Cell(row.label, "label", columns=lead, total=True), *cells[lead:])


def _code(column: ColumnForm, row: BodyRow, number: int, context: Context) -> str:
    return (row.value(column.dimension) or "") if column.dimension else row.code


def _code_part(column: ColumnForm, row: BodyRow, number: int, context: Context) -> str:
    first, last = _CODE_PARTS[column.role or ""]
    return _code(column, row, number, context)[first:last]


def _name(column: ColumnForm, row: BodyRow, number: int, context: Context) -> str:
    dimension = column.dimension or (row.values[-1][0] if row.values else None)
    member = row.value(dimension) if dimension else None
    if dimension is None or member is None:
        return context.fill(row.label)
    return row.numbering + context.names.of(dimension, member)


def _code_name(column: ColumnForm, row: BodyRow, number: int, context: Context) -> str:
    code, name = _code(column, row, number, context), _name(column, row, number, context)
    return fill(column.cell, {"code": code, "name": name}) if code and column.cell else name


def _of(dimension: str) -> Callable[[ColumnForm, BodyRow, int, Context], str]:
    def word(column: ColumnForm, row: BodyRow, number: int, context: Context) -> str:
        member = row.value(dimension)
        return context.names.of(dimension, member) if member else context.fill(row.label)

    return word


def _text(column: ColumnForm, row: BodyRow, number: int, context: Context) -> str:
    """What a project is to achieve, or what it is, in a list of projects, as the column's head asks."""
    member = row.value("project")
    project = next((project for project in context.ledger.projects if project.name == member), None) if member else None
    return text_of(column.header[-1], project) if project is not None else ""


def _index(column: ColumnForm, row: BodyRow, number: int, context: Context) -> str:
    return str(number)


def _nothing(column: ColumnForm, row: BodyRow, number: int, context: Context) -> str:
    return ""


def _agency_code(column: ColumnForm, row: BodyRow, number: int, context: Context) -> str:
    """The unit's code; its name where the ledger has no code for it: a row of nobody could not be read."""
    member = row.value("agency")
    return (context.names.agency_code(member) or member) if member else context.fill(row.label)


_WORDS: Mapping[str, Callable[[ColumnForm, BodyRow, int, Context], str]] = {
    "code": _code,
    "code1": _code_part,
    "code2": _code_part,
    "code3": _code_part,
    "name": _name,
    "code_name": _code_name,
    "label": _name,
    "agency": _of("agency"),
    "agency_code": _agency_code,
    "project": _of("project"),
    "index": _index,
    "text": _text,
}


def _finished(
    table: TableForm,
    context: Context,
    width: int,
    header: tuple[tuple[Cell, ...], ...],
    body: tuple[tuple[Cell, ...], ...],
) -> ComposedTable:
    made = ComposedTable(
        table.id,
        table.id,
        table.number,
        context.forms.title_of(table, **context.words),
        table.subtitles[0] if table.subtitles else None,
        unit_named(table.unit),
        table.decimals,
        width,
        header,
        body,
    )
    if not made.is_empty:
        return made
    statement = table.empty_statement or _DEFAULT_STATEMENT
    return replace(made, statement=context.fill(statement))


_DEFAULT_STATEMENT = "注：本{body}{year}年没有此项收支，本表无数据。"
