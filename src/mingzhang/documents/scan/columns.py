"""What the numbers of one column have in common, and which of them does not share it: there a reading has gone wrong.

Tables print all amounts of a column to the same decimal place. A number of a column of hundredths that has no decimal
point, or five decimals, was most likely misread; which of its readings has two decimals is most likely right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

_FORMED = re.compile(r"[≥≤><]?-?\(?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<decimals>\d+))?\)?(?P<share>%?)")
_FEWEST = 3  # numbers that show what is usual in a column
_FEWEST_ON_PAGE = 8
_USUAL = 0.75  # the share of them that does
_USUAL_ON_PAGE = 0.9
_SHARES = 0.4  # of them with a sign of percent: of small type it is often taken for a digit


@dataclass(frozen=True, slots=True)
class Shape:
    """What is usual in a column: so many decimals (``None``: nothing is), a sign of percent."""

    decimals: int | None = None
    share: bool = False

    def fits(self, text: str) -> bool:
        """Whether a number is formed as numbers are, and as those of its column; a short whole number may stand anywhere."""
        match = _FORMED.fullmatch(text)
        if match is None:
            return False
        if self.share and not match["share"] and len(match["whole"]) > 2:
            return False
        if self.decimals is None:
            return True
        if match["decimals"] is None:
            return len(match["whole"].replace(",", "")) <= max(self.decimals, 1)
        return len(match["decimals"]) == self.decimals


NO_SHAPE = Shape()


def shapes_of(texts: Sequence[str], columns: Sequence[Hashable | None]) -> list[Shape]:
    """The shape of the column that each text stands in; ``None`` is no column: there nothing is usual."""
    page = _shape(texts, _FEWEST_ON_PAGE, _USUAL_ON_PAGE)
    members: dict[Hashable, list[str]] = {}
    for text, column in zip(texts, columns, strict=True):
        if column is not None:
            members.setdefault(column, []).append(text)
    shapes: dict[Hashable | None, Shape] = {None: NO_SHAPE}
    for column, own in members.items():
        shape = _shape(own, _FEWEST, _USUAL)
        shapes[column] = Shape(page.decimals, shape.share) if shape.decimals is None and _has_point(own) else shape
    return [shapes[column] for column in columns]


def _has_point(texts: Sequence[str]) -> bool:
    return any("." in text and _FORMED.fullmatch(text) for text in texts)


def _shape(texts: Sequence[str], fewest: int, usual: float) -> Shape:
    formed = [match for text in texts if (match := _FORMED.fullmatch(text)) is not None]
    if len(formed) < fewest:
        return NO_SHAPE
    # A whole number of a few digits says nothing: 0 stands among hundredths, and headers count their columns.
    telling = [match for match in formed if match["decimals"] is not None or len(match["whole"]) > 3]
    decimals: int | None = None
    if len(telling) >= fewest:
        commonest, count = Counter(len(match["decimals"] or "") for match in telling).most_common(1)[0]
        decimals = commonest if commonest and count >= usual * len(telling) else None
    shares = sum(bool(match["share"]) for match in formed)
    return Shape(decimals, shares >= max(_FEWEST, _SHARES * len(formed)))
