"""The contents page against the tables of the body."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mingzhang.cube import Disclosure
from mingzhang.cube.finding import Finding
from mingzhang.rules.contents import Comparison, compare
from mingzhang.rules.rule import Rule
from mingzhang.rules.wording import table_key, table_name

_UNREAD = re.compile("图像|图片|未读")
_FEWEST_MATCHES = 2


def _is_telling(found: Comparison) -> bool:
    """Whether so many listed tables were found that the others' absence says something of the document, not of us."""
    return found.matched >= _FEWEST_MATCHES and found.matched * 2 >= len(found.entries)


def check_absent(disclosure: Disclosure) -> Iterator[Finding]:
    """Tables that the contents page lists and the body lacks."""
    found = compare(disclosure)
    if not _is_telling(found):
        return
    unread = any(_UNREAD.search(note) for note in disclosure.notes)
    for entry in found.absent:
        doubt = ""
        if unread:
            doubt = "（本文件有未读取的页面或图像，该表可能在其中，请人工核对）"
        elif found.untitled:
            doubt = f"（正文另有{found.untitled}张没有表题的表，请核对其中是否有该表）"
        yield Finding(
            rule="contents-table-absent",
            level="warning" if doubt else "error",
            message=f"目录列有“{entry.title}”，正文没有该表；应补上该表，无数据的也应列出空表并说明{doubt}。",
            key=(entry.key,),
            places=(entry.source,) if entry.source is not None else (),
            expected=entry.title,
        )


def check_unlisted(disclosure: Disclosure) -> Iterator[Finding]:
    """Tables of the body that the contents page does not list; a project's own target table need not be listed."""
    found = compare(disclosure)
    # A contents page that knows few of the tables was itself not read to its end.
    if not _is_telling(found) or found.matched * 4 < found.titled * 3:
        return
    for body in found.unlisted:
        if body.table.point.topic == "performance" or "绩效" in body.table.title:
            continue
        yield Finding(
            rule="contents-table-unlisted",
            level="note",
            message=f"正文有{table_name(body.table)}，目录没有列出；请在目录中补列，或核对两处表名是否一致。",
            key=(table_key(body.table),),
            places=(body.table.source,),
            reported=body.table.title,
        )


RULES = (
    Rule(
        id="contents-table-absent",
        title="目录所列各表正文俱在",
        sentence="目录中列出的每一张表，正文中都应当有。",
        basis="惯例：目录是文件对自身内容的声明，所列各表应当齐全；各地预决算公开要求没有数据的表也列出空表并作说明。",
        why="缺表是公开内容不完整，也是公开检查中首先核对的一项。",
        how_to_fix="补上缺少的表；该表没有数据的，保留空表并在表下说明原因；确实不需要公开的，从目录中删去。",
        example="目录列有“政府采购预算明细表”，正文各表中没有该表。",
        levels=("error", "warning"),
        check=check_absent,
    ),
    Rule(
        id="contents-table-unlisted",
        title="正文各表目录俱列",
        sentence="正文中的每一张公开表，都应当在目录中列出（各项目的绩效目标表除外）。",
        basis="惯例：目录应当与正文一致。",
        why="目录漏列的表不易被读者找到；也可能是目录沿用了往年的模板。",
        how_to_fix="在目录中补列该表，或统一目录与正文的表名。",
        example="正文有《政府购买服务预算表》，目录没有列出。",
        levels=("note",),
        check=check_unlisted,
    ),
)
