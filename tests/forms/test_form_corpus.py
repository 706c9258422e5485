"""Every document of the corpus gets its region's form set, its tables their names, and form and reading agree.

What reading is known to get wrong is listed in ``READING``, each with its reason: a reading that is mended may leave its
entry behind, but a difference without an entry fails.
"""

from __future__ import annotations

import re

import pytest
from form_corpus import CORPUS, Difference, Fit, corpus_files, fits, report

pytestmark = pytest.mark.skipif(
    not CORPUS.is_dir(), reason=f"NOT CHECKED: form sets against the corpus, which is not in {CORPUS}"
)

ENOUGH = 0.95

# pattern of “file table [kind] what”, why the form stands
READING = [
    (
        r"beijing__.* 财政拨款“三公”经费支出表 .*fund=fiscal topic=three_public",
        "the total names a fund, its parts do not",
    ),
    (r"beijing__.*水务局.* 收入总表 \[列\] 缺少", "the columns go on beside, on the next page"),
    (r"guangdong-guangzhou__.* 收入总体情况表 .*(教育收费|其他专户收入|special_account)", "two columns at one point"),
    (r"zhejiang-huzhou__.*收入预算总表 .*(专户|单位)资金结转结余", "the phrase is not in the vocabulary"),
    (r"zhejiang-huzhou__湖州市财政局.*收支预算总表 .*flow=sources", "the carry-over row is on the next page"),
    (r"jiangsu-province__江苏省委办公厅2017.* agency=", "a name broken over two lines of the caption is cut short"),
    (r"jiangsu-province__.* 收入预算总表 \[格\]", "funds beside a carry-over row are income, not sources"),
    (r"jiangsu-province__.* 支出预算总表 .*(合\s*计|“”).*flow=expenditure", "the total includes what is carried out"),
    (r"jiangsu-.*政府采购.* \[格\]", "items below 货物, 工程, 服务 do not name it; a unit is read as a project"),
    (r"shanghai__上海市文化和旅游局.* 缺少“财政拨款支出/国有资本经营预算”", "the heading's text is lost"),
]

# Required tables that no title names, and why.
MISSING = {
    "chongqing2026.t12": "the line below the title, 资金主管部门：…, hides the title",
    "cq2024.t2": "the document leaves the table out",
    "cq2024.t13": "the document leaves the table out",
    "huzhou2026.t11": "the line above the table, 万元 alone, hides the title",
    "jiangsu2018.t1": "the lines 部门 and 单位, broken after the label, hide the title (人大常委会办公厅)",
}


@pytest.fixture(scope="module")
def found() -> list[Fit]:
    return fits()


def test_every_region_is_there(found: list[Fit]) -> None:
    assert len(found) == len(corpus_files()) > 50
    assert len({item.expected for item in found}) == 12


def test_every_document_gets_its_set(found: list[Fit]) -> None:
    assert [(item.file, item.chosen) for item in found if item.chosen != item.expected] == []


def test_tables_are_named(found: list[Fit]) -> None:
    poor = [(item.file, item.named, item.titled) for item in found if item.named < ENOUGH * item.titled]
    assert poor == [], report(found)


def test_every_required_table_is_there(found: list[Fit]) -> None:
    assert [(item.file, id) for item in found for id in item.missing if id not in MISSING] == []


def test_names_agree_with_numbers_and_order(found: list[Fit]) -> None:
    assert [str(item) for fit in found for item in fit.differences if item.kind == "次序"] == []


def _known(difference: Difference) -> bool:
    words = f"{difference.file} {difference.table} [{difference.kind}] {difference.what}"
    return any(re.search(pattern, words) for pattern, _ in READING)


def test_form_and_reading_agree(found: list[Fit]) -> None:
    kinds = ("单位", "列", "格")
    differences = [item for fit in found for item in fit.differences if item.kind in kinds]
    assert [str(item) for item in differences if not _known(item)] == []
