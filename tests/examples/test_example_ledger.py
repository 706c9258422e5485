"""The example's ledger: made from the published figures, and composing to every one of them."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from mingzhang.documents import open_document
from mingzhang.recognition import recognise

TOOLS = Path(__file__).resolve().parents[2] / "tools"


def tool(name: str, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(sys, "path", [str(TOOLS), *sys.path])
    spec = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_ledger_is_made_from_the_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    build = tool("build_example_ledger", monkeypatch)
    assert build.LEDGER.read_bytes() == build.build(), "run: python tools/build_example_ledger.py"


def test_every_published_amount_comes_out(monkeypatch: pytest.MonkeyPatch) -> None:
    diff = tool("example_diff", monkeypatch)
    published = list(diff.money(recognise(open_document(str(diff.WORKBOOK))), "table"))
    assert len(published) > 350
    assert diff.differences(published, diff.composed()) == []


def test_every_amount_that_is_published_in_words_is_in_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    diff = tool("example_diff", monkeypatch)
    source = next(diff.CORPUS.glob("chongqing__*2024*.txt"), None)
    if source is None:
        pytest.skip("no ../shared/corpus beside the checkout")
    stated = list(diff.money(recognise(open_document(str(source))), "text"))
    assert len(stated) >= 48
    assert diff.differences(stated, diff.composed()) == []
