"""Compose → publish → read → check: the same observations, nothing to find, nothing unread."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from ledgers import SMALL, any_ledger, final_small
from mingzhang.checking import check
from mingzhang.composition import Ledger, compose
from mingzhang.composition.as_read import as_read
from mingzhang.cube import Disclosure, Point
from mingzhang.documents import open_document
from mingzhang.forms import load_form_sets
from mingzhang.publication.disclosed import FORMATS, published
from mingzhang.recognition import recognise

SETS = {forms.id: forms for forms in load_form_sets()}
# The sets of 2017 and 2018 have rows that no point names (专项收入 within 一般公共预算); they are read, not composed.
COMPOSED = [id for id in SETS if id not in ("jiangsu2017", "jiangsu2018")]
# The whole department's targets are a sheet of labels that reading does not all know yet.
OPEN = {"beijing2026", "guangzhou2026", "quanzhou2026"}


def amounts(disclosure: Disclosure) -> Counter[tuple[Point, Decimal, str]]:
    """The amounts at their points; an item of a list in the text leaves its fund to the heading above it."""
    return Counter(
        (
            o.point.at(indicator=None, fund=o.point.fund if o.origin == "table" else None),
            o.amount.value,
            o.amount.unit.name,
        )
        for o in disclosure.observations
        if o.amount.value and o.amount.unit.is_money
    )


def read_back(
    made: Ledger, id: str, format: str, folder: Path, *, controlled: bool = False
) -> tuple[Disclosure, Disclosure]:
    """The composition as it is, and as it was read from its file."""
    composed = compose(made, SETS[id], controlled=controlled)
    path = folder / f"示例市示例局{made.year}年{id}.{format}"
    path.write_bytes(published(composed, format))
    return as_read(composed), recognise(open_document(str(path)))


def ledger_of(id: str) -> Ledger:
    return SMALL if SETS[id].kind == "budget" else final_small


@pytest.mark.parametrize("format", FORMATS)
@pytest.mark.parametrize("id", ["cq2024", "shanghai_unit", "final2022", "national2026"])
def test_what_is_published_is_what_is_read(id: str, format: str, tmp_path: Path) -> None:
    composed, read = read_back(ledger_of(id), id, format, tmp_path)
    assert amounts(read) == amounts(composed)
    assert [item for item in read.unread if item.kind == "amount"] == []
    assert len(read.tables) == len(composed.tables)
    verdict = check(read)
    assert verdict.proof.consistent
    assert [finding.message for finding in verdict.findings if finding.level != "note"] == []


@pytest.mark.parametrize("id", COMPOSED)
def test_every_set_can_be_read_back(id: str, tmp_path: Path) -> None:
    composed, read = read_back(ledger_of(id), id, "html", tmp_path)
    if id in OPEN:
        missing = sum((amounts(composed) - amounts(read)).values())
        assert missing <= 5
        return
    assert amounts(read) == amounts(composed)
    assert check(read).proof.consistent


@given(any_ledger(least=20_000))
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_ledger_comes_back(tmp_path: Path, made: Ledger) -> None:
    composed, read = read_back(made, "cq2024", "xlsx", tmp_path, controlled=True)
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
