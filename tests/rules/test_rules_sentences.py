"""What sentences say against one another: turned directions, copied purposes, odd units, stale years, other names.

Every sentence is made up; each case names what is found, or that nothing is.
"""

from __future__ import annotations

import pytest

from mingzhang.checking import check
from mingzhang.cube.finding import Finding
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text import read_text
from mingzhang.recognition import recognise

HEAD = "某市统计局2026年部门预算情况说明\n\n"
FINAL = "某市统计局2026年度部门决算情况说明\n\n"
FISCAL = (
    "收入预算{whole}万元，其中：财政拨款收入{amount}万元，比2025年预算{income}；事业收入70.00万元。\n\n"
    "支出预算{whole}万元，其中：财政拨款支出预算{amount}万元，比2025年预算{spent}。财政拨款支出预算中，"
    "一般公共预算拨款支出预算{amount}万元，比2025年预算{general}；政府性基金拨款支出预算为0。\n"
)


def findings(text: str) -> list[Finding]:
    return list(check(recognise(read_text(RawFile(text.encode(), "示例.txt", "0" * 64)))).findings)


def of(rule: str, text: str) -> list[Finding]:
    return [finding for finding in findings(text) if finding.rule == rule]


def fiscal(income: str, spent: str, general: str, amount: str = "1,237.50", whole: str = "1,307.50") -> str:
    return HEAD + FISCAL.format(whole=whole, amount=amount, income=income, spent=spent, general=general)


@pytest.mark.parametrize(
    ("income", "spent", "general", "wrong", "right"),
    [
        ("减少225.31万元", "增加225.31万元", "增加225.31万元", "减少225.31万元", "增加225.31万元"),
        ("增加225.31万元", "减少225.31万元", "增加225.31万元", "减少225.31万元", "增加225.31万元"),
        ("增加225.31万元", "增加225.31万元", "增加225.81万元", "增加225.81万元", "增加225.31万元"),
        ("增加225.31万元", "增加225.31元", "增加225.31万元", "增加225.31元", "增加225.31万元"),
    ],
)
def test_of_a_change_told_several_times_the_odd_one_is_wrong(
    income: str, spent: str, general: str, wrong: str, right: str
) -> None:
    (found,) = of("change-conflict", fiscal(income, spent, general))
    assert (found.reported, found.expected) == (wrong, right)
    assert found.places[0].quote is not None
    assert found.places[0].quote.endswith(wrong.rstrip("万元"))


def test_short_amounts_need_two_tellings_against_one() -> None:
    (found,) = of("change-conflict", fiscal("减少136万元", "减少136万元", "减少836万元", "833", "903"))
    assert found.reported == "减少836万元"
    assert of("change-conflict", fiscal("减少136万元", "减少144万元", "减少836万元", "833", "903")) == []


def test_changes_of_another_stage_or_quite_another_size_are_no_slips() -> None:
    text = fiscal("增加225.31万元", "增加225.31万元", "增加98.07万元")
    assert of("change-conflict", text) == []
    other = fiscal("减少225.31万元", "增加225.31万元", "增加225.31万元").replace(
        "收入1,237.50万元，比2025年预算", "收入1,237.50万元，比2025年预算执行数"
    )
    assert of("change-conflict", other) == []


def test_of_two_tellings_the_one_is_right_that_the_parts_make() -> None:
    text = (
        f"{HEAD}一、收入预算\n收入预算8,441.81万元。收入比2025年增加276.74万元，主要是一般公共预算拨款增加313.74万元，"
        "事业收入减少37.20万元。\n二、支出预算\n支出预算8,441.81万元。支出比2025年增加276.54万元。\n"
    )
    (found,) = of("change-conflict", text)
    assert (found.reported, found.expected) == ("增加276.74万元", "增加276.54万元")
    assert "所列各项增减之和也是此数" in found.message


def test_rates_of_nearly_one_base_may_differ_in_a_digit() -> None:
    text = fiscal("增长7.25%", "增长7.25%", "增长7.45%")
    assert of("change-conflict", text) == []
    (found,) = of("change-conflict", fiscal("增长7.25%", "增长7.25%", "下降7.25%"))
    assert found.reported == "减少7.25%"


PARTS = "收入预算186,549.30万元。收入比2025年{whole}万元，主要是一般公共预算拨款{first}万元，事业收入{second}万元。\n"


@pytest.mark.parametrize(
    ("whole", "first", "second", "turned"),
    [
        ("增加246.22", "增加103.15", "减少349.37", "增加246.22万元"),  # the whole itself
        ("减少246.22", "减少103.15", "减少349.37", "减少103.15万元"),
        ("减少246.22", "增加103.15", "减少349.37", None),
        ("减少246.22", "增加103.15", "减少300.00", None),  # not all parts are listed
    ],
)
def test_a_change_and_its_parts(whole: str, first: str, second: str, turned: str | None) -> None:
    found = of("change-parts", HEAD + PARTS.format(whole=whole, first=first, second=second))
    assert [turned in finding.message for finding in found if turned] == ([True] if turned else [])
    assert len(found) == bool(turned)


@pytest.mark.parametrize(
    ("sentence", "level"),
    [
        ("2025年预算执行数为0.00万元，2026年预算安排25.00万元，比2025年预算执行数减少100.00%。", "error"),
        ("2025年预算执行数为10.00万元，2026年预算安排25.00万元，比2025年预算执行数减少150.00%。", "error"),
        ("2026年预算安排25.00万元，比2025年预算减少100.00%。", "warning"),
    ],
)
def test_a_fall_that_cannot_be(sentence: str, level: str) -> None:
    found = of("rate-impossible", f"{HEAD}1.“教育支出（类）进修及培训（款）培训支出（项）”25.00万元。{sentence}\n")
    assert [finding.level for finding in found] == [level]


@pytest.mark.parametrize(
    "sentence",
    [
        "2025年预算执行数为0.00万元，2026年预算安排25.00万元，比2025年预算执行数增加100.00%。",
        "2025年预算执行数为50.00万元，2026年预算安排25.00万元，比2025年预算执行数减少50.00%。",
        "2025年预算执行数为50.00万元，2026年预算安排0.00万元，比2025年预算执行数减少100.00%。",
    ],
)
def test_a_fall_that_can_be(sentence: str) -> None:
    assert of("rate-impossible", f"{HEAD}1.“教育支出（类）进修及培训（款）培训支出（项）”25.00万元。{sentence}\n") == []


MEDICAL = "“卫生健康支出（类）行政事业单位医疗（款）{name}（项）”{amount}万元，主要用于{purpose}。\n\n"


def medical(first: str, second: str) -> str:
    return (
        HEAD
        + "1."
        + MEDICAL.format(name="行政单位医疗", amount="63.19", purpose=first)
        + "2."
        + MEDICAL.format(name="事业单位医疗", amount="24.99", purpose=second)
    )


def test_a_purpose_that_is_another_items_word_for_word() -> None:
    (found,) = of("purpose-copied", medical("行政单位医疗金缴纳", "行政单位医疗金缴纳"))
    assert found.level == "warning"
    assert "与“行政单位医疗”的一字不差" in found.message


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("行政单位医疗金缴纳", "事业单位医疗金缴纳"),
        ("单位按规定缴纳的医疗保险", "单位按规定缴纳的医疗保险"),  # names neither
        ("行政单位医疗和事业单位医疗缴费", "行政单位医疗和事业单位医疗缴费"),  # names both
    ],
)
def test_purposes_that_are_their_own(first: str, second: str) -> None:
    assert of("purpose-copied", medical(first, second)) == []


@pytest.mark.parametrize(
    ("sentence", "is_found"),
    [
        ("公务接待费预算14.60万元，比上年预算数增长19.3%。减少的主要原因是压减公务接待经费。", True),
        ("公务接待费预算14.60万元，比上年预算数下降19.3%。减少的主要原因是压减公务接待经费。", False),
        ("公务接待费预算14.60万元，比上年预算数增长19.3%。增减的主要原因是接待批次变化。", False),
        ("公务接待费预算14.60万元，比上年预算数增长19.3%。决算数较预算数减少的主要原因是接待批次变化。", False),
        ("公务接待费预算14.60万元，比上年预算数增长19.3%。较上年减少的主要原因是压减经费。", True),
        ("公务接待费预算14.60万元，比上年预算数增长19.3%，主要原因是落实过紧日子要求，压减公务接待。", True),
        ("公务接待费预算14.60万元，比上年预算数下降19.3%，主要原因是落实过紧日子要求，压减公务接待。", False),
        ("公务接待费预算14.60万元，比上年预算数增长19.3%，主要原因是压减差旅费，新增外事接待。", False),
    ],
)
def test_the_reason_is_announced_of_the_direction_that_was_told(sentence: str, is_found: bool) -> None:
    assert bool(of("reason-contradicted", f"{HEAD}2026年安排{sentence}\n")) is is_found


TEN = "".join(f"{code}.{name}安排{code}3.52万元。\n\n" for code, name in enumerate(
    ("公务接待费", "会议费", "培训费", "机关运行经费", "因公出国（境）费", "公务用车购置费", "公务用车运行维护费", "基本支出", "项目支出"), start=1
))  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("委托业务费265.73元。", "265.73万元"),
        ("委托业务费265.73万元。", None),
        ("委托业务费265.73元。\n\n福利费18.60元。", None),  # two: the text may well use both units
        ("委托业务费500元。", None),  # no decimals, as the others have: meant as it stands
        ("机关运行经费1,595.96元，比2025年预算减少21.42万元。", "1,595.96万元"),
    ],
)
def test_one_amount_in_another_unit(sentence: str, expected: str | None) -> None:
    found = of("unit-mixed", f"{HEAD}{TEN}{sentence}\n")
    assert [finding.expected for finding in found] == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("text", "year"),
    [
        (HEAD + "某市统计局2024年部门预算\n", "2024"),
        (HEAD + "2024年部门预算安排购置车辆4辆。\n", "2024"),
        (FINAL + "某市统计局2024年度预算绩效管理工作开展情况如下：编报绩效目标的项目4个。\n", "2024"),
        (HEAD + "公务接待费增加，主要原因是2024年预算按要求编列接待经费。\n", "2024"),
        (HEAD + "公务接待费增加，主要原因是2025年预算没有编列接待经费。\n", None),
        (HEAD + "2025年部门预算安排购置车辆4辆。\n", None),
        (HEAD + "某市统计局2024年部门决算\n", None),
        (HEAD + "依据《某市2024年部门预算安排购置计划》办理。\n", None),
    ],
)
def test_years_of_titles_and_of_what_the_budget_provides(text: str, year: str | None) -> None:
    assert [finding.reported for finding in of("year-stale", text)] == ([] if year is None else [year])


OWN = "".join(f"（{n}）关于某市统计局2026年{what}情况说明\n\n某市统计局2026年{what}为100.00万元。\n\n" for n, what in zip(
    "一二三", ("收入预算", "支出预算", "财政拨款收支预算"), strict=True
))  # fmt: skip


@pytest.mark.parametrize(
    ("line", "is_found"),
    [
        ("（四）关于某市水务局2026年一般公共预算支出情况说明", True),
        ("（四）关于某市统计局2026年一般公共预算支出情况说明", False),
        ("从构成看，包括局本级和所属单位。纳入某市水务局2026年部门预算编制范围的单位包括：", True),
        ("从构成看，包括局本级和所属单位。纳入某市统计局2026年部门预算编制范围的单位包括：", False),
        ("（四）关于某市普查中心2026年收入情况\n\n某市普查中心有编制10名。", False),  # named again: a unit of its own
    ],
)
def test_another_units_name_in_a_heading(line: str, is_found: bool) -> None:
    assert bool(of("agency-name-other", f"{HEAD}{OWN}{line}\n")) is is_found


TABLE = (
    "部门支出预算总表\n单位：万元\n科目编码\t科目名称\t总计\t基本支出\t项目支出\n"
    "合计\t\t120.00\t100.00\t20.00\n208\t社会保障和就业支出\t120.00\t100.00\t20.00\n"
    "20801\t人力资源和社会保障管理事务\t120.00\t100.00\t20.00\n2080101\t行政运行\t100.00\t100.00\t\n"
    "2080199\t其他人力资源和社会保障管理事务支出\t20.00\t\t20.00\n"
)


@pytest.mark.parametrize(
    ("sentence", "right"),
    [
        (
            "社会保障和就业支出（类）人力资源和社会保障管理事务（款）其他人力资源和社会保障管理服务支出（项）：反映其他支出。",
            "2080199 其他人力资源和社会保障管理事务支出",
        ),
        (
            "社会保障和就业支出（类）人力资源和社会保障管理事务（款）其他人力资源和社会保障管理事务支出（项）：反映其他支出。",
            None,
        ),
        (
            "社会保障和就业支出（类）人力资源和社会保障管理事务（款）社会保险经办机构（项）：反映经办机构的支出。",
            None,
        ),  # another year's
        (
            "原因是调整至人力资源和社会保障管理服务（款）其他人力资源和社会保障管理事务支出（项）。",
            "20801 人力资源和社会保障管理事务",
        ),
        ("商业服务业等支出（类）涉外发展服务经费（款）其他涉外发展服务支出（项）0万元。", "21606 涉外发展服务支出"),
        ("原因是调整至涉外发展服务经费（款）其他涉外发展服务支出（项）。", "21606 涉外发展服务支出"),
        ("商业服务业等支出（类）涉外发展服务支出（款）其他涉外发展服务支出（项）0万元。", None),
        ("原因是调整至人力资源和社会保障管理事务（款）其他人力资源和社会保障管理事务支出（项）。", None),
    ],
)
def test_a_name_that_is_nearly_one_of_the_tables(sentence: str, right: str | None) -> None:
    found = of("path-name", f"{HEAD}{sentence}\n\n{TABLE}")
    assert [finding.expected for finding in found] == ([] if right is None else [right])


@pytest.mark.parametrize(
    "text",
    [
        "2026年“三公”经费149.77万元，比上年减少7.92万元。其中：因公出国（境）费127.00万元，与上年持平；公务用车运行维护费"
        "××万元，比上年减少0.62万元；公务接待费9.89万元，比上年减少7.30万元。\n",
        "政府采购预算总额XX万元：政府采购货物预算52.52万元、政府采购工程预算0万元、政府采购服务预算91.00万元。\n",
    ],
)
def test_what_follows_a_placeholder_is_said_of_it(text: str) -> None:
    assert [finding.rule for finding in findings(HEAD + text)] == ["placeholder"]


def test_a_rate_whose_word_is_wrong_too_is_told_with_it() -> None:
    (found,) = of("stated-rate", HEAD + "收入预算3,944.08万元，比上年减少286.07万元，增长7.8%，主要原因是人员增加。\n")
    assert [suspect.expected for suspect in found.suspects] == ["增加286.07", "下降6.8"]


def test_of_two_units_the_odd_one_is_suspected_first() -> None:
    (found,) = of("stated-rate", f"{HEAD}{TEN}委托业务费5,424.49万元，比上年增加1,049.13元，增长24%。\n")
    assert found.suspects[0].reported == "1,049.13"
