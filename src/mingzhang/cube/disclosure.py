"""What was understood of one disclosure: its tables, its text, and every number either observed or listed unread."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from mingzhang.cube.amount import Amount, Unit
from mingzhang.cube.claim import Claim
from mingzhang.cube.point import EVERYTHING, Point
from mingzhang.cube.source import Anchors, Runs, Source, place_of
from mingzhang.cube.statement import Statement

Origin = Literal["table", "text"]


@dataclass(frozen=True, slots=True)
class Observation:
    """One amount of the document at one point of the cube, with its place.

    ``of_which`` marks a row introduced by 其中: a part that its siblings need not exhaust. ``unsaid`` names dimensions
    that a sentence leaves open (its fund, whether carry-over counts): there ``point`` holds the likeliest reading.
    ``by_custom``: only custom puts it at its point (targets of all projects are all that projects spend).
    """

    point: Point
    amount: Amount
    source: Source
    origin: Origin = "table"
    of_which: bool = False
    label: str = ""
    unsaid: frozenset[str] = frozenset()
    by_custom: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it may be of another point: what it says of this one proves nothing."""
        return bool(self.unsaid) or self.by_custom


@dataclass(frozen=True, slots=True)
class Unread:
    """A number of the document that became no observation, and why (``reason`` is Chinese).

    ``kind`` is ``amount`` (it looks like one, but was not understood), ``quantity`` (it counts something that is not
    in the cube) or ``identifier`` (a year, an ordinal, a code: it names, it does not measure).
    """

    printed: str
    source: Source
    reason: str
    kind: str = "amount"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of the narrative, or one line at a table, in reading order.

    ``anchors`` maps offsets in ``text`` to places (``Line``); without any, all of it stands at ``source``.
    """

    text: str
    source: Source
    anchors: Anchors = field(default=(), repr=False)

    @property
    def sheets(self) -> tuple[Source, ...]:
        """Places of it, at least one on every page on which it stands."""
        if isinstance(self.anchors, Runs):
            return (self.source, *(Source(page=page) for page in self.anchors.on_pages()))
        return (self.source, *(source for _, source in self.anchors))

    def at(self, start: int, end: int) -> Source:
        """The place of ``text[start:end]``, with that text as its quote."""
        return place_of(self.text, self.anchors or ((0, self.source),), start, end)


@dataclass(frozen=True, slots=True)
class Target:
    """One performance indicator as its row prints it, in words or figures; empty where the table has no such column.

    ``project`` is None for the targets of the whole unit. ``first`` and ``second`` are the indicators that it is under.
    """

    project: str | None
    name: str
    value: str = ""
    unit: str = ""
    direction: str = ""
    weight: str = ""
    core: str = ""
    first: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One body row of a table: its texts, and the code, name and point read from them; ``places`` are those of the texts.

    ``kind``: ``total`` (合计 and the like), ``item``, ``of_which``, ``note`` (no amounts), ``index`` (column numbers).
    """

    texts: tuple[str, ...]
    kind: Literal["total", "item", "of_which", "note", "index"]
    source: Source
    code: str | None = None
    name: str | None = None
    point: Point = EVERYTHING
    places: tuple[Source, ...] = field(default=(), repr=False)

    def place(self, column: int) -> Source:
        """The place of one of its texts, by position."""
        if column < len(self.places):
            return self.places[column]
        return self.source._replace(column=column + 1)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the disclosure as recognised.

    ``id`` is unique in the disclosure (t01, t02 …); ``form`` names the form that it fits, if any; ``header`` holds one
    phrase path a column. ``holes`` are points whose cell holds something that could not be read as a number;
    ``unread_rows`` and ``unread_columns`` say that amounts of some row or column are at no point: sums over them cannot
    be evaluated. ``caption`` holds the lines above it (title, number, agency, unit), ``remarks`` those below (注：…).
    """

    id: str
    title: str
    unit: Unit | None
    source: Source
    form: str | None
    header: tuple[tuple[str, ...], ...]
    rows: tuple[Row, ...]
    point: Point = EVERYTHING
    columns: tuple[Point | None, ...] = ()
    number: str | None = None
    notes: tuple[str, ...] = ()
    holes: tuple[Point, ...] = ()
    unread_rows: bool = False
    unread_columns: bool = False
    caption: tuple[Paragraph, ...] = ()
    remarks: tuple[Paragraph, ...] = ()


@dataclass(frozen=True, slots=True)
class InputFile:
    """One file of a disclosure: where it is, the hash of its bytes, its kind (pdf, xlsx …) and its pages, if any.

    ``turned`` are the pages that were set upright, each with the degrees, clockwise: places on such a page are those of
    the upright page.
    """

    path: str
    sha256: str
    kind: str
    pages: int | None = None
    turned: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Disclosure:
    """A whole disclosure of one agency: what was read of it, and what was not.

    ``statements`` is the narrative by subject; ``claims`` name their observations by index. ``files`` are the files
    that it was read from, in their order; ``path`` is the first of them. Where they are several, every place names
    its file. ``named_by_file``: only the file's name says which agency it is. ``targets`` are the indicators of the
    performance tables, those whose value is in words too.
    """

    path: str
    sha256: str
    title: str
    agency: str | None
    year: int | None
    stage: str | None
    region: str | None
    pages: int | None
    tables: tuple[Table, ...]
    text: tuple[Paragraph, ...]
    observations: tuple[Observation, ...]
    unread: tuple[Unread, ...]
    contents: tuple[str, ...] = ()
    notes: tuple[str, ...] = field(default=())
    statements: tuple[Statement, ...] = ()
    claims: tuple[Claim, ...] = ()
    files: tuple[InputFile, ...] = ()
    named_by_file: bool = False
    targets: tuple[Target, ...] = ()

    def turned(self, file: str | None = None) -> dict[int, int]:
        """The pages of a file (the first one, if none is named) that were set upright, and by how many degrees."""
        found = next((each for each in self.files if file is None or each.path == file), None)
        return dict(found.turned) if found is not None else {}
