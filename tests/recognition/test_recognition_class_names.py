"""Names of classes that name a stage (案件执行, 预算改革业务) or are a list of words (…等…): the name is read first."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingzhang.cube import Disclosure, Observation
from mingzhang.documents import open_document
from mingzhang.recognition import recognise
from mingzhang.recognition.subjects import moment_in


def read(folder: Path, sentence: str) -> Disclosure:
    path = folder / "某市某局2024年部门预算.txt"
    path.write_text(f"某市某局2024年部门预算情况说明\n\n{sentence}\n", encoding="utf-8")
    return recognise(open_document(path))


def stated(disclosure: Disclosure) -> list[Observation]:
    return [o for o in disclosure.observations if o.origin == "text" and o.point.measure == "amount"]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("公共安全支出（类）法院（款）案件执行（项）", "2040505"),
        ("公共安全支出（类）检察（款）公诉、审判、侦查、执行等检察监督支出（项）", "2040405"),
        ("教育支出（类）职业教育（款）中等职业教育（项）", "2050302"),
    ],
)
def test_the_name_of_a_class_is_no_stage(tmp_path: Path, path: str, code: str) -> None:
    found = read(tmp_path, f"{path}2024年预算数80.00万元，比2023年预算增加30.00万元，增长60.00%。")
    (amount,) = stated(found)
    assert (amount.point.function, amount.point.stage, amount.point.year) == (code, "budget", 2024)
    (change,) = (o for o in found.observations if o.point.measure == "change")
    assert (change.point.function, change.point.stage) == (code, "budget")


def test_a_stage_beside_the_name_counts(tmp_path: Path) -> None:
    (amount,) = stated(read(tmp_path, "公共安全支出（类）法院（款）案件执行（项）2024年执行数80.00万元。"))
    assert (amount.point.function, amount.point.stage) == ("2040505", "executed")
    assert moment_in("案件执行（项）决算数") == {"stage": "final"}
    assert moment_in("预算改革业务（项）") == {}
    assert moment_in("预算执行") == {"stage": "executed"}
