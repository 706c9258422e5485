"""Disclosures held together: silent where they agree, and the wrong number named with both places where they do not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from across_samples import write
from year_samples import (
    ACCOUNTS_2024,
    BUDGET_2023,
    BUDGET_2023_IN_YUAN,
    BUDGET_2024,
    BUREAU,
    OWN,
    SENTENCES_2024,
    STATION,
    department,
    unit,
)

from mingzhang import cli
from mingzhang.across.survey import Beside, survey
from mingzhang.cube.disclosure import Disclosure
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text import read_text
from mingzhang.errors import EXIT_CLEAN, EXIT_FINDINGS
from mingzhang.recognition import recognise

UNIT = unit(STATION, "30.00", "10.00", "40.00")
OWN_LEVEL = unit(BUREAU, "70.00", "40.00", "110.00")


def read(text: str, name: str) -> Disclosure:
    return recognise(read_text(RawFile(text.encode(), name, "0" * 64)))


def held(*texts: str) -> list[Beside]:
    return survey([read(text, f"{number}.txt") for number, text in enumerate(texts)])


def found(*texts: str) -> list[tuple[str, str, str | None, str | None]]:
    return [(f.rule, f.level, f.reported, f.expected) for beside in held(*texts) for f in beside.findings]


@pytest.mark.parametrize(
    ("texts", "compared"),
    [
        ((BUDGET_2023, BUDGET_2024), "7个数可比，全部一致"),
        ((BUDGET_2024, BUDGET_2023), "7个数可比，全部一致"),
        ((BUDGET_2023_IN_YUAN, BUDGET_2024), "7个数可比，全部一致"),
        ((BUDGET_2023, SENTENCES_2024), "1个数可比，全部一致"),
        ((BUDGET_2023, SENTENCES_2024.replace("增加10.00万元，", "")), "1个数可比，全部一致"),
        ((BUDGET_2024, ACCOUNTS_2024), "7个数可比，全部一致"),
        ((department(), UNIT), "全部一致"),
        ((department(), UNIT, OWN_LEVEL), "已核对各单位之和"),
    ],
)
def test_what_agrees_is_silent_and_told(texts: tuple[str, ...], compared: str) -> None:
    assert found(*texts) == []
    assert compared in "".join(note for beside in held(*texts) for note in beside.notes)


def test_a_wrong_figure_of_last_year_is_one_finding_with_both_places() -> None:
    wrong = BUDGET_2024
    for name in ("水利工程建设", "水利", "农林水支出"):
        wrong = wrong.replace(f"{name}\t44.00", f"{name}\t45.00")
    (finding,) = held(BUDGET_2023, wrong.replace("140.00", "141.00"))[1].findings
    assert (finding.rule, finding.level) == ("across-years", "warning")
    assert (finding.reported, finding.expected) == ("45.00", "44.00")
    assert "2130305 水利工程建设" in finding.message
    assert "相差1.00万元（同样的差额还见于包含它的3个合计数）" in finding.message
    assert [(place.file, place.line) for place in finding.places] == [(None, 14), ("0.txt", 13)]
    assert finding.places[1].table is None  # its table is of the other disclosure


def test_a_difference_that_rounding_explains_is_none() -> None:
    assert found(BUDGET_2023_IN_YUAN.replace("\t440003", "\t440051"), BUDGET_2024) != []
    assert found(BUDGET_2023_IN_YUAN.replace("\t440003", "\t440049"), BUDGET_2024) == []


def test_a_comparison_in_a_sentence_is_held_to_last_year() -> None:
    wrong = SENTENCES_2024.replace("增加10.00万元，增长7.14%", "增加20.00万元")
    assert found(BUDGET_2023, wrong) == [("across-years", "warning", "20.00", "10.00")]
    rate = SENTENCES_2024.replace("增加10.00万元，增长7.14%", "增长9.14%")
    assert found(BUDGET_2023, rate) == [("across-years", "warning", None, None)]


def test_a_code_that_last_year_did_not_have() -> None:
    other = BUDGET_2024.replace("2130305\t水利工程建设", "2130306\t水利工程运行与维护")
    kinds = {rule for rule, *_ in found(BUDGET_2023, other)}
    messages = [finding.message for finding in held(BUDGET_2023, other)[1].findings]
    assert kinds == {"across-years"}
    assert any("没有列出“2130306”，即为零" in message for message in messages)
    assert any("没有列出“2130305”，即为零" in message for message in messages)


def test_executed_amounts_of_last_year_are_not_its_budget() -> None:
    assert found(BUDGET_2023, BUDGET_2024.replace("2023年预算数", "2023年执行数").replace("44.00", "41.00")) == []


def test_amounts_of_last_year_that_do_not_say_their_stage() -> None:
    """上年数 that mostly is the budget is held to it; what mostly is not may be the execution."""
    vague = BUDGET_2024.replace("2023年预算数", "上年数")
    assert found(BUDGET_2023, vague) == []
    one = vague.replace("水利工程建设\t44.00", "水利工程建设\t45.00")
    assert found(BUDGET_2023, one) == [("across-years", "warning", "45.00", "44.00")]
    other = vague.replace("44.00", "41.00").replace("96.00", "97.00").replace("140.00", "138.00")
    beside = held(BUDGET_2023, other)[1]
    assert beside.findings == []
    assert "没有写明是预算数还是执行数，其中7个与上年预算多数不同，没有对照" in beside.notes[0]


def test_accounts_are_held_to_the_budget() -> None:
    budget = BUDGET_2024.replace("100.00", "103.00").replace("150.00", "153.00")
    assert found(budget, ACCOUNTS_2024) == [("across-stages", "error", "100.00", "103.00")]
    only_budget = ACCOUNTS_2024.replace("年初预算数", "预算数")
    assert [level for _, level, *_ in found(budget, only_budget)] == ["note"]


def items(columns: int, *amounts: int) -> str:
    """A class with as many items as amounts, each repeated in all columns."""
    total = f"\t{sum(amounts)}.00" * columns
    rows = [f"合计\t{total}", f"208\t社会保障和就业支出{total}", f"20805\t行政事业单位养老支出{total}"]
    rows += [f"20805{n:02}\t事项{n}" + f"\t{amount}.00" * columns for n, amount in enumerate(amounts, start=1)]
    return "\n".join(rows) + "\n"


def test_another_scope_is_one_finding() -> None:
    head, _, _ = BUDGET_2023.partition("合计")
    columns = head.replace("2023年部门预算", "2024年部门预算").replace(
        "总计\t基本支出\t项目支出", "2023年预算数\t2024年预算数"
    )
    before = head.replace("\t基本支出\t项目支出", "") + items(1, 10, 20, 30, 40, 50, 60)
    assert held(before, columns + items(2, 10, 20, 30, 40, 50, 60))[1].findings == []
    (finding,) = held(before, columns + items(2, 11, 22, 33, 44, 55, 66))[1].findings
    assert finding.level == "warning"
    assert "可比的9个数多数不一致，两份材料的口径可能不同" in finding.message
    assert len(finding.places) == 12
    assert len(held(before, columns + items(2, 11, 20, 30, 40, 50, 60))[1].findings) == 1


def test_the_row_of_a_unit_is_held_to_the_unit() -> None:
    assert found(department(station="41.00"), UNIT) == [("across-levels", "error", "41.00", "40.00")]
    assert found(department(station="41.00"), UNIT, OWN_LEVEL) == [("across-levels", "error", "41.00", "40.00")]


def test_a_unit_has_no_more_than_its_department() -> None:
    large = unit(STATION, "130.00", "10.00", "140.00")
    assert ("across-levels", "warning", None, None) in found(department(station="140.00"), large)


def test_units_that_only_the_text_names() -> None:
    """Most departments list their units in the text: then no unit may have more than the department."""
    _, _, tables = department().partition("部门一般公共预算")
    told = f"""\
{BUREAU}2024年部门预算公开

一、部门预算单位构成
纳入本部门预算编制范围的单位包括：
1．{BUREAU}本级
2．{STATION}

部门一般公共预算{tables}"""
    assert found(told, UNIT) == []
    assert "全部一致" in held(told, UNIT)[0].notes[0]
    large = unit(STATION, "130.00", "10.00", "140.00")
    assert {(rule, level) for rule, level, *_ in found(told, large)} == {("across-levels", "warning")}
    assert held(told.replace(STATION, "某某市水务管理局水文站"), UNIT)[0].notes == []


def test_the_own_level_of_another_department_is_no_unit() -> None:
    other = unit("某某市交通运输局（本级）", "130.00", "10.00", "140.00")
    assert [beside.notes for beside in held(BUDGET_2024, other)] == [[], []]
    assert "所属单位材料" in held(BUDGET_2024, unit(f"{BUREAU}（本级）", "70.00", "40.00", "110.00"))[0].notes[0]


def test_the_units_add_up_to_the_department() -> None:
    other = unit(BUREAU, "60.00", "50.00", "110.00")
    assert found(department(), UNIT, other) == [("across-units", "warning", None, None)] * 2
    finding = held(department(), UNIT, other)[0].findings[0]
    assert [place.file for place in finding.places] == [None, "1.txt", "2.txt"]
    assert found(department(), UNIT) == []
    assert f"没有“{OWN}”的材料" in "".join(held(department(), UNIT)[0].notes)


def test_two_drafts_of_one_disclosure_are_not_held_together_and_that_is_said() -> None:
    notes = held(BUDGET_2023, BUDGET_2024, BUDGET_2024.replace("44.00", "45.00"))
    assert all("可能是前后两稿" in beside.notes[-1] for beside in notes[1:])
    assert all(not beside.findings or "across-years" in beside.findings[0].rule for beside in notes)
    ambiguous = held(BUDGET_2023, BUDGET_2023.replace("44.00", "45.00"), BUDGET_2024)[2]
    assert ambiguous.findings == []
    assert "不能确定与哪一份对照" in ambiguous.notes[0]


def test_last_year_in_two_formats_is_one() -> None:
    """The same figures twice, the second time as another file: either will do."""
    assert "7个数可比" in held(BUDGET_2023, BUDGET_2023_IN_YUAN, BUDGET_2024)[2].notes[0]


def test_a_unit_that_calls_itself_a_department_is_only_doubted() -> None:
    """Where a listed unit publishes 部门预算 it may have units of its own."""
    other = UNIT.replace("单位预算", "部门预算").replace("单位", "部门").replace("部门：万元", "单位：万元")
    assert found(department(station="41.00"), other) == [("across-levels", "warning", "41.00", "40.00")]


def test_a_contradiction_without_agreement_beside_it_is_only_doubted() -> None:
    rows = ACCOUNTS_2024.splitlines(keepends=True)
    short = "".join(row for row in rows if not row.startswith(("213", "合计")))
    assert {level for _, level, *_ in found(BUDGET_2024.replace("100.00", "103.00"), short)} == {"warning"}


def test_other_agencies_are_no_pair() -> None:
    assert all(not beside.notes for beside in held(BUDGET_2023.replace(BUREAU, "某某市农业局"), BUDGET_2024))
    assert all(not beside.notes for beside in held(BUDGET_2023.replace("部门预算", "单位预算"), BUDGET_2024))


def test_the_command_tells_and_rules_on_such_findings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    budget = write(tmp_path, "预算.txt", BUDGET_2024.replace("100.00", "103.00").replace("150.00", "153.00"))
    accounts = write(tmp_path, "决算.txt", ACCOUNTS_2024)
    assert cli.main(["check", budget, accounts, "--format", "json"]) == EXIT_FINDINGS
    first, second = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert not [finding for finding in first["findings"] if finding["rule"].startswith("across")]
    (error,) = (finding for finding in second["findings"] if finding["rule"] == "across-stages")
    assert error["places"][1]["file"] == budget
    assert second["coverage"]["compared_with"] == [budget]
    assert any("与同年预算“预算.txt”对照：7个数可比，1处不一致" in note for note in second["coverage"]["notes"])
    told = ["decide", accounts, error["id"], "false-alarm", "--by", "某人", "--with", budget]
    assert cli.main(told) == EXIT_CLEAN
    assert cli.main(["check", budget, accounts]) == EXIT_CLEAN
    capsys.readouterr()
    Path(accounts).write_text(ACCOUNTS_2024 + "\n", encoding="utf-8")
    assert cli.main(["check", accounts, "--format", "json"]) == EXIT_CLEAN
    changes = json.loads(capsys.readouterr().out)["changes"]
    assert [gone["rule"] for gone in changes["unsure"]] == ["across-stages"]  # the budget was not given
    folder = tmp_path / "出"
    for kind in ("html", "xlsx", "checklist"):
        assert cli.main(["check", budget, accounts, "--format", kind, "-o", str(folder)]) == EXIT_CLEAN
    report = (folder / "决算.txt.html").read_text(encoding="utf-8")
    assert "“预算.txt”" in report
