"""The header of a table from the phrases of its columns: equal neighbours share a cell, short paths reach down."""

from __future__ import annotations

from collections.abc import Sequence

from mingzhang.cube.composed import Cell


def header_rows(paths: Sequence[tuple[str, ...]]) -> tuple[tuple[Cell, ...], ...]:
    """The header rows of columns whose phrases, from the top down, are ``paths``.

    Cells that stand side by side under the same phrases are one cell, unless they are the lowest; the lowest phrase of
    a short path reaches down to the body.
    """
    depth = max(len(path) for path in paths)
    rows: list[list[Cell]] = [[] for _ in range(depth)]
    for level in range(depth):
        column = 0
        while column < len(paths):
            path = paths[column]
            if level >= len(path):
                column += 1
                continue
            last = level == len(path) - 1
            width = 1
            while not last and column + width < len(paths) and _shares(paths[column + width], path, level):
                width += 1
            rows[level].append(Cell(path[level], "header", rows=depth - level if last else 1, columns=width))
            column += width
    return tuple(tuple(row) for row in rows)


def _shares(other: tuple[str, ...], path: tuple[str, ...], level: int) -> bool:
    return len(other) > level + 1 and other[: level + 1] == path[: level + 1]
