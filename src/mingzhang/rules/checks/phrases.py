"""Set phrases that lost or gained a character, words printed twice in a row, traditional characters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from mingzhang.cube import Disclosure
from mingzhang.cube.finding import Finding
from mingzhang.rules.prose import prose
from mingzhang.rules.rule import Rule
from mingzhang.rules.together import together
from mingzhang.rules.wording import around

_DAMAGED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), right)
    for pattern, right in (
        (r"上一度", "上一年度"),
        (r"(?<![一二三四五六七八九十\d])本年(?=度度)", "本"),
        (r"公务车用车", "公务用车"),
        (r"公务车(?=购置及运行|购置费|运行费|运行维护费)", "公务用车"),
        (r"截止(?=\s*(?:19|20)\d\d\s*年)", "截至"),
        (r"因公出(?=[(（]境)", "因公出国"),
        (r"因公出国费?[(（]镜[)）]", "因公出国（境）"),
        (r"帐户", "账户"),
        (r"帐务", "账务"),
        (r"一般公共预(?=\s*[^\s算备])", "一般公共预算"),
        (r"政府性基(?=\s*[^\s金])", "政府性基金"),
        (r"国有资本经(?=\s*[^\s营])", "国有资本经营"),
        (r"机关运行经(?=\s*[^\s费])", "机关运行经费"),
    )
)
_TWICE = re.compile(r"(?P<word>[\u4e00-\u9fff]{2,6})(?P=word)|的的|了了|和和|为为|与与|是是|在在")
_ONE_BY_ONE = 5  # more of them are told together
_AROUND, _ELSEWHERE = 10, 2


def _damaged(disclosure: Disclosure) -> Iterator[Finding]:
    """Phrases that lost or gained a character."""
    for paragraph in prose(disclosure):
        text = paragraph.text
        for pattern, right in _DAMAGED:
            for match in pattern.finditer(text):
                if match.end() == len(text):
                    continue  # cut by the end of a line: the reader's affair
                words = around(text, *match.span(), _AROUND)
                yield Finding(
                    rule="set-phrase",
                    level="style",
                    message=f"“{words}”中的“{match[0]}”应为“{right}”。",
                    key=(words,),
                    places=(paragraph.at(*match.span()),),
                    reported=match[0],
                    expected=right,
                )


def _twice(disclosure: Disclosure) -> Iterator[Finding]:
    """A word printed twice in a row; one that stands elsewhere too, else 监测预测预警 would be one."""
    whole = "\n".join(paragraph.text for paragraph in prose(disclosure))
    for paragraph in prose(disclosure):
        text = paragraph.text
        for match in _TWICE.finditer(text):
            word = match["word"] or match[0][0]
            if match["word"] and (len(set(word)) == 1 or not _stands_alone(word, match, whole)):
                continue
            words = around(text, *match.span(), _AROUND)
            yield Finding(
                rule="word-twice",
                level="style",
                message=f"“{words}”中“{word}”连续印了两次，应删去一个。",
                key=(words,),
                places=(paragraph.at(*match.span()),),
                reported=match[0],
                expected=word,
            )


def _stands_alone(word: str, match: re.Match[str], whole: str) -> bool:
    """Whether the word stands elsewhere between other characters than here: 测预 stands in 监测预警 and 监测预测 only."""
    start, end = match.span()
    left = {sign for sign in (match.string[start - 1 : start], word[-1]) if sign.isalnum()}
    right = {sign for sign in (match.string[end : end + 1], word[0]) if sign.isalnum()}
    found = 0
    for other in re.finditer(re.escape(word), whole):
        at, after = other.span()
        if whole[at - 1 : at] not in left or whole[after : after + 1] not in right:
            found += 1
            if found >= (_ELSEWHERE if len(word) == 2 else 1):
                return True
    return False


@cache
def _simplified() -> dict[str, str]:
    """Traditional characters with what is written for them, but for those that are usual in names (於, 昇)."""
    pairs = (Path(__file__).parents[1] / "data" / "traditional.txt").read_text(encoding="utf-8").split()
    return {pair[0]: pair[1] for pair in pairs}


def check_traditional(disclosure: Disclosure) -> Iterator[Finding]:
    """Traditional characters in a document of simplified ones: a few one by one, many in one finding."""
    known = _simplified()
    found = [(p, at) for p in prose(disclosure) for at, sign in enumerate(p.text) if sign in known]
    if len(found) <= _ONE_BY_ONE:
        for paragraph, at in found:
            words, sign = around(paragraph.text, at, at + 1, _AROUND), paragraph.text[at]
            yield Finding(
                rule="traditional-character",
                level="style",
                message=f"“{words}”中的“{sign}”是繁体字，应为“{known[sign]}”。",
                key=(words,),
                places=(paragraph.at(at, at + 1),),
                reported=sign,
                expected=known[sign],
            )
        return
    signs = "、".join(dict.fromkeys(paragraph.text[at] for paragraph, at in found))
    yield Finding(
        rule="traditional-character",
        level="style",
        message=f"文字中有{len(found)}个繁体字（{signs}），应当改为规范汉字。",
        key=(signs,),
        places=tuple(paragraph.at(at, at + 1) for paragraph, at in found[:20]),
        reported=signs,
    )


RULES = (
    Rule(
        id="set-phrase",
        title="固定说法完整",
        sentence="“上一年度”“公务用车”“截至某日”等固定说法应当完整、规范。",
        basis="惯例：预决算公开的通行用语；“截至”后接时间点，“截止”不接时间点。",
        why="缺字、多字使读者猜测含义，也说明文稿未经核对。",
        how_to_fix="改为规范的说法。",
        example="“较上一度增加”应为“较上一年度增加”。",
        levels=("style",),
        check=lambda disclosure: together(_damaged(disclosure)),
    ),
    Rule(
        id="word-twice",
        title="没有重复的词语",
        sentence="同一词语不应当连续印两次。",
        basis="惯例：文字通顺。",
        why="多为修改时没有删净。",
        how_to_fix="删去重复的一个。",
        example="“一般公共预算预算支出”。",
        levels=("style",),
        check=lambda disclosure: together(_twice(disclosure)),
    ),
    Rule(
        id="traditional-character",
        title="使用规范汉字",
        sentence="公开文件应当使用规范汉字，不夹用繁体字。",
        basis="《中华人民共和国国家通用语言文字法》第九条：国家机关以普通话和规范汉字为公务用语用字。",
        why="夹用的繁体字多由转换软件造成，也使文字无法检索。",
        how_to_fix="改为规范汉字。",
        example="“财務收支”应为“财务收支”。",
        levels=("style",),
        check=check_traditional,
    ),
)
