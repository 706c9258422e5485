"""Text that breaks off at the end of a page."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mingzhang.cube import Paragraph, Source
from mingzhang.cube.disclosure import Disclosure
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text import read_text
from mingzhang.recognition import recognise
from mingzhang.rules import all_rules, run_rules

RULE = next(rule for rule in all_rules() if rule.id == "text-cut")
LONG = "基本支出比上年增加二十万元，主要原因是人员增加，以及工资标准调整"


def pages(*texts: tuple[int, str]) -> Disclosure:
    made = recognise(read_text(RawFile("某县某局2024年部门预算\n支出100万元。\n".encode(), "a.txt", "0" * 64)))
    return replace(made, pages=9, text=tuple(Paragraph(text, Source(page=page)) for page, text in texts))


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (((3, LONG), (4, "（三）政府采购情况")), True),
        (((3, LONG + "。"), (4, "（三）政府采购情况")), False),
        (((3, LONG), (3, "（三）政府采购情况")), False),
        (((3, LONG), (4, "标准调整。")), False),
        (((3, "（二）一般公共预算支出预算情况"), (4, "（三）政府采购情况")), False),
        (((3, "联系方式，电话：023-63897239、023-63898813"), (4, "（三）政府采购情况")), False),
        (((3, LONG),), False),
        ((), False),
    ],
)
def test_what_breaks_off(texts: tuple[tuple[int, str], ...], found: bool) -> None:
    findings = run_rules(pages(*texts), [RULE])
    assert bool(findings) is found
    if found:
        assert "第3页末的文字到“" in findings[0].message
        assert findings[0].places[0].page == 3
