"""A grid as a dense matrix of cells, so that headers and rows can be read by position."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.documents.model import Cell, Grid


@dataclass(frozen=True, slots=True)
class Matrix:
    """``cells[r][c]`` is the cell that covers the position, or ``None``; a merged cell stands at all it covers."""

    cells: tuple[tuple[Cell | None, ...], ...]

    @property
    def height(self) -> int:
        return len(self.cells)

    @property
    def width(self) -> int:
        return len(self.cells[0]) if self.cells else 0

    def text(self, row: int, column: int) -> str:
        """The text at a position; a merged cell gives its text at every position that it covers."""
        cell = self.cells[row][column]
        return cell.text.strip() if cell is not None else ""

    def own_text(self, row: int, column: int) -> str:
        """The text of a cell at its anchor only, so that each cell is met once."""
        cell = self.cells[row][column]
        if cell is None or cell.row != row or cell.column != column:
            return ""
        return cell.text.strip()

    def anchored(self, row: int, column: int) -> Cell | None:
        """The cell whose top-left corner is here."""
        cell = self.cells[row][column]
        return cell if cell is not None and cell.row == row and cell.column == column else None


def matrix_of(grid: Grid) -> Matrix:
    """Lay the cells of a grid out by position. Of two cells that claim one position the first keeps it."""
    dense: list[list[Cell | None]] = [[None] * grid.columns for _ in range(grid.rows)]
    for cell in grid.cells:
        for row in range(cell.row, min(cell.row + cell.row_span, grid.rows)):
            for column in range(cell.column, min(cell.column + cell.column_span, grid.columns)):
                if dense[row][column] is None:
                    dense[row][column] = cell
    return Matrix(tuple(tuple(row) for row in dense))


def has_spans(grid: Grid) -> bool:
    """Whether the grid's own medium can show merged cells and did so."""
    return any(cell.row_span > 1 or cell.column_span > 1 for cell in grid.cells)
