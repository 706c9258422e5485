"""Text that breaks off at the end of a page: the sentence has no end, and the next page begins something else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from mingzhang.cube import Disclosure, Paragraph
from mingzhang.cube.finding import Finding
from mingzhang.rules.margins import ends_short
from mingzhang.rules.prose import ordinal, prose
from mingzhang.rules.rule import Rule

_SHORTEST = 20
_SHOWN = 24
_GOES_ON = "，、,（(“及和与的"


def check(disclosure: Disclosure) -> Iterator[Finding]:
    """The last paragraph of a page that ends within a sentence, where the next page's begins with a number of its own."""
    paragraphs = prose(disclosure)
    for index, paragraph in enumerate(paragraphs):
        if is_cut(disclosure, paragraphs, index):
            end = len(paragraph.text.rstrip())
            words = "".join(paragraph.text[max(0, end - _SHOWN) : end].split())
            yield Finding(
                rule="text-cut",
                level="warning",
                message=(
                    f"第{_last_page(paragraph)}页末的文字到“{words}”中断，没有句末标点，下一页另起一项；应补上缺失的文字。"
                ),
                key=(words,),
                places=(paragraph.at(max(0, end - _SHOWN), end),),
            )


def is_cut(disclosure: Disclosure, paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether a paragraph breaks off at the end of its page; not if its last line ends well before the margin."""
    paragraph = paragraphs[index]
    following = paragraphs[index + 1] if index + 1 < len(paragraphs) else None
    page = _last_page(paragraph)
    if page is None or not _breaks_off(paragraph.text) or disclosure.pages is None:
        return False
    if following is None:
        cut = page < disclosure.pages and _table_begins(disclosure, page + 1)
    else:
        after = following.source.page
        cut = after is not None and after > page and ordinal(following.text) is not None
    return cut and not ends_short(paragraphs, index)


def _last_page(paragraph: Paragraph) -> int | None:
    return paragraph.anchors[-1][1].page if paragraph.anchors else paragraph.source.page


def _breaks_off(text: str) -> bool:
    """Whether a sentence has begun, with a comma or after a full stop, and has no end."""
    plain = text.rstrip()
    if len(plain) < _SHORTEST or not any(mark in plain for mark in "，。；"):
        return False
    last = plain[-1]
    return last in _GOES_ON or "\u4e00" <= last <= "\u9fff"


def _table_begins(disclosure: Disclosure, page: int) -> bool:
    return any(table.source.page == page for table in disclosure.tables)


RULES = (
    Rule(
        id="text-cut",
        title="页末文字没有中断",
        sentence="每一段文字应当有头有尾，不在页末中断。",
        basis="惯例：公开文件应当完整；《地方预决算公开操作规程》（财预〔2016〕143号）要求公开内容真实、准确、完整。",
        why="转换格式或合并文件时，超出页面的文字会丢失，读者看不到原因和金额。",
        how_to_fix="对照原稿补上缺失的文字，重新生成文件。",
        example="第8页末“主要原因是人员调整及”之后，第9页从“（三）”开始。",
        levels=("warning",),
        check=check,
    ),
)
