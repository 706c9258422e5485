"""The example workbook: built from its figures, and the same observations as the text it was retyped from."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import openpyxl
import pytest

from mingzhang.cube import Disclosure, Point
from mingzhang.documents import open_document
from mingzhang.recognition import recognise

ROOT = Path(__file__).resolve().parents[2]
WORKBOOK = ROOT / "examples" / "social_insurance_centre_2024.xlsx"
CORPUS = ROOT.parent / "shared" / "corpus"

Told = tuple[Point, object, int, str, bool]


@pytest.fixture(scope="module")
def builder() -> ModuleType:
    spec = importlib.util.spec_from_file_location("build_example", ROOT / "tools" / "build_example.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def example() -> Disclosure:
    return recognise(open_document(WORKBOOK))


def told(disclosure: Disclosure, table: str) -> list[Told]:
    """The observations of a table in order; names that were put in place of the source's own are left out."""
    return [
        (
            o.point.at(agency=None, project=None, indicator=None),
            o.amount.value,
            o.amount.decimals,
            o.amount.unit.name,
            o.of_which,
        )
        for o in disclosure.observations
        if o.source.table == table
    ]


def test_the_workbook_says_what_its_figures_say(builder: ModuleType) -> None:
    """The committed workbook is the one that tools/build_example.py makes of examples/data."""
    import io

    committed = openpyxl.load_workbook(WORKBOOK)
    rebuilt = openpyxl.load_workbook(io.BytesIO(builder.build(builder.load())))
    assert committed.sheetnames == rebuilt.sheetnames
    for name in committed.sheetnames:
        ours, theirs = committed[name], rebuilt[name]
        assert ours.merged_cells == theirs.merged_cells
        for row in range(1, max(ours.max_row, theirs.max_row) + 1):
            for column in range(1, max(ours.max_column, theirs.max_column) + 1):
                left, right = ours.cell(row, column), theirs.cell(row, column)
                assert (left.value, left.number_format) == (right.value, right.number_format), (name, left.coordinate)


def test_the_same_figures_give_the_same_bytes(builder: ModuleType) -> None:
    assert builder.build(builder.load()) == builder.build(builder.load())


def test_all_fourteen_tables_are_read_and_named(example: Disclosure) -> None:
    absent = {2, 13}
    assert [table.form for table in example.tables] == [f"cq2024.t{n}" for n in range(1, 17) if n not in absent]
    assert (example.year, example.stage, example.agency) == (2024, "budget", "某社会保险事务中心")
    assert [item for item in example.unread if item.kind == "amount"] == []


def test_every_amount_equals_that_of_the_source_text(example: Disclosure) -> None:
    """Point by point, in order: the retyped figures are the published ones."""
    found = sorted(CORPUS.glob("chongqing__*2024*.txt"))
    if not found:
        pytest.skip(f"没有语料，未与原件核对：{CORPUS} 不存在")
    source = recognise(open_document(found[0]))
    assert [table.form for table in example.tables] == [table.form for table in source.tables]
    for ours, theirs in zip(example.tables, source.tables, strict=True):
        assert told(example, ours.id) == told(source, theirs.id), ours.title
        assert ours.unit == theirs.unit
