"""A composition as if it had been read: the same observations that a reader of the print would make."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingzhang.composition.printing import Print
from mingzhang.cube.amount import Amount, unit_named
from mingzhang.cube.composed import ComposedTable, Composition, Figure
from mingzhang.cube.disclosure import Disclosure, Observation, Paragraph, Row, Table
from mingzhang.cube.point import EVERYTHING, Point
from mingzhang.cube.source import Source


def as_read(composition: Composition, *, exactly: bool = False) -> Disclosure:
    """The disclosure that a composition is, without a file in between.

    ``exactly``: as if every figure had been printed to the 分, so that nothing that is there is printed as nought.
    """
    observations: list[Observation] = []
    tables: list[Table] = []
    for number, table in enumerate(composition.tables, 1):
        id = f"t{number:02d}"
        observations += [
            Observation(
                figure.point, _amount(figure, exactly), Source(table=id, row=row + 1, column=column + 1), label=label
            )
            for row, column, figure, label in _figures(table)
        ]
        tables.append(_table(id, table))
    text: list[Paragraph] = []
    for line, paragraph in enumerate(composition.narrative, 1):
        text.append(Paragraph(paragraph.text, Source(line=line)))
        observations += [
            Observation(run.point, _amount(run, exactly), Source(line=line, quote=run.amount.printed), origin="text")
            for run in paragraph.runs
            if isinstance(run, Figure)
        ]
    return Disclosure(
        path="",
        sha256="",
        title=composition.title,
        agency=composition.agency,
        year=composition.year,
        stage=composition.stage,
        region=None,
        pages=None,
        tables=tuple(tables),
        text=tuple(text),
        observations=tuple(observations),
        unread=(),
    )


def _amount(figure: Figure, exactly: bool) -> Amount:
    if not exactly or not figure.amount.unit.is_money:
        return figure.amount
    return Print(unit_named("元"), 2, grouped=False).amount(figure.fen, figure.fen)


def _figures(table: ComposedTable) -> Iterator[tuple[int, int, Figure, str]]:
    """The figures, each with the name of its row: the last one before it, for a balance names each of its sides."""
    row_of_label, label = -1, ""
    for row, column, cell in table.placed():
        if row != row_of_label:
            row_of_label, label = row, ""
        if cell.figure is not None:
            yield row, column, cell.figure, label
        elif cell.kind == "label" or (cell.kind == "header" and row >= len(table.header)):
            label = cell.text.strip()


def _header(table: ComposedTable) -> tuple[tuple[str, ...], ...]:
    """The phrases over every column, from the top."""
    phrases: list[list[str]] = [[] for _ in range(table.width)]
    for row, column, cell in table.placed():
        if row < len(table.header) and cell.text:
            for over in phrases[column : column + cell.columns]:
                over.append(cell.text)
    return tuple(tuple(over) for over in phrases)


def _table(id: str, table: ComposedTable) -> Table:
    texts: list[list[str]] = [[""] * table.width for _ in table.body]
    columns: dict[int, list[Point]] = {}
    for row, column, cell in table.placed():
        if row >= len(table.header):
            texts[row - len(table.header)][column] = cell.text
            if cell.figure is not None:
                columns.setdefault(column, []).append(cell.figure.point)
    rows = tuple(
        Row(tuple(own), "total" if cells and cells[0].total else "item", Source(table=id, row=i))
        for i, (own, cells) in enumerate(zip(texts, table.body, strict=True), len(table.header) + 1)
    )
    said = tuple(Paragraph(text, Source(table=id)) for text in (table.statement, *table.notes) if text)
    return Table(
        id,
        table.title,
        table.unit,
        Source(table=id),
        table.form,
        _header(table),
        rows,
        _common([point for points in columns.values() for point in points]),
        tuple(_common(columns[column]) if column in columns else None for column in range(table.width)),
        number=table.number,
        remarks=said,
    )


def _common(points: Sequence[Point]) -> Point:
    """What all points name alike: that is what the table is about."""
    named = [set(point.named().items()) for point in points]
    return Point(**dict(sorted(set.intersection(*named)))) if named else EVERYTHING
