"""Ruling lines made whole: dashes joined, double lines taken as one, lines that touch grouped into frames."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mingzhang.documents.pdf.glyphs import Ruling

JOIN_GAP = 3.0  # between the dashes of one line, and between a line's end and the line it meets
SAME_LINE = 1.2  # pieces of one line may be this far out of true
MIN_LENGTH = 4.0  # shorter than this, after joining, is a speck
MOST = 2_000  # lines of one direction on one page


@dataclass(slots=True)
class Frame:
    """Rulings that touch one another, directly or through others."""

    horizontal: list[Ruling]
    vertical: list[Ruling]


def join(rulings: Iterable[Ruling]) -> list[Ruling]:
    """Pieces on one line that touch or nearly touch become one ruling; sorted by position."""
    ordered = sorted(rulings)
    joined: list[Ruling] = []
    index = 0
    while index < len(ordered):
        first = ordered[index].at
        stop = index + 1
        while stop < len(ordered) and ordered[stop].at - first <= SAME_LINE:
            stop += 1
        pieces = sorted(ordered[index:stop], key=lambda ruling: ruling.start)
        index = stop
        at, start, end = pieces[0]
        weight = end - start
        for piece in pieces[1:]:
            if piece.start - end <= JOIN_GAP:
                length = piece.end - piece.start
                at = (at * weight + piece.at * length) / (weight + length) if weight + length else at
                weight += length
                end = max(end, piece.end)
                continue
            if end - start >= MIN_LENGTH:
                joined.append(Ruling(at, start, end))
            at, start, end = piece
            weight = end - start
        if end - start >= MIN_LENGTH:
            joined.append(Ruling(at, start, end))
    if len(joined) > MOST:
        # A drawing, not a table: its longest lines are enough, and the work stays bounded.
        joined = sorted(joined, key=lambda ruling: (ruling.start - ruling.end, ruling))[:MOST]
    joined.sort()
    return joined


def frames(horizontal: Sequence[Ruling], vertical: Sequence[Ruling]) -> list[Frame]:
    """Groups of rulings that cross or touch, top to bottom; lines that touch no other come alone."""
    parent = list(range(len(horizontal) + len(vertical)))

    def root(node: int) -> int:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    shift = len(horizontal)
    for number, (x, top, bottom) in enumerate(vertical):
        low, high = top - JOIN_GAP, bottom + JOIN_GAP
        for index, (y, left, right) in enumerate(horizontal):
            if y > high:
                break
            if y >= low and left - JOIN_GAP <= x <= right + JOIN_GAP:
                first, second = root(index), root(shift + number)
                if first != second:
                    parent[max(first, second)] = min(first, second)
    groups: dict[int, Frame] = {}
    for index, ruling in enumerate(horizontal):
        groups.setdefault(root(index), Frame([], [])).horizontal.append(ruling)
    for number, ruling in enumerate(vertical):
        groups.setdefault(root(shift + number), Frame([], [])).vertical.append(ruling)
    return [groups[key] for key in sorted(groups)]


def positions(values: Iterable[float], apart: float = 3.5, widest: float = 5.0) -> list[float]:
    """The distinct positions among values: those nearer than ``apart`` are one (a double line, a slip of the hand)."""
    found: list[float] = []
    group: list[float] = []
    for value in sorted(values):
        if group and (value - group[-1] > apart or value - group[0] > widest):
            found.append(sum(group) / len(group))
            group = []
        group.append(value)
    if group:
        found.append(sum(group) / len(group))
    return found


def nearest(ordered: Sequence[float], value: float) -> int:
    """The index of the position nearest to a value."""
    after = bisect_left(ordered, value)
    if after == 0 or (after < len(ordered) and ordered[after] - value < value - ordered[after - 1]):
        return after
    return after - 1
