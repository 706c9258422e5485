"""Slips of rows, units and blanks where little else speaks of them: named for what they are."""

from __future__ import annotations

import pytest
from reconciliation_samples import findings

SIDES = """表一 部门收支总表

单位：万元

收入\t\t支出\t
项目\t预算数\t项目\t预算数
一般公共预算拨款\t100.00\t社会保障和就业支出\t{a}
政府性基金预算拨款\t10.00\t卫生健康支出\t{b}
本年收入合计\t110.00\t本年支出合计\t110.00

"""
CLASSES = """表二 部门支出总表

单位：万元

科目编码\t科目名称\t合计\t基本支出\t项目支出
\t合计\t110.00\t50.00\t60.00
208\t社会保障和就业支出\t80.00\t30.00\t50.00
210\t卫生健康支出\t30.00\t20.00\t10.00
"""


def test_a_sound_pair_of_tables_is_silent() -> None:
    assert findings(SIDES.format(a="80.00", b="30.00") + CLASSES) == ()


def test_rows_of_one_side_are_exchanged_on_that_side() -> None:
    (finding,) = findings(SIDES.format(a="30.00", b="80.00") + CLASSES)
    assert finding.rule == "rows-exchanged"
    assert "社会保障和就业支出" in finding.message
    assert "卫生健康支出" in finding.message
    assert "一般公共预算拨款" not in finding.message


def test_the_lost_row_of_a_side_is_the_one_another_table_lists() -> None:
    text = SIDES.format(a="80.00", b="").replace("卫生健康支出\t", "\t") + CLASSES
    (finding,) = findings(text)
    assert finding.rule == "missing-row"
    assert "缺少“210 卫生健康支出”一行（其他表印为30.00）" in finding.message


@pytest.mark.parametrize(
    ("printed", "words"), [("", "似为漏填"), ("0.00", "似为漏填（误作零）"), ("300000.00", "似为单位错用")]
)
def test_a_cell_left_blank_or_nought_or_in_another_unit(printed: str, words: str) -> None:
    found = findings(SIDES.format(a="80.00", b=printed) + CLASSES)
    assert any(words in (suspect.slip or "") for finding in found for suspect in finding.suspects)


def test_a_figure_far_too_large_in_a_large_table_is_located() -> None:
    """Ninety rows that rounding explains, and one amount ten thousand times too large: beyond a float's digits."""
    rows = [(f"20801{k + 1:02d}", 100 * (k + 3) + k, 50 * (k + 1) + 2 * k) for k in range(90)]
    basic, project = sum(r[1] for r in rows), sum(r[2] for r in rows)

    def line(code: str, name: str, one: float, other: float, total: float) -> str:
        return f"{code}\t{name}\t{total / 100:.2f}\t{one / 100:.2f}\t{other / 100:.2f}"

    lines = ["表二 部门支出总表\n\n单位：万元\n", "科目编码\t科目名称\t合计\t基本支出\t项目支出"]
    lines.append(line("", "合计", basic, project, basic + project))
    lines.append(line("208", "社会保障和就业支出", basic, project, basic + project))
    lines.append(line("20801", "人力资源和社会保障管理事务", basic, project, basic + project))
    for number, (code, one, other) in enumerate(rows):
        # Every third total is a hundredth off, as rounding leaves it.
        wrong = 10_000 if number == 40 else 1
        lines.append(line(code, f"款{code}", one * wrong, other, one + other + (number % 3 == 0) - (number % 3 == 1)))
    found = findings("\n".join(lines) + "\n")
    suspects = [s for finding in found for s in finding.suspects]
    assert [s.slip for s in suspects] == ["似为单位错用（如元与万元）"]


def test_the_first_place_told_is_one_that_was_exchanged() -> None:
    """A reader looks at the first red box: the sum beside the exchanged columns is only what shows the slip."""
    rows = [line.split("\t") for line in CLASSES.splitlines()]
    table = "\n".join("\t".join([*r[:2], r[3], r[2], *r[4:]] if len(r) > 4 and "科目" not in r[0] else r) for r in rows)
    (finding,) = findings(SIDES.format(a="80.00", b="30.00") + table + "\n")
    assert finding.rule == "columns-exchanged"
    exchanged = [place.column in (3, 4) for place in finding.places]
    assert exchanged == sorted(exchanged, reverse=True)
    assert exchanged[0]


def test_other_errors_of_the_table_do_not_hide_exchanged_rows() -> None:
    """Rows exchanged in a table are judged by what speaks of these rows."""
    wrong = SIDES.replace("政府性基金预算拨款\t10.00", "政府性基金预算拨款\t15.00")
    assert [f.rule for f in findings(wrong.format(a="80.00", b="30.00") + CLASSES)] == ["sum"]
    found = findings(wrong.format(a="30.00", b="80.00") + CLASSES)
    assert sorted(f.rule for f in found) == ["rows-exchanged", "sum"]


CARRIED = """表三 部门收入总表

单位：万元

单位\t合计\t本年收入\t上年结转结余\t
\t\t\t一般公共预算资金\t政府性基金预算资金
合计\t150.00\t120.00\t{a}\t{b}

表四 财政拨款收支总表

单位：万元

收入\t\t支出\t
项目\t预算数\t项目\t预算数
本年收入合计\t120.00\t本年支出合计\t150.00
上年结转结余\t30.00\t\t
一、一般公共预算拨款\t20.00\t\t
二、政府性基金预算拨款\t10.00\t\t
收入总计\t150.00\t支出总计\t150.00
"""


def test_columns_of_one_table_or_rows_of_the_other() -> None:
    """Nothing tells which of the two is exchanged: both are told, and both are places to look at."""
    assert findings(CARRIED.format(a="20.00", b="10.00")) == ()
    (finding,) = findings(CARRIED.format(a="10.00", b="20.00"))
    assert finding.rule == "columns-exchanged"
    assert "，或表四《财政拨款收支总表》“一般公共预算拨款”与“政府性基金预算拨款”两行的数字互换了。" in finding.message
    assert len({place.table for place in finding.places}) == 2
