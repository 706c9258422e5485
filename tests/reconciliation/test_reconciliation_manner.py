"""What a number should be is told in the manner in which the document prints its numbers."""

from __future__ import annotations

import pytest

from mingzhang.checking import check
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text import read_text
from mingzhang.recognition import recognise

TABLE = """\
某某市某某局2024年部门预算公开

部门支出预算总表
单位：万元

科目编码\t科目名称\t总计\t基本支出\t项目支出
合计\t\t12000.00\t10000.00\t2000.00
208\t社会保障和就业支出\t12000.00\t10000.00\t2000.00
20801\t人力资源和社会保障管理事务\t12000.00\t10000.00\t2000.00
2080101\t行政运行\t12000.00\t10000.00\t{wrong}
"""


@pytest.mark.parametrize(
    ("wrong", "apart", "expected"),
    [
        ("2500.00", False, "2000.00"),
        ("2,500.00", True, "2,000.00"),
        ("500.00", False, "2000.00"),  # too short to tell: as the others are printed
        ("500.00", True, "2,000.00"),
    ],
)
def test_thousands_are_set_apart_where_the_document_does_so(wrong: str, apart: bool, expected: str) -> None:
    text = TABLE.format(wrong=wrong)
    if apart:
        text = text.replace("12000.00", "12,000.00").replace("10000.00", "10,000.00").replace("\t2000.00", "\t2,000.00")
    findings = check(recognise(read_text(RawFile(text.encode(), "预算.txt", "0" * 64)))).findings
    (finding,) = [each for each in findings if each.level == "error"]
    assert (finding.reported, finding.expected) == (wrong, expected)
