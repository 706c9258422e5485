"""Short disclosures as villages, schools and counties print them: read at the right points, without false alarm."""

from __future__ import annotations

from pathlib import Path

import pytest

from mingzhang.checking import check
from mingzhang.cube import Disclosure
from mingzhang.cube.finding import Finding
from mingzhang.documents import open_document
from mingzhang.recognition import recognise
from mingzhang.recognition.identity import identify

HEAD = "石塘县云溪小学2018年度部门决算\n第三部分 2018年度部门决算情况说明\n"


def read(text: str, tmp_path: Path, name: str = "说明.txt") -> Disclosure:
    (tmp_path / name).write_text(text, encoding="utf-8")
    return recognise(open_document(tmp_path / name))


def told(text: str, tmp_path: Path) -> list[Finding]:
    return [f for f in check(read(text, tmp_path)).findings if f.level in ("error", "warning")]


def stated(disclosure: Disclosure) -> dict[str, dict[str, object]]:
    """The points of the amounts of the text by their printed figures, without year and measure."""
    found: dict[str, dict[str, object]] = {}
    for observation in disclosure.observations:
        point = observation.point._asdict()
        found.setdefault(
            observation.amount.printed,
            {k: v for k, v in point.items() if v is not None and k not in ("year", "measure")},
        )
    return found


SPENT = "2018年度本部门“三公”经费支出1.25万元，年初预算为1.85万元。其中：公务接待费支出1.25万元，年初预算为1.85万元。\n"


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        (SPENT, "final"),
        ("2019年度“三公”经费支出预算为4.50万元，2019年“三公”经费决算为2.60万元。\n", "final"),
        ("2020年度“三公”经费预算4.50万元。\n2019年度“三公”经费决算2.60万元。\n", "budget"),
        ("按照推进政府预算信息公开的要求，2019年“三公”经费决算数260万元。\n", "final"),
    ],
    ids=["spent beside plan", "one year", "two years", "of the rules of disclosure"],
)
def test_what_a_text_without_a_title_is_of(text: str, stage: str, tmp_path: Path) -> None:
    assert read(text, tmp_path).stage == stage
    assert told(text, tmp_path) == []


def test_a_plan_beside_what_was_spent_is_another_stage(tmp_path: Path) -> None:
    points = stated(read(SPENT, tmp_path))
    assert points["1.25"]["stage"] == "final"
    assert points["1.85"]["stage"] == "budget"


def test_the_stage_right_before_a_figure_is_its_own(tmp_path: Path) -> None:
    text = "石塘县2020年“三公”经费预算公开\n2020年“三公”经费预算9.00万元。公务接待费支出决算3.00万元，公务接待费支出预算为2.00万元。\n"
    points = stated(read(text, tmp_path))
    assert (points["3.00"]["stage"], points["2.00"]["stage"]) == ("final", "budget")


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        (["某区2016年“三公”经费决算数236万元。", "2015年“三公”经费下降的原因是厉行节约。"], 2016),
        (["发布时间：2021年9月3日", "2020年“三公”经费支出5万元。"], 2020),
        (["2023单位预算情况说明"], 2023),
    ],
    ids=["the first of two", "no date", "without 年"],
)
def test_the_year(lines: list[str], year: int) -> None:
    assert identify(lines, [], []).year == year


def test_a_county_of_one_character(tmp_path: Path) -> None:
    text = (
        "岑县人民法院\n关于2018年部门预算编制的说明\n岑县人民法院2018年部门预算收入总数100.50万元，"
        "较2017年部门预算收入总数90.40万元，增加10.10万元，增长11.17%。\n"
    )
    disclosure = read(text, tmp_path)
    assert disclosure.agency == "岑县人民法院"
    assert {claim.kind for claim in disclosure.claims} == {"change", "change_rate"}
    assert [f.rule for f in told(text.replace("11.17", "12.17"), tmp_path)] == ["change-rate"]


TOTALS = """一、收入支出决算总体情况说明
2018年总收入1,244.20万元，总支出1,095.60万元，年末结转和结余164.60万元（其中：项目支出结转和结余27.80万元）。
"""
BASES = """一、收入支出决算总体情况说明
2018年度收入合计1,723.70万元，比2017年1,817.80万元减少94.10万元，下降5.18%；2018年度支出合计1,730.90万元，比2017年1,826.00万元减少95.10万元，下降5.21%。
"""
SHARES = """二、收入决算情况说明
本年收入合计1,723.71万元，其中：财政拨款收入1,720.54万元，占99.82%；上级补助收入0万元，占0%；事业收入3.05万元，占0.18%；经营收入0万元，占0%；其他收入0.12万元，占0.01%。
"""


@pytest.mark.parametrize("text", [TOTALS, BASES, SHARES, TOTALS + SHARES], ids=["totals", "bases", "shares", "both"])
def test_accounts_that_agree_raise_nothing(text: str, tmp_path: Path) -> None:
    """总收入 may be of the year alone; what 比2017年 prints is open as what it is compared with; 占0% is of nothing."""
    assert told(HEAD + text, tmp_path) == []


def test_what_is_left_over_is_so_by_kinds_too(tmp_path: Path) -> None:
    assert stated(read(HEAD + TOTALS, tmp_path))["27.80"]["flow"] == "carried_out"


def test_what_something_holds_is_a_part_of_it(tmp_path: Path) -> None:
    text = HEAD + (
        "2018年“三公”经费支出74.60万元，其中公务用车购置及运行维护费61.80万元，"
        "公务接待费12.80万元。公务用车费用中含公车购置费0.60万元，公务用车运行维护费61.20万元。\n"
    )
    points = stated(read(text, tmp_path))
    assert points["0.60"]["topic"] == "vehicle_purchase"
    assert told(text, tmp_path) == []


def test_people_and_projects_are_two_kinds_of_spending(tmp_path: Path) -> None:
    text = (
        "石塘县图书馆2023年单位预算情况说明\n（一）收入预算：2023年年初预算数754.50万元。"
        "收入较2022年减少121.70万元，主要是人员和公用经费减少16.90万元，项目经费减少104.80万元。\n"
    )
    disclosure = read(text, tmp_path)
    points = stated(disclosure)
    assert points["104.80"]["nature"] == "project"
    assert points["121.70"]["flow"] == points["754.50"]["flow"]
    assert told(text, tmp_path) == []


def test_parts_of_what_something_fell_by_are_no_amounts_of_it(tmp_path: Path) -> None:
    text = HEAD + (
        "2018年公务用车购置及运行维护费40.50万元。其中，部分单位上划减少了有关“三公”经费34.20万元，"
        "其中公务用车购置及运行维护费30.80万元。\n"
    )
    assert "30.80" not in stated(read(text, tmp_path))
    assert told(text, tmp_path) == []


def test_projects_beside_what_an_office_runs_on(tmp_path: Path) -> None:
    text = (
        "石塘县人民法院2018年部门预算\n2018年机关运行经费预算346.60万元，其中：办公费300.60万元，"
        "差旅费46.00万元；项目支出预算522.00万元，其中：会议费20.00万元。\n"
    )
    points = stated(read(text, tmp_path))
    assert "topic" not in points["522.00"]
    assert points["300.60"]["topic"] == "agency_running"


@pytest.mark.parametrize("text", ["本院2018年度收入合计80.50万元", "我校2018年度收入合计80.50万元"])
def test_a_unit_that_speaks_of_itself(text: str, tmp_path: Path) -> None:
    assert stated(read(HEAD + text + "。\n", tmp_path))["80.50"]["flow"] == "income"


def test_a_place_that_speaks_of_itself(tmp_path: Path) -> None:
    text = (
        "石塘县2017年“三公”经费决算情况说明\n2017年全县一般公共预算财政拨款“三公”经费支出决算汇总数为583.80万元。"
        "\n石塘县2017年公务接待费支出20.10万元。\n"
    )
    points = stated(read(text, tmp_path))
    assert points["583.80"]["topic"] == "three_public"


def test_classes_without_the_word_for_spending(tmp_path: Path) -> None:
    text = (
        "石塘县云溪学区2022年部门预算公开说明\n2022年支出预算420.60万元，包括："
        "一般公共服务413.20万元，社会保障和就业支出7.40万元。国有资本经营预算0.50万元。\n"
    )
    points = stated(read(text, tmp_path))
    assert points["413.20"]["function"] == "201"
    assert "function" not in points.get("0.50", {})


RATES = """<html><head><meta charset="utf-8"></head><body><p>石塘县2016年“三公”经费决算公开</p><p>2016年“三公”经费决算表</p><p>单位：万元</p>
<table><tr><td>年度</td><td>因公出国（境）费</td><td>公务接待费</td></tr><tr><td>2015年</td><td>90</td><td>1400</td></tr>
<tr><td>2016年</td><td>12</td><td>1356</td></tr><tr><td>2016年比2015年增减%</td><td>-86.62</td><td>-3.14</td></tr></table></body></html>"""


def test_the_places_of_rates_say_nothing_of_amounts(tmp_path: Path) -> None:
    """12 of 90 may be 86.62 % less, to the nearest 万元 of each."""
    disclosure = read(RATES, tmp_path, "表.html")
    amounts = [o.amount for o in disclosure.observations if o.point.measure == "amount"]
    assert amounts
    assert {amount.decimals for amount in amounts} == {0}
    assert [f for f in check(disclosure).findings if f.level in ("error", "warning") and f.rule == "change-rate"] == []


def test_parts_of_another_whole_explain_nothing(tmp_path: Path) -> None:
    """The reason of another item, before the whole that 其中 divides, is not that of its parts."""
    text = (
        "石塘县2018年“三公”经费决算公开\n2018年“三公”经费决算277.10万元，比上年下降1.8%。"
        "因公出国（境）费决算12.00万元，比上年增长79.1%，主要是交流任务增加；"
        "公务用车购置及运行费决算161.80万元，比上年下降1.2%，其中：公务用车购置费决算41.40万元，比上年增长7.5%；"
        "公务用车运行费决算120.40万元，与上年下降3.9%。\n"
    )
    assert [f.rule for f in told(text, tmp_path) if f.rule == "reason-missing" and "作了说明" in f.message] == []


UNSAID = HEAD + "2018年“三公”经费年初预算5.00万元，支出决算3.00万元，减少2.00万元，下降{rate}%。\n"


def test_more_than_what_is_not_said(tmp_path: Path) -> None:
    """After 预算数…，决算数…，减少… it is the budget where the figures say so, and nothing known where they do not."""
    assert told(UNSAID.format(rate="40.00"), tmp_path) == []
    wrong = told(UNSAID.format(rate="41.00"), tmp_path)
    assert [f.rule for f in wrong] == ["change-rate"]
    assert "上年" not in wrong[0].message
    before = "2018年“三公”经费比上年增加1.00万元，增长50.00%。\n"
    assert (
        told(UNSAID.format(rate="40.00").replace("减少2.00万元，下降40.00%", "减少0.50万元") + before, tmp_path) == []
    )


def test_a_rate_of_the_budget_is_not_told_as_one_of_last_year(tmp_path: Path) -> None:
    text = HEAD + "2018年“三公”经费支出41.00万元，较年初预算数减少4.00万元，下降2.20%。\n"
    (wrong,) = told(text, tmp_path)
    assert wrong.rule == "stated-rate"
    assert "上年" not in wrong.message


def test_running_and_buying_vehicles_in_either_order(tmp_path: Path) -> None:
    text = (
        "石塘县广播电视台2021年“三公”经费预算\n公务用车运行维护及购置费支出预算24.50万元，比2020年预算减少12.00万元。"
        "其中：公务用车运行维护费支出预算24.40万元，与2020年预算持平。公务用车购置费支出预算0.10万元，比2020年预算减少12.00万元。\n"
    )
    points = stated(read(text, tmp_path))
    assert points["24.50"]["topic"] == "vehicle"
    assert told(text, tmp_path) == []


SPENDING = """<html><head><meta charset="utf-8"></head><body><p>石塘县2017年“三公”经费决算公开</p><p>2017年度“三公”经费决算情况</p>
<table><tr><td>经费项目</td><td>2017年度支出（万元）</td></tr><tr><td>公务接待费</td><td>183.19</td></tr>
<tr><td>总“三公”经费支出</td><td>183.19</td></tr></table><p>2017年公务接待费{told}万元。</p></body></html>"""


def test_what_a_table_of_spending_prints_of_guests_is_what_the_text_tells(tmp_path: Path) -> None:
    assert [
        f.rule for f in check(read(SPENDING.format(told="183.19"), tmp_path, "表.html")).findings if f.level == "error"
    ] == []
    wrong = check(read(SPENDING.format(told="163.19"), tmp_path, "表.html")).findings
    assert [f.rule for f in wrong if f.level == "error"] == ["same-point"]


def test_what_is_planned_of_a_class(tmp_path: Path) -> None:
    text = (
        "石塘县云溪小学2022年部门预算情况说明\n（二）支出预算。2022年年初预算数425.61万元，其中："
        "教育支出预算299.72万元，住房保障支出预算125.89万元。\n"
    )
    points = stated(read(text, tmp_path))
    assert (points["299.72"]["function"], points["125.89"]["function"]) == ("205", "221")


@pytest.mark.parametrize("rest", ["与去年相比收入减少了73.56万元", "与上年对比减少73.56万元，下降5.63%"])
def test_last_years_figure_stands_there_for_the_comparison(rest: str, tmp_path: Path) -> None:
    text = HEAD + f"一、收入决算情况说明\n本单位本年收入合计1,233.33万元，上年收入1,306.89万元，{rest}。\n"
    assert told(text, tmp_path) == []
    wrong = told(text.replace("73.56", "78.56"), tmp_path)
    assert {f.rule for f in wrong} <= {"change", "change-rate"}
    assert wrong


def test_what_is_compared_with_last_year_is_of_this_one(tmp_path: Path) -> None:
    text = HEAD + "2018年度支出合计100.50万元，较上年决算数增加10.50万元。\n"
    assert told(text, tmp_path) == []
    assert [f.rule for f in told(text.replace("2018年度支出", "2017年度支出"), tmp_path)] == ["year-stale"]
    assert told(HEAD + "2018年度支出合计100.50万元，2017年度支出合计90.00万元。\n", tmp_path) == []


def test_kinds_of_spending_by_their_names(tmp_path: Path) -> None:
    text = (
        "石塘县云溪小学2019年部门预算说明\n（二）支出预算：2019年支出预算总额为656.60万元，其中：工资福利支出562.50万元，"
        "商品和服务支出88.90万元，其他支出5.20万元。\n"
    )
    points = stated(read(text, tmp_path))
    assert (points["562.50"]["object"], points["88.90"]["object"]) == ("301", "302")
    assert (
        points.get("5.20", {}).get("object") is None
    )  # of the functional or of the economic classes, which is not said


@pytest.mark.parametrize("of", ["比上年的20.10万元增加10.00万元，增长49.75%", "比上年20.10万元，增长49.75%"])
def test_last_years_figure_of_a_part_is_not_that_of_the_whole(of: str, tmp_path: Path) -> None:
    text = (
        HEAD + f"2018年某项补助支出100.00万元，比上年的80.00万元增长25.00%。其中，乡村公路养护补助30.10万元，{of}。\n"
    )
    assert told(text, tmp_path) == []
    assert [f.rule for f in told(text.replace("49.75", "47.75"), tmp_path)] == ["change-rate"]


@pytest.mark.parametrize(("counts", "empty"), [(("12", "340"), False), (("0", "0"), True)])
def test_a_table_of_counts_is_not_empty(counts: tuple[str, str], empty: bool, tmp_path: Path) -> None:
    (tmp_path / "说明.html").write_text(
        "<html><body><p>云溪区2019年度部门决算</p><p>2019年度全区“三公”经费使用情况</p>"
        "<table><tr><td>使用项目</td><td>2019年度数量或人次</td></tr>"
        f"<tr><td>公务用车保有量（辆）</td><td>{counts[0]}</td></tr>"
        f"<tr><td>国内公务接待人次（人）</td><td>{counts[1]}</td></tr></table></body></html>",
        encoding="utf-8",
    )
    found = check(recognise(open_document(tmp_path / "说明.html"))).findings
    assert any(f.rule == "empty-table-unstated" for f in found) == empty
