"""The published ledger against its own other tables: all told cells equal, a changed cell differs, gaps give bounds."""

from __future__ import annotations

import importlib.util
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from types import ModuleType

import pytest

from mingzhang.composition import Ledger, Line, compose
from mingzhang.composition.as_read import as_read
from mingzhang.cube import Amount, Disclosure, Point
from mingzhang.forms import load_form_sets

TOOL = Path(__file__).parents[2] / "tools" / "real_ledger.py"
FORMS = next(forms for forms in load_form_sets() if forms.id == "beijing2026")
THIS = Point(year=2026, stage="budget", flow="expenditure", fund="general")


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("real_ledger", TOOL)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["real_ledger"] = module
    spec.loader.exec_module(module)
    return module


def published(*lines: Line) -> Disclosure:
    """What a unit with these lines publishes."""
    return as_read(compose(Ledger("示例局", 2026, "budget", "机关", lines=lines), FORMS))


def line(function: str, gov: str, code: str, fen: int, **more: str) -> Line:
    nature = more.pop("nature", "basic")
    staffing = None if nature != "basic" else "personnel" if code[:3] in ("301", "303") else "public"
    return Line(THIS.at(function=function, gov_object=gov, object=code, nature=nature, staffing=staffing, **more), fen)


LINES = (
    line("2080101", "50101", "30101", 123_456_789),
    line("2080101", "50206", "30217", 500_001),
    line("2080505", "50102", "30108", 33_333_333),
    line("2080101", "50205", "30227", 9_876_543, nature="project"),
    line("2080101", "50303", "31013", 18_000_000, nature="project"),
)


def test_every_cell_of_a_whole_ledger_is_told_and_equal(tool: ModuleType) -> None:
    disclosure = published(*LINES)
    table = tool.ledger_table(disclosure)
    compared = tool.compare(disclosure, table, FORMS)
    assert len(compared.cells) > 80
    assert all(cell.told and cell.agrees for cell in compared.cells)
    assert compared.unpublished == ()
    assert compared.unlisted == {}


def test_a_changed_cell_of_another_table_differs(tool: ModuleType) -> None:
    disclosure = published(*LINES)
    table = tool.ledger_table(disclosure)
    other = next(
        o
        for o in disclosure.observations
        if o.source.table != table and o.point.function == "2080505" and o.amount.value
    )
    wrong = replace(other, amount=Amount("1.000000", other.amount.unit, Decimal(1), 6))
    changed = tuple(wrong if o is other else o for o in disclosure.observations)
    compared = tool.compare(replace(disclosure, observations=changed), table, FORMS)
    assert [cell.published.point for cell in compared.cells if not cell.agrees] == [other.point]


def test_what_the_total_has_beyond_the_rows_gives_bounds(tool: ModuleType) -> None:
    disclosure = published(*LINES)
    table = tool.ledger_table(disclosure)
    kept = tuple(o for o in disclosure.observations if o.source.table != table or o.point.object != "30227")
    compared = tool.compare(replace(disclosure, observations=kept), table, FORMS)
    assert compared.unlisted == {"project": 9_876_543}
    assert all(cell.agrees for cell in compared.cells)
    assert {cell.told for cell in compared.cells} == {True, False}


def test_a_function_of_two_funds_gives_bounds_and_one_of_one_fund_does_not(tool: ModuleType) -> None:
    other = line("2080101", "50205", "30227", 700_000, nature="project", fund="business")
    disclosure = published(*LINES, other)
    compared = tool.compare(disclosure, tool.ledger_table(disclosure), FORMS)
    assert all(cell.agrees for cell in compared.cells)
    told = {
        cell.published.point.function: cell.told for cell in compared.cells if cell.published.point.fund == "general"
    }
    assert told["2080505"]
    assert not told["2080101"]
