"""Compose → publish → read → check: the same observations, nothing to find, nothing unread."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ledgers import RICH, SMALL, any_department, any_ledger, basic, finally_, ledger, of_year, project
from mingzhang.checking import check
from mingzhang.composition import Ledger, Line, compose
from mingzhang.composition.as_read import as_read
from mingzhang.cube import Disclosure, Observation, Point
from mingzhang.cube.hierarchy import ancestors
from mingzhang.documents import open_document
from mingzhang.forms import FormSet, load_form_sets
from mingzhang.publication.disclosed import FORMATS, published
from mingzhang.recognition import recognise
from mingzhang.recognition.vocabulary import fold

SETS = {forms.id: forms for forms in load_form_sets()}
LONG = bool(os.environ.get("MINGZHANG_LONG"))
"""Departments of hundreds of 项 and 60 units: minutes, not seconds."""
FORMAT = st.sampled_from(FORMATS)


def amounts(disclosure: Disclosure) -> Counter[tuple[Point, Decimal, str]]:
    """The amounts at their points, names folded as reading folds them.

    An item of a list in the text leaves its fund to the heading above it; a sheet of targets leaves its year open where
    it also has a place for the whole term's money.
    """
    return Counter(
        (_point(o), o.amount.value, o.amount.unit.name)
        for o in disclosure.observations
        if o.amount.value and o.amount.unit.is_money
    )


def _point(observation: Observation) -> Point:
    point = observation.point
    return point.at(
        indicator=None,
        fund=point.fund if observation.origin == "table" else None,
        year=None if point.project else point.year,
        project=fold(point.project) if point.project else None,
        agency=fold(point.agency) if point.agency else None,
    )


def read_back(
    made: Ledger, forms: FormSet, format: str, folder: Path, *, controlled: bool = False
) -> tuple[Disclosure, Disclosure]:
    """The composition as it is, and as it was read from its file."""
    composed = compose(made, forms, controlled=controlled)
    path = folder / f"示例市示例局{made.year}年{forms.id}.{format}"
    path.write_bytes(published(composed, format))
    return as_read(composed), recognise(open_document(str(path)))


def fitted(made: Ledger, forms: FormSet) -> Ledger:
    """The ledger as a set of that kind takes it, in a year that the set is of."""
    year = next(year for year in (2024, 2025, 2020, 2017) if forms.covers(year))
    named = {fragment.rest.fund for table in forms for fragment in table.fragments()}
    moved = of_year(made, year)
    # Money of a fund that the set has no column for cannot stand in it.
    lines = tuple(
        line
        if line.point.fund is None or named & {line.point.fund, *ancestors("fund", line.point.fund)} - {"fiscal"}
        else replace(line, point=line.point.at(fund="general"))
        for line in moved.lines
    )
    moved = replace(moved, lines=lines)
    return moved if forms.kind == "budget" else finally_(moved)


def assert_comes_back(made: Ledger, forms: FormSet, format: str, folder: Path, *, controlled: bool = False) -> None:
    """The same observations, nothing unread, every relation evaluated, no finding above a note."""
    composed, read = read_back(made, forms, format, folder, controlled=controlled)
    assert amounts(read) == amounts(composed)
    assert [item for item in read.unread if item.kind == "amount"] == []
    assert len(read.tables) == len(composed.tables)
    verdict = check(read)
    assert verdict.proof.consistent
    assert verdict.coverage.relations.not_evaluable == 0
    assert [finding.message for finding in verdict.findings if finding.level != "note"] == []


def in_unit(forms: FormSet, unit: str, decimals: int) -> FormSet:
    """The same set with all its tables in another unit."""
    return replace(forms, tables=tuple(replace(table, unit=unit, decimals=decimals) for table in forms))


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("id", SETS)
def test_what_is_published_is_what_is_read(id: str, format: str, tmp_path: Path) -> None:
    assert_comes_back(fitted(RICH, SETS[id]), SETS[id], format, tmp_path)


@pytest.mark.parametrize("id", [id for id in SETS if SETS[id].kind == "budget"])
def test_a_set_without_projects_comes_back(id: str, tmp_path: Path) -> None:
    """Lists and sheets of targets with nothing in them, and what is said below them."""
    assert_comes_back(fitted(replace(RICH, projects=()), SETS[id]), SETS[id], "xlsx", tmp_path)


@pytest.mark.parametrize(("unit", "decimals"), [("元", 2), ("元", 0), ("万元", 2), ("万元", 6)])
def test_any_unit_comes_back(unit: str, decimals: int, tmp_path: Path) -> None:
    forms = in_unit(SETS["shanghai_department"], unit, decimals)
    assert_comes_back(fitted(RICH, forms), forms, "xlsx", tmp_path)


TINY = ledger(
    basic("2013202", 0, 13_334),
    basic("2110199", 1, 20_000),
    project("2013802", 0, 13_334),
    basic("2013202", 0, 20_000, year=2023),
    basic("2110199", 1, 20_000, year=2023),
    replace(project("2013802", 0, 20_000), point=project("2013802", 0, 1).point.at(year=2023)),
)
"""Amounts of a step or two of the print: rates worked out from it are far from the exact ones."""


@pytest.mark.parametrize("lines", [TINY.lines, TINY.lines[1:2]], ids=["several", "one"])
@pytest.mark.parametrize("id", SETS)
def test_next_to_nothing_comes_back(id: str, lines: tuple[Line, ...], tmp_path: Path) -> None:
    composed, read = read_back(fitted(replace(TINY, lines=lines), SETS[id]), SETS[id], "xlsx", tmp_path)
    assert amounts(read) == amounts(composed)
    verdict = check(read)
    assert verdict.proof.consistent
    assert [finding.message for finding in verdict.findings if finding.level == "error"] == []


@given(
    any_department(items=400 if LONG else 40, units=60 if LONG else 6),
    st.sampled_from(list(SETS)),
    FORMAT,
    st.booleans(),
)
@settings(
    max_examples=60 if LONG else 8,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_department_comes_back(tmp_path: Path, made: Ledger, id: str, format: str, controlled: bool) -> None:
    assert_comes_back(fitted(made, SETS[id]), SETS[id], format, tmp_path, controlled=controlled)


@given(any_ledger(least=20_000))
@settings(max_examples=100 if LONG else 5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_ledger_comes_back(tmp_path: Path, made: Ledger) -> None:
    composed, read = read_back(made, SETS["cq2024"], "xlsx", tmp_path, controlled=True)
    assert amounts(read) == amounts(composed)
    verdict = check(read)
    assert verdict.coverage.relations.rounding == 0
    assert [finding.message for finding in verdict.findings if finding.level in ("error", "style")] == []


@pytest.mark.parametrize("format", FORMATS)
def test_the_same_composition_gives_the_same_bytes(format: str) -> None:
    composed = compose(SMALL, SETS["cq2024"])
    assert published(composed, format) == published(composed, format)


def test_formulas_give_what_is_printed(tmp_path: Path) -> None:
    import openpyxl

    path = tmp_path / "公式.xlsx"
    path.write_bytes(published(compose(SMALL, SETS["cq2024"], controlled=True), "xlsx", formulas=True))
    formulas = openpyxl.load_workbook(path)["表三"]
    values = openpyxl.load_workbook(path, data_only=True)["表三"]
    found = 0
    for row in formulas.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and cell.value.startswith("=SUM("):
                parts = cell.value[5:-1].split(",")
                total = sum(Decimal(str(values[part].value or 0)) for part in parts)
                assert Decimal(str(values[cell.coordinate].value)) == total
                found += 1
    assert found >= 10


def test_a_remark_is_in_the_properties(tmp_path: Path) -> None:
    import docx

    path = tmp_path / "说明.docx"
    path.write_bytes(published(compose(SMALL, SETS["cq2024"]), "docx", remark="含2处错误"))
    assert docx.Document(str(path)).core_properties.comments == "含2处错误"
