"""Tidy observations: one row an amount, as CSV, workbook and Parquet, with the national field names where they exist."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from mingzhang.cube.disclosure import Disclosure, Observation, Table, Unread
from mingzhang.cube.names import MEMBER_WORDS
from mingzhang.cube.point import UNKNOWN_SCOPE, UNNAMED_AGENCY
from mingzhang.cube.source import Source
from mingzhang.errors import UsageError
from mingzhang.publication.exact import plain
from mingzhang.publication.workbooks import Value, begun, fill, like_a_formula, saved

# Parquet: one type a column, whatever the document, so that files of many documents make one table.
_WHOLE = frozenset({"FISCAL_YEAR", "of_which", "page", "line", "row", "column"})
_EXACT = frozenset({"AMT", "value", "quantum", "fen", "left", "top", "right", "bottom"})
_DIGITS, _PLACES = 38, 8


Names = Callable[[str, str, int | None], str | None]
"""The name of a code of a dimension in a year, or ``None``: the classification, which this room does not know of."""


def no_names(dimension: str, code: str, year: int | None) -> str | None:
    """No classification: codes stand without names."""
    return None


@dataclass(frozen=True, slots=True)
class _Subject:
    """One observation with what its columns are taken from."""

    disclosure: Disclosure
    table: Table | None
    observation: Observation
    names: Names

    @property
    def source(self) -> Source:
        return self.observation.source


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its field name, what it holds (Chinese), and how it is taken."""

    name: str
    meaning: str
    value: Callable[[_Subject], Value]


def _dimension(name: str) -> Callable[[_Subject], Value]:
    def value(subject: _Subject) -> Value:
        found: Value = subject.observation.point.get(name)
        return found

    return value


def _yuan(subject: _Subject) -> Value:
    amount = subject.observation.amount
    return amount.fen / 100 if amount.unit.is_money else None


def _fund_name(subject: _Subject) -> Value:
    fund = subject.observation.point.fund
    return MEMBER_WORDS["fund"].get(fund, fund) if fund is not None else None


def _agency(subject: _Subject) -> str:
    """The unit as printed, without the marks of what is not printed; that of the whole document where none is named."""
    agency = subject.observation.point.agency or ""
    if agency.startswith(UNKNOWN_SCOPE):
        return ""
    return agency.partition(UNNAMED_AGENCY)[0] or subject.disclosure.agency or ""


def _agency_name(subject: _Subject) -> Value:
    agency = _agency(subject)
    return None if not agency or agency.isdecimal() else agency


def _agency_code(subject: _Subject) -> Value:
    agency = _agency(subject)
    return agency if agency.isdecimal() else None


def _scope(subject: _Subject) -> Value:
    agency = subject.observation.point.agency or ""
    if agency.startswith(UNKNOWN_SCOPE):
        return "unknown"
    return f"part {agency.partition(UNNAMED_AGENCY)[2]}" if UNNAMED_AGENCY in agency else None


def _name(dimension: str) -> Callable[[_Subject], Value]:
    def value(subject: _Subject) -> Value:
        point = subject.observation.point
        code = point.get(dimension)
        return subject.names(dimension, code, point.year) if code is not None else None

    return value


def _edge(index: int) -> Callable[[_Subject], Value]:
    def value(subject: _Subject) -> Value:
        box = subject.source.bbox
        return Decimal(str(round(box[index], 2))) if box is not None else None

    return value


def _confidence(subject: _Subject) -> Value:
    scan = subject.source.scan
    return Decimal(str(scan.confidence)) if scan is not None else None


COLUMNS: tuple[Column, ...] = (
    Column("FISCAL_YEAR", "预算年度", _dimension("year")),
    Column("MOF_DIV_NAME", "财政区划名称（材料所写的地区）", lambda s: s.disclosure.region),
    Column("AGENCY_CODE", "单位代码（表中只印代码时）", _agency_code),
    Column("AGENCY_NAME", "单位名称", _agency_name),
    Column("EXP_FUNC_CODE", "支出功能分类科目代码", _dimension("function")),
    Column("EXP_FUNC_NAME", "该年度支出功能分类科目名称；印出的名称见 label", _name("function")),
    Column("DEP_BGT_ECO_CODE", "部门支出经济分类代码", _dimension("object")),
    Column("DEP_BGT_ECO_NAME", "该年度部门支出经济分类科目名称", _name("object")),
    Column("GOV_BGT_ECO_CODE", "政府支出经济分类代码", _dimension("gov_object")),
    Column("GOV_BGT_ECO_NAME", "该年度政府支出经济分类科目名称", _name("gov_object")),
    Column("FUND_TYPE_NAME", "资金性质名称", _fund_name),
    Column("PRO_NAME", "项目名称", _dimension("project")),
    Column("LV3_PERF_IND_NAME", "三级绩效指标名称", _dimension("indicator")),
    Column("stage", "阶段：budget 年初预算，adjusted 调整预算，executed 执行数，final 决算", _dimension("stage")),
    Column(
        "flow",
        "收支方向：income 收入，expenditure 支出，carried_in 上年结转，carried_out 结转下年等",
        _dimension("flow"),
    ),
    Column("fund", "资金性质标识", _dimension("fund")),
    Column("nature", "支出性质：basic 基本支出，project 项目支出等", _dimension("nature")),
    Column("staffing", "经费类别：personnel 人员经费，public 公用经费", _dimension("staffing")),
    Column("topic", "专项口径：three_public 三公经费，procurement 政府采购等", _dimension("topic")),
    Column("purchase", "采购类别：goods 货物，works 工程，services 服务", _dimension("purchase")),
    Column("measure", "计量对象：amount 金额，change 增减额，change_rate 增减率，weight 权重等", _dimension("measure")),
    Column(
        "scope",
        "口径：空为全单位或所写单位；part n 为同一科目的第n行（各属哪个单位没有写明）；unknown 为没有写明",
        _scope,
    ),
    Column("label", "行名称或原文语句", lambda s: s.observation.label or None),
    Column("AMT", "金额（元）；不是金额的为空", _yuan),
    Column("value", "按原单位的数值", lambda s: s.observation.amount.value),
    Column("unit", "原单位", lambda s: s.observation.amount.unit.name),
    Column("printed", "原文印出的数字", lambda s: s.observation.amount.printed),
    Column("quantum", "印出精度：金额以分计，其他以原单位计", lambda s: s.observation.amount.quantum),
    Column("fen", "金额（分）", lambda s: s.observation.amount.fen if s.observation.amount.unit.is_money else None),
    Column("of_which", "是否“其中”项：1 是", lambda s: 1 if s.observation.of_which else None),
    Column("origin", "出处：table 表格，text 文字", lambda s: s.observation.origin),
    Column("table_id", "表格标识", lambda s: s.source.table),
    Column("table_title", "表名", lambda s: s.table.title if s.table is not None else None),
    Column("file", "文件", lambda s: s.source.file or s.disclosure.path),
    Column("page", "页", lambda s: s.source.page),
    Column("sheet", "工作表", lambda s: s.source.sheet),
    Column("cell", "单元格", lambda s: s.source.cell),
    Column("line", "文本行", lambda s: s.source.line),
    Column("row", "表内行", lambda s: s.source.row),
    Column("column", "表内列", lambda s: s.source.column),
    Column("left", "数字所在框的左边（磅，从页面左上角起）", _edge(0)),
    Column("top", "框的上边", _edge(1)),
    Column("right", "框的右边", _edge(2)),
    Column("bottom", "框的下边", _edge(3)),
    Column("quote", "原文", lambda s: s.source.quote),
    Column("confidence", "扫描件中这个数字的识别置信度（0至1）；不是扫描件的为空", _confidence),
)

UNREAD_COLUMNS: tuple[tuple[str, str], ...] = (
    ("printed", "原文印出的数字"),
    ("reason", "没有列入数据的原因"),
    ("kind", "amount 可能是金额，quantity 数量，identifier 编码、年份、序号"),
    ("table_id", "表格标识"),
    ("page", "页"),
    ("sheet", "工作表"),
    ("cell", "单元格"),
    ("line", "文本行"),
    ("row", "表内行"),
    ("column", "表内列"),
    ("left", "数字所在框的左边（磅，从页面左上角起）"),
    ("top", "框的上边"),
    ("right", "框的右边"),
    ("bottom", "框的下边"),
    ("quote", "原文"),
)


def observations_csv(disclosure: Disclosure, names: Names = no_names) -> bytes:
    """The observations as CSV; UTF-8 with a mark, so that Excel opens it as it is."""
    return _csv([column.name for column in COLUMNS], _observation_rows(disclosure, names))


def unread_csv(disclosure: Disclosure) -> bytes:
    """The numbers that became no observation, as CSV."""
    return _csv([name for name, _ in UNREAD_COLUMNS], map(_unread_row, disclosure.unread))


def workbook_bytes(disclosure: Disclosure, names: Names = no_names) -> bytes:
    """A workbook of three sheets: the observations, the unread numbers, what the fields mean. Deterministic."""
    book, first = begun("数据")
    fill(first, [column.name for column in COLUMNS], _observation_rows(disclosure, names))
    fill(book.create_sheet("未读数字"), [name for name, _ in UNREAD_COLUMNS], map(_unread_row, disclosure.unread))
    fields = [("数据", column.name, column.meaning) for column in COLUMNS]
    fields += [("未读数字", name, meaning) for name, meaning in UNREAD_COLUMNS]
    fill(book.create_sheet("字段说明"), ["工作表", "字段", "说明"], fields)
    return saved(book)


def observations_parquet(disclosure: Disclosure, names: Names = no_names) -> bytes:
    """The observations as Parquet: the columns of the CSV, amounts as exact decimals.

    Raises ``UsageError`` (needs-pyarrow; too-wide for an amount that no decimal of Parquet holds).
    """
    return _parquet(
        [(column.name, column.meaning) for column in COLUMNS], _observation_rows(disclosure, names), disclosure
    )


def unread_parquet(disclosure: Disclosure) -> bytes:
    """The numbers that became no observation, as Parquet."""
    return _parquet(UNREAD_COLUMNS, map(_unread_row, disclosure.unread), disclosure)


def _parquet(fields: Sequence[tuple[str, str]], rows: Iterable[list[Value]], disclosure: Disclosure) -> bytes:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise UsageError(
            "needs-pyarrow",
            "输出 parquet 需要 pyarrow，请先安装：pip install 'mingzhang[parquet]'（或 pip install pyarrow）。",
        ) from error
    kinds = {name: pyarrow.int64() for name in _WHOLE} | {name: pyarrow.decimal128(_DIGITS, _PLACES) for name in _EXACT}
    schema = pyarrow.schema(
        [pyarrow.field(name, kinds.get(name, pyarrow.string()), metadata={"meaning": told}) for name, told in fields]
    )
    values = list(zip(*rows, strict=True)) or [()] * len(fields)
    try:
        columns = [
            pyarrow.array([_typed(value, field.type, pyarrow) for value in column], field.type)
            for column, field in zip(values, schema, strict=True)
        ]
    except pyarrow.ArrowInvalid as error:
        raise UsageError(
            "too-wide",
            f"“{disclosure.path}”中有超过{_DIGITS - _PLACES}位整数或{_PLACES}位小数的数，parquet 存不下，请改用 csv。",
        ) from error
    buffer = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_arrays(columns, schema=schema), buffer, compression="zstd")
    return buffer.getvalue()


def _typed(value: Value, kind: Any, pyarrow: Any) -> Value:
    if value is None:
        return None
    if pyarrow.types.is_decimal(kind):
        return Decimal(plain(value)) if isinstance(value, Decimal) else Decimal(value)
    if pyarrow.types.is_string(kind):
        return str(value).encode("utf-8", errors="replace").decode("utf-8")
    return value


def _observation_rows(disclosure: Disclosure, names: Names) -> Iterable[list[Value]]:
    tables: Mapping[str, Table] = {table.id: table for table in disclosure.tables}
    for observation in disclosure.observations:
        subject = _Subject(disclosure, tables.get(observation.source.table or ""), observation, names)
        yield [column.value(subject) for column in COLUMNS]


def _unread_row(item: Unread) -> list[Value]:
    source = item.source
    return [
        item.printed,
        item.reason,
        item.kind,
        source.table,
        source.page,
        source.sheet,
        source.cell,
        source.line,
        source.row,
        source.column,
        *([Decimal(str(round(edge, 2))) for edge in source.bbox] if source.bbox is not None else [None] * 4),
        source.quote,
    ]


def _csv(header: list[str], rows: Iterable[list[Value]]) -> bytes:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_text(value) for value in row] for row in rows)
    return buffer.getvalue().encode("utf-8-sig", errors="replace")


def _text(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return plain(value)
    return _harmless(value) if isinstance(value, str) else str(value)


def _harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula; a plain negative number stays itself."""
    return f"'{text}" if like_a_formula(text) else text
