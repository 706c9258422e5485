"""Reading a fragment of a point: every dimension and every value must exist in the cube."""

from __future__ import annotations

from typing import Any

from mingzhang.cube import DIMENSIONS, Point
from mingzhang.cube.hierarchy import CODED_DIMENSIONS, members
from mingzhang.forms.fragment import NOTHING, YEAR_WORDS, Fragment
from mingzhang.forms.node import Node, suggestion

LEVELS: dict[str, tuple[str, ...]] = {
    "function": ("类", "款", "项"),
    "object": ("类", "款"),
    "gov_object": ("类", "款"),
}
"""The names of the levels of the coded dimensions, coarsest first."""

_FIRST_YEAR, _LAST_YEAR = 1990, 2100


def read_fragment(node: Node, key: str = "point") -> Fragment:
    """The fragment at ``key``; one that is absent names nothing."""
    if not node.has(key):
        return NOTHING
    point = node.child(key)
    values: dict[str, Any] = {}
    year: Any = None
    for dimension, value in point.data.items():
        if dimension not in DIMENSIONS:
            point.fail("unknown-dimension", f"未知的维度“{dimension}”" + suggestion(dimension, DIMENSIONS), dimension)
        if dimension == "year":
            year = _year(point, value)
        else:
            values[dimension] = _member(point, dimension, value)
    return Fragment(Point(**values), year)


def read_dimension(node: Node, key: str = "dimension") -> str:
    """The name of a dimension that rows can be keyed by."""
    return node.choice(key, [name for name in DIMENSIONS if name != "year"], "unknown-dimension", "维度")


def _year(point: Node, value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | str):
        point.fail("year", f"年度应为 this、last 或四位年份，实为 {value!r}", "year")
    if isinstance(value, str) and value not in YEAR_WORDS:
        point.fail("year", f"年度只能写 this、last 或四位年份，不能写“{value}”" + suggestion(value, YEAR_WORDS), "year")
    if isinstance(value, int) and not _FIRST_YEAR <= value <= _LAST_YEAR:
        point.fail("year", f"{value} 不是预算年度", "year")
    return value


def _member(point: Node, dimension: str, value: Any) -> str:
    if not isinstance(value, str) or not value:
        point.fail("type", f"维度“{dimension}”的值应为文字，实为 {value!r}", dimension)
    known = members(dimension)
    if known is not None and value not in known:
        what = f"维度“{dimension}”没有成员“{value}”"
        owner = next((name for name in DIMENSIONS if value in (members(name) or ())), None)
        point.fail(
            "unknown-member",
            what + (f"，它是维度“{owner}”的成员" if owner else suggestion(value, known)),
            dimension,
        )
    if dimension in CODED_DIMENSIONS and not (value.isascii() and value.isdigit() and len(value) >= 3):
        point.fail("unknown-member", f"维度“{dimension}”的值应为三位以上数字编码，实为“{value}”", dimension)
    return value
