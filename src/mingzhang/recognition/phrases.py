"""The phrases of comparisons: by how much, in which direction, and what something is compared with.

Every pattern is bounded: no text makes one of them take more than linear time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

UNIT = re.compile(r"\s*(亿元|百万元|万元|千元|元|%|％)(?!\s*[/／])")
CLAUSE_END = re.compile(r"[；。：！？;:!?]|(?<!\d)[,，]|[,，](?!\d)")
SENTENCE_END = re.compile(r"[。！？!?]")
# What stands right before digits that are only the end of a number, the end of a range, or a number with a sign.
CUT = re.compile(r"(?:[\d,，.．]\s*|[-−－–—~～]\s*)\Z")
# 超2800亿元, 不足5万元: the figure is a bound, not the amount.
BOUND = re.compile(r"(?:超过?|逾|近|不足|突破|不少于|不低于|不高于|不超过|少于|低于|高于|大于|小于|多于)\s*\Z")
AVERAGE = re.compile(r"人均|每人|每月|每户|每亩|平均")
ITEM = re.compile(r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[、.．](?!\d)")
OF_WHICH = re.compile(r"其中|包括|分别")
PER_CENT_OF_IT = re.compile(r"\s*的?\s*约?\s*(?:[\d.,]+|[-－—–]+)\s*[%％]")
GOES_ON = re.compile(r"\s*[、和与及]\s*\d[\d.,]*\s*(?:亿元|百万元|万元|千元|元|%|％)")
RESPECTIVELY = re.compile(r"(?:分别|各)(?:安排|支出|预算|决算)?[为是]?\s*\Z")
_APART = (re.compile(r"以及|[、和与]"), re.compile(r"以及|[、和与及]"))
_WITHIN = re.compile(
    r"(?P<whole>.{2,}(?:决算|预算|支出|收入|经费|拨款|总额|数))中\s*\Z|(?P<side>(?:总?收入|总?支出))(?:主要)?包括\s*\Z"
)
COMPARABLE = re.compile(r"同口径|可比口径|不可比因素")
REASON = re.compile(r"原因|由于|因为|主要系|主要受")

_UP = "增加|增长|上升|提高|增幅|上涨|增支|增收|(?<!增)增(?!减)"
_DOWN = "减少|下降|降低|压减|压缩|减幅|降幅|核减|下调|缩减|减支|减收|(?<!增)减"
_MOVED = re.compile(
    rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:[(（](?:增加|增长|减少|下降|上升|降低)[)）])?(?:幅度|率|比例|额|数|支出|收入)?[了为约达到:：\s]*\Z"
)
_EXCEEDS = re.compile(
    r"(?:(?P<up>大于|高于|超过|超出|多于)|(?P<down>小于|低于|少于))(?P<base>(?:年初|全年|调整后?的?)?预算(?:数|安排)?)[为了的]?\s*\Z"
)
_EVEN = re.compile(
    r"(?<!基本)(?:持平|无增减变化|无增减|无变化|没有变化|没有增减|未发生变化|保持不变|不增不减|相等|"
    r"(?:保持)?(?:相同|一致)(?=[，。；,;)）]|\Z))"
)
_BASE = re.compile(
    r"(?:比|较|与|同|和)\s*(?P<base>(?:(?:(?:19|20)\d\d(?![\d.])\s*年?|上年|上一?年度?|去年|年初|年中|全年|调整|预算|决算|执行)"
    r"[^，。；：比较]{0,20}?))(?:相比|对比|相比较|比较|比)?[,，]?"
    r"(?=[各均总也]|收|支出|增|减|下|上升|上涨|提|持|降|压|无|没|保|未|相|一致|不增|多|少|同口径|[，。；]|\Z)"
)
_FIGURE_FOLLOWS = re.compile(r"(?:预算|决算|执行|支出|收入|安排)(?:总?数|总?额|总?金额|合计|总计)?的?\Z|年度?的?\Z")
# 比上年(累计支出80万元): what stands between the base and its figure.
_OF_BASE = re.compile(
    r"(?:同期|累计|实际|全年)*总?(?:支出|收入|预算|决算|安排|执行|完成)*(?:总?数|总?额|总?金额|合计|总计)?[的为是:： ]*\Z"
)
_BUDGET_OF = re.compile(
    r"(?P<adjusted>调整后?的?|全年)?(?<!公共)(?<!基金)(?<!经营)预算(?:数|安排数?|批复数|金额)?[为是:：\s]*\Z"
)
_ACCOUNTS_OF = re.compile(r"决算(?:数|总?额|金额|汇总数|合计|总计)?[为是:：\s]*\Z")
_COMPARES_FIRST = re.compile(r"(?:上年度?|上一年度?|去年)[^，。；：]{0,8}(?:相比|对比|比较)[^，。；：]{2,}\Z")
_IMPLIED = re.compile(r"同比|环比")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?![\d.])")
_LAST = re.compile(r"上年|上一年|去年|上年度|上一度")
_STAGES = (
    ("调整", "adjusted"),
    ("全年预算", "adjusted"),
    ("执行", "executed"),
    ("完成", "executed"),
    ("决算", "final"),
    ("预算", "budget"),
)
_OF_THE_BEGINNING = re.compile(r"年初|部门预算|单位预算|批复")
_COMPLETED = re.compile(
    r"(?:完成|达到|为|是)(?:了)?(?P<of>[^，。；完成]{0,20}?预算(?:数|安排数|安排|批复数)?)的?[为约]?\Z"
    r"|(?P<bare>执行率|完成率|完成进度)[为达约是]*\Z"
)
_SHARE = re.compile(r"占(?P<of>[^，。；占]{0,40}?)(?:的)?(?:比重|比例|比率|比|百分比)?[为约达是:：]*\s*\Z")


@dataclass(frozen=True, slots=True)
class Base:
    """What something is compared with: the year (``None``: this year), the stage if it is named, and where it stands."""

    words: str
    year: int | None
    stage: str | None
    last: bool
    start: int
    end: int = 0


def moved(before: str) -> tuple[int, int] | None:
    """Where a word of direction right before a number starts, and its sign."""
    tail = max(0, len(before) - 24)
    found = _MOVED.search(before, tail)
    if found is None:
        return None
    return found.start(), 1 if found["up"] else -1


def exceeds(before: str) -> tuple[int, int, Base] | None:
    """决算数大于预算数20万元: where that is said, its sign, and what is exceeded; ``None`` if it is not."""
    found = _EXCEEDS.search(before, max(0, len(before) - 24))
    if found is None:
        return None
    return found.start(), 1 if found["up"] else -1, Base(found["base"], None, stage_in(found["base"]), False, 0)


def even(text: str) -> re.Match[str] | None:
    """持平, 相同, 无变化: that two amounts are equal."""
    return _EVEN.search(text)


def base_in(text: str) -> Base | None:
    """The last thing that the text says something is compared with."""
    found = None
    for found in _BASE.finditer(text):  # noqa: B007 - the last one is wanted
        pass
    if found is None:
        implied = _IMPLIED.search(text)
        return None if implied is None else Base(implied[0], None, None, True, implied.start())
    words = found["base"].strip()
    year = _YEAR.search(words)
    return Base(words, int(year[0]) if year else None, stage_in(words), bool(_LAST.search(words)), *found.span())


def quoted_base(before: str) -> Base | None:
    """The base whose own figure follows at once: 比上年预算数(80万元增加20万元)."""
    base = base_in(before)
    if base is None or not is_of_base(before, base):
        return None
    return base if _FIGURE_FOLLOWS.search(f"{base.words}{before[base.end :].rstrip('为是:： ')}") else None


def is_of_base(before: str, base: Base) -> bool:
    """Whether a figure that follows the text is that of the base itself: 较2023年的80万元, 比上年累计支出80万元."""
    said = before[base.start :]
    return (
        bool(base.words) and _OF_BASE.match(before, base.end) is not None and "相比" not in said and "对比" not in said
    )


def respective(before: str, after: str) -> list[str]:
    """The subjects of several amounts in a row: A、B分别为x、y; none if there are not as many subjects as amounts."""
    amounts, at = 1, 0
    while (following := GOES_ON.match(after, at)) is not None:
        amounts, at = amounts + 1, following.end()
    subjects = RESPECTIVELY.sub("", before)
    for apart in _APART:
        found = [part for part in apart.split(subjects) if part.strip()]
        if len(found) == amounts:
            return found
    return []


def within(text: str) -> str | None:
    """The words for a whole that is named without its amount: …支出决算中，."""
    found = _WITHIN.search(text)
    return None if found is None else found["whole"] or found["side"]


def compares_first(before: str) -> bool:
    """与上年相比项目支出(20万元): last year is what is compared with, the figure is of this year."""
    return _COMPARES_FIRST.search(before) is not None


def stage_before(before: str) -> str | None:
    """The stage where the words right before a figure say so: …支出预算为, 调整预算数为, 支出决算."""
    start = max(0, len(before) - 24)
    if _ACCOUNTS_OF.search(before, start):
        return "final"
    found = _BUDGET_OF.search(before, start)
    return None if found is None else "adjusted" if found["adjusted"] else "budget"


def stage_in(words: str) -> str | None:
    """The stage that words name, if they do."""
    return next((stage for word, stage in _STAGES if word in words), None)


def is_any_budget(words: str) -> bool:
    """Whether words name 预算 and neither that of the beginning of the year nor the adjusted one."""
    return stage_in(words) == "budget" and _OF_THE_BEGINNING.search(words) is None


def completed(before: str) -> str | None:
    """Of which stage something is said to be completed to so many per cent: ``budget`` or ``adjusted``."""
    found = _COMPLETED.search(before, max(0, len(before) - 40))
    if found is None:
        return None
    return "adjusted" if found["of"] and ("调整" in found["of"] or "全年" in found["of"]) else "budget"


def completes_any_budget(before: str) -> bool:
    """Whether ``completed`` speaks of 预算 alone, or of none (执行率)."""
    found = _COMPLETED.search(before, max(0, len(before) - 40))
    return found is not None and (found["of"] is None or is_any_budget(found["of"]))


def completed_start(before: str) -> int:
    """Where the words of ``completed`` start."""
    found = _COMPLETED.search(before, max(0, len(before) - 40))
    return found.start() if found is not None else len(before)


def share_of(before: str) -> tuple[int, str] | None:
    """Where 占… starts, and the words for the whole (empty if it is not named)."""
    found = _SHARE.search(before, max(0, len(before) - 60))
    return None if found is None else (found.start(), found["of"].strip())
