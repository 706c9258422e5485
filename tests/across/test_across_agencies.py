"""One agency under its many names, and in the names of files."""

from __future__ import annotations

import pytest

from mingzhang.across.agencies import Agency, agency_in_file_name, agency_of, same_agency


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("某某市水务管理局", "某某市水务管理局"),
        ("某某市水务管理局部门", "某某市 水务管理局"),
        ("123-某某市水务管理局", "某某市水务管理局（汇总）"),
        ("某某省某某市某某区商务委员会", "某某区商务委员会"),
        ("中国共产党某某省委员会办公厅", "某某省委办公厅"),
        ("中共某某省委办公厅", "某某省委办公厅"),
        ("中国人民政治协商会议某某省委员会办公厅", "某某省政协办公厅"),
        ("某某市人民代表大会常务委员会办公室", "某某市人大常委会办公室"),
        ("某某市人民政府国有资产监督管理委员会", "某某市国有资产监督管理委员会"),
        ("某某市人民政府办公厅", "某某市政府办公厅"),
        ("某某市某某区人民政府某某街道办事处", "某某街道"),
        ("某某市某某经济技术开发区社保中心", "某某市某某经开区社保中心"),
    ],
)
def test_one_agency(one: str, other: str) -> None:
    assert same_agency(agency_of(one), agency_of(other))
    assert same_agency(agency_of(other), agency_of(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("某某市水务管理局", "某某市水务管理局执法总队"),
        ("某某市水务管理局", "某某市水务管理局本级"),
        ("某某市水务管理局(本级)", "某某市水务管理局"),
        ("甲市水务管理局", "乙市水务管理局"),
        ("某某市文化和旅游局", "某某市文化广电旅游体育局"),
        ("某某市甲区财政局", "某某市乙区财政局"),
        ("某某市委办公室", "某某市政府办公室"),
    ],
)
def test_two_agencies(one: str, other: str) -> None:
    assert not same_agency(agency_of(one), agency_of(other))


def test_the_own_level_is_told_apart_and_equals_itself() -> None:
    assert (
        agency_of("某某市交通运输局（本级）") == agency_of("某某市交通运输局本级") == Agency("某某市交通运输局", True)
    )


@pytest.mark.parametrize(
    ("name", "agency"),
    [
        ("x/某某市水务局2026年度部门预算报表.pdf", "某某市水务局"),
        ("2026年某某市信访局部门预算.pdf.pdf", "某某市信访局"),
        ("某某市信访办公室部门2026年度部门预算信息公开.pdf", "某某市信访办公室"),
        ("附件2：某某县财政局2024年部门决算公开表.xlsx", "某某县财政局"),
        ("abc__某某市交通局_本级_2026年单位预算.pdf", "某某市交通局(本级)"),
        ("部门预算公开表.xlsx", None),
        ("2024年预算情况说明.docx", None),
        ("预算.pdf", None),
    ],
)
def test_the_agency_in_a_file_name(name: str, agency: str | None) -> None:
    assert agency_in_file_name(name) == agency
