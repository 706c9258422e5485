"""Several files as one disclosure: joined where it is clear, left apart where not, and what the outputs then say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from across_samples import EXPENDITURE, NARRATIVE, SUMMARY, write

from mingzhang import cli
from mingzhang.commands.gathering import gather
from mingzhang.cube.disclosure import Disclosure
from mingzhang.documents import open_document
from mingzhang.documents.joining import join
from mingzhang.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_UNREADABLE, EXIT_USAGE
from mingzhang.recognition import recognise

TEXT, TABLES = "某某市水务管理局2024年部门预算情况说明.txt", "某某市水务管理局2024年部门预算公开表.txt"


@pytest.fixture
def parts(tmp_path: Path) -> list[str]:
    """The narrative and the tables of one disclosure; the tables do not say whose they are."""
    return [write(tmp_path, TABLES, SUMMARY + "\n" + EXPENDITURE), write(tmp_path, TEXT, NARRATIVE)]


def check(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[dict[str, Any]], str]:
    status = cli.main(["check", *arguments, "--format", "json"])
    told = capsys.readouterr()
    return status, [json.loads(line) for line in told.out.splitlines()], told.err


def disclosures(paths: list[str]) -> list[Disclosure]:
    return [case.outcome for case in gather(paths) if isinstance(case.outcome, Disclosure)]


def test_narrative_and_tables_are_one_disclosure(parts: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    status, (made,), _ = check(capsys, *parts)
    assert status == EXIT_CLEAN
    document = made["document"]
    assert [Path(file["path"]).name for file in document["files"]] == [TEXT, TABLES]
    assert document["path"] == document["files"][0]["path"]
    assert document["agency"] == "某某市水务管理局"
    assert made["coverage"]["tables"] == 2
    (why,) = (note for note in made["coverage"]["notes"] if "合为一份" in note)
    assert "按文件名判断" in why
    assert "--apart" in why


def test_an_amount_of_the_text_is_held_against_the_tables(parts: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    wrong = Path(parts[1])
    said = NARRATIVE.replace("基本支出100.00万元", "基本支出700.00万元").replace("支出预算150.00", "支出预算750.00")
    wrong.write_text(said, encoding="utf-8")
    status, (made,), _ = check(capsys, *parts)
    assert status == EXIT_FINDINGS
    error = next(finding for finding in made["findings"] if finding["level"] == "error")
    assert {suspect["place"]["file"] for suspect in error["suspects"]} == {parts[1]}
    terms = [term for working in error["workings"] for term in (*working["left"], *working["right"])]
    assert {Path(term["place"]["file"]).name for term in terms if term["place"]} == {TEXT, TABLES}


def test_apart_and_together(parts: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, apart, _ = check(capsys, *parts, "--apart")
    assert len(apart) == 2
    other = write(tmp_path / "别处", "表.txt", EXPENDITURE)
    _, unjoined, _ = check(capsys, parts[1], other)
    assert len(unjoined) == 2
    _, (joined,), _ = check(capsys, parts[1], other, "--together")
    assert len(joined["document"]["files"]) == 2
    assert cli.main(["check", *parts, "--apart", "--together"]) == EXIT_USAGE
    assert "--together 和 --apart 不能同时用" in capsys.readouterr().err


def test_files_without_an_agency_are_joined_by_their_amounts(tmp_path: Path) -> None:
    text = write(tmp_path, "2024年情况说明.txt", NARRATIVE)
    tables = write(tmp_path, "2024年表格.txt", SUMMARY + "\n" + EXPENDITURE)
    (found,) = disclosures([text, tables])
    assert "所列金额与其余文件一致" in found.notes[0]
    other = EXPENDITURE.replace("100.00", "310.00").replace("50.00", "40.00").replace("150.00", "350.00")
    assert len(disclosures([text, write(tmp_path, "2024年表格.txt", other)])) == 2


@pytest.mark.parametrize(
    "name",
    [
        "某某市交通管理局2024年部门预算公开表.txt",
        "某某市水务管理局2023年部门预算公开表.txt",
        "某某市水务管理局2024年单位预算公开表.txt",
    ],
)
def test_another_agency_year_or_body_is_not_joined(name: str, tmp_path: Path, parts: list[str]) -> None:
    assert len(disclosures([parts[1], write(tmp_path, name, EXPENDITURE.replace("部门", ""))])) == 2


def test_two_sets_of_the_same_tables_are_not_joined_and_that_is_said(
    parts: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    again = write(tmp_path, "某某市水务管理局2024年部门预算公开表（修订）.txt", EXPENDITURE)
    _, made, told = check(capsys, *parts, again)
    assert len(made) == 3
    assert "等表不止一处，没有合并核对" in told


def test_how_to_fill_in_the_tables_is_no_narrative(tmp_path: Path, parts: list[str]) -> None:
    rule = "本表各列按照有关规定填列，合计数应当与其他各表保持一致，没有数据的也应当列出空表，不得自行增减行次。"
    manual = "填表说明\n\n" + "".join(f"{number}．{rule}\n" for number in range(9))
    tables = write(tmp_path, TABLES, SUMMARY + "\n" + EXPENDITURE + "\n" + manual)
    (found,) = disclosures([tables, parts[1]])
    assert len(found.files) == 2


def test_tables_in_files_of_their_own_are_joined(tmp_path: Path, parts: list[str]) -> None:
    first = write(tmp_path, "某某市水务管理局2024年预算表1.txt", SUMMARY)
    second = write(tmp_path, "某某市水务管理局2024年预算表2.txt", EXPENDITURE)
    (found,) = disclosures([first, second, parts[1]])
    assert [Path(file.path).name for file in found.files] == [TEXT, Path(first).name, Path(second).name]


def test_a_file_that_cannot_be_read_stops_what_was_forced_together(
    parts: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = write(tmp_path, "空.txt", "")
    status, made, told = check(capsys, *parts, empty, "--together")
    assert status == EXIT_UNREADABLE
    assert [entry["document"]["path"] for entry in made] == [empty]
    assert "错误[empty-file]" in told
    status, made, _ = check(capsys, *parts, empty)
    assert status == EXIT_UNREADABLE
    assert len(made) == 2


def test_a_table_does_not_go_on_in_the_next_file(tmp_path: Path) -> None:
    """The rows below a page break have no title; those at the head of another file are a table of its own."""
    rows = "".join(EXPENDITURE.splitlines(keepends=True)[3:])
    first, second = (
        write(tmp_path, "一.txt", "某市某局2024年部门预算\n\n" + EXPENDITURE),
        write(tmp_path, "二.txt", rows),
    )
    found = recognise(join([open_document(first), open_document(second)]))
    assert len(found.tables) == 2
    assert [table.source.file for table in found.tables] == [first, second]
    assert {o.source.file for o in found.observations} == {first, second}


def test_decisions_stand_beside_the_first_file(parts: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    Path(parts[1]).write_text(NARRATIVE.replace("基本支出100.00万元", "基本支出700.00万元"), encoding="utf-8")
    _, (made,), _ = check(capsys, *parts)
    (error,) = (finding for finding in made["findings"] if finding["level"] == "error")
    ruling = ["decide", parts[1], error["id"], "false-alarm", "--by", "某人", "--with", parts[0]]
    assert cli.main(ruling) == EXIT_CLEAN
    assert Path(parts[1] + ".decisions.json").exists()
    capsys.readouterr()
    status, (made,), _ = check(capsys, *parts)
    assert status == EXIT_CLEAN
    assert next(f for f in made["findings"] if f["id"] == error["id"])["decision"]["ruling"] == "false-alarm"


def test_against_an_earlier_state_of_several_files(
    parts: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    old = write(tmp_path / "旧", TEXT, NARRATIVE.replace("基本支出100.00万元", "基本支出700.00万元"))
    tables = write(tmp_path / "旧", TABLES, SUMMARY + "\n" + EXPENDITURE)
    status, (made,), _ = check(capsys, *parts, "--against", old, "--against", tables)
    assert status == EXIT_CLEAN
    assert len(made["changes"]["fixed"]) == 1


@pytest.mark.parametrize("name", ["报告.html", "清单.xlsx", "检查表.docx"])
def test_reports_of_several_files_are_one(name: str, parts: list[str], tmp_path: Path) -> None:
    output = tmp_path / "出" / name
    output.parent.mkdir()
    assert cli.main(["check", *parts, "-o", str(output)]) == EXIT_CLEAN
    assert output.stat().st_size > 0


def test_reports_of_disclosures_that_are_not_one_need_a_folder(
    parts: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = write(tmp_path, "另一局2023年部门预算.txt", "某某县农业局2023年部门预算\n\n" + EXPENDITURE)
    output = tmp_path / "报告.html"
    assert cli.main(["check", *parts, other, "-o", str(output)]) == EXIT_USAGE
    assert "错误[cannot-write]" in capsys.readouterr().err
    folder = tmp_path / "出"
    assert cli.main(["check", *parts, other, "--format", "html", "-o", str(folder)]) == EXIT_CLEAN
    assert len(list(folder.glob("*.html"))) == 2
    assert (folder / "汇总.xlsx").exists()
