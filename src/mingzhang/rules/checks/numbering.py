"""The numbers of headings and items: each once, none skipped."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from mingzhang.cube import Disclosure, Paragraph
from mingzhang.cube.finding import Finding, Level
from mingzhang.rules.contents import contents_lines
from mingzhang.rules.prose import Ordinal, ordinal, prose
from mingzhang.rules.rule import Rule

_DEPTH = {"part部分": 0, "part章": 0, "part节": 1, "part条": 1, "cn": 2, "bracketed": 3, "arabic": 4, "digits": 5}
_CN = ("", *"一二三四五六七八九")
_LONGEST, _FEWEST = 30, 2
_LEADS_ON = ("：", ":")
_LONGEST_HEADING = 20
_SUM = re.compile(r"\d\s*万?元")


@dataclass(slots=True)
class _Open:
    """A list that is being counted: its last number and line, and how many of its numbers were right so far."""

    last: Ordinal
    line: Paragraph
    right: int = 1
    seen: dict[int, Paragraph] = field(default_factory=dict)


def check(disclosure: Disclosure) -> Iterator[Finding]:
    """Numbers that come twice or leave one out, in the narrative; on the contents page, those that come twice."""
    for paragraph, number, last, step in _breaks(prose(disclosure)):
        yield _finding(paragraph, number, last, step)
    listed = tuple(Paragraph(words, source) for words, source in contents_lines(disclosure) if source is not None)
    for paragraph, number, last, step in _breaks(listed):
        if step == 0:  # an entry may be left out where two are printed on one line
            yield _finding(paragraph, number, last, step, "目录中")


def _breaks(paragraphs: tuple[Paragraph, ...]) -> Iterator[tuple[Paragraph, Ordinal, Ordinal, int]]:
    """Where a list that goes on rightly before and after repeats a number or leaves one out: the line, its number, the
    number before, the step between them."""
    found: list[tuple[Paragraph, Ordinal]] = [
        (paragraph, number) for paragraph in paragraphs if (number := ordinal(paragraph.text)) is not None
    ]
    place = {id(paragraph): index for index, paragraph in enumerate(paragraphs)}
    open_lists: dict[int, _Open] = {}
    told: set[int] = set()
    for index, (paragraph, number) in enumerate(found):
        depth = _DEPTH.get(number.style)
        if depth is None or not number.value:
            continue
        for deeper in [level for level in open_lists if level > depth]:
            del open_lists[deeper]
        current = open_lists.get(depth)
        if current is None or number.value == 1:
            again = current is not None and current.last.value == 1 and current.last.style == number.style
            if current is not None and again and _is_first_again(found, index, paragraphs, place, current.line):
                yield paragraph, number, current.last, 0
                told.add(depth)
            open_lists[depth] = _Open(number, paragraph)
            continue
        step = number.value - current.last.value
        skipped = paragraphs[place[id(current.line)] + 1 : place[id(paragraph)]] if step == 2 else ()
        there = step == 2 and (
            _is_inside(number, current.line.text) or any(_is_opened(number, p.text) for p in skipped)
        )
        doubtful = step in (0, 2) and not there
        repeated = step == 0 and _next_of(found, index) == number.value + 2  # 四、四、六: the second should be 五
        if step == 2 and depth in told:
            told.discard(depth)
        elif repeated or (doubtful and current.right >= _FEWEST and _goes_on(found, index, number)):
            yield paragraph, number, current.last, step
            told |= {depth} if repeated else set()
        current.right = current.right + 1 if step == 1 else 0 if step not in (0, 2) else current.right
        current.last, current.line = number, paragraph


def _is_first_again(
    found: list[tuple[Paragraph, Ordinal]],
    index: int,
    paragraphs: tuple[Paragraph, ...],
    place: dict[int, int],
    before: Paragraph,
) -> bool:
    """一、一、三: the second should be 二. （一）（一） and no more: likewise, if nothing between them begins a new list."""
    following = _next_of(found, index)
    paragraph, number = found[index]
    if following is not None or _DEPTH[number.style] > _DEPTH["bracketed"]:
        return following == number.value + 2
    if before.text.rstrip()[-1:] in _LEADS_ON:
        return False
    between = paragraphs[place[id(before)] + 1 : place[id(paragraph)]]
    if not between:
        sums = _SUM.search(paragraph.text) is not None and _SUM.search(before.text) is not None
        return paragraph.source.page == before.source.page or sums
    # （一）主要职责, what it says, （一）机构设置: two headings of one part, between which no other heading stands.
    own = _DEPTH[number.style]
    others = (p for p in between if _is_heading(p.text))
    deeper = all((other := ordinal(p.text)) is not None and _DEPTH.get(other.style, 0) > own for p in others)
    return _is_heading(before.text) and _is_heading(paragraph.text) and deeper


def _is_heading(text: str) -> bool:
    return len(text.strip()) <= _LONGEST_HEADING and re.search(r"[，。；：！？,;:\d]", text) is None


def _next_of(found: list[tuple[Paragraph, Ordinal]], index: int) -> int | None:
    """The next number of the same list, if one follows before any outer heading."""
    depth = _DEPTH[found[index][1].style]
    for _, other in found[index + 1 :]:
        level = _DEPTH.get(other.style, depth)
        if level <= depth:
            return other.value if level == depth else None
    return None


def _goes_on(found: list[tuple[Paragraph, Ordinal]], index: int, number: Ordinal) -> bool:
    """Whether the next number of the same style, before any outer heading, is the next one; or nothing follows."""
    depth = _DEPTH[number.style]
    for _, other in found[index + 1 :]:
        level = _DEPTH.get(other.style, depth)
        if level < depth:
            return True
        if level == depth:
            return other.value in (number.value + 1, 1)
    return True


def _is_inside(number: Ordinal, text: str) -> bool:
    """Whether the number left out stands within the line before, whose end was not broken."""
    words = _before(number)
    return any(form in text for form in (f"（{words}）", f"({words})", f"{words}、", f"{words}.", f"{words}．"))


def _is_opened(number: Ordinal, text: str) -> bool:
    """Whether the line opens with the number left out, without half its brackets."""
    words = _before(number)
    bracketed = number.style in ("bracketed", "digits")
    return bracketed and text.lstrip().startswith((f"（{words}", f"({words}", f"{words}）", f"{words})"))


def _before(number: Ordinal) -> str:
    """The number before, as that style writes it."""
    before = number.value - 1
    tens, units = divmod(before, 10)
    signs = f"{_CN[tens] if tens > 1 else ''}{'十' if tens else ''}{_CN[units]}"
    return signs if number.style in ("cn", "bracketed") else str(before)


def _finding(paragraph: Paragraph, number: Ordinal, last: Ordinal, step: int, where: str = "") -> Finding:
    words = "".join(paragraph.text.split())[:_LONGEST]
    level: Level = "style"
    problem = (
        "与上一项的序号重复，应依次重排"
        if step == 0
        else f"与上一项“{last.printed}”之间缺一个序号，请核对有无漏项，依次重排"
    )
    return Finding(
        rule="numbering",
        level=level,
        message=f"{where}“{words}”的序号“{number.printed}”{problem}。",
        key=(words,),
        places=(paragraph.at(0, number.end),),
        reported=number.printed,
    )


RULES = (
    Rule(
        id="numbering",
        title="序号不重复、不跳号",
        sentence="同一层次的标题和分项，序号应当连续，不重复、不遗漏。",
        basis="惯例：公文层次序数的写法（《党政机关公文格式》GB/T 9704—2012）。",
        why="重号、跳号说明增删过分项而没有重排，也可能漏了一项。",
        how_to_fix="核对有无漏项，重排序号。",
        example="“（三）公务接待费”之后又是“（三）机关运行经费”。",
        levels=("style",),
        check=check,
    ),
)
