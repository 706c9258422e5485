"""What all tests share: the worked example, read once, and golden files with their switch."""

from __future__ import annotations

import importlib
import json
import os
import pkgutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import mingzhang
from mingzhang.cube import Disclosure
from mingzhang.documents import open_document
from mingzhang.recognition import recognise

# A run of CI is the same run every time; at a desk each run tries new examples. Times depend on the machine.
settings.register_profile("desk", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "desk")
if os.environ.get("CI"):
    # Hypothesis also draws the constants of the modules that happen to be loaded: all of them, whatever test runs first.
    for module in pkgutil.walk_packages(mingzhang.__path__, "mingzhang."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
GOLDEN = Path(__file__).parent / "golden"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--regenerate-golden",
        action="store_true",
        default=False,
        help="write the golden files anew instead of comparing with them; look at the difference before committing",
    )


@pytest.fixture(scope="session")
def worked_example_path() -> Path:
    """The worked example; it is no part of the repository."""
    found = sorted(CORPUS.glob("chongqing__*2024*.txt"))
    if not found:
        pytest.skip(f"the worked example is not in {CORPUS}")
    return found[0]


@pytest.fixture(scope="session")
def worked_example(worked_example_path: Path) -> Disclosure:
    """The worked example, read."""
    return recognise(open_document(worked_example_path))


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[str, Any], None]:
    """``golden(name, found)`` holds ``found`` to ``tests/golden/name``, or writes it there if so asked."""

    def compare(name: str, found: Any) -> None:
        place = GOLDEN / name
        if request.config.getoption("--regenerate-golden"):
            place.parent.mkdir(exist_ok=True)
            place.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        assert found == json.loads(place.read_text(encoding="utf-8")), f"differs from {place}"

    return compare
