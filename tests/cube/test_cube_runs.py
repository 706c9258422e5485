"""Places of a text in runs: the same as of any anchors, kept small."""

from __future__ import annotations

import pytest

from mingzhang.cube.source import Runs, place_of

TEXT = "本年收入120.50万元，增加"
RUNS = Runs.of(
    [0, 1, 2, 3, 4, 10, 11, 12],
    [1, 1, 1, 1, 1, 2, 2, 2],
    [edge for run in range(8) for edge in (run * 10.1, 5.0, run * 10.1 + 9.9, 15.0 + run)],
)


@pytest.mark.parametrize("start", range(len(TEXT)))
def test_places_in_runs_are_those_of_anchors(start: int) -> None:
    for end in range(start, len(TEXT) + 1):
        assert RUNS.place(TEXT, start, end) == place_of(TEXT, tuple(RUNS), start, end)


def test_runs_are_a_sequence_of_anchors() -> None:
    assert len(RUNS) == 8
    assert RUNS[-1] == RUNS[7] == RUNS[6:][1]
    assert [offset for offset, _ in RUNS] == [0, 1, 2, 3, 4, 10, 11, 12]
    with pytest.raises(IndexError):
        RUNS[8]


def test_runs_know_their_pages_and_are_values() -> None:
    assert RUNS.on_pages() == (1, 2)
    assert Runs(RUNS.offsets, RUNS.pages, RUNS.edges) == RUNS
    assert len({RUNS, Runs(RUNS.offsets, RUNS.pages, RUNS.edges)}) == 1
