"""What looks like the name of a unit (局, 中心, 学校) rather than of a project."""

from __future__ import annotations

import re

_UNIT_NAME = re.compile(
    r"(?:局|委|委员会|厅|室|会|院|校|所|站|处|队|团|馆|中心|办|医院|学校|学院|大学|支队|总队|分局|法庭)"
    r"(?:[(（][^()（）]*[)）])?\Z"
)
_NOT_A_UNIT = re.compile(r"[，,；;。、]|增加|支持|用于|解决|开展|落实|补助|项目|经费|资金|工程|改造|建设|运维|\d{4}")


def is_unit_name(text: str) -> bool:
    """Whether a label looks like the name of a unit rather than of a project."""
    return bool(_UNIT_NAME.search(text)) and not _NOT_A_UNIT.search(text)
