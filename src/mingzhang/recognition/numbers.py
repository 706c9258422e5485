"""Numbers in running text: every run of digits is found once, and those that only name something are told apart."""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass

from mingzhang.cube.amount import MAX_DIGITS
from mingzhang.cube.disclosure import Unread
from mingzhang.cube.source import Source
from mingzhang.documents.model import Line

# A number as printed: thousands groups or plain, with decimals, with full-width digits; never part of a longer run.
NUMBER = re.compile(r"[0-9０-９]{1,3}(?:[,，][0-9０-９]{3})+(?:[.．][0-9０-９]+)?|[0-9０-９]+(?:[.．][0-9０-９]+)?")
# ××万元, XX.XX万元: an amount that was not filled in.
BLANK = re.compile(r"(?<![A-Za-z])[XxＸ×＊*○〇△_]{2,8}(?:[.．][XxＸ×＊*○〇△_]{1,8})?")
_NUMBER_OR_BLANK = re.compile(rf"{NUMBER.pattern}|{BLANK.pattern}(?=\s*(?:亿元|百万元|万元|千元|元|%|％))")
_AFTER = {
    "年份或日期": re.compile(r"\s*(?:年|月|日|-\d{1,2}-|号(?=[)）文。，]))"),
    "文号": re.compile(r"\s*(?:[〕\]】]\s*\d*\s*号|号)"),
    "标点序号": re.compile(r"\s*[.、．)）](?!\d)"),
    "电话": re.compile(r"-\d{7,8}"),
}
_COUNTED = re.compile(
    r"\s*(辆|台|个|名|人次|人|批次|批|项|家|件|套|平方米|㎡|次|岁|级|户|所|处|亩|公里|天|小时|分钟|倍|条|万件|万人|万人次|期|场|周年)"
)
# “单位价值50万元以上” names a class of equipment.
THRESHOLD = re.compile(r"\s*(?:万元|亿元|元|千元)\s*[(（]?\s*(?:及|含)?\s*[)）]?\s*(?:以上|以下|及以上|至|-)")
_MONEY_OR_SHARE = re.compile(r"\s*(?:万元|亿元|元|千元|%|％)")
_ASSETS = re.compile(r"资产|在建工程|长期投资|对外投资")
_PRICE = re.compile(r"\s*(?:万元|元)\s*[/／]")
_YEAR = re.compile(r"(?:19|20)\d\d\Z")


@dataclass(frozen=True, slots=True)
class NumberToken:
    """A run of digits in a text, from ``start`` to ``end``."""

    text: str
    start: int
    end: int

    @property
    def overlong(self) -> bool:
        """More digits than any amount has."""
        return len(self.text) > MAX_DIGITS

    @property
    def is_blank(self) -> bool:
        """Whether a placeholder stands for it."""
        return NUMBER.match(self.text) is None


def numbers_and_blanks_in(text: str) -> Iterator[NumberToken]:
    """Every number of a text, and every placeholder of an amount: what it would be of is spoken of all the same."""
    for match in _NUMBER_OR_BLANK.finditer(text):
        yield NumberToken(match[0], match.start(), match.end())


def numbers_in(text: str) -> Iterator[NumberToken]:
    """Every number of a text, once, from left to right."""
    for match in NUMBER.finditer(text):
        yield NumberToken(match[0], match.start(), match.end())


def why_not_an_amount(text: str, token: NumberToken) -> tuple[str, str]:
    """The kind and the Chinese reason for a number of the text that no claim took up.

    The kind is ``identifier`` (year, ordinal, code …), ``quantity`` (a count) or ``amount`` (money or a percentage that
    was not understood).
    """
    following = text[token.end : token.end + 12]
    if _YEAR.match(token.text) and (following.lstrip().startswith(("年", "—", "-", "－")) or not following.strip()):
        return "identifier", "年份"
    if THRESHOLD.match(following):
        return "quantity", "设备、工程等的价值界限，不是预算金额"
    if _ASSETS.search(text, max(0, token.start - 12), token.start):
        return "quantity", "资产的价值，不是预算金额"
    if _PRICE.match(following):
        return "quantity", "收费标准、单价，不是预算金额"
    if _MONEY_OR_SHARE.match(following):
        return "amount", "没有认出这个数说的是什么"
    if _AFTER["年份或日期"].match(following):
        return "identifier", "年份或日期"
    if _AFTER["文号"].match(following):
        return "identifier", "文号"
    if _AFTER["标点序号"].match(following) and not text[: token.start].strip(" (（\t"):
        return "identifier", "序号"
    if _COUNTED.match(following):
        return "quantity", "数量，不是金额"
    if text[: token.start].rstrip().endswith(("表", "第", "附件", "公开", "附")):
        return "identifier", "编号"
    if len(token.text) in (3, 5, 7) and token.text.isdigit() and token.text[0] in "235":
        return "identifier", "科目编码"
    return "identifier", "没有计量单位的数字"


def unread_numbers(
    text: str,
    line: Line | None,
    source: Source,
    taken: Container[int] = (),
    reason: str | None = None,
    kind: str | None = None,
) -> list[Unread]:
    """The numbers of a text that start at none of ``taken``, each with the reason why it was not read.

    What its surroundings say of a number is asked only where ``reason`` or ``kind`` leaves it open.
    """
    found: list[Unread] = []
    for token in numbers_in(text):
        if token.start in taken:
            continue
        told, why = (kind, reason) if kind and reason else why_not_an_amount(text, token)
        place = line.source_at(token.start, token.end) if line is not None else source
        found.append(Unread(token.text, place, reason or why or "", kind or told))
    return found
