"""Which points are parts of which: the members of each dimension and the trees they form (DESIGN §1).

Codes (function, object, gov_object) are trees by prefix; the other dimensions are small fixed trees. ``None`` is the
root of every dimension: the sum over all of it.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

# Parents are written once; a member that is not a key of its dimension's table hangs from the root.
_PARENTS: dict[str, dict[str, str | None]] = {
    "fund": {
        "fiscal": None,
        "general": "fiscal",
        "appropriation": "general",
        "non_tax": "general",
        "gov_fund": "fiscal",
        "state_capital": "fiscal",
        "special_account": None,
        "own": None,
        "business": "own",
        "operating": "own",
        "superior": "own",
        "affiliated": "own",
        "other": "own",
        "non_peer": "own",
    },
    "flow": {
        "sources": None,
        "income": "sources",
        "carried_in": "sources",
        "balance_used": "sources",
        "uses": None,
        "expenditure": "uses",
        "carried_out": "uses",
        "distributed": "uses",
    },
    "nature": {
        "basic": None,
        "project": None,
        "to_superior": None,
        "operating": None,
        "to_affiliated": None,
        "reserved": None,
    },
    "staffing": {"personnel": None, "public": None},
    "purchase": {"goods": None, "works": None, "services": None},
    "stage": {"budget": None, "adjusted": None, "executed": None, "final": None},
    "topic": {
        "three_public_and_meetings": None,
        "three_public": "three_public_and_meetings",
        "meeting": "three_public_and_meetings",
        "training": "three_public_and_meetings",
        "abroad": "three_public",
        "reception": "three_public",
        "vehicle": "three_public",
        "vehicle_purchase": "vehicle",
        "vehicle_running": "vehicle",
        "domestic_reception": None,
        "foreign_guests": None,
        "reception_abroad": None,
        "agency_running": None,
        "procurement": None,
        "small_business_contracts": None,
        "micro_business_contracts": None,
        "small_business_reserve": None,
        "micro_business_reserve": None,
        "performance": None,
        "service_purchase": None,
        "new_assets": None,
        "net_of_construction": None,
        "current_year": None,
        "carried_spending": None,
        "advance_transfer": None,
        "operation_class": None,
        "other_operation": None,
        "target_class": None,
        "ordinary_project": None,
        "special_project": None,
        "administrative_project": None,
        "construction_project": None,
        "from_centre": None,
        "from_province": None,
        "from_city": None,
        "from_county": None,
        "from_township": None,
        "own_level": None,
        "transfer": None,
    },
    "measure": {
        "amount": None,
        "change": None,
        "change_rate": None,
        "share": None,
        "completion_rate": None,
        "weight": None,
        "target": None,
        "count": None,
    },
}

LEVELS = frozenset({"from_centre", "from_province", "from_city", "from_county", "from_township"})
"""Topics that part money by the level of government that it comes from."""

WITH_CARRY_OVER = {"income": "sources", "expenditure": "uses"}
"""This year's flows, and the totals of their sides with what is carried over."""

# Prefix lengths of the classified dimensions; a longer local code hangs from its longest standard prefix.
_LEVELS: dict[str, tuple[int, ...]] = {"function": (3, 5, 7), "object": (3, 5), "gov_object": (3, 5)}

CODED_DIMENSIONS = frozenset(_LEVELS)


def members(dimension: str) -> frozenset[str] | None:
    """The values that a dimension may take, or ``None`` where any value may stand (codes, years, names)."""
    tree = _PARENTS.get(dimension)
    return frozenset(tree) if tree is not None else None


def parent(dimension: str, value: str) -> str | None:
    """The member that ``value`` is directly a part of; ``None`` is the root.

    ``parent("function", "2080501")`` is ``"20805"``; ``parent("fund", "general")`` is ``"fiscal"``.
    """
    levels = _LEVELS.get(dimension)
    if levels is not None:
        shorter = [length for length in levels if length < len(value)]
        return value[: shorter[-1]] if shorter else None
    return _PARENTS.get(dimension, {}).get(value)


@lru_cache(maxsize=65536)
def ancestors(dimension: str, value: str) -> tuple[str, ...]:
    """The members above ``value``, nearest first, the root left out."""
    found: list[str] = []
    above = parent(dimension, value)
    while above is not None:
        found.append(above)
        above = parent(dimension, above)
    return tuple(found)


def listed_parts(dimension: str, present: Iterable[str]) -> dict[str | None, list[str]]:
    """For the root and every listed member, the listed members right below it: ``frontier`` of all of them at once."""
    listed = dict.fromkeys(present)
    parts: dict[str | None, list[str]] = {}
    for member in listed:
        node = next((above for above in ancestors(dimension, member) if above in listed), None)
        parts.setdefault(node, []).append(member)
    return parts


def frontier(dimension: str, node: str | None, present: Iterable[str]) -> list[str]:
    """The topmost of ``present`` below ``node``: the parts whose sum is ``node`` where the list is exhaustive.

    A member that is missing is replaced by its own parts; the order of ``present`` is kept.
    """
    listed = list(dict.fromkeys(present))
    known = set(listed)
    found: list[str] = []
    for member in listed:
        if member == node:
            continue
        above = ancestors(dimension, member)
        if node is not None and node not in above:
            continue
        between = above if node is None else above[: above.index(node)]
        if not any(step in known for step in between):
            found.append(member)
    return found
