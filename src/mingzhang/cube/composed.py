"""What was composed: tables laid out cell by cell and a narrative, every number of which is a figure of the cube.

A composed disclosure knows nothing of file formats; ``publication`` draws it. Nothing in it was typed: a printed amount
always carries its point and its exact value.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from mingzhang.cube.amount import Amount, Unit
from mingzhang.cube.point import Point

CellKind = Literal["header", "label", "code", "amount", "text", "blank"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One amount as composed: its point, its exact value in 分, and what is printed of it.

    ``departs`` says that what is printed is not what conventional rounding would print.
    """

    point: Point
    fen: int
    amount: Amount
    departs: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell at the place where it begins; ``rows`` and ``columns`` are the spans. ``text`` is what is printed.

    ``level`` is the depth of a classified row (0 is the outermost), ``total`` marks the row of 合计 and the like.
    """

    text: str
    kind: CellKind
    rows: int = 1
    columns: int = 1
    figure: Figure | None = None
    level: int = 0
    total: bool = False


@dataclass(frozen=True, slots=True)
class ComposedTable:
    """One table as it is printed: header rows, then body rows; a row lists only the cells that begin in it.

    ``form`` is the id of its form; ``id`` adds the member where a form makes a table for each (a project). ``statement``
    is printed below a table that has no amounts. ``width`` is the number of columns.
    """

    id: str
    form: str
    number: str
    title: str
    subtitle: str | None
    unit: Unit
    decimals: int
    width: int
    header: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]
    statement: str | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether no amount of it is other than zero."""
        return not any(cell.figure is not None and cell.figure.fen for row in self.body for cell in row)

    def placed(self) -> Iterator[tuple[int, int, Cell]]:
        """Every cell with its row and column, counted from 0 over header and body, spans respected."""
        taken: set[tuple[int, int]] = set()
        for row, cells in enumerate((*self.header, *self.body)):
            column = 0
            for cell in cells:
                while (row, column) in taken:
                    column += 1
                yield row, column, cell
                if cell.rows > 1:
                    taken.update(
                        (row + down, column + across) for down in range(1, cell.rows) for across in range(cell.columns)
                    )
                column += cell.columns


Run = str | Figure


@dataclass(frozen=True, slots=True)
class ComposedParagraph:
    """A paragraph of the narrative: words and figures in turn; ``heading`` is its level, 0 for plain text.

    ``missing`` marks words that only the unit can write and has not written.
    """

    runs: tuple[Run, ...]
    heading: int = 0
    missing: bool = False

    @property
    def text(self) -> str:
        return "".join(run if isinstance(run, str) else run.amount.printed for run in self.runs)


@dataclass(frozen=True, slots=True)
class Composition:
    """A whole disclosure as composed, ready to be published; ``notes`` are Chinese sentences for the person.

    ``missing`` lists, in Chinese, what the unit still has to provide (reasons, texts).
    """

    title: str
    agency: str
    body: str
    year: int
    stage: str
    form_set: str
    tables: tuple[ComposedTable, ...]
    narrative: tuple[ComposedParagraph, ...] = ()
    notes: tuple[str, ...] = ()
    missing: tuple[str, ...] = field(default=())

    def figures(self) -> Iterator[Figure]:
        """Every figure of the tables, in order."""
        for table in self.tables:
            for row in table.body:
                for cell in row:
                    if cell.figure is not None:
                        yield cell.figure

    def everywhere(self) -> Iterator[Figure]:
        """Every figure of the tables, then of the narrative."""
        yield from self.figures()
        yield from (run for paragraph in self.narrative for run in paragraph.runs if not isinstance(run, str))
