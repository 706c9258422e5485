"""The same content is the same observations, whatever kind of file it is in and whoever printed it."""

from __future__ import annotations

import importlib.util
import tempfile
from collections import Counter
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mingzhang.cube import Disclosure
from mingzhang.documents import open_document
from mingzhang.recognition import recognise
from same_content import (
    SHAPES,
    WRITERS,
    Content,
    Numbers,
    fonts,
    soffice,
    write_libreoffice,
    write_txt,
    write_typst,
)

Seen = Counter[tuple[Any, ...]]
PLAIN = (39_400_000, 1_230_000, 5_112_300, 40_000, 3_870_000, 205_700)
AMOUNTS = st.tuples(*[st.integers(0, 900_000).map(lambda amount: amount * 100)] * 6)


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
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(numbers=AMOUNTS)
@example(numbers=PLAIN)
@example(numbers=(0, 0, 0, 0, 0, 0))
def test_txt_xlsx_docx_and_html_say_the_same(shape: str, numbers: Numbers) -> None:
    content = SHAPES[shape](numbers)
    with tempfile.TemporaryDirectory() as folder:
        first = disclosed(write_txt, content, Path(folder) / "a.txt")
        for kind, write in WRITERS.items():
            assert_same(first, disclosed(write, content, Path(folder) / f"b.{kind}"))


NO_FONT = "no Chinese font (package pylopdf-fonts-zh-cn): the PDF of the same content is NOT tested"
PRODUCERS = [
    pytest.param(
        write_typst,
        id="typst",
        marks=pytest.mark.skipif(
            importlib.util.find_spec("typst") is None or fonts() is None, reason=f"no typst, or {NO_FONT}"
        ),
    ),
    pytest.param(
        write_libreoffice,
        id="libreoffice",
        marks=pytest.mark.skipif(soffice() is None or fonts() is None, reason=f"no LibreOffice, or {NO_FONT}"),
    ),
]


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("write", PRODUCERS)
@pytest.mark.parametrize("numbers", [PLAIN, (1_234_567_800, 0, 99_900, 100, 0, 100)])
def test_a_pdf_says_the_same(
    shape: str, write: Callable[[Content, Path], None], numbers: Numbers, tmp_path: Path
) -> None:
    content = SHAPES[shape](numbers)
    assert_same(disclosed(write_txt, content, tmp_path / "a.txt"), disclosed(write, content, tmp_path / "b.pdf"))


@pytest.mark.xfail(reason="the digits of a number in a row that parts over two pages are not joined", strict=False)
@pytest.mark.skipif(soffice() is None or fonts() is None, reason=f"no LibreOffice, or {NO_FONT}")
def test_a_row_that_parts_over_two_pages(tmp_path: Path) -> None:
    content = SHAPES["two_sided"](PLAIN)
    write_libreoffice(content, tmp_path / "b.pdf", rows_part=True)
    first = disclosed(write_txt, content, tmp_path / "a.txt")
    assert_same(first, recognise(open_document(tmp_path / "b.pdf")))
