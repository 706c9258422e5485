"""Values put aside: what comes back equals what was put there, and does not stay in memory as objects."""

from __future__ import annotations

import gc
from decimal import Decimal
from pathlib import Path

import pytest

from mingzhang.commands.gathering import gather
from mingzhang.cube.amount import parse_amount, unit_named
from mingzhang.cube.disclosure import Disclosure, Observation, Paragraph, Unread
from mingzhang.cube.point import Point
from mingzhang.cube.source import Runs, Scan, Source
from mingzhang.documents import open_document
from mingzhang.recognition import recognise
from mingzhang.shelf import AS_THEY_ARE, Aside, Shelf, Values

BUDGET = """\
某某市第{n}局2024年部门预算公开

部门支出预算总表
单位：万元

科目编码\t科目名称\t总计\t基本支出\t项目支出
合计\t\t12{n}.00\t10{n}.00\t20.00
208\t社会保障和就业支出\t12{n}.00\t10{n}.00\t20.00
"""
MANY = AS_THEY_ARE + 5


@pytest.fixture
def folder(tmp_path: Path) -> list[str]:
    """More documents than stay as they are."""
    paths = [tmp_path / f"{n}.txt" for n in range(MANY)]
    for n, path in enumerate(paths):
        path.write_text(BUDGET.format(n=n), encoding="utf-8")
    return [str(path) for path in paths]


@pytest.mark.parametrize(
    "value",
    [
        Observation(
            Point(2024, "budget", fund="general"), parse_amount("1,396.07", unit_named("万元")), Source(page=3)
        ),
        Paragraph("收入120元", Source(line=1), Runs.of([0, 1, 5], [1, 1, 2], [0.1 + 0.2, 1.5, 2.5, 3.5] * 3)),
        Unread("7", Source(bbox=(1.0, 2.0, 3.0, 4.0), scan=Scan(0.5, ("1",))), "没有认出"),
        Decimal("-0.10"),
        frozenset({"nature", "flow"}),
        None,
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_is_unpacked_equals_what_was_put_aside(value: object) -> None:
    found = Aside(value, packed=True).get()
    assert found == value
    assert type(found) is type(value)
    assert repr(found) == repr(value)


def test_one_object_in_two_places_stays_one() -> None:
    place = Source(page=1)
    first, second = Aside((place, place), packed=True).get()
    assert first is second


def test_the_first_few_stay_as_they_are_and_the_rest_do_not() -> None:
    shelf = Shelf(as_they_are=1)
    values = [Source(page=1), Source(page=2)]
    asides = [shelf.put(value) for value in values]
    assert asides[0].get() is values[0]
    assert asides[1].get() == values[1]
    assert asides[1].get() is not values[1]


def test_values_are_a_sequence_and_what_was_just_asked_for_is_at_hand() -> None:
    values = Values([Aside(Source(page=number), packed=True) for number in range(4)])
    assert [value.page for value in values] == [0, 1, 2, 3]
    assert values[-1].page == 3
    assert [value.page for value in values[1:3]] == [1, 2]
    assert values[2] is values[2]


def test_a_disclosure_comes_back_whole(folder: list[str]) -> None:
    disclosure = recognise(open_document(folder[0]))
    assert disclosure.observations
    assert Aside(disclosure, packed=True).get() == disclosure


def test_a_folder_holds_few_disclosures_at_a_time(folder: list[str]) -> None:
    cases = gather(folder)
    gc.collect()
    alive = [each for each in gc.get_objects() if isinstance(each, Disclosure) and each.path in folder]
    assert len(alive) <= AS_THEY_ARE
    assert [case.outcome for case in cases] == [recognise(open_document(path)) for path in folder]
