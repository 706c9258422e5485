"""A row of a table knows where each of its texts stands, not where the first does."""

from __future__ import annotations

from pathlib import Path

from mingzhang.documents import open_document
from mingzhang.recognition import recognise
from mingzhang.rules import run_rules

TABLE = (
    "<tr><td>科目编码</td><td>科目名称</td><td>合计</td></tr><tr><td></td><td>合计</td><td>12.00</td></tr>"
    "<tr><td>208</td><td>社会保障<b></b>和&lt;br&gt;就业支出</td><td>12.00</td></tr>"
)


def test_what_is_left_in_a_cell_is_marked_in_that_cell(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    body = f"<p>某市统计局2026年部门预算</p><p>支出预算总表</p><p>单位：万元</p><table>{TABLE}</table>"
    path.write_text(f"<html><body>{body}</body></html>", encoding="utf-8")
    disclosure = recognise(open_document(path))
    row = disclosure.tables[0].rows[-1]
    assert len({place.cell for place in row.places}) == len(row.texts)
    (found,) = [each for each in run_rules(disclosure) if each.rule == "markup-residue"]
    assert found.places[0].cell == row.places[1].cell != row.source.cell
