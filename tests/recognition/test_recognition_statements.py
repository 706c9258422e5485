"""Statements: one subject each, with its amounts, comparisons, reason, purpose and enumerated names."""

from __future__ import annotations

from recognition_samples import HEAD, read

from mingzhang.cube.statement import Statement


def statements(text: str) -> list[Statement]:
    return [s for s in read(HEAD + text + "\n").statements if s.source.line != 1]


ITEM = (
    "3.“社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）”17.72万元，主要用于离退休人员。"
    "2023年当年预算执行数为8.61万元，2024年预算安排17.72万元，比2023年预算执行数增加105.81%。主要原因是：人数增加。"
)


def test_an_item_of_a_budget_is_one_statement() -> None:
    (item,) = statements(ITEM)
    assert item.number == "3."
    assert item.path == ("社会保障和就业支出", "行政事业单位养老支出", "行政单位离退休")
    assert item.code == "2080501"
    assert [a.amount.printed for a in item.amounts] == ["17.72", "8.61", "17.72"]
    assert [a.words for a in item.amounts][1:] == ["2023年当年预算执行数为", "2024年预算安排"]
    (comparison,) = item.comparisons
    assert (comparison.direction, comparison.base, comparison.amount) == ("up", "2023年预算执行数", None)
    assert comparison.rate is not None
    assert comparison.rate.printed == "105.81"
    assert item.purpose is not None
    assert item.reason is not None
    assert (item.purpose.text, item.reason.text) == ("离退休人员", "人数增加")
    assert item.reason.source.quote == "人数增加"


def test_an_item_of_final_accounts_names_its_subject_first() -> None:
    (item,) = statements(
        "2、卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）。主要用于：医疗保险。年初预算为4.5万元，"
        "支出决算为4.2万元，完成年初预算的93.33%。决算数小于预算数的主要原因：人员减少。"
    )
    assert item.code == "2101101"
    assert [a.words for a in item.amounts] == ["年初预算为", "支出决算为", "完成年初预算的"]
    assert item.reason is not None
    assert item.reason.text == "人员减少"


def test_each_subject_of_a_sentence_has_its_own_statement_and_reason() -> None:
    found = statements(
        "（二）公务用车费5万元，其中：公务用车购置费0万元，比上年持平，主要原因是未购置；"
        "公务用车运行费5万元，比上年减少1万元，下降16.67%，主要原因是节约。"
    )
    assert [s.subject.text for s in found] == ["公务用车费", "公务用车购置费", "公务用车运行费"]
    assert [s.reason.text if s.reason else None for s in found] == [None, "未购置", "节约"]
    assert [c.direction for s in found for c in s.comparisons] == ["even", "down"]
    last = found[-1].comparisons[0]
    assert last.amount is not None
    assert last.rate is not None
    assert (last.amount.printed, last.rate.printed) == ("1", "16.67")


def test_a_base_may_end_the_clause_before() -> None:
    (item,) = statements("支出总计100万元。与2023年相比，支出总计增加20万元，增长25%。")
    assert [(c.direction, c.base) for c in item.comparisons] == [("up", "2023年")]


def test_enumerated_names_have_their_places() -> None:
    (item,) = statements("人员经费60万元，主要包括：基本工资、津贴补贴、奖金；")
    assert [name.text for name in item.listed] == ["基本工资", "津贴补贴", "奖金"]
    assert [name.source.quote for name in item.listed] == ["基本工资", "津贴补贴", "奖金"]


def test_headings_stand_outermost_first() -> None:
    found = statements("一、支出情况\n\n（一）机关运行经费\n\n安排84.68万元，比上年减少3.21万元。")
    assert found[-1].headings == ("支出情况", "机关运行经费")


def test_a_list_with_amounts_is_no_purpose() -> None:
    found = statements("支出100万元，主要用于：教育支出60万元，卫生健康支出40万元。")
    assert [s.purpose for s in found] == [None, None, None]
