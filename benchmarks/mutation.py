"""Mutation study: change printed figures of the worked example, and see whether the change is seen and located.

Each case runs the whole reconciliation. ``python benchmarks/mutation.py [seeds]``.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import dataclass, field, replace
from pathlib import Path
from statistics import median

from mingzhang.cube import Disclosure, Observation, parse_amount
from mingzhang.documents import open_document
from mingzhang.recognition import recognise
from mingzhang.reconciliation import Reconciliation, findings_of, reconcile

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "corpus"


@dataclass
class Tally:
    """Counts over the cases of one kind of mutation."""

    cases: int = 0
    seen: int = 0
    among: int = 0
    alone_by_size: int = 0
    alone: int = 0
    naive: int = 0
    seconds: list[float] = field(default_factory=list)


def worked_example() -> Disclosure:
    """The worked example of the corpus, read."""
    path = next(iter(sorted(SHARED.glob("chongqing__*2024*.txt"))))
    return recognise(open_document(path))


def printed_cells(disclosure: Disclosure) -> list[int]:
    """The non-zero money cells of the tables, as positions in ``disclosure.observations``."""
    return [
        index
        for index, o in enumerate(disclosure.observations)
        if o.origin == "table" and o.amount.unit.is_money and o.amount.value != 0 and o.point.measure == "amount"
    ]


def with_digit_changed(observation: Observation, chance: random.Random) -> Observation:
    """One random digit replaced by another one."""
    printed = observation.amount.printed
    places = [index for index, character in enumerate(printed) if character.isdigit()]
    place = chance.choice(places)
    digit = chance.choice([d for d in "0123456789" if d != printed[place]])
    amount = parse_amount(printed[:place] + digit + printed[place + 1 :], observation.amount.unit)
    return replace(observation, amount=replace(amount, decimals=observation.amount.decimals))


def mutated(disclosure: Disclosure, chosen: list[int], chance: random.Random) -> Disclosure:
    """The disclosure with one digit changed in each of the chosen observations."""
    observations = list(disclosure.observations)
    for index in chosen:
        observations[index] = with_digit_changed(observations[index], chance)
    return replace(disclosure, observations=tuple(observations))


def naive_sees(outcome: Reconciliation, baseline: set[int]) -> bool:
    """What a plain checker sees that demands every sum within 0.01: a violated relation that was not violated before."""
    return bool(naive(outcome) - baseline)


def naive(outcome: Reconciliation) -> set[int]:
    """The relations whose printed values miss by more than one in the last place."""
    system = outcome.assembled.system
    found: set[int] = set()
    for number, relation in enumerate(system.relations):
        if any(system.variables[v].value is None for _, v in relation.terms) or not relation.is_equality:
            continue
        total = sum(c * (system.variables[v].value or 0) for c, v in relation.terms)
        quantum = max(2 * system.variables[v].half for _, v in relation.terms)
        if abs(total) > quantum:
            found.add(number)
    return found


def run(disclosure: Disclosure, chosen: list[int], tally: Tally, baseline: set[int], chance: random.Random) -> None:
    """One case: mutate, reconcile, compare the reported sets with what was changed."""
    changed = mutated(disclosure, chosen, chance)
    started = time.perf_counter()
    outcome = reconcile(changed)
    tally.seconds.append(time.perf_counter() - started)
    variables = {outcome.book.observations.index(changed.observations[index]) for index in chosen}
    tally.cases += 1
    tally.naive += naive_sees(outcome, baseline)
    if not outcome.located:
        return
    tally.seen += 1
    sets = [chosen_set for located in outcome.located for chosen_set in located.cluster.sets]
    listed = set().union(*sets, *(s for located in outcome.located for s in located.cluster.alternatives))
    tally.among += variables <= listed
    smallest = [located.cluster.sets for located in outcome.located]
    tally.alone_by_size += all(len(s) == 1 for s in smallest) and set().union(*(s[0] for s in smallest)) == variables
    findings = findings_of(outcome)
    suspects = {suspect.source for finding in findings for suspect in finding.suspects}
    told = {outcome.book.observations[v].source for v in variables}
    tally.alone += suspects == told and all(len(finding.sets) == 1 for finding in findings)


def report(name: str, tally: Tally) -> None:
    """One line of the study."""
    milliseconds = sorted(1000 * s for s in tally.seconds)
    seen = tally.seen or 1
    print(
        f"{name}: {tally.cases} cases; seen {tally.seen / tally.cases:.2%} (plain checker {tally.naive / tally.cases:.2%}); "
        f"of the seen: in the reported sets {tally.among / seen:.2%}, the only suspect {tally.alone / seen:.2%} "
        f"(by the size of the sets alone {tally.alone_by_size / seen:.2%}); median {median(milliseconds):.1f} ms, max {milliseconds[-1]:.0f} ms"
    )


def study(seeds: int) -> None:
    """The study over every non-zero cell, and over pairs of cells."""
    disclosure = worked_example()
    baseline = naive(reconcile(disclosure))
    cells = printed_cells(disclosure)
    single, double = Tally(), Tally()
    for seed in range(seeds):
        chance = random.Random(seed)
        for index in cells:
            run(disclosure, [index], single, baseline, chance)
        for _ in range(len(cells) // 2):
            run(disclosure, chance.sample(cells, 2), double, baseline, chance)
    report("one digit of one cell", single)
    report("one digit of each of two cells", double)


if __name__ == "__main__":
    study(int(sys.argv[1]) if len(sys.argv) > 1 else 10)
