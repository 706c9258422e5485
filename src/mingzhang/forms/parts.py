"""Reading the parts of a table form: columns, rows, blocks, fields, indicators."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Any, cast

from mingzhang.cube.hierarchy import members
from mingzhang.forms.fragment import NOTHING, Fragment
from mingzhang.forms.model import (
    ROLES,
    AxisForm,
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

_ROW_KEYS = ("label", "code", "point", "role")
_ROWS_KEYS = (
    *("dimension", "levels", "exhaustive", "total", "total_position", "point", "numbering", "across", "subtotals"),
)
_COLUMN_KEYS = ("header", "role", "point", "dimension", "cell", "required")
_CELL_PARTS = ("{code}", "{name}")
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
        column.only(_COLUMN_KEYS)
        header = column.templates("header")
        role, point = _role_or_point(column, "列")
        above = () if heading is None else (heading,)
        dimension = _column_dimension(column, role)
        cell = _cell(column, role)
        columns.append(ColumnForm((*above, *header), role, point, dimension, cell, column.flag("required", True)))
    _distinct(nodes, [tuple(plain(word) for word in column.header) for column in columns], "列的表头")
    _distinct(nodes, [column.point if column.is_amount else None for column in columns], "列的点位")
    return tuple(columns)


def _column_dimension(column: Node, role: str | None) -> str | None:
    if not column.has("dimension"):
        return None
    if role is None:
        column.fail("conflict", "金额列用“point”说明点位，不写“dimension”", "dimension")
    return read_dimension(column)


def _cell(column: Node, role: str | None) -> str | None:
    """How a code and a name share a cell; said by every such column and by no other."""
    if role != "code_name":
        if column.has("cell"):
            column.fail("conflict", '只有 role = "code_name" 的列才写“cell”', "cell")
        return None
    cell = column.text("cell")
    if any(cell.count(part) != 1 for part in _CELL_PARTS):
        column.fail("placeholder", f"“cell”应各含一个 {{code}} 和 {{name}}，实为“{cell}”", "cell")
    return cell


def need_amount(node: Node, columns: Sequence[ColumnForm]) -> None:
    """Refuse a table or block without any column of amounts."""
    if not any(column.is_amount for column in columns):
        node.fail("missing-key", "没有一列写了“point”，金额无处可放")


def _read_rows(rows: Node) -> RowsForm:
    rows.only(_ROWS_KEYS)
    dimension = read_dimension(rows)
    levels = _read_levels(rows, dimension)
    across = tuple(_read_axis(axis) for axis in rows.children("across", "维"))
    names = [dimension, *(axis.dimension for axis in across)]
    if len(set(names)) != len(names):
        rows.fail("duplicate", "同一维度写了两次", "across")
    total = rows.optional_text("total")
    position = "first"
    if rows.has("total_position"):
        position = rows.choice("total_position", ("first", "last"), "unknown-position", "合计行位置")
        if total is None:
            rows.fail("conflict", "写了“total_position”却没有“total”", "total_position")
    return RowsForm(
        dimension,
        levels,
        rows.flag("exhaustive", True),
        total,
        cast(TotalPosition, position),
        read_fragment(rows),
        rows.choice("numbering", _NUMBERINGS, "unknown-numbering", "编号样式") if rows.has("numbering") else None,
        across,
        rows.flag("subtotals", False),
    )


def _read_levels(node: Node, dimension: str) -> tuple[str, ...]:
    """The levels said, or all that the dimension has."""
    levels = node.texts("levels", required=False)
    allowed = LEVELS.get(dimension, ())
    for level in levels:
        if level not in allowed:
            may = f"只有：{'、'.join(allowed)}" if allowed else "不分级"
            node.fail("unknown-level", f"维度“{dimension}”没有“{level}”这一级，{may}", "levels")
    if len(set(levels)) != len(levels):
        node.fail("duplicate", "同一级写了两次", "levels")
    return levels or allowed


def _read_axis(axis: Node) -> AxisForm:
    axis.only(("dimension", "levels"))
    dimension = read_dimension(axis)
    return AxisForm(dimension, _read_levels(axis, dimension))


def _read_row(row: Node) -> RowForm:
    row.only(_ROW_KEYS)
    if row.has("role"):
        role, point = _role_or_point(row, "行")
        if role != "unplaced":
            row.fail("conflict", f"行的“role”只能是 unplaced，实为“{role}”", "role")
        return RowForm(row.text("label"), point, row.optional_text("code"), role)
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
    fixed: list[Any] = [part.point if isinstance(part, RowForm) and part.role is None else None for part in body]
    _distinct(nodes, fixed, "行的点位")
    return tuple(body)


def need_free(node: Node, columns: Sequence[ColumnForm], body: BodyForm) -> None:
    """Refuse a column that fixes what the rows go through: its amounts could be of one row only."""
    for part in body:
        if isinstance(part, RowsForm):
            for index, column in enumerate(columns):
                fixed = next((name for name in part.dimensions if column.point.names(name)), None)
                if column.is_amount and fixed is not None:
                    node.fail("conflict", f"行已按维度“{fixed}”展开，列的点位不能再写它", "column", index)


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
    _distinct(nodes, [tuple(column.header for column in block.columns) for block in blocks], "块的标题和表头")
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
