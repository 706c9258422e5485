"""Judging a printed code and name: do they belong together, and may a finding say that they do not?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mingzhang.classification.catalogue import by_code, catalogue, nearest
from mingzhang.classification.entry import Dimension, Entry
from mingzhang.classification.spelling import exact_key, loose_key

Kind = Literal[
    "agrees",
    "variant",
    "cut",
    "former",
    "belongs_to_another",
    "differs",
    "unknown_code",
    "unverified",
]

# Between these years the evidence is dense enough that a name nobody printed is a wrong name. Before 2020 the editions
# renamed many functions whose former names are not gathered (20701 文化); after 2026 an edition is not known.
_FIRST_SETTLED, _LAST_KNOWN = 2020, 2026
_SHORTEST_PART, _SHORTEST_MIDDLE = 2, 4


@dataclass(frozen=True, slots=True)
class NameVerdict:
    """What is to be said of a code and the name printed beside it.

    ``kind``: ``agrees``; ``variant`` (brackets, punctuation, whitespace or a trailing 支出 differ); ``cut`` (a part of
    the name: the cell wrapped or overflowed); ``former`` (a name that the code no longer has); ``belongs_to_another``
    (the name of other codes, ``matched``); ``differs`` (the code's name is known, the printed one is nobody's);
    ``unknown_code``; ``unverified`` (the code's name is not known well enough to compare).

    ``expected`` holds the names that the code may have that year, strongest first (for an unknown code those of the
    nearest code above); ``matched`` the entries that the printed name is, or is part of. Only where ``may_accuse`` may
    a finding call the name wrong; otherwise the verdict only suggests.
    """

    kind: Kind
    dimension: Dimension
    code: str
    printed: str
    year: int | None
    expected: tuple[Entry, ...]
    matched: tuple[Entry, ...]
    may_accuse: bool

    @property
    def evidence(self) -> tuple[Entry, ...]:
        """Every entry that the verdict rests on, once each."""
        return tuple(dict.fromkeys(self.matched + self.expected))


def judge_name(dimension: Dimension, code: str, printed_name: str, year: int | None = None) -> NameVerdict:
    """Judge ``printed_name`` beside ``code`` in a document of the fiscal ``year``.

    Names that many codes share (行政运行, 其他支出) are judged by the code's own names first, so 2080101 行政运行 agrees.
    Without a year nothing is accused: a former name may have been right.
    """
    rows = catalogue(dimension).by_code.get(code, ())
    ended = tuple(entry for entry in rows if entry.ended_before(year))
    # A name established for later years only is no less this code's name.
    names = tuple(entry for entry in rows if entry not in ended)
    expected = tuple(entry for entry in names if entry.valid_in(year)) or names

    def verdict(kind: Kind, matched: tuple[Entry, ...], may_accuse: bool = False) -> NameVerdict:
        return NameVerdict(kind, dimension, code, printed_name, year, expected, matched, may_accuse)

    if not rows:
        above = nearest(dimension, code)
        expected = by_code(dimension, above, year) if above is not None else ()
        return verdict("unknown_code", _others(dimension, code, printed_name, year))
    if same := tuple(entry for entry in names if entry.name == printed_name.strip()):
        return verdict("agrees", same)
    if alike := _alike(names, printed_name):
        return verdict("variant", alike)
    accusable = any(_bears(entry, year) for entry in expected)
    if former := _alike(ended, printed_name):
        return verdict("former", former, accusable and any(entry.status != "unverified" for entry in former))
    others = _others(dimension, code, printed_name, year)
    if whole := tuple(entry for entry in rows if _is_part(printed_name, entry.name)):
        # A part of this name that is the whole of another: which of the two happened, the text does not tell.
        return verdict("belongs_to_another", others + whole) if others and accusable else verdict("cut", whole)
    if others:
        return verdict("belongs_to_another", others, accusable)
    if not any(entry.can_accuse for entry in expected):
        return verdict("unverified", ())
    return verdict(
        "differs", (), accusable and _resembles(printed_name, expected) and not _only_adds(printed_name, rows)
    )


def _alike(rows: tuple[Entry, ...], printed: str) -> tuple[Entry, ...]:
    exact, loose = exact_key(printed), loose_key(printed)
    same = tuple(entry for entry in rows if exact_key(entry.name) == exact)
    return same or tuple(entry for entry in rows if loose and loose_key(entry.name) == loose)


def _others(dimension: Dimension, code: str, printed: str, year: int | None) -> tuple[Entry, ...]:
    """The entries of other codes whose verified name this exactly is: under the same parent, or class, or all."""
    found = tuple(
        entry
        for entry in catalogue(dimension).exact.get(exact_key(printed), ())
        if entry.can_accuse and entry.code != code and entry.valid_in(year)
    )
    for shared in (5, 3):
        near = tuple(entry for entry in found if len(code) > shared and entry.code.startswith(code[:shared]))
        if near:
            return near
    return found


def _is_part(printed: str, name: str) -> bool:
    part, whole = exact_key(printed), exact_key(name)
    if not part:
        return True
    if len(part) < _SHORTEST_PART or len(part) >= len(whole):
        return False
    return whole.startswith(part) or whole.endswith(part) or (len(part) >= _SHORTEST_MIDDLE and part in whole)


def _resembles(printed: str, expected: tuple[Entry, ...]) -> bool:
    """Whether two characters in a row are common: a wholly different text may be no 科目 at all.

    A unit's code has three digits too (302 无锡市发展和改革委员会), and a project's may end in five.
    """
    text = exact_key(printed)
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    return any(pair in exact_key(entry.name) for entry in expected for pair in pairs)


def _only_adds(printed: str, rows: tuple[Entry, ...]) -> bool:
    """Whether the printed text holds a name of the code and more: a note, a neighbouring cell, a local refinement."""
    text = loose_key(printed)
    return any(loose_key(entry.name) in text for entry in rows)


def _bears(entry: Entry, year: int | None) -> bool:
    """Whether an accusation in ``year`` can rest on the entry being the code's name then."""
    if year is None or not entry.can_accuse or not entry.valid_in(year) or year > _LAST_KNOWN:
        return False
    return entry.valid_from is not None or year >= _FIRST_SETTLED
