"""``make bench``: the mutation study, slips of rows and columns, the times, and the big table, each beside a plain checker.

``python benchmarks/bench.py [--seeds 10] [--without-big-table]``. The plain checker (plain_checker.py) asks every sum
to be within 0.01. Uses the worked example's text where ../shared has it, the example workbook otherwise.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, fields
from pathlib import Path
from statistics import median
from time import process_time

import mutation
import plain_checker
import structural_slips
from big_table import Result
from big_table import report as big_table_report
from mingzhang.collector import paused
from mingzhang.cube import Disclosure, Observation
from mingzhang.recognition import recognise
from mingzhang.reconciliation import Reconciliation, findings_of, reconcile
from mingzhang.reconciliation.solver import certify, localise
from mingzhang.reconciliation.solver.implied import Rests
from mingzhang.reconciliation.solver.oracle import Oracles
from worked_example import example_document

PROCESSES = os.cpu_count() or 1  # each case is timed by the processor time of its own process


@dataclass
class Tally:
    """What came of the cases of one kind; a list holds one entry a case (of those seen, where it says so)."""

    cases: int = 0
    seen: int = 0
    among: int = 0
    alone: int = 0
    alone_by_size: int = 0
    named_first: int = 0
    only_rounding: int = 0
    missed_certified: int = 0
    suspects: list[int] = field(default_factory=list)
    missed: list[Observation] = field(default_factory=list)
    solving: list[float] = field(default_factory=list)
    whole: list[float] = field(default_factory=list)
    plain_seen: int = 0
    plain_among: int = 0
    plain_alone: int = 0
    plain_cells: list[int] = field(default_factory=list)
    plain_seconds: list[float] = field(default_factory=list)

    def __iadd__(self, other: Tally) -> Tally:
        for each in fields(Tally):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))
        return self


def example() -> Disclosure:
    """The worked example as read."""
    return recognise(example_document())


def run(disclosure: Disclosure, chosen: list[int], tally: Tally, baseline: frozenset[plain_checker.Alarm]) -> None:
    """One case; ``disclosure`` already has other digits at the ``chosen`` observations."""
    tally.cases += 1
    with paused():  # as the command does
        started = process_time()
        outcome = reconcile(disclosure)
        tally.whole.append(process_time() - started)
        tally.solving.append(_solving(outcome))
    _ours(disclosure, chosen, outcome, tally)
    started = process_time()
    alarms = plain_checker.alarms(disclosure) - baseline
    tally.plain_seconds.append(process_time() - started)
    if alarms:
        cells = {cell for alarm in alarms for cell in alarm.cells}
        shared = frozenset.intersection(*(frozenset(alarm.cells) for alarm in alarms))
        tally.plain_seen += 1
        tally.plain_among += set(chosen) <= cells
        tally.plain_alone += shared == set(chosen)
        tally.plain_cells.append(len(cells))


def _solving(outcome: Reconciliation) -> float:
    """The time of certificate, localisation and implied intervals alone, on the system that the case ended with."""
    system = outcome.assembled.system
    started = process_time()
    if not certify(system).consistent:
        oracles = Oracles(system)
        clusters = localise(system, oracles)
        rests = Rests(system, oracles)
        for cluster in clusters:
            others = {v for other in clusters if other is not cluster and other.sets for v in other.sets[0]}
            for chosen in (*cluster.sets, *cluster.alternatives):
                rests.of(chosen, others)
    return process_time() - started


def _ours(disclosure: Disclosure, chosen: list[int], outcome: Reconciliation, tally: Tally) -> None:
    findings = findings_of(outcome)
    changed = {disclosure.observations[index].source for index in chosen}
    if not findings:
        tally.missed_certified += outcome.certificate.consistent is True and outcome.certificate.verified_exactly
        tally.missed += [disclosure.observations[index] for index in chosen]
        return
    tally.seen += 1
    tally.only_rounding += all(finding.level == "rounding" for finding in findings)
    suspects = {suspect.source for finding in findings for suspect in finding.suspects}
    others = {s.source for finding in findings for members in finding.alternatives for s in members}
    for slip, _ in outcome.structural:  # a row or column named as a whole
        others |= {
            o.source
            for o in disclosure.observations
            if o.source.table == slip.table and {o.source.row, o.source.column} & {slip.first, slip.second}
        }
    tally.among += changed <= suspects | others
    tally.alone += suspects == changed and all(len(finding.sets) == 1 for finding in findings)
    tally.suspects.append(len(suspects))
    first = {
        finding.suspects[index].source for finding in findings for members in finding.sets[:1] for index in members
    }
    tally.named_first += changed <= first
    smallest = [located.cluster.sets for located in outcome.located]
    only = {outcome.book.observations[v].source for sets in smallest for v in sets[0]} if all(smallest) else set()
    tally.alone_by_size += only == changed and all(len(sets) == 1 for sets in smallest)


def report(name: str, tally: Tally) -> None:
    """The two checkers side by side."""
    seen, plain_seen = tally.seen or 1, tally.plain_seen or 1

    def share(count: int, of: int) -> str:
        return f"{count / of:8.2%}"

    def times(seconds: list[float]) -> str:
        return f"median {1000 * median(seconds):6.1f} ms, max {1000 * max(seconds):6.0f} ms"

    ratio = median(tally.whole) / median(tally.plain_seconds)
    print(f"\n{name}: {tally.cases} cases                        mingzhang   plain (every sum within 0.01)")
    rows = (
        ("seen", share(tally.seen, tally.cases), share(tally.plain_seen, tally.cases)),
        ("of the seen: among what is reported", share(tally.among, seen), share(tally.plain_among, plain_seen)),
        # The plain checker names sums; a reader may look for the cell that all of them share.
        (
            "of the seen: the only cell reported / shared",
            share(tally.alone, seen),
            share(tally.plain_alone, plain_seen),
        ),
        ("  by the size of the sets alone", share(tally.alone_by_size, seen), "       –"),
        ("of the seen: in the first explanation", share(tally.named_first, seen), "       –"),
        ("of the seen: told as a rounding slip (尾差) only", share(tally.only_rounding, seen), "       –"),
        (
            "cells to look at (median, max)",
            f"{median(tally.suspects or [0]):g}, {max(tally.suspects or [0])}".rjust(8),
            f"{median(tally.plain_cells or [0]):g}, {max(tally.plain_cells or [0])}".rjust(8),
        ),
    )
    for label, ours, plain in rows:
        print(f"  {label:<44}{ours}    {plain}")
    print(f"  processor time of certify + localise + implied: {times(tally.solving)}")
    print(f"  whole reconciliation:         {times(tally.whole)}")
    print(f"  plain checker:                {times(tally.plain_seconds)} ({ratio:.0f} times faster)")
    print(
        f"  missed: mingzhang {tally.cases - tally.seen} ({tally.missed_certified} of them proved consistent: "
        f"no relation is broken), plain {tally.cases - tally.plain_seen}"
    )
    for missed, count in Counter(f"{o.source.describe()} {o.label}" for o in tally.missed).most_common(8):
        print(f"    not seen by mingzhang: {missed} ({count} times)")


def study(disclosure: Disclosure, seeds: int) -> None:
    """One random digit of every non-zero cell, then of pairs of cells."""
    baseline = plain_checker.alarms(disclosure)
    clean = reconcile(disclosure)
    finished = 0
    print(
        f"without an error: mingzhang {len(findings_of(clean))} false alarms, "
        f"{clean.counts.rounding} sums proved to be rounding; plain {len(baseline)} false alarms"
    )
    single, double = Tally(), Tally()
    with ProcessPoolExecutor(min(PROCESSES, seeds)) as pool:
        for one, two in pool.map(of_seed, [disclosure] * seeds, range(seeds), [baseline] * seeds):
            single += one
            double += two
            finished += 1
            if sys.stderr.isatty():
                print(f"\rseed {finished} of {seeds}", end="", file=sys.stderr)
    report("one digit of one cell", single)
    report("one digit of each of two cells", double)


def of_seed(disclosure: Disclosure, seed: int, baseline: frozenset[plain_checker.Alarm]) -> tuple[Tally, Tally]:
    """The cases of one seed, in a process of its own."""
    cells = mutation.printed_cells(disclosure)
    single, double = Tally(), Tally()
    chance = random.Random(seed)
    for index in cells:
        run(mutation.mutated(disclosure, [index], chance), [index], single, baseline)
    for _ in range(len(cells) // 2):
        chosen = chance.sample(cells, 2)
        run(mutation.mutated(disclosure, chosen, chance), chosen, double, baseline)
    return single, double


def big_table() -> None:
    """The big table, each unit in a process of its own, so that the peak of memory is its own."""
    print("\nbig table")
    for unit in ("万元", "元"):
        done = subprocess.run(
            [sys.executable, str(Path(__file__).with_name("big_table.py")), "--json", "--unit", unit],
            check=True,
            capture_output=True,
            text=True,
        )
        print(big_table_report(Result(**json.loads(done.stdout))))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--without-big-table", action="store_true")
    options = parser.parse_args()
    study(example(), options.seeds)
    structural_slips.study(example_document())
    if not options.without_big_table:
        big_table()
