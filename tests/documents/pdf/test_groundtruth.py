"""Page tables transcribed by hand: every cell and every span exact."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path

import pytest

from mingzhang.documents import Document, Grid
from mingzhang.documents.pdf import BACKENDS, read_pdf

CORPUS = Path(__file__).parents[4] / "shared" / "corpus"
TRUTHS = sorted((CORPUS / "groundtruth").glob("*.json"))


@cache
def _document(name: str, backend: str) -> Document:
    data = (CORPUS / name).read_bytes()
    return read_pdf(data, name, hashlib.sha256(data).hexdigest(), backend=backend)


@pytest.mark.skipif(not TRUTHS, reason=f"THE CORPUS IS ABSENT: no ground truth under {CORPUS}; nothing was verified")
@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("truth_file", TRUTHS, ids=lambda path: path.stem)
def test_every_cell_and_span_is_exact(truth_file: Path, backend: str) -> None:
    truth = json.loads(truth_file.read_text(encoding="utf-8"))
    document = _document(truth["file"], backend)
    grids = [block for block in document.blocks if isinstance(block, Grid) and block.source.page == truth["page"]]
    assert len(grids) == 1
    grid = grids[0]
    assert (grid.rows, grid.columns) == (truth["rows"], truth["cols"])
    expected = {
        (cell["row"], cell["col"], cell["rowspan"], cell["colspan"], "".join(cell["text"].split()))
        for cell in truth["cells"]
    }
    found = {
        (cell.row, cell.column, cell.row_span, cell.column_span, "".join(cell.text.split())) for cell in grid.cells
    }
    assert sorted(found - expected) == sorted(expected - found)
