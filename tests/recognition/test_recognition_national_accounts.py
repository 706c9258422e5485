"""The sentences of the national form of final accounts: what they state, and that a wrong figure in them is seen."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from mingzhang.checking import check
from mingzhang.cube.finding import Finding
from mingzhang.documents import open_document
from mingzhang.recognition import recognise

HEAD = "海州区农业农村局2023年度部门决算\n第三部分 2023年度部门决算情况说明\n"
TOTALS = """一、收入支出决算总体情况说明
2023年度收、支总计均为3,125.40万元。与2022年度相比，收、支总计各增加120.30万元，增长4.00%，主要原因是人员增加。
二、收入决算情况说明
2023年度收入合计3,050.20万元，与2022年度相比，增加100.20万元，增长3.40%。其中：财政拨款收入2,950.20万元，占96.72%；事业收入100.00万元，占3.28%。
三、支出决算情况说明
2023年度支出合计3,080.10万元，与2022年度相比，增加80.10万元，增长2.67%。其中：基本支出2,080.10万元，占67.53%；项目支出1,000.00万元，占32.47%。
"""
RECEPTION = """七、财政拨款“三公”经费支出决算情况说明
“三公”经费财政拨款支出决算为5.00万元，其中：公务接待费支出决算为5.00万元。
公务接待费支出5.00万元。其中：外宾接待支出1.00万元，接待2批次、20人次；国内公务接待支出4.00万元，接待12批次、126人次。
"""
WITHIN = RECEPTION.replace(
    "其中：外宾接待支出1.00万元，接待2批次、20人次；国内公务接待支出4.00万元，接待12批次、126人次",
    "其中：国内公务接待支出5.00万元（含外宾接待支出1.00万元）",
)
FUND = """八、政府性基金预算财政拨款收入支出决算情况说明
2023年度政府性基金预算财政拨款年初结转和结余0.00万元，本年收入60.00万元，本年支出50.00万元，年末结转和结余10.00万元。
"""
VEHICLES = """十、国有资产占有使用情况
截至2023年12月31日，本部门共有车辆12辆，其中，副部（省）级及以上领导用车0辆、主要负责人用车0辆、机要通信用车1辆、应急保障用车1辆、执法执勤用车6辆、特种专业技术用车2辆、离退休干部服务用车0辆、其他用车2辆；单价100万元（含）以上设备（不含车辆）1台（套）。
"""


def told(text: str, tmp_path: Path, head: str = HEAD) -> list[Finding]:
    file = tmp_path / "说明.txt"
    file.write_text(head + text, encoding="utf-8")
    return [f for f in check(recognise(open_document(file))).findings if f.level in ("error", "warning", "rounding")]


@pytest.mark.parametrize("text", [TOTALS, TOTALS + RECEPTION + FUND + VEHICLES, TOTALS + WITHIN])
def test_sentences_that_agree_raise_nothing(text: str, tmp_path: Path) -> None:
    """收入合计 of accounts is without what was carried over; 收、支总计 is with it."""
    assert told(text, tmp_path) == []


@pytest.mark.parametrize(
    ("text", "old", "new", "level"),
    [
        (TOTALS, "收入合计3,050.20", "收入合计3,060.20", "error"),
        (TOTALS, "占67.53%", "占68.53%", "error"),
        (TOTALS + RECEPTION, "外宾接待支出1.00", "外宾接待支出1.30", "warning"),
        (TOTALS + RECEPTION, "国内公务接待支出4.00", "国内公务接待支出4.40", "warning"),
        (TOTALS + WITHIN, "国内公务接待支出5.00", "国内公务接待支出5.70", "warning"),
        (TOTALS + FUND, "年末结转和结余10.00", "年末结转和结余70.00", "warning"),
        (TOTALS + VEHICLES, "共有车辆12辆", "共有车辆13辆", "error"),
        (TOTALS + VEHICLES, "执法执勤用车6辆", "执法执勤用车5辆", "error"),
    ],
)
def test_a_wrong_figure_is_seen(text: str, old: str, new: str, level: str, tmp_path: Path) -> None:
    assert old in text
    found = told(text.replace(old, new), tmp_path)
    assert [f.level for f in found] == [level] * len(found)
    figure = re.search(r"\d[\d,]*(?:\.\d+)?", new)
    assert figure is not None
    assert any(figure[0] in f.message for f in found), [f.message for f in found]


def test_what_was_worked_out_from_a_wrong_amount_is_no_rounding(tmp_path: Path) -> None:
    """A total with its change and rate, all of another total: none of them is rounding."""
    text = TOTALS + TOTALS.replace("2023年度收、支总计均为3,125.40万元", "2023年度收、支总计均为3,050.20万元").replace(
        "各增加120.30万元，增长4.00%", "各增加45.10万元，增长1.50%"
    )
    found = told(text, tmp_path)
    assert found
    assert all(f.level != "rounding" for f in found)


BUDGET = """三、一般公共预算当年拨款情况
（一）一般公共预算当年拨款规模变化情况
2023年一般公共预算当年拨款8,500.00万元，比2022年预算数增加300.00万元，增长3.66%，主要原因是人员经费增加。
（二）一般公共预算当年拨款结构情况
社会保障和就业支出650.00万元，占7.65%；卫生健康支出320.00万元，占3.76%；自然资源海洋气象等支出7,080.00万元，占83.29%；住房保障支出450.00万元，占5.29%。
"""


def test_headings_of_the_national_form_say_what_their_paragraphs_are_of(tmp_path: Path) -> None:
    """规模变化, 结构 and 具体情况 narrow nothing: the fund of the heading holds; 当年拨款 is what may be spent."""
    file = tmp_path / "说明.txt"
    file.write_text(HEAD.replace("决算", "预算") + BUDGET, encoding="utf-8")
    amounts = [o for o in recognise(open_document(file)).observations if o.point.measure == "amount"]
    assert [o.point.function for o in amounts] == [None, "208", "210", "220", "221"]
    assert {(o.point.flow, o.point.fund) for o in amounts} == {("expenditure", "general")}


@pytest.mark.parametrize(("old", "new"), [("占7.65%", "占7.95%"), ("320.00", "320.30"), ("7,080.00", "7,090.00")])
def test_shares_of_the_section_before_that_make_a_hundred_are_all_of_it(old: str, new: str, tmp_path: Path) -> None:
    head = HEAD.replace("决算", "预算")
    assert told(BUDGET, tmp_path, head) == []
    found = told(BUDGET.replace(old, new), tmp_path, head)
    assert [f.level for f in found] == ["warning"] * len(found) != []


def test_a_run_of_shares_that_misses_a_part_is_no_sum(tmp_path: Path) -> None:
    text = BUDGET.replace("；住房保障支出450.00万元，占5.29%", "")
    assert told(text, tmp_path, HEAD.replace("决算", "预算")) == []


@pytest.mark.parametrize(
    ("people", "level"),
    [
        ("在职实有人数110人，其中：行政人员48人，事业人员62人。", None),
        ("在职实有人数110人，其中：行政人员48人，事业人员52人。", "warning"),
        ("2023年末实有人数126人，其中在职人员86人，离休人员0人，退休人员40人。", None),
        ("2023年末实有人数136人，其中在职人员86人，离休人员0人，退休人员40人。", "warning"),
        ("现有公务用车12辆，其中：轿车5辆，旅行车（含商务车）3辆，越野车6辆。", "warning"),
        ("现有公务用车12辆，其中：轿车5辆，旅行车（含商务车）3辆。", None),
    ],
)
def test_people_and_vehicles_by_kind(people: str, level: str | None, tmp_path: Path) -> None:
    found = told(TOTALS + "十一、人员情况\n" + people + "\n", tmp_path)
    assert [f.level for f in found] == ([level] if level else [])


@pytest.mark.parametrize("words", ["安排政府采购预算", "政府采购预算", "2023年安排政府采购预算"])
def test_the_unit_by_its_short_name_is_the_unit(words: str, tmp_path: Path) -> None:
    file = tmp_path / "说明.txt"
    text = f"本年支出合计300.00万元。\n（二）政府采购情况\n2023年，农业农村局{words}120.00万元。\n"
    file.write_text(HEAD + text, encoding="utf-8")
    assert [o.point.topic for o in recognise(open_document(file)).observations] == [None, "procurement"]
    file.write_text((HEAD + text).replace("年，农业农村局", "年，教育局"), encoding="utf-8")
    assert [o.point.topic for o in recognise(open_document(file)).observations] == [None]  # another unit's: unread
