"""Identifiers: a letter stays among their digits, looks at them vote, and those of one page are formed alike."""

from __future__ import annotations

import pytest

from mingzhang.cube.source import LOW_CONFIDENCE
from mingzhang.documents.scan.engine import Character
from mingzhang.documents.scan.identifiers import formed_alike, is_identifier
from mingzhang.documents.scan.numbers import agreed, confidence, is_doubtful, text_of


def line(text: str, probability: float = 0.99) -> tuple[Character, ...]:
    return tuple(Character(char, probability, (n + 0.5) / len(text)) for n, char in enumerate(text))


@pytest.mark.parametrize("text", ["11000022T000000450100", "110000221000000450100", "31011525Y00004"])
def test_identifiers(text: str) -> None:
    assert is_identifier(text)


@pytest.mark.parametrize(
    "text", ["2080505", "1,234,567,890.12", "123456789012.50", "T11000022000000", "2026年01月01日12时30分"]
)
def test_no_identifiers(text: str) -> None:
    assert not is_identifier(text)


def test_an_unsure_identifier_is_looked_at_again_and_the_looks_vote() -> None:
    first = line("11000022100000045", 0.9)
    assert is_doubtful(first)
    looks = [first, line("11000022T00000045", 0.7), line("11000022T00000045", 0.7)]
    read = agreed(looks)
    assert read.text == "11000022T00000045"
    assert read.others == ("11000022100000045",)
    assert confidence(read.characters) <= 2 / 3


def test_a_letter_that_most_show_is_that_of_the_others_and_never_sure() -> None:
    lines = [line("11000022T000000455794"), line("11000022T000000457160"), line("110000221000000450329"), line("1.00")]
    alike = formed_alike(lines)
    assert [text_of(characters) for characters in alike] == [
        "11000022T000000455794",
        "11000022T000000457160",
        "11000022T000000450329",
        "1.00",
    ]
    assert alike[2][8].probability < LOW_CONFIDENCE
    assert alike[2][8].others == (("1", 0.99),)
    assert alike[0] == lines[0]


@pytest.mark.parametrize(
    "others", [["110000221000000457160"], ["11000022Y000000457160", "11000022Y000000457163"], ["110000T21000000457160"]]
)
def test_one_alone_or_two_letters_tell_nothing_of_the_rest(others: list[str]) -> None:
    lines = [line("11000022T000000455794"), *map(line, others), line("110000221000000450329")]
    assert formed_alike(lines) == lines
