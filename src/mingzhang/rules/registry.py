"""All rules and catalogue entries: every module of ``checks`` declares ``RULES``, or ``ENTRIES`` without a check."""

from __future__ import annotations

import pkgutil
import re
from collections.abc import Iterable
from functools import cache
from importlib import import_module

from mingzhang.cube.finding import LEVELS
from mingzhang.rules import checks
from mingzhang.rules.rule import BOTH_KINDS, Entry, Rule

_ID = re.compile(r"[a-z]+(?:-[a-z]+)*\Z")
_FIELDS = ("title", "sentence", "basis", "why", "how_to_fix", "example")


@cache
def all_entries() -> tuple[Entry, ...]:
    """Every catalogue entry, by id. ``ValueError`` if a module declares none, or an entry is incomplete or doubled."""
    found: list[Entry] = []
    for module in sorted(pkgutil.iter_modules(checks.__path__), key=lambda module: module.name):
        loaded = import_module(f"{checks.__name__}.{module.name}")
        declared = (*getattr(loaded, "RULES", ()), *getattr(loaded, "ENTRIES", ()))
        if not declared:
            raise ValueError(f"{loaded.__name__} declares neither RULES nor ENTRIES")
        found += declared
    validate(found)
    return tuple(sorted(found, key=lambda entry: entry.id))


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule that has a check, by id."""
    return tuple(entry for entry in all_entries() if isinstance(entry, Rule))


def validate(entries: Iterable[Entry]) -> None:
    """Refuse a doubled id, an empty field, a level or kind that does not exist, years the wrong way round."""
    seen: set[str] = set()
    for entry in entries:
        problems = [f"“{name}” is empty" for name in _FIELDS if not getattr(entry, name).strip()]
        if not _ID.match(entry.id):
            problems.append("the id is not kebab-case")
        if entry.id in seen:
            problems.append("the id is not unique")
        if not entry.levels or list(entry.levels) != sorted(set(entry.levels), key=LEVELS.index):
            problems.append("levels must be named once each, most serious first")
        if not entry.kinds or not set(entry.kinds) <= set(BOTH_KINDS):
            problems.append("kinds must be budget, final or both")
        first, last = entry.years
        if first is not None and last is not None and first > last:
            problems.append("years are the wrong way round")
        if problems:
            raise ValueError(f"rule {entry.id!r}: {'; '.join(problems)}")
        seen.add(entry.id)
