"""Sentences that a text file breaks over lines: at the edge of a page, or all at one width.

Text saved from a PDF or a word processor breaks sentences at the page's edge, sometimes with a blank line between.
Joining wrongly is worse than not joining: two titles run together name a table that does not exist, while half a
sentence still shows its numbers. So the next line must not begin like a heading, a list item, a label (“单位：万元”) or
a table's title, nor be itself a bare title (no punctuation, ends like one); neither may be a row of amounts; and

- where the file has no width of its own, the former line is long (40 characters: nothing shorter reaches the edge of a
  page) and mostly Chinese, is running text (it has a comma of some sort; titles and labels have none), and does not end
  a sentence;
- where most sentences end at one width, the former line reaches it: what the next begins with had no room on it.

A line that ends with a comma goes on in any case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_FULL_LINE = 40
_SENTENCE_END = tuple('。；：！？”）.;:!?")】》…')
_RUNNING = re.compile(r"[，、；。,]")
_SUM = re.compile(r"\d\s*(?:亿元|万元|元)")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_COMMA = ("，", "、", ",")
_NUMERALS = "一二三四五六七八九十百零〇"
_NUMBERED = re.compile(
    rf"[（(][{_NUMERALS}\d]+[）)]"
    rf"|[{_NUMERALS}]+[、.．]"
    rf"|\d+(?:[、．)）]|\.(?!\d))"
    rf"|第[{_NUMERALS}\d]+(?:部分|[章节条项])"
    rf"|附?[表图件]\s*[{_NUMERALS}\d：:]"
    r"|[①-⑳⑴-⒇●■◆▲★▪•·※○□\-—*#>|]"
)
_LABEL = re.compile(r"[\u4e00-\u9fff（）()、]{2,12}[：:]")
_BARE_TITLE = re.compile(r"[^，。；、：]*(?:表|目录|说明|情况|[）)])\Z")
# What no paragraph begins with: its subject is in the sentence before.
_LEANS = re.compile(r"其中|同比|[比较]上年|与上年|(?:主要|变动|变化|增减|增加|增长|减少|下降|上升)*的?(?:主要)?原因")
# What no paragraph ends with: the parts are still to be told.
_DIVIDING = re.compile(r"其中[：:]\Z")
_ROW = re.compile(r"(?:\s[-－]?[\d,]+(?:\.\d+)?%?|\s[-－—]+){2,}\s*\Z")

_NARROWEST = 30  # columns; a Chinese character takes two
_ROOM = 10  # columns that a line of the width may lack: an indent, what could not be broken
_SLACK = 8  # the same where what could not be broken is known
_LEAST_LINES = 6
_MOST_REACH = 0.7
_FEW_EXCEED = 0.1
_WIDEST_RANK = 0.9
_TOKEN = re.compile(r"[A-Za-z\d.,%]+[，。；、：,;:]?|.[，。；、：,;:]?")


def own_width(lines: Sequence[str]) -> int | None:
    """The width in columns at which most sentences of the lines are broken; ``None`` where there is no such width."""
    texts = [line.rstrip() for line in lines if line.strip() and "\t" not in line and "|" not in line]
    broken = sorted(columns(text) for text in texts if _is_broken(text))
    if len(broken) < _LEAST_LINES:
        return None
    width = broken[int(len(broken) * _WIDEST_RANK) - 1]
    reach = sum(width - _ROOM <= each <= width + _ROOM // 2 for each in broken)
    exceed = sum(columns(text) > width + _ROOM // 2 for text in texts)
    return width if reach >= _MOST_REACH * len(broken) and exceed <= _FEW_EXCEED * len(texts) else None


def _is_broken(text: str) -> bool:
    """Whether a line is running text that does not end a sentence, and is not too short to have an edge."""
    return (
        columns(text) >= _NARROWEST and _is_running(text) and not text.endswith(_SENTENCE_END) and not _ROW.search(text)
    )


def columns(text: str) -> int:
    """How many columns a text takes: two for a full-width character, one for any other."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WFA" else 1 for sign in text)


def goes_on(former: str, last: str, text: str, width: int | None) -> bool:
    """Whether ``text`` goes on the paragraph ``former``, whose last line of the file is ``last``.

    ``last`` keeps its indent; ``width`` is what ``own_width`` says of the file.
    """
    if _NUMBERED.match(text) or _ROW.search(last) or _ROW.search(text):
        return False
    if former.endswith(_COMMA) and _CHINESE.search(former):
        return True
    if _LABEL.match(text) or _BARE_TITLE.match(text):
        return False
    if width is not None:
        token = _TOKEN.match(text)
        room = width - _SLACK - columns(last)
        if token is not None and columns(token[0]) > room and _is_running(former):
            ended = former.endswith(_SENTENCE_END) and _DIVIDING.search(former) is None
            return not ended or (former.endswith("。") and _LEANS.match(text) is not None)
    tail = former[-_FULL_LINE:]
    return (
        len(former) >= _FULL_LINE
        and len(_CHINESE.findall(tail)) * 2 >= len(tail)
        and _RUNNING.search(former) is not None
        and not former.endswith(_SENTENCE_END)
    )


def _is_running(text: str) -> bool:
    number = _NUMBERED.match(text.strip())
    words = text.strip()[number.end() if number is not None else 0 :]
    return _RUNNING.search(words) is not None or _SUM.search(words) is not None
