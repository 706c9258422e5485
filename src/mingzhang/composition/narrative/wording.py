"""The wordings of a kind of disclosure, as data: named figures, and templates for the parts of the narrative."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from mingzhang.cube.point import Point

_FOLDER = Path(__file__).parent
_MARK = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One template. ``when`` and ``unless`` name figures that must not, or must, be nought for it to be written.

    ``each`` names a dimension and a level: the template is written once for every member with an amount within ``within``.
    ``counted`` names a kind of counts that the ledger must have, ``uncounted`` one that it must not have.
    """

    text: str
    when: str | None = None
    unless: str | None = None
    each: str | None = None
    within: str | None = None
    counted: str | None = None
    uncounted: str | None = None


@dataclass(frozen=True, slots=True)
class Block:
    """What is written in parts whose title has one of the words of ``match``."""

    match: tuple[str, ...]
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Wording:
    """All wordings of one kind. ``parts`` are those of a main section that a form set does not part itself."""

    figures: Mapping[str, Point]
    names: Mapping[str, str]
    blocks: tuple[Block, ...]
    parts: tuple[str, ...]
    main: tuple[str, ...]
    skipped: tuple[str, ...]
    reason_from: Decimal

    def block(self, title: str) -> Block | None:
        """The first block one of whose words the title contains."""
        return next((block for block in self.blocks if any(word in title for word in block.match)), None)


@cache
def wording(kind: str) -> Wording:
    """The wording of budgets or of final accounts. ``KeyError`` for a template that names an unknown figure."""
    with (_FOLDER / f"{kind}.toml").open("rb") as stream:
        data = tomllib.load(stream)
    figures = {name: _point(entry) for name, entry in data["figures"].items()}
    names = {name: entry["name"] for name, entry in data["figures"].items()}
    own = [tuple(_sentence(entry, figures) for entry in block.get("sentence", ())) for block in data["block"]]
    first = {word: sentences for block, sentences in zip(data["block"], own, strict=True) for word in block["match"]}
    blocks = tuple(
        Block(tuple(block["match"]), (*sentences, *(s for word in block.get("include", ()) for s in first[word])))
        for block, sentences in zip(data["block"], own, strict=True)
    )
    return Wording(
        figures,
        names,
        blocks,
        tuple(data["parts"]),
        tuple(data["main"]),
        tuple(data["skipped"]),
        Decimal(str(data["reason_from"])),
    )


def _point(entry: Mapping[str, Any]) -> Point:
    return Point(**{name: value for name, value in entry.items() if name != "name"})


def _sentence(entry: str | Mapping[str, str], figures: Mapping[str, Point]) -> Sentence:
    sentence = Sentence(entry) if isinstance(entry, str) else Sentence(**entry)
    for mark in marks(sentence.text):
        name = mark[1:].split("/")[0]
        if mark[:1] in ("=", "~", "?", "%") and name not in figures and name != "item":
            raise KeyError(f"{name} in {sentence.text}")
    for named in (sentence.when, sentence.unless, sentence.within):
        if named is not None and named not in figures:
            raise KeyError(named)
    return sentence


def marks(template: str) -> list[str]:
    """What stands between braces."""
    return _MARK.findall(template)


def pieces(template: str) -> list[tuple[str, str]]:
    """The template as words and marks in turn: ``("", words)`` or ``(sign, name)``."""
    found: list[tuple[str, str]] = []
    for index, part in enumerate(_MARK.split(template)):
        if index % 2 == 0:
            if part:
                found.append(("", part))
        elif part[:1] in "=~?%#@+":
            found.append((part[0], part[1:]))
        else:
            found.append(("word", part))
    return found
