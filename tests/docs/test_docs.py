"""The documents say what is so: their commands are run, their links lead somewhere, the glossary and picture agree."""

from __future__ import annotations

import importlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from glossary_page import LEVELS, PAGE, STRENGTHS, TYPES, page

from mingzhang.cube import finding, hierarchy, point
from mingzhang.cube.names import DIMENSION_WORDS, MEMBER_WORDS
from mingzhang.reconciliation.derivation import tie

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([ROOT / "README.md", ROOT / "README.zh.md", ROOT / "ARCHITECTURE.md", *(ROOT / "docs").glob("*.md")])
RUN = [ROOT / "docs" / "tutorial.md", ROOT / "docs" / "how-to.md", ROOT / "README.md", ROOT / "README.zh.md"]


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


# --- commands -----------------------------------------------------------------------------------------------------


def commands_of(text: str) -> list[tuple[str, list[str]]]:
    """The commands of the ``console`` blocks, each with the lines shown under it."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"(?ms)^```console\n(.*?)^```", text):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif line.strip():
                found[-1][1].append(line)
    return found


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what the commands need, so that they leave nothing behind."""
    folder = tmp_path_factory.mktemp("checkout")
    shutil.copytree(ROOT / "examples", folder / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    _run(folder, "make demo")
    return folder


def _run(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    words = shlex.split(command)
    if command == "make demo":
        words = [sys.executable, "examples/demo.py"]
    elif words[0] in (".venv/bin/mingzhang", "mingzhang"):
        words = [sys.executable, "-m", "mingzhang", *words[1:]]
    else:
        pytest.fail(f"the documents may show only commands that this test can run: {command}")
    return subprocess.run(
        words,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )


@pytest.mark.parametrize("path", RUN, ids=name_of)
def test_the_commands_print_what_the_page_shows(path: Path, checkout: Path) -> None:
    """``…`` stands for anything; a last line ``[2]`` is the exit status, which is 0 or 1 where none is shown."""
    for command, shown in commands_of(path.read_text(encoding="utf-8")):
        done = _run(checkout, command)
        status = re.fullmatch(r"\[(\d+)\]", shown[-1]) if shown else None
        assert done.returncode in ([int(status[1])] if status else [0, 1]), done.stdout
        position = 0
        for line in shown[: -1 if status else None]:
            for part in filter(None, (part.strip() for part in line.split("…"))):
                at = done.stdout.find(part, position)
                assert at >= 0, f"{command}: “{part}” is not in what it prints (in this order)"
                position = at + len(part)


def test_the_tutorial_shows_commands() -> None:
    for path in RUN:
        assert len(commands_of(path.read_text(encoding="utf-8"))) >= 2, path


# --- links and twins ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", path.read_text(encoding="utf-8")):
        if not target.startswith(("http://", "https://", "#", "mailto:")):
            assert (path.parent / target.split("#")[0]).exists(), target


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_files_named_exist(path: Path) -> None:
    """A path in backticks below a folder of the project is a file or folder of it."""
    text = path.read_text(encoding="utf-8")
    for named in re.findall(r"`((?:src|docs|examples|tests|tools|benchmarks|\.ci)/[^`\s*…]*)`", text):
        assert (ROOT / named).exists(), named


def test_the_readmes_are_twins() -> None:
    english, chinese = ((ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.zh.md"))
    for pattern in (r"(?m)^#+ ", r"(?m)^```", r"(?m)^\|", r"(?m)^- "):
        assert len(re.findall(pattern, english)) == len(re.findall(pattern, chinese)), pattern
    assert [command for command, _ in commands_of(english)] == [command for command, _ in commands_of(chinese)]
    for text in (english, chinese):
        assert "make test" in text
        assert "make demo" in text


# --- glossary -----------------------------------------------------------------------------------------------------


def test_the_glossary_is_made_from_the_program() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python tests/docs/glossary_page.py"


def test_the_glossary_knows_every_dimension_and_member() -> None:
    assert set(DIMENSION_WORDS) == set(point.DIMENSIONS)
    for dimension in point.DIMENSIONS:
        known = hierarchy.members(dimension)
        assert set(MEMBER_WORDS.get(dimension, {})) == set(known or ())
    assert [name for name, _ in LEVELS] == list(finding.LEVELS)
    assert [name for name, _, _ in STRENGTHS] == list(tie.STRENGTHS)


@pytest.mark.parametrize("path", [path for path, _, _ in TYPES])
def test_the_types_of_the_glossary_exist(path: str) -> None:
    module, _, name = path.rpartition(".")
    assert isinstance(getattr(importlib.import_module(module), name), type)


# --- the picture of the rooms -------------------------------------------------------------------------------------


def test_the_picture_of_the_rooms_is_true() -> None:
    """The table of ARCHITECTURE.md lists the imports that tests/test_architecture.py enforces."""
    from test_architecture import ROOMS

    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    told: dict[str, set[str]] = {}
    for room, imports in re.findall(r"(?m)^\| `(\w+)/?(?:\.py)?` \|[^|\n]*\| ([^|\n]*) \|$", text):
        told[room] = set(re.findall(r"`(\w+)`", imports))
    expected = {room: targets for room, targets in ROOMS.items() if not room.startswith("__")}
    assert set(told) == set(expected)
    for room, targets in expected.items():
        assert told[room] == targets or (room == "commands" and told[room] == {"cli"}), room
