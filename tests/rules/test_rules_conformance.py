"""Each rule has a document that obeys it and one that does not; the finding says what is wrong and what to do."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingzhang.cube.disclosure import Disclosure
from mingzhang.cube.finding import Finding
from mingzhang.documents import open_document
from mingzhang.recognition import recognise
from mingzhang.rules import all_rules, run_rules

CASES = Path(__file__).parent / "cases"

# Rule → level and words of the finding of its invalid case, in order.
EXPECTED: dict[str, list[tuple[str, tuple[str, ...]]]] = {
    "code-name": [("error", ("支出预算总表》中20801", "社会保险管理事务", "应为“人力资源和社会保障管理事务”"))],
    "code-name-within": [("warning", ("2080177", "社保卡应用推广", "基金监督检查"))],
    "contents-table-absent": [("error", ("目录列有“2024年某区部门政府采购预算明细表”，正文没有该表",))],
    "contents-table-unlisted": [("note", ("政府性基金预算财政拨款支出预算表》，目录没有列出",))],
    "indicator-weights": [
        ("warning", ("社保服务运维专项", "3项绩效指标权重合计90，应为100，少10", "预算执行率（10分）"))
    ],
    "zero-and-blank": [("note", ("支出预算总表", "零值写法不一致", "空白"))],
    "code-order": [("style", ("行次颠倒", "2080505", "排在“2080506"))],
    "row-duplicate": [("note", ("21999 其他支出", "连续印了两行"))],
    "code-digits": [("style", ("“301 2”应为“301 02”",))],
    "empty-statement-contradicted": [("error", ("故本表为空表", "2个金额", "3.50万元"))],
}


def read_case(rule: str, kind: str) -> Disclosure:
    return recognise(open_document(CASES / f"{rule}.{kind}.txt"))


def findings_of(rule: str, kind: str) -> list[Finding]:
    return [finding for finding in run_rules(read_case(rule, kind)) if finding.rule == rule]


def test_every_rule_has_its_two_cases_and_every_case_its_rule() -> None:
    ids = {rule.id for rule in all_rules()}
    assert {path.name for path in CASES.iterdir()} == {
        f"{id}.{kind}.txt" for id in ids for kind in ("valid", "invalid")
    }
    assert set(EXPECTED) == ids


@pytest.mark.parametrize("rule", sorted(EXPECTED))
def test_a_valid_document_has_no_finding_of_any_rule(rule: str) -> None:
    assert run_rules(read_case(rule, "valid")) == ()


@pytest.mark.parametrize("rule", sorted(EXPECTED))
def test_an_invalid_document_has_its_finding_and_no_other(rule: str) -> None:
    found = run_rules(read_case(rule, "invalid"))
    assert [(finding.rule, finding.level) for finding in found] == [(rule, level) for level, _ in EXPECTED[rule]]
    for finding, (_, words) in zip(found, EXPECTED[rule], strict=True):
        assert all(word in finding.message for word in words), finding.message
        assert finding.message.endswith("。")
        assert finding.key
        assert finding.id


@pytest.mark.parametrize("rule", sorted(set(EXPECTED) - {"contents-table-absent"}))
def test_findings_point_at_their_places(rule: str) -> None:
    for finding in findings_of(rule, "invalid"):
        assert finding.places
        assert all(place.line is not None for place in finding.places)


@pytest.mark.parametrize("rule", sorted(EXPECTED))
def test_fingerprints_survive_an_unrelated_edit(rule: str, tmp_path: Path) -> None:
    text = (CASES / f"{rule}.invalid.txt").read_text(encoding="utf-8")
    edited = tmp_path / "edited.txt"
    edited.write_text(text.replace("本部门按规定", "根据有关要求，\n\n本部门按规定"), encoding="utf-8")
    before = {finding.id for finding in findings_of(rule, "invalid")}
    after = {finding.id for finding in run_rules(recognise(open_document(edited)))}
    assert before == after
