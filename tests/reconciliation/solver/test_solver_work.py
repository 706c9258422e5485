"""Work is counted, not timed: the outcome is the same however fast the clock runs; what stays undone is said."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from unittest.mock import patch

import pytest

from mingzhang.checking import check
from mingzhang.cube import Disclosure
from mingzhang.documents.raw import RawFile
from mingzhang.documents.text import read_text
from mingzhang.recognition import recognise
from mingzhang.reconciliation import limits_of, reconcile
from mingzhang.reconciliation.solver import Relation, System, Variable, localise
from mingzhang.reconciliation.solver.deviations import Point, views
from mingzhang.reconciliation.solver.extremes import Extremes
from mingzhang.reconciliation.solver.oracle import Oracles
from mingzhang.reconciliation.solver.work import Work

CLOCK = "mingzhang.reconciliation.solver.work.thread_time"


def crossed(size: int) -> System:
    """A square of numbers with sums both ways, some of its cells wrong."""
    cells = [[100 * row + 7 * column for column in range(size)] for row in range(size)]
    flat = (
        [x for line in cells for x in line] + [sum(line) for line in cells] + [sum(c) for c in zip(*cells, strict=True)]
    )
    for place in range(0, size * size, size + 1):
        flat[place] += 900 + place
    relations = []
    for k in range(size):
        row = [k * size + column for column in range(size)]
        column = [line * size + k for line in range(size)]
        relations.append(Relation(((1, size * size + k), *((-1, v) for v in row))))
        relations.append(Relation(((1, size * size + size + k), *((-1, v) for v in column))))
    return System(tuple(Variable(x, 5) for x in flat), tuple(relations))


@pytest.mark.parametrize("steps", [0, 2_000, 20_000, 1_000_000])
def test_the_clock_changes_nothing(steps: int) -> None:
    system = crossed(6)
    with patch(CLOCK, return_value=0.0):
        standing = localise(system, steps=steps)
    with patch(CLOCK, side_effect=(step * 1e-7 for step in count())):
        running = localise(system, steps=steps)
    assert standing == running
    assert standing


def test_the_clock_is_the_last_guard_and_tells() -> None:
    system = crossed(6)
    oracles = Oracles(system)
    with patch(CLOCK, side_effect=count()):
        clusters = localise(system, oracles)
    assert oracles.interrupted
    assert any(cluster.status == "work-limit" for cluster in clusters)
    work = Work(10, seconds=0.0)
    assert work.left == 10
    assert work.is_over()
    assert work.interrupted


def wrong() -> Disclosure:
    text = (
        "某县某局2024年部门预算公开\n\n2024年一般公共预算财政拨款支出预算表\n\n单位：万元\n\n"
        "科目编码\t科目名称\t合计\t基本支出\t项目支出\n\t合计\t30.00\t10.00\t25.00\n"
        "201\t一般公共服务支出\t30.00\t10.00\t25.00\n"
    )
    return recognise(read_text(RawFile(text.encode(), "示例.txt", "0" * 64)))


def test_what_stays_undone_is_told() -> None:
    outcome = reconcile(wrong(), steps=0)
    (note,) = limits_of(outcome)
    assert "查找到规定的工作量即停止" in note
    assert limits_of(reconcile(wrong())) == ()
    assert "超过了时间上限" in limits_of(replace(outcome, interrupted=True))[-1]


def test_the_check_tells_an_interruption() -> None:
    with patch(CLOCK, side_effect=count(step=1000)):
        assert any("时间上限" in note for note in check(wrong()).coverage.notes)
    assert not any("上限" in note for note in check(wrong()).coverage.notes)


def test_far_from_the_suspect_nothing_is_solved_again() -> None:
    """A thousand sums that rounding explains; the interval of one figure asks for its own sums only."""
    triples = [(2 * k, 1001, 999 - 2 * k) for k in range(1000)]
    variables = [Variable(x, 5) for triple in triples for x in triple]
    relations = [Relation(((1, 3 * k), (-1, 3 * k + 1), (1, 3 * k + 2)), 3, 3) for k in range(1000)]
    relations += [Relation(((1, 3 * k), (-1, 3 * k + 3)), -100, 100) for k in range(999)]
    system = System(tuple(variables), tuple(relations))
    oracles = Oracles(system)
    ((_, view),) = views(system)
    position = view.position[7]
    point = oracles[0].check(frozenset({position}), oracles.work(10**7))
    assert isinstance(point, Point)
    extremes = Extremes(view, frozenset({position}), point)
    reached = [extremes.bound(position, direction, Work(10**6)) for direction in (-1, 1)]
    from_print = Extremes(view, frozenset({position}), None)
    assert reached == [from_print.bound(position, direction, Work(10**6)) for direction in (-1, 1)]
    assert len(extremes.rows) < 20 < len(from_print.rows)
