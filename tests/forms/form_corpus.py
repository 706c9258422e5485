"""How well the form sets fit the corpus: which set is chosen, which tables it names, and whether the points agree.

``python tests/forms/form_corpus.py`` prints the report; the corpus is beside the repository and no part of it.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from mingzhang.cube import Disclosure, Point
from mingzhang.cube.disclosure import Observation, Table
from mingzhang.cube.hierarchy import members
from mingzhang.cube.point import UNNAMED_AGENCY
from mingzhang.documents import open_document
from mingzhang.forms import (
    BodyForm,
    ColumnForm,
    FormSet,
    Fragment,
    RowForm,
    TableForm,
    best_form_set,
    load_form_sets,
)
from mingzhang.forms.template import plain
from mingzhang.recognition import recognise

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"

# The form set of every document that has tables, by the beginning of its file name; the first that fits counts.
EXPECTED: tuple[tuple[str, str], ...] = (
    (r"beijing__.*报表", "beijing2026"),
    (r"chongqing__.*2024", "cq2024"),
    (r"chongqing__", "chongqing2026"),
    (r"fujian-quanzhou__", "quanzhou2026"),
    (r"guangdong-guangzhou__2026", "guangzhou2026"),
    (r"jiangsu-province__.*2017", "jiangsu2017"),
    (r"jiangsu-province__", "jiangsu2018"),
    (r"jiangsu-(?:suzhou|wuxi)__", "jiangsu2025"),
    (r"shanghai-putuo__.*决算", "shanghai_final"),
    (r"shanghai(?:-putuo)?__.*部门预算", "shanghai_department"),
    (r"shanghai(?:-putuo)?__.*单位预算", "shanghai_unit"),
    (r"zhejiang-huzhou__", "huzhou2026"),
)


@dataclass(frozen=True)
class Difference:
    """One place where a form and what was read do not agree."""

    file: str
    page: int | None
    table: str
    kind: str
    what: str

    def __str__(self) -> str:
        return f"{self.file} 第{self.page}页 {self.table} [{self.kind}] {self.what}"


@dataclass(frozen=True)
class Fit:
    """What the form sets make of one document."""

    file: str
    expected: str
    chosen: str | None
    titled: int
    named: int
    missing: tuple[str, ...]
    differences: tuple[Difference, ...]


def expected_set(name: str) -> str | None:
    """The id of the form set that the document should be given."""
    return next((id for pattern, id in EXPECTED if re.match(pattern, name)), None)


def corpus_files() -> list[Path]:
    """The documents of the corpus that a form set is expected for."""
    found = [path for path in CORPUS.glob("*") if path.suffix in (".pdf", ".xlsx", ".xls", ".txt")]
    return sorted(path for path in found if expected_set(path.name) is not None)


def read(path: Path) -> Disclosure:
    return recognise(open_document(path))


def kind_of(disclosure: Disclosure) -> str | None:
    return None if disclosure.stage is None else "final" if disclosure.stage == "final" else "budget"


def fit(disclosure: Disclosure, name: str) -> Fit:
    """Compare one document with the form set that is expected for it."""
    expected = expected_set(name)
    assert expected is not None
    form_set = next(found for found in load_form_sets() if found.id == expected)
    titles = [table.title for table in disclosure.tables]
    kind = kind_of(disclosure)
    best = best_form_set(titles, disclosure.year, "final" if kind == "final" else "budget" if kind else None)
    chosen, mapping = (None, {}) if best is None else (best[0].id, best[1])
    if chosen != expected:
        mapping = {}
    titled = [index for index, title in enumerate(titles) if title]
    differences: list[Difference] = []
    for index, id in mapping.items():
        table = disclosure.tables[index]
        for what, text in compare(form_set, form_set.table(id), table, disclosure):
            differences.append(Difference(name, table.source.page, table.title, what, text))
    differences += [
        Difference(name, disclosure.tables[index].source.page, titles[index], "表名", "没有对应的表样")
        for index in titled
        if index not in mapping
    ]
    differences += [
        Difference(name, disclosure.tables[index].source.page, titles[index], "次序", what)
        for index, what in misplaced(form_set, disclosure.tables, mapping)
    ]
    wanted = {table.id for table in form_set if table.required}
    missing = tuple(sorted(wanted - set(mapping.values()))) if mapping else ()
    return Fit(
        name, expected, chosen, len(titled), sum(index in mapping for index in titled), missing, tuple(differences)
    )


def misplaced(form_set: FormSet, tables: tuple[Table, ...], mapping: dict[int, str]) -> Iterator[tuple[int, str]]:
    """Names that the printed number or the order of the tables speaks against."""
    order = {table.id: number for number, table in enumerate(form_set, 1)}
    digits = "〇一二三四五六七八九"
    highest = 0
    for index in sorted(mapping):
        place = order[mapping[index]]
        printed = re.sub(r"\D", "", (tables[index].number or "").translate(str.maketrans(digits, "0123456789")))
        chinese = re.search(r"([一二三四五六七八九]?)十([一二三四五六七八九]?)", tables[index].number or "")
        if chinese is not None:
            printed = str(10 * (digits.find(chinese[1]) if chinese[1] else 1) + digits.find(chinese[2] or "〇"))
        if printed and int(printed) != place:
            yield index, f"印为{tables[index].number}，表样是第{place}张"
        elif place < highest:
            yield index, f"表样的第{place}张排在第{highest}张之后"
        highest = max(highest, place)


def _leaf(header: tuple[str, ...]) -> str:
    return plain(header[-1]) if header else ""


def _words(point: Point) -> str:
    return " ".join(
        f"{name}={value}" for name, value in point.named().items() if (name, value) != ("measure", "amount")
    )


def compare(form_set: FormSet, form: TableForm, table: Table, disclosure: Disclosure) -> Iterator[tuple[str, str]]:
    """Every difference between a form and the table that it names: unit, columns, cells."""
    if table.unit is not None and table.unit.name != form.unit:
        yield "单位", f"表样是{form.unit}，读到{table.unit.name}"
    if form.layout == "key_value" or not table.columns:
        return
    yield from _compare_columns(form_set, form, table, disclosure.year)
    yield from _compare_cells(form, table, disclosure)


def _parts(form: TableForm) -> list[tuple[Fragment, tuple[ColumnForm, ...], BodyForm]]:
    return [(block.point, block.columns, block.body) for block in form.blocks] or [
        (Fragment(), form.columns, form.body)
    ]


def _decided_by_rows(body: BodyForm) -> frozenset[str]:
    """The dimensions that every row names itself, so that the column alone need not."""
    fixed = [part for part in body if not (isinstance(part, RowForm) and part.role is not None)]
    if not fixed:
        return frozenset()
    names = [{name for name in ("flow", "topic", "nature", "fund") if part.point.names(name)} for part in fixed]
    return frozenset(set.intersection(*names))


def _same(expected: Point, found: Point, free: frozenset[str], year: int | None, stage: str | None) -> bool:
    free |= {"measure"} if expected.measure == "amount" else set()
    free |= set() if year is not None else {"year"}
    free |= set() if stage is not None else {"stage"}
    if str(found.agency).startswith(UNNAMED_AGENCY):
        free |= {"agency"}  # a list that goes through the units without naming them
    return all(expected.get(name) == found.get(name) for name in Point._fields if name not in free)


def _compare_columns(form_set: FormSet, form: TableForm, table: Table, year: int | None) -> Iterator[tuple[str, str]]:
    free = frozenset.intersection(*(_decided_by_rows(body) for _, _, body in _parts(form)))
    if form.blocks:
        free |= {"flow"}  # a side's rows say it; the cells are compared below
    wanted = [
        (column, form.point_of(point, column.point, year=year))
        for point, columns, _ in _parts(form)
        for column in columns
        if column.is_amount
    ]
    unplaced = [column for _, columns, _ in _parts(form) for column in columns if column.role == "unplaced"]
    met: set[int] = set()
    stage = table.point.stage
    for header, point in zip(table.header, table.columns, strict=True):
        phrase = "/".join(header)
        headed = [k for k, (column, _) in enumerate(wanted) if _matches(form_set, column.header, header)]
        pointed = (
            []
            if point is None
            else [k for k, (_, expected) in enumerate(wanted) if _same(expected, point, free, year, stage)]
        )
        met.update(pointed or headed)
        if point is not None and any(_matches(form_set, column.header, header) for column in unplaced):
            yield "列", f"“{phrase}”：表样是 unplaced，读到 {_words(point)}"
        elif headed and not set(headed) & set(pointed):
            form_says = _words(wanted[headed[0]][1])
            yield "列", f"“{phrase}”：表样是 {form_says}，读到 {'（未读）' if point is None else _words(point)}"
        elif point is not None and not pointed:
            yield "列", f"“{phrase}”：表样没有这一列，读到 {_words(point)}"
    for k, (column, expected) in enumerate(wanted):
        if k not in met and column.required:
            yield "列", f"缺少“{'/'.join(column.header)}”（{_words(expected)}）"


def _matches(form_set: FormSet, template: tuple[str, ...], header: tuple[str, ...]) -> bool:
    return len(template) == len(header) and all(map(form_set.matches, template, map(plain, header)))


def _compare_cells(form: TableForm, table: Table, disclosure: Disclosure) -> Iterator[tuple[str, str]]:
    """Every observation of the table must stand at a cell of its form."""
    year = disclosure.year
    cells: list[tuple[Point, frozenset[str]]] = []
    for point, columns, body in _parts(form):
        for column in columns:
            if not column.is_amount:
                continue
            if not body:
                cells.append((form.point_of(point, column.point, year=year), frozenset()))
            for part in body:
                if isinstance(part, RowForm):
                    if part.role is None:
                        cells.append((form.point_of(point, column.point, part.point, year=year), frozenset()))
                else:
                    expected = form.point_of(point, column.point, part.point, year=year)
                    cells.append((expected, frozenset(part.dimensions)))
    # Alike observations are one difference: the same fixed dimensions, whatever the code, name or agency.
    alike: dict[tuple[object, ...], list[Observation]] = {}
    for observation in disclosure.observations:
        if observation.source.table != table.id or observation.origin != "table":
            continue
        if any(_same(expected, observation.point, free, year, table.point.stage) for expected, free in cells):
            continue
        named = observation.point.named()
        key = tuple((name, value if members(name) else None) for name, value in named.items())
        alike.setdefault(key, []).append(observation)
    for group in alike.values():
        first = group[0]
        more = f"等{len(group)}处" if len(group) > 1 else ""
        yield (
            "格",
            f"“{first.label}”第{first.source.row}行第{first.source.column}列{more}：{_words(first.point)} 不在表样中",
        )


def fits(workers: int = 2) -> list[Fit]:
    """Every document of the corpus, compared."""
    with ProcessPoolExecutor(workers) as pool:
        return list(pool.map(_fit_file, corpus_files()))


def _fit_file(path: Path) -> Fit:
    return fit(read(path), path.name)


def report(found: list[Fit]) -> str:
    """The report as text: a line a document, then the differences."""
    lines = ["选中表样  命名/有题  文件"]
    for item in found:
        mark = "" if item.chosen == item.expected else f"（应为 {item.expected}）"
        lines.append(
            f"{item.chosen}{mark}  {item.named}/{item.titled}  {item.file}  缺：{'、'.join(item.missing) or '无'}"
        )
    lines += [str(difference) for item in found for difference in item.differences]
    return "\n".join(lines)


if __name__ == "__main__":
    if not CORPUS.is_dir():
        sys.exit(f"没有语料：{CORPUS}")
    print(report(fits()))
