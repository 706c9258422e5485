"""From a form-set file to a FormSet: everything is checked here, once, so that no reader of a form need doubt it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import cast

from mingzhang.cube import unit_named
from mingzhang.forms.fragment import Fragment
from mingzhang.forms.model import FormSet, Kind, Layout, SectionForm, TableForm
from mingzhang.forms.node import Node, read_toml
from mingzhang.forms.parts import (
    need_amount,
    need_free,
    one_per,
    read_blocks,
    read_body,
    read_columns,
    read_fields,
    read_indicators,
)
from mingzhang.forms.points import read_fragment
from mingzhang.forms.template import plain

_SET_KEYS = (
    "id",
    "name",
    "region",
    "kind",
    "years",
    "unit",
    "decimals",
    "point",
    "title_lead",
    "level_words",
)
_TABLE_KEYS = (
    "id",
    "number",
    "title",
    "subtitle",
    "layout",
    "unit",
    "decimals",
    "point",
    "one_per",
    "empty_statement",
    "required",
    "scope",
)
_LAYOUT_KEYS: dict[str, tuple[str, ...]] = {
    "list": ("column", "rows", "row"),
    "two_sided": ("block",),
    "single_row": ("column",),
    "key_value": ("field", "indicators"),
}
_LAYOUT_NAMES = {"list": "清单", "two_sided": "左右并列", "single_row": "单行", "key_value": "栏目"}
_ID = re.compile(r"[a-z][a-z0-9_]*\Z")
_MAX_DECIMALS = 6
_SHORTEST_CORE = 3


def load_form_set(path: Path | str) -> FormSet:
    """Read and check one form-set file; ``FormError`` says where it is wrong and what was probably meant."""
    root = read_toml(Path(path))
    root.only(("set", "table", "section"))
    head = root.child("set", "set")
    head.only(_SET_KEYS)
    id = head.text("id")
    if not _ID.match(id):
        head.fail("id", f"表样编号“{id}”应为小写字母开头的字母、数字、下划线", "id")
    first, last = _years(head)
    unit, decimals = _precision(head, "万元", 2)
    point = read_fragment(head)
    tables = tuple(_table(node, id, unit, decimals, point) for node in root.children("table", "张表"))
    if not tables:
        root.fail("missing-key", "缺少“table”（一张表也没有）")
    _check_distinct(root, tables)
    level_words = head.texts("level_words", required=False)
    _check_levels(root, head, level_words)
    return FormSet(
        id=id,
        name=head.text("name"),
        region=head.text("region"),
        kind=cast(Kind, head.choice("kind", ("budget", "final"), "unknown-kind", "公开种类")),
        tables=tables,
        first_year=first,
        last_year=last,
        unit=unit,
        decimals=decimals,
        title_lead=head.template("title_lead") or "",
        level_words=level_words,
        sections=tuple(_section(node) for node in root.children("section", "节")),
        file=Path(path).name,
    )


def _years(head: Node) -> tuple[int | None, int | None]:
    if not head.has("years"):
        return None, None
    years = head.child("years", "years")
    years.only(("first", "last"))
    first, last = years.integer("first"), years.integer("last")
    if first is not None and last is not None and first > last:
        years.fail("year", f"起始年度 {first} 晚于终止年度 {last}")
    return first, last


def _precision(node: Node, unit: str, decimals: int) -> tuple[str, int]:
    if node.has("unit"):
        unit = node.text("unit")
        if not unit_named(unit).is_money:
            node.fail("unit", f"“{unit}”不是金额单位，应为元、千元、万元、亿元等", "unit")
    if node.has("decimals"):
        decimals = node.integer("decimals") or 0
        if not 0 <= decimals <= _MAX_DECIMALS:
            node.fail("unit", f"小数位数应在 0 到 {_MAX_DECIMALS} 之间，实为 {decimals}", "decimals")
    return unit, decimals


def _table(node: Node, set_id: str, unit: str, decimals: int, shared: Fragment) -> TableForm:
    id = node.text("id")
    named = Node(node.origin, node.data, node.path, (f"表 {id}",))
    prefix, _, rest = id.partition(".")
    if prefix != set_id or not _ID.match(rest):
        named.fail("id", f"表编号应写成“{set_id}.”加小写字母、数字，实为“{id}”", "id")
    layout = cast(Layout, named.choice("layout", tuple(_LAYOUT_KEYS), "unknown-layout", "布局"))
    allowed = (*_TABLE_KEYS, *_LAYOUT_KEYS[layout])
    everywhere = {key for keys in _LAYOUT_KEYS.values() for key in keys}
    foreign = next((key for key in named.data if key in everywhere and key not in allowed), None)
    if foreign is not None:
        what = f"{_LAYOUT_NAMES[layout]}布局（{layout}）的表不用“{foreign}”，只用：{'、'.join(_LAYOUT_KEYS[layout])}"
        named.fail("unknown-key", what, foreign)
    named.only(allowed)
    columns, body = read_columns(named), read_body(named)
    if layout in ("list", "single_row"):
        need_amount(named, columns)
        need_free(named, columns, body)
    if layout == "list" and not body:
        named.fail("missing-key", "缺少“rows”或“row”（这张表有哪些行）")
    table_unit, table_decimals = _precision(named, unit, decimals)
    return TableForm(
        id=id,
        number=named.text("number"),
        titles=named.templates("title"),
        subtitles=named.texts("subtitle", required=False),
        layout=layout,
        unit=table_unit,
        decimals=table_decimals,
        point=shared.merged(read_fragment(named)),
        columns=columns,
        body=body,
        blocks=read_blocks(named) if layout == "two_sided" else (),
        fields=read_fields(named) if layout == "key_value" else (),
        indicators=read_indicators(named),
        one_per=one_per(named),
        empty_statement=named.template("empty_statement"),
        required=named.flag("required", True),
        scope=read_fragment(named, "scope"),
    )


def _section(node: Node) -> SectionForm:
    node.only(("title", "parts", "required"))
    return SectionForm(node.text("title"), node.texts("parts", required=False), node.flag("required", True))


def _check_distinct(root: Node, tables: tuple[TableForm, ...]) -> None:
    """Ids, numbers and titles must each tell the tables of a set apart."""
    nodes = root.children("table", "张表")
    ids: dict[str, str] = {}
    numbers: dict[str, str] = {}
    titles: dict[tuple[str, str], str] = {}
    for node, table in zip(nodes, tables, strict=True):
        named = Node(node.origin, node.data, node.path, (f"表 {table.id}",))
        if table.id in ids:
            named.fail("duplicate", f"表编号“{table.id}”已经用过，每张表的编号不能相同", "id")
        if table.number in numbers:
            named.fail("duplicate", f"表号“{table.number}”与表 {numbers[table.number]} 相同", "number")
        for words in dict.fromkeys(table.cores):
            if len(words) < _SHORTEST_CORE:
                named.fail("placeholder", "表名最后一个占位符之后的文字太短，认不出是哪张表", "title")
            for subtitle in table.subtitles or ("",):
                other = titles.setdefault((words, plain(subtitle)), table.id)
                if other != table.id:
                    named.fail("duplicate", f"表名“{words}”与表 {other} 无法区分，请写不同的“subtitle”", "title")
        ids[table.id] = numbers[table.number] = table.id


def _check_levels(root: Node, head: Node, words: tuple[str, ...]) -> None:
    if not words and "{level}" in repr(root.data):
        head.fail("placeholder", "表样用了占位符“{level}”，却没有在 [set] 写“level_words”")
