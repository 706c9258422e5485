"""docs/traps.md names tests that exist, each in the file it names."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def rows() -> list[tuple[str, str, list[str]]]:
    """The trap, the file and the names of its tests, of each row."""
    found = []
    for line in (ROOT / "docs" / "traps.md").read_text(encoding="utf-8").splitlines():
        match = re.fullmatch(r"\| (?P<trap>.+) \| `(?P<file>tests/[^`]+)` \| (?P<tests>.+) \|", line)
        if match is not None:
            found.append((match["trap"], match["file"], re.findall(r"`(\w+)`", match["tests"])))
    return found


def test_every_test_of_the_page_exists() -> None:
    table = rows()
    for trap, file, names in table:
        source = (ROOT / file).read_text(encoding="utf-8")
        assert names, trap
        assert [name for name in names if f"\ndef {name}(" not in source] == [], trap
    lines = [
        line for line in (ROOT / "docs" / "traps.md").read_text(encoding="utf-8").splitlines() if "| `tests/" in line
    ]
    assert len(table) == len(lines) > 40


def test_every_test_of_the_traps_is_on_the_page() -> None:
    """What the two files made for traps hold is listed; other files serve other ends too."""
    listed = {name for _, _, names in rows() for name in names}
    for name in ("test_reading_traps.py", "test_reading_page_breaks.py"):
        source = (ROOT / "tests" / "recognition" / name).read_text(encoding="utf-8")
        assert set(re.findall(r"(?m)^def (test_\w+)\(", source)) - listed == set()
