"""The arithmetic of a finding written out, and the mark of every number."""

from __future__ import annotations

from pathlib import Path

from mingzhang.checking import check
from mingzhang.cube.verdict import Verdict
from mingzhang.documents import open_document
from mingzhang.recognition import recognise

RIGHT = """\
某某市某某局2024年部门预算公开

部门支出预算总表
单位：万元

科目编码\t科目名称\t总计\t基本支出\t项目支出
合计\t\t150.03\t130.02\t20.00
208\t社会保障和就业支出\t120.01\t100.01\t20.00
210\t卫生健康支出\t30.01\t30.01\t
212\t城乡社区支出\t\t\t
"""


def judged(folder: Path, text: str) -> Verdict:
    place = folder / "预算.txt"
    place.write_text(text, encoding="utf-8")
    return check(recognise(open_document(str(place))))


def test_the_working_adds_up(tmp_path: Path) -> None:
    verdict = judged(tmp_path, RIGHT.replace("208\t社会保障和就业支出\t120.01", "208\t社会保障和就业支出\t170.01"))
    (finding,) = [finding for finding in verdict.findings if finding.workings]
    working = next(w for w in finding.workings if w.left[0].printed == "150.03")
    assert [(term.sign, term.printed) for term in working.right] == [("", "170.01"), ("＋", "30.01")]
    assert (working.total, working.difference, working.zeros) == ("200.02", "49.99", 1)
    assert working.left[0].source is not None
    assert (working.left[0].source.line, working.left[0].source.column) == (7, 3)
    assert working.sentence in finding.message


def test_every_number_has_its_mark(tmp_path: Path) -> None:
    verdict = judged(tmp_path, RIGHT)
    assert not [finding for finding in verdict.findings if finding.level == "error"]
    printed = [observation.amount.printed for observation in verdict.disclosure.observations]
    assert len(verdict.marks) == len(printed)
    marks = dict(zip(printed, verdict.marks, strict=True))
    assert (marks["150.03"], marks["120.01"]) == ("rounding", "rounding")  # 150.02 added up: 0.01 of rounding
    assert set(verdict.marks) <= {"proved", "rounding"}


def test_a_suspect_and_what_it_is_held_against(tmp_path: Path) -> None:
    verdict = judged(tmp_path, RIGHT.replace("120.01", "170.01"))
    printed = [observation.amount.printed for observation in verdict.disclosure.observations]
    marks = dict(zip(printed, verdict.marks, strict=True))
    assert (marks["170.01"], marks["150.03"], marks["100.01"]) == ("suspect", "involved", "involved")


def test_a_number_that_no_relation_touches(tmp_path: Path) -> None:
    verdict = judged(tmp_path, "某某市某某局2024年部门预算公开\n\n2024年预算总收入120.01万元。\n")
    assert verdict.marks == ("untied",)
