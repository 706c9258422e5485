"""Rulings beside a document: kept, shown, refused when damaged; and what a corrected document says."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang import cli
from mingzhang.cube.decision import RULINGS, Decision
from mingzhang.cube.disclosure import Disclosure
from mingzhang.cube.finding import LEVELS, Finding, with_fingerprints
from mingzhang.cube.verdict import Coverage, Proof, RelationCounts, Verdict
from mingzhang.decisions import Book, Seen, book_bytes, book_place, changes_since, load_book, parse_book
from mingzhang.decisions import book as book_module
from mingzhang.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_UNREADABLE, EXIT_USAGE, UnreadableError

RIGHT = """\
某某市某某局2024年部门预算公开

部门支出预算总表
单位：万元

科目编码\t科目名称\t总计\t基本支出\t项目支出
合计\t\t120.00\t100.00\t20.00
208\t社会保障和就业支出\t120.00\t100.00\t20.00
20801\t人力资源和社会保障管理事务\t120.00\t100.00\t20.00
2080101\t行政运行\t120.00\t100.00\t20.00
"""
WRONG = RIGHT.replace("行政运行\t120.00\t100.00\t20.00", "行政运行\t125.00\t100.00\t20.00")

TEXT = st.text(max_size=20)
DECISIONS = st.builds(
    Decision,
    finding=TEXT,
    ruling=st.sampled_from(RULINGS),
    by=TEXT,
    note=TEXT,
    on=st.dates().map(lambda day: day.isoformat()),
    rule=TEXT,
    level=st.sampled_from(LEVELS),
    message=TEXT,
)
SEEN = st.builds(
    Seen,
    st.builds(Finding, TEXT, st.sampled_from(LEVELS), TEXT, st.lists(TEXT, max_size=2).map(tuple), id=TEXT),
    st.lists(TEXT, max_size=2).map(tuple),
)


@pytest.fixture
def wrong(tmp_path: Path) -> Path:
    place = tmp_path / "预算.txt"
    place.write_text(WRONG, encoding="utf-8")
    return place


def checked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    capsys.readouterr()
    status = cli.main(["check", *arguments, "--format", "json"])
    return status, json.loads(capsys.readouterr().out)


def errors(made: dict[str, Any]) -> list[dict[str, Any]]:
    return [finding for finding in made["findings"] if finding["level"] == "error"]


# --- the file ---------------------------------------------------------------------------------------------------------


@given(st.builds(Book, TEXT, TEXT, st.lists(DECISIONS, max_size=3).map(tuple), st.lists(SEEN, max_size=3).map(tuple)))
def test_a_book_is_read_as_it_was_written(book: Book) -> None:
    assert parse_book(book_bytes(book).decode("utf-8"), "x") == book


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "不是有效的 JSON"),
        ("[]", "不是明账的处理意见文件"),
        ('{"format": "mingzhang-decisions", "version": 9}', "版本是 9"),
        ('{"format": "mingzhang-decisions", "version": 1, "decisions": {}}', "decisions、seen 应是列表"),
        ('{"format": "mingzhang-decisions", "version": 1, "decisions": []}', "document 应是文字"),
    ],
)
def test_a_damaged_file_is_refused_in_one_sentence(text: str, words: str, wrong: Path) -> None:
    Path(book_place(str(wrong))).write_text(text, encoding="utf-8")
    with pytest.raises(UnreadableError) as refused:
        load_book(str(wrong))
    assert refused.value.code == "damaged-decisions"
    assert words in refused.value.message
    assert "\n" not in refused.value.message


def test_a_ruling_that_a_hand_misspelt(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ruled = Decision("a", "accept", "张三", "", "2024-03-01", "sum", "error", "。")
    place = Path(book_place(str(wrong)))
    text = book_bytes(Book("预算.txt", "", (ruled,))).decode("utf-8")
    place.write_text(text.replace('"accept"', '"acept"'), encoding="utf-8")
    assert cli.main(["check", str(wrong)]) == EXIT_UNREADABLE
    assert "第1条意见的 ruling 应是 accept、false-alarm、fixed、withdrawn 之一" in capsys.readouterr().err
    place.write_text(text.replace("2024-03-01", "昨天"), encoding="utf-8")
    assert cli.main(["check", str(wrong)]) == EXIT_UNREADABLE
    assert "on 应是日期" in capsys.readouterr().err


# --- the command ------------------------------------------------------------------------------------------------------


def test_a_ruling_stands_beside_its_finding(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, made = checked(capsys, str(wrong))
    assert status == EXIT_FINDINGS
    (found,) = errors(made)
    arguments = [
        "decide",
        str(wrong),
        found["id"][:6],
        "accept",
        "--by",
        "张三",
        "--note",
        "确有其事",
        "--date",
        "2024-03-01",
    ]
    assert cli.main(arguments) == EXIT_CLEAN
    assert f"登记为“属实”，存入“{wrong}.decisions.json”" in capsys.readouterr().err
    status, made = checked(capsys, str(wrong))
    (found,) = errors(made)
    assert status == EXIT_FINDINGS
    assert found["decision"] == {"ruling": "accept", "by": "张三", "note": "确有其事", "on": "2024-03-01"}
    assert cli.main(["check", str(wrong)]) == EXIT_FINDINGS
    assert "已判为“属实”（张三，2024-03-01）：确有其事" in capsys.readouterr().out


def test_a_false_alarm_no_longer_fails_and_the_latest_ruling_holds(
    wrong: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _, made = checked(capsys, str(wrong))
    (found,) = errors(made)
    for ruling, status in (("accept", EXIT_FINDINGS), ("false-alarm", EXIT_CLEAN), ("fixed", EXIT_FINDINGS)):
        assert cli.main(["decide", str(wrong), found["id"], ruling, "--by", "李四"]) == EXIT_CLEAN
        assert cli.main(["check", str(wrong)]) == status
    assert "已判为“已改正”，但仍然存在" in capsys.readouterr().out
    assert len(load_book(str(wrong)).decisions) == 3


def test_a_ruling_can_be_withdrawn(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, made = checked(capsys, str(wrong))
    (found,) = errors(made)
    decide = ["decide", str(wrong), found["id"], "--by", "李四"]
    assert cli.main([*decide, "withdraw"]) == EXIT_USAGE
    assert "nothing-to-withdraw" in capsys.readouterr().err
    assert cli.main([*decide, "false-alarm"]) == EXIT_CLEAN
    assert cli.main(["check", str(wrong)]) == EXIT_CLEAN
    assert cli.main([*decide, "withdraw"]) == EXIT_CLEAN
    assert "已撤回编号" in capsys.readouterr().err
    status, made = checked(capsys, str(wrong))
    (again,) = errors(made)
    assert status == EXIT_FINDINGS
    assert again.get("decision") is None
    assert [each.ruling for each in load_book(str(wrong)).decisions] == ["false-alarm", "withdrawn"]
    assert cli.main([*decide, "withdraw"]) == EXIT_USAGE


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["000000", "accept", "--by", "张三"], "no-such-finding"),
        (["", "accept", "--by", "张三"], "no-such-finding"),
        (["000000", "accept", "--by", " "], "no-name"),
        (["000000", "maybe", "--by", "张三"], "usage"),
        (["000000", "accept"], "usage"),
        (["000000", "accept", "--by", "张三", "--date", "2024-02-30"], "bad-date"),
    ],
)
def test_what_cannot_be_ruled(wrong: Path, arguments: list[str], code: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["decide", str(wrong), *arguments]) == EXIT_USAGE
    assert f"错误[{code}]" in capsys.readouterr().err
    assert os.listdir(wrong.parent) == ["预算.txt"]


def test_a_lock_left_behind_is_said_and_nothing_is_lost(
    wrong: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(book_module, "_PATIENCE", 0.1)
    _, made = checked(capsys, str(wrong))
    lock = Path(f"{book_place(str(wrong))}.lock")
    lock.touch()
    assert cli.main(["decide", str(wrong), errors(made)[0]["id"], "accept", "--by", "张三"]) == EXIT_USAGE
    told = capsys.readouterr().err
    assert "错误[decisions-busy]" in told
    assert str(lock) in told
    assert lock.exists()


def test_two_at_once_both_count(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, made = checked(capsys, str(wrong))
    name = errors(made)[0]["id"]
    runs = [
        subprocess.Popen([sys.executable, "-m", "mingzhang", "decide", str(wrong), name, "accept", "--by", who])
        for who in ("张三", "李四")
    ]
    assert [run.wait() for run in runs] == [EXIT_CLEAN, EXIT_CLEAN]
    assert {decision.by for decision in load_book(str(wrong)).decisions} == {"张三", "李四"}
    assert sorted(os.listdir(wrong.parent)) == ["预算.txt", "预算.txt.decisions.json"]


def test_a_folder_does_not_take_it_for_a_document(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path(book_place(str(wrong))).write_bytes(book_bytes(Book("预算.txt")))
    assert cli.main(["check", str(wrong.parent)]) == EXIT_FINDINGS
    assert capsys.readouterr().err == ""


# --- a corrected document ---------------------------------------------------------------------------------------------


def test_against_the_document_before(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    better = wrong.with_name("改.txt")
    better.write_text(RIGHT, encoding="utf-8")
    status, made = checked(capsys, str(better), "--against", str(wrong))
    assert status == EXIT_CLEAN
    assert len(made["changes"]["fixed"]) == 1
    assert made["changes"]["new"] == []
    status, made = checked(capsys, str(wrong), "--against", str(better))
    assert status == EXIT_FINDINGS
    assert made["changes"]["new"] == [errors(made)[0]["id"]]
    assert cli.main(["check", str(wrong), "--against", str(better)]) == EXIT_FINDINGS
    assert "【新】" in capsys.readouterr().out


def test_a_document_corrected_in_its_place(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    _, made = checked(capsys, str(wrong))
    assert cli.main(["decide", str(wrong), errors(made)[0]["id"], "accept", "--by", "张三"]) == EXIT_CLEAN
    assert checked(capsys, str(wrong))[1]["changes"] is None  # nothing changed
    wrong.write_text(RIGHT, encoding="utf-8")
    assert cli.main(["check", str(wrong)]) == EXIT_CLEAN
    told = capsys.readouterr().out
    assert "已消除1处" in told
    assert "行政运行" in told


def test_other_figures_about_the_same_thing_are_no_mending(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    still = wrong.with_name("改.txt")
    still.write_text(WRONG.replace("125.00", "126.00"), encoding="utf-8")
    _, made = checked(capsys, str(still), "--against", str(wrong))
    changes = made["changes"]
    assert (changes["fixed"], changes["new"]) == ([], [])
    assert changes["altered"] == [errors(made)[0]["id"]]


def test_what_is_gone_with_its_table_is_unsure() -> None:
    disclosure = Disclosure("p", "0" * 64, "题", None, 2024, "budget", None, None, (), (), (), ())
    now = Verdict(disclosure, Coverage(0, 0, 0, 0, RelationCounts(0, 0, 0, 0), ()), Proof(True, (), True), ())
    found = with_fingerprints([Finding("sum", "error", "甲", ("k",)), Finding("sum", "error", "乙", ("m",))])
    changes = changes_since([Seen(found[0], ("支出预算表",)), Seen(found[1])], now, "旧")
    assert [finding.message for finding in changes.unsure] == ["甲"]
    assert [finding.message for finding in changes.fixed] == ["乙"]
    assert changes_since([Seen(found[0])], replace(now, findings=found[:1]), "旧").staying == (found[0].id,)


def test_only_one_document_has_one_before(wrong: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(wrong), str(wrong), "--against", str(wrong)]) == EXIT_USAGE
    assert "--against 只用于核对一份材料" in capsys.readouterr().err
