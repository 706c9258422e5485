"""A ledger as a workbook: the commented template, and a ledger that was made from elsewhere."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any

from mingzhang.composition import Ledger, Line
from mingzhang.cube.point import Point
from mingzhang.ledgers import schema
from mingzhang.ledgers.schema import BASIC_FIELDS, SHEETS, Column, SheetForm

_DAY = datetime(2000, 1, 1)
_WIDTHS = {"year": 10, "text": 26, "code": 14, "word": 18, "money": 18, "number": 12, "yes_no": 10}
_LAST_ROW = 5000

Values = Mapping[str, Sequence[Mapping[str, Any]]]


def template() -> bytes:
    """The empty template: every sheet with its columns, comments and lists of allowed words."""
    return _workbook({}, {})


def ledger_workbook(ledger: Ledger) -> bytes:
    """A ledger as a workbook that ``read_ledger`` reads back."""
    basics = {
        "AGENCY_NAME": ledger.agency,
        "FISCAL_YEAR": ledger.year,
        "KIND": "决算" if ledger.kind == "final" else "预算",
        "AGENCY_KIND": ledger.agency_kind,
        "BODY": ledger.body,
        "MOF_DIV_NAME": ledger.place,
        "LEVEL": ledger.level,
        "GOAL": ledger.goal,
    }
    return _workbook(basics, _rows(ledger))


def _rows(ledger: Ledger) -> Values:
    spent = [line for line in ledger.lines if line.point.flow == "expenditure" and line.point.topic is None]
    topics = [line for line in ledger.lines if line.point.topic is not None]
    others = [line for line in ledger.lines if line.point.topic is None and line.point.flow != "expenditure"]
    return {
        schema.LINES: [_line(line, ledger, schema.LINES) for line in spent],
        schema.INCOME: [_line(line, ledger, schema.INCOME) for line in others],
        schema.TOPIC_LINES: [_line(line, ledger, schema.TOPIC_LINES) for line in topics],
        schema.PROJECTS: [
            {
                "PRO_CODE": project.code,
                "PRO_NAME": project.name,
                "AGENCY_NAME": project.agency,
                "EMPHASIS": "是" if project.emphasis else "否",
                "PRO_DESC": project.overview,
                "GOAL": project.goal,
            }
            for project in ledger.projects
        ],
        schema.INDICATORS: list(_indicators(ledger)),
        schema.COUNTS: [
            {"KIND": count.kind, "LABEL": count.label, "VALUE": count.value, "UNIT": count.unit}
            for count in ledger.counts
        ],
        schema.TEXTS: [{"KEY": key, "TEXT": text} for key, text in ledger.texts.items()],
    }


def _indicators(ledger: Ledger) -> Iterator[Mapping[str, Any]]:
    for name, indicators in (("", ledger.indicators), *((p.name, p.indicators) for p in ledger.projects)):
        for indicator in indicators:
            yield {
                "PRO_NAME": name,
                "FIRST": indicator.first,
                "SECOND": indicator.second,
                "THIRD": indicator.name,
                "DIRECTION": indicator.direction,
                "VALUE": indicator.value,
                "UNIT": indicator.unit,
                "WEIGHT": indicator.weight,
                "CORE": None if indicator.core is None else "是" if indicator.core else "否",
            }


def _line(line: Line, ledger: Ledger, sheet: str) -> Mapping[str, Any]:
    form = next(form for form in SHEETS if form.name == sheet)
    values: dict[str, Any] = {}
    for column in form.columns:
        values[column.field] = _field(line, column, ledger)
    return values


_DIMENSIONS = {
    "EXP_FUNC_CODE": "function",
    "DEP_BGT_ECO_CODE": "object",
    "GOV_BGT_ECO_CODE": "gov_object",
    "FUND_TYPE_NAME": "fund",
    "NATURE": "nature",
    "STAFFING": "staffing",
    "PRO_NAME": "project",
    "AGENCY_NAME": "agency",
    "PURCHASE": "purchase",
    "FLOW": "flow",
    "TOPIC": "topic",
    "STAGE": "stage",
    "FISCAL_YEAR": "year",
}


def _field(line: Line, column: Column, ledger: Ledger) -> Any:
    if column.field == "AMT":
        return Decimal(line.fen) / 100
    if column.field == "CARRIED":
        return "是" if line.carried else None
    point: Point = line.point
    value = point.get(_DIMENSIONS[column.field])
    if column.field == "STAGE" and value == ledger.stage:
        return None
    if column.words is not None and value is not None:
        return next(word for word, member in column.words.items() if member == value)
    return value


def _workbook(basics: Mapping[str, Any], rows: Values) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_numbers": False})
    book.set_properties({"title": "底账", "created": _DAY})
    styles = {
        "head": book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "text_wrap": True, "valign": "top"}),
        "need": book.add_format({"bold": True, "bg_color": "#FCE4D6", "border": 1, "text_wrap": True, "valign": "top"}),
        "field": book.add_format({"font_color": "#808080", "font_size": 9, "border": 1}),
        "text": book.add_format({"num_format": "@"}),
        "money": book.add_format({"num_format": "#,##0.00"}),
        "note": book.add_format({"font_color": "#606060", "text_wrap": True, "valign": "top"}),
    }
    _guide(book.add_worksheet("说明"), styles)
    _basics(book.add_worksheet(schema.BASICS), styles, basics)
    for form in SHEETS:
        _sheet(book.add_worksheet(form.name), styles, form, rows.get(form.name, ()))
    book.close()
    return buffer.getvalue()


def _guide(sheet: Any, styles: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 90)
    lines = [
        ("底账", "一个单位一年的预算（或决算）底账：各张公开表和文字中的数字都由这里得出，哪里都不用再填一遍。"),
        ("金额", "一律以元为单位；上年数逐行列在同一张表里，只有年度不同。"),
        ("颜色", "橙色表头的列必须填；其余可以空着。把鼠标移到表头上可以看到填写说明。"),
        ("检查", "mingzhang ledger check 底账.xlsx 一次列出全部错误；mingzhang compose 底账.xlsx 生成全部公开表。"),
        *((form.name, form.comment or "—") for form in SHEETS),
    ]
    for row, (name, text) in enumerate(lines):
        sheet.write_string(row, 0, name, styles["head"])
        sheet.write_string(row, 1, text, styles["note"])


def _basics(sheet: Any, styles: Mapping[str, Any], values: Mapping[str, Any]) -> None:
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 60)
    sheet.set_column(2, 2, 60)
    for row, column in enumerate(BASIC_FIELDS):
        sheet.write_string(row, 0, column.name, styles["need" if column.required else "head"])
        value = values.get(column.field)
        if value not in (None, ""):
            sheet.write(row, 1, value, styles["text"] if isinstance(value, str) else None)
        if column.words is not None:
            sheet.data_validation(row, 1, row, 1, {"validate": "list", "source": list(column.words)})
        sheet.write_string(row, 2, column.comment, styles["note"])


def _sheet(sheet: Any, styles: Mapping[str, Any], form: SheetForm, rows: Sequence[Mapping[str, Any]]) -> None:
    for index, column in enumerate(form.columns):
        sheet.set_column(index, index, _WIDTHS[column.kind])
        sheet.write_string(0, index, column.name, styles["need" if column.required else "head"])
        sheet.write_string(1, index, column.field, styles["field"])
        if column.comment:
            sheet.write_comment(0, index, column.comment, {"x_scale": 2})
        if column.words is not None:
            source = list(column.words)
            sheet.data_validation(2, index, _LAST_ROW, index, {"validate": "list", "source": source})
    sheet.freeze_panes(2, 0)
    for number, row in enumerate(rows, 2):
        for index, column in enumerate(form.columns):
            _write(sheet, number, index, column, row.get(column.field), styles)


def _write(sheet: Any, row: int, index: int, column: Column, value: Any, styles: Mapping[str, Any]) -> None:
    if value in (None, ""):
        return
    if column.kind == "money":
        sheet.write_number(row, index, float(value), styles["money"])
    elif isinstance(value, int | Decimal) and not isinstance(value, bool):
        sheet.write_number(row, index, float(value))
    else:
        sheet.write_string(row, index, str(value), styles["text"])
