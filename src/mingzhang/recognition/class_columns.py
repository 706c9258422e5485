"""Columns headed by an economic class (工资福利支出 | 商品和服务支出): which class of which classification."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

from mingzhang.classification import by_name
from mingzhang.recognition.vocabulary import parse_phrase

Economic = Literal["object", "gov_object"]
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


def class_named(text: str, classification: Economic, within: str | None = None) -> str | None:
    """The code of the class that a header phrase names; ``within`` is the class of the phrase above it."""
    match = _LEADING.match(text)
    if match is None:
        return None
    codes = _named(classification, match["name"])
    if match["code"] is not None:
        return match["code"] if match["code"] in codes else None
    below = [code for code in codes if within is None or (code.startswith(within) and code != within)]
    classes = [code for code in below if len(code) == 3]
    kept = classes if within is None and classes else below
    return kept[0] if len(kept) == 1 else None


@lru_cache(maxsize=4096)
def _named(classification: Economic, text: str) -> tuple[str, ...]:
    match = _LEADING.match(text)
    matches = by_name(classification, match["name"] if match is not None else text)
    return tuple(sorted({found.entry.code for found in matches if found.exact}))
