"""Whether what the narrative says of a change is explained: in its own words, or in what its paragraph says besides."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from mingzhang.cube import Disclosure
from mingzhang.cube.statement import Statement
from mingzhang.rules.prose import ordinal

_EXPLAINED = re.compile(r"原因|由于|因为|主要是|主要系|因[^公]|为了|所致|导致|调整|新增|基数(?!为?[0零])")
# That no rate can be given says neither why the item moved, nor that others of its list are explained.
_NOT_COMPARABLE = re.compile(r"基数为?[0零]|不可比")
_OF_WHICH = re.compile(r"其中[，,：:\s]*\Z")
_JOINTLY = re.compile(r"均|都是|两项|各项|以上|上述|共同|分别")
_PARTED = re.compile(r"[；;。][^；;。]{0,4}\Z")
_FEWEST = 2
# 2024年“三公”经费减少的主要原因是…, 上述各项…原因：…: a reason for all that a section lists; not one for an item of it.
_WHY = r"(?:原因|主要情况|主要是(?:由于|因|根据)|由于)"
_FOR_ALL = re.compile(
    rf"(?:上述|(?<![元台岁级及])以上|各[项类](?:收支|支出|收入|经费|费用|科目)|总体)[^。；;]{{0,40}}?{_WHY}"
)
_THREE = re.compile(rf"三公”?\s*经费(?:(?!公务|因公|出国|其中)[^。；;]){{0,80}}?{_WHY}")
_THREE_PARTS = ("abroad", "reception", "vehicle", "vehicle_purchase", "vehicle_running")
_SECTION = {"part部分": 0, "part章": 0, "part节": 0, "cn": 1, "bracketed": 2, "arabic": 3, "digits": 4}
_DEEPEST = 5
_NAMING = 4  # characters of a subject that name it in another's reason


class Explained:
    """The statements of a disclosure by their paragraphs, and which of them have a reason."""

    def __init__(self, disclosure: Disclosure) -> None:
        self._texts = [paragraph.text for paragraph in disclosure.text]
        self._levels = [_level(text) for text in self._texts]
        self._of: dict[int, list[Statement]] = defaultdict(list)
        for statement in disclosure.statements:
            self._of[statement.paragraph].append(statement)

    def is_incomparable(self, statement: Statement) -> bool:
        """Whether there was nothing to compare it with (基数为0, 不可比)."""
        return _NOT_COMPARABLE.search(self._own(statement)) is not None

    def has(self, statement: Statement) -> bool:
        """Whether a reason is given: its own or, where it is no other statement's, in its paragraph or for its section."""
        if statement.reason is not None or _EXPLAINED.search(self._own(statement)):
            return True
        if self._for_all(statement):
            return True
        text = self._texts[statement.paragraph]
        beside = self._of[statement.paragraph]
        name = statement.subject.text.strip("“”（(：:，")[:_NAMING]
        if len(name) == _NAMING and any(name in o.reason.text for o in beside if o.reason is not None):
            return True  # by the whole: 主要原因是公务接待费相应减少。其中：公务接待费…
        spans = [other.span for other in beside if other is not statement and self._is_apart(other, statement)]
        said = (match.start() for match in _EXPLAINED.finditer(text))
        return any(not any(start <= at < end for start, end in spans) for at in said)

    def _for_all(self, statement: Statement) -> bool:
        """Whether the section gives the reason for all that it lists, at its head, at its foot or between."""
        topic = statement.point.topic if statement.point is not None else None
        patterns = (_FOR_ALL, _THREE) if topic in _THREE_PARTS else (_FOR_ALL,)
        return any(pattern.search(self._texts[at]) for at in self._section(statement.paragraph) for pattern in patterns)

    def _section(self, at: int) -> range:
        """The paragraphs under the heading that the paragraph stands under, the heading's own included."""
        own = self._levels[at]
        start = at
        while start > 0 and self._levels[start] >= own:
            start -= 1
            own = min(own, self._levels[start] + 1) if own == _DEEPEST else own
        end = at + 1
        while end < len(self._texts) and self._levels[end] >= own:
            end += 1
        return range(start, end)

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


def _level(text: str) -> int:
    """How deep the number stands that opens a paragraph; deepest where none does."""
    number = ordinal(text)
    return _DEEPEST if number is None else _SECTION.get(number.style, 0)
