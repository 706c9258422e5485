"""What a code is called in a disclosure, and whether two disclosures mean the same by it."""

from __future__ import annotations

from mingzhang.across.points import Stand
from mingzhang.classification import Dimension, by_code, by_name, loose_key


def printed_name(stand: Stand | None) -> str | None:
    """The name in the row of a table; ``None`` for a sentence, and for what is added up from several rows."""
    if stand is None or len(stand.seen) > 1 or stand.seen[0].origin != "table":
        return None
    label = stand.seen[0].label.strip()
    return label.lstrip("0123456789-—[] ") or None


def name_of(dimension: Dimension, code: str, printed: str | None, year: int | None) -> str:
    """The document's own name; that of the classification where a cell cut it short or prints none."""
    known = [entry.name for entry in by_code(dimension, code, year)]
    if printed is None:
        return known[0] if known else code
    key = loose_key(printed)
    return next((name for name in known if loose_key(name).startswith(key)), printed)


def are_two_names(one: str, other: str) -> bool:
    """Whether two prints are two names; one that is the beginning of the other was cut."""
    left, right = loose_key(one), loose_key(other)
    return not (left.startswith(right) or right.startswith(left))


def means_another(dimension: Dimension, code: str, former: str, year: int | None) -> bool:
    """Whether a code was given to something else: what it was called is in ``year`` the name of just one other code."""
    if any(loose_key(entry.name) == loose_key(former) for entry in by_code(dimension, code, year)):
        return False
    matches = by_name(dimension, former, year=year)
    others = {m.entry.code for m in matches if m.exact and len(m.entry.code) == len(code) and m.entry.can_accuse}
    return len(others - {code}) == 1
