"""The JSON contracts of ``read`` and ``check``, key by key."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from verdict_samples import disclosure, reviewed_verdict, verdict

from mingzhang.publication import disclosure_json, error_json, verdict_json
from mingzhang.publication.exact import exact

DOCUMENT = {
    "path": "预算.txt",
    "sha256": "ab" * 32,
    "title": "某市某局2024年部门预算",
    "agency": "某市某局",
    "year": 2024,
    "stage": "budget",
    "region": "某市",
    "pages": None,
    "files": [{"path": "预算.txt", "sha256": "ab" * 32, "kind": "txt", "pages": None, "turned_pages": []}],
}
POINT = {
    "year": 2024,
    "stage": "budget",
    "flow": "expenditure",
    "fund": "general",
    "function": "208",
    "measure": "amount",
}


def test_reading() -> None:
    assert disclosure_json(disclosure()) == {
        "document": DOCUMENT,
        "tables": [
            {
                "id": "t01",
                "title": "支出预算总表",
                "unit": "万元",
                "place": {"line": 3, "table": "t01"},
                "form": "demo.t1",
                "header": [["科目编码"], ["科目名称"], ["2024年", "总计"]],
                "rows": [["208", "社会保障", "1,396.07"]],
                "number": "表3",
                "notes": [],
            }
        ],
        "observations": [
            {
                "point": POINT,
                "printed": "1,396.07",
                "unit": "万元",
                "quantum": 10_000,
                "fen": 1_396_070_000,
                "place": {"line": 5, "table": "t01", "row": 2, "column": 3},
                "value": "1396.07",
                "label": "社会保障",
                "origin": "table",
                "of_which": False,
                "confidence": None,
                "recognised": None,
            },
            {
                "point": {"year": 2024, "indicator": "=群众满意度", "measure": "weight"},
                "printed": "12.5",
                "unit": "%",
                "quantum": "0.1",
                "fen": None,
                "place": {"line": 6, "table": "t01", "row": 3, "column": 3},
                "value": "12.5",
                "label": "=群众满意度",
                "origin": "table",
                "of_which": True,
                "confidence": None,
                "recognised": None,
            },
            {
                "point": POINT,
                "printed": "1,396.07",
                "unit": "万元",
                "quantum": 10_000,
                "fen": 1_396_070_000,
                "place": {"line": 1, "quote": "1,396.07"},
                "value": "1396.07",
                "label": "支出1,396.07万元",
                "origin": "text",
                "of_which": False,
                "confidence": None,
                "recognised": None,
            },
        ],
        "unread": [
            {
                "printed": "88",
                "place": {"line": 7},
                "reason": "没有认出这个数说的是什么",
                "kind": "amount",
                "confidence": None,
            },
            {
                "printed": "208",
                "place": {"line": 5, "table": "t01", "row": 2, "column": 1},
                "reason": "科目编码",
                "kind": "identifier",
                "confidence": None,
            },
        ],
        "notes": ["一条说明。"],
    }


def test_verdict() -> None:
    made = verdict_json(verdict())
    assert made["document"] == DOCUMENT
    assert made["coverage"] == {
        "tables": 1,
        "observations": 3,
        "numbers": 5,
        "unread": 1,
        "relations": {"held": 10, "rounding": 6, "violated": 2, "not_evaluable": 3},
        "notes": ["覆盖说明。"],
        "untied": 1,
        "unread_reasons": ["没有认出这个数说的是什么：1个（如“88”，第7行）"],
        "forms": 1,
        "compared_with": [],
    }
    assert made["certificate"] == {"consistent": False, "rounding_differences": 6, "verified_exactly": False}
    place = {"line": 5, "table": "t01", "row": 2, "column": 3}
    first, second = made["findings"]
    told = {
        "place": place,
        "reported": "1,396.07",
        "implied": ["1396.065", "1396.075"],
        "label": "《支出预算总表》第2行",
        "expected": "1,396.08",
        "slip": "似为一位数字有误",
        "confidence": None,
    }
    assert first["suspects"][0] == told
    assert [[member["expected"] for member in members] for members in first["alternatives"]] == [["7", "8"]]
    assert first["sets"] == [[0], [1]]
    (working,) = first["workings"]
    assert working["left"] == [{"sign": "", "label": "合计", "printed": "1,396.07", "place": place}]
    assert [term["place"] for term in working["right"]][1] is None
    assert (working["relation"], working["total"], working["difference"]) == ("＝", "1,396.09", "0.02")
    assert second == {
        "id": verdict().findings[1].id,
        "rule": "name-differs",
        "level": "warning",
        "message": "名称不一致。",
        "reported": "社会保障",
        "expected": "社会保障和就业支出",
        "slip": None,
        "places": [place],
        "suspects": [],
        "alternatives": [],
        "sets": [],
        "workings": [],
        "decision": None,
    }
    assert made["changes"] is None
    assert made["rounding"][0] == {"message": "第1处相差0.01", "places": [place]}
    assert json.dumps(made) == json.dumps(verdict_json(verdict()))


def test_error() -> None:
    assert error_json("a.txt", "empty-file", "空。") == {
        "document": {"path": "a.txt"},
        "error": {"code": "empty-file", "message": "空。"},
    }


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("148234000.00", 148234000),
        ("0.50", "0.5"),
        ("-0.0", 0),
        ("1E+13", 10**13),
        ("0.0000001", "0.0000001"),
        ("-12.340", "-12.34"),
    ],
)
def test_exact(value: str, told: int | str) -> None:
    found = exact(Decimal(value))
    assert (found, type(found)) == (told, type(told))


def test_decisions_and_changes() -> None:
    made = verdict_json(reviewed_verdict())
    error, warning = made["findings"]
    assert error["decision"] == {"ruling": "false-alarm", "by": "张三", "note": "口径不同", "on": "2024-03-01"}
    assert warning["decision"] is None
    changes = made["changes"]
    assert [gone["message"] for gone in changes["fixed"]] == ["旧的差错。"]
    assert [gone["message"] for gone in changes["unsure"]] == ["旧表差错。"]
    assert (changes["staying"], changes["altered"], changes["new"]) == ([error["id"]], [], [warning["id"]])
