"""``mingzhang compare --format json``, by the contract in docs/outputs.md; and the same as a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from mingzhang.cube.compared import ComparedLine, ComparedSection, ComparedSide, Comparison
from mingzhang.publication.comparison.words import remark, summary, terms_of, title_of
from mingzhang.publication.exact import exact
from mingzhang.publication.places import place_words
from mingzhang.publication.workbooks import Value, begun, dress, fill, saved

_WAN = 1_000_000


def comparison_json(comparison: Comparison) -> dict[str, Any]:
    """Everything: amounts in 分 as integers or decimal strings, never floats."""
    return {
        "basis": comparison.basis,
        "left": _side(comparison.left),
        "right": _side(comparison.right),
        "summary": summary(comparison),
        "headline": _line(comparison.headline) if comparison.headline is not None else None,
        "sections": [
            {
                "title": section.title,
                "dimension": section.dimension,
                "main": section.main,
                "total": _line(section.total) if section.total is not None else None,
                "lines": [_line(line) for line in section.lines],
            }
            for section in comparison.sections
        ],
        "precision": comparison.precision,
        "notes": list(comparison.notes),
    }


def _side(side: ComparedSide) -> dict[str, Any]:
    return {
        "path": side.path,
        "title": side.title,
        "agency": side.agency,
        "year": side.year,
        "stage": side.stage,
        "label": side.label,
    }


def _line(line: ComparedLine) -> dict[str, Any]:
    return {
        "point": line.point.named(),
        "code": line.code,
        "name": line.name,
        "before": exact(line.before),
        "after": exact(line.after),
        "change": exact(line.change),
        "rate": exact(line.rate.quantize(Decimal("0.01"), ROUND_HALF_UP)) if line.rate is not None else None,
        "slack": exact(line.slack),
        "state": line.state,
        "former_name": line.former_name,
        "moved": line.moved,
        "before_place": line.before_place.to_json() if line.before_place is not None else None,
        "after_place": line.after_place.to_json() if line.after_place is not None else None,
    }


def comparison_workbook(comparison: Comparison) -> bytes:
    """A sheet with the summary, and one row a line of every section. Deterministic."""
    book, first = begun("摘要")
    fill(first, ["项目", "说明"], _told(comparison))
    dress(first, [14, 110])
    left, right, terms = comparison.left.label, comparison.right.label, terms_of(comparison)
    states = {"changed": "不同", "same": terms.same, "appeared": terms.appeared, "vanished": terms.vanished}
    heads = [
        "口径",
        "编码",
        "名称",
        f"{left}（万元）",
        f"{right}（万元）",
        f"{terms.difference}（万元）",
        terms.rate,
        "变化",
        "备注",
    ]
    heads += [f"{left}出处", f"{right}出处"]
    widths = [34, 10, 34, 16, 16, 16, 10, 10, 36, 26, 26]
    for name, chosen in (("对比", True), ("其他口径", False)):
        sections = [section for section in comparison.sections if section.main is chosen]
        sheet = book.create_sheet(name)
        fill(sheet, heads, (row for section in sections for row in _rows(comparison, section, states)))
        dress(sheet, widths)
        for row in sheet.iter_rows(min_row=2, min_col=4, max_col=6):
            for cell in row:
                cell.number_format = "#,##0." + "0" * comparison.decimals if comparison.decimals else "#,##0"
    return saved(book)


def _told(comparison: Comparison) -> Iterator[list[Value]]:
    yield ["标题", title_of(comparison)]
    for number, sentence in enumerate(summary(comparison)):
        yield ["" if number else "摘要", sentence]
    yield ["前", f"{comparison.left.path}（{comparison.left.label}）"]
    yield ["后", f"{comparison.right.path}（{comparison.right.label}）"]
    for number, note in enumerate((comparison.precision, *comparison.notes)):
        yield ["" if number else "说明", note]


def _rows(comparison: Comparison, section: ComparedSection, states: dict[str, str]) -> Iterator[list[Value]]:
    lines = [*section.lines, *([section.total] if section.total is not None else [])]
    for line in lines:
        total = line is section.total
        yield [
            section.title,
            line.code,
            "合计" if total else line.name,
            line.before / _WAN,
            line.after / _WAN,
            line.change / _WAN,
            line.rate.quantize(Decimal("0.01"), ROUND_HALF_UP) if line.rate is not None else None,
            states[line.state],
            remark(line, comparison) or None,
            place_words(line.before_place) or None if line.before_place is not None else None,
            place_words(line.after_place) or None if line.after_place is not None else None,
        ]
