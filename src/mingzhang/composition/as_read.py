"""A composition as if it had been read: the same observations that a reader of the print would make."""

from __future__ import annotations

from collections.abc import Iterator

from mingzhang.cube.composed import ComposedTable, Composition, Figure
from mingzhang.cube.disclosure import Disclosure, Observation, Paragraph, Row, Table
from mingzhang.cube.source import Source


def as_read(composition: Composition) -> Disclosure:
    """The disclosure that a composition is, without a file in between."""
    observations: list[Observation] = []
    tables: list[Table] = []
    for number, table in enumerate(composition.tables, 1):
        id = f"t{number:02d}"
        observations += [
            Observation(figure.point, figure.amount, Source(table=id, row=row + 1, column=column + 1))
            for row, column, figure in _figures(table)
        ]
        tables.append(_table(id, table))
    text: list[Paragraph] = []
    for line, paragraph in enumerate(composition.narrative, 1):
        text.append(Paragraph(paragraph.text, Source(line=line)))
        observations += [
            Observation(run.point, run.amount, Source(line=line, quote=run.amount.printed), origin="text")
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


def _figures(table: ComposedTable) -> Iterator[tuple[int, int, Figure]]:
    for row, column, cell in table.placed():
        if cell.figure is not None:
            yield row, column, cell.figure


def _table(id: str, table: ComposedTable) -> Table:
    rows = tuple(
        Row(
            tuple(cell.text for cell in cells), "total" if cells and cells[0].total else "item", Source(table=id, row=i)
        )
        for i, cells in enumerate(table.body, len(table.header) + 1)
    )
    return Table(id, table.title, table.unit, Source(table=id), table.form, (), rows, number=table.number)
