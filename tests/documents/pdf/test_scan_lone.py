"""A lone character in a column of numbers is what it may be of one."""

from __future__ import annotations

import pytest

from mingzhang.documents.scan.engine import Character
from mingzhang.documents.scan.lone import in_columns_of_numbers, is_number_by_itself, taken_for_figures
from mingzhang.documents.scan.numbers import text_of

TARGETS, SIGNS = (10, 60), (0, 10)


def read(text: str, sure: float) -> list[Character]:
    return [Character(c, sure, n / len(text)) for n, c in enumerate(text)]


def among(texts: list[str], columns: list[tuple[int, int] | None], sure: float = 0.9) -> list[int]:
    return in_columns_of_numbers([read(text, sure) for text in texts], columns)


@pytest.mark.parametrize("text", ["S", "$", "", "ll", "»"])
def test_what_is_no_number_among_numbers_is_looked_at_as_one(text: str) -> None:
    assert among(["100", "95", text, "3"], [TARGETS] * 4) == [2]


@pytest.mark.parametrize("text", ["优", "长期", "%", "-", "—", "≥", "abc", "7"])
def test_grades_signs_words_and_numbers_are_not(text: str) -> None:
    assert among(["100", "95", text, "3"], [TARGETS] * 4) == []


def test_a_chinese_character_is_looked_at_as_a_number_only_if_it_is_hardly_one() -> None:
    assert among(["100", "95", "治", "3"], [TARGETS] * 4, 0.2) == [2]
    assert among(["100", "95", "治", "3"], [TARGETS] * 4, 0.8) == []
    assert among(["100", "95", "年以内", "3"], [TARGETS] * 4, 0.2) == []


def test_no_column_or_one_of_few_numbers_tells_nothing() -> None:
    assert among(["100", "95", "S", "3"], [None] * 4) == []
    assert among(["100", "95", "S", "3"], [TARGETS, TARGETS, TARGETS, SIGNS]) == []
    assert among(["1", "2", "3", "S", "优", "良", "中"], [TARGETS] * 7) == []


def test_it_is_a_number_only_where_that_is_likely_and_never_a_sure_one() -> None:
    found = taken_for_figures(read("S", 0.5), read("5", 0.95))
    assert text_of(found) == "5"
    assert found[0].probability <= 0.6
    assert text_of(taken_for_figures(read("S", 0.5), read("5", 0.1))) == "S"
    assert text_of(taken_for_figures(read("S", 0.5), [])) == "S"
    assert text_of(taken_for_figures(read("S", 0.5), read("-", 0.9))) == "S"


def test_ink_that_nothing_took_for_text_is_kept_only_if_it_is_surely_a_number() -> None:
    assert is_number_by_itself(read("7", 0.95), 0.9)
    assert is_number_by_itself(read("— 12 —", 0.95), 0.9)
    assert not is_number_by_itself(read("— 12 —", 0.85), 0.9)
    assert not is_number_by_itself(read("—", 0.99), 0.9)
    assert not is_number_by_itself(read("7", 0.85), 0.9)
    assert not is_number_by_itself(read("印", 0.99), 0.9)
    assert not is_number_by_itself([], 0.9)
