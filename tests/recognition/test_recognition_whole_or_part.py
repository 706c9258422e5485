"""其中A…，B…，同比增加X，增长Y%: the figures tell whether the whole or the last part is compared."""

from __future__ import annotations

import pytest
from recognition_samples import HEAD, read

from mingzhang.cube import Disclosure
from mingzhang.cube.point import Point

LIST = "2024年支出预算{}万元，其中：基本支出{}万元{}项目支出{}万元，{}。\n"


def compared(disclosure: Disclosure) -> list[tuple[str, str, str]]:
    """Every claim: the amount it is said of, its figure, and the nature of the amount it is held against."""
    observed = disclosure.observations
    found = []
    for claim in disclosure.claims:
        assert isinstance(claim.left, int)
        assert isinstance(claim.right, Point)
        figure = observed[claim.figure]
        assert figure.point.nature == claim.right.nature == observed[claim.left].point.nature
        found.append((observed[claim.left].amount.printed, figure.amount.printed, claim.right.nature or ""))
    return found


def sentence(*words: str) -> Disclosure:
    return read(HEAD + LIST.format(*words))


def test_the_figures_fit_the_whole() -> None:
    told = compared(sentence("60.00", "40.00", "，", "20.00", "同比增加10.00万元，增长20.0%"))
    assert told == [("60.00", "10.00", ""), ("60.00", "20.0", "")]


def test_the_figures_fit_the_last_part() -> None:
    told = compared(sentence("60.00", "40.00", "，", "20.00", "同比增加4.00万元，增长25.0%"))
    assert told == [("20.00", "4.00", "project"), ("20.00", "25.0", "project")]


@pytest.mark.parametrize("words", ["同比增加7.00万元，增长3.0%", "同比增加7.00万元", "同比增长3.0%", "与上年持平"])
def test_figures_that_do_not_tell_are_tied_to_nothing(words: str) -> None:
    disclosure = sentence("60.00", "40.00", "，", "20.00", words)
    assert compared(disclosure) == []
    assert {"60.00", "40.00", "20.00"} == {each.amount.printed for each in disclosure.observations}
    assert [each.printed for each in disclosure.unread if each.kind == "amount"]


def test_figures_that_fit_both_are_tied_to_nothing() -> None:
    assert compared(sentence("60.00", "0.00", "，", "60.00", "同比增加10.00万元，增长20.0%")) == []


def test_behind_a_semicolon_it_is_the_last_part_unless_only_the_whole_fits() -> None:
    assert compared(sentence("60.00", "40.00", "；", "20.00", "同比增加7.00万元")) == [("20.00", "7.00", "project")]
    told = compared(sentence("60.00", "40.00", "；", "20.00", "同比增加10.00万元，增长20.0%"))
    assert told == [("60.00", "10.00", ""), ("60.00", "20.0", "")]


def test_parts_that_are_compared_one_by_one() -> None:
    told = compared(sentence("60.00", "40.00", "，同比增加1.00万元，", "20.00", "同比增加7.00万元"))
    assert told == [("40.00", "1.00", "basic"), ("20.00", "7.00", "project")]


def test_two_amounts_of_one_part_are_one_part() -> None:
    text = (
        "2024年“三公”经费支出决算9.00万元，其中：公务接待费年初预算2.00万元，支出决算1.00万元，比上年减少3.00万元。\n"
    )
    disclosure = read("某某县某某局2024年度部门决算公开\n\n" + text)
    (claim,) = disclosure.claims
    assert isinstance(claim.left, int)
    assert disclosure.observations[claim.left].amount.printed == "1.00"


def test_a_bracket_divides_a_part_and_leaves_the_others_compared() -> None:
    text = (
        "2024年“三公”经费支出预算9.00万元，其中：因公出国（境）费1.00万元，比上年减少1.00万元，公务用车购置及运行维护费"
        "6.00万元（其中：公务用车购置费4.00万元，公务用车运行维护费2.00万元），比上年增加2.00万元。\n"
    )
    first, second = read(HEAD + text).claims
    assert isinstance(second.right, Point)
    assert second.right.topic == "vehicle"
    assert isinstance(first.right, Point)
    assert first.right.topic == "abroad"
