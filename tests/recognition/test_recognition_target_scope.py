"""Sums under 绩效: of all that is spent, of all projects, or of some of them; and what is bought from small businesses."""

from __future__ import annotations

import pytest
from recognition_samples import HEAD, lost_or_doubled, read

from mingzhang.checking import check
from mingzhang.cube.finding import Finding

TARGETS = "（三）预算绩效目标设置情况\n"
TOTALS = "本年支出合计100.00万元，其中：基本支出60.00万元，项目支出40.00万元。\n"


def findings(text: str) -> list[Finding]:
    disclosure = read(HEAD + text)
    assert lost_or_doubled(HEAD + text, disclosure) == {}
    return [f for f in check(disclosure).findings if f.level in ("error", "warning")]


def found(text: str) -> list[tuple[str, str, str]]:
    return [(f.level, f.rule, str(f.expected)) for f in findings(text)]


ALL = [
    "本单位整体支出纳入绩效目标管理，涉及资金{whole}万元；本单位共5个项目纳入绩效目标管理，涉及资金合计{projects}万元，占项目支出总额的比例为100%。",
    "2024年项目支出均实行了绩效目标管理，涉及资金{projects}万元。",
    "本单位其他运转类项目和特定目标类项目均实行绩效目标管理，涉及资金{projects}万元，一级项目3个。",
    "部门整体支出编制了绩效目标，涉及资金{whole}万元。",
    "整体支出已申报绩效目标，涉及资金{whole}万元；本单位12个项目都纳入绩效目标管理，涉及资金{projects}万元。",
    "本年度项目支出全部申报绩效目标，涉及资金{projects}万元。",
    "预算项目一律编报绩效目标，涉及资金{projects}万元。",
]


@pytest.mark.parametrize("sentence", ALL)
def test_what_is_said_of_everything_is_held_to_what_is_spent(sentence: str) -> None:
    assert found(TOTALS + TARGETS + sentence.format(whole="100.00", projects="40.00") + "\n") == []


@pytest.mark.parametrize("sentence", ALL)
def test_another_sum_is_a_question_not_an_error(sentence: str) -> None:
    told = findings(TOTALS + TARGETS + sentence.format(whole="120.00", projects="50.00") + "\n")
    assert {f.level for f in told if "涉及资金" in f.message} == {"warning"}
    if "{projects}" in sentence:
        assert any("50.00" in f.message and "40.00" in f.message for f in told)
    if "{whole}" in sentence:
        assert any("120.00" in f.message and "100.00" in f.message for f in told)


@pytest.mark.parametrize(
    "sentence",
    [
        "编报绩效目标的项目3个，涉及资金30.00万元。",
        "500万元以上的项目均编制了绩效目标，涉及资金30.00万元。",
        "对3个重点项目均开展了绩效评价，涉及资金30.00万元。",
        "全部项目开展绩效自评，涉及资金30.00万元。",
        "2024年项目支出均实行了绩效目标管理，涉及资金40.00万元，其中专项资金30.00万元。",
    ],
)
def test_a_sum_of_some_projects_is_tied_to_nothing(sentence: str) -> None:
    assert found(TOTALS + TARGETS + sentence + "\n") == []


BOUGHT = "（二）政府采购情况\n本单位2024年度政府采购预算100.00万元，其中：货物{goods}万元，服务20.00万元。"


def test_contracts_with_small_businesses_are_shares_of_what_is_bought() -> None:
    text = BOUGHT.format(goods="80.00") + (
        "授予中小企业合同金额50.00万元，占政府采购预算总额的{small}%，其中：授予小微企业合同金额20.00万元，"
        "占授予中小企业合同金额的{micro}%。\n"
    )
    assert found(text.format(small="50.00", micro="40.00")) == []
    assert found(text.format(small="51.00", micro="40.00")) == [("error", "share", "50.00")]
    assert found(text.format(small="50.00", micro="41.00")) == [("error", "share", "None")]  # the amount, or the share


@pytest.mark.parametrize(("reserved", "micro", "says"), [(90, 30, []), (110, 30, ["110"]), (90, 95, ["95"])])
def test_what_is_reserved_for_small_businesses_is_part_of_what_is_bought(
    reserved: int, micro: int, says: list[str]
) -> None:
    text = BOUGHT.format(goods="80.00") + (
        f"本单位面向中小企业预留政府采购项目预算金额{reserved}.00万元，"
        f"其中，预留给小型和微型企业的政府采购项目预算为{micro}.00万元。\n"
    )
    told = findings(text)
    assert [f.level for f in told] == ["warning"] * len(says)
    assert all(said in f.message and "小于其中的" in f.message for said, f in zip(says, told, strict=True))
