"""The names that the outputs give to codes: those of the classification of the year."""

from __future__ import annotations

from functools import lru_cache
from typing import cast

from mingzhang.classification import Dimension, by_code


@lru_cache(maxsize=8192)
def name_of(dimension: str, code: str, year: int | None) -> str | None:
    """The name that a code of a dimension bears in a year; where none is known of that year, the current one."""
    known = cast("Dimension", dimension)
    entries = by_code(known, code, year) or by_code(known, code)
    return entries[0].name if entries else None
