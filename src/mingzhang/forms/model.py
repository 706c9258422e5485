"""What a form is (DESIGN §1): the declared shape of one table, and the ordered set a region and kind publishes.

A form says where each cell stands in the cube and nothing else: no sum is written anywhere. Everything is immutable.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from mingzhang.cube import Point
from mingzhang.forms.fragment import NOTHING, Fragment
from mingzhang.forms.template import core, fill, matches

Kind = Literal["budget", "final"]
Layout = Literal["list", "two_sided", "single_row", "key_value"]
TotalPosition = Literal["first", "last"]

ROLES: tuple[str, ...] = (
    "code",
    "code1",
    "code2",
    "code3",
    "name",
    "code_name",
    "label",
    "agency",
    "agency_code",
    "project",
    "index",
    "note",
    "text",
    "indicator",
    "measure_unit",
    "direction",
    "core",
    "unplaced",
)
"""What a column or field holds when it holds no amount; ``unplaced`` is an amount that no point of the cube names."""


@dataclass(frozen=True, slots=True)
class ColumnForm:
    """One column: its header phrases from the top down, and either the point it names or the role it plays.

    ``dimension`` says which of several dimensions of the rows a column of codes or names is of; ``cell`` how a code and
    a name share a cell (``[{code}]{name}``); a column that is not ``required`` is left out by some publishers.
    """

    header: tuple[str, ...]
    role: str | None = None
    point: Fragment = NOTHING
    dimension: str | None = None
    cell: str | None = None
    required: bool = True

    @property
    def is_amount(self) -> bool:
        return self.role is None


@dataclass(frozen=True, slots=True)
class RowForm:
    """One row that is always printed: its label (and code), and the point it names.

    ``role`` is ``unplaced`` for a row whose amounts no point of the cube names, and ``None`` for every other.
    """

    label: str
    point: Fragment
    code: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class AxisForm:
    """A further dimension that the rows of a list go through, and its levels printed (empty where it has none)."""

    dimension: str
    levels: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowsForm:
    """As many rows as a dimension has non-zero members, with the total row that goes with them, if any.

    ``levels`` are the levels printed (类, 款, 项), empty for a dimension without levels; ``exhaustive`` says that a
    member that is not printed is zero; ``total`` is the label of the total row; ``numbering`` the style of the number
    printed before each name (``一、`` or ``（一）``), if any. ``across`` are further dimensions: a row for every
    combination with an amount; with ``subtotals`` each member of ``dimension`` has a row of its own above its parts.
    """

    dimension: str
    levels: tuple[str, ...] = ()
    exhaustive: bool = True
    total: str | None = None
    total_position: TotalPosition = "first"
    point: Fragment = NOTHING
    numbering: str | None = None
    across: tuple[AxisForm, ...] = ()
    subtotals: bool = False

    @property
    def dimensions(self) -> tuple[str, ...]:
        """Every dimension that these rows go through."""
        return (self.dimension, *(axis.dimension for axis in self.across))


BodyForm = tuple[RowForm | RowsForm, ...]


@dataclass(frozen=True, slots=True)
class BlockForm:
    """One side of a two-sided table: its heading, its own columns (headers in full) and its own rows in order."""

    heading: str
    columns: tuple[ColumnForm, ...]
    body: BodyForm
    point: Fragment = NOTHING


@dataclass(frozen=True, slots=True)
class FieldForm:
    """One named field of a key-value table: the wordings of its label, and a role or the point of its amount."""

    labels: tuple[str, ...]
    role: str | None = None
    point: Fragment = NOTHING
    required: bool = True

    @property
    def is_amount(self) -> bool:
        return self.role is None


@dataclass(frozen=True, slots=True)
class IndicatorsForm:
    """The list of performance indicators in a key-value table."""

    heading: str
    columns: tuple[ColumnForm, ...]
    point: Fragment = NOTHING


@dataclass(frozen=True, slots=True)
class TableForm:
    """The form of one table. ``titles`` are its wordings, the first is the one printed; so are ``subtitles``.

    A list has ``columns`` and a ``body``; a two-sided table has ``blocks``; a single row has ``columns`` only; a
    key-value table has ``fields`` and ``indicators``. ``one_per`` names the dimension of which every member gets a
    table of its own. ``point`` already holds what the whole set has in common; ``scope`` is what its amounts are confined
    to besides, though a reader of the table does not place them so (三公经费 of general funds only).
    """

    id: str
    number: str
    titles: tuple[str, ...]
    layout: Layout
    unit: str
    decimals: int
    subtitles: tuple[str, ...] = ()
    point: Fragment = NOTHING
    columns: tuple[ColumnForm, ...] = ()
    body: BodyForm = ()
    blocks: tuple[BlockForm, ...] = ()
    fields: tuple[FieldForm, ...] = ()
    indicators: IndicatorsForm | None = None
    one_per: str | None = None
    empty_statement: str | None = None
    required: bool = True
    scope: Fragment = NOTHING

    @property
    def rows(self) -> RowsForm | None:
        """The rows keyed by a dimension, if the table itself (not a block) has them."""
        return next((part for part in self.body if isinstance(part, RowsForm)), None)

    @property
    def cores(self) -> tuple[str, ...]:
        """The words that must end a title of this table, one entry a wording."""
        return tuple(core(title) for title in self.titles)

    def point_of(self, *parts: Fragment, year: int | None) -> Point:
        """The point of a cell: the table's own, then ``parts`` (block, column, row) in that order, the last winning."""
        found = self.point
        for part in parts:
            found = found.merged(part)
        return found.resolve(year)

    def fragments(self) -> Iterator[Fragment]:
        """Every part of a point that the table names, of columns, rows, blocks and fields."""
        yield self.point
        for columns, body in ((self.columns, self.body), *((block.columns, block.body) for block in self.blocks)):
            yield from (column.point for column in columns)
            yield from (part.point for part in body)
        yield from (block.point for block in self.blocks)
        yield from (field.point for field in self.fields)

    def exhaustive(self) -> frozenset[str]:
        """The dimensions whose non-zero members the rows list completely."""
        bodies = [self.body, *(block.body for block in self.blocks)]
        parts = [part for body in bodies for part in body if isinstance(part, RowsForm)]
        return frozenset(dimension for part in parts if part.exhaustive for dimension in part.dimensions)


@dataclass(frozen=True, slots=True)
class SectionForm:
    """A section of the narrative that the set expects, with its numbered parts."""

    title: str
    parts: tuple[str, ...] = ()
    required: bool = True


@dataclass(frozen=True, slots=True)
class FormSet:
    """The ordered tables and narrative sections of one region and kind of disclosure."""

    id: str
    name: str
    region: str
    kind: Kind
    tables: tuple[TableForm, ...]
    first_year: int | None = None
    last_year: int | None = None
    unit: str = "万元"
    decimals: int = 2
    title_lead: str = ""
    level_words: tuple[str, ...] = ()
    sections: tuple[SectionForm, ...] = ()
    file: str = ""

    def __iter__(self) -> Iterator[TableForm]:
        return iter(self.tables)

    def table(self, id: str) -> TableForm:
        """The table form of that id; ``KeyError`` if the set has none."""
        for table in self.tables:
            if table.id == id:
                return table
        raise KeyError(id)

    def covers(self, year: int | None) -> bool:
        """Whether the set was in use in ``year``; an unknown year excludes nothing."""
        if year is None:
            return True
        return (self.first_year or year) <= year <= (self.last_year or year)

    def title_of(self, table: TableForm, **values: object) -> str:
        """The title as printed: the first wording, after the set's lead unless it has placeholders of its own.

        ``values`` are those of the placeholders; one that is missing is a ``KeyError``.
        """
        title = table.titles[0]
        return fill(title if "{" in title else self.title_lead + title, values)

    def matches(self, template: str, text: str) -> bool:
        """Whether ``text`` can be this set's ``template`` filled in: a header phrase, a label, a statement."""
        return matches(template, text, self.level_words)
