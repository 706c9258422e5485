"""Frames of rulings and the characters inside them → grids with text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from mingzhang.cube.source import Source
from mingzhang.documents.model import Cell, Grid
from mingzhang.documents.pdf.aligned import aligned_grids
from mingzhang.documents.pdf.bands import missing_rows
from mingzhang.documents.pdf.glyphs import MIDDLE, Box, Glyph, PageGlyphs, Ruling
from mingzhang.documents.pdf.lattice import Lattice, Region
from mingzhang.documents.pdf.rulings import Frame, frames, join
from mingzhang.documents.pdf.textlines import cell_text

_RUN_GAP = 0.5
_TIGHT = 0.12
_STRIP = 4  # cells of a column that stands alone
_NARROWEST = 8.0

Content = dict[int, list[Glyph]]


def grids_of(page: PageGlyphs) -> tuple[list[Grid], list[Glyph]]:
    """The tables of a page, ruled or not, and the characters that are in none of them."""
    found: list[Frame] = []
    lattices: list[Lattice] = []
    loose: list[Ruling] = []
    upright: list[Ruling] = []
    for frame in frames(join(page.horizontal), join(page.vertical)):
        lattice = Lattice(frame) if frame.horizontal and frame.vertical else None
        if lattice is not None and len(lattice.regions) > 1 and lattice.columns > 1:
            found.append(frame)
            lattices.append(lattice)
        else:
            loose.extend(frame.horizontal)
            if not frame.horizontal:
                upright.extend(frame.vertical)
    if not found:
        # The last column of a sheet too wide for the page before, alone on its own: numbers below each other.
        strips = [
            frame for frame in frames(join(page.horizontal), join(page.vertical)) if frame.horizontal and frame.vertical
        ]
        made = [(frame, Lattice(frame)) for frame in strips]
        alone = [(frame, lattice) for frame, lattice in made if lattice.columns == 1 and len(lattice.regions) >= _STRIP]
        if len(alone) == 1:
            found, lattices = [alone[0][0]], [alone[0][1]]
    for ruling in upright:
        number = _side_of(ruling, found)
        if number is not None:
            found[number].vertical.append(ruling)
            lattices[number] = Lattice(found[number])
    grids, rest = _ruled(page, found, lattices) if found else ([], page.glyphs)
    barriers = [grid.source.bbox for grid in grids if grid.source.bbox is not None]
    more, rest = aligned_grids(rest, loose, page.number, barriers)
    return [*grids, *more], rest


def _side_of(ruling: Ruling, found: Sequence[Frame]) -> int | None:
    """The table that a vertical line which touches nothing is the side of: the nearest as tall as it.

    So it is where the outermost column is one cell that began on the page before and ends on the page after.
    """
    beside: list[tuple[float, int]] = []
    for number, frame in enumerate(found):
        top = min(line.start for line in frame.vertical)
        bottom = max(line.end for line in frame.vertical)
        left = min(line.start for line in frame.horizontal)
        right = max(line.end for line in frame.horizontal)
        shared = min(bottom, ruling.end) - max(top, ruling.start)
        distance = max(left - ruling.at, ruling.at - right)
        if shared > 0.9 * max(bottom - top, ruling.end - ruling.start) and distance > _NARROWEST:
            beside.append((distance, number))
    if not beside:
        return None
    distance, number = min(beside)
    lines = found[number].horizontal
    return number if distance < max(line.end for line in lines) - min(line.start for line in lines) else None


def _ruled(page: PageGlyphs, found: Sequence[Frame], lattices: Sequence[Lattice]) -> tuple[list[Grid], list[Glyph]]:
    contents, rest = _fill(page, lattices)
    undrawn = [missing_rows(lattice, content) for lattice, content in zip(lattices, contents, strict=True)]
    if any(undrawn):
        for frame, rulings in zip(found, undrawn, strict=True):
            frame.horizontal.extend(rulings)
        lattices = [Lattice(frame) for frame in found]
        contents, rest = _fill(page, lattices)
    grids: list[Grid] = []
    for lattice, content in zip(lattices, contents, strict=True):
        grid = _grid(lattice, content, page.number) if content else None
        if grid is not None:
            grids.append(grid)
        else:
            rest.extend(glyph for glyphs in content.values() for glyph in glyphs)
    return grids, rest


def _fill(page: PageGlyphs, lattices: Sequence[Lattice]) -> tuple[list[Content], list[Glyph]]:
    """Gives each character to the cell its middle is in; the rest are in none."""
    contents: list[Content] = [{} for _ in lattices]
    # The smaller frame first: a table within a table's cell owns its characters.
    order = sorted(range(len(lattices)), key=lambda number: _area(lattices[number].box))
    ordered = [(lattices[number], contents[number]) for number in order]
    rest: list[Glyph] = []
    spills: list[tuple[list[Glyph], list[Glyph]]] = []
    home: list[Glyph] | None = None
    previous: Glyph | None = None
    left = top = right = bottom = 0.0
    inside: tuple[float, float, float, float] | None = None  # the height of a character that is within its cell
    for glyph in page.glyphs:
        _, start, high, end, low, baseline, size, _ = glyph
        if home is not None and left < start and end < right and (high, low, baseline, size) == inside:
            home.append(glyph)  # as high as the one before, between the same two borders
            previous = glyph
            continue
        inside = None
        x, y = (start + end) / 2, baseline - MIDDLE * size  # fonts lie about their ascent: judge by the baseline
        if not high <= y <= low:
            y = (high + low) / 2  # cut off by its clip: what is seen of it stands in its own cell
        if home is None or not (left < x < right and top < y < bottom):
            found = _home(x, y, ordered)
            if found is not None:
                (left, top, right, bottom), cell = found
                if not cell and home and previous is not None and _runs_over(previous, glyph, left):
                    spills.append((home, cell))
                home = cell
                inside = high, low, baseline, size
            elif home is not None and (previous is None or not _runs_on(previous, glyph)):
                home = None  # else it is the end of a text too long for its cell
        else:
            inside = high, low, baseline, size
        (rest if home is None else home).append(glyph)
        previous = glyph
    for origin, cell in reversed(spills):
        # A text too long for its cell, printed over the empty one beside it, is the first cell's.
        if all(_runs_on(before, after) for before, after in pairwise(cell)):
            origin.extend(cell)
            cell.clear()
    return contents, rest


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _home(x: float, y: float, ordered: Sequence[tuple[Lattice, Content]]) -> tuple[Box, list[Glyph]] | None:
    for lattice, content in ordered:
        number = lattice.at(x, y)
        if number is not None:
            return lattice.regions[number].box, content.setdefault(number, [])
    return None


def _runs_over(before: Glyph, after: Glyph, border: float) -> bool:
    """Whether two neighbours are one text that runs over the line between two cells: one of them stands on it."""
    if not _runs_on(before, after) or after.left - before.right > _TIGHT * after.size:
        return False
    return any(
        glyph.left + 0.1 * (glyph.right - glyph.left) < border < glyph.right - 0.1 * (glyph.right - glyph.left)
        for glyph in (before, after)
    )


def _runs_on(before: Glyph, after: Glyph) -> bool:
    return (
        abs(after.baseline - before.baseline) < 0.2 * after.size
        and -0.3 * after.size < after.left - before.right < _RUN_GAP * after.size
    )


def _grid(lattice: Lattice, content: dict[int, list[Glyph]], page: int) -> Grid | None:
    kept: list[tuple[Region, list[Glyph]]] = []
    for number, region in enumerate(lattice.regions):
        glyphs = content.get(number, [])
        if glyphs or not region.is_corner:
            kept.append((region, glyphs))
    rows = _ranks({region.row for region, _ in kept})
    columns = _ranks({region.column for region, _ in kept})
    if len(kept) < 2 or (len(columns) < 2 and not _is_strip(kept)):
        return None
    cells = []
    edges = {edge: round(edge, 2) for edge in (*lattice.xs, *lattice.ys)}
    for region, glyphs in sorted(kept, key=_place):
        left, top, right, bottom = region.box
        source = Source(None, page, (edges[left], edges[top], edges[right], edges[bottom]))
        row_span, column_span = region.row_span, region.column_span
        cells.append(
            Cell(
                rows[region.row],
                columns[region.column],
                cell_text(glyphs, left, right) if glyphs else "",
                source,
                row_span if row_span == 1 else _span(rows, region.row, row_span),
                column_span if column_span == 1 else _span(columns, region.column, column_span),
            )
        )
    return Grid(len(rows), len(columns), tuple(cells), Source(page=page, bbox=_rounded(lattice.box)))


def _is_strip(kept: Sequence[tuple[Region, list[Glyph]]]) -> bool:
    """A single column whose cells hold numbers, below a head: no frames around text."""
    texts = ["".join(glyph.char for glyph in glyphs) for _, glyphs in kept]
    told = [text for text in texts if text]
    return len(kept) >= _STRIP and 2 * sum(map(_is_numeric, told)) > len(told) > 1


def _is_numeric(text: str) -> bool:
    return any(map(str.isdigit, text)) and not any(map(str.isalpha, text))


def _place(item: tuple[Region, list[Glyph]]) -> tuple[int, int]:
    return item[0].row, item[0].column


def _ranks(starts: set[int]) -> dict[int, int]:
    """Rows or columns that no cell begins with are not there: a stray line that divides nothing."""
    return {start: rank for rank, start in enumerate(sorted(starts))}


def _span(starts: dict[int, int], first: int, span: int) -> int:
    return sum(1 for start in starts if first <= start < first + span)


def _rounded(box: Box) -> Box:
    return round(box[0], 2), round(box[1], 2), round(box[2], 2), round(box[3], 2)
