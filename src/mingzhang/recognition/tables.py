"""One grid → one table of the disclosure: every number of it becomes an observation or is listed unread."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from mingzhang.cube.amount import NotAnAmountError, Unit, parse_amount, unit_named
from mingzhang.cube.disclosure import Observation, Row, Table, Target, Unread
from mingzhang.cube.hierarchy import CODED_DIMENSIONS
from mingzhang.cube.point import DIMENSIONS, UNKNOWN_SCOPE, Point
from mingzhang.cube.source import Source
from mingzhang.documents.model import Cell, Grid
from mingzhang.recognition.captions import Caption
from mingzhang.recognition.changes import RATES, settled_changes
from mingzhang.recognition.class_columns import Within
from mingzhang.recognition.columns import SPENDING_TOPICS, THREE_PUBLIC, settled, with_side, without_spacers
from mingzhang.recognition.header import (
    Column,
    blocks_of,
    decimal_of,
    header_paths,
    header_rows,
    is_index_row,
    is_number,
    is_remark,
    is_total_label,
    read_columns,
)
from mingzhang.recognition.matrix import Matrix, has_spans, matrix_of
from mingzhang.recognition.numbers import NUMBER, unread_numbers
from mingzhang.recognition.outline import agreed_headings
from mingzhang.recognition.precision import printed_decimals, refined
from mingzhang.recognition.repeats import told_apart, without_headings
from mingzhang.recognition.rows import QUANTITY, RowMeaning, RowReader
from mingzhang.recognition.sides import (
    closings,
    edges,
    preprinted,
    reaching_over,
    tells_carry_over,
    totals,
    with_carry_over,
)
from mingzhang.recognition.titles import TABLE_WIDE_TOPICS, Context, title_point
from mingzhang.recognition.unit_names import is_unit_name
from mingzhang.recognition.vocabulary import fold, parse_phrase, scan_title

_NO_AMOUNTS = {"index": "序号", "quantity": "数量、单价，不是预算金额"}
_RATE_WORDS = re.compile("[%％率幅]|比重|比例")
_RATES = frozenset({"change_rate", "share", "completion_rate"})
_MEASURED = frozenset({"flow", "topic", "nature", "function", "object", "gov_object"})


@dataclass(slots=True)
class Reading:
    """A table with what was read of it."""

    table: Table
    observations: list[Observation] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)


def read_table(grid: Grid, caption: Caption, context: Context, table_id: str, first_row: int = 0) -> Reading:
    """Read a table of amounts: header, columns, rows, cells. Its form is named later."""
    matrix = matrix_of(grid)
    end = header_rows(matrix, first_row)
    infer = not has_spans(grid)
    paths = header_paths(matrix, first_row, end, infer_spans=infer)
    body = [row for row in range(end, matrix.height) if not is_index_row(matrix.own[row])]
    phrase = scan_title(caption.full_title)
    base = title_point(caption, context)
    classes = Within(base.get("object"), context.year)
    columns = read_columns(paths, lambda column: [matrix.own[row][column] for row in body], phrase.dimension, classes)
    if not caption.title:
        # What an untitled table covers is not known: its sums hold within it, and tie it to no other table.
        base.setdefault("agency", f"{UNKNOWN_SCOPE}{table_id}")
    reader = _TableReader(matrix, caption, context, table_id, base, phrase.dimension)
    reader.two_sided = "two_sided" in phrase.kinds
    return reader.read(grid, columns, paths, end)


@dataclass(slots=True)
class _TableReader:
    matrix: Matrix
    caption: Caption
    context: Context
    table_id: str
    base: dict[str, Any]
    dimension: str | None
    two_sided: bool = False
    body: range = range(0)
    amounts: frozenset[int] = frozenset()
    points: dict[int, dict[str, Any]] = field(default_factory=dict)
    units: dict[int, Unit | None] = field(default_factory=dict)
    within: frozenset[int] = frozenset()  # the columns under 其中
    observations: list[Observation] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    holes: list[Point] = field(default_factory=list)
    unread_rows: bool = False
    unread_columns: bool = False
    preprinted: frozenset[tuple[int, int]] = frozenset()  # row and column of the form's own dashes
    of_classes: dict[tuple[int | None, str], Point] = field(default_factory=dict)

    def read(self, grid: Grid, columns: list[Column], paths: list[tuple[str, ...]], end: int) -> Reading:
        self.body = range(end, self.matrix.height)
        columns = settled(without_spacers(columns, self._is_empty), self.base)
        self.amounts = frozenset(column.index for column in columns if column.role == "amount")
        self.points = {column.index: column.point for column in columns if column.role == "amount"}
        self.units = {column.index: self._unit(column) for column in columns}
        self.within = frozenset(column.index for column in columns if any("其中" in text for text in column.path))
        blocks = blocks_of(columns)
        for block in blocks:
            amounts = [c for c in block if c.role == "amount"]
            # Two columns of one point (教育收费 beside 其他专户收入) are parts of it that the cube does not tell apart.
            twice = [one for one in amounts if sum(other.point == one.point for other in amounts) > 1]
            self.unread_columns = self.unread_columns or not all(self._is_empty(one.index) for one in twice)
        sides = {column.point.get("flow") for column in columns if column.role == "amount"}
        self.two_sided = len(blocks) > 1 and (self.two_sided or {"income", "expenditure"} <= sides)
        if self.two_sided:
            blocks = [with_carry_over(self.matrix, self.body, with_side(block)) for block in blocks]
        self.preprinted = frozenset().union(*(preprinted(self.matrix, self.body, block) for block in blocks))
        readers = [self._row_reader(block) for block in blocks]
        precision = self._precision(columns, end)
        rows: list[Row] = []
        outer = edges(self.matrix, self.body)
        heads = self._heads(columns, precision) if len(blocks) == 1 and readers[0].lists_under_units else {}
        for row in range(end, self.matrix.height):
            texts = self.matrix.own[row]
            if not any(texts):
                continue
            remark = is_remark(texts)
            if remark or is_index_row(texts):
                rows.append(Row(texts, "note" if remark else "index", self._source(row, 0)))
                self._identifiers(row, "注" if remark else "栏次")
                continue
            meanings = [
                reader.read(
                    [self._label_text(row, column, texts) for column in block], edge=row in outer, heads=heads.get(row)
                )
                for reader, block in zip(readers, blocks, strict=True)
            ]
            meanings = reaching_over(blocks, meanings, texts)
            rows.append(self._row(row, texts, meanings))
            places = rows[-1].places
            for block, meaning in zip(blocks, meanings, strict=True):
                for column in block:
                    self._cell(row, column, meaning, precision[column.index], places[column.index])
        self._header_numbers(end)
        self.observations = settled_changes(
            told_apart(without_headings(self.observations), self._named_units(columns)), paths, self.table_id
        )
        table = Table(
            id=self.table_id,
            title=self.caption.full_title,
            unit=self.caption.unit,
            source=grid.source._replace(table=self.table_id),
            form=None,
            header=tuple(paths),
            rows=tuple(rows),
            point=self._new_point({}, {}),
            columns=tuple(self._new_point(column.point, {}) if column.role == "amount" else None for column in columns),
            number=self.caption.number,
            holes=tuple(self.holes),
            unread_rows=self.unread_rows,
            unread_columns=self.unread_columns,
        )
        return Reading(table, self.observations, self.unread)

    def _heads(self, columns: list[Column], precision: list[tuple[int, bool]]) -> dict[int, bool]:
        """Which rows of a list by unit are the units: the amounts decide it where they can."""
        names = [column.index for column in columns if column.role in ("name", "label", "project", "agency")]
        sums = [column.index for column in columns if column.role == "amount"]
        rows: list[int] = []
        for row in self.body:
            texts = self.matrix.own[row]
            label = next((self.matrix.text(row, index) for index in names if self.matrix.text(row, index)), "")
            if label and not is_total_label(label) and not is_index_row(texts):
                rows.append(row)
        amounts = [tuple(decimal_of(self.matrix.own_text(row, index)) for index in sums) for row in rows]
        likely = [is_unit_name(self.matrix.text(row, names[0])) for row in rows]
        step = Decimal(1).scaleb(-max((precision[index][0] for index in sums), default=0))
        found = agreed_headings(amounts, likely, step) if sums else None
        return {} if found is None else {row: number in found for number, row in enumerate(rows)}

    def _named_units(self, columns: list[Column]) -> dict[int, str]:
        """The units that a column of their own names beside the codes, by the number of the row."""
        named = next((column.index for column in columns if column.role == "agency"), None)
        if named is None:
            return {}
        texts = {row + 1: self.matrix.text(row, named) for row in self.body}
        return {row: fold(text) for row, text in texts.items() if text and not is_total_label(text)}

    def _is_empty(self, column: int) -> bool:
        return not any(self.matrix.own_text(row, column) for row in self.body)

    def _row_reader(self, block: list[Column]) -> RowReader:
        base = dict(self.base)
        flow = next((c.point["flow"] for c in block if "flow" in c.point and c.role == "amount"), None)
        flow = flow or next((c.point["flow"] for c in block if "flow" in c.point), None)
        if flow is not None and self.two_sided:
            base["flow"] = flow
        carried = (
            not self.two_sided and base.get("flow") == "sources" and tells_carry_over(self.matrix, self.body, block)
        )
        units = any("单位" in text for column in block if column.role != "amount" for text in column.path)
        dimension = next((column.dimension for column in block if column.dimension), None) or self.dimension
        called = totals(self.matrix, self.body, block)
        return RowReader(
            block,
            base,
            self.two_sided,
            dimension,
            units,
            "income" if carried else None,
            # 小计 is not the total of the block where another total stands beside it, or where there are several.
            subtotals=called.count("小计") > 1 or ("小计" in called and set(called) != {"小计"}),
            totalled=bool(called),
            year=self.context.year,
            closings=closings(self.matrix, self.body, block) if self.two_sided else 0,
        )

    def _precision(self, columns: list[Column], end: int) -> list[tuple[int, bool]]:
        """The printed precision of each column: that of all the table's columns of the same unit together."""
        texts: dict[str | None, list[str]] = {}
        body = [own for own in self.matrix.own[end:] if not any(map(_states_rates, own))]
        for column in columns:
            if column.role == "amount":
                printed = (own[column.index] for own in body)
                texts.setdefault(column.unit, []).extend(text for text in printed if is_number(text))
        found = {unit: printed_decimals(numbers) for unit, numbers in texts.items()}
        return [found.get(column.unit, (0, False)) for column in columns]

    def _label_text(self, row: int, column: Column, texts: tuple[str, ...]) -> str:
        """A label merged over several rows governs each of them; an amount stands once."""
        if column.role in ("amount", "unread") or self._reaches_amounts(row, column.index):
            return texts[column.index] if column.role in ("amount", "unread") else ""
        return self.matrix.text(row, column.index)

    def _reaches_amounts(self, row: int, index: int) -> int | None:
        """The column of amounts that a number merged with the label columns at its left belongs to."""
        cell = self.matrix.cells[row][index]
        if cell is None or cell.column_span == 1 or not is_number(cell.text.strip()):
            return None
        covered = range(cell.column, cell.column + cell.column_span)
        found = next((at for at in covered if at in self.amounts), None)
        return found if found != cell.column else None

    def _row(self, row: int, texts: tuple[str, ...], meanings: list[RowMeaning]) -> Row:
        meaning = next((m for m in meanings if m.code), meanings[0])
        point = self._point(None, meaning.point) if meaning.reason is None else Point()
        places = tuple([self._source(row, column) for column in range(len(texts))])
        return Row(texts, meaning.kind, places[0], meaning.code, meaning.name, point, places)

    def _cell(self, row: int, column: Column, meaning: RowMeaning, precision: tuple[int, bool], source: Source) -> None:
        cell = self.matrix.cells[row][column.index]
        if cell is None:
            return
        if cell.column_span > 1 and (reached := self._reaches_amounts(row, column.index)) is not None:
            if reached != column.index:
                return
        elif cell.row != row or cell.column != column.index:
            return
        text = cell.text.strip()
        if (not text and column.role != "amount") or (row, column.index) in self.preprinted:
            return
        if column.role not in ("amount", "unread"):
            reason = (
                "科目编码" if column.role.startswith("code") else _NO_AMOUNTS.get(column.role, "名称或说明中的数字")
            )
            kind = "quantity" if column.role == "quantity" else "identifier"
            self.unread += unread_numbers(text, None, source, (), reason, kind)
            return
        unit = self.units[column.index]
        if meaning.point.get("measure") in RATES:
            unit, precision = unit_named("%"), (0, False)  # a row of rates in a table of money
        problem = self._problem(column, meaning, unit) or self._astride(cell, column)
        hole = False
        if problem is None and unit is not None:
            try:
                amount = parse_amount(text, unit, decimals=precision[0])
            except NotAnAmountError:
                problem, hole = f"“{text[:20]}”不是一个完整的数", True
                self.holes.append(self._point(column, meaning.point))
            else:
                point = self._point(column, meaning.point)
                within = meaning.kind == "of_which" or column.index in self.within
                amount = refined(amount, *precision)
                self.observations.append(Observation(point, amount, source, "table", within, meaning.name or ""))
                return
        if is_number(text):
            self.unread_columns = self.unread_columns or column.role == "unread"
            lost = column.role == "amount" and meaning.reason is not None and meaning.kind != "note"
            self.unread_rows = self.unread_rows or lost
            kind = "quantity" if problem == QUANTITY else "amount"
            self.unread.append(Unread(text, source, problem or "没有认出这个数说的是什么", kind))
            return
        self.unread += unread_numbers(text, None, source, (), problem, "amount" if hole else None)

    def _astride(self, cell: Cell, column: Column) -> str | None:
        """Why a number is in no column: its cell is drawn over several that stand at different points."""
        if cell.column_span == 1 or not is_number(cell.text.strip()):
            return None
        covered = range(cell.column, cell.column + cell.column_span)
        points = [self.points[index] for index in covered if index in self.points]
        return None if all(point == column.point for point in points) else "单元格跨越多栏，无法确定这个数属于哪一栏"

    def _problem(self, column: Column, meaning: RowMeaning, unit: Unit | None) -> str | None:
        """Why a cell of this row and column cannot be an observation."""
        if column.role == "unread":
            header = " / ".join(column.path)
            return f"表头“{header}”未能识别" if header else "该列没有表头"
        if meaning.kind == "note":
            return meaning.reason or "说明行中的数字"
        if meaning.reason is not None:
            return meaning.reason
        if unit is None:
            return "表格没有标明金额单位"
        if not self._placed(column, meaning):
            return f"表名“{self.caption.title or '（无）'}”没有说明是什么金额"
        return None

    def _placed(self, column: Column, meaning: RowMeaning) -> bool:
        """Whether title, header and row together say what is measured."""
        return not (
            _MEASURED.isdisjoint(meaning.point)
            and _MEASURED.isdisjoint(column.point)
            and _MEASURED.isdisjoint(self.base)
        )

    def _unit(self, column: Column) -> Unit | None:
        if column.unit is not None:
            return unit_named(column.unit)
        if column.point.get("measure") in RATES:
            return unit_named("%")
        return self.caption.unit

    def _point(self, column: Column | None, row: dict[str, Any]) -> Point:
        """The point of a column (or of none) and a row; rows that name a class alone differ in its code only."""
        named = {} if column is None else column.point
        dimension = next(iter(row), None)
        if len(row) != 1 or dimension not in CODED_DIMENSIONS or row[dimension] is None:
            return self._new_point(named, row)
        key = (None if column is None else column.index, dimension)
        first = self.of_classes.get(key)
        if first is None:
            first = self.of_classes[key] = self._new_point(named, row)
        return first.at(**row)

    def _new_point(self, column: dict[str, Any], row: dict[str, Any]) -> Point:
        values = {**self.base, **column, **row}
        if values.get("topic") == "performance" and "nature" in values:
            values.pop("topic")  # a list of projects with their targets: its amounts are expenditure
        year = values.get("year")
        if year == "last":
            values["year"] = self.context.year - 1 if self.context.year is not None else None
        elif year == "this":
            values["year"] = self.context.year
        classified = {"nature", "staffing", "function", "object", "gov_object"} & values.keys()
        if values.get("topic") in (None, *SPENDING_TOPICS) and classified:
            values.setdefault("flow", "expenditure")
        if values.get("topic") in THREE_PUBLIC and values.get("fund") == "fiscal":
            values.pop("fund")  # 三公经费财政拨款预算总额: the scope that its parts have too
        if (row.get("topic") not in (None, *SPENDING_TOPICS) and self.base.get("topic") is None) or (
            values.get("topic") in TABLE_WIDE_TOPICS | THREE_PUBLIC and values.get("flow") in ("expenditure", "uses")
        ):
            values.pop("flow", None)  # 支出合计 of 三公经费: the scope is the topic's
        return Point(**{name: value for name, value in values.items() if name in DIMENSIONS and value is not None})

    def _source(self, row: int, column: int, cell: Cell | None = None) -> Source:
        cell = cell or self.matrix.cells[row][column]
        source = cell.source if cell is not None else Source()
        return source.in_table(self.table_id, row + 1, column + 1)

    def _identifiers(self, row: int, reason: str) -> None:
        for column in range(self.matrix.width):
            cell = self.matrix.anchored(row, column)
            if cell is not None and NUMBER.search(cell.text):
                source = self._source(row, column, cell)
                self.unread += unread_numbers(cell.text, None, source, (), reason, "identifier")

    def _header_numbers(self, end: int) -> None:
        for row in range(end):
            self._identifiers(row, "表头中的数字")


def _states_rates(text: str) -> bool:
    """Whether it is the label of a row of rates (增减%), whose places say nothing of the amounts above them."""
    return _RATE_WORDS.search(text) is not None and parse_phrase(text).point.get("measure") in _RATES
