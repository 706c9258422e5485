"""What the recogniser's probabilities are read as: lines of digits hold nothing but what numbers are made of."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from mingzhang.documents.scan.engine import _NUMERIC, Character, Engine
from mingzhang.documents.scan.numbers import text_of

ALPHABET = ["blank", *"0123456789.,-()%≥≤><", "≧", "，", " ", "、", "元", "至", "T"]


def decoded(*steps: dict[str, float], numeric: bool = False) -> list[Character]:
    """Decodes one line; each step says which characters are how likely, the rest of it is blank."""
    engine: Any = object.__new__(Engine)
    engine._alphabet = [{"≧": "≥", "，": ","}.get(char, char) for char in ALPHABET]
    engine._numeric = [number for number, char in enumerate(engine._alphabet) if char in frozenset(_NUMERIC)]
    probabilities = np.zeros((2 * len(steps), len(ALPHABET)), dtype=np.float32)
    for place, step in enumerate(steps):
        probabilities[2 * place + 1, 0] = 1.0
        for char, chance in step.items():
            probabilities[2 * place, ALPHABET.index(char)] = chance
        probabilities[2 * place, 0] = 1.0 - sum(step.values())
    found: list[Character] = engine._decoded(probabilities, 1.0, numeric)
    return found


def sure(text: str) -> list[dict[str, float]]:
    return [{char: 0.999} for char in text]


@pytest.mark.parametrize(
    ("printed", "read"), [("≥95%", "≥95%"), ("≧95%", "≥95%"), (">1.00", ">1.00"), ("1，000", "1,000")]
)
def test_bounds_and_full_width_marks_are_of_numbers(printed: str, read: str) -> None:
    assert text_of(decoded(*sure(printed))) == read


def test_a_sure_character_of_no_number_stands_beside_digits() -> None:
    assert text_of(decoded(*sure("12345元"))) == "12345元"


def test_an_unsure_one_is_what_it_may_be_of_a_number() -> None:
    assert text_of(decoded(*sure("1234"), {"元": 0.5, "8": 0.3})) == "12348"


@pytest.mark.parametrize("speck", [" ", "、"])
def test_a_speck_among_digits_may_be_a_point(speck: str) -> None:
    read = decoded(*sure("23"), {speck: 0.7, ".": 0.01}, *sure("508000"))
    assert text_of(read) == "23508000"
    assert [character.others for character in read if not character.char] == [((".", 0.01),)]


def test_an_unsure_letter_among_the_digits_of_an_identifier_stays() -> None:
    assert text_of(decoded(*sure("11000022"), {"T": 0.5, "1": 0.3}, *sure("000000450100"))) == "11000022T000000450100"
    # In a short number, or one with a point, it is what it may be of a number.
    assert text_of(decoded(*sure("110"), {"T": 0.5, "1": 0.3}, *sure("0004"))) == "11010004"
    assert text_of(decoded(*sure("110000220"), {"T": 0.5, "1": 0.3}, *sure("000.45"))) == "1100002201000.45"


def test_a_line_read_as_a_number_shows_the_likeliest_digit_however_unlikely_it_is() -> None:
    line = [{"T": 0.6, "5": 0.3, "6": 0.1}, {"元": 0.5, "0": 0.4}]
    assert text_of(decoded(*line)) == "T元"
    found = decoded(*line, numeric=True)
    assert text_of(found) == "50"
    assert found[0].others == (("6", 0.25),)
