"""Whether what the narrative says of a change is explained: in its own words, or in what its paragraph says besides."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from mingzhang.cube import Disclosure
from mingzhang.cube.statement import Statement
from mingzhang.rules.prose import ordinal

_EXPLAINED = re.compile(
    r"原因|由于|因为|主要是|主要系|因[^公]|为了|所致|导致|调整|(?<![如若])(?<!如[有遇])新增|基数(?!为?[0零])"
    r"|严格控制|从严控制|严控|厉行节约|过紧日子"
)
# The reason in a paragraph of its own: 增加的主要原因是…
_IN_THE_NEXT = re.compile(
    r"\s*(?:(?:增[加减长]|减少|下降|变动|变化)[^，。；]{0,12})?(?:主要)?(?:原因|是因为|是由于|由于)"
)
# That no rate can be given says neither why the item moved, nor that others of its list are explained.
_NOT_COMPARABLE = re.compile(r"基数为?[0零]|不可比")
_OF_WHICH = re.compile(r"其中[，,：:\s]*\Z")
_JOINTLY = re.compile(r"均|都是|两项|各项|以上|上述|共同|分别")
_PARTED = re.compile(r"[；;。](?:[^；;。]{0,4}|[^；;。]*其中[：:，,]?)\Z")  # the second: parted as what 其中 divides
_FEWEST = 2
# 2024年“三公”经费减少的主要原因是…, 上述各项…原因：…: a reason for all that a section lists; not one for an item of it.
_WHY = r"(?:原因|主要情况|主要是(?:由于|因|根据)|由于)"
_FOR_ALL = re.compile(
    rf"(?:上述|(?<![元台岁级及])以上|各[项类](?:收支|支出|收入|经费|费用|科目)|总体)[^。；;]{{0,40}}?{_WHY}"
)
_THREE = re.compile(rf"三公”?\s*经费(?:(?!公务|因公|出国|其中)[^。；;]){{0,80}}?{_WHY}")
_VEHICLES = ("vehicle_purchase", "vehicle_running")
_THREE_PARTS = {
    "abroad": "abroad",
    "reception": "reception",
    "vehicle": "vehicle",
    **dict.fromkeys(_VEHICLES, "vehicle"),
}
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
        if self._by_itself(statement) or self._for_all(statement) or self._by_its_whole(statement):
            return True
        if any(self._by_itself(part) for part in self._vehicles_of(statement)):
            return True  # a whole is explained by its parts, though they stand in paragraphs of their own
        text = self._texts[statement.paragraph]
        beside = self._of[statement.paragraph]
        name = _naming(statement, beside)
        if len(name) >= _NAMING and any(name in o.reason.text for o in beside if o.reason is not None):
            return True  # by the whole: 主要原因是公务接待费相应减少。其中：公务接待费…
        if statement is beside[-1] and any(map(_IN_THE_NEXT.match, self._texts[statement.paragraph + 1 :][:1])):
            return True
        spans = [other.span for other in beside if other is not statement and self._is_apart(other, statement)]
        said = (match.start() for match in _EXPLAINED.finditer(text))
        return any(not any(start <= at < end for start, end in spans) for at in said)

    def _by_itself(self, statement: Statement) -> bool:
        return statement.reason is not None or _EXPLAINED.search(self._own(statement)) is not None

    def _by_its_whole(self, statement: Statement) -> bool:
        """公务用车购置及运行费增加…，主要原因是…。其中：公务用车购置费增加…: what moved as the whole did, for its reason."""
        if _topic(statement) not in _VEHICLES:
            return False
        wholes = (other for other in self._of[statement.paragraph] if _topic(other) == "vehicle")
        return any(self._by_itself(whole) and _directions(whole) & _directions(statement) for whole in wholes)

    def _vehicles_of(self, statement: Statement) -> Iterator[Statement]:
        """The parts of what is spent on vehicles, if that is what it is about, under the same heading."""
        if _topic(statement) == "vehicle":
            for at in self._section(statement.paragraph):
                yield from (other for other in self._of[at] if _topic(other) in _VEHICLES)

    def _for_all(self, statement: Statement) -> bool:
        """Whether the section gives the reason for all that it lists, at its head, at its foot or between."""
        section = self._section(statement.paragraph)
        if any(_FOR_ALL.search(self._texts[at]) for at in section):
            return True
        if _topic(statement) not in _THREE_PARTS or not any(_THREE.search(self._texts[at]) for at in section):
            return False
        # The reason of the whole is all that is owed, unless every other part gives one of its own besides.
        own = {
            _THREE_PARTS[topic]
            for at in section
            for other in self._of[at]
            if (topic := _topic(other)) in _THREE_PARTS and self._by_itself(other)
        }
        return own != set(_THREE_PARTS.values()) - {_THREE_PARTS[_topic(statement)]}

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


def _topic(statement: Statement) -> str:
    return statement.point.topic or "" if statement.point is not None else ""


def _directions(statement: Statement) -> set[str]:
    return {comparison.direction for comparison in statement.comparisons}


def _naming(statement: Statement, beside: Sequence[Statement]) -> str:
    """As much of its subject as names it and nothing beside it: 公务用车运 where 公务用车购置费 stands there too."""
    name = statement.subject.text.strip("“”（(：:，")
    others = [o.subject.text.strip("“”（(：:，") for o in beside if o is not statement]
    length = _NAMING
    while length < len(name) and any(other.startswith(name[:length]) for other in others):
        length += 1
    return name[:length]


def _level(text: str) -> int:
    """How deep the number stands that opens a paragraph; deepest where none does."""
    number = ordinal(text)
    return _DEEPEST if number is None else _SECTION.get(number.style, 0)
