"""A disclosure of several PDFs: each is annotated by itself, the other reports are one and name the file."""

from __future__ import annotations

from pathlib import Path

import pikepdf
from handmade import make_pdf
from report_samples import pages

from mingzhang import cli
from mingzhang.errors import EXIT_FINDINGS, EXIT_USAGE


def test_every_pdf_of_a_disclosure_is_annotated_by_itself(tmp_path: Path) -> None:
    cover, table = pages()
    text = tmp_path / "某某市某某局2024年预算说明.pdf"
    text.write_bytes(make_pdf(cover))
    tables = tmp_path / "某某市某某局2024年预算表.pdf"
    tables.write_bytes(make_pdf(table))
    folder = tmp_path / "批注"
    arguments = ["check", str(text), str(tables), "--together", "--format", "pdf", "-o", str(folder)]
    assert cli.main(arguments) == EXIT_FINDINGS
    told = {}
    for name in (text.name, tables.name):
        with pikepdf.open(folder / f"{name}.pdf") as file:
            told[name] = [
                (number, str(note.NM).rpartition("-")[0], str(note.Contents))
                for number, page in enumerate(file.pages)
                for note in page.obj.get("/Annots", [])
            ]
    marked = {name: [text for _, kind, text in notes if kind != "mingzhang"] for name, notes in told.items()}
    assert any("125.00" in note for note in marked[tables.name])
    assert not any("125.00" in note for note in marked[text.name])
    assert any("占位符" in note for note in marked[text.name])
    assert not any("占位符" in note for note in marked[tables.name])
    report = tmp_path / "报告.html"
    assert cli.main([*arguments[:4], "-o", str(report)]) == EXIT_FINDINGS
    assert f"“{tables.name}”第1页" in report.read_text(encoding="utf-8")
    one = tmp_path / "一个.pdf"
    assert cli.main([*arguments[:4], "-o", str(one)]) == EXIT_USAGE
