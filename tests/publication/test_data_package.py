"""Open data: the package is valid by frictionless, and every published amount can be summed up from its rows."""

from __future__ import annotations

import csv
import json
from decimal import Decimal
from pathlib import Path

import pytest

from mingzhang.composition import compose
from mingzhang.composition.as_read import as_read
from mingzhang.forms import load_form_sets
from mingzhang.ledgers import read_ledger
from mingzhang.publication.disclosed import data_package

LEDGER = Path(__file__).resolve().parents[2] / "examples" / "social_insurance_centre_2024_ledger.xlsx"


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    forms = next(forms for forms in load_form_sets() if forms.id == "cq2024")
    composition = compose(read_ledger(LEDGER), forms)
    folder = tmp_path_factory.mktemp("package")
    for name, data in data_package(composition, as_read(composition)):
        (folder / name).write_bytes(data)
    return folder


def test_frictionless_finds_nothing(package: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(package / "datapackage.json"))
    assert report.valid, report.flatten(["type", "message"])
    assert report.stats["tasks"] == 1


def test_frictionless_finds_a_wrong_amount(package: Path, tmp_path: Path) -> None:
    frictionless = pytest.importorskip("frictionless")
    described = json.loads((package / "datapackage.json").read_text(encoding="utf-8"))
    field = next(f["name"] for f in described["resources"][0]["schema"]["fields"] if f["type"] == "number")
    rows = list(csv.reader((package / "observations.csv").read_text(encoding="utf-8-sig").splitlines()))
    rows[1][rows[0].index(field)] = "一百"
    with (tmp_path / "observations.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows(rows)
    for key in ("bytes", "hash"):
        described["resources"][0].pop(key)
    (tmp_path / "datapackage.json").write_text(json.dumps(described, ensure_ascii=False), encoding="utf-8")
    report = frictionless.validate(str(tmp_path / "datapackage.json"))
    assert [code for (code,) in report.flatten(["type"])] == ["type-error"]


def test_classes_add_up_in_the_rows(package: Path) -> None:
    with (package / "observations.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert len(rows) > 300
    table = next(row["table_id"] for row in rows if "支出预算总表" in row["table_title"])
    own = [row for row in rows if row["table_id"] == table and not row["nature"]]
    whole = [Decimal(row["AMT"]) for row in own if not row["EXP_FUNC_CODE"]]
    classes = [Decimal(row["AMT"]) for row in own if len(row["EXP_FUNC_CODE"]) == 3]
    assert whole == [sum(classes)] == [Decimal("14823400")]
