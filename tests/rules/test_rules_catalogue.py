"""``docs/rules.md`` is what the rules say, and has a section for each."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from mingzhang.rules import all_entries

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "rules.md"


def test_the_catalogue_is_up_to_date() -> None:
    done = subprocess.run([sys.executable, ROOT / "tools/build_rule_catalogue.py", "--check"], check=False)
    assert done.returncode == 0, "run python tools/build_rule_catalogue.py"


def test_each_entry_has_its_section() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for entry in all_entries():
        section = page.split(f"\n## {entry.id}\n")[1].split("\n## ")[0]
        for text in (entry.title, entry.sentence, entry.why, entry.example, entry.how_to_fix, entry.basis):
            assert text in section
