"""Target sheets with numbered fields, fields over their values, and lists of projects; all names and figures are made up."""

from __future__ import annotations

import pytest
from recognition_samples import HEAD, figures, read

from mingzhang.checking import check

NUMBERED = (
    "部门（单位）整体支出绩效目标表\n部门（单位）名称\t某某县某某局\t\t\n预算情况\t部门预算总额（万元）\t\t1234.00\n"
    "\t1、资金来源：（1）财政性资金\t\t1000.00\n\t（2）其他资金\t\t234.00\n\t2、资金结构：（1）基本支出\t\t800.00\n\t（2）项目支出\t\t{project}\n"
    "一级指标\t二级指标\t三级指标\t指标值\n投入管理指标\t工作目标管理\t目标相关性\t相关\n"
)
OVER = (
    "部门整体支出绩效目标表\n单位：万元\n单位代码\t单位名称\t年度预算申请\t\t\t\t\t年度绩效目标\t\t\t\n"
    "\t\t资金总额\t按收入性质分\t\t按支出性质分\t\t一级指标\t二级指标\t三级指标\t指标值\n"
    "\t\t\t一般公共预算\t单位资金\t基本支出\t项目支出\t\t\t\t\n"
    "201001\t某某县某某局\t1234.00\t1000.00\t234.00\t800.00\t434.00\t产出指标\t数量指标\t立项数量\t≥100项\n"
)
LISTED = (
    "项目支出绩效目标表（本次下达）\n单位：元\n单位名称、项目名称\t预算数\t项目年度绩效目标\t一级指标\t三级指标\t指标性质\t指标值\t度量单位\n"
    "某某县某某局\t\t\t\t\t\t\t\n基层治理经费\t50000.00\t覆盖社区\t产出指标\t社区数\t=\t120\t个\n"
)


def levels(text: str) -> list[str]:
    found = check(read(HEAD + text)).findings
    return [f.level for f in found if f.level in ("error", "warning") and f.rule == "sum"]


def test_numbered_fields() -> None:
    text = NUMBERED.format(project="434.00")
    assert figures(read(HEAD + text)) == [
        ("flow=expenditure", "1234.00"),
        ("flow=expenditure,fund=fiscal", "1000.00"),
        ("flow=expenditure,fund=own", "234.00"),
        ("flow=expenditure,nature=basic", "800.00"),
        ("flow=expenditure,nature=project", "434.00"),
    ]
    assert levels(text) == []
    assert levels(NUMBERED.format(project="443.00"))


def test_fields_over_their_values() -> None:
    found = [value for _, value in figures(read(HEAD + OVER))]
    assert found == ["1234.00", "1000.00", "234.00", "800.00", "434.00"]
    assert not [item for item in read(HEAD + OVER).unread if item.kind == "amount"]
    assert levels(OVER) == []


def test_projects_below_their_unit() -> None:
    projects = {point.partition("project=")[2].partition(",")[0] for point, _ in figures(read(HEAD + LISTED))}
    assert projects == {"基层治理经费"}


@pytest.mark.parametrize(("label", "own"), [("其中：本年度金额", 2024), ("项目总金额", None)])
def test_the_amount_of_the_year_and_of_all_years(label: str, own: int | None) -> None:
    text = (
        "项目支出绩效目标表\n单位：万元\n项目名称\t水质监测\t项目类别\t特定目标类\n项目总金额\t500.00\t其中：本年度金额\t200.00\n"
        "一级指标\t二级指标\t三级指标\t指标值\n产出指标\t数量指标\t断面数\t≥300个\n"
    )
    amounts = {o.label: o.point.year for o in read(HEAD + text).observations if o.point.measure == "amount"}
    assert amounts[label] == own
