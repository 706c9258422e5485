"""The reports that are a file of their own: which room makes which, and what it needs of the original."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mingzhang.cube.verdict import Verdict
    from mingzhang.publication.report.crops import Crops


def report_bytes(kind: str, path: str, verdict: Verdict) -> bytes:
    """The report of that kind on the document at ``path``."""
    from mingzhang.publication.report.html import verdict_html

    return verdict_html(verdict, crops(path, verdict)).encode("utf-8", errors="backslashreplace")


def crops(path: str, verdict: Verdict) -> Crops:
    """Pictures of the findings' places, where the document is a PDF."""
    from mingzhang.publication.report.crops import Crops, crops_of, is_pdf

    data = Path(path).read_bytes()
    return crops_of(data, verdict.findings) if is_pdf(data) else Crops()
