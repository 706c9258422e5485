"""The command line: exit statuses, streams, output files, and that starting is fast."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from mingzhang import __version__, cli
from mingzhang.arguments import usage_sentence
from mingzhang.commands import check, gathering, progress
from mingzhang.cube.disclosure import Disclosure
from mingzhang.cube.finding import Finding, Level, with_fingerprints
from mingzhang.cube.verdict import Coverage, Proof, RelationCounts, Verdict
from mingzhang.documents import Limits
from mingzhang.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_INTERNAL, EXIT_UNREADABLE, EXIT_USAGE, UnreadableError

BUDGET = """\
某某市某某局2024年部门预算公开

部门支出预算总表
单位：万元

科目编码\t科目名称\t总计\t基本支出\t项目支出
合计\t\t120.00\t100.00\t20.00
208\t社会保障和就业支出\t120.00\t100.00\t20.00
20801\t人力资源和社会保障管理事务\t120.00\t100.00\t20.00
2080101\t行政运行\t120.00\t100.00\t20.00
"""
WRONG = BUDGET.replace("行政运行\t120.00\t100.00\t20.00", "行政运行\t125.00\t100.00\t20.00")


def run(*arguments: str, **options: Any) -> subprocess.CompletedProcess[str]:
    """The program as a person starts it."""
    return subprocess.run(
        [sys.executable, "-m", "mingzhang", *arguments], capture_output=True, encoding="utf-8", check=False, **options
    )


@pytest.fixture
def budget(tmp_path: Path) -> Path:
    place = tmp_path / "预算.txt"
    place.write_text(BUDGET, encoding="utf-8")
    return place


def verdict(path: str, level: Level | None = None) -> Verdict:
    found = with_fingerprints([Finding("rule", level, f"{path}有问题。", ("key",))]) if level else ()
    disclosure = Disclosure(path, "0" * 64, "标题", None, 2024, "budget", None, None, (), (), (), ())
    return Verdict(disclosure, Coverage(1, 1, 1, 0, RelationCounts(1, 0, 0, 0), ()), Proof(True, (), True), found)


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Outcomes by file name: ``None`` is clean, a level a finding, an exception is raised."""
    outcomes: dict[str, Any] = {}

    def read(path: str, limits: Limits | None = None) -> tuple[None, Disclosure]:
        outcome = outcomes[Path(path).name]
        if isinstance(outcome, BaseException):
            raise outcome
        return None, verdict(path).disclosure

    def judge(disclosure: Disclosure, beside: object = None) -> Verdict:
        return verdict(disclosure.path, outcomes[Path(disclosure.path).name])

    monkeypatch.setattr(gathering, "recognised", read)
    monkeypatch.setattr(gathering, "admitted", lambda disclosure: disclosure)
    monkeypatch.setattr(check, "judged", judge)
    return outcomes


# --- starting ---------------------------------------------------------------------------------------------------------


def test_starting_imports_nothing_heavy() -> None:
    heavy = "{'numpy', 'highspy', 'openpyxl', 'pypdfium2', 'xlrd'}"
    code = f"import sys, mingzhang.cli; mingzhang.cli.main(['--version']); sys.exit(str({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr.strip()) == (f"mingzhang {__version__}\n", "set()")


def test_starting_is_fast() -> None:
    def once() -> float:
        """The processor time it takes: other programs of a busy machine do not count."""
        before = os.times()
        run("--version")
        after = os.times()
        return after.children_user - before.children_user + after.children_system - before.children_system

    assert min(once() for _ in range(5)) < 0.4


# --- usage ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "缺少必需的参数：COMMAND。"),
        (["check"], "缺少必需的参数：PATH。"),
        (["chek", "a"], "COMMAND 不能是“chek”，可用的是：check、decide、compare、read、ledger、compose、publish。"),
        (["check", "a", "--format", "csv"], "--format 不能是“csv”，可用的是：text、json、html、pdf、xlsx、checklist。"),
        (["check", "a", "-o"], "-o 后面缺少内容。"),
        (["check", "a", "--wrong"], "不认识的参数：--wrong。"),
        (["check", "a", "--verbose=1"], "--verbose 后面不能带“1”。"),
        (["read", "a", "b"], "不认识的参数：b。"),
    ],
)
def test_usage_errors_are_chinese(arguments: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == EXIT_USAGE
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith(f"mingzhang: 错误[usage]：{sentence}\n用法：mingzhang")


def test_an_unforeseen_usage_error_is_chinese_too() -> None:
    assert usage_sentence("something new") == "命令的写法有误，请对照下面的用法。"


@pytest.mark.parametrize("arguments", [["--help"], ["check", "-h"], ["read", "--help"], ["decide", "-h"]])
def test_help_is_chinese(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(arguments) == EXIT_CLEAN
    told = capsys.readouterr().out
    assert told.startswith("用法：")
    for english in ("usage", "options", "positional", "show this", "exit"):
        assert english not in told


# --- check ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("level", "status"), [(None, EXIT_CLEAN), ("warning", EXIT_CLEAN), ("note", EXIT_CLEAN), ("error", EXIT_FINDINGS)]
)
def test_only_errors_change_the_status(
    level: Level | None, status: int, judged: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    judged["a.txt"] = level
    assert cli.main(["check", "a.txt"]) == status
    told = capsys.readouterr()
    assert ("a.txt有问题。" in told.out) == (level is not None)
    assert "\x1b" not in told.out
    assert told.err == ""


def test_one_unreadable_file_does_not_stop_the_others(
    judged: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    judged.update({"a": UnreadableError("empty-file", "空的。"), "b": "error", "c": None})
    assert cli.main(["check", "a", "b", "c", "--format", "json"]) == EXIT_UNREADABLE
    told = capsys.readouterr()
    first, second, third = map(json.loads, told.out.splitlines())
    assert first == {"document": {"path": "a"}, "error": {"code": "empty-file", "message": "空的。"}}
    assert [second["document"]["path"], third["document"]["path"]] == ["b", "c"]
    assert second["findings"][0]["message"] == "b有问题。"
    assert told.err == "mingzhang: 错误[empty-file]：空的。\n"


def test_one_file_is_told_as_readable_json(judged: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    judged["a"] = None
    assert cli.main(["check", "a", "--format", "json"]) == EXIT_CLEAN
    told = capsys.readouterr().out
    assert told.startswith('{\n  "document"')
    assert json.loads(told)["certificate"]["consistent"] is True


def test_a_folder_stands_for_its_readable_files(
    tmp_path: Path, judged: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("b.TXT", "a.xlsx", "c.zip", ".hidden.txt", "~$a.xlsx", "d.pdf", "f.docx", "g.html", "h.wps"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "e.txt").mkdir()
    judged.update({"a.xlsx": None, "b.TXT": None, "d.pdf": "error", "f.docx": None, "g.html": None, "h.wps": None})
    assert cli.main(["check", str(tmp_path), "--format", "json"]) == EXIT_FINDINGS
    told = capsys.readouterr()
    paths = [Path(json.loads(line)["document"]["path"]).name for line in told.out.splitlines()]
    assert paths == ["a.xlsx", "b.TXT", "d.pdf", "f.docx", "g.html", "h.wps"]
    assert told.err == f"mingzhang: 文件夹“{tmp_path}”中跳过了2项（不是可读的文件类型）：c.zip、e.txt\n"


def test_a_folder_with_nothing_to_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(tmp_path)]) == EXIT_USAGE
    assert "错误[nothing-to-do]" in capsys.readouterr().err


# --- output files -----------------------------------------------------------------------------------------------------


def test_output_file(tmp_path: Path, judged: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "结果.jsonl"
    judged.update({"a": None, "b": None})
    assert cli.main(["check", "a", "b", "--format", "json", "-o", str(output)]) == EXIT_CLEAN
    assert len(output.read_text(encoding="utf-8").splitlines()) == 2
    assert capsys.readouterr() == ("", "")


def test_nothing_is_written_where_nothing_was_read(tmp_path: Path, judged: dict[str, Any]) -> None:
    output = tmp_path / "结果.txt"
    output.write_text("旧")
    judged["a"] = UnreadableError("empty-file", "空的。")
    assert cli.main(["check", "a", "-o", str(output)]) == EXIT_UNREADABLE
    assert output.read_text() == "旧"
    assert os.listdir(tmp_path) == ["结果.txt"]


def test_an_interruption_writes_nothing(
    tmp_path: Path, judged: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    judged.update({"a": None, "b": KeyboardInterrupt()})
    assert cli.main(["check", "a", "b", "-o", str(tmp_path / "r")]) == cli.EXIT_INTERRUPTED
    assert os.listdir(tmp_path) == []
    assert capsys.readouterr().err == "mingzhang: 已中断。\n"


@pytest.mark.parametrize("command", ["check", "read"])
def test_an_input_is_never_overwritten(budget: Path, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    link = budget.with_name("link.txt")
    link.hardlink_to(budget)
    for output in (budget, link, budget.parent / "." / budget.name):
        assert cli.main([command, str(budget), "-o", str(output)]) == EXIT_USAGE
        assert "错误[output-is-input]" in capsys.readouterr().err
    assert budget.read_text(encoding="utf-8") == BUDGET


def test_an_output_that_cannot_be_is_refused_before_the_work(
    tmp_path: Path, judged: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    for output in (tmp_path, tmp_path / "none" / "r.txt"):
        assert cli.main(["check", "a", "-o", str(output)]) == EXIT_USAGE
        assert "错误[cannot-write]" in capsys.readouterr().err


# --- read -------------------------------------------------------------------------------------------------------------


def test_read_json(budget: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert cli.main(["read", str(budget)]) == EXIT_CLEAN
    made = json.loads(capsysbinary.readouterr().out)
    assert made["document"]["year"] == 2024
    assert len(made["observations"]) == 12
    assert made["observations"][0]["fen"] == 120_000_000


def test_read_csv_with_its_unread_numbers(budget: Path) -> None:
    output = budget.with_name("数据.csv")
    assert cli.main(["read", str(budget), "--format", "csv", "-o", str(output)]) == EXIT_CLEAN
    with output.open(encoding="utf-8-sig", newline="") as stream:
        amounts = [row["AMT"] for row in csv.DictReader(stream)]
    assert amounts == ["1200000", "1000000", "200000"] * 4
    unread = output.with_name("数据.unread.csv").read_text(encoding="utf-8-sig")
    assert "2080101,科目编码" in unread


def test_csv_on_the_screen_says_that_numbers_were_left_out(
    budget: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    assert cli.main(["read", str(budget), "--format", "csv"]) == EXIT_CLEAN
    told = capsysbinary.readouterr()
    assert told.out.count(b"\r\n") == 13
    assert "个数字没有列入数据" in told.err.decode()


def test_the_format_follows_the_output_name(budget: Path) -> None:
    output = budget.with_name("数据.xlsx")
    assert cli.main(["read", str(budget), "-o", str(output)]) == EXIT_CLEAN
    assert output.read_bytes().startswith(b"PK")


def test_a_workbook_goes_to_a_pipe_but_not_to_a_terminal(
    budget: Path, capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert cli.main(["read", str(budget), "--format", "xlsx"]) == EXIT_CLEAN
    assert capsysbinary.readouterr().out.startswith(b"PK")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert cli.main(["read", str(budget), "--format", "xlsx"]) == EXIT_USAGE
    assert "错误[needs-output]" in capsysbinary.readouterr().err.decode()


# --- defects and terminals --------------------------------------------------------------------------------------------


def test_a_defect_is_one_sentence(
    judged: dict[str, Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    judged["a"] = ZeroDivisionError("by zero")
    monkeypatch.delenv("MINGZHANG_DEBUG", raising=False)
    assert cli.main(["check", "a"]) == EXIT_INTERNAL
    told = capsys.readouterr().err
    assert told.startswith("mingzhang: 错误[internal]：处理“a”时程序内部出错（ZeroDivisionError），请把")
    assert told.count("\n") == 1
    monkeypatch.setenv("MINGZHANG_DEBUG", "1")
    assert cli.main(["check", "a"]) == EXIT_INTERNAL
    assert "Traceback" in capsys.readouterr().err


def test_colour_on_a_terminal_only(
    judged: dict[str, Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    judged["a"] = "error"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    cli.main(["check", "a"])
    assert "\x1b[31m" in capsys.readouterr().out
    monkeypatch.setenv("NO_COLOR", "1")
    cli.main(["check", "a"])
    assert "\x1b" not in capsys.readouterr().out


def test_progress_on_long_work(
    judged: dict[str, Any], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    judged.update({"a": None, "b": None})
    judge = check.judged

    def slow(disclosure: Disclosure, beside: object = None) -> Verdict:
        time.sleep(0.3 if disclosure.path == "a" else 0)
        return judge(disclosure)

    monkeypatch.setattr(check, "judged", slow)
    monkeypatch.setattr(progress, "PROGRESS_AFTER", 0.05)
    cli.main(["check", "a", "b"])
    assert capsys.readouterr().err == ""  # not a terminal
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    cli.main(["check", "a", "b"])
    assert capsys.readouterr().err == "\r\x1b[K正在处理第1/2个文件：a\r\x1b[K"


@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_reader_that_goes_away(tmp_path: Path, unbuffered: str) -> None:
    place = tmp_path / "预算.txt"
    rows = "".join(f"2080101\t行政运行{number}\t1.00\t1.00\t0.00\n" for number in range(2000))
    place.write_text(BUDGET + rows, encoding="utf-8")
    program = subprocess.Popen(
        [sys.executable, "-m", "mingzhang", "read", str(place)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONUNBUFFERED": unbuffered},
    )
    assert program.stdout is not None
    assert program.stderr is not None
    program.stdout.read(1)
    program.stdout.close()
    assert program.stderr.read() == b""
    assert program.wait() == cli.EXIT_BROKEN_PIPE


def test_output_is_utf8_whatever_the_locale(budget: Path) -> None:
    done = run("read", str(budget), env={**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"})
    assert done.returncode == EXIT_CLEAN
    assert "社会保障和就业支出" in done.stdout


@pytest.mark.parametrize(("text", "status"), [(BUDGET, EXIT_CLEAN), (WRONG, EXIT_FINDINGS)])
def test_the_whole_way(tmp_path: Path, text: str, status: int) -> None:
    place = tmp_path / "预算.txt"
    place.write_text(text, encoding="utf-8")
    done = run("check", str(place), "--format", "json")
    made = json.loads(done.stdout)
    errors = [finding for finding in made["findings"] if finding["level"] == "error"]
    assert (done.returncode, bool(errors), done.stderr) == (status, status == EXIT_FINDINGS, "")
    assert made["certificate"]["consistent"] is (status == EXIT_CLEAN)
