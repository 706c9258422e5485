"""What a table's title says of its amounts, within what is known of the disclosure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from mingzhang.classification.catalogue import entries
from mingzhang.recognition.captions import Caption, same_agency
from mingzhang.recognition.columns import SCOPES, SPENDING_TOPICS
from mingzhang.recognition.subjects import object_named
from mingzhang.recognition.vocabulary import fold, scan_title

_IN_BRACKETS = re.compile(r"[(（]([^()（）]{4,12})[)）]")
_LISTED = r"(?:支出)?(?:预算|明细|情况)*表"
_TELLING = 5  # characters of a class's name that are no everyday words (其他支出)
TABLE_WIDE_TOPICS = frozenset({"three_public", "agency_running", "three_public_and_meetings"})


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the disclosure before its tables are read."""

    year: int | None
    stage: str | None
    agency: str | None = None


def _class_in(title: str) -> tuple[str, str] | None:
    """The economic class that a title names in brackets or as what its table lists, and its code.

    商品和服务支出 is a class: nothing in it is said of goods or services that are bought.
    """
    for words in _IN_BRACKETS.findall(title):
        if (code := object_named(words, "类")) is not None:
            return words, code
    listed = _listed_classes().search(title)
    code = object_named(listed[1], "类") if listed is not None else None
    return (listed[1], code) if listed is not None and code is not None else None


@lru_cache(maxsize=1)
def _listed_classes() -> re.Pattern[str]:
    """The name of an economic class before what ends a title: 商品和服务支出预算表."""
    names = {entry.name for entry in entries("object") if entry.level == "类" and len(entry.name) >= _TELLING}
    return re.compile(
        f"(?<![及和与、])({'|'.join(sorted(map(re.escape, names), key=lambda n: (-len(n), n)))}){_LISTED}"
    )


def title_point(caption: Caption, context: Context) -> dict[str, Any]:
    """The part of the cube that a table's title names."""
    within = _class_in(caption.full_title)
    phrase = scan_title(caption.full_title if within is None else caption.full_title.replace(within[0], ""))
    point = dict(phrase.point)
    if point.get("topic") in SCOPES and "不含" not in caption.full_title:
        # 一般公共预算当年拨款情况表: the word stands in titles of tables that take in the carry-over.
        point.pop("topic")
    point.setdefault("year", context.year)
    point.setdefault("stage", context.stage)
    if caption.agency and context.agency and not same_agency(caption.agency, context.agency):
        # A volume of several units: this table is not of the one that the volume is named after.
        point["agency"] = fold(caption.agency)
    if within is not None:
        point["object"] = within[1]  # 人员经费（工资福利支出）: of the personnel's cost only that class
    if point.get("topic") in TABLE_WIDE_TOPICS:
        # 三公经费 of the title's fund is printed in the text without it: one scope, one point.
        point.pop("fund", None)
        point.pop("flow", None)
    elif point.get("topic") in (None, *SPENDING_TOPICS) and ({"nature", "staffing"} & point.keys() or phrase.dimension):
        point.setdefault("flow", "expenditure")
    return point
