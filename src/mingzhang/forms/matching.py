"""Which form a printed title names, and which form set fits the titles of a document (DESIGN §1: a form names a table).

A title matches when a form's core words are its ending and the longest such core wins; what stands before them (year,
place, agency) is ignored unless it ends in a word that makes it another table. Two forms with the same core are told
apart by the subtitle; without one the answer is None, never a guess.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from mingzhang.forms.library import load_form_sets
from mingzhang.forms.model import FormSet, Kind, TableForm
from mingzhang.forms.template import core, plain

# Words of the cube that, right before a core, make the title that of another table: 项目|支出预算表 is not 支出预算表.
_QUALIFIERS = (
    *("财政拨款", "拨款", "一般公共预算", "公共财政预算", "公共预算", "政府性基金", "政府性基金预算", "基金预算"),
    *("国有资本经营预算", "国有资本经营", "国有资本", "财政专户", "财政专户管理资金", "单位资金", "社会保险基金"),
    *("项目", "基本", "人员", "公用", "采购", "转移支付", "三公经费", "收入", "支出", "经济分类", "功能分类"),
    *("经济分类科目", "功能分类科目", "科目"),
)
_LEADERS = re.compile(r"[.·•…⋯]{2,}\d*$|[.·•…⋯]+\d+$")
_TAIL = re.compile(r"^(?P<stem>.+?)\((?P<tail>[^()]*)\)$")
_CONTINUED = re.compile(r"^(?:续表?|\d+)$")


@lru_cache(maxsize=1024)
def _stem(title: str, subtitle: str | None) -> tuple[str, str]:
    """The title without contents-page leaders and trailing brackets, and everything that can be its subtitle."""
    words = _LEADERS.sub("", plain(title))
    tails = [plain(subtitle)] if subtitle else []
    while (match := _TAIL.match(words)) is not None:
        words = match["stem"]
        if not _CONTINUED.match(match["tail"]):
            tails.append(match["tail"])
    return words, "|".join(tails)


def _core_length(table: TableForm, words: str) -> int:
    """The length of the table's longest core that ends ``words``; 0 where none does."""
    best = 0
    for ending in _endings(table.titles):
        if words.endswith(ending) and not words[: -len(ending)].endswith(_QUALIFIERS):
            best = max(best, len(ending))
    return best


@lru_cache(maxsize=1024)
def _endings(titles: tuple[str, ...]) -> tuple[str, ...]:
    """What the titles of a form end in, without brackets."""
    return tuple(_TAIL.sub(r"\g<stem>", core(title)) for title in titles)


def candidates(form_set: FormSet, title: str) -> tuple[tuple[TableForm, ...], int]:
    """The forms whose core ends the title, the longest core only, and the length of that core."""
    words, _ = _stem(title, None)
    lengths = [(table, _core_length(table, words)) for table in form_set.tables]
    longest = max((length for _, length in lengths), default=0)
    return tuple(table for table, length in lengths if length == longest > 0), longest


def match_title(form_set: FormSet, title: str, subtitle: str | None = None) -> TableForm | None:
    """The form that the title names, or None where none does, or several could."""
    found, _ = candidates(form_set, title)
    if len(found) <= 1:
        return found[0] if found else None
    _, printed = _stem(title, subtitle)
    fitting = [table for table in found if any(_tail(words) in printed for words in table.subtitles)]
    return fitting[0] if len(fitting) == 1 else None


def _tail(subtitle: str) -> str:
    return plain(subtitle).strip("()")


def best_form_set(
    titles: Sequence[str],
    year: int | None,
    kind: Kind | None,
    form_sets: Sequence[FormSet] | None = None,
) -> tuple[FormSet, dict[int, str]] | None:
    """The form set that fits the titles best, and which title (by position) names which of its tables.

    A set fits when it covers the year and kind and knows at least two of the titles and half of them. The best knows
    the most titles, then the most words of them, then has the fewest tables left over, then is the latest.
    Titles that fit two tables equally count as known, but are left out of the mapping.
    """
    best: tuple[tuple[int, int, int, int], FormSet, dict[int, str]] | None = None
    wanted = [title for title in titles if title.strip()]
    for form_set in load_form_sets() if form_sets is None else form_sets:
        if not form_set.covers(year) or (kind is not None and form_set.kind != kind):
            continue
        known: dict[tuple[str, ...], int] = {}
        fitting = 0
        mapping: dict[int, str] = {}
        for index, title in enumerate(titles):
            found, length = candidates(form_set, title)
            if not found:
                continue
            fitting += 1
            known[tuple(table.id for table in found)] = length
            table = match_title(form_set, title)
            if table is not None:
                mapping[index] = table.id
        tables = sum(len(ids) for ids in known)
        if tables < 2 or fitting * 2 < len(wanted):
            continue
        score = (len(known), sum(known.values()), tables - len(form_set.tables), form_set.first_year or 0)
        if best is None or score > best[0]:
            best = (score, form_set, mapping)
    return None if best is None else (best[1], best[2])
