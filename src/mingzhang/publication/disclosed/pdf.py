"""A composition as a PDF, set by typst: merged headers that repeat, page numbers, contents with links, bookmarks."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from mingzhang.cube.composed import Cell, ComposedTable, Composition
from mingzhang.errors import UsageError
from mingzhang.publication.disclosed.parts import (
    Properties,
    aligned_rows,
    column_widths,
    font_size,
    heading,
    indent,
    is_at_ease,
    is_wide,
    lines_below,
    number_line,
    unit_line,
    year_line,
)

_ROOM = {False: 504.0, True: 751.0}  # points between the margins of the template, upright and turned
_TEMPLATE = Path(__file__).with_name("disclosure.typ")


def pdf(composition: Composition, properties: Properties) -> bytes:
    """The PDF's bytes."""
    import typst

    fonts = _font_paths()
    content = json.dumps(_content(composition, properties), ensure_ascii=False)
    made: Any = typst.compile(
        str(_TEMPLATE), font_paths=list(fonts), ignore_system_fonts=True, sys_inputs={"content": content}
    )
    return bytes(made)


def _font_paths() -> list[str]:
    try:
        import pylopdf_fonts_zh_cn
    except ImportError:
        raise UsageError("no-font", "缺少中文字体，请先安装：pip install 'mingzhang[publish]'") from None
    return [str(Path(str(pylopdf_fonts_zh_cn.__file__)).parent)]


def _content(composition: Composition, properties: Properties) -> dict[str, Any]:
    return {
        "title": properties.title,
        "author": properties.author,
        "remark": properties.remark,
        "narrative": [
            {"heading": paragraph.heading, "text": paragraph.text, "missing": paragraph.missing}
            for paragraph in composition.narrative
        ],
        "tables": [_table(table) for table in composition.tables],
        "year": year_line(composition),
    }


def _table(table: ComposedTable) -> dict[str, Any]:
    widths = column_widths(table)
    rows = [[_cell(cell, side) for _, cell, side in row] for row in aligned_rows(table)]
    return {
        "heading": heading(table) + (table.subtitle or ""),
        "title": table.title,
        "subtitle": table.subtitle or "",
        "number": number_line(table),
        "unit": unit_line(table),
        "wide": is_wide(table),
        "columns": widths,
        "size": font_size(widths, _ROOM[is_wide(table)]),
        "inset": 5.5 if is_at_ease(table) else 4,
        "header": rows[: len(table.header)],
        "body": rows[len(table.header) :],
        "below": list(lines_below(table)),
    }


def _cell(cell: Cell, side: str) -> Sequence[Any]:
    return (cell.text, cell.rows, cell.columns, side, int(cell.kind == "header" or cell.total), indent(cell))
