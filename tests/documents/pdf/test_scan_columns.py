"""What the numbers of a column have in common, and what it says of one that does not share it."""

from __future__ import annotations

import pytest

from mingzhang.documents.scan.columns import NO_SHAPE, Shape, shapes_of
from mingzhang.documents.scan.engine import Character
from mingzhang.documents.scan.numbers import agreed, confidence, is_doubtful

COLUMN = ["合计", "1,482.34", "36.90", "0.05", "23508"]
Others = dict[int, tuple[tuple[str, float], ...]]


def look(text: str, probability: float = 0.99, others: Others | None = None) -> list[Character]:
    return [
        Character("" if char == "_" else char, probability, (n + 0.5) / len(text), (others or {}).get(n, ()))
        for n, char in enumerate(text)
    ]


def test_the_decimals_of_most_numbers_are_those_of_the_column() -> None:
    texts = [*COLUMN, "2010301", "208", "2080501", "20805", "2026"]
    columns = ["a"] * len(COLUMN) + ["b"] * 4 + [None]
    shapes = shapes_of(texts, columns)
    assert shapes[: len(COLUMN)] == [Shape(2)] * len(COLUMN)
    assert shapes[len(COLUMN) :] == [NO_SHAPE] * 5


def test_signs_of_percent_are_usual_where_some_are_seen() -> None:
    assert shapes_of(["95%", "1005", "90%", "100%", "805"], ["a"] * 5)[0].share


@pytest.mark.parametrize("text", ["1,482.34", "0.00", "-3.50", "(1,000.00)", "0", "11"])
def test_numbers_of_hundredths(text: str) -> None:
    assert Shape(2).fits(text)


@pytest.mark.parametrize("text", ["148234", "1,482.3", "1.482.34", "0.054", "一"])
def test_no_numbers_of_hundredths(text: str) -> None:
    assert not Shape(2).fits(text)
    assert NO_SHAPE.fits("148234")


def test_a_number_that_is_not_as_its_column_is_looked_at_again() -> None:
    assert is_doubtful(look("23508"), Shape(2))
    assert not is_doubtful(look("23508"))
    assert not is_doubtful(look("235.08"), Shape(2))


def test_marks_are_told_apart_by_the_decimals_of_the_column() -> None:
    assert agreed([look("1.237.100000")], shape=Shape(6)).text == "1,237.100000"
    assert agreed([look("1,526,011400")], shape=Shape(6)).text == "1,526.011400"
    assert agreed([look("1,526,011")], shape=NO_SHAPE).text == "1,526,011"


def test_the_look_that_fits_the_column_wins() -> None:
    assert agreed([look("23508"), look("23508"), look("235.08", 0.97)], shape=Shape(2)).text == "235.08"


def test_what_no_look_read_is_looked_for_among_what_they_considered_and_is_never_sure() -> None:
    lost = look("235_08", others={3: ((".", 0.01),)})
    found = agreed([lost], shape=Shape(2))
    assert found.text == "235.08"
    assert confidence(found.characters) <= 0.9
    assert found.others == ("23508",)
    percent = agreed([look("1005", others={3: (("%", 0.02), ("1", 0.1))})], shape=Shape(share=True))
    assert percent.text == "100%"


def test_what_does_not_fit_and_cannot_be_mended_is_doubtful() -> None:
    kept = agreed([look("23508"), look("23508")], shape=Shape(2))
    assert kept.text == "23508"
    assert confidence(kept.characters) <= 0.9


def test_looks_that_agree_are_as_sure_as_they_are_on_the_whole() -> None:
    assert confidence(agreed([look("54.95", 0.99), *[look("54.95", 0.75)] * 4]).characters) < 0.95
    assert confidence(agreed([look("54.95", 0.99), *[look("54.95", 0.92)] * 4]).characters) > 0.95
