"""What sentences claim of two amounts, in the turns of phrase of many provinces; every sentence is made up."""

from __future__ import annotations

import pytest
from recognition_samples import HEAD, read

from mingzhang.cube import Disclosure
from mingzhang.cube.claim import Operand
from mingzhang.cube.point import Point

FINAL_HEAD = "某某县某某局2024年度部门决算公开\n\n"
Told = tuple[str, str, str, str]  # kind, printed figure with its sign, left, right


def told(disclosure: Disclosure) -> list[Told]:
    """Every claim; an operand is the figure it stands at, or year and stage where only the point is named."""

    def operand(side: Operand) -> str:
        if isinstance(side, Point):
            words = [str(side.year), side.stage or "", side.fund or "", side.nature or "", side.topic or ""]
            return " ".join(word for word in words if word)
        return disclosure.observations[side].amount.printed

    return [
        (
            claim.kind,
            f"{'-' if disclosure.observations[claim.figure].amount.value < 0 else ''}"
            f"{disclosure.observations[claim.figure].amount.printed}",
            operand(claim.left),
            operand(claim.right),
        )
        for claim in disclosure.claims
    ]


SHARES: list[tuple[str, list[Told]]] = [
    # a list below the sum that it divides, by two classifications; the members of one are no whole of the other
    (
        "（一）支出预算情况\n某某局2024年支出预算500.00万元。\n1.按功能分类，包括教育支出300.00万元、卫生健康支出200.00万元。\n"
        "2.按用途分类，包括人员支出350.00万元，占70.0%；日常公用支出50.00万元，占10.0%；项目支出100.00万元，占20.0%。\n",
        [
            ("share", "70.0", "350.00", "500.00"),
            ("share", "10.0", "50.00", "500.00"),
            ("share", "20.0", "100.00", "500.00"),
        ],
    ),
    # 占本年支出合计的
    (
        "本年支出合计200.00万元，其中：基本支出150.00万元，占本年支出合计的75.00%；项目支出50.00万元，占25.00%。\n",
        [("share", "75.00", "150.00", "200.00"), ("share", "25.00", "50.00", "200.00")],
    ),
    # 比重 and 比例
    (
        "支出预算200.00万元，其中：基本支出150.00万元，占总支出的比重为75.00%。\n",
        [("share", "75.00", "150.00", "200.00")],
    ),
    # a neighbour in the list is no whole
    ("（一）支出情况\n1.基本支出30.00万元。\n2.项目支出20.00万元，占40.00%。\n", []),
]

COMPLETIONS: list[tuple[str, list[Told]]] = [
    (
        "财政拨款支出年初预算为100.00万元，支出决算为98.00万元，完成年初预算的98.00%。\n",
        [("completion", "98.00", "98.00", "100.00")],
    ),
    (
        "公务接待费支出年初预算2.00万元，支出决算1.00万元，完成预算的50.00%。\n",
        [("completion", "50.00", "1.00", "2.00")],
    ),
]


# In the manner of: a budget of Chongqing, Hunan, Guangdong, Sichuan, Beijing, Shandong, Henan, Zhejiang, Hubei, Shaanxi.
BUDGETS: list[tuple[str, list[Told]]] = [
    (
        "2024年度部门收入预算100.00万元，较上年执行数减少20.00万元，下降16.67%，主要原因是项目减少。",
        [("change", "-20.00", "100.00", "2023 executed"), ("change_rate", "-16.67", "100.00", "2023 executed")],
    ),
    (
        "2024年一般公共预算财政拨款支出100.00万元，同比下降16.67%。",
        [("change_rate", "-16.67", "100.00", "2023 budget general")],
    ),
    (
        "支出总计100.00万元。与2023年预算相比，增加20.00万元，增长25.00%。增长主要原因是人员增加。",
        [("change", "20.00", "100.00", "2023 budget"), ("change_rate", "25.00", "100.00", "2023 budget")],
    ),
    (
        "2024年“三公”经费预算5.00万元，比上年减少1.00万元，下降16.67%，其中：因公出国（境）费0万元，与上年持平；"
        "公务接待费1.00万元，比上年减少1.00万元，降低50%；公务用车购置及运行费4.00万元，与上年持平。",
        [
            ("change", "-1.00", "5.00", "2023 budget three_public"),
            ("change_rate", "-16.67", "5.00", "2023 budget three_public"),
            ("change", "持平", "0", "2023 budget abroad"),
            ("change", "-1.00", "1.00", "2023 budget reception"),
            ("change_rate", "-50", "1.00", "2023 budget reception"),
            ("change", "持平", "4.00", "2023 budget vehicle"),
        ],
    ),
    (
        "2024年支出预算总数100万元，比上年预算数80万元增加20万元，增长25%。",
        [("change", "20", "100", "80"), ("change_rate", "25", "100", "80")],
    ),
    (
        "2024年支出预算100万元，较2023年预算数80万元增加20万元。",
        [("change", "20", "100", "80")],
    ),
    (
        "支出预算100万元，较上年决算数90万元增长11.11%。",
        [("change_rate", "11.11", "100", "90")],
    ),
    (
        "2024年预算收入总额为100万元，较2023年预算减少20万元，减幅16.67%。",
        [("change", "-20", "100", "2023 budget"), ("change_rate", "-16.67", "100", "2023 budget")],
    ),
    (
        "（一）收入预算总体情况\n2024年收入预算为100.00万元，较上年增加20.00万元，增长25.00%。"
        "其中：一般公共预算拨款收入90.00万元，占收入预算的90.00%；事业收入10.00万元，占收入预算的10.00%。",
        [
            ("change", "20.00", "100.00", "2023 budget"),
            ("change_rate", "25.00", "100.00", "2023 budget"),
            ("share", "90.00", "90.00", "100.00"),
            ("share", "10.00", "10.00", "100.00"),
        ],
    ),
    (
        "政府采购预算30.00万元，其中：货物10.00万元，占33.33%；服务20.00万元，占66.67%。",
        [("share", "33.33", "10.00", "30.00"), ("share", "66.67", "20.00", "30.00")],
    ),
    (
        "培训费支出预算2.00万元，较上年压减1.00万元，压减33.33%。",
        [
            ("change", "-1.00", "2.00", "2023 budget training"),
            ("change_rate", "-33.33", "2.00", "2023 budget training"),
        ],
    ),
]

# Final accounts in the manner of Jiangsu, Fujian, Hebei, Anhui, Jiangxi, Guangxi, Yunnan, Liaoning.
FINALS: list[tuple[str, list[Told]]] = [
    (
        "2024年度收入总计100.00万元、支出总计100.00万元，与2023年度决算数相比，收、支总计各增加20.00万元，增长25.00%。",
        [("change", "20.00", "100.00", "2023 final"), ("change_rate", "25.00", "100.00", "2023 final")],
    ),
    (
        "2024年度收、支总计100.00万元。与上年度相比，收、支总计各减少20.00万元，下降16.67%。",
        [("change", "-20.00", "100.00", "2023 final"), ("change_rate", "-16.67", "100.00", "2023 final")],
    ),
    (
        "2024年度财政拨款支出年初预算为80.00万元，支出决算为100.00万元，完成年初预算的125.00%。",
        [("completion", "125.00", "100.00", "80.00")],
    ),
    (
        "社会保障和就业支出（类）行政事业单位养老支出（款）行政单位离退休（项）。年初预算为10.00万元，支出决算为8.00万元，"
        "完成年初预算的80.00%，决算数小于年初预算数的主要原因是人员减少。",
        [("completion", "80.00", "8.00", "10.00")],
    ),
    (
        "2024年度“三公”经费财政拨款支出预算为5.00万元，支出决算为4.00万元，完成预算的80.00%，较上年减少1.00万元，下降20.00%。",
        [
            ("completion", "80.00", "4.00", "5.00"),
            ("change", "-1.00", "4.00", "2023 final three_public"),
            ("change_rate", "-20.00", "4.00", "2023 final three_public"),
        ],
    ),
    (
        "公务接待费支出决算1.00万元，占“三公”经费支出决算总额的25.00%。",
        [("share", "25.00", "1.00", "2024 final three_public")],
    ),
    (
        "公务用车运行维护费支出3.00万元，完成全年预算的100.00%，比上年决算数减少0.50万元，下降14.29%。",
        [
            ("completion", "100.00", "3.00", "2024 adjusted vehicle_running"),
            ("change", "-0.50", "3.00", "2023 final vehicle_running"),
            ("change_rate", "-14.29", "3.00", "2023 final vehicle_running"),
        ],
    ),
    (
        "2024年度一般公共预算财政拨款支出年初预算为80.00万元，调整预算为110.00万元，支出决算为100.00万元，完成调整预算的90.91%。",
        [("completion", "90.91", "100.00", "110.00")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), BUDGETS)
def test_what_budgets_claim(text: str, expected: list[Told]) -> None:
    assert told(read(HEAD + text + "\n")) == expected


@pytest.mark.parametrize(("text", "expected"), FINALS)
def test_what_final_accounts_claim(text: str, expected: list[Told]) -> None:
    assert told(read(FINAL_HEAD + text + "\n")) == expected


def test_what_is_compared_first_is_of_this_year() -> None:
    (observation,) = read(HEAD + "与上年相比项目支出20.00万元。\n").observations
    assert observation.point.year == 2024


@pytest.mark.parametrize(("text", "expected"), SHARES)
def test_what_a_share_is_of(text: str, expected: list[Told]) -> None:
    assert told(read(HEAD + text)) == expected


@pytest.mark.parametrize(("text", "expected"), COMPLETIONS)
def test_what_is_completed_of_what(text: str, expected: list[Told]) -> None:
    assert told(read(FINAL_HEAD + text)) == expected


def test_after_the_parts_the_whole_is_compared_again() -> None:
    text = (
        "（一）收入预算。2024年年初预算数100.00万元，其中：一般公共预算拨款80.00万元，事业收入20.00万元；"
        "收入比2023年增加10.00万元。\n"
    )
    assert told(read(HEAD + text)) == [("change", "10.00", "100.00", "2023 budget")]


def test_the_items_of_a_divided_nature_are_parts_of_it() -> None:
    text = "（一）基本支出。基本支出预算100.00万元。\n（二）项目支出。项目支出预算60.00万元。其中：\n1.事业单位经营支出5.00万元。\n"
    read_as = {o.amount.printed: o.point for o in read(HEAD + text).observations}
    assert "5.00" not in read_as
    assert read_as["60.00"].nature == "project"


@pytest.mark.parametrize(
    ("subject", "expected"),
    [
        (
            "社会保障和就业支出（类）抚恤（款）在乡复员、退伍军人生活补助（项）",
            {"flow": "expenditure", "function": "2080803"},
        ),
        (
            "1.一般公共服务支出（类）财政事务（款）行政运行（项）一般公共预算财政拨款支出",
            {"flow": "expenditure", "function": "2010601", "fund": "general"},
        ),
    ],
)
def test_the_point_of_a_path(subject: str, expected: dict[str, str]) -> None:
    found = [o.point for o in read(HEAD + subject + "12.00万元。\n").observations]
    assert [{name: point.get(name) for name in ("flow", "function", "fund") if point.get(name)} for point in found] == [
        expected
    ]


def test_a_reason_keeps_its_first_word() -> None:
    text = "1.“卫生健康支出（类）行政事业单位医疗（款）行政单位医疗（项）”2.00万元，比上年预算增加1.00万元，主要原因是其他项目增加。\n"
    (statement,) = [each for each in read(HEAD + text).statements if each.reason]
    assert statement.reason is not None
    assert statement.reason.text == "其他项目增加"
