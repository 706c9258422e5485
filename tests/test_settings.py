"""Limits of reading as settings: an option, a variable of the environment, one clear sentence about a mistake."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from mingzhang.cli import main
from mingzhang.commands.settings import VARIABLE, limits_of
from mingzhang.documents import Limits
from mingzhang.errors import UsageError

DOCS = Path(__file__).parents[1] / "docs" / "how-to.md"


def settings(folder: Path, text: str) -> str:
    place = folder / "设置.toml"
    place.write_text(text, encoding="utf-8")
    return str(place)


@pytest.fixture
def long_file(tmp_path: Path) -> str:
    place = tmp_path / "长.txt"
    place.write_text("某某局2024年部门预算\n" * 60, encoding="utf-8")
    return str(place)


@pytest.mark.parametrize("command", ["check", "read"])
def test_the_option_and_the_environment(
    command: str, tmp_path: Path, long_file: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    small = settings(tmp_path, "[limits]\nfile_bytes = 100\n")
    assert main([command, long_file]) == 3
    assert "not-a-disclosure" in capsys.readouterr().err
    assert main([command, long_file, "--settings", small]) == 3
    told = capsys.readouterr().err
    assert "too-large" in told
    assert "可在设置文件中调高 file_bytes" in told
    monkeypatch.setenv(VARIABLE, small)
    assert main([command, long_file]) == 3
    assert "too-large" in capsys.readouterr().err


def test_without_a_file_the_limits_are_the_built_in_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    assert limits_of(None) == limits_of(settings(tmp_path, "")) == Limits()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[limits]\npdf_page = 3\n", "是否想写 pdf_pages"),
        ("[limits]\nx = 3\n", "没有“x”这一项"),
        ("[limits]\npdf_pages = 0\n", "正整数"),
        ("[limits]\npdf_pages = true\n", "正整数"),
        ("[limits]\npdf_pages = '3'\n", "正整数"),
        ("[limit]\npdf_pages = 3\n", "不认识“limit”"),
        ("limits = 3\n", "[limits] 一节"),
        ("[limits\n", "TOML"),
    ],
)
def test_a_mistake_is_told(tmp_path: Path, text: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["check", "a.txt", "--settings", settings(tmp_path, text)]) == 2
    told = capsys.readouterr().err
    assert told.startswith("mingzhang: 错误[bad-settings]：")
    assert words in told
    assert told.count("。") == 1


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"\xff\xfe\x00")
    for place in (tmp_path / "a", tmp_path / "b", tmp_path):
        with pytest.raises(UsageError) as caught:
            limits_of(str(place))
        assert caught.value.code == "bad-settings"


def test_the_page_lists_every_limit_with_its_value() -> None:
    listed = {
        cells[1].strip().strip("`"): int(cells[2].replace(",", ""))
        for cells in (line.split("|") for line in DOCS.read_text(encoding="utf-8").splitlines())
        if len(cells) == 5 and cells[2].replace(",", "").strip().isdigit()
    }
    assert listed == {field.name: getattr(Limits(), field.name) for field in fields(Limits)}
