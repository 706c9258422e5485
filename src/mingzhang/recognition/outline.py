"""Which rows of a list head the others: a unit's row is the sum of its projects below it, whatever the names are."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

Amounts = tuple[Decimal, ...]


def agreed_headings(rows: Sequence[Amounts], likely: Sequence[bool], step: Decimal) -> frozenset[int] | None:
    """``headings``, or those of most columns taken alone: one wrong amount must not undo the whole list.

    Only columns with an amount in most rows count, and only if all that fall into groups fall into the same.
    """
    found = headings(rows, likely, step)
    if found is not None or not rows:
        return found
    columns = [[(row[at],) for row in rows] for at in range(len(rows[0]))]
    filled = [column for column in columns if 2 * sum(bool(value) for (value,) in column) > len(rows)]
    alone = {heads for column in filled if (heads := headings(column, likely, step)) is not None}
    return alone.pop() if len(alone) == 1 else None


def headings(rows: Sequence[Amounts], likely: Sequence[bool], step: Decimal) -> frozenset[int] | None:
    """The rows that head groups, if the list falls wholly into groups whose head is the sum of what is below it.

    ``rows`` holds the amounts of each row, the same columns in each; ``likely`` which rows look like heads, for those
    that the amounts leave open (rows of nought); ``step`` the last printed digit. ``None``: the list does not so fall.
    """
    count = len(rows)
    # What can stand from each row to the end: the end of its group, best for the looks of the heads; from the end up.
    ends: list[int | None] = [None] * count + [count]
    merit = [0] * (count + 1)
    for start in range(count - 1, -1, -1):
        head = rows[start]
        left = list(head)
        for end in range(start + 1, count + 1):
            slack = step * (end - start) / 2
            filled = end > start + 1 or not any(head)
            if filled and ends[end] is not None and all(abs(value) <= slack for value in left):
                value = merit[end] + (1 if likely[start] else -1)
                if ends[start] is None or value > merit[start]:
                    ends[start], merit[start] = end, value
            if end < count:
                left = [value - part for value, part in zip(left, rows[end], strict=True)]
                if any(value < -slack - step for value in left):
                    break
    if not count or ends[0] is None:
        return None
    found: list[int] = []
    position = 0
    while position < count:
        found.append(position)
        position = ends[position] or count
    return frozenset(found)
