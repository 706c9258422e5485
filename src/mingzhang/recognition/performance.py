"""Performance-target tables (绩效目标表): named fields with an amount or a text, and a list of weighted indicators."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

from mingzhang.cube.amount import NotAnAmountError, Unit, parse_amount, unit_named
from mingzhang.cube.disclosure import Observation, Row, Table, Target, Unread
from mingzhang.cube.point import UNNAMED_AGENCY, Point
from mingzhang.cube.source import Source
from mingzhang.documents.model import Grid
from mingzhang.recognition.captions import Caption
from mingzhang.recognition.header import is_number
from mingzhang.recognition.matrix import Matrix, matrix_of
from mingzhang.recognition.numbers import NUMBER, unread_numbers
from mingzhang.recognition.performance_labels import NAMING, FieldLabels, bare, groups_of, is_label_of, plain, rank
from mingzhang.recognition.precision import refined_together
from mingzhang.recognition.repeats import told_apart
from mingzhang.recognition.tables import Reading
from mingzhang.recognition.titles import Context
from mingzhang.recognition.vocabulary import fold, parse_phrase, vocabulary

_FIELDS = ("indicator", "weight", "target", "period_target", "measure_unit", "direction", "core", "section")
_OF_FIELDS = frozenset(("amount_labels", "project_labels", "agency_labels", "text_labels"))
_GROUPS = ("一级指标", "二级指标")
_PERCENT = unit_named("%")
_MANY_PARTED = 3  # rows whose amount is divided by fund, after which one that is not lacks its parts
_THIS_YEAR = re.compile(r"年度|当年|本年|20\d\d年")
_OF_THE_WHOLE = re.compile(r"整体|部门预算绩效|部门绩效|单位绩效")
_TITLE_WORDS = re.compile(
    r"(?:19|20)\d\d年(?:度)?|部门|单位|预算|财政|支出|市级|区级|县级|省级|重点|一般性?|专项资金|项目|绩效|目标|申报|填报|情况|批复|及|表|本次下达|另文下达|本级|对下|\d"
)


_TITLE_END = re.compile(r"(?:项目)?(?:支出)?(?:预算)?绩效目标(?:申报|填报|批复|情况)*表?(?:(?:19|20)\d\d年(?:度)?)?\Z")
_YEAR_FIRST = re.compile(r"\A(?:19|20)\d\d年(?:度)?")


def _named_in(title: str) -> str | None:
    """The project that stands before the words of the form in a title (folded): 乙项目 of 乙项目项目绩效目标表."""
    words_apart = _TITLE_WORDS.sub("", title)
    before = _YEAR_FIRST.sub("", _TITLE_END.sub("", title))
    return (before if _TITLE_END.search(title) and before else words_apart) if words_apart else None


def is_performance(matrix: Matrix) -> bool:
    """Whether a grid holds a list of indicators: one row names an indicator and its weight or target."""
    return any("指标" in "\n".join(texts) and _indicator_header(matrix, row) for row, texts in enumerate(matrix.own))


def _indicator_header(matrix: Matrix, row: int) -> dict[str, int]:
    """The columns of an indicator list whose header is this row, by field; empty if it is no such header."""
    found: dict[str, int] = {}
    for column in range(matrix.width):
        text = matrix.own_text(row, column)
        if not text:
            continue
        groups = groups_of(text)
        if not groups:
            continue
        for name in (*_FIELDS, "project_labels", "amount_labels"):
            if name in groups and (
                name not in found or rank(text, name) < rank(matrix.own_text(row, found[name]), name)
            ):
                # 绩效指标 can be the name of the whole list beside 指标名称: the plainer label wins.
                found[name] = column
                break
    named = "indicator" in found and ("weight" in found or "target" in found)
    return found if named else {}


def read_performance(grid: Grid, caption: Caption, context: Context, table_id: str) -> Reading:
    """Read a performance-target table: amounts of the project, weights and targets of its indicators."""
    return _PerformanceReader(matrix_of(grid), caption, context, table_id, grid.source).read()


@dataclass(slots=True)
class _PerformanceReader:
    matrix: Matrix
    caption: Caption
    context: Context
    table_id: str
    source: Source
    observations: list[Observation] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    targets: list[Target] = field(default_factory=list)
    groups: dict[str, int] = field(default_factory=dict)
    project: str | None = None
    fund_columns: dict[int, str] = field(default_factory=dict)
    parted_rows: int = 0
    lifetime: dict[int | None, bool] = field(default_factory=dict)
    coded: set[tuple[int, int]] = field(default_factory=set)
    blanks: list[tuple[int, int, str, str | None]] = field(default_factory=list)

    @property
    def fields(self) -> FieldLabels:
        return FieldLabels(self.matrix, self.context.year)

    def read(self) -> Reading:
        indicators: dict[str, int] = {}
        title = self.caption.title or ""
        if title and not _OF_THE_WHOLE.search(title):
            # A sheet of one project that is named in its title only.
            self.project = _named_in(fold(title))
        for row in range(self.matrix.height):
            texts = self.matrix.own[row]
            header = _indicator_header(self.matrix, row)
            kind: Literal["item", "note"] = "note"
            name: str | None = None
            if header:
                indicators = header
                self.groups = {bare(text): column for column, text in enumerate(texts) if bare(text) in _GROUPS}
                self.fund_columns = self._funds_below(row)
                self._rest(row, set())
            elif indicators and not self._is_field_row(texts):
                name = self._indicator_row(row, texts, indicators)
                kind = "item" if name else "note"
            else:
                indicators = {}
                self._field_row(row, texts)
            places = tuple(self._place(row, column) for column in range(len(texts)))
            self.rows.append(Row(texts, kind, places[0], name=name, places=places))
        self._read_blanks()
        self.observations = refined_together(told_apart(_with_carried(self.observations)))
        table = Table(
            id=self.table_id,
            title=self.caption.full_title,
            unit=self.caption.unit,
            source=self.source._replace(table=self.table_id),
            form=None,
            header=(),
            rows=tuple(self.rows),
            point=Point(year=self.context.year, stage=self.context.stage, topic="performance", project=self.project),
            number=self.caption.number,
            notes=tuple(self.notes),
        )
        return Reading(table, self.observations, self.unread, self.notes, self.targets)

    def _is_field_row(self, texts: Sequence[str]) -> bool:
        first = next((text for text in texts if text), "")
        return not _OF_FIELDS.isdisjoint(groups_of(first, self.context.year))

    def _field_row(self, row: int, texts: Sequence[str]) -> None:
        """Label–value pairs, left to right, or numbers below the labels of their columns."""
        taken: set[int] = set()
        label: str | None = None
        name = ""
        valued = self._labels_of_numbers(texts)
        yearly = any(_THIS_YEAR.search(label) for label in valued)
        for column, text in enumerate(texts):
            if not text:
                continue
            if not is_number(text):
                if label is not None and is_label_of(label, "project_labels"):
                    self.project, label = fold(text), None
                elif self.fields.is_label(text):
                    label = text
                    if is_label_of(text, "amount_labels", self.context.year):
                        # 项目资金总额 beside 年度资金申请总额: of all the years of the project; so are its parts below.
                        # One left blank has no parts: those below it are of the year.
                        self.lifetime[column] = yearly and text in valued and not _THIS_YEAR.search(text)
                else:
                    label = None
                name = name or text
                continue
            if label.endswith(NAMING) if label is not None else self.fields.is_named(row, column):
                self.coded.add((row, column))
            elif self._valued(row, column, text, label, name):
                taken.add(column)
            label, name = None, ""
        self._note_blanks(row, texts)
        self._rest(row, taken)

    def _note_blanks(self, row: int, texts: Sequence[str]) -> None:
        """Parts of an amount (其他资金) whose value is left blank, to be read when it is known that others are not."""
        for column, label in enumerate(texts):
            following = next((text for text in texts[column + 1 :] if text), "")
            if not is_label_of(label, "fund_labels") or is_number(following) or column + 1 >= len(texts):
                continue
            if not texts[column + 1] and self.matrix.anchored(row, column + 1) is not None:
                self.blanks.append((row, column + 1, label, self.project))

    def _read_blanks(self) -> None:
        """A part left blank beside a part that is printed is nought; where none is printed, nothing is parted."""
        project = self.project
        parted = {
            (each.point.project, each.point.year) for each in self.observations if each.point.fund and each.amount.value
        }
        for row, column, label, of_project in self.blanks:
            self.project = of_project
            before = len(self.observations)
            self._amount(row, column, label, "")
            for blank in self.observations[before:]:
                if (blank.point.project, blank.point.year) not in parted:
                    self.observations.remove(blank)
        self.project = project

    def _labels_of_numbers(self, texts: Sequence[str]) -> list[str]:
        """The labels of amounts directly before the numbers of a row."""
        filled = [text for text in texts if text]
        return [
            label
            for label, text in itertools.pairwise(filled)
            if is_number(text) and is_label_of(label, "amount_labels", self.context.year)
        ]

    def _valued(self, row: int, column: int, text: str, label: str | None, name: str) -> bool:
        """Read a number by the label at its left, else by those above it, else as an item that they give amounts of."""
        above = self.fields.above(row, column)
        if label is not None and self._amount(row, column, label, text):
            return True
        words = [label] if label is not None else list(above.labels) if above is not None else []
        unit = self.fields.unit(row, column, above) or self.caption.unit
        point = self.fields.point(words)
        if unit is None:
            return False
        if point is None:
            if not name or above is None:
                return False
            point = {"topic": "performance", "project": fold(name)}
        elif self.project is not None:
            point |= {"project": self.project, "nature": "project"}
        else:
            point["flow"] = self._side(row, column, label) or point["flow"]
        return self._observe(row, column, text, unit, point, label or name or words[-1])

    def _amount(self, row: int, column: int, label: str, text: str) -> bool:
        unit = parse_phrase(label).unit
        found = unit_named(unit) if unit not in (None, "%") else None
        self.caption = replace(self.caption, unit=self.caption.unit or found)  # 部门预算总额（万元） over its parts
        found = found or self.fields.unit(row, column, self.fields.above(row, column)) or self.caption.unit
        if found is None:
            return False
        point: dict[str, Any] = {"flow": "expenditure", "project": self.project}
        if self.project is not None:
            point["nature"] = "project"
        if self.lifetime.get(self.fields.column_of(row, column, label), False) and not _THIS_YEAR.search(label):
            point["year"] = None
        if is_label_of(label, "fund_labels"):
            phrase = parse_phrase(bare(plain(label)))
            if not {"fund", "nature"}.isdisjoint(phrase.point):
                point |= {name: value for name, value in phrase.point.items() if name in ("fund", "nature")}
            elif "flow" in phrase.point and phrase.point["flow"] == "carried_in":
                point["flow"] = "carried_in"
            else:
                point["topic"] = "transfer" if re.search("^补助|转移支付", label) else "own_level"
        elif not is_label_of(label, "amount_labels", self.context.year):
            return False
        if point["flow"] == "expenditure" and "topic" not in point:
            point["flow"] = self._side(row, column, label) or "expenditure"
        return self._observe(row, column, text, found, point, label)

    def _side(self, row: int, column: int, label: str | None) -> str | None:
        """The side that the header over a label names: 收入来源 over 财政拨款."""
        above = self.fields.above(row, column)
        at = self.fields.column_of(row, column, label) if label is not None else None
        header = parse_phrase(self.matrix.text(above.row, at)) if above is not None and at is not None else None
        flow = header.point.get("flow") if header is not None and header.understood else None
        return "income" if flow in ("income", "sources") else None

    def _observe(self, row: int, column: int, text: str, unit: Unit, point: dict[str, Any], label: str) -> bool:
        try:
            amount = parse_amount(text, unit)
        except NotAnAmountError:
            return False
        named = Point(**{"year": self.context.year, "stage": self.context.stage, **point})
        # 资金总额 of a whole unit's targets may leave out what has no targets; 支出预算数 says what it is.
        whole = named.project is None and named.measure == "amount" and "支出预算" not in label
        unsaid: frozenset[str] = frozenset({"fund"}) if whole else frozenset()
        place = self._place(row, column)
        self.observations.append(Observation(named, amount, place, label=label.strip(), unsaid=unsaid))
        return True

    def _indicator_row(self, row: int, texts: Sequence[str], header: dict[str, int]) -> str | None:
        shift = self._shift(texts, header)
        if shift:
            self.notes.append(
                f"{self.caption.title or '绩效目标表'}第{row + 1}行的内容比表头左移了{shift}列，已按表头对应后读取。"
            )
        at = {name: column - shift for name, column in header.items()}

        def cell(name: str) -> str:
            column = at.get(name)
            return texts[column] if column is not None and 0 <= column < len(texts) else ""

        if cell("project_labels"):
            self.project = fold(cell("project_labels"))
        elif (
            "project_labels" in header
            and cell("amount_labels")
            and (self.project or UNNAMED_AGENCY)[0] == UNNAMED_AGENCY
        ):
            self.project = (
                f"{UNNAMED_AGENCY}{self.table_id}.{row + 1}"  # its name is not printed; it is not the whole for that
            )
        taken: set[int] = set()
        if is_number(cell("amount_labels")) and self._amount(
            row, at["amount_labels"], "当年预算", cell("amount_labels")
        ):
            taken.add(at["amount_labels"])
        # Beside an amount and one of its parts, another part left blank is nought; so are all where others are parted.
        filled = any(is_number(texts[column]) for column in self.fund_columns)
        parted = bool(taken) and (filled or self.parted_rows >= _MANY_PARTED)
        self.parted_rows += bool(taken) and filled
        for column, label in self.fund_columns.items():
            blank = parted and not texts[column] and self.matrix.anchored(row, column) is not None
            if (blank or is_number(texts[column])) and self._amount(row, column, label, texts[column]):
                taken.add(column)
        name = cell("indicator") or None
        base: dict[str, Any] = {"project": self.project, "indicator": name, "topic": "performance"}
        weight = {**base, "measure": "weight"}
        if (
            name
            and is_number(cell("weight"))
            and self._observe(row, at["weight"], cell("weight"), _PERCENT, weight, name)
        ):
            taken.add(at["weight"])
        for field_name in ("target", "period_target"):
            value = cell(field_name)
            if name and is_number(value):
                printed = "%" if value.endswith(("%", "％")) else "（无计量单位）"
                unit = Unit(unit_named(cell("measure_unit") or printed).name, None)
                aim = {**base, "measure": "target", **({"year": None} if field_name == "period_target" else {})}
                if self._observe(row, at[field_name], value, unit, aim, name):
                    taken.add(at[field_name])
        self._rest(row, taken)
        if name:
            first, second = (
                self.matrix.text(row, self.groups[group]) if group in self.groups and not shift else ""
                for group in _GROUPS
            )
            value = cell("target") or cell("period_target")
            measured, direction, weighed, core = (
                cell(each) for each in ("measure_unit", "direction", "weight", "core")
            )
            self.targets.append(Target(self.project, name, value, measured, direction, weighed, core, first, second))
        return name

    def _funds_below(self, row: int) -> dict[int, str]:
        """The columns that a second header row gives to parts of the amount: 财政资金, 其他资金."""
        if row + 1 >= self.matrix.height:
            return {}
        below = {column: self.matrix.own_text(row + 1, column) for column in range(self.matrix.width)}
        return {column: text for column, text in below.items() if text and is_label_of(text, "fund_labels")}

    def _shift(self, texts: Sequence[str], header: dict[str, int]) -> int:
        """By how many columns a row stands left of its header (a leading empty cell was lost): 0 or 1."""

        def fits(shift: int) -> int:
            score = 0
            for name in ("direction", "weight", "core"):
                column = header.get(name, -1) - shift
                text = texts[column] if 0 <= column < len(texts) else ""
                if name == "direction":
                    score += text in vocabulary().performance["directions"]
                elif name == "weight":
                    score += is_number(text)
                else:
                    score += text in ("是", "否")
            return score

        return 1 if fits(1) > fits(0) and fits(1) >= 2 else 0

    def _place(self, row: int, column: int) -> Source:
        cell = self.matrix.cells[row][column]
        source = cell.source if cell is not None else Source()
        return source.in_table(self.table_id, row + 1, column + 1)

    def _rest(self, row: int, taken: set[int]) -> None:
        for column in range(self.matrix.width):
            cell = self.matrix.anchored(row, column)
            if cell is not None and column not in taken and NUMBER.search(cell.text):
                coded = (row, column) in self.coded or self.fields.is_named(row, column)
                whole = is_number(cell.text.strip()) and not coded
                kind = "amount" if whole else "identifier"
                reason = "没有认出这个数说的是什么" if whole else "文字说明中的数字"
                self.unread += unread_numbers(cell.text, None, self._place(row, column), (), reason, kind)


def _with_carried(observations: list[Observation]) -> list[Observation]:
    """Where a project's amount holds money carried over, that is shown beside this year's funds: they are income of it."""
    carrying = {
        (each.point.year, each.point.project)
        for each in observations
        if each.point.flow == "carried_in" and each.amount.value
    }
    flows = {True: "income", False: "sources"}
    return [
        replace(each, point=each.point.at(flow=flows[each.point.fund is not None], nature=None))
        if each.point.flow == "expenditure" and (each.point.year, each.point.project) in carrying
        else each
        for each in observations
    ]
