"""Turns of phrase of provinces that the corpus does not hold; every sentence and figure is made up.

Each case gives what is read: the figure, what it is of, and what it is said to differ from or to be a part of.
"""

from __future__ import annotations

import pytest
from recognition_samples import read

from mingzhang.cube import Disclosure
from mingzhang.cube.claim import Operand
from mingzhang.cube.point import UNKNOWN_SCOPE, Point

BUDGET = "某某县某某局2024年部门预算公开\n\n"
FINAL = "某某县某某局2024年度部门决算公开\n\n"
_SHOWN = ("year", "stage", "flow", "fund", "function", "nature", "topic", "measure")


def _words(point: Point) -> str:
    named = point.named()
    unknown = str(named.get("agency", "")).startswith(UNKNOWN_SCOPE)
    words = [str(named[name]) for name in _SHOWN if name in named and named[name] != "amount"]
    return " ".join([*words, *(["?"] if unknown else [])])


def heard(disclosure: Disclosure) -> list[str]:
    """Every observation: ``figure: point``, and ``= left / right`` where it is a claim of two amounts."""
    claims = {claim.figure: claim for claim in disclosure.claims}

    def side(operand: Operand) -> str:
        return f"[{_words(operand)}]" if isinstance(operand, Point) else disclosure.observations[operand].amount.printed

    told = []
    for index, seen in enumerate(disclosure.observations):
        claim = claims.get(index)
        said = f" = {side(claim.left)} / {side(claim.right)}" if claim is not None else ""
        told.append(f"{seen.amount.printed}: {_words(seen.point)}{said}")
    return told


CASES: list[tuple[str, list[str]]] = [
    # the budget that is completed stands between 完成 and the percentage
    (
        FINAL
        + "2024年度“三公”经费财政拨款支出决算为18.00万元，完成全年预算24.00万元的75%，比上年决算数增加2.00万元，增长12.5%。"
        "其中：公务接待费支出决算为6.00万元，完成预算8.00万元的75%，比上年决算数减少1.00万元。\n",
        [
            "18.00: 2024 final three_public",
            "24.00: 2024 adjusted three_public",
            "75: 2024 final three_public completion_rate = 18.00 / 24.00",
            "2.00: 2024 final three_public change = 18.00 / [2023 final three_public]",
            "12.5: 2024 final three_public change_rate = 18.00 / [2023 final three_public]",
            "6.00: 2024 final reception",
            "8.00: 2024 budget reception",
            "75: 2024 final reception completion_rate = 6.00 / 8.00",
            "1.00: 2024 final reception change = 6.00 / [2023 final reception]",
        ],
    ),
    # nothing to complete: no percentage, and the comparison is of the same item
    (
        FINAL
        + "公务用车购置及运行维护费支出决算为9.00万元，其中：公务用车购置费支出决算为0万元，完成预算0万元的--%（基数为0，不可比），"
        "比上年决算数减少3.00万元。\n",
        [
            "9.00: 2024 final vehicle",
            "0: 2024 final vehicle_purchase",
            "0: 2024 budget vehicle_purchase",
            "3.00: 2024 final vehicle_purchase change = 0 / [2023 final vehicle_purchase]",
        ],
    ),
    # a share of a whole whose figure stands between
    (
        BUDGET + "基本支出30.00万元，占支出合计40.00万元的75%。\n",
        [
            "30.00: 2024 budget expenditure basic",
            "40.00: 2024 budget uses",
            "75: 2024 budget expenditure basic share = 30.00 / 40.00",
        ],
    ),
    # a year that is neither this nor the last: what follows is compared with it too, and read of nothing
    (
        FINAL
        + "公务接待费支出决算为5.00万元，比2019年决算数减少4.00万元，下降44.4%；比上年决算数增加1.00万元，增长25%。\n",
        [
            "5.00: 2024 final reception",
            "1.00: 2024 final reception change = 5.00 / [2023 final reception]",
            "25: 2024 final reception change_rate = 5.00 / [2023 final reception]",
        ],
    ),
    # a comparison whose subject is not understood, and the rate after it
    (
        BUDGET + "公务接待费5.00万元。政务大厅搬迁专项较上年减少4.00万元，下降44.4%。\n",
        ["5.00: 2024 budget reception"],
    ),
    # a comparison of something named without its amount: the rate after it is of the same
    (
        BUDGET + "2024年“三公”经费预算较2023年减少2.00万元，其中公务接待费较上年减少1.00万元，减少20%。\n",
        [
            "2.00: 2024 budget three_public change = [2024 budget three_public] / [2023 budget three_public]",
            "1.00: 2024 budget reception change = [2024 budget reception] / [2023 budget reception]",
            "20: 2024 budget reception change_rate = [2024 budget reception] / [2023 budget reception]",
        ],
    ),
    # a year without 年
    (
        BUDGET + "“三公”经费10.00万元，较2023年减少1.00万元，其中：公务接待费5.00万元，与2023持平。\n",
        [
            "10.00: 2024 budget three_public",
            "1.00: 2024 budget three_public change = 10.00 / [2023 budget three_public]",
            "5.00: 2024 budget reception",
            "持平: 2024 budget reception change = 5.00 / [2023 budget reception]",
        ],
    ),
    # like for like: last year's figure as it would be now, not the one that was published
    (
        BUDGET + "公务接待费6.00万元，同口径比2023年减少2.00万元，下降25%。\n",
        [
            "6.00: 2024 budget reception",
            "2.00: 2024 budget reception change = 6.00 / [2023 budget reception ?]",
            "25: 2024 budget reception change_rate = 6.00 / [2023 budget reception ?]",
        ],
    ),
    # 其中 opens a sentence: parts of what the sentence before spoke of, which is compared after them
    (
        BUDGET
        + "2024年“三公”经费预算为20.00万元。其中，公务接待费8.00万元，公务用车运行费12.00万元。比2023年减少5.00万元，下降20%。\n",
        [
            "20.00: 2024 budget three_public",
            "8.00: 2024 budget reception",
            "12.00: 2024 budget vehicle_running",
            "5.00: 2024 budget three_public change = 20.00 / [2023 budget three_public]",
            "20: 2024 budget three_public change_rate = 20.00 / [2023 budget three_public]",
        ],
    ),
    # … but where the parts were compared one by one, the last is still to be
    (
        BUDGET
        + "支出总预算30.00万元。其中：基本支出20.00万元，比上年减少1.00万元；项目支出10.00万元，用于各项业务。比上年增加2.00万元。\n",
        [
            "30.00: 2024 budget uses",
            "20.00: 2024 budget expenditure basic",
            "1.00: 2024 budget expenditure basic change = 20.00 / [2023 budget expenditure basic]",
            "10.00: 2024 budget expenditure project",
            "2.00: 2024 budget expenditure project change = 10.00 / [2023 budget expenditure project]",
        ],
    ),
    # 决算支出数 after a part's budget is that part's
    (
        FINAL
        + "“三公”经费预算数为20.00万元，决算支出数为15.00万元，其中：公务接待费预算数为8.00万元，决算支出数为6.00万元，"
        "较2023年决算数5.00万元增1.00万元。\n",
        [
            "20.00: 2024 budget three_public",
            "15.00: 2024 final three_public",
            "8.00: 2024 budget reception",
            "6.00: 2024 final reception",
            "5.00: 2023 final reception",
            "1.00: 2024 final reception change = 6.00 / 5.00",
        ],
    ),
    # the figure of the base is last year's; what 其中 divides after it is this year's
    (
        BUDGET
        + "“三公”经费预算总额为20.00万元，较2023年的25.00万元减少5.00万元，下降20%；其中：公务接待费8.00万元，较上年减少2.00万元。\n",
        [
            "20.00: 2024 budget three_public",
            "25.00: 2023 budget three_public",
            "5.00: 2024 budget three_public change = 20.00 / 25.00",
            "20: 2024 budget three_public change_rate = 20.00 / 25.00",
            "8.00: 2024 budget reception",
            "2.00: 2024 budget reception change = 8.00 / [2023 budget reception]",
        ],
    ),
    # past a bracket that closes before the comma, or that opened before a colon, the outer subject is compared
    (
        BUDGET
        + "公务用车购置及运行费9.00万元（公务用车购置费0万元，公务用车运行维护费9.00万元），较上年减少1.00万元。\n"
        "公务用车购置及运行费9.00万元（其中：公务用车购置费0万元，公务用车运行维护费9.00万元），较上年减少1.00万元。\n",
        [
            "9.00: 2024 budget vehicle",
            "0: 2024 budget vehicle_purchase",
            "9.00: 2024 budget vehicle_running",
            "1.00: 2024 budget vehicle change = 9.00 / [2023 budget vehicle]",
        ]
        * 2,
    ),
    # several subjects, several amounts
    (
        BUDGET + "因公出国（境）费与公务用车购置及运行维护费分别为1.00万元和9.00万元，均与上年持平。\n",
        ["1.00: 2024 budget abroad", "9.00: 2024 budget vehicle"],
    ),
    # … of which it cannot be told which is which
    (BUDGET + "2024年收支总计分别为50.00万元、60.00万元，比上年各增长3.00%、4.00%。\n", []),
    # an amount within another
    (
        BUDGET + "2024年县级一般公共预算安排“三公”经费支出预算中公务用车运行维护费为3.00万元，比上年减少1.00万元。\n",
        [
            "3.00: 2024 budget vehicle_running",
            "1.00: 2024 budget vehicle_running change = 3.00 / [2023 budget vehicle_running]",
        ],
    ),
    # a whole that is named, not stated, and the shares of its parts
    (
        FINAL
        + "2024年度“三公”经费财政拨款支出决算中，公务接待费6.00万元，占40%；公务用车运行维护费9.00万元，占60%。\n",
        [
            "6.00: 2024 final reception",
            "40: 2024 final reception share = 6.00 / [2024 final three_public]",
            "9.00: 2024 final vehicle_running",
            "60: 2024 final vehicle_running share = 9.00 / [2024 final three_public]",
        ],
    ),
    # parts of something that is not in the cube are not the department's
    (
        BUDGET + "所属学校运转经费总预算安排50.00万元，其中：基本支出预算20.00万元，项目支出预算30.00万元。\n",
        [],
    ),
    # a class by its name and 类科目
    (
        BUDGET + "（一）教育支出类科目30.00万元，占支出总预算75%。\n",
        ["30.00: 2024 budget expenditure 205", "75: 2024 budget expenditure 205 share = 30.00 / [2024 budget uses]"],
    ),
    # final accounts that are more than the budget by so much
    (
        FINAL + "支出决算总额30.00万元，完成年初预算110%，决算数大于预算数2.73万元。\n",
        [
            "30.00: 2024 final expenditure",
            "110: 2024 final expenditure completion_rate = 30.00 / [2024 budget expenditure]",
            "2.73: 2024 budget expenditure change = 30.00 / [2024 budget expenditure]",
        ],
    ),
    # what the sum before takes in, side by side
    (
        BUDGET
        + "2024年财政拨款收支总预算50.00万元。收入包括：一般公共预算拨款50.00万元。支出包括：教育支出30.00万元、卫生健康支出20.00万元。\n",
        [
            "50.00: 2024 budget sources fiscal",
            "50.00: 2024 budget income general",
            "30.00: 2024 budget expenditure fiscal 205",
            "20.00: 2024 budget expenditure fiscal 210",
        ],
    ),
    # … or what it takes in, without amounts
    (
        BUDGET
        + "收入包括：一般公共预算拨款、上年结转；支出包括：教育支出、卫生健康支出。某某局2024年收支总预算50.00万元。\n",
        ["50.00: 2024 budget sources"],
    ),
    # the agency with the place that its title leaves out
    (FINAL + "青禾省云渡市某某县某某局2024年度“三公”经费支出决算为5.00万元。\n", ["5.00: 2024 final three_public"]),
    # the sum of two is neither of them
    (BUDGET + "2024年基本支出和项目支出共计50.00万元。\n", []),
    # what pays for it is no amount of the whole
    (
        BUDGET + "2024年支出预算50.00万元，其中：上年结转资金安排20.00万元。\n",
        ["50.00: 2024 budget expenditure"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), CASES, ids=[text.split("\n")[2][:24] for text, _ in CASES])
def test_what_a_sentence_says_is_tied_to_what_it_says_it_of(text: str, expected: list[str]) -> None:
    assert heard(read(text)) == expected


@pytest.mark.parametrize(
    ("title", "agency"),
    [
        ("2024年某某省某某厅一般公共预算财政拨款“三公”经费支出决算情况说明", "某某省某某厅"),
        ("某某县某某局2024年“三公”经费预算情况", "某某县某某局"),
        ("2024年某某市某某局政府性基金预算公开", "某某市某某局"),
    ],
)
def test_a_title_that_names_a_fund_or_three_public(title: str, agency: str) -> None:
    assert read(title + "\n\n公务接待费5.00万元。\n").agency == agency
