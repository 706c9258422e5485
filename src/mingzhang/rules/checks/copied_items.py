"""The reason or the purpose of one item written under another: copied from the item above, and not altered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mingzhang.cube import Disclosure
from mingzhang.cube.finding import Finding
from mingzhang.cube.source import Source
from mingzhang.cube.statement import Quote
from mingzhang.rules.items import Item, ends_alike, items, name_key, predicate
from mingzhang.rules.rule import Rule

_PATTERN = 3  # items that follow a pattern before another's departure from it says something
_SHORTEST, _VERBATIM = 5, 12  # of a purpose, of a reason that nobody writes twice
_CLAUSE_END = re.compile(r"[，；,;]")


def check_reason(disclosure: Disclosure) -> Iterator[Finding]:
    """某经费增加 under another item, where other items say it of themselves; an item's very reason under another."""
    every = items(disclosure)
    yield from _repeated(every)
    said = [(item, predicate(item.statement.reason.text)) for item in every if item.statement.reason is not None]
    own = sum(1 for item, about in said if about is not None and _is_own(item, about.name))
    if own < _PATTERN:
        return
    for item, about in said:
        if about is None or _is_own(item, about.name):
            continue
        other = _owner(about.name, item, every)
        reason = item.statement.reason
        if other is not None and reason is not None:
            yield _copied("reason-copied", item, other, reason, "原因")


def _repeated(every: Sequence[Item]) -> Iterator[Finding]:
    """The words of another item's reason, which name that item and not this one."""
    first: dict[str, Item] = {}
    for item in every:
        reason = item.statement.reason
        if reason is None or len(reason.text) < _VERBATIM or predicate(reason.text) is not None:
            continue
        other = first.setdefault(reason.text, item)
        if _says_of(other, item, reason.text):
            yield _verbatim("reason-copied", item, other, reason, "原因")


def _repeated_purpose(every: Sequence[Item]) -> Iterator[Finding]:
    """The words of another item's purpose, which name that item and not this one."""
    first: dict[str, Item] = {}
    for item in every:
        purpose = item.statement.purpose
        words = _CLAUSE_END.split(purpose.text, maxsplit=1)[0] if purpose is not None else ""
        if purpose is None or len(words) < _SHORTEST:
            continue
        other = first.setdefault(words, item)
        if _says_of(other, item, words):
            yield _verbatim("purpose-copied", item, other, purpose, "用途")


def _says_of(other: Item, item: Item, words: str) -> bool:
    """Whether the words name the other item and not this one."""
    return other is not item and not other.keys & item.keys and item.name not in words and other.name in words


def _verbatim(rule: str, item: Item, other: Item, words: Quote, what: str) -> Finding:
    path = "".join(item.statement.path[-2:])
    return Finding(
        rule=rule,
        level="warning",
        message=f"“{path}”的{what}与“{other.name}”的一字不差，说的是“{other.name}”，疑为复制后漏改，请写明本项的{what}。",
        key=("/".join(item.statement.path), words.text),
        places=(words.source, item.statement.subject.source),
        reported=words.text[:40],
    )


def check_purpose(disclosure: Disclosure) -> Iterator[Finding]:
    """主要用于 and the name of another item."""
    every = items(disclosure)
    with_purpose = [(item, item.statement.purpose) for item in every if item.statement.purpose is not None]
    own = sum(1 for item, purpose in with_purpose if _is_own(item, purpose.text))
    told: list[Source] = []
    for item, purpose in with_purpose:
        if _is_own(item, purpose.text):
            continue
        other = _owner(purpose.text, item, every)
        if other is not None and own >= _PATTERN:
            told.append(purpose.source)
            yield _copied("purpose-copied", item, other, purpose, "用途")
    yield from (finding for finding in _repeated_purpose(every) if finding.places[0] not in told)


def _is_own(item: Item, words: str) -> bool:
    return any(ends_alike(key, name_key(words)) for key in item.keys)


def _owner(words: str, item: Item, every: Sequence[Item]) -> Item | None:
    """The other item whose own name the words are: the nearest before it, or else the first."""
    key = name_key(words)
    if len(key) < _SHORTEST - 1:
        return None
    owners = [other for other in every if other.statement.path != item.statement.path and key in other.keys]
    at = every.index(item)
    return next((other for other in reversed(every[:at]) if other in owners), owners[0] if owners else None)


def _copied(rule: str, item: Item, other: Item, words: Quote, what: str) -> Finding:
    path = item.statement.path
    number = f"第{other.statement.number.rstrip('.、．')}项" if other.statement.number else "另一项"
    return Finding(
        rule=rule,
        level="error",
        message=(
            f"“{''.join(path[-2:])}”的{what}写作“{words.text}”，这是{number}“{other.name}”的{what}，"
            f"疑为复制后漏改；其他各项都写本项，此处应为“{item.name}”。"
        ),
        key=("/".join(path), words.text),
        places=(words.source, item.statement.subject.source),
        reported=words.text,
        expected=item.name,
    )


_OWN = "文件自身的两处陈述不得矛盾。"

RULES = (
    Rule(
        id="reason-copied",
        title="原因说的是本项",
        sentence="每一项的增减原因，说的应当是该项自己。",
        basis=_OWN + "其他各项的原因都写本项的名称，写别项名称的即为误。",
        why="多为复制上一项后漏改，本项的真正原因没有公开。",
        how_to_fix="写明本项增减的原因。",
        example="“职业年金缴费支出”的原因写作“事业单位离退休经费增加”。",
        levels=("error", "warning"),
        check=check_reason,
    ),
    Rule(
        id="purpose-copied",
        title="用途说的是本项",
        sentence="每一项的用途，说的应当是该项自己。",
        basis=_OWN + "其他各项的用途都写本项的名称，写别项名称的即为误；与别项一字不差、说的是别项的，疑为误。",
        why="多为复制上一项后漏改，本项的用途没有公开。",
        how_to_fix="写明本项的用途。",
        example="“城管执法”写作“主要用于城乡社区管理事务一般行政管理事务”。",
        levels=("error", "warning"),
        check=check_purpose,
    ),
)
