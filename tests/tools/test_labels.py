"""The table of labels: parts of a label, what counts as found, and the score of the real labels where they are there."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from mingzhang.cube import Source
from mingzhang.cube.finding import Finding

ROOT = Path(__file__).parents[2]
LABELS = ROOT.parent / "shared" / "corpus" / "labels.md"
TEXT = """
A sixth document, `clean.pdf` has none.

## some.pdf

| ID | L | Page, place | Reported | Should be |
|---|---|---|---|---|
| D01-1 | A | P6 item 3 | +314.82 % | +289.12 % |
| D01-2 | C | P5 集体士地; P20-21 较上一度 x3 | - | 土地 … |
| D01-3 | A | P24 六 lists 奖金, 奖励金 | - | drop |
| D01-4 | B | T1 208 = 326.71 vs T2 326.72 | - | - |
"""


@pytest.fixture(scope="module")
def tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("labels", ROOT / "tools" / "labels.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["labels"] = module
    spec.loader.exec_module(module)
    return module


def finding(level: str, page: int, message: str, expected: str | None = None) -> Finding:
    return Finding("some-rule", level, message, (message,), (Source(page=page),), expected=expected)  # type: ignore[arg-type]


def test_labels_are_read_with_their_parts_and_pages(tool: ModuleType) -> None:
    labels, clean = tool.read_labels(TEXT)
    assert clean == ("clean.pdf",)
    assert [(label.id, label.level, len(label.parts)) for label in labels] == [
        ("D01-1", "A", 1),
        ("D01-2", "C", 2),
        ("D01-3", "A", 2),
        ("D01-4", "B", 1),
    ]
    assert [sorted(part.pages) for part in labels[1].parts] == [[5], [20, 21]]
    assert labels[3].parts[0].pages == frozenset()


@pytest.mark.parametrize(
    ("found", "outcome"),
    [
        (finding("error", 6, "增长率印为314.82%，应为289.12%"), (1, 1, 1)),
        (finding("warning", 6, "增长率印为314.82%", "300.00%"), (1, 1, 0)),
        (finding("style", 6, "314.82%前多一个空格"), (1, 0, 0)),
        (finding("error", 7, "增长率印为314.82%，应为289.12%"), (0, 0, 0)),
        (finding("error", 6, "增长率印为12.00%"), (0, 0, 0)),
    ],
)
def test_place_figures_level_and_value_are_judged_apart(
    tool: ModuleType, found: Finding, outcome: tuple[int, int, int]
) -> None:
    judged = tool.judge(tool.read_labels(TEXT)[0][0], [found])
    assert (judged.found, judged.level, judged.value) == outcome


def test_rounding_told_as_an_error_is_not_right(tool: ModuleType) -> None:
    label = tool.read_labels(TEXT)[0][3]
    assert tool.judge(label, [finding("rounding", 3, "326.71与326.72")]).whole
    assert not tool.judge(label, [finding("rounding", 3, "326.71与326.72"), finding("error", 3, "326.71")]).whole


def test_the_defects_of_wording_are_found_at_their_places(tool: ModuleType) -> None:
    if not LABELS.exists():
        pytest.skip(f"no corpus beside the checkout: {LABELS}")
    outcomes, clean = tool.run(LABELS)
    wording = [outcome for outcome in outcomes if outcome.label.level == "C"]
    assert sum(outcome.whole for outcome in wording) >= 0.8 * len(wording), tool.report(outcomes, clean)
    assert set(clean.values()) == {0}, tool.report(outcomes, clean)
    found = {outcome.label.id for outcome in outcomes if outcome.whole}
    stated = {"D04-4", "D04-5", "D05-1", "D05-3", "D05-4", "D05-5", "D08-1", "F01-3"}
    stated |= {f"F03-{number}" for number in range(2, 9)}
    assert stated <= found, tool.report(outcomes, clean)
