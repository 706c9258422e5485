"""The items of the narrative that name a function (类, 款, 项), and the names they go by in reasons and purposes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from mingzhang.classification import exact_key
from mingzhang.cube import Disclosure
from mingzhang.cube.statement import Statement

Direction = Literal["up", "down", "even"]
_UP, _DOWN = "增加|增长|上升|提高|增多", "减少|下降|降低|压减|压缩|核减|减小"
_ABOUT = re.compile(
    rf"(?P<name>.{{2,40}}?)(?:的)?(?P<money>经费|支出|费用|资金|预算|拨款|投入)?(?:有所|略有|较上年|比上年)?"
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN})|(?P<even>保持不变|持平|不变|无变化))(?:所致|导致)?\Z"
)


@dataclass(frozen=True, slots=True)
class Item:
    """A statement with its own names: the 项, and 款 and 项 together, as keys that ignore a trailing 支出."""

    statement: Statement

    @property
    def name(self) -> str:
        return self.statement.path[-1]

    @property
    def keys(self) -> frozenset[str]:
        path = self.statement.path
        return frozenset({name_key(path[-1]), name_key("".join(path[-2:])), name_key("".join(path))})

    @property
    def direction(self) -> Direction | None:
        """Where its comparisons all point, if they agree."""
        found = {comparison.direction for comparison in self.statement.comparisons}
        return found.pop() if len(found) == 1 else None


@dataclass(frozen=True, slots=True)
class Predicate:
    """某经费增加: what is said to have moved, whether it is a sum of money, and where to."""

    name: str
    is_money: bool
    direction: Direction


def items(disclosure: Disclosure) -> tuple[Item, ...]:
    """The statements with a path of at least 款 and 项."""
    return tuple(Item(statement) for statement in disclosure.statements if len(statement.path) > 1)


def predicate(reason: str) -> Predicate | None:
    """A reason of one clause that says something rose, fell or stayed; ``None`` for any other."""
    if len(reason) > 60 or any(mark in reason for mark in "，。；、,;"):
        return None
    match = _ABOUT.match(reason.strip())
    if match is None:
        return None
    direction: Direction = "up" if match["up"] else "down" if match["down"] else "even"
    return Predicate(match["name"], match["money"] is not None, direction)


def name_key(name: str) -> str:
    """A name without punctuation and a trailing 支出."""
    key = "".join(sign for sign in exact_key(name) if sign.isalnum())
    return key.removesuffix("支出") or key


def ends_alike(key: str, name: str) -> bool:
    """Whether one of two names is the end of the other."""
    return len(name) >= 2 and (key.endswith(name) or name.endswith(key))
