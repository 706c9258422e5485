"""Digits among words: letters that look like them, and several looks at one line."""

from __future__ import annotations

import pytest

from mingzhang.documents.scan.engine import Character
from mingzhang.documents.scan.numbers import text_of
from mingzhang.documents.scan.wording import agreed_in_words, is_doubtful_in_words, with_digits


def read(text: str, sure: float = 0.99, **unsure: float) -> list[Character]:
    """A line of which some characters, by name ``at3``, are less sure."""
    return [Character(c, unsure.get(f"at{n}", sure), n / len(text)) for n, c in enumerate(text)]


@pytest.mark.parametrize(
    ("shown", "meant"), [("在2O26年", "在2026年"), ("S0999-其他", "50999-其他"), ("2o26", "2026"), ("20l25", "20125")]
)
def test_the_one_letter_of_a_row_of_digits_is_the_digit_it_looks_like_and_never_sure(shown: str, meant: str) -> None:
    mended = with_digits(read(shown))
    assert text_of(mended) == meant
    (changed,) = [n for n, (a, b) in enumerate(zip(shown, meant, strict=True)) if a != b]
    assert mended[changed].probability <= 0.5
    assert mended[changed].others[0] == (shown[changed], 0.99)


@pytest.mark.parametrize("text", ["G20峰会", "O2O平台", "5G", "AB12", "2A26", "11000022S000000450100", "2SO1"])
def test_names_identifiers_and_letters_like_no_digit_stay(text: str) -> None:
    assert text_of(with_digits(read(text))) == text


def test_a_line_of_words_is_doubtful_for_its_digits_only() -> None:
    assert is_doubtful_in_words(read("共39个", at1=0.7))
    assert not is_doubtful_in_words(read("共39个", at0=0.2, at3=0.2))
    assert not is_doubtful_in_words(read("39.00", at1=0.2))


def test_most_looks_decide_and_what_they_differ_on_is_not_sure() -> None:
    looks = [read("共36个", 0.97), read("共39个", 0.8), read("其39个", 0.9)]
    found = agreed_in_words(looks)
    assert text_of(found) == "其39个"
    assert {c.probability for c in found if c.char.isdigit()} == {2 / 3}
    same = [read("共39个", 0.8), read("共39个", 0.9)]
    assert agreed_in_words(same) == tuple(same[1])


def test_a_digit_is_lost_more_easily_than_seen_where_none_is() -> None:
    looks = [read("共39个", 0.8), read("共9个", 0.9), read("共9个", 0.9)]
    found = agreed_in_words(looks)
    assert text_of(found) == "共39个"
    assert max(c.probability for c in found if c.char.isdigit()) == pytest.approx(1 / 3)
