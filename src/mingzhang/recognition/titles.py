"""What a table's title says of its amounts, within what is known of the disclosure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from mingzhang.recognition.captions import Caption, same_agency
from mingzhang.recognition.columns import SCOPES, SPENDING_TOPICS
from mingzhang.recognition.subjects import object_named
from mingzhang.recognition.vocabulary import fold, scan_title

_IN_BRACKETS = re.compile(r"[(（]([^()（）]{4,12})[)）]")
TABLE_WIDE_TOPICS = frozenset({"three_public", "agency_running", "three_public_and_meetings"})


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of the disclosure before its tables are read."""

    year: int | None
    stage: str | None
    agency: str | None = None


def title_point(caption: Caption, context: Context) -> dict[str, Any]:
    """The part of the cube that a table's title names."""
    phrase = scan_title(caption.full_title)
    point = dict(phrase.point)
    if point.get("topic") in SCOPES and "不含" not in caption.full_title:
        # 一般公共预算当年拨款情况表: the word stands in titles of tables that take in the carry-over.
        point.pop("topic")
    point.setdefault("year", context.year)
    point.setdefault("stage", context.stage)
    if caption.agency and context.agency and not same_agency(caption.agency, context.agency):
        # A volume of several units: this table is not of the one that the volume is named after.
        point["agency"] = fold(caption.agency)
    for words in _IN_BRACKETS.findall(caption.full_title):
        if (code := object_named(words, "类")) is not None:
            point["object"] = code  # 人员经费（工资福利支出）: of the personnel's cost only that class
    if point.get("topic") in TABLE_WIDE_TOPICS:
        # 三公经费 of the title's fund is printed in the text without it: one scope, one point.
        point.pop("fund", None)
        point.pop("flow", None)
    elif point.get("topic") in (None, *SPENDING_TOPICS) and ({"nature", "staffing"} & point.keys() or phrase.dimension):
        point.setdefault("flow", "expenditure")
    return point
