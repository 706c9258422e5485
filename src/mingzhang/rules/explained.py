"""Whether what the narrative says of a change is explained: in its own words, or in what its paragraph says besides."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from mingzhang.cube import Disclosure
from mingzhang.cube.statement import Statement

_EXPLAINED = re.compile(r"原因|由于|因为|主要是|主要系|因[^公]|为了|所致|导致|调整|新增|基数")
_OF_WHICH = re.compile(r"其中[，,：:\s]*\Z")
_JOINTLY = re.compile(r"均|都是|两项|各项|以上|上述|共同|分别")
_PARTED = re.compile(r"[；;。][^；;。]{0,4}\Z")
_FEWEST = 2


class Explained:
    """The statements of a disclosure by their paragraphs, and which of them have a reason."""

    def __init__(self, disclosure: Disclosure) -> None:
        self._texts = [paragraph.text for paragraph in disclosure.text]
        self._of: dict[int, list[Statement]] = defaultdict(list)
        for statement in disclosure.statements:
            self._of[statement.paragraph].append(statement)

    def has(self, statement: Statement) -> bool:
        """Whether a reason is given: in its own words or, where it is no other statement's own, in the paragraph."""
        if statement.reason is not None or _EXPLAINED.search(self._own(statement)):
            return True
        text = self._texts[statement.paragraph]
        beside = self._of[statement.paragraph]
        spans = [other.span for other in beside if other is not statement and self._is_apart(other, statement)]
        said = (match.start() for match in _EXPLAINED.finditer(text))
        return any(not any(start <= at < end for start, end in spans) for at in said)

    def lists(self) -> Iterator[tuple[Statement, ...]]:
        """The parts that a paragraph lists, each parted from the next by 。 or ；; not the whole they are of (…，其中：)."""
        for number in sorted(self._of):
            parts: list[Statement] = []
            for statement in self._of[number]:
                if _OF_WHICH.search(self._own(statement)):
                    parts.clear()
                else:
                    parts.append(statement)
            if len(parts) >= _FEWEST:
                yield tuple(parts)

    def _own(self, statement: Statement) -> str:
        start, end = statement.span
        return self._texts[statement.paragraph][start:end]

    def _is_apart(self, other: Statement, statement: Statement) -> bool:
        """Whether what the other gives as a reason is its own: it moved itself, and does not speak of both."""
        if not any(c.direction != "even" and _is_moved(c.amount, c.rate) for c in other.comparisons):
            return False
        if other.span > statement.span and _OF_WHICH.search(self._own(statement)):
            return False  # a whole is explained by its parts
        first, last = sorted((other, statement), key=lambda one: one.span)
        between = self._texts[first.paragraph][first.span[0] : last.span[0]]
        return _PARTED.search(between) is not None and not _JOINTLY.search(self._own(other))


def _is_moved(*amounts: object) -> bool:
    return any(getattr(amount, "value", Decimal(0)) != 0 for amount in amounts if amount is not None)
