"""The same content is the same observations, whatever kind of file it is in and whoever printed it."""

from __future__ import annotations

import tempfile
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from mingzhang.cube import Disclosure
from mingzhang.documents import open_document
from mingzhang.recognition import recognise
from same_content import (
    CODES,
    SHAPES,
    WRITERS,
    Content,
    Ledger,
    Spent,
    fonts,
    soffice,
    write_libreoffice,
    write_reportlab,
    write_txt,
    write_typst,
)

Seen = Counter[tuple[Any, ...]]
AMOUNTS = st.integers(0, 9_000_000).map(lambda amount: amount * 100)
LEDGERS = st.sets(st.sampled_from(CODES), min_size=1).flatmap(
    lambda codes: st.tuples(*[st.builds(Spent, st.just(code), AMOUNTS, AMOUNTS) for code in sorted(codes)])
)


def ledger(*amounts: int) -> Ledger:
    pairs = zip(amounts[::2], amounts[1::2], strict=True)
    return [Spent(code, basic, project) for code, (basic, project) in zip(CODES, pairs, strict=False)]


PLAIN = ledger(39_400_000, 1_230_000, 5_112_300, 40_000, 3_870_000, 205_700)
LARGE_AND_SMALL = ledger(1_234_567_800, 0, 99_900, 100, 0, 100, 100, 0, 0, 0, 700, 500, 0, 0, 88_888_800, 12_300)
NOUGHT = ledger(0, 0, 0, 0, 0, 0)


def disclosed(write: Callable[[Content, Path], None], content: Content, place: Path) -> Disclosure:
    write(content, place)
    return recognise(open_document(place))


def seen(disclosure: Disclosure) -> Seen:
    """Points, exact amounts and quanta; a blank cell says as much as a printed zero of its table."""
    found: list[tuple[Any, ...]] = []
    for observation in disclosure.observations:
        amount = observation.amount
        exact: tuple[Decimal, Decimal] = (amount.fen, amount.quantum)
        found.append((tuple(sorted(observation.point.named().items(), key=str)), observation.origin, *exact))
    return Counter(found)


def assert_same(first: Disclosure, second: Disclosure) -> None:
    only_first, only_second = seen(first) - seen(second), seen(second) - seen(first)
    assert (only_first, only_second) == (Counter(), Counter())
    assert [item.printed for item in second.unread if item.kind == "amount"] == []


@pytest.mark.parametrize("shape", SHAPES)
def test_the_content_is_read_at_all(shape: str, tmp_path: Path) -> None:
    """Every amount of the tables is an observation: no two readings agree on having read nothing."""
    content = SHAPES[shape](PLAIN)
    disclosure = disclosed(write_txt, content, tmp_path / "a.txt")
    sheets = [part for part in content if not isinstance(part, str)]
    printed = [text for sheet in sheets for row in sheet.body for text in row if "," in text or "." in text]
    amounts = [o.amount.printed for o in disclosure.observations if o.origin == "table" and not o.amount.is_blank]
    assert Counter(amounts) == Counter(printed)
    assert not [item for item in disclosure.unread if item.kind == "amount"]
    assert len(disclosure.tables) == len(sheets)


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(lines=LEDGERS)
@example(lines=PLAIN)
@example(lines=NOUGHT)
def test_txt_xlsx_docx_and_html_say_the_same(shape: str, lines: Ledger) -> None:
    content = SHAPES[shape](lines)
    with tempfile.TemporaryDirectory() as folder:
        first = disclosed(write_txt, content, Path(folder) / "a.txt")
        for kind, write in WRITERS.items():
            assert_same(first, disclosed(write, content, Path(folder) / f"b.{kind}"))


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("write", [write_typst, write_reportlab])
@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # to make a failing document smaller takes minutes
)
@given(lines=LEDGERS)
@example(lines=PLAIN)
@example(lines=NOUGHT)
@example(lines=LARGE_AND_SMALL)
def test_a_pdf_says_the_same(shape: str, write: Callable[[Content, Path], None], lines: Ledger) -> None:
    assert fonts() is not None, "the development extra holds a Chinese font: make .venv/installed"
    content = SHAPES[shape](lines)
    with tempfile.TemporaryDirectory() as folder:
        first = disclosed(write_txt, content, Path(folder) / "a.txt")
        assert_same(first, disclosed(write, content, Path(folder) / "b.pdf"))


NO_OFFICE = "LibreOffice is not installed: what it prints is NOT tested"


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("lines", [PLAIN, LARGE_AND_SMALL])
@pytest.mark.skipif(soffice() is None, reason=NO_OFFICE)
def test_what_libreoffice_prints_says_the_same(shape: str, lines: Ledger, tmp_path: Path) -> None:
    content = SHAPES[shape](lines)
    first = disclosed(write_txt, content, tmp_path / "a.txt")
    assert_same(first, disclosed(write_libreoffice, content, tmp_path / "b.pdf"))


@pytest.mark.skipif(soffice() is None, reason=NO_OFFICE)
def test_a_row_that_parts_over_two_pages(tmp_path: Path) -> None:
    content = SHAPES["two_sided"](LARGE_AND_SMALL)
    write_libreoffice(content, tmp_path / "b.pdf", rows_part=True)
    first = disclosed(write_txt, content, tmp_path / "a.txt")
    assert_same(first, recognise(open_document(tmp_path / "b.pdf")))
