"""docs/outputs.md and the program agree: its examples are run, its lists of fields and codes are complete."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from verdict_samples import disclosure, reviewed_verdict

from mingzhang import cli
from mingzhang.commands.reading import READABLE_SUFFIXES
from mingzhang.errors import EXIT_CLEAN, EXIT_FINDINGS, EXIT_USAGE
from mingzhang.publication import COLUMNS, disclosure_json, verdict_json

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "outputs.md").read_text(encoding="utf-8")
(EXAMPLE,) = re.findall(r"```text\n(.*?)```", PAGE, re.DOTALL)
READ, CHECK, REFUSED = (json.loads(block) for block in re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL))


@pytest.fixture
def example(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("example.txt").write_text(EXAMPLE, encoding="utf-8")
    return "example.txt"


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    made: dict[str, Any] = json.loads(capsys.readouterr().out)
    if "sha256" in made["document"]:
        made["document"]["sha256"] = "SHA256"
        for file in made["document"]["files"]:
            file["sha256"] = "SHA256"
    return made


def test_the_read_example(example: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["read", example]) == EXIT_CLEAN
    made = told(capsys)
    made["observations"], made["unread"] = made["observations"][:1], made["unread"][:1]
    assert made == READ


def test_the_check_example(example: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", example, "--format", "json"]) == EXIT_FINDINGS
    made = told(capsys)
    made["findings"] = [finding for finding in made["findings"] if finding["level"] == "error"]
    shortened, _, _ = CHECK["findings"][0]["message"].partition("…")
    assert made["findings"][0]["message"].startswith(shortened)
    made["findings"][0]["message"] = CHECK["findings"][0]["message"]
    assert made == CHECK


def test_the_refused_example(example: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", "none.txt", "--format", "json"]) == EXIT_USAGE
    assert told(capsys) == REFUSED


def fields(value: Any, path: str = "") -> Iterator[str]:
    """The paths of all leaves; a point and a place are leaves."""
    if isinstance(value, dict) and path.rpartition(".")[2] not in ("point", "place", "places[]", "decision"):
        for name, inner in value.items():
            yield from fields(inner, f"{path}.{name}" if path else name)
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        yield path
        for inner in value:
            yield from fields(inner, f"{path}[]")
    else:
        yield path


def documented(section: str) -> set[str]:
    """The names in the first column of a section's tables."""
    body = PAGE.split(f"## {section}\n", 1)[1].split("\n## ", 1)[0]
    first = re.findall(r"^\| (`.*?`) \|", body, re.MULTILINE)
    return {name for cell in first for name in re.findall(r"`(.+?)`", cell)}


def test_every_field_is_documented() -> None:
    lists = {"tables", "observations", "unread", "findings", "rounding", "findings[].places[]", "rounding[].places[]"}
    lists |= {"findings[].workings[].left", "findings[].workings[].right"}
    lists |= {
        f"changes.{name}[].{field}" for name in ("fixed", "unsure") for field in ("id", "rule", "level", "message")
    }
    read = {name for name in fields(disclosure_json(disclosure())) if name not in lists}
    assert read == documented("`read --format json`")
    check = {
        name
        for name in fields(verdict_json(reviewed_verdict()))
        if name not in lists and not name.startswith("document")
    }
    errors = {name for name in documented("`check --format json`") if "-" in name or name in ("usage", "internal")}
    assert check == documented("`check --format json`") - errors - {"document", "changes"}


def test_every_field_of_a_comparison_is_documented(capsys: pytest.CaptureFixture[str]) -> None:
    folder = ROOT / "examples" / "water_bureau"
    assert cli.main(["compare", str(folder / "2023"), str(folder / "2024"), "--format", "json"]) == EXIT_CLEAN
    made: dict[str, Any] = json.loads(capsys.readouterr().out)
    section = made["sections"][0]
    told = {*made, *(f"sections[].{name}" for name in section)}
    told |= {f"sections[].lines[].{name}" for name in section["lines"][0]}
    assert documented("`compare --format json`") == told - {"sections"}
    assert set(made["left"]) == {"path", "title", "agency", "year", "stage", "label"}


def test_every_column_is_documented() -> None:
    assert {column.name for column in COLUMNS} == documented("`read --format csv` and `xlsx`")


def test_every_code_is_documented() -> None:
    package = ROOT / "src" / "mingzhang"
    sources = [
        *sorted((package / "commands").glob("*.py")),
        *sorted((package / "publication").rglob("*.py")),
        *sorted((package / "decisions").rglob("*.py")),
        package / "admission.py",
    ]
    text = "".join(path.read_text(encoding="utf-8") for path in [*sources, package / "documents" / "refusals.py"])
    codes = set(re.findall(r'(?:UsageError|UnreadableError|FormError|Failure)\(\s*"([a-z-]+)"', text))
    assert len(codes) > 10
    assert {code for code in codes if f"`{code}`" not in PAGE} == set()


def test_every_suffix_is_documented() -> None:
    assert {suffix for suffix in READABLE_SUFFIXES if not re.search(rf"{re.escape(suffix)}[ `]", PAGE)} == set()
