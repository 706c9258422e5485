"""Kinds of revenue and their document names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.classification import revenue_kind, revenue_rows
from mingzhang.cube import Point

NAMES = {
    (
        "general",
        "income",
    ): "一般公共预算财政拨款资金 一般公共预算拨款收入 一般公共预算资金 一般公共预算财政拨款收入 一般公共预算",
    (
        "gov_fund",
        "income",
    ): "政府性基金预算拨款收入 政府性基金预算财政拨款资金 政府性基金预算资金 政府性基金 政府性基金收入",
    (
        "state_capital",
        "income",
    ): "国有资本经营预算拨款收入 国有资本经营预算资金 国有资本经营预算财政拨款 国有资本经营预算",
    ("fiscal", "income"): "财政拨款收入 财政拨款资金 财政拨款",
    ("special_account", "income"): "财政专户管理资金 财政专户管理资金收入 财政专户管理资金（教育收费） 教育收费",
    ("own", "income"): "单位资金 单位资金收入",
    ("business", "income"): "事业收入 事业收入资金 事业收入（不含教育收费） 六、事业收入 6．事业收入",
    ("superior", "income"): "上级补助收入 上级补助收入资金",
    ("affiliated", "income"): "附属单位上缴收入 附属单位上缴收入资金",
    ("operating", "income"): "事业单位经营收入 事业单位经营收入资金 经营收入",
    ("other", "income"): "其他收入 其他收入资金 （十）其他收入",
    (
        None,
        "carried_in",
    ): "上年结转 上年结转结余 上年结转和结余 年初结转和结余 上年结余 上年结转收入 上年结转资金 加：上年结转",
    ("general", "carried_in"): "上年一般公共预算拨款结转 一般公共预算财政拨款上年结转 上年结转（一般公共预算）",
    ("fiscal", "carried_in"): "年初财政拨款结转和结余 上年财政拨款资金结转",
    (None, "balance_used"): "用事业基金弥补收支差额 使用非财政拨款结余 使用非财政拨款结余（含专用结余） 使用专用结余",
}
PAIRS = [(name, Point(fund=fund, flow=flow)) for (fund, flow), names in NAMES.items() for name in names.split()]


@pytest.mark.parametrize(("name", "point"), PAIRS)
def test_names_of_documents(name: str, point: Point) -> None:
    assert revenue_kind(name) == point


@pytest.mark.parametrize(
    "name",
    [
        "",
        "本年收入合计",
        "收入总计",
        "结转下年",
        "年末结转和结余",
        "其他资金",
        "事业",
        "税收收入",
        "一般公共服务支出",
        "事业收入（x）",
    ],
)
def test_what_is_no_kind_of_revenue(name: str) -> None:
    assert revenue_kind(name) is None


def test_the_grammar_agrees_with_every_gathered_kind() -> None:
    told = [row for row in revenue_rows() if row.point is not None]
    assert len(told) == 19
    for row in told:
        assert revenue_kind(row.name) == row.point, row


@given(st.sampled_from(PAIRS), st.data())
def test_whitespace_and_width_change_nothing(pair: tuple[str, Point], data: st.DataObject) -> None:
    name, point = pair
    at = data.draw(st.integers(0, len(name)))
    spaced = name[:at] + data.draw(st.sampled_from([" ", "\n", "\u3000", "\u00a0"])) + name[at:]
    assert revenue_kind(spaced.replace("（", "(").replace("）", ")")) == point


@given(st.text(alphabet="一般公共预算财政拨款资金收入上年结转和余事业单位经营其他(基金)、：", max_size=40))
def test_any_text_is_answered(text: str) -> None:
    found = revenue_kind(text)
    assert found is None or set(found.named()) <= {"fund", "flow", "measure"}
