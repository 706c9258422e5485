"""What a template, a word processor or a web page left behind: choices not made, blanks not filled, fields, tags."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from mingzhang.cube import Disclosure
from mingzhang.cube.finding import Finding
from mingzhang.rules.prose import prose
from mingzhang.rules.rule import Rule
from mingzhang.rules.together import together
from mingzhang.rules.written import Written, written

_UP, _DOWN = ("增加", "增长", "上升", "提高"), ("减少", "下降", "降低")
_ANY_UP, _ANY_DOWN = "|".join(_UP), "|".join(_DOWN)
_CHOICE = re.compile(
    rf"(?P<first>{_ANY_UP})(?:[(（/／](?P<down>{_ANY_DOWN})[)）]?)|(?P<other>{_ANY_DOWN})(?:[(（/／](?P<up>{_ANY_UP})[)）]?)"
    r"|(?P<more>大于)[(（/／]小于[)）]?|(?P<less>小于)[(（/／]大于[)）]?"
)
_DIRECTION = re.compile(f"{_ANY_UP}|{_ANY_DOWN}|大于|小于")
_BODY = re.compile(r"(?<=[局委办厅室院会处团府社协校站队所本])(?:部门[(（]单位[)）]|单位[(（]部门[)）])")
_INSTRUCTION = re.compile(
    r"(?<=[，,、；])列明|如持平作持平表述|不涉及的不列|按上述格式|作下述说明|[(（](?:如无|若无|如有|若有)[^()（）]{0,30}(?:请|填|删|说明|表述)[^()（）]{0,20}[)）]"
    r"|[(（](?:请|此处|需)[^()（）]{0,12}(?:填写|填列|说明|列明|补充|修改|删除|选择)[^()（）]{0,30}[)）]"
)
_BLANK = re.compile(
    r"(?<![A-Za-z0-9@])(?:[XxＸ×]{2,}|qq)(?![A-Za-z0-9.])|[×＊]{2,}|\*{3,}|\*{2,}(?=\s*(?:亿元|万元|元|%|％|[个人次辆台批名家户项]))|某某|_{4,}|[○〇△]{2,}|待补充"
)
# 占总支出 %, 比上年减少 万元: the number is wanting.
_UNFILLED = re.compile(
    r"占[^，。；：、\dXxＸ×*%％()（）]{0,16}?\s*[%％](?=\s*(?:[，,。；;、]|\Z))"
    rf"|(?:{_ANY_UP}|{_ANY_DOWN})了?\s*(?:亿元|万元|元|%|％)(?=\s*(?:[，,。；;、]|\Z))"
)
_FIELD = re.compile(
    r"PAGEREF|HYPERLINK|MERGEFORMAT|_Toc\d{3,}|TOC\s\\|(?:错误|Error)[!！]\s*(?:未|Reference|Bookmark)", re.IGNORECASE
)
_TAG = re.compile(
    r"</?(?:br|p|div|span|td|tr|th|table|tbody|font|b|i|u|a|img|strong|o:p|li|ul|h\d)(?:\s[^<>]{0,200})?/?>"
    r"|&(?:nbsp|lt|gt|amp|quot|#\d{2,5});|_x000[AaDd]_|\\[rn](?![a-zA-Z])",
    re.IGNORECASE,
)


def _found(text: Written, start: int, end: int, rule: str, problem: str, expected: str | None = None) -> Finding:
    printed = text.words[start:end]
    return Finding(
        rule=rule,
        level="style",
        message=f"{text.where}“{text.around(start, end)}”中的“{printed}”{problem}。",
        key=(printed, text.around(start, end)),
        places=(text.at(start, end),),
        reported=printed,
        expected=expected,
    )


def _choices(disclosure: Disclosure) -> Iterator[Finding]:
    """增加（减少）, 部门（单位）: a choice that the template left to the author."""
    for text in written(disclosure, cells=False):
        for match in _CHOICE.finditer(text.words):
            if match.end() < len(text.words) and text.words[match.end()] in "的或情":
                continue  # 增加（减少）的原因 names a kind of reason, or a column
            chosen = _chosen(text.words, match)
            hint = f"，按前文应为“{chosen}”" if chosen else ""
            problem = f"是模板中的选择项，没有选定{hint}"
            yield _found(text, match.start(), match.end(), "template-choice", problem, chosen)
        for match in _BODY.finditer(text.words):
            yield _found(text, match.start(), match.end(), "template-choice", "是模板中的选择项，应当选定或删去")


def _chosen(words: str, match: re.Match[str]) -> str | None:
    """Which of the two words the direction before it in the sentence calls for."""
    begin = max(words.rfind(mark, 0, match.start()) for mark in "。；")
    if _CHOICE.search(words, begin + 1, match.start()):
        return None  # the one before was not made either
    before = [found[0] for found in _DIRECTION.finditer(words, begin + 1, match.start())]
    if not before:
        return None
    pair = [part for part in match.groups() if part]
    if len(pair) == 1:
        pair = ["大于", "小于"]
    up = before[-1] in (*_UP, "大于")
    return next((word for word in pair if (word in (*_UP, "大于")) == up), None)


def _instructions(disclosure: Disclosure) -> Iterator[Finding]:
    """Words of the template that tell the author what to write."""
    for text in written(disclosure, cells=False):
        for match in _INSTRUCTION.finditer(text.words):
            yield _found(text, match.start(), match.end(), "template-instruction", "是模板中的填写要求，应当删去")


def _blanks(disclosure: Disclosure) -> Iterator[Finding]:
    """XX, ××, 某某: a place that was to be filled in, one finding for each kind and page; 占 %: a number not filled in."""
    seen: set[tuple[str, tuple[str, int] | None, int | None]] = set()
    for text in written(disclosure):
        for match in _BLANK.finditer(text.words):
            place = text.at(match.start(), match.end())
            if (match[0][:2], place.sheet_of_paper, place.line) in seen:
                continue
            seen.add((match[0][:2], place.sheet_of_paper, place.line))
            yield _found(text, match.start(), match.end(), "placeholder", "是占位符，没有填写实际内容")
    for text in written(disclosure, cells=False):
        for match in _UNFILLED.finditer(text.words):
            yield _found(text, match.start(), match.end(), "placeholder", "没有填写数字")


def check_field(disclosure: Disclosure) -> Iterator[Finding]:
    """Field codes of a word processor and tags of a web page, on the contents page too."""
    narrative = set(map(id, prose(disclosure)))
    contents = (Written(p.text, p) for p in disclosure.text if id(p) not in narrative)
    for text in chain(contents, written(disclosure)):
        for pattern, what in ((_FIELD, "Word域代码"), (_TAG, "网页标记")):
            match = pattern.search(text.words)
            if match is not None:
                yield _found(text, match.start(), match.end(), "markup-residue", f"是残留的{what}，应当删去")


_CUSTOM = "惯例：公开的是定稿，不应留有模板和排版软件的痕迹。"

RULES = (
    Rule(
        id="template-choice",
        title="模板中的选择项已选定",
        sentence="“增加（减少）”“部门（单位）”等模板中供选择的写法，应当按实际情况选定一个。",
        basis=_CUSTOM,
        why="没有选定的写法使读者不知道是增是减、是部门还是单位，也说明文稿未经核对。",
        how_to_fix="按本单位的实际情况保留一个，删去另一个和括号。",
        example="“比上年减少0.15万元，下降（增长）27.78%”应为“下降27.78%”。",
        levels=("style",),
        check=lambda disclosure: together(_choices(disclosure)),
    ),
    Rule(
        id="template-instruction",
        title="没有模板的填写要求",
        sentence="模板中告诉编制人如何填写的文字，定稿中应当删去。",
        basis=_CUSTOM,
        why="填写要求不是公开内容，留在文中说明文稿未经核对。",
        how_to_fix="删去该处文字。",
        example="“主要用于接待调研，列明公务接待2批次”中的“列明”应删去。",
        levels=("style",),
        check=lambda disclosure: together(_instructions(disclosure)),
    ),
    Rule(
        id="placeholder",
        title="没有占位符",
        sentence="“XX局”“××万元”等占位符应当替换为实际内容，“占 %”“减少 万元”等空处应当填上数字。",
        basis=_CUSTOM,
        why="占位符处缺少应当公开的内容。",
        how_to_fix="填写实际内容；不适用的，删去该处文字。",
        example="“XX局2024年度部门决算”没有填写单位名称。",
        levels=("style",),
        check=lambda disclosure: together(_blanks(disclosure)),
    ),
    Rule(
        id="markup-residue",
        title="没有排版软件的残留",
        sentence="正文和表格中不应当有Word域代码、网页标记等残留。",
        basis=_CUSTOM,
        why="残留的代码使读者看不懂，也常常代替了应有的页码或换行。",
        how_to_fix="删去残留的代码，需要换行或页码的重新生成。",
        example="目录中的“PAGEREF _Toc123456”，绩效目标中的“<br>”。",
        levels=("style",),
        check=check_field,
    ),
)
