"""Sides of different length beside each other: counterparts in one row, blanks where a side has nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def side_by_side(keys: Sequence[Sequence[str | None]]) -> Iterator[tuple[int | None, ...]]:
    """The rows of a table of several sides: for each side the number of its row, or ``None`` for a blank.

    ``keys`` name the rows of each side that belong beside each other; a key that comes in another order on some side,
    or not on all of them, is no anchor.
    """
    at = [0] * len(keys)
    for anchor in _anchors(keys):
        places = [side.index(anchor, at[number]) for number, side in enumerate(keys)]
        yield from _filled(at, places)
        yield tuple(places)
        at = [place + 1 for place in places]
    yield from _filled(at, [len(side) for side in keys])


def _anchors(keys: Sequence[Sequence[str | None]]) -> list[str]:
    """The keys that every side has once, in one common order."""
    first, *others = keys
    shared = [key for key in first if key is not None and all(list(side).count(key) == 1 for side in keys)]
    orders = [[key for key in side if key in shared] for side in others]
    return shared if all(order == shared for order in orders) else []


def _filled(at: Sequence[int], until: Sequence[int]) -> Iterator[tuple[int | None, ...]]:
    for offset in range(max(end - start for start, end in zip(at, until, strict=True))):
        yield tuple(start + offset if start + offset < end else None for start, end in zip(at, until, strict=True))
