"""One error planted: the document with it, and what a finding of it must point at."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

from mingzhang.cube.source import Source
from mingzhang.documents.model import Document
from seeded.subject import Subject


@dataclass(frozen=True, slots=True)
class Planted:
    """``places``: a finding is right if it points at one of them. Where nothing is left to point at (a lost table), it
    must say one of ``words``. ``change`` tells a person what was done. ``unopposed``: the error is in figures that nothing
    printed speaks against (``evidence``), so that the document may be right as it stands. ``slight``: off by a unit or two of the last digit, as what
    is rounded or cut off may be: to be told at level rounding. ``also`` are further levels at which it is rightly told: what the
    text says elsewhere is a note."""

    document: Document
    places: tuple[Source, ...]
    change: str
    words: tuple[str, ...] = ()
    unopposed: bool = False
    slight: bool = False
    also: tuple[str, ...] = ()


Planter = Callable[[Subject, random.Random], Planted | None]
"""Plants one error of its kind; None where the document offers no place for it."""
