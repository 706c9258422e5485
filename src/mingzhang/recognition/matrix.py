"""A grid as a dense matrix of cells, so that headers and rows can be read by position."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.documents.model import Cell, Grid


@dataclass(frozen=True, slots=True)
class Matrix:
    """``cells[r][c]`` is the cell that covers the position, or ``None``; a merged cell stands at all it covers.

    ``own[r][c]`` is the text of the cell whose top-left corner is there, else empty, so that each cell is met once.
    """

    cells: tuple[tuple[Cell | None, ...], ...]
    own: tuple[tuple[str, ...], ...]

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
        return self.own[row][column]

    def anchored(self, row: int, column: int) -> Cell | None:
        """The cell whose top-left corner is here."""
        cell = self.cells[row][column]
        return cell if cell is not None and cell.row == row and cell.column == column else None


def matrix_of(grid: Grid) -> Matrix:
    """Lay the cells of a grid out by position. Of two cells that claim one position the first keeps it."""
    dense: list[list[Cell | None]] = [[None] * grid.columns for _ in range(grid.rows)]
    own = [[""] * grid.columns for _ in range(grid.rows)]
    rows, columns = grid.rows, grid.columns
    for cell in grid.cells:
        first, left, text, _, row_span, column_span = cell
        if first < rows and left < columns and dense[first][left] is None:
            dense[first][left] = cell
            own[first][left] = text.strip()
        if row_span == column_span == 1:
            continue
        for row in range(first, min(first + row_span, rows)):
            for column in range(left, min(left + column_span, columns)):
                if dense[row][column] is None:
                    dense[row][column] = cell
    return Matrix(tuple(map(tuple, dense)), tuple(map(tuple, own)))


def has_spans(grid: Grid) -> bool:
    """Whether the grid's own medium can show merged cells and did so."""
    return any(cell.row_span > 1 or cell.column_span > 1 for cell in grid.cells)
