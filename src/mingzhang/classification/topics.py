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
