"""Rows that a ruled table does not draw: columns of numbers, one below the other, within one box.

Some tables rule their columns, their header and their foot only. Where at least two cells of one drawn row hold three
numbers or more on the same baselines, each baseline is a row, and a line is put between them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from mingzhang.documents.pdf.glyphs import Glyph, Ruling
from mingzhang.documents.pdf.lattice import Lattice, Region
from mingzhang.documents.pdf.textlines import lines_of, size_of, text_of

_NUMBER = re.compile(r"[-−(（]?\d[\d,，]*(?:\.\d+)?[%％)）]?|[-—–]+")
_LEAST_ROWS = 3
_LEAST_COLUMNS = 2
_SHARED = 0.6
_TALL = 3.0


def missing_rows(lattice: Lattice, content: Mapping[int, Sequence[Glyph]]) -> list[Ruling]:
    """The lines that would part the rows a lattice leaves undrawn; none for an ordinary table."""
    columns: dict[int, list[tuple[Region, list[float], float]]] = {}
    for number, glyphs in content.items():
        if len(glyphs) < 2 * _LEAST_ROWS:
            continue
        region, size = lattice.regions[number], glyphs[0].size
        if region.row_span != 1 or region.box[3] - region.box[1] < _TALL * size:
            continue
        lines = lines_of(glyphs)
        if len(lines) >= _LEAST_ROWS and all(_NUMBER.fullmatch(text_of(line)) for line in lines):
            baselines = [line[0].baseline for line in lines]
            columns.setdefault(region.row, []).append((region, baselines, size_of(lines[0])))
    rulings: list[Ruling] = []
    for row in sorted(columns):
        if len(columns[row]) >= _LEAST_COLUMNS:
            rulings.extend(_between(lattice, row, columns[row]))
    return rulings


def _between(lattice: Lattice, row: int, columns: Sequence[tuple[Region, list[float], float]]) -> list[Ruling]:
    size = min(item[2] for item in columns)
    levels: list[float] = []
    for baseline in sorted(baseline for _, baselines, _ in columns for baseline in baselines):
        if not levels or baseline - levels[-1] > 0.5 * size:
            levels.append(baseline)
    if any(len(baselines) < _SHARED * len(levels) for _, baselines, _ in columns):
        return []  # two cells of wrapped digits, not two columns
    boxes = [region.box for region in lattice.regions if region.row == row and region.row_span == 1]
    return [
        Ruling((upper + lower - 0.7 * size) / 2, box[0], box[2]) for upper, lower in pairwise(levels) for box in boxes
    ]
