"""Printed titles find their forms; twins without a subtitle and other tables' titles do not."""

from __future__ import annotations

import pytest

from mingzhang.forms import FormSet, best_form_set, load_form_sets, match_title

# The standard titles of the sixteen tables, as a contents page lists them.
LEAD = "2024年某经开区部门"
SIXTEEN = [
    "收支预算总表",
    "收入预算总表",
    "支出预算总表",
    "财政拨款收支预算总表",
    "一般公共预算财政拨款支出预算表",
    "一般公共预算财政拨款基本支出预算表（部门预算支出经济分类科目）",
    "一般公共预算财政拨款基本支出预算表（政府预算支出经济分类科目）",
    "一般公共预算财政拨款项目支出预算表（部门预算支出经济分类科目）",
    "一般公共预算财政拨款项目支出预算表（政府预算支出经济分类科目）",
    "一般公共预算“三公”经费支出预算表",
    "政府性基金预算财政拨款支出预算表",
    "国有资本经营预算财政拨款支出预算表",
    "政府采购预算明细表",
    "预算整体绩效目标表",
    "重点项目绩效目标表",
    "一般项目绩效目标表",
]
THIRTEEN = [
    "收支总表",
    "收入总表",
    "支出总表",
    "财政拨款收支总表",
    "财政拨款支出表（功能科目）",
    "财政拨款基本支出表（经济科目）",
    "一般公共预算支出表",
    "一般公共预算基本支出表",
    "一般公共预算“三公”经费、会议费、培训费支出表",
    "政府性基金预算支出表",
    "国有资本经营预算支出预算表",
    "一般公共预算机关运行经费支出预算表",
    "政府采购支出表",
]


def by_id(id: str) -> FormSet:
    return next(form_set for form_set in load_form_sets() if form_set.id == id)


CQ = by_id("cq2024")
NATIONAL = by_id("national2026")


@pytest.mark.parametrize(("position", "title"), list(enumerate(SIXTEEN, 1)), ids=SIXTEEN)
@pytest.mark.parametrize("lead", [LEAD, "", "表三　2024 年度 某委员会"])
def test_the_contents_list(position: int, title: str, lead: str) -> None:
    table = match_title(CQ, lead + title)
    assert table is not None
    assert table.id == f"cq2024.t{position}"


@pytest.mark.parametrize("title", ["一般公共预算财政拨款基本支出预算表", "一般公共预算财政拨款项目支出预算表"])
def test_twins(title: str) -> None:
    assert match_title(CQ, LEAD + title) is None
    assert match_title(CQ, LEAD + title, "单位：万元") is None
    object_table = match_title(CQ, LEAD + title, "(部门预算支出经济分类科目)")
    gov_table = match_title(CQ, LEAD + title, "（政府预算支出经济分类科目）")
    assert object_table is not None
    assert gov_table is not None
    assert object_table.rows is not None
    assert object_table.rows.dimension == "object"
    assert gov_table.rows is not None
    assert gov_table.rows.dimension == "gov_object"


@pytest.mark.parametrize(
    ("title", "id"),
    [
        ("2024年区级重点专项资金绩效目标表（一级项目）", "cq2024.t15"),
        ("2024年一般公共预算 三公 经费支出预算表", "cq2024.t10"),
        ("２０２４年部门收入预算总表……………12", "cq2024.t2"),
        ("部门支出预算总表（续）", "cq2024.t3"),
    ],
)
def test_other_wordings(title: str, id: str) -> None:
    table = match_title(CQ, title)
    assert table is not None
    assert table.id == id


@pytest.mark.parametrize(
    "title",
    ["", "支出", "项目支出预算总表", "政府性基金收支预算总表", "2024年部门收入预算总表说明", "政府采购预算表"],
)
def test_titles_of_other_tables(title: str) -> None:
    assert match_title(CQ, title) is None


def test_income_and_expenditure_is_not_expenditure() -> None:
    assert match_title(NATIONAL, "收入支出总表") is None
    table = match_title(NATIONAL, "某局支出总表")
    assert table is not None
    assert table.id == "national2026.t3"


def test_best_form_set_for_the_sixteen() -> None:
    found = best_form_set([LEAD + title for title in SIXTEEN], 2024, "budget")
    assert found is not None
    form_set, mapping = found
    assert form_set is CQ
    assert mapping == {position: f"cq2024.t{position + 1}" for position in range(16)}


def test_best_form_set_leaves_twins_out() -> None:
    titles = [title.split("（")[0] for title in SIXTEEN]
    found = best_form_set(titles, None, "budget")
    assert found is not None
    assert found[0] is CQ
    assert sorted(set(range(16)) - set(found[1])) == [5, 6, 7, 8]


def test_best_form_set_for_thirteen_tables_built_on_the_nine() -> None:
    others = [form_set for form_set in load_form_sets() if form_set.id != "jiangsu2025"]
    found = best_form_set(THIRTEEN, 2026, "budget", others)
    assert found is not None
    assert found[0] is NATIONAL
    assert [THIRTEEN[index] for index in range(13) if index not in found[1]] == [
        THIRTEEN[4],
        THIRTEEN[5],
        THIRTEEN[11],
        THIRTEEN[12],
    ]
    assert set(found[1].values()) == {table.id for table in NATIONAL}


def test_a_region_with_a_set_of_its_own_gets_it() -> None:
    found = best_form_set(THIRTEEN, 2026, "budget")
    assert found is not None
    assert found[0].id == "jiangsu2025"
    assert list(found[1].values()) == [f"jiangsu2025.t{number}" for number in range(1, 14)]


@pytest.mark.parametrize(("word", "id"), [("预算单位", "shanghai_unit"), ("部门", "shanghai_department")])
def test_units_and_departments_of_one_region(word: str, id: str) -> None:
    titles = [f"2026年{word}{title}" for title in ("财务收支预算总表", "收入预算总表", "支出预算总表")]
    found = best_form_set(titles, 2026, "budget")
    assert found is not None
    assert found[0].id == id


@pytest.mark.parametrize(
    ("titles", "year", "kind"),
    [
        (SIXTEEN, 2024, "final"),
        (SIXTEEN, 2010, "budget"),
        (SIXTEEN[:1], 2024, "budget"),
        ([], 2024, "budget"),
        ([*SIXTEEN[:2], "职责", "机构", "人员", "资产", "名词解释"], 2024, "budget"),
    ],
)
def test_no_form_set_fits(titles: list[str], year: int, kind: str) -> None:
    assert best_form_set(titles, year, "final" if kind == "final" else "budget") is None
