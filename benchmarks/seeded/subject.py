"""A document into which errors are planted: as read, as recognised, as checked, and where in it each thing stands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from mingzhang.checking import check
from mingzhang.cube import Disclosure, Observation
from mingzhang.cube.source import Source
from mingzhang.cube.verdict import Verdict
from mingzhang.documents.model import Document, Grid, Line
from mingzhang.recognition import recognise
from seeded.edits import At, grids, key_of, lines, overlap
from seeded.evidence import Figures


@dataclass(frozen=True)
class Subject:
    """``name`` is how it is called in the report."""

    name: str
    document: Document

    @cached_property
    def disclosure(self) -> Disclosure:
        return recognise(self.document)

    @cached_property
    def verdict(self) -> Verdict:
        return check(self.disclosure)

    @cached_property
    def known(self) -> frozenset[tuple[str, tuple[str, ...], str]]:
        """What is found in the document as it is."""
        return frozenset((finding.rule, finding.key, finding.message) for finding in self.verdict.findings)

    @cached_property
    def told_at(self) -> frozenset[tuple[str, tuple[Source, ...]]]:
        """The rules and places of what is found in the document as it is."""
        return frozenset((finding.rule, finding.places) for finding in self.verdict.findings)

    @cached_property
    def figures(self) -> Figures:
        return Figures(self.document)

    @cached_property
    def _cells(self) -> dict[tuple[object, ...], list[At]]:
        found: dict[tuple[object, ...], list[At]] = {}
        for number, grid in grids(self.document):
            for index, cell in enumerate(grid.cells):
                found.setdefault(key_of(cell.source), []).append(At(number, index))
        return found

    def text(self, at: At) -> str:
        """What stands there."""
        block = self.document.blocks[at.block]
        return block.cells[at.start].text if isinstance(block, Grid) else block.text[at.start : at.end]

    def cell_of(self, source: Source, printed: str) -> At | None:
        """The one cell with that text at the place; None if it is not alone there."""
        there = [at for at in self._cells.get(key_of(source), ()) if self.text(at).strip() == printed.strip()]
        if len(there) > 1 and source.column is not None:
            there = [at for at in there if self.column(at) == source.column - 1]
        return there[0] if len(there) == 1 else None

    def column(self, at: At) -> int:
        """The column of a cell, from 0."""
        grid = self.document.blocks[at.block]
        assert isinstance(grid, Grid)
        return grid.cells[at.start].column

    def row(self, at: At) -> int:
        """The row of a cell, from 0."""
        grid = self.document.blocks[at.block]
        assert isinstance(grid, Grid)
        return grid.cells[at.start].row

    def row_places(self, at: At) -> tuple[Source, ...]:
        """The places of all cells in the row of a cell."""
        grid = self.document.blocks[at.block]
        assert isinstance(grid, Grid)
        return tuple(cell.source for cell in grid.cells if cell.row == self.row(at))

    def tables_at(self, block: int) -> frozenset[str | None]:
        """The tables whose amounts stand in that grid: one, or several that share it; each may go on in other grids."""
        return frozenset(o.source.table for o, at in self.amounts if at.block == block)

    def cell_at(self, block: int, row: int, column: int) -> At | None:
        """The cell anchored there."""
        grid = self.document.blocks[block]
        assert isinstance(grid, Grid)
        for index, cell in enumerate(grid.cells):
            if (cell.row, cell.column) == (row, column):
                return At(block, index)
        return None

    def words_of(self, source: Source) -> At | None:
        """The characters of a line that a quote was taken from; None where they are not found once."""
        quote = source.quote
        if not quote:
            return None
        found = [at for at in self._occurrences(quote) if overlap(self._source(at), source)]
        return found[0] if len(found) == 1 else None

    def _occurrences(self, words: str) -> Iterator[At]:
        for number, line in lines(self.document):
            start = line.text.find(words)
            while start >= 0:
                yield At(number, start, start + len(words))
                start = line.text.find(words, start + 1)

    def _source(self, at: At) -> Source:
        line = self.document.blocks[at.block]
        assert isinstance(line, Line)
        return line.source_at(at.start, at.end)

    def place(self, at: At) -> Source:
        """Where it stands in the file."""
        block = self.document.blocks[at.block]
        return block.cells[at.start].source if isinstance(block, Grid) else self._source(at)

    @cached_property
    def amounts(self) -> tuple[tuple[Observation, At], ...]:
        """The non-zero amounts of money of the tables, each with its cell."""
        found = []
        for observation in self.disclosure.observations:
            if observation.origin == "table" and observation.amount.unit.is_money and observation.amount.value:
                at = self.cell_of(observation.source, observation.amount.printed)
                if at is not None:
                    found.append((observation, at))
        return tuple(found)

    @cached_property
    def stated(self) -> tuple[tuple[Observation, At], ...]:
        """The non-zero amounts of money of the text, each with its characters."""
        found = []
        for observation in self.disclosure.observations:
            if observation.origin == "text" and observation.amount.unit.is_money and observation.amount.value:
                at = self.words_of(observation.source)
                if at is not None:
                    found.append((observation, at))
        return tuple(found)
