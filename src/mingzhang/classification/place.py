"""Where a code stands, by its digits alone: which dimension, which level, what it is below."""

from __future__ import annotations

from dataclasses import dataclass

from mingzhang.classification.entry import LEVELS, Dimension, Level
from mingzhang.classification.files import CODE_LENGTHS, is_digits

_DIMENSIONS: dict[str, Dimension] = {"2": "function", "3": "object", "5": "gov_object"}
# A local extension adds two to four digits (3021503 三类会议费). One digit more would be a unit's code (301001) or a
# date (20240101), and more than four a project's.
_EXTENSIONS = (2, 3, 4)


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a code: its dimension, and the standard code that it is or, if ``is_local``, extends.

    ``standard`` is the longest prefix of a standard length; whether such a code exists is for ``by_code`` to say.
    """

    dimension: Dimension
    code: str
    standard: str
    level: Level

    @property
    def is_local(self) -> bool:
        return self.code != self.standard


def dimension_of(code: str) -> Place | None:
    """The place of ``code``: 2xx function (3/5/7 digits), 3xx object, 5xx gov_object (3/5), or a local extension.

    ``None`` for anything else: other digits, other lengths, letters. 208050101 extends 2080501, 3021503 extends 30215.
    """
    if not is_digits(code) or code[1:3] == "00":
        return None
    dimension = _DIMENSIONS.get(code[0])
    if dimension is None:
        return None
    lengths = CODE_LENGTHS[dimension]
    if len(code) in lengths:
        return Place(dimension, code, code, LEVELS[len(code)])
    if len(code) - lengths[-1] in _EXTENSIONS:
        return Place(dimension, code, code[: lengths[-1]], LEVELS[lengths[-1]])
    return None
