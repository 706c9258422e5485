"""Conflicts that belong together, and families of sets that are products of smaller families."""

from __future__ import annotations

from collections.abc import Sequence

Suspects = frozenset[int]


class _Union:
    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def find(self, item: int) -> int:
        parent = self._parent
        parent.setdefault(item, item)
        while parent[item] != item:
            parent[item] = parent[parent[item]]
            item = parent[item]
        return item

    def join(self, items: Sequence[int]) -> None:
        first = self.find(items[0])
        for item in items[1:]:
            other = self.find(item)
            low, high = min(first, other), max(first, other)
            self._parent[high] = low
            first = low


def groups(conflicts: Sequence[Suspects], class_of: Sequence[int]) -> list[tuple[int, ...]]:
    """The numbers of the conflicts that overlap transitively, where copies of one figure count as the same.

    Groups are ordered by their least variable class; a conflict without variables belongs to none.
    """
    union = _Union()
    for members in conflicts:
        if members:
            union.join(sorted({class_of[variable] for variable in members}))
    found: dict[int, list[int]] = {}
    for number, members in enumerate(conflicts):
        if members:
            found.setdefault(union.find(class_of[min(members)]), []).append(number)
    return [tuple(found[root]) for root in sorted(found)]


def factors(family: Sequence[Suspects], class_of: Sequence[int]) -> list[tuple[Suspects, ...]]:
    """Split ``family`` into the smallest families whose product it is; ``[family]`` if it is not a product.

    Two sets that differ minimally (no third lies between them) differ inside one factor; copies of one figure, whose
    costs depend on each other, stay in one factor too.
    """
    union = _Union()
    by_class: dict[int, list[int]] = {}
    for variable in sorted(frozenset().union(*family)):
        union.find(variable)
        by_class.setdefault(class_of[variable], []).append(variable)
    for copies in by_class.values():
        union.join(copies)
    for one in family:
        differences = [one ^ other for other in family if other != one]
        for difference in differences:
            if not any(smaller < difference for smaller in differences):
                union.join(sorted(difference))
    blocks: dict[int, set[int]] = {}
    for variable in sorted(frozenset().union(*family)):
        blocks.setdefault(union.find(variable), set()).add(variable)
    found = [tuple(dict.fromkeys(chosen & block for chosen in family)) for block in blocks.values()]
    size = 1
    for part in found:
        size *= len(part)
    return found if size == len(family) and all(all(part) for part in found) else [tuple(family)]
