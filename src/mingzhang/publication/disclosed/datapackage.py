"""A composed disclosure as open data: a tabular data package in the terms of the Fiscal Data Package.

``observations.csv`` has one row an amount, at its point, with where it stands; ``datapackage.json`` says what every column
is and which of them are the budget's dimensions. https://specs.frictionlessdata.io/fiscal-data-package/
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
from typing import Any

from mingzhang.cube.composed import Composition
from mingzhang.cube.disclosure import Disclosure
from mingzhang.publication.disclosed.parts import Properties
from mingzhang.publication.tidy import COLUMNS, observations_csv

# How a column is called in the taxonomy of the Fiscal Data Package.
_CONCEPTS = {
    "FISCAL_YEAR": "date:fiscal-year",
    "AGENCY_NAME": "administrative-classification:generic:level1:label",
    "EXP_FUNC_CODE": "functional-classification:generic:code",
    "EXP_FUNC_NAME": "functional-classification:generic:label",
    "DEP_BGT_ECO_CODE": "economic-classification:generic:code",
    "DEP_BGT_ECO_NAME": "economic-classification:generic:label",
    "AMT": "value",
    "FUND_TYPE_NAME": "fin-source:generic:name",
    "PRO_NAME": "project:generic:label",
}


def data_package(composition: Composition, disclosure: Disclosure, remark: str = "") -> list[tuple[str, bytes]]:
    """The files of the package by name. ``disclosure`` is the composition as a reader would have it."""
    properties = Properties.of(composition, remark)
    table = observations_csv(disclosure)
    resource: dict[str, Any] = {
        "name": "observations",
        "path": "observations.csv",
        "title": "全部金额（一行一个）",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(table),
        "hash": hashlib.md5(table, usedforsecurity=False).hexdigest(),
        "dialect": {"delimiter": ",", "header": True},
        "schema": {"fields": _fields(table), "missingValues": [""]},
    }
    package: dict[str, Any] = {
        "name": f"budget-disclosure-{composition.year}",
        "title": properties.title,
        "profile": "tabular-data-package",
        "keywords": ["budget", "fiscal-data-package", str(composition.year), composition.stage],
        "fiscalPeriod": {"start": f"{composition.year}-01-01", "end": f"{composition.year}-12-31"},
        "countryCode": "CN",
        "currencyCode": "CNY",
        "sources": [{"title": f"{composition.agency}底账"}],
        "contributors": [{"title": composition.agency, "role": "publisher"}],
        "resources": [resource],
    }
    if remark:
        package["description"] = remark
    text = json.dumps(package, ensure_ascii=False, indent=2) + "\n"
    return [("observations.csv", table), ("datapackage.json", text.encode())]


def _fields(table: bytes) -> list[dict[str, Any]]:
    header = next(csv.reader(io.StringIO(table.decode("utf-8-sig"))))
    described = {column.name: column.meaning for column in COLUMNS}
    fields: list[dict[str, Any]] = []
    for name in header:
        field: dict[str, Any] = {"name": name, "type": _TYPES.get(name, "string"), "title": described.get(name, name)}
        if name in _CONCEPTS:
            field["columnType"] = _CONCEPTS[name]
        fields.append(field)
    return fields


_TYPES = {"FISCAL_YEAR": "integer", "AMT": "number", "value": "number", "quantum": "number", "fen": "number"}
