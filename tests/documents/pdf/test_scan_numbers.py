"""What several looks at a line of figures agree on, and what else a number may be."""

from __future__ import annotations

import pytest

from mingzhang.cube.source import Scan
from mingzhang.documents.scan.columns import Shape
from mingzhang.documents.scan.engine import Character
from mingzhang.documents.scan.numbers import (
    Recognised,
    agreed,
    at_most_as_formed,
    confidence,
    is_doubtful,
    lacks_ink,
    others_like,
    others_of,
    taken_for,
)


def look(text: str, probability: float = 0.99, others: tuple[tuple[str, float], ...] = ()) -> list[Character]:
    return [Character(char, probability, (n + 0.5) / len(text), others) for n, char in enumerate(text)]


def test_sure_well_formed_figures_need_no_second_look() -> None:
    assert not is_doubtful(look("1,482.34"))
    assert is_doubtful(look("1,482.34", 0.7))
    assert is_doubtful(look("1.482.34"))
    assert not is_doubtful(look("工资福利支出", 0.4))


def test_the_well_formed_reading_wins_then_the_commonest() -> None:
    assert agreed([look("6.481.4"), look("6,481.41"), look("6,481.47", 0.999)]).text == "6,481.47"
    assert agreed([look("8.00", 0.999), look("3.00", 0.8), look("3.00", 0.8)]).text == "3.00"


def test_what_looks_differ_on_is_not_sure() -> None:
    reading = agreed([look("8.00"), look("3.00"), look("3.00"), look("3.00")])
    assert confidence(reading.characters) == 0.75
    assert reading.others == ("8.00",)


def test_of_equal_digits_side_by_side_none_is_lost() -> None:
    assert lacks_ink(look("50.0"), 5)
    assert not lacks_ink(look("50.0"), 4)
    assert not lacks_ink(look("合计"), 9)
    assert agreed([look("50.0"), look("50.0"), look("50.00")], 5).text == "50.00"
    assert confidence(agreed([look("50.0"), look("50.0")], 5).characters) > 0.98  # a broken character
    lost = agreed([look("50.0"), look("50.0"), look("5.0")], 5)
    assert lost.text == "50.0"
    assert confidence(lost.characters) < 0.9


def test_points_that_part_thousands_are_commas() -> None:
    assert agreed([look("6.481.41")]).text == "6,481.41"
    assert agreed([look("19,230,18")]).text == "19,230.18"
    assert agreed([look("2026.1.5")]).text == "2026.1.5"


def test_others_are_well_formed_and_ordered_by_chance() -> None:
    characters = [*look("1"), Character("8", 0.6, 0.5, (("3", 0.3), ("", 0.05), ("8,", 0.04))), *look(".5")]
    assert others_of(characters) == ("13.5", "1.5")


@pytest.mark.parametrize("text", ["1,234.56", "1234", "(1,000.00)", "-3.5", "95%", "0.00", "教育支出", "2101101", ""])
def test_a_number_as_numbers_are_formed_is_as_sure_as_it_was_read(text: str) -> None:
    assert at_most_as_formed(text, 0.99) == 0.99
    assert at_most_as_formed(text, 0.3) == 0.3


@pytest.mark.parametrize("text", ["1,23.4", "12.3.4", "1,2345", ",123", "1..5", "12,"])
def test_a_number_of_another_form_is_doubtful_however_sure_its_characters(text: str) -> None:
    assert Scan(at_most_as_formed(text, 0.999)).is_doubtful


def test_what_else_a_number_may_be_is_formed_as_numbers_are_and_as_its_column_is() -> None:
    line = Recognised(tuple(look("5036.95")), ("5036.95", "5,036.95", "5036.9.5", "6036.9", "9036.95"))
    assert others_like(line, Shape(decimals=2)) == ["5,036.95", "9036.95"]
    assert others_like(line) == ["5,036.95", "6036.9", "9036.95"]


def test_a_number_taken_for_another_is_not_sure_and_keeps_what_it_was_read_as() -> None:
    line = Recognised(tuple(look("5036.95")), ("15036.95", "9036.95"))
    same = taken_for(line, "9036.95")
    assert same.text == "9036.95"
    assert same.others == ("5036.95", "15036.95")
    assert [c.at for c in same.characters] == [c.at for c in line.characters]
    longer = taken_for(line, "15036.95")
    assert longer.text == "15036.95"
    assert confidence(longer.characters) < 0.95
    ends = longer.characters[0].at, longer.characters[-1].at
    assert ends == pytest.approx((line.characters[0].at, line.characters[-1].at), abs=1e-3)
