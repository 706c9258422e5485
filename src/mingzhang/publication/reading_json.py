"""``mingzhang read --format json``: a disclosure as data, by the contract in docs/outputs.md. It may grow, never break."""

from __future__ import annotations

from typing import Any

from mingzhang.cube.disclosure import Disclosure, Observation, Table, Unread
from mingzhang.publication.exact import exact


def document_json(disclosure: Disclosure) -> dict[str, Any]:
    """What the document is: the same object in every output."""
    return {
        "path": disclosure.path,
        "sha256": disclosure.sha256,
        "title": disclosure.title,
        "agency": disclosure.agency,
        "year": disclosure.year,
        "stage": disclosure.stage,
        "region": disclosure.region,
        "pages": disclosure.pages,
        "files": [
            {
                "path": file.path,
                "sha256": file.sha256,
                "kind": file.kind,
                "pages": file.pages,
                "turned_pages": [{"page": page, "degrees": degrees} for page, degrees in file.turned],
            }
            for file in disclosure.files
        ],
    }


def disclosure_json(disclosure: Disclosure) -> dict[str, Any]:
    """Everything that was read: tables, observations, and the numbers that are at no point, with the reason."""
    return {
        "document": document_json(disclosure),
        "tables": [_table(table) for table in disclosure.tables],
        "observations": [_observation(observation) for observation in disclosure.observations],
        "unread": [_unread(item) for item in disclosure.unread],
        "notes": list(disclosure.notes),
    }


def _table(table: Table) -> dict[str, Any]:
    return {
        "id": table.id,
        "title": table.title,
        "unit": table.unit.name if table.unit is not None else None,
        "place": table.source.to_json(),
        "form": table.form,
        "header": [list(path) for path in table.header],
        "rows": [list(row.texts) for row in table.rows],
        "number": table.number,
        "notes": list(table.notes),
    }


def _observation(observation: Observation) -> dict[str, Any]:
    amount, scan = observation.amount, observation.source.scan
    return {
        "point": observation.point.named(),
        "printed": amount.printed,
        "unit": amount.unit.name,
        "quantum": exact(amount.quantum),
        "fen": exact(amount.fen) if amount.unit.is_money else None,
        "place": observation.source.to_json(),
        "value": exact(amount.value),
        "label": observation.label,
        "origin": observation.origin,
        "of_which": observation.of_which,
        "confidence": scan.confidence if scan is not None else None,
        "recognised": scan.recognised if scan is not None else None,
    }


def _unread(item: Unread) -> dict[str, Any]:
    return {
        "printed": item.printed,
        "place": item.source.to_json(),
        "reason": item.reason,
        "kind": item.kind,
        "confidence": item.source.scan.confidence if item.source.scan is not None else None,
    }
