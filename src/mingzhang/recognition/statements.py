"""The narrative as statements: where one subject ends and the next begins, and what is said of each.

Only the words are looked at here; which point of the cube a subject is at comes from ``claims``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from mingzhang.cube.amount import Amount, parse_amount, unit_named
from mingzhang.cube.disclosure import Observation
from mingzhang.cube.statement import Comparison, Direction, Quote, Stated, Statement
from mingzhang.documents.model import Line
from mingzhang.recognition.headings import heading_of
from mingzhang.recognition.numbers import BLANK, THRESHOLD, numbers_and_blanks_in, numbers_in
from mingzhang.recognition.subjects import function_of, path_names

_UNIT = re.compile(r"\s*(亿元|百万元|万元|千元|元|%|％)(?!\s*[/／])")
_BREAK = re.compile(r"[；。！？;!?：:]|(?<!\d)[,，]|[,，](?!\d)")
_STOP = re.compile(r"[。！？!?]")
# What only says which year or stage an amount is of: it names no new subject.
_SAME_SUBJECT = re.compile(
    r"(?:(?:19|20)\d\d|年度?|上年|去年|本年|当年|今年|年初|年末|全年|调整|执行|完成|批复|预算|决算|支出|收入|拨款|财政|安排|申请"
    r"|预计|共计|合计|数|额|为|是|了|的|约|共|计|其中|[:：、“”\"\s])*+\Z"
)
_UP, _DOWN = "增加|增长|上升|提高|增幅", "减少|下降|降低|压减|压缩|减幅|降幅|核减"
_MOVED = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))(?:幅度)?[了为约达:：\s]*\Z")
_EVEN = re.compile(
    r"持平|无增减变化|无增减|无变化|没有变化|未发生变化|保持不变|相同(?=[，。；]|\Z)|一致(?=[，。；]|\Z)"
)
_BASE = re.compile(
    r"(?:比|较|与|同|和)\s*(?P<base>(?:(?:19|20)\d\d\s*年|上年|上一年|去年|年初|年中|全年|预算|调整)[^，。；：比较]{0,20}?)"
    r"(?:相比|对比|比较|比)?[,，]?(?=[各均总]|收|增|减|下|上升|提|持|降|压|无|没|保|未|相同|一致|\Z)"
)
_REASON = re.compile(
    r"(?:主要)?(?:增减|变动|变化|增加|增长|减少|下降)?(?:的)?(?:主要)?原因(?:主要)?(?:分析)?[是为系在于:：]{0,3}"
    r"|主要(?:是)?由于|主要是因为|主要系"
)
_PURPOSE = re.compile(r"主要(?:是)?用于[:：]?(?!以下|如下)")
_LIST_END = re.compile(r"[。；;，,]")
_LISTED = re.compile(r"(?:主要)?(?:包括|用于|包含)[:：]?")
_LEAD = re.compile(r"\A(?:[、，,：:\s]|其中|包括|一是|二是|三是)+")
_TRAIL = re.compile(r"[，。；：:;,、\s]+其中[，：:\s]*\Z")
_AMOUNT = re.compile(rf"(?:\d[\d.,，]*|{BLANK.pattern})\s*(?:亿元|万元|千元|元)")
_LONGEST_SUBJECT = 160


@dataclass(slots=True)
class _Draft:
    line: Line
    start: int
    end: int
    subject: tuple[int, int]
    number: str | None = None
    headings: tuple[str, ...] = ()
    amounts: list[tuple[Stated, int]] = field(default_factory=list)
    comparisons: list[Comparison] = field(default_factory=list)
    is_blank: bool = False  # its amount was not filled in


def statements_of(lines: Sequence[Line], observed: Mapping[tuple[int, int], Observation]) -> tuple[Statement, ...]:
    """The statements of the narrative in reading order.

    ``observed`` gives the observation of a number by the index of its line and its offset there.
    """
    found: list[Statement] = []
    above: dict[int, str] = {}
    for index, line in enumerate(lines):
        heading = heading_of(line.text)
        if heading is not None:
            above = {level: words for level, words in above.items() if level < heading.level}
        headings = tuple(above[level] for level in sorted(above))
        drafts = list(_drafts(line, index, observed))
        for draft in drafts:
            draft.headings = headings
            found.append(_finished(draft, index))
        if heading is not None:
            above[heading.level] = heading.words.strip()
    return tuple(found)


def _drafts(line: Line, index: int, observed: Mapping[tuple[int, int], Observation]) -> Iterator[_Draft]:
    text = line.text
    heading = heading_of(text)
    draft: _Draft | None = None
    if heading is not None:
        draft = _Draft(line, 0, len(text), (heading.start, heading.end), heading.number)
    begin = heading.start if heading is not None else 0
    for start, end in _clauses(text, begin):
        position = start
        for token in numbers_and_blanks_in(text[start:end]):
            unit = _UNIT.match(text, start + token.end)
            if unit is None or token.overlong or THRESHOLD.match(text, start + token.end):
                continue
            at = start + token.start
            words = text[position:at]
            moved = _MOVED.search(words)
            unit_name = unit[1].replace("％", "%")
            if token.is_blank:
                if moved is None and unit_name != "%":
                    if draft is None or _names_another(draft, words):
                        if draft is not None:
                            draft.end = start
                            yield draft
                        draft = _Draft(line, start, len(text), (position, at))
                    draft.is_blank = True
                position = unit.end()
                continue
            amount = parse_amount(token.text, unit_named(unit_name))
            if moved is not None and draft is not None:
                _compare(draft, text, start, position, at, moved, amount)
            elif moved is None and amount.unit.is_money:
                if draft is None or _names_another(draft, words):
                    if draft is not None:
                        draft.end = start
                        yield draft
                    draft = _Draft(line, start, len(text), (position, at))
                draft.amounts.append((_stated(line, words, at, token.text, amount, observed.get((index, at))), at))
            elif draft is not None:
                draft.amounts.append((_stated(line, words, at, token.text, amount, observed.get((index, at))), at))
            position = unit.end()
        if draft is not None:
            _even(draft, text, position, end)
    if draft is not None:
        yield draft


def _clauses(text: str, begin: int) -> Iterator[tuple[int, int]]:
    start = begin
    for match in _BREAK.finditer(text, begin):
        yield start, match.start()
        start = match.end()
    if start < len(text):
        yield start, len(text)


def _names_another(draft: _Draft, words: str) -> bool:
    """Whether the words before an amount name a new subject, and the draft has an amount (or its blank) already."""
    has_amounts = bool(draft.amounts) or bool(draft.comparisons) or draft.number is None or draft.is_blank
    return has_amounts and _SAME_SUBJECT.match(words) is None


def _stated(line: Line, words: str, at: int, printed: str, amount: Amount, seen: Observation | None) -> Stated:
    source = line.source_at(at, at + len(printed))
    return Stated(words.strip(), amount, source, seen.point if seen is not None else None)


def _compare(
    draft: _Draft, text: str, clause: int, position: int, at: int, moved: re.Match[str], amount: Amount
) -> None:
    """增加 x, or the rate after it: both belong to one comparison if no new base is named between."""
    direction: Direction = "up" if moved["up"] else "down"
    base = _BASE.search(text, position, position + moved.start())
    last = draft.comparisons[-1] if draft.comparisons else None
    money = amount.unit.is_money
    figure = draft.line.source_at(at, at + len(amount.printed))
    if base is None and last is not None and last.direction == direction:
        if money and last.amount is None:
            draft.comparisons[-1] = Comparison(direction, last.base, last.source, amount, last.rate, figure)
            return
        if not money and last.rate is None:
            draft.comparisons[-1] = Comparison(direction, last.base, last.source, last.amount, amount, last.figure)
            return
    words = base["base"].strip() if base is not None else _base_before(text, clause)
    start = base.start() if base is not None else position + moved.start()
    source = draft.line.source_at(start, at + len(amount.printed))
    change, rate = (amount, None) if money else (None, amount)
    draft.comparisons.append(Comparison(direction, words, source, change, rate, figure))


def _base_before(text: str, clause: int) -> str:
    """与上年相比，增加…: the base may end the clause before."""
    before = _BREAK.sub("，", text[max(0, clause - 40) : clause]).rstrip("，")
    found = _BASE.search(before[before.rfind("，") + 1 :])
    return found["base"].strip() if found is not None else ""


def _even(draft: _Draft, text: str, position: int, end: int) -> None:
    found = _EVEN.search(text, position, end)
    if found is None:
        return
    base = _BASE.search(text, position, found.start())
    if base is None and found[0] != "持平":
        return
    start = base.start() if base is not None else found.start()
    words = base["base"].strip() if base is not None else ""
    draft.comparisons.append(Comparison("even", words, draft.line.source_at(start, found.end())))


def _finished(draft: _Draft, paragraph: int) -> Statement:
    line, text = draft.line, draft.line.text
    start, end = draft.subject
    subject = text[start:end]
    if len(subject) > _LONGEST_SUBJECT:
        start = max(start, end - _LONGEST_SUBJECT)
        subject = text[start:end]
    stripped = _LEAD.sub("", _AMOUNT.split(subject, maxsplit=1)[0]).strip()
    lead = start + subject.find(stripped)
    point = next((stated.point for stated, _ in draft.amounts if stated.point is not None), None)
    code = point.function if point is not None else None
    return Statement(
        source=line.source_at(draft.start, draft.end),
        subject=Quote(stripped, line.source_at(lead, lead + len(stripped))),
        headings=draft.headings,
        number=draft.number,
        path=path_names(stripped),
        code=code or function_of(stripped),
        point=point,
        amounts=tuple(stated for stated, _ in draft.amounts),
        comparisons=tuple(draft.comparisons),
        reason=_words_after(draft, _REASON),
        purpose=_purpose(draft),
        listed=_listed(draft),
        paragraph=paragraph,
        span=(draft.start, draft.end),
    )


def _words_after(draft: _Draft, mark: re.Pattern[str]) -> Quote | None:
    text = draft.line.text
    found = mark.search(text, draft.start, draft.end)
    if found is None:
        return None
    stop = _STOP.search(text, found.end(), draft.end)
    return _quote(draft.line, found.end(), stop.start() if stop is not None else draft.end)


def _quote(line: Line, start: int, end: int) -> Quote | None:
    words = line.text[start:end]
    kept = _TRAIL.sub("", words.strip(" \t，。；：:;,、"))
    if not kept:
        return None
    at = start + words.index(kept)
    return Quote(kept, line.source_at(at, at + len(kept)))


def _purpose(draft: _Draft) -> Quote | None:
    found = _words_after(draft, _PURPOSE)
    if found is not None and any(_UNIT.match(found.text, token.end) for token in numbers_in(found.text)):
        return None  # an enumeration with amounts: its members are statements of their own
    return found


def _listed(draft: _Draft) -> tuple[Quote, ...]:
    """The names of an enumeration without amounts: at least two, parted by 、, up to the end of the clause."""
    text = draft.line.text
    names: list[Quote] = []
    for mark in _LISTED.finditer(text, draft.start, draft.end):
        stop = _LIST_END.search(text, mark.end(), draft.end)
        end = stop.start() if stop is not None else draft.end
        parts = text[mark.end() : end].split("、")
        if len(parts) < 2 or any(character.isdigit() for part in parts for character in part):
            continue
        at = mark.end()
        for part in parts:
            name = unicodedata.normalize("NFKC", part).strip()
            if name:
                names.append(Quote(name, draft.line.source_at(at, at + len(part))))
            at += len(part) + 1
        break
    return tuple(names)
