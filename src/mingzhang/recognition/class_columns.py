"""Columns headed by an economic class (工资福利支出 | 商品和服务支出): which class of which classification."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from mingzhang.classification import Entry, by_code, by_name
from mingzhang.recognition.vocabulary import parse_phrase

Economic = Literal["object", "gov_object"]


@dataclass(frozen=True, slots=True)
class Within:
    """What a table's title says of the classes of its columns: that of which they are parts (``code``), and the year."""

    code: str | None = None
    year: int | None = None


_LEADING = re.compile(
    r"\s*(?:其中\s*[:：]?\s*)?(?P<code>[35]\d{2}(?:\d{2})?)?\s*[-－—_、.]?\s*(?P<name>\D.*)\Z", re.DOTALL
)


def classification_of(paths: Sequence[tuple[str, ...]], announced: str | None) -> Economic:
    """The economic classification that a table's columns are of: as announced, else as the most telling names say."""
    if announced == "gov_object":
        return "gov_object"
    if announced != "object":
        texts = {text for path in paths for text in path if not parse_phrase(text).understood}
        if any(_named("gov_object", text) and not _named("object", text) for text in texts):
            return "gov_object"
    return "object"


def class_named(text: str, classification: Economic, within: str | None = None, year: int | None = None) -> str | None:
    """The code of the class that a header phrase names; ``within`` is the class of the phrase above it.

    A name without its code is that of a class in force in the ``year``: 社会保障缴费 has since become a word for several.
    """
    match = _LEADING.match(text)
    if match is None:
        return None
    if match["code"] is not None:
        return match["code"] if match["code"] in _named(classification, match["name"]) else None
    codes = _named(classification, match["name"], year)
    below = [code for code in codes if within is None or (code.startswith(within) and code != within)]
    classes = [code for code in below if len(code) == 3]
    kept = classes if within is None and classes else below
    return kept[0] if len(kept) == 1 else None


def class_within(text: str, classification: Economic, point: dict[str, Any], table: Within) -> str | None:
    """The class that a phrase names below the class above it in the header or, where that does not settle it, the table's."""
    above = point.get(classification)
    found = class_named(text, classification, above, table.year)
    if found is None and above is None and table.code is not None:
        found = class_named(text, classification, table.code, table.year)
    return found


def is_group(path: Sequence[str], classification: Economic, table: Within) -> bool:
    """工资津补贴 over 基本工资: the first phrase names no class, but groups some of those of the table's own class."""
    return table.code is not None and any(
        class_named(text, classification, table.code, table.year) is not None for text in path[1:]
    )


@lru_cache(maxsize=4096)
def _named(classification: Economic, text: str, year: int | None = None) -> tuple[str, ...]:
    match = _LEADING.match(text)
    matches = by_name(classification, match["name"] if match is not None else text)
    return tuple(sorted({found.entry.code for found in matches if found.exact and _in_force(found.entry, year)}))


def _in_force(entry: Entry, year: int | None) -> bool:
    """Whether the class is in force, be it under another name since; that other name must be known to be of the year."""
    if entry.valid_in(year):
        return True
    return any(other.valid_from is not None for other in by_code(entry.dimension, entry.code, year))
