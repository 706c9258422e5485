"""How well every document of a folder is read, without labels: what became of each number, and which relations hold.

    python tools/corpus_report.py [folder] [--write docs/corpus-report.md] [--details] [--leave-one-out] [--only WORD]

The number of numeric cells is counted from the grids of the document by rules of this file alone (``NumericCells``), so
that a cell which recognition drops without a word shows as *lost*. The clusters of contradicting figures are listed as
figures and places, to be adjudicated by eye. ``--leave-one-out`` reads each region's documents again without the form
files that they were read with, and prints the differences. Two processes.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import math
import re
import sys
import time
import traceback
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, fields
from pathlib import Path
from unittest import mock

from mingzhang.admission import refusal
from mingzhang.cube import Disclosure, Source
from mingzhang.cube.finding import Finding
from mingzhang.documents import Document, Grid, open_document
from mingzhang.errors import MingzhangError
from mingzhang.forms import best_form_set, load_form_sets
from mingzhang.recognition import recognise
from mingzhang.reconciliation import counts_of, findings_of, reconcile
from mingzhang.rules.contents import compare

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
ADJUDICATED = Path(__file__).resolve().parents[1] / "docs" / "data" / "adjudicated_relations.csv"
SUFFIXES = frozenset({".pdf", ".txt", ".xlsx", ".xls", ".docx", ".html"})
PROCESSES = 2
ALLOWED_FALL = 0.2  # points of a share, without the region's forms
TOP_REASONS = 3

# --- the numeric cells, counted without recognition -------------------------------------------------------------------

_NUMBER = re.compile(r"[-−(（]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:[.．]\d*)?[%％]?[)）]?\Z|[-−]?\.\d+\Z")
_BARE = re.compile(r"\d+\Z")
_CODE_HEADING = re.compile(r"编码|代码|编号|序号|行次|栏次|(?:^|\s)[类款项](?:$|\s)|^科目$|页码|页数|代号")
_CLASSIFIED = re.compile(r"(?:2(?:0[1-9]|1\d|2\d|3[0-4])|30[1-9]|31[0-3]|399|50[1-9]|51[0-5]|599)(?:\d\d){0,2}\Z")
_INDEX_WORD = re.compile(r"\*+|栏次|行次|序号|[甲乙丙丁]|\d+=[\d+\-*/%×÷()（）]+")
_MOSTLY = 0.8

Key = tuple[object, object]


def key_of(source: Source, column: int | None) -> Key | None:
    """A cell's own place: page and box, sheet and address, or line and column (from 1)."""
    if source.bbox is not None:
        return (source.page, source.bbox)
    if source.cell is not None:
        return (source.sheet, source.cell)
    return (source.line, column) if source.line is not None and column is not None else None


def numeric_cells(document: Document) -> Iterator[tuple[str, Source, Key | None]]:
    """Every grid cell that is wholly a number, but for columns of codes and rows that number the columns."""
    known: set[tuple[float, float]] = set()  # where the grid before had columns of codes: a later part has no heading
    for grid in document.blocks:
        if isinstance(grid, Grid):
            index_rows = _index_rows(grid)
            codes = _code_columns(grid, index_rows, known)
            for cell in grid.cells:
                text = "".join(cell.text.split())
                if cell.row not in index_rows and cell.column not in codes and _NUMBER.match(text):
                    yield text, cell.source, key_of(cell.source, cell.column + 1)


def _index_rows(grid: Grid) -> set[int]:
    rows: dict[int, list[str]] = defaultdict(list)
    for cell in grid.cells:
        if text := "".join(cell.text.split()):
            rows[cell.row].append(text)
    found: set[int] = set()
    for row, texts in rows.items():
        numbers = [int(text) for text in texts if _BARE.match(text) and len(text) <= 2]
        words = sum(bool(_INDEX_WORD.fullmatch(text)) for text in texts)
        rising = all(after - before == 1 for before, after in itertools.pairwise(numbers))
        if len(numbers) + words == len(texts) and rising and (len(numbers) > 1 or (numbers and words)):
            found.add(row)
    return found


def _code_columns(grid: Grid, index_rows: set[int], known: set[tuple[float, float]]) -> set[int]:
    """Columns of bare whole numbers, headed as codes or mostly classified codes; 款 and 项 stand right of 类."""
    headings: dict[int, list[str]] = defaultdict(list)
    bodies: dict[int, list[str]] = defaultdict(list)
    edges: dict[int, tuple[float, float]] = {}
    for cell in sorted(grid.cells, key=lambda cell: (cell.row, cell.column)):
        text = " ".join(cell.text.split())
        for column in range(cell.column, cell.column + cell.column_span):
            if _NUMBER.match(text.replace(" ", "")):
                if cell.row not in index_rows:
                    bodies[column].append(text.replace(" ", ""))
            elif text and not bodies[column]:
                headings[column].append(text)
        if cell.column_span == 1 and cell.source.bbox is not None:
            edges.setdefault(cell.column, (cell.source.bbox[0], cell.source.bbox[2]))
    codes: set[int] = set()
    for column in sorted(bodies):
        body = bodies[column]
        if not all(_BARE.match(text) for text in body):
            continue
        headed = any(_CODE_HEADING.search(text) for text in headings[column])
        classified = sum(bool(_CLASSIFIED.match(text)) for text in body) >= _MOSTLY * len(body)
        leading = sum(text.startswith("0") and len(text) > 1 for text in body) >= _MOSTLY * len(body)
        shaped = all(_CLASSIFIED.match(text) or len(text) == 2 for text in body)
        part = column - 1 in codes and all(len(text) == 2 for text in body) and not headings[column]
        goes_on = shaped and not headings[column] and edges.get(column) in known
        if headed or classified or leading or part or goes_on:
            codes.add(column)
    known.clear()
    known.update(edges[column] for column in codes if column in edges)
    return codes


# --- one document -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Contradiction:
    """A cluster of figures that cannot all be right: figures and places only."""

    document: str
    place: str
    table: str
    rule: str
    reported: str
    expected: str
    level: str


@dataclass
class Counts:
    """What adds up over documents."""

    documents: int = 0
    pages: int = 0
    tables: int = 0
    listed: int = 0
    matched: int = 0
    cells: int = 0
    read: int = 0
    lost: int = 0
    text_read: int = 0
    text_unread: int = 0
    held: int = 0
    rounding: int = 0
    violated: int = 0
    not_evaluable: int = 0
    seconds: float = 0.0

    def __iadd__(self, other: Counts) -> Counts:
        for each in fields(Counts):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))
        return self

    @property
    def share_read(self) -> float:
        """The numeric cells at a point of the cube, in per cent; NaN where there are none."""
        return 100 * self.read / self.cells if self.cells else math.nan

    @property
    def share_held(self) -> float:
        """The relations that hold, exactly or by rounding, of those that could be evaluated, in per cent; NaN where there are none."""
        evaluated = self.held + self.rounding + self.violated
        return 100 * (self.held + self.rounding) / evaluated if evaluated else math.nan


@dataclass
class Measured(Counts):
    """One document."""

    name: str = ""
    refused: str = ""
    reasons: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    contradictions: list[Contradiction] = field(default_factory=list)
    form_sets: frozenset[str] = frozenset()

    @property
    def region(self) -> str:
        return self.name.partition("__")[0]


def measure(path: Path, without: frozenset[str] = frozenset()) -> Measured:
    """Read and reconcile one document; ``without`` names form sets that recognition may not use."""
    kept = tuple(form_set for form_set in load_form_sets() if form_set.id not in without)

    def best(titles: Sequence[str], year: int | None, kind: object) -> object:
        return best_form_set(titles, year, kind, kept)  # type: ignore[arg-type]

    found = Measured(documents=1, name=path.name)
    start = time.perf_counter()
    try:
        document = open_document(path)
        with mock.patch("mingzhang.recognition.recognise.best_form_set", best):
            disclosure = recognise(document)
        outcome = reconcile(disclosure)
        findings = findings_of(outcome)
    except MingzhangError as error:
        found.refused = error.code
        return found
    except Exception as error:  # one crash must not hide what all the others show
        found.refused = f"crash: {type(error).__name__} at {_where(error)}"
        return found
    refused = refusal(disclosure)
    found.refused = refused.code if refused is not None else ""
    found.seconds = time.perf_counter() - start
    found.pages = document.pages or 0
    used = {table.form for table in disclosure.tables if table.form}
    found.form_sets = frozenset(s.id for s in load_form_sets() if any(table.id in used for table in s))
    comparison = compare(disclosure)
    found.tables, found.listed, found.matched = len(disclosure.tables), len(comparison.entries), comparison.matched
    _account(document, disclosure, found)
    counts = counts_of(outcome, findings)
    found.held, found.rounding, found.violated = counts.held, counts.rounding, counts.violated
    found.not_evaluable = counts.not_evaluable
    titles = {table.id: table.title for table in disclosure.tables}
    found.contradictions = [_contradiction(finding, path.name, titles) for finding in findings]
    return found


def _account(document: Document, disclosure: Disclosure, found: Measured) -> None:
    """What became of every numeric cell, and of the numbers in the text."""
    observed = {key_of(each.source, each.source.column) for each in disclosure.observations}
    unread = {key_of(each.source, each.source.column): each for each in disclosure.unread}
    for text, source, key in numeric_cells(document):
        found.cells += 1
        if key in observed:
            found.read += 1
            continue
        item = unread.get(key)
        if item is None:
            found.lost += 1
        reason = "lost" if item is None else item.reason if item.kind == "amount" else f"[{item.kind}] {item.reason}"
        found.reasons[re.sub("“[^”]*”", "“…”", reason)] += 1
        found.examples.setdefault(reason, []).append(f"{text} @ {_place(source)}")
    found.text_read = sum(each.origin == "text" for each in disclosure.observations)
    found.text_unread = sum(each.source.table is None and each.kind == "amount" for each in disclosure.unread)


def _where(error: Exception) -> str:
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.name}"


def _place(source: Source) -> str:
    if source.page is not None:
        return f"p{source.page}"
    if source.sheet is not None:
        return f"{source.sheet}!{source.cell}"
    return f"line {source.line}"


def _contradiction(finding: Finding, name: str, titles: dict[str, str]) -> Contradiction:
    suspects = [finding.suspects[number] for chosen in finding.sets[:3] for number in chosen][:4]
    places = [suspect.source for suspect in suspects] or list(finding.places[:2])
    more = "" if len(finding.sets) <= 3 else f" (+{len(finding.sets) - 3})"
    cells = [
        f"{_place(place)}" + (f" {place.table} r{place.row} c{place.column}" if place.table else " text")
        for place in places
    ]
    return Contradiction(
        name,
        "; ".join(dict.fromkeys(cells)) + more,
        "; ".join(dict.fromkeys(titles.get(place.table or "", "") for place in places if place.table)),
        finding.rule,
        finding.reported or "; ".join(suspect.reported or "(blank)" for suspect in suspects),
        finding.expected or "; ".join(suspect.expected or "?" for suspect in suspects),
        finding.level,
    )


def measure_all(paths: Sequence[Path], without: dict[str, frozenset[str]] | None = None) -> list[Measured]:
    """All the documents in the order given; ``without`` names the form sets left out, by region."""
    left_out = [(without or {}).get(path.name.partition("__")[0], frozenset()) for path in paths]
    with ProcessPoolExecutor(PROCESSES) as pool:
        return list(pool.map(measure, paths, left_out))


# --- the report -------------------------------------------------------------------------------------------------------

_COLUMNS = (
    "pages | tables | contents found/listed | numeric cells | read % | lost | unread, top reasons | text read/unread"
    " | held | rounding | violated | n. e. | holds % | s"
)


def added(documents: Iterable[Measured]) -> Counts:
    total = Counts()
    for document in documents:
        total += document
    return total


def _share(value: float) -> str:
    """A share never rounded up to the whole."""
    return "–" if math.isnan(value) else f"{math.floor(100 * value) / 100:.2f}"


def _line(name: str, counts: Counts, reasons: Counter[str]) -> str:
    top = "; ".join(f"{reason} {number}" for reason, number in reasons.most_common(TOP_REASONS))
    listed = f"{counts.matched}/{counts.listed}" if counts.listed else "–"
    return (
        f"| {name} | {counts.pages} | {counts.tables} | {listed} | {counts.cells} | {_share(counts.share_read)}"
        f" | {counts.lost} | {top or '–'} | {counts.text_read}/{counts.text_unread} | {counts.held} | {counts.rounding}"
        f" | {counts.violated} | {counts.not_evaluable} | {_share(counts.share_held)} | {counts.seconds:.2f} |"
    )


def adjudicated(path: Path = ADJUDICATED) -> dict[tuple[str, str, str], str]:
    """What a person decided of a cluster, by document, place and rule: the verdict with its reason."""
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            (row["document"], row["place"], row["rule"]): f"{row['verdict']}: {row['reason']}"
            for row in csv.DictReader(lines)
        }


def report(documents: Sequence[Measured]) -> str:
    """The whole report as Markdown."""
    readable = [document for document in documents if not document.refused]
    regions: dict[str, list[Measured]] = defaultdict(list)
    for document in readable:
        regions[document.region].append(document)
    head = f"| | {_COLUMNS} |\n|{'---|' * (_COLUMNS.count('|') + 2)}"
    lines = [
        "# How the corpus is read",
        "",
        "<!-- Written by tools/corpus_report.py (make corpus-report); do not edit. -->",
        "",
        "*numeric cells*: grid cells that are wholly a number, but for columns of codes and rows that number the columns,"
        " counted from the document without recognition. *read*: those at a point of the cube. *lost*: neither read nor"
        " listed unread. *contents*: tables found of those that the document's own contents page lists. *holds*:"
        " relations that hold exactly or within rounding, of those that could be evaluated (*n. e.*: not evaluable);"
        " *rounding*: by proof, or off by a unit in the last place (a finding of level rounding, listed below)."
        " *text*: numbers of the narrative read, and left unread as possible amounts.",
        "",
        "## Regions",
        "",
        head,
        *(_line(f"{region} ({len(some)})", added(some), _reasons(some)) for region, some in sorted(regions.items())),
        _line(f"**all ({len(readable)})**", added(readable), _reasons(readable)),
        "",
        "## Documents",
        "",
        head,
        *(_line(document.name, document, document.reasons) for document in readable),
        "",
    ]
    refused = [document for document in documents if document.refused]
    if refused:
        lines += ["Refused:", "", *(f"- {document.name}: `{document.refused}`" for document in refused), ""]
    lines += ["## Why numeric cells are unread", "", "| reason | cells |", "|---|---|"]
    lines += [f"| {reason} | {number} |" for reason, number in _reasons(readable).most_common()]
    clusters = [each for document in readable for each in document.contradictions]
    lines += ["", "## Figures that contradict each other, for adjudication", ""]
    lines += [f"{level}: {number}" for level, number in Counter(each.level for each in clusters).most_common()]
    verdicts = adjudicated()
    decided = [verdicts.get((each.document, each.place, each.rule), "") for each in clusters]
    lines += [f"verdict {kind or 'OPEN'}: {n}" for kind, n in Counter(v.partition(":")[0] for v in decided).items()]
    lines += [
        "",
        "*true*: a defect of the document (rounding of its own included); *ours*: a misreading still to be mended;",
    ]
    lines += ["*undecidable*: the document does not say which is meant; *OPEN*: nobody has looked yet."]
    names = "document | place | table | rule | reported | expected | level | verdict"
    lines += ["", f"| {names} |", "|---|---|---|---|---|---|---|---|"]
    for each, verdict in zip(clusters, decided, strict=True):
        cells = [str(getattr(each, name)) for name in _names(Contradiction)] + [verdict or "OPEN"]
        lines.append(f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |")
    return "\n".join(lines) + "\n"


def _names(kind: type[Contradiction]) -> list[str]:
    return [each.name for each in fields(kind)]


def _reasons(documents: Iterable[Measured]) -> Counter[str]:
    return sum((document.reasons for document in documents), Counter())


def details(documents: Sequence[Measured]) -> str:
    """Every reason in full with its first cells, by document."""
    lines: list[str] = []
    for document in documents:
        for reason, cells in sorted(document.examples.items(), key=lambda item: -len(item[1])):
            lines.append(f"{document.name}: {len(cells)} × {reason}: {', '.join(cells[:4])}")
    return "\n".join(lines)


def leave_one_out(documents: Sequence[Measured], paths: Sequence[Path]) -> tuple[str, bool]:
    """Each region's documents again without the form sets that they were read with; whether no share falls too far."""
    used: dict[str, frozenset[str]] = defaultdict(frozenset)
    for document in documents:
        used[document.region] |= document.form_sets
    again = measure_all(paths, used)
    good = True
    lines = [
        "| region | forms left out | read % with | without | holds % with | without |",
        "|---|---|---|---|---|---|",
    ]
    for region in sorted(used):
        with_forms = added(d for d in documents if d.region == region and not d.refused)
        without = added(d for d in again if d.region == region and not d.refused)
        good = good and with_forms.documents == without.documents
        falls = (with_forms.share_read - without.share_read, with_forms.share_held - without.share_held)
        good = good and not any(fall > ALLOWED_FALL for fall in falls)
        lines.append(
            f"| {region} | {', '.join(sorted(used[region])) or '–'} | {_share(with_forms.share_read)} |"
            f" {_share(without.share_read)} | {_share(with_forms.share_held)} | {_share(without.share_held)} |"
        )
    lines.append(f"\nNo share falls by more than {ALLOWED_FALL} points: {'yes' if good else 'NO'}")
    return "\n".join(lines), good


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--write", type=Path, help="the page to write besides printing it")
    parser.add_argument("--only", default="", help="only documents whose name contains this")
    parser.add_argument("--details", action="store_true", help="every reason in full with its first cells")
    parser.add_argument("--leave-one-out", action="store_true")
    options = parser.parse_args()
    if not options.folder.is_dir():
        print(f"no such folder: {options.folder}", file=sys.stderr)
        return 2
    paths = sorted(p for p in options.folder.iterdir() if p.suffix in SUFFIXES and options.only in p.name)
    documents = measure_all(paths)
    if options.leave_one_out:
        text, good = leave_one_out(documents, paths)
        print(text)
        return 0 if good else 1
    text = report(documents)
    print(details(documents) if options.details else text)
    if options.write is not None:
        options.write.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
