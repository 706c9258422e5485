"""Looking up the classifications: by code, by name, by a fragment of a name, up and down the tree.

Each dimension is read once, at its first use, and never changes; every answer is a tuple in a fixed order.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

from mingzhang.classification.entry import DIMENSIONS, Dimension, Entry, Level, in_order
from mingzhang.classification.files import FOLDER, read_entries
from mingzhang.classification.place import dimension_of
from mingzhang.classification.spelling import exact_key, loose_key
from mingzhang.cube.hierarchy import parent as _cube_parent

How = Literal["exact", "inexact", "prefix", "suffix", "inside"]

_SHORTEST_PART, _SHORTEST_MIDDLE = 2, 4


@dataclass(frozen=True, slots=True)
class Match:
    """An entry that a text may name, and how: the name itself, but for punctuation or 支出, or a part of the name."""

    entry: Entry
    how: How

    @property
    def exact(self) -> bool:
        return self.how == "exact"


@dataclass(frozen=True, slots=True)
class Fragment:
    """The entries whose name a cut text may come from. ``codes`` and ``names`` are distinct, in order of the codes."""

    text: str
    matches: tuple[Match, ...]

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(match.entry.code for match in self.matches))

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(match.entry.name for match in self.matches))

    @property
    def is_ambiguous(self) -> bool:
        """Several codes fit: the text alone does not tell which."""
        return len(self.codes) > 1


class Catalogue:
    """The indexes of one dimension."""

    def __init__(self, entries: Iterable[Entry], doubted: Iterable[Entry] = ()) -> None:
        self.entries = in_order(list(entries))
        self.doubted = in_order(list(doubted))
        codes: defaultdict[str, list[Entry]] = defaultdict(list)
        exact: defaultdict[str, list[Entry]] = defaultdict(list)
        loose: defaultdict[str, list[Entry]] = defaultdict(list)
        below: defaultdict[str | None, dict[str, None]] = defaultdict(dict)
        for entry in self.entries:
            codes[entry.code].append(entry)
            exact[exact_key(entry.name)].append(entry)
            loose[loose_key(entry.name)].append(entry)
            below[_cube_parent(entry.dimension, entry.code)][entry.code] = None
        self.by_code = {code: tuple(found) for code, found in codes.items()}
        self.exact = {key: tuple(found) for key, found in exact.items()}
        self.loose = {key: tuple(found) for key, found in loose.items()}
        self.below = {code: tuple(found) for code, found in below.items()}
        self._forward = sorted(self.exact)
        self._backward = sorted(key[::-1] for key in self.exact)

    def named(self, name: str) -> list[Match]:
        """Entries of that name: the same name first, then those that differ in punctuation or 支出."""
        key, loose = exact_key(name), loose_key(name)
        same = [Match(entry, "exact") for entry in self.exact.get(key, ())]
        alike = self.loose.get(loose, ()) if loose else ()
        return same + [Match(entry, "inexact") for entry in alike if exact_key(entry.name) != key]

    def containing(self, text: str) -> list[Match]:
        """Entries whose longer name begins with the text, or, where none does, ends with it, or has it inside."""
        key = exact_key(text)
        if len(key) < _SHORTEST_PART:
            return []
        parts: list[tuple[How, list[str]]] = [
            ("prefix", _starting(self._forward, key)),
            ("suffix", [name[::-1] for name in _starting(self._backward, key[::-1])]),
        ]
        for how, names in parts:
            if names:
                return self._matches(names, how)
        if len(key) < _SHORTEST_MIDDLE:
            return []
        return self._matches([name for name in self._forward if key in name], "inside")

    def _matches(self, names: list[str], how: How) -> list[Match]:
        return [Match(entry, how) for entry in in_order([entry for name in names for entry in self.exact[name]])]


def _starting(ordered: list[str], start: str) -> list[str]:
    """The members of a sorted list that begin with ``start`` and are longer."""
    first = bisect_left(ordered, start)
    found: list[str] = []
    for name in ordered[first:]:
        if not name.startswith(start):
            break
        if len(name) > len(start):
            found.append(name)
    return found


@cache
def catalogue(dimension: Dimension, folder: Path = FOLDER) -> Catalogue:
    """The catalogue of a dimension, read once. ``ValueError`` for a dimension that is not classified."""
    if dimension not in DIMENSIONS:
        raise ValueError(f"{dimension} is not one of {', '.join(DIMENSIONS)}")
    return Catalogue(*read_entries(folder / f"{dimension}.csv", dimension))


def by_code(dimension: Dimension, code: str, year: int | None = None) -> tuple[Entry, ...]:
    """The names of exactly this code, current ones first; with ``year``, only those not established to be invalid."""
    return tuple(entry for entry in catalogue(dimension).by_code.get(code, ()) if entry.valid_in(year))


def by_name(
    dimension: Dimension, name: str, level: Level | None = None, parent: str | None = None, year: int | None = None
) -> tuple[Match, ...]:
    """The entries of that name, exact ones first, then those that differ in punctuation or a trailing 支出 (inexact).

    ``level`` and ``parent`` (any code above) narrow the search: 行政运行 stands under most 款.
    """
    return _kept(catalogue(dimension).named(name), level, parent, year)


def by_fragment(
    dimension: Dimension, text: str, level: Level | None = None, parent: str | None = None, year: int | None = None
) -> Fragment:
    """The entries whose name a cell cut short: ``机关事业单位基本养老保险缴费支`` is 2080505's.

    Names that begin with the text are preferred to names that end with it (the beginning was lost), those to names
    that have it inside (at least four characters). The whole name itself is no fragment of itself. See
    ``Fragment.is_ambiguous``.
    """
    return Fragment(text, _kept(catalogue(dimension).containing(text), level, parent, year))


def _kept(matches: list[Match], level: Level | None, parent: str | None, year: int | None) -> tuple[Match, ...]:
    return tuple(
        match
        for match in matches
        if (level is None or match.entry.level == level)
        and (parent is None or (match.entry.code != parent and match.entry.code.startswith(parent)))
        and match.entry.valid_in(year)
    )


def parent(dimension: Dimension, code: str) -> str | None:
    """The standard code directly above by its digits (20805 of 2080501, 2080501 of 208050101); ``None`` above a 类.

    The data lack a few 款 whose 项 they hold (``orphans``): the parent is named all the same.
    """
    return _cube_parent(dimension, code)


def nearest(dimension: Dimension, code: str) -> str | None:
    """The code itself if it is known, or else the nearest known code above it (30215 of 3021503)."""
    known = catalogue(dimension).by_code
    found: str | None = code
    while found is not None and found not in known:
        found = parent(dimension, found)
    return found


def children(dimension: Dimension, code: str | None, year: int | None = None) -> tuple[str, ...]:
    """The known codes directly below ``code`` (the 类 below ``None``); with ``year``, those with a name valid then."""
    found = catalogue(dimension).below.get(code, ())
    return tuple(below for below in found if year is None or by_code(dimension, below, year))


def orphans(dimension: Dimension) -> tuple[str, ...]:
    """The known codes whose parent is not in the data."""
    known = catalogue(dimension).by_code
    return tuple(code for code in known if (above := parent(dimension, code)) is not None and above not in known)


def doubted(dimension: Dimension) -> tuple[Entry, ...]:
    """Rows kept in the data files that are no classification (fragments of project names); no lookup returns them."""
    return catalogue(dimension).doubted


def entries(dimension: Dimension) -> tuple[Entry, ...]:
    """Every entry, by code, the strongest name of each code first."""
    return catalogue(dimension).entries


def entries_of(code: str, year: int | None = None) -> tuple[Entry, ...]:
    """The names of a code in the dimension that its digits tell."""
    place = dimension_of(code)
    return by_code(place.dimension, code, year) if place is not None else ()
