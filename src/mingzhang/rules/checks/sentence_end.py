"""The mark that ends a sentence: there, and not the one that ends an item of a list."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mingzhang.cube import Disclosure, Paragraph
from mingzhang.cube.finding import Finding
from mingzhang.rules.checks.text_cut import is_cut
from mingzhang.rules.margins import ends_short, margins
from mingzhang.rules.prose import Ordinal, ordinal, prose
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import around

_CLOSING = "。！？；：!?;:"
_MANY, _FEW = 5, 0.1
_LONG_LINE = 80  # characters of a line of a text file that nobody broke
_SLOGAN = 30  # characters of a heading without a number, at most
_SHORTEST, _LONG, _SENTENCE = 12, 22, 15
_AROUND = 12
_MARKED = 6  # characters at the end that are marked: what stands before them may be on another page
_TAIL = 60  # how long a remark in brackets behind the last sentence may be
_REACH, _FEWEST_SIBLINGS, _MOST_BARE = 40, 2, 0.25
_INDENT = 1.0  # in widths of a character
_SEVERAL, _NEAR, _MANY_ALIKE = 2, 4, 3
_BRACKETED = re.compile(r"[（(][^（()）]*[)）]")
_COMMA = re.compile(r"，|(?<!\d),|,(?!\d)|[；;。]")
_LEADERS = re.compile(r"[.．·•…]{4,}")
_LAST_WORD = re.compile(r"[\u4e00-\u9fff\d元%％）)”》】]\Z")
_WORD_END = re.compile(r"(?<!如下)(?<![公开表])[\u4e00-\u9fff）)】]\Z")
# What says something though it has no comma: the verb of the sentence, or the sum that it ends with.
_SAYS = re.compile(
    r"(?:没有|未|无|不)(?:使用|安排|发生|涉及|纳入|列入|编列|预算|购置)|用于|反映|[：:]\s*(?:是)?指|负责|承担|承办|共有|共计"
    r"|设有|内设|(?<!不)是(?!否)|隶属于|设在|共?设\s*\d|增加|减少|增长|下降|持平|(?<=[年度位门局委会心])\s*无[^，。]{2,25}(?:收入|支出|预算|经费)"
)
_YEAR = re.compile(r"\d\s*年")
_SUM_END = re.compile(r"\d\s*(?:万?元|辆|个|台|套|[%％]|台（套）)\Z")
# Titles, captions and labels, however long: they end in no mark.
_TITLE_END = re.compile(r"(?:情况|说明|[总简细图表]|目录|如下|以下|下列|分别[是为])\Z")
_NAME_END = re.compile(r"(?:报告|部分|附件|公开|方案|办法|通知|意见|规定)\Z")
_LABEL = re.compile(
    r"\s*(?:[注备附表图]|单位[：:]|填报|编制|部门名称|项目名称|预算(?:主管)?(?:部门|单位)|[^，。]{0,12}(?:联系|电话|邮编|地址|网址|传真)|[^，。：:]{0,8}[：:]\s*[\d—-])"
)
_CONTACT = re.compile(r"(?:电话|邮编|网址|邮箱|传真|联系人|联系方式)\s*[：:（(]|https?:|www\.")
_LEANS = re.compile(r"\s*(?:其中|同比|[比较与]上年|(?:主要)?原因|[，。、；：）)”》\d%％a-zA-Z])")
_DEFINED = re.compile(r"[^，。；：:]{2,30}[：:]\s*[^，。；：:\d\s][^：:]{7,}")
_LAST_OF_SEVERAL = re.compile(r"\A[^，；]{6,}(?:事项|工作|任务|职责|增加|减少|所致|持平)\Z")


def check(disclosure: Disclosure) -> Iterator[Finding]:
    """Sentences that end with no mark, in a document whose sentences do; last sentences that end with a semicolon."""
    paragraphs = prose(disclosure)
    usual, whole = _mostly_ended(paragraphs), _are_whole(disclosure)
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text.rstrip()
        if not text:
            continue
        mark = "。"
        if text[-1] in "；;":
            if not _is_last_of_its_list(paragraphs, index) or "。" in text[-2:]:
                continue
            problem = f"是一段的最后一句，以“{text[-1]}”结尾"
        elif is_cut(disclosure, paragraphs, index):
            continue  # it lacks more than its mark
        elif _is_bare(text) and _lacks_end(paragraphs, index, usual, whole):
            problem, mark = "缺少句末标点", _mark_of_list(paragraphs, index)
        else:
            continue
        words, last = around(text, len(text), len(text), _AROUND), text[-_MARKED:]
        yield Finding(
            rule="sentence-end",
            level="style",
            message=f"“…{words}”{problem}，应为“{mark}”。",
            key=(words,),
            places=(paragraph.at(max(0, len(text) - _MARKED), len(text)),),
            reported=text[-1] if text[-1] in "；;" else last,
            expected=mark if text[-1] in "；;" else last + mark,
        )


def _is_bare(text: str) -> bool:
    """Whether it ends in a word: in no mark, and in no bracket behind one (…支出。（含补记支出）)."""
    if not _LAST_WORD.search(text) or _LEADERS.search(text):
        return False
    tail = text[-_TAIL:]
    before = re.sub(r"(?:[（(][^（()）]*[)）]|[”》）)】])+\Z", "", tail)
    return not before or before == tail or before[-1] not in _CLOSING + "…"


def _lacks_end(paragraphs: Sequence[Paragraph], index: int, usual: bool, whole: bool) -> bool:
    text = paragraphs[index].text.rstrip()
    if paragraphs[index].source.scan is not None:
        return False  # a full stop is what a picture is first to lose
    if _is_unfinished(text):
        return _is_over(paragraphs, index) or _begins_anew(paragraphs, index, whole)
    if _is_alone(paragraphs, index) and (_is_over(paragraphs, index) or _is_followed_alike(paragraphs, index)):
        return True
    if not _is_over(paragraphs, index) and not _begins_anew(paragraphs, index, whole):
        return False
    ended, bare = _siblings(paragraphs, index)
    if bare and bare > _MOST_BARE * (ended + bare):
        return False  # the list goes without
    if ended >= _FEWEST_SIBLINGS and _is_item(text) and _is_next_or_last(paragraphs, index, whole):
        return True
    return usual and _is_statement(text) and not _may_be_heading(paragraphs, index)


def _is_statement(text: str) -> bool:
    """Whether it says something, as no title, caption or label does."""
    number = ordinal(text)
    words = _BRACKETED.sub("", text[number.end if number is not None else 0 :]).strip()
    if len(words) < _SHORTEST or _TITLE_END.search(text) or _LABEL.match(words) or _CONTACT.search(text):
        return False
    says = _SAYS.search(text) is not None and not _NAME_END.search(text)
    if len(text) >= _SENTENCE and (says or (_SUM_END.search(text) and _YEAR.search(text))):
        return True
    return len(text) >= _LONG and _COMMA.search(words) is not None


def _is_item(text: str) -> bool:
    """Whether it may be one of several items that are sentences."""
    return len(text) >= _SENTENCE and not _TITLE_END.search(text) and not _CONTACT.search(text)


def _mostly_ended(paragraphs: Sequence[Paragraph]) -> bool:
    """Whether nearly all paragraphs that are sentences end as such: then one that does not is a slip."""
    said = [text for p in paragraphs if _is_statement((text := p.text.rstrip()).rstrip(_CLOSING + "，、…."))]
    return len(said) >= _MANY and sum(map(_is_bare, said)) <= max(1, _FEW * len(said))


def _may_be_heading(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """（一）聚焦主业，提升水平: a number, no figures, no sentence ended, and below it text of its own."""
    text = paragraphs[index].text.rstrip()
    number, following = ordinal(text), _after(paragraphs, index)
    if re.search(r"[。；]|\d\s*(?:万?元|[%％])", text) or len(text) > (_SLOGAN if number is None else _REACH):
        return False
    if number is None:
        return not _SAYS.search(text)
    after = ordinal(following.text) if following is not None else None
    return following is not None and (after is None or (after.style != number.style and after.value == 1))


def _after(paragraphs: Sequence[Paragraph], index: int) -> Paragraph | None:
    return paragraphs[index + 1] if index + 1 < len(paragraphs) else None


def _is_over(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether what follows has a number of its own, or nothing follows."""
    following = _after(paragraphs, index)
    return following is None or ordinal(following.text) is not None


def _are_whole(disclosure: Disclosure) -> bool:
    """Whether what was read as a paragraph is one: not of pages, nor of a text file broken at some width."""
    kinds = {file.kind for file in disclosure.files}
    long = any(len(p.anchors) <= 1 and len(p.text) >= _LONG_LINE for p in disclosure.text)
    return bool(kinds) and all(kind in ("docx", "html") or (kind == "txt" and long) for kind in kinds)


def _begins_anew(paragraphs: Sequence[Paragraph], index: int, whole: bool) -> bool:
    """Whether what follows without a number is another paragraph, and not the rest of this one.

    On a page either the last line ends short of the margin, or the next one is indented as this one is. Where
    paragraphs are not whole, what follows must be a title.
    """
    paragraph, following = paragraphs[index], _after(paragraphs, index)
    if following is None:
        return True
    length = len(paragraph.text.rstrip())
    end, own, other = paragraph.at(length - 1, length), paragraph.at(0, 1), following.at(0, 1)
    if end.bbox is None or own.bbox is None or other.bbox is None:
        return whole or (_LEANS.match(following.text) is None and _is_title(following.text))
    width = end.bbox[2] - end.bbox[0]
    if own.bbox[0] - other.bbox[0] > _INDENT * width:
        return False
    left, _ = margins(paragraphs, index)
    return ends_short(paragraphs, index) or other.bbox[0] - left > _INDENT * width


def _is_title(text: str) -> bool:
    """Whether a line is short and running text is not: a title, or a label (联系人：)."""
    return len(text.strip()) <= _LONG and re.match(r"[^，。；：:、]+(?:\Z|[：:])", text.strip()) is not None


def _is_unfinished(text: str) -> bool:
    """Whether the last of several sentences has no end, though it is a whole one: …。主要原因是人员增加"""
    last = text.rpartition("。")[2]
    if text.count("。") >= _SEVERAL and _LAST_OF_SEVERAL.search(last) and not re.search(r"[：:\d]", last):
        return True
    return (
        "。" in text
        and len(last) >= _SENTENCE
        and _COMMA.search(last) is not None
        and not re.search(r"如下\Z|[：:]", last)
    )


def _shape(text: str) -> str | None:
    """What a paragraph is to its neighbours: a definition (基本支出：指…), a sentence; None for a title or a name."""
    if len(text) < _SENTENCE or _LEADERS.search(text):
        return None
    if _DEFINED.match(text):
        return "definition"
    return "sentence" if _COMMA.search(text) else None


def _is_followed_alike(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether both are definitions: the second begins anew without a number, and does not go on with the first."""
    return _shape(paragraphs[index].text) == _shape(paragraphs[index + 1].text.rstrip()) == "definition"


def _is_alone(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether all its neighbours of the same shape, several of them, end with a full stop, and it ends in a word."""
    text = paragraphs[index].text.rstrip()
    shape = _shape(text)
    if shape is None or not _WORD_END.search(text):
        return False
    around = (paragraphs[max(0, index - _NEAR) : index][::-1], paragraphs[index + 1 : index + 1 + _NEAR])
    alike: list[str] = []
    for side in around:
        for other in side:
            if _shape(other.text.rstrip()) != shape:
                break
            alike.append(other.text.rstrip())
    return len(alike) >= _MANY_ALIKE and all(other[-1] in "。；" for other in alike)


def _is_last_of_its_list(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether what follows begins something else: no next item of the same list, nor the first of a list."""
    following = _after(paragraphs, index)
    number, after = ordinal(paragraphs[index].text), ordinal(following.text) if following is not None else None
    if after is None:
        return False
    return after.value > 1 and (number is None or after.style != number.style)


def _is_next_or_last(paragraphs: Sequence[Paragraph], index: int, whole: bool) -> bool:
    """Whether the next item of the list follows, or what an outer list goes on with."""
    number, following = ordinal(paragraphs[index].text), _after(paragraphs, index)
    if number is None or following is None:
        return number is not None
    after = ordinal(following.text)
    if after is None:
        return _begins_anew(paragraphs, index, whole) and len(following.text.strip()) < _SHORTEST
    return _counts_on(number, after) or (after.style != number.style and after.value > 1)


def _items(paragraphs: Sequence[Paragraph], index: int) -> Iterator[str]:
    """The other items of its list, as far as their numbers go on without a gap."""
    own = ordinal(paragraphs[index].text)
    if own is None:
        return
    for step in (-1, 1):
        expected = own.value + step
        stop = max(-1, index - _REACH) if step < 0 else min(len(paragraphs), index + _REACH)
        for at in range(index + step, stop, step):
            number = ordinal(paragraphs[at].text)
            if number is None or number.style != own.style:
                continue
            if number.value != expected:
                break
            yield paragraphs[at].text.rstrip()
            expected += step


def _siblings(paragraphs: Sequence[Paragraph], index: int) -> tuple[int, int]:
    """How many of the other items of its list end in a mark, and how many in a word."""
    others = list(_items(paragraphs, index))
    bare = sum(_is_bare(text) for text in others)
    return len(others) - bare, bare


def _counts_on(number: Ordinal, after: Ordinal) -> bool:
    return (after.style, after.value) == (number.style, number.value + 1)


def _mark_of_list(paragraphs: Sequence[Paragraph], index: int) -> str:
    """；where the items of its list end so and another one follows; else 。"""
    others = list(_items(paragraphs, index))
    number, following = ordinal(paragraphs[index].text), _after(paragraphs, index)
    after = ordinal(following.text) if following is not None else None
    goes_on = after is not None and number is not None and _counts_on(number, after)
    return "；" if goes_on and sum(text[-1:] in "；;" for text in others) * 2 > len(others) else "。"


RULES = (
    Rule(
        id="sentence-end",
        title="句末标点完整",
        sentence="陈述句以句号结尾；分项列示的，最后一项以句号结尾。",
        basis="惯例：国家标准《标点符号用法》（GB/T 15834—2011）。",
        why="句末没有标点或用分号，常是从别处复制、文字没有写完。",
        how_to_fix="改为句号；文字没有写完的，补写完整。",
        example="“其他收入6.2万元，占0.21%；”后另起一节，“；”应为“。”。",
        levels=("style",),
        check=check,
    ),
)
