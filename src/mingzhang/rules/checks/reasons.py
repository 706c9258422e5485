"""The reason of a change and the purpose of a sum: there, of the item itself, and not against the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from mingzhang.cube import Disclosure
from mingzhang.cube.finding import Finding, Level
from mingzhang.cube.source import Source
from mingzhang.cube.statement import Comparison, Statement
from mingzhang.rules.explained import Explained
from mingzhang.rules.items import Item, ends_alike, items, name_key, predicate
from mingzhang.rules.prose import prose
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import DIRECTION_WORDS

_MOST_HAVE = 0.75
_FEWEST = 4
_STAGES = re.compile(
    r"年初预算(?:数)?为?\s*(?P<budget>\d[\d,]*(?:\.\d+)?)\s*万元[^。]{0,30}?支出决算(?:数)?为?\s*(?P<final>\d[\d,]*(?:\.\d+)?)\s*万元"
)
_SAID = re.compile(
    r"决算数?(?P<word>大于|小于|高于|低于|等于)(?:年初)?预算|决算数?[同与和](?:年初)?预算数?(?P<same>持平|一致|相同)"
)
# Wholes whose parts are explained one by one below them.
_WHOLE = re.compile(r"总计|合计|总预算|总体|收支|收入、支出|“?三公”?经费")
# 减少的主要原因, 较上年减少的原因; not 决算数较预算数减少的原因, nor that of a part.
_ANNOUNCED = re.compile(
    r"(?<=[。；，])\s*(?:本年|(?:与|较|比)?(?:上年|去年)度?(?:相比)?)?"
    r"(?P<words>(?:(?P<up>增加|增长|上升)|(?P<down>减少|下降|降低))的?(?:主要)?原因)"
)
_A_REASON = re.compile(r"原因(?:主要)?[是为系：:]")
_SAVING = re.compile("过紧日子|厉行节约|勤俭节约|压减|压缩|严控|严格控制")
# What may raise a sum all the same, or says of the year before why it was low.
_MORE = re.compile(
    "增|新|提高|上调|上涨|恢复|纳入|转入|调入|结转|补|扩|更新|购置|调整|上年|去年|疫情|移交|划转|减少[^，。；]{0,8}收回"
)
_MOVES = re.compile(r"(?P<up>增加|增长|上升|提高)|(?P<down>减少|下降|降低|压减|压缩|核减)")


def check_contradicted(disclosure: Disclosure) -> Iterator[Finding]:
    """减少2.98%, 原因：…经费增加."""
    for statement in disclosure.statements:
        item = Item(statement)
        if statement.reason is None or item.direction is None:
            continue
        yield from _announced(disclosure, item)
        yield from _saved(item)
        said = predicate(statement.reason.text)
        if said is None or not said.is_money or said.direction == item.direction:
            continue
        own = len(statement.path) > 1 and any(ends_alike(key, name_key(said.name)) for key in item.keys)
        level: Level = "error" if own else "warning"
        yield Finding(
            rule="reason-contradicted",
            level=level,
            message=(
                f"{_name(item)}{DIRECTION_WORDS[item.direction]}，原因却写作“{statement.reason.text}”，"
                f"与增减方向矛盾，应为“{DIRECTION_WORDS[item.direction]}”，或更正增减。"
            ),
            key=(_name(item), statement.reason.text),
            places=(statement.reason.source, statement.subject.source),
            reported=statement.reason.text,
            expected=DIRECTION_WORDS[item.direction],
        )


def _announced(disclosure: Disclosure, item: Item) -> Iterator[Finding]:
    """增长19.3%。…减少的主要原因是…: what the reason is announced to be of."""
    start, end = item.statement.span
    paragraph = disclosure.text[item.statement.paragraph]
    found = _ANNOUNCED.search(paragraph.text, start, end)
    opposite = {"up": "down", "down": "up"}
    if found is None or opposite.get(item.direction or "even") != ("up" if found["up"] else "down"):
        return
    told, compared = DIRECTION_WORDS[item.direction or "even"], item.statement.comparisons[0].source
    announced, reason = paragraph.at(*found.span("words")), item.statement.reason
    # Where the reason itself says the same, two words stand against the one of the comparison.
    twice = reason is not None and any((m.lastgroup == "up") == bool(found["up"]) for m in _MOVES.finditer(reason.text))
    yield Finding(
        rule="reason-contradicted",
        level="warning",
        message=f"{_name(item)}{told}，下文却写作“{found['words']}”，方向矛盾，请核对增减，改正其中一处。",
        key=(_name(item), found["words"]),
        places=(compared, announced) if twice else (announced, compared),
        reported=told if twice else found["words"],
    )


def _saved(item: Item) -> Iterator[Finding]:
    """增加…, and nothing but savings for a reason."""
    reason = item.statement.reason
    if item.direction != "up" or reason is None or not _SAVING.search(reason.text) or _MORE.search(reason.text):
        return
    yield Finding(
        rule="reason-contradicted",
        level="warning",
        message=f"{_name(item)}增加，原因却是“{reason.text[:40]}”，说的是节约、压减，没有增加的原因；请核对增减方向，或写明增加的原因。",
        key=(_name(item), reason.text),
        places=(item.statement.comparisons[0].source, reason.source),
        reported="增加",
    )


def _name(item: Item) -> str:
    words = "".join(item.statement.path[-2:]) if item.statement.path else item.statement.subject.text.strip('“”"：:，')
    return f"“{words[-30:]}”"


# What must be explained by law, whatever the others do: 三公经费 and 机关运行经费.
_OWED = {
    "abroad": "因公出国（境）费",
    "reception": "公务接待费",
    "vehicle": "公务用车购置及运行维护费",
    "vehicle_purchase": "公务用车购置费",
    "vehicle_running": "公务用车运行维护费",
    "agency_running": "机关运行经费",
}


def check_owed(disclosure: Disclosure) -> Iterator[Finding]:
    """Parts of 三公经费, and 机关运行经费, that changed without a reason, in a document that gives reasons at all."""
    if not any(_A_REASON.search(paragraph.text) for paragraph in disclosure.text):
        return
    explained = Explained(disclosure)
    moved = [
        statement
        for statement in disclosure.statements
        if _topic(statement) in _OWED and _moving(statement) and not explained.is_incomparable(statement)
    ]
    given = {_change(statement) for statement in moved if explained.has(statement)}
    without = [each for each in moved if not explained.has(each) and _change(each) not in given]
    if any(_topic(each).startswith("vehicle_") for each in without):
        without = [each for each in without if _topic(each) != "vehicle"]  # explained by its parts, once they are
    three = [each for each in without if _topic(each) != "agency_running"]
    if len(three) > 1 and not any(topic != "agency_running" for topic, _ in given):
        without = [each for each in without if each not in three]
        names = "、".join(dict.fromkeys(f"“{_OWED[_topic(each)]}”" for each in three))
        yield Finding(
            rule="reason-missing",
            level="warning",
            message=f"{names}有增减，都没有说明原因；应当逐项说明。",
            key=("three_public",),
            places=tuple(compared.source for each in three for compared in _moving(each)[:1]),
        )
    for statement in without:
        topic, compared = _topic(statement), _moving(statement)[0]
        yield Finding(
            rule="reason-missing",
            level="warning",
            message=(f"“{_OWED[topic]}”{_moved(compared)}，没有说明原因；“三公”经费、机关运行经费的增减应当说明原因。"),
            key=(topic,),
            places=(compared.source,),
        )


def _topic(statement: Statement) -> str:
    return statement.point.topic or "" if statement.point is not None else ""


def _moving(statement: Statement) -> list[Comparison]:
    """Its comparisons that tell of a change."""
    return [c for c in statement.comparisons if c.direction != "even" and _is_change(c.amount, c.rate)]


def _change(statement: Statement) -> tuple[str, tuple[str, ...]]:
    """What changed and by how much: told twice, it needs its reason once."""
    told = (amount for c in _moving(statement)[:1] if (amount := c.amount or c.rate) is not None)
    return _topic(statement), tuple(amount.printed for amount in told)


def _moved(compared: Comparison) -> str:
    """比2023年预算增加2.00万元."""
    figure = compared.amount or compared.rate
    printed = "" if figure is None else f"{figure.printed}{figure.unit.name}"
    return f"{f'比{compared.base}' if compared.base else ''}{DIRECTION_WORDS[compared.direction]}{printed}"


def check_missing(disclosure: Disclosure) -> Iterator[Finding]:
    """Items that rose or fell without a reason, where nearly all others give one; and what must have one."""
    told: set[Source] = set()
    explained = Explained(disclosure)
    others = [
        Item(statement)
        for statement in disclosure.statements
        if len(statement.path) < 2 and not (_WHOLE.search(statement.subject.text) and not explained.has(statement))
    ]
    groups = (_unexplained(items(disclosure), explained), _unexplained(others, explained), _part_without(explained))
    for finding in (*check_owed(disclosure), *(finding for group in groups for finding in group)):
        if finding.places[0] not in told:
            told.add(finding.places[0])
            yield finding


def _unexplained(group: Sequence[Item], explained: Explained) -> Iterator[Finding]:
    """Those of a group that moved without a reason, where nearly all that moved have one."""
    moved = [item for item in group if _has_moved(item) and not explained.is_incomparable(item.statement)]
    without = [item for item in moved if not explained.has(item.statement)]
    if len(moved) < _FEWEST or len(moved) - len(without) < _MOST_HAVE * len(moved):
        return
    for item in without:
        yield _without_reason(item, "其他各项都作了说明")


def _part_without(explained: Explained) -> Iterator[Finding]:
    """其中：基本支出…，增加…；项目支出…，减少…，主要原因是…: of the parts that one paragraph lists, one without its reason."""
    for parts in explained.lists():
        moved = [item for item in map(Item, parts) if _has_moved(item)]
        without = [item for item in moved if not explained.has(item.statement)]
        if len(without) == 1 and len(moved) > 1 and not _WHOLE.search(without[0].statement.subject.text):
            others = "、".join(_name(item) for item in moved if item is not without[0])
            yield _without_reason(without[0], f"同段的{others}作了说明")


def _without_reason(item: Item, others: str) -> Finding:
    compared = _moving(item.statement)[0]
    return Finding(
        rule="reason-missing",
        level="warning",
        message=f"{_name(item)}{_moved(compared)}，没有说明原因；{others}，本项也应说明。",
        key=("/".join(item.statement.path) or item.statement.subject.text,),
        places=(compared.source,),
    )


def _has_moved(item: Item) -> bool:
    return item.direction in ("up", "down") and bool(_moving(item.statement))


def _is_change(*amounts: object) -> bool:
    return any(amount is not None and getattr(amount, "value", Decimal(0)) != 0 for amount in amounts)


def check_stage(disclosure: Disclosure) -> Iterator[Finding]:
    """决算数小于预算数, and it is not."""
    for paragraph in prose(disclosure):
        for match in _STAGES.finditer(paragraph.text):
            stop = paragraph.text.find("年初预算", match.end())
            said = _SAID.search(paragraph.text, match.end(), stop if stop > 0 else len(paragraph.text))
            if said is None:
                continue
            budget, final = (Decimal(match[name].replace(",", "")) for name in ("budget", "final"))
            right = "大于" if final > budget else "小于" if final < budget else "等于"
            printed = {"高于": "大于", "低于": "小于"}.get(said["word"] or "", said["word"] or "等于")
            if printed == right:
                continue
            yield Finding(
                rule="direction-contradicted",
                level="error",
                message=(
                    f"年初预算{match['budget']}万元、支出决算{match['final']}万元，决算数{right}预算数，"
                    f"文字却写作“{said[0]}”。"
                ),
                key=(match["budget"], match["final"]),
                places=(paragraph.at(*said.span()), paragraph.at(*match.span())),
                reported=said[0],
                expected=f"决算数{right}预算数",
            )


_OWN = "文件自身的两处陈述不得矛盾。"
_REASON_BASIS = (
    "财政部《地方预决算公开操作规程》（财预〔2016〕143号）要求对增减变动情况作出说明；其余为文件自身的陈述。"
)

RULES = (
    Rule(
        id="reason-contradicted",
        title="原因与增减方向一致",
        sentence="增加的，说明为什么增加；减少的，说明为什么减少。",
        basis=_OWN,
        why="原因与方向相反，增减或原因必有一处是错的，多为沿用往年的原因。",
        how_to_fix="核对增减方向，改正原因或数字。",
        example="“比2023年减少2.98%，主要原因是：宣传事务经费增加”。",
        levels=("error", "warning"),
        check=check_contradicted,
    ),
    Rule(
        id="reason-missing",
        title="增减说明原因",
        sentence="比上年增加或减少的，应当说明原因。",
        basis=_REASON_BASIS,
        why="没有原因的增减，读者无从判断是否合理。",
        how_to_fix="补充说明增减的原因。",
        example="其他各项都有原因，“住房公积金比上年增加5.12%”没有。",
        levels=("warning",),
        check=check_missing,
    ),
    Rule(
        id="direction-contradicted",
        title="决算与预算比较的方向正确",
        sentence="“决算数大于（小于、等于）预算数”的说法，应当与前面的两个数一致。",
        basis=_OWN,
        why="方向写反，其后的原因也就说错了。",
        how_to_fix="按两个数改正“大于”“小于”，并检查原因。",
        example="“年初预算为10.00万元，支出决算为9.00万元。决算数大于预算数”。",
        levels=("error",),
        kinds=("final",),
        check=check_stage,
    ),
)
