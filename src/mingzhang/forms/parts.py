"""Reading the parts of a table form: columns, rows, blocks, fields, indicators."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, cast

from mingzhang.cube.hierarchy import members
from mingzhang.forms.fragment import NOTHING, Fragment
from mingzhang.forms.model import (
    ROLES,
    BlockForm,
    BodyForm,
    ColumnForm,
    FieldForm,
    IndicatorsForm,
    RowForm,
    RowsForm,
    TotalPosition,
)
from mingzhang.forms.node import Node
from mingzhang.forms.points import LEVELS, read_dimension, read_fragment
from mingzhang.forms.template import plain

_ROW_KEYS = ("label", "code", "point")
_ROWS_KEYS = ("dimension", "levels", "exhaustive", "total", "total_position", "point", "numbering")
_NUMBERINGS = ("一、", "（一）")


def _role_or_point(node: Node, noun: str) -> tuple[str | None, Fragment]:
    if node.has("role") == node.has("point"):
        what = "只能二者选一" if node.has("role") else "必须写其中一个"
        node.fail("conflict", f"{noun}的“role”（作用）与“point”（点位）{what}")
    if node.has("role"):
        return node.choice("role", ROLES, "unknown-role", f"{noun}作用"), NOTHING
    return None, read_fragment(node)


def _distinct(nodes: Sequence[Node], keys: Sequence[Hashable | None], what: str) -> None:
    seen: dict[Hashable, int] = {}
    for index, key in enumerate(keys):
        if key is None:
            continue
        if key in seen:
            nodes[index].fail("duplicate", f"{what}与第{seen[key] + 1}个相同，同一处只能写一次")
        seen[key] = index


def read_columns(node: Node, heading: str | None = None) -> tuple[ColumnForm, ...]:
    """The columns of a table, block or indicator list; ``heading`` stands above every header."""
    nodes = node.children("column", "列")
    columns: list[ColumnForm] = []
    for column in nodes:
        column.only(("header", "role", "point"))
        header = column.templates("header")
        role, point = _role_or_point(column, "列")
        columns.append(ColumnForm(header if heading is None else (heading, *header), role, point))
    _distinct(nodes, [tuple(plain(word) for word in column.header) for column in columns], "列的表头")
    _distinct(nodes, [column.point if column.is_amount else None for column in columns], "列的点位")
    return tuple(columns)


def need_amount(node: Node, columns: Sequence[ColumnForm]) -> None:
    """Refuse a table or block without any column of amounts."""
    if not any(column.is_amount for column in columns):
        node.fail("missing-key", "没有一列写了“point”，金额无处可放")


def _read_rows(rows: Node) -> RowsForm:
    rows.only(_ROWS_KEYS)
    dimension = read_dimension(rows)
    levels = rows.texts("levels", required=False)
    allowed = LEVELS.get(dimension, ())
    for level in levels:
        if level not in allowed:
            may = f"只有：{'、'.join(allowed)}" if allowed else "不分级"
            rows.fail("unknown-level", f"维度“{dimension}”没有“{level}”这一级，{may}", "levels")
    if len(set(levels)) != len(levels):
        rows.fail("duplicate", "同一级写了两次", "levels")
    total = rows.optional_text("total")
    position = "first"
    if rows.has("total_position"):
        position = rows.choice("total_position", ("first", "last"), "unknown-position", "合计行位置")
        if total is None:
            rows.fail("conflict", "写了“total_position”却没有“total”", "total_position")
    return RowsForm(
        dimension,
        levels or allowed,
        rows.flag("exhaustive", True),
        total,
        cast(TotalPosition, position),
        read_fragment(rows),
        rows.choice("numbering", _NUMBERINGS, "unknown-numbering", "编号样式") if rows.has("numbering") else None,
    )


def _read_row(row: Node) -> RowForm:
    row.only(_ROW_KEYS)
    if not row.has("point"):
        row.fail("missing-key", "缺少“point”（这一行的点位，合计行可写空的 {}）")
    return RowForm(row.text("label"), read_fragment(row), row.optional_text("code"))


def read_body(node: Node) -> BodyForm:
    """The rows of a table or block: ``rows`` (one dimension) or ``row`` (an ordered list of fixed rows and slots)."""
    if node.has("rows"):
        if node.has("row"):
            node.fail("conflict", "“rows”与“row”只能二者选一", "row")
        return (_read_rows(node.child("rows", "rows")),)
    nodes = node.children("row", "行")
    body: list[RowForm | RowsForm] = []
    for row in nodes:
        body.append(_read_rows(row) if row.has("dimension") else _read_row(row))
    fixed: list[Any] = [part.point if isinstance(part, RowForm) else None for part in body]
    _distinct(nodes, fixed, "行的点位")
    return tuple(body)


def need_free(node: Node, columns: Sequence[ColumnForm], body: BodyForm) -> None:
    """Refuse a column that fixes what the rows go through: its amounts could be of one row only."""
    for part in body:
        if isinstance(part, RowsForm):
            for index, column in enumerate(columns):
                if column.is_amount and column.point.names(part.dimension):
                    what = f"行已按维度“{part.dimension}”展开，列的点位不能再写它"
                    node.fail("conflict", what, "column", index)


def read_blocks(node: Node) -> tuple[BlockForm, ...]:
    nodes = node.children("block", "块")
    blocks: list[BlockForm] = []
    for block in nodes:
        block.only(("heading", "point", "column", "rows", "row"))
        heading = block.text("heading")
        block = block.named(f"“{heading}”")
        columns, body = read_columns(block, heading), read_body(block)
        need_amount(block, columns)
        need_free(block, columns, body)
        if not body:
            block.fail("missing-key", "缺少“rows”或“row”（这一侧有哪些行）")
        blocks.append(BlockForm(heading, columns, body, read_fragment(block)))
    if len(blocks) < 2:
        node.fail("missing-key", "左右并列的表至少要有两个“block”")
    _distinct(nodes, [block.heading for block in blocks], "块的标题")
    return tuple(blocks)


def read_fields(node: Node) -> tuple[FieldForm, ...]:
    nodes = node.children("field", "项")
    fields: list[FieldForm] = []
    for field in nodes:
        field.only(("label", "role", "point", "required"))
        labels = field.templates("label")
        fields.append(FieldForm(labels, *_role_or_point(field, "项"), field.flag("required", True)))
    if not fields:
        node.fail("missing-key", "缺少“field”（这张表有哪些栏目）")
    _distinct(nodes, [plain(field.labels[0]) for field in fields], "栏目名称")
    _distinct(nodes, [field.point if field.is_amount else None for field in fields], "栏目的点位")
    return tuple(fields)


def read_indicators(node: Node) -> IndicatorsForm | None:
    if not node.has("indicators"):
        return None
    indicators = node.child("indicators", "indicators")
    indicators.only(("heading", "point", "column"))
    columns = read_columns(indicators)
    if not any(column.role == "indicator" for column in columns):
        indicators.fail("missing-key", '缺少 role = "indicator" 的列（指标名称）')
    return IndicatorsForm(indicators.text("heading"), columns, read_fragment(indicators))


def one_per(node: Node) -> str | None:
    """The free dimension of which each member gets its own table."""
    if not node.has("one_per"):
        return None
    dimension = read_dimension(node, "one_per")
    if members(dimension) is not None:
        node.fail("conflict", f"“one_per”要写 project 或 agency 这样的维度，“{dimension}”的成员是固定的", "one_per")
    return dimension
