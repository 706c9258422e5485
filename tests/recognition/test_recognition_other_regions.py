"""Turns of sentences of regions that were not at hand when reading was written; every sentence is made up."""

from __future__ import annotations

import pytest
from recognition_samples import HEAD, named, read

from mingzhang.checking import check

FINAL_HEAD = "某某县某某局2024年度部门决算公开\n\n"


def points(text: str) -> list[tuple[int | None, str, str]]:
    """Year, point and figure of every amount of the sentences."""
    return [
        (o.point.year, ",".join(f"{name}={value}" for name, value in named(o).items()), o.amount.printed)
        for o in read(text).observations
        if o.point.measure == "amount"
    ]


def problems(text: str) -> list[str]:
    """The rules of all errors and warnings, and of what is put down to rounding."""
    levels = ("error", "warning", "rounding")
    return [finding.rule for finding in check(read(text)).findings if finding.level in levels]


@pytest.mark.parametrize("said", ["累计支出", "实际支出", "决算数", "同期决算支出", "的", "支出总额"])
def test_the_figure_of_the_year_before_is_not_of_this_year(said: str) -> None:
    text = (
        FINAL_HEAD + f"2024年公务接待费支出12.60万元，比上年{said}15.00万元下降2.40万元，下降16.00%，原因是批次减少。\n"
    )
    assert points(text) == [(2024, "topic=reception", "12.60"), (2023, "topic=reception", "15.00")]
    assert problems(text) == []
    assert problems(text.replace("16.00%", "19.00%")) == ["change-rate"]


@pytest.mark.parametrize("subject", ["公务接待费支出", "乡村振兴补助资金"])
@pytest.mark.parametrize("base", ["比上年", "较上年", "比上年度", "比去年", "与2023年的"])
def test_the_figure_right_behind_what_is_compared_with(subject: str, base: str) -> None:
    text = FINAL_HEAD + f"2024年{subject}12.60万元，{base}15.00万元减少2.40万元，下降16.00%，原因是批次减少。\n"
    assert problems(text) == []
    assert problems(text.replace("16.00%", "19.00%")) == ["change-rate"]


def test_a_share_of_what_was_received_this_year() -> None:
    text = (
        "一、收入支出决算总体情况\n2024年度收、支总计600.00万元。\n（一）收入决算情况\n本年收入合计500.00万元。\n"
        "1.财政拨款收入450.00万元，占收入合计的90.00%，其中：一般公共预算财政拨款收入450.00万元，占收入合计的90.00%。\n"
        "2.其他收入50.00万元，占收入合计的10.00%。\n"
    )
    assert problems(FINAL_HEAD + text) == []
    assert problems(FINAL_HEAD + text.replace("90.00%", "75.00%")) == ["share", "share"]


def test_a_withheld_name_is_no_total() -> None:
    text = "2024年度一般公共预算财政拨款支出80.00万元。其中：按功能分类科目，****支出30.00万元，****支出50.00万元。\n"
    assert points(FINAL_HEAD + text) == [(2024, "flow=expenditure,fund=general", "80.00")]


def test_a_list_with_the_name_of_its_whole_is_the_whole() -> None:
    text = "2024年度因公出国（境）费、公务接待费、公务用车运行费（“三公”经费）决算总额9.00万元。\n"
    assert points(FINAL_HEAD + text) == [(2024, "topic=three_public", "9.00")]


def test_what_is_spent_beside_counts_is_not_all_that_is_spent() -> None:
    text = "2024年度支出合计300.00万元。\n（三）公务接待费支出情况。\n2024年公务接待24批次，210人次，支出2.05万元。\n"
    assert problems(FINAL_HEAD + text) == []
    assert "flow=expenditure" not in [point for _, point, figure in points(FINAL_HEAD + text) if figure == "2.05"]


def test_a_reason_ends_where_the_next_item_begins() -> None:
    text = (
        "2024年“三公”经费预算安排30.00万元：一、因公出国（境）费预算10.00万元，主要原因是任务增加，"
        "二、公务用车购置及运行费预算12.00万元，三、公务接待费预算8.00万元。\n"
    )
    assert [figure for _, _, figure in points(HEAD + text)] == ["30.00", "10.00", "12.00", "8.00"]
    assert problems(HEAD + text) == []
    assert problems(HEAD + text.replace("8.00万元", "9.00万元")) == ["sum"]


@pytest.mark.parametrize(
    ("vehicles", "level"),
    [("公务用车购置费18.00万元，公务用车运行维护费4.00万元", "error"), ("公务用车运行维护费22.00万元", "warning")],
)
def test_the_parts_of_three_public_without_the_vehicles_together(vehicles: str, level: str) -> None:
    text = f"2024年“三公”经费预算30.00万元，其中：因公出国（境）费0万元，{vehicles}，公务接待费8.00万元。\n"
    assert problems(HEAD + text) == []
    wrong = [f for f in check(read(HEAD + text.replace("8.00万元", "9.00万元"))).findings if f.rule == "sum"]
    assert [str(finding.level) for finding in wrong] == [level]


def test_classes_of_older_forms_among_functional_classes() -> None:
    rows = ["一、教育支出\t70.00", "二、社会保险基金支出\t", "三、国土资源气象等事务\t10.00", "四、债务利息支出\t"]
    table = "部门支出总表\n单位：万元\n项目\t2024年预算数\n" + "\n".join(rows) + "\n本年支出合计\t80.00\n"
    disclosure = read(HEAD + table)
    classes = [o.point.function for o in disclosure.observations if o.point.function]
    assert classes == ["205", "209", "220", "232"]
    assert not any(o.point.object for o in disclosure.observations)
    assert problems(HEAD + table) == []
    assert problems(HEAD + table.replace("70.00", "75.00")) == ["sum"]


@pytest.mark.parametrize(
    ("text", "agency", "stage"),
    [
        ("某某镇2023年“三公”经费支出说明\n2023年公务接待费2.00万元，较2022年决算数下降5.0%。\n", "某某镇", "final"),
        (
            "政府采购决算公开情况说明\n2023年度政府采购支出总额9.00万元，其中：政府采购货物支出9.00万元。\n",
            None,
            "final",
        ),
        ("二、预算安排情况\n预算总收入50.00万元。\n预算总支出50.00万元，其中基本支出50.00万元。\n", None, "budget"),
        ("2023年度三公经费决算情况说明\n公务接待费2.00万元。\n", None, "final"),
    ],
)
def test_a_part_that_is_disclosed_alone(text: str, agency: str | None, stage: str) -> None:
    disclosure = read(text)
    assert (disclosure.agency, disclosure.stage) == (agency, stage)
    assert disclosure.observations


def test_a_notice_that_names_a_budget_is_no_disclosure() -> None:
    assert read("某某项目采购公告\n预算金额为50.00万元，投标截止日期另行通知。\n").stage is None


def test_a_bound_is_no_amount() -> None:
    text = "2024年度支出合计300.00万元，其中教育支出超280.00万元，不足400.00万元。\n"
    assert [figure for _, _, figure in points(FINAL_HEAD + text)] == ["300.00"]


def test_accounts_of_one_year_and_budget_of_the_next_are_a_budget() -> None:
    disclosure = read("某某县某某局2023年“三公经费”决算和2024年预算情况\n2024年公务接待费2.00万元。\n")
    assert (disclosure.agency, disclosure.year, disclosure.stage) == ("某某县某某局", 2024, "budget")


def test_a_title_without_a_unit_names_none() -> None:
    assert read("2024年地方决算“三公”经费情况\n2024年公务接待费2.00万元。\n").agency is None


def test_general_public_budget_in_a_title_is_of_either_stage() -> None:
    title = "2024年度某某区一般公共预算财政拨款“三公”经费公开说明\n"
    assert read(title + "公务接待费2.00万元，比上年决算数减少1.00万元。\n").stage == "final"
    assert read(title + "公务接待费预算2.00万元。\n").stage == "budget"


def test_a_column_of_what_the_public_budget_pays() -> None:
    table = "“三公”经费表\n单位：万元\n项目\t本年预算数\t其中：公共预算财政拨款\n公务接待费\t2.00\t1.50\n"
    funds = [(o.point.fund, o.amount.printed) for o in read(HEAD + table).observations]
    assert funds == [(None, "2.00"), ("general", "1.50")]


def test_a_class_printed_twice_in_a_column_of_rates() -> None:
    rows = "208\t社会保障和就业支出\t3.0\n208\t社会保障和就业支出\t3.0\n"
    disclosure = read(HEAD + "部门支出预算总表\n单位：万元\n科目编码\t科目名称\t增减%\n" + rows)
    assert [o.amount.printed for o in disclosure.observations] == ["3.0", "3.0"]
    assert problems(HEAD + "部门支出预算总表\n单位：万元\n科目编码\t科目名称\t增减%\n" + rows) == []


def test_a_sum_of_nought_is_left_out_rather_than_rows_exchanged() -> None:
    rows = "合计\t34.00\n1.因公出国（境）费用\t0\n2.公务接待费\t2.00\n3.公务用车费\t{}\n"
    rows += "其中：（1）公务用车运行维护费\t32.00\n（2）公务用车购置\t0\n"
    table = HEAD + "“三公”经费情况统计表\n单位：万元\n项目\t2024年预算数\n" + rows
    assert problems(table.format("32.00")) == []
    (finding,) = [each for each in check(read(table.format("0"))).findings if each.level == "error"]
    assert finding.reported == "0"
    assert (finding.expected or "").startswith("32.00")


def test_a_table_of_one_economic_class_buys_nothing() -> None:
    rows = "2080101\t行政运行\t12.00\t8.00\t4.00\n"
    header = "科目编码\t科目名称\t合计\t办公费\t公务接待费\n"
    disclosure = read(HEAD + "一般预算拨款——商品和服务支出预算表\n单位：万元\n" + header + rows)
    assert [(o.point.object, o.point.topic, o.point.purchase) for o in disclosure.observations] == [
        ("302", None, None),
        ("30201", None, None),
        ("30217", None, None),
    ]
    (observed,) = read(HEAD + "项目支出及其他支出预算表\n单位：万元\n项目\t预算数\n合计\t5.00\n").observations
    assert observed.point.object is None
