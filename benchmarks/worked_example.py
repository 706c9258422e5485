"""The document that the studies of digits and of structure change."""

from __future__ import annotations

from pathlib import Path

from mingzhang.documents import open_document
from mingzhang.documents.model import Document

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "corpus"
WORKBOOK = ROOT / "examples" / "social_insurance_centre_2024.xlsx"


def example_document() -> Document:
    """The worked example; its text (with the narrative) where the corpus is at hand, else the workbook."""
    found = sorted(SHARED.glob("chongqing__*2024*.txt")) if SHARED.is_dir() else []
    path = found[0] if found else WORKBOOK
    print(f"example: {path}")
    return open_document(path)
