"""Document → Disclosure: split the blocks into tables with their captions and narrative, and read each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import PurePath
from typing import Literal

from mingzhang.collector import uncollected
from mingzhang.cube.disclosure import Disclosure, InputFile, Paragraph, Table, Unread
from mingzhang.documents.model import Cell, Document, Grid, Line
from mingzhang.forms import best_form_set
from mingzhang.recognition.captions import (
    MAX_TITLE,
    Caption,
    is_caption_line,
    is_caption_row,
    is_introduction,
    is_label_alone,
    looks_like_title,
    may_be_one,
    read_caption,
    same_agency,
    same_title,
    united,
)
from mingzhang.recognition.claims import ClaimReader
from mingzhang.recognition.continuation import continues
from mingzhang.recognition.cut_titles import with_whole_titles
from mingzhang.recognition.identity import (
    Identity,
    agency_in,
    identify,
    misnamed,
    stage_of_text,
    with_agency,
    year_in,
    year_of_columns,
)
from mingzhang.recognition.joining import is_printed_again, joined
from mingzhang.recognition.matrix import Matrix, matrix_of
from mingzhang.recognition.numbers import unread_numbers
from mingzhang.recognition.openings import parted
from mingzhang.recognition.performance import is_performance, read_performance
from mingzhang.recognition.readings import settle, settle_claims, with_figures, with_one_fund
from mingzhang.recognition.repeats import in_one_order
from mingzhang.recognition.stages import settled_stages
from mingzhang.recognition.statements import statements_of
from mingzhang.recognition.tables import Reading, read_table
from mingzhang.recognition.titles import Context
from mingzhang.recognition.widening import Part, goes_beside, widened

_NOTE = re.compile(r"\s*(?:备注|注|说明)\s*[:：]")
_DOUBLED = "与上一页末行相同的一行中的数字"
_MOST_CAPTION_LINES = 8
_MOST_LISTED = 80  # tables that a contents page lists
_HEADER_ROWS = 6  # rows of a grid among which its header is
_SIDE_LABEL = 12  # characters of a label that a page break left beside its table


@dataclass(frozen=True, slots=True)
class _Segment:
    """A grid with the lines that belong to it; ``first_row`` is the first row below a title inside the grid.

    ``head`` is the part of it on the first page, ``performance`` whether that holds a list of indicators.
    """

    grid: Grid
    caption_lines: tuple[Line, ...]
    inner: tuple[str, ...]
    first_row: int
    caption: Caption
    performance: bool
    head: Grid
    notes: tuple[Line, ...] = ()
    pages: tuple[Part, ...] = ()
    beside: int = 0  # of a sheet over pages to the right: which part the next page goes on with
    strip: int = 0  # the columns of the page last put beside the first part


@dataclass(slots=True)
class _Segmented:
    segments: list[_Segment] = field(default_factory=list)
    contents: list[Grid] = field(default_factory=list)
    narrative: list[Line] = field(default_factory=list)
    repeated: list[Cell] = field(default_factory=list)
    doubled: list[Cell] = field(default_factory=list)


@uncollected
def recognise(document: Document) -> Disclosure:
    """Read a document as a disclosure. Nothing is dropped: every number is observed or listed unread."""
    parts = _split(document)
    identity = identify(
        [line.text for line in parts.narrative],
        [segment.caption.title for segment in parts.segments if segment.caption.title],
        [segment.caption.agency for segment in parts.segments if segment.caption.agency],
        [text for s in parts.segments for text in (*(line.text for line in s.caption_lines), *s.inner)],
    )
    segments, notes = _with_units(parts.segments)
    headed = [cell.text for segment in segments for cell in segment.head.cells if cell.row < _HEADER_ROWS]
    if identity.year is None and (printed := year_of_columns(headed)) is not None:
        identity = replace(identity, year=printed)
        notes.append(f"标题没有写明年度，按表头中的{printed}年读取（推断）。")
    names = [PurePath(file.path).name for file in document.files] or [PurePath(document.path).name]
    if identity.year is None and (named := next(filter(None, map(year_in, names)), None)) is not None:
        identity = replace(identity, year=named)
        notes.append(f"正文没有写明年度，按文件名中的{named}年读取（推断）。")
    if identity.stage is None and (told := stage_of_text([line.text for line in parts.narrative])) is not None:
        identity = replace(identity, stage=told)
        notes.append(f"标题没有写明是预算还是决算，按正文所说的{'预算' if told == 'budget' else '决算'}读取（推断）。")
    named_by_file = False
    if identity.agency is None and (owner := agency_in(PurePath(document.path).stem)) is not None:
        identity, named_by_file = with_agency(identity, owner), True
        notes.append(f"正文没有写明单位，按文件名中的“{owner}”读取（推断）。")
    notes += misnamed(PurePath(document.path).stem, identity)
    context = Context(identity.year, identity.stage, identity.agency)
    readings = [_read_segment(segment, context, index) for index, segment in enumerate(segments, start=1)]
    captioned = [
        replace(reading.table, caption=_paragraphs(segment.caption_lines), remarks=_paragraphs(segment.notes))
        for reading, segment in zip(readings, segments, strict=True)
    ]
    claims = ClaimReader(context)
    for line in parts.narrative:
        claims.read(line)
    claims.finish()
    observations = list(chain.from_iterable(in_one_order([reading.observations for reading in readings])))
    observations = with_one_fund(observations, claims.observations)
    claims.observations = with_one_fund(claims.observations, observations)
    said = [each for each in observations if not each.unsaid]
    settled = iter(settle(said, [each for each in observations if each.unsaid]))
    observations = [next(settled) if each.unsaid else each for each in observations]
    claimed = with_figures(claims.observations, settle(said, claims.observations), claims.claims)
    unread = [item for reading in readings for item in reading.unread]
    for segment in segments:
        for line in (*segment.caption_lines, *segment.notes):
            unread += _named_numbers(line)
    for cells, reason in ((parts.repeated, "续表表头中的数字"), (parts.doubled, _DOUBLED)):
        for cell in cells:
            unread += unread_numbers(cell.text, None, cell.source, (), reason, "identifier")
    if parts.doubled:
        pages = "、".join(dict.fromkeys(str(cell.source.page) for cell in parts.doubled))
        notes.append(f"第{pages}页的首行与上一页的末行完全相同，按跨页重复印出的同一行读取（推断）。")
    contents, contents_unread = _read_contents(parts.contents)
    everything, judged, of_which_budget = settled_stages(
        (*observations, *claimed), settle_claims(observations, claimed, claims.claims)
    )
    tables, form_note = _name_forms(captioned, identity)
    notes += [note for reading in readings for note in reading.notes]
    return Disclosure(
        path=document.path,
        sha256=document.sha256,
        title=identity.title,
        agency=identity.agency,
        year=identity.year,
        stage=identity.stage,
        region=identity.region,
        pages=document.pages,
        tables=tables,
        text=_paragraphs(parts.narrative),
        observations=everything,
        unread=(*unread, *contents_unread, *claims.unread),
        contents=contents,
        notes=(*document.notes, *notes, *form_note, *of_which_budget),
        statements=statements_of(parts.narrative, dict(zip(claims.places, claimed, strict=True))),
        claims=judged,
        files=document.files
        or (InputFile(document.path, document.sha256, document.kind, document.pages, document.turned),),
        named_by_file=named_by_file,
        targets=tuple(target for reading in readings for target in reading.targets),
    )


def _paragraphs(lines: Iterable[Line]) -> tuple[Paragraph, ...]:
    return tuple(Paragraph(line.text, line.source, line.anchors) for line in lines)


def _split(document: Document) -> _Segmented:
    parts = _Segmented()
    pending: list[Line] = []
    file: str | None = None
    begun = True  # whether the table before may go on: none does from one file into the next
    for block in with_whole_titles(document.blocks):
        if block.source.file != file:
            parts.narrative += pending
            pending, file, begun = [], block.source.file, False
        if isinstance(block, Line):
            pending.append(block)
            continue
        if begun and parts.segments and pending and _NOTE.match(pending[0].text):
            last = parts.segments[-1]
            parts.segments[-1] = replace(last, notes=(*last.notes, pending.pop(0)))
        matrix = matrix_of(block)
        opening, grid, closing = parted(block, matrix)
        if opening or closing:
            pending += opening
            block, matrix = grid, matrix_of(grid)
        performance = is_performance(matrix)
        if _is_contents(matrix):
            parts.narrative += pending
            parts.contents.append(block)
        elif not (begun and _goes_on(parts, block, matrix, pending, performance)):
            begun = True
            cut = len(pending)
            while cut and len(pending) - cut < _MOST_CAPTION_LINES:
                if is_caption_line(pending[cut - 1].text):
                    cut -= 1
                elif cut > 1 and is_label_alone(pending[cut - 2].text) and len(pending[cut - 1].text) <= MAX_TITLE:
                    cut -= 2  # 部门： and the name on a line of its own
                else:
                    break
            parts.narrative += pending[:cut]
            parts.segments.append(_segment(block, matrix, performance, tuple(pending[cut:]), _heading(pending)))
        pending = list(closing)
    parts.narrative += pending
    return parts


def _heading(lines: list[Line]) -> tuple[str, ...]:
    """The heading over a table that a sentence introduces (…如下：). Both are part of the narrative all the same."""
    if len(lines) < 2 or not is_introduction(lines[-1].text):
        return ()
    heading = lines[-2].text
    return (heading,) if is_caption_line(heading) else ()


def _goes_on(parts: _Segmented, grid: Grid, matrix: Matrix, pending: list[Line], performance: bool) -> bool:
    """Join a grid to the table before it if it goes on with it: no title of its own between, the same columns."""
    if not parts.segments:
        return False
    last = parts.segments[-1]
    segment = _segment(grid, matrix, performance, tuple(line for line in pending if is_caption_line(line.text)))
    if _goes_beside(parts, segment, grid, pending):
        return True
    titled = segment.caption.title is not None and not (
        last.caption.title is not None and same_title(segment.caption.title, last.caption.title)
    )
    numbered = segment.caption.number is not None and segment.caption.number != last.caption.number
    units = {caption.unit for caption in (segment.caption, last.caption)} - {None}
    other_unit = len(units) > 1
    here, there = segment.caption.agency, last.caption.agency
    other_agency = here is not None and there is not None and not same_agency(here, there)
    if titled or numbered or other_unit or other_agency or segment.performance:
        # Every sheet of targets has its own list of indicators; what has none goes on with the sheet before.
        return False
    between = [line for line in pending if not is_caption_line(line.text)]
    sheet = last.performance
    if between and not (sheet and all(len(line.text) <= _SIDE_LABEL for line in between)):
        return False
    if (start := continues(last.head, grid, last.first_row, segment.first_row, sheet=sheet)) is None:
        return False
    parts.narrative += between
    lines = (*last.caption_lines, *(line for line in pending if line not in between))
    parts.repeated += [cell for cell in grid.cells if cell.row < start]
    if not sheet and is_printed_again(last.grid, grid, start):
        parts.doubled += [cell for cell in grid.cells if cell.row == start]
        start += 1
    pages = (*last.pages, Part(grid, last.grid.rows, start))
    parts.segments[-1] = replace(last, grid=joined(last.grid, grid, start), caption_lines=lines, pages=pages)
    return True


def _goes_beside(parts: _Segmented, segment: _Segment, grid: Grid, pending: list[Line]) -> bool:
    """Join a grid that holds further columns of the table before it: a sheet too wide for a page."""
    last = parts.segments[-1]
    if last.performance or segment.performance or not all(is_caption_line(line.text) for line in pending):
        return False
    if not goes_beside(last.pages[last.beside], grid) or not may_be_one(last.caption, segment.caption):
        return False
    if last.beside and grid.columns != last.strip:
        return False
    if not last.beside and continues(last.head, grid, last.first_row, segment.first_row) is not None:
        return False
    whole, grown = widened(last.grid, last.pages[last.beside], grid, segment.first_row)
    pages = tuple(replace(page, offset=page.offset + grown) if page.offset else page for page in last.pages)
    parts.segments[-1] = replace(
        last,
        grid=whole,
        caption=united(last.caption, segment.caption),
        caption_lines=(*last.caption_lines, *pending),
        pages=pages,
        beside=(last.beside + 1) % len(pages),
        strip=grid.columns,
    )
    return True


def _segment(
    grid: Grid, matrix: Matrix, performance: bool, lines: tuple[Line, ...], heading: tuple[str, ...] = ()
) -> _Segment:
    inner: list[str] = []
    row = 0
    while row < matrix.height:
        texts = [text for text in matrix.own[row] if text]
        if texts and not is_caption_row(texts):
            break
        # A header row can look like titles when it names its columns 一般公共预算支出情况; a caption stands alone.
        if len(texts) > 1 and sum(looks_like_title(text) for text in texts) > 1:
            break
        inner += texts
        row += 1
    first_row = row if row < matrix.height else 0
    caption = read_caption([*heading, *(line.text for line in lines), *(inner if first_row else [])])
    return _Segment(grid, lines, tuple(inner), first_row, caption, performance, grid, pages=(Part(grid),))


def _is_contents(matrix: Matrix) -> bool:
    """A list of table titles rather than a table: most rows end with a title and hold no amount."""
    if not 3 <= matrix.height <= _MOST_LISTED or matrix.width > 6:
        return False
    enough = max(3, 0.6 * (matrix.height - 2))
    titles = 0
    for number, texts in enumerate(matrix.own):
        titles += any(text and looks_like_title(text) for text in texts)
        if titles + matrix.height - 1 - number < enough:
            return False
    return titles >= enough


def _with_units(segments: list[_Segment]) -> tuple[list[_Segment], list[str]]:
    """A table without a unit takes that of all the others, if they agree; the note says so."""
    units = {segment.caption.unit for segment in segments if segment.caption.unit is not None}
    if len(units) != 1:
        return segments, []
    unit = next(iter(units))
    if unit is None:
        return segments, []
    lacking: list[str] = []
    settled: list[_Segment] = []
    for segment in segments:
        if segment.caption.unit is None:
            page = segment.grid.source.page
            lacking.append(segment.caption.title or (f"第{page}页的无题表格" if page is not None else "无题表格"))
            segment = replace(segment, caption=replace(segment.caption, unit=unit))
        settled.append(segment)
    if not lacking:
        return settled, []
    told = f"没有标明单位，按其他各表的“{unit.name}”读取（推断）"
    if len(lacking) == 1:
        return settled, [f"“{lacking[0]}”{told}。"]
    return settled, [f"{len(lacking)}张表{told}：{'；'.join(lacking)}。"]


def _read_segment(segment: _Segment, context: Context, index: int) -> Reading:
    table_id = f"t{index:02d}"
    if segment.performance:
        return read_performance(segment.grid, segment.caption, context, table_id)
    return read_table(segment.grid, segment.caption, context, table_id, segment.first_row)


def _named_numbers(line: Line) -> list[Unread]:
    return unread_numbers(line.text, line, line.source, (), "表题、附注中的数字", "identifier")


def _read_contents(grids: list[Grid]) -> tuple[tuple[str, ...], list[Unread]]:
    titles: list[str] = []
    unread: list[Unread] = []
    for grid in grids:
        for cell in grid.cells:
            if looks_like_title(cell.text) and "目录" not in cell.text:
                titles.append("".join(cell.text.split()))
            unread += unread_numbers(cell.text, None, cell.source, (), "目录中的数字", "identifier")
    return tuple(titles), unread


def _name_forms(tables: list[Table], identity: Identity) -> tuple[tuple[Table, ...], list[str]]:
    """Name the form of each table, from the set whose titles fit this disclosure best."""
    kind: Literal["budget", "final"] | None = (
        "final" if identity.stage == "final" else "budget" if identity.stage else None
    )
    best = best_form_set([table.title for table in tables], identity.year, kind)
    if best is None:
        return tuple(tables), []
    form_set, named = best
    # A set of another region only lends its names: reading follows the headers, not the set.
    own = (
        form_set.region == "全国"
        or form_set.region in f"{identity.region or ''}{identity.agency or ''}{identity.title}"
    )
    note = (
        f"各表按“{form_set.name}”识别。" if own else f"各表的表名与“{form_set.name}”最接近，据此归类；金额按表头读取。"
    )
    return tuple(replace(table, form=named.get(index)) for index, table in enumerate(tables)), [note]
