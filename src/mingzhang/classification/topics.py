"""The customary scopes that are made of economic classes (财政部 支出经济分类科目说明; 地方预决算公开操作规程)."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TOPIC_OBJECTS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "abroad": ("30212",),
        "reception": ("30217",),
        "vehicle_running": ("30231",),
        "vehicle_purchase": ("30913", "31013"),
        "meeting": ("30215",),
        "training": ("30216",),
    }
)
"""The department economic classes that each part of 三公经费 (and 会议费, 培训费) is spent under."""

CONSTRUCTION_CLASS = "309"
"""资本性支出（基本建设）: left out of 扣除基建项目后预算数."""

_STAFFING_OBJECTS = {"301": "personnel", "302": "public", "310": "public"}
# 养老保险, 职业年金; 行政单位医疗, 事业单位医疗, 公务员医疗补助; 住房改革支出 (财政部 支出功能分类科目说明)
_PAID_TO_PEOPLE = ("2080505", "2080506", "2101101", "2101102", "2101103", "2210201", "2210202", "2210203")


def staffing_of(function: str | None, object_: str | None) -> str | None:
    """``personnel`` or ``public`` for a class whose 基本支出 is nearly always the one or the other; else ``None``.

    By the economic class (类) where there is one, by the function (项) else.
    """
    if object_ is not None:
        return _STAFFING_OBJECTS.get(object_)
    return "personnel" if function in _PAID_TO_PEOPLE else None
