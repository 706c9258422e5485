"""Whether what the narrative says of a change is explained: in its own words, or in what its paragraph says besides."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from mingzhang.cube import Disclosure
from mingzhang.cube.statement import Statement

_EXPLAINED = re.compile(r"原因|由于|因为|主要是|主要系|因[^公]|为了|所致|导致|调整|新增|基数")
_OF_WHICH = re.compile(r"其中[，,：:\s]*\Z")
_JOINTLY = re.compile(r"均|都是|两项|各项|以上|上述|共同|分别")
_PARTED = re.compile(r"[；;。][^；;。]{0,4}\Z")
_FEWEST = 2
_NAMING = 4  # characters of a subject that name it in another's reason


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
        name = statement.subject.text.strip("“”（(：:，")[:_NAMING]
        if len(name) == _NAMING and any(name in o.reason.text for o in beside if o.reason is not None):
            return True  # by the whole: 主要原因是公务接待费相应减少。其中：公务接待费…
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
        """Whether what the other gives as a reason is its own: it is compared itself, and does not speak of both."""
        if not other.comparisons:
            return False
        if other.span > statement.span and _OF_WHICH.search(self._own(statement)):
            return False  # a whole is explained by its parts
        first, last = sorted((other, statement), key=lambda one: one.span)
        between = self._texts[first.paragraph][first.span[0] : last.span[0]]
        said = other.reason.text if other.reason is not None else self._own(other)
        return _PARTED.search(between) is not None and not _JOINTLY.search(said)
