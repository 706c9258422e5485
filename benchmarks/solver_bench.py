"""Measures the solver on synthetic systems shaped like a disclosure. Run: .venv/bin/python benchmarks/solver_bench.py

Small: a hierarchy 合计→类→款→项 with the columns 合计 = 基本 + 项目, in 分, printed in 万元 with two decimals; a second
table repeats the 类 and 款 totals and a third the 总计 column. One random digit of one (or two) non-zero cells changes.
Large: 5,000 rows by 4 columns of amounts up to 10^13 分, and one changed digit.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
from dataclasses import dataclass, replace
from time import perf_counter

from mingzhang.reconciliation.solver import Certificate, Cluster, Relation, System, Variable, certify, localise

QUANTUM = 10_000  # 0.01 万元 in 分


@dataclass(frozen=True)
class Case:
    """A system in half-分 and the quantum of its cells in 分."""

    system: System
    quantum: int


class Builder:
    """Collects cells by exact amounts and prints them rounded."""

    def __init__(self, quantum: int) -> None:
        self.quantum = quantum
        self.variables: list[Variable] = []
        self.relations: list[Relation] = []

    def cell(self, fen: int) -> int:
        printed = (2 * fen + self.quantum) // (2 * self.quantum) * self.quantum
        self.variables.append(Variable(2 * printed, self.quantum if self.quantum > 1 else 0))
        return len(self.variables) - 1

    def total(self, whole: int, parts: list[int]) -> None:
        self.relations.append(Relation(((1, whole), *((-1, part) for part in parts))))

    def case(self) -> Case:
        return Case(System(tuple(self.variables), tuple(self.relations)), self.quantum)


def hierarchy(
    rng: random.Random, classes: int, groups: int, items: int, top: int
) -> list[tuple[int, list[int], int, int]]:
    """Rows (depth, children, basic, project) with exact 分; parents before children, row 0 the total."""
    rows: list[tuple[int, list[int], int, int]] = []

    def node(depth: int) -> int:
        place = len(rows)
        rows.append((depth, [], 0, 0))
        width = (classes, groups, items)[depth] if depth < 3 else 0
        children = [node(depth + 1) for _ in range(rng.randint(max(1, width - 1), width + 1))] if width else []
        if children:
            basic, project = sum(rows[c][2] for c in children), sum(rows[c][3] for c in children)
        else:
            basic = rng.randint(1, top) if rng.random() < 0.6 else 0
            project = rng.randint(1, top) if basic == 0 or rng.random() < 0.4 else 0
        rows[place] = (depth, children, basic, project)
        return place

    node(0)
    return rows


def disclosure(seed: int) -> Case:
    """About 300 variables: a three-column table, and two that repeat part of it."""
    rng = random.Random(seed)
    rows = hierarchy(rng, 5, 4, 3, 10**9)
    builder = Builder(QUANTUM)
    cells: list[tuple[int, int, int]] = []
    for _, _, basic, project in rows:
        cells.append((builder.cell(basic + project), builder.cell(basic), builder.cell(project)))
        builder.total(cells[-1][0], [cells[-1][1], cells[-1][2]])
    for place, (_, children, _, _) in enumerate(rows):
        if children:
            for column in range(3):
                builder.total(cells[place][column], [cells[child][column] for child in children])
    second: dict[int, int] = {}
    for place, (depth, _, basic, project) in enumerate(rows):
        if depth <= 2:
            second[place] = builder.cell(basic + project)
            builder.total(second[place], [cells[place][0]])
            if depth < 2:
                continue
        if depth == 3 and place % 2:
            builder.total(builder.cell(basic + project), [cells[place][0]])
    for place, (depth, children, _, _) in enumerate(rows):
        if depth < 2:
            builder.total(second[place], [second[child] for child in children])
    return builder.case()


def large(seed: int, row_count: int, quantum: int) -> Case:
    """One table of ``row_count`` rows by 4 columns (合计 = 3 parts) in three levels, up to 10^13 分 a cell."""
    rng = random.Random(seed)
    builder = Builder(quantum)
    groups = max(1, row_count // 50)
    grand = [0, 0, 0]
    tops: list[tuple[int, ...]] = []
    for _ in range(groups):
        leaves = [[rng.randint(0, 10**13) for _ in range(3)] for _ in range(49)]
        lines = [tuple(builder.cell(x) for x in (sum(leaf), *leaf)) for leaf in leaves]
        sums = [sum(column) for column in zip(*leaves, strict=True)]
        top = tuple(builder.cell(x) for x in (sum(sums), *sums))
        for line in (*lines, top):
            builder.total(line[0], list(line[1:]))
        for column in range(4):
            builder.total(top[column], [line[column] for line in lines])
        grand = [a + b for a, b in zip(grand, sums, strict=True)]
        tops.append(top)
    whole = tuple(builder.cell(x) for x in (sum(grand), *grand))
    builder.total(whole[0], list(whole[1:]))
    for column in range(4):
        builder.total(whole[column], [top[column] for top in tops])
    return builder.case()


def mutate(case: Case, rng: random.Random, count: int) -> tuple[System, list[int]]:
    """Change one random digit of ``count`` random non-zero cells."""
    variables = list(case.system.variables)
    cells = rng.sample([k for k, v in enumerate(variables) if v.value], count)
    for cell in cells:
        value = variables[cell].value or 0
        digits = list(str(value // (2 * case.quantum)))
        place = rng.randrange(len(digits))
        digits[place] = rng.choice([d for d in "0123456789" if d != digits[place]])
        variables[cell] = replace(variables[cell], value=int("".join(digits)) * 2 * case.quantum)
    return System(tuple(variables), case.system.relations), cells


def small(count: int, mutations: int) -> None:
    """Print shares and times over 10 systems with ``count`` changed cells each."""
    times: list[float] = []
    detected = inside = alone = total = unproved = 0
    for seed in range(10):
        case = disclosure(seed)
        rng = random.Random(1000 + seed)
        for _ in range(mutations):
            system, cells = mutate(case, rng, count)
            begun = perf_counter()
            certificate: Certificate = certify(system)
            clusters: tuple[Cluster, ...] = () if certificate.consistent else localise(system)
            times.append(perf_counter() - begun)
            suspects = frozenset().union(*(chosen for cluster in clusters for chosen in cluster.sets))
            unproved += any(cluster.status != "proved" for cluster in clusters)
            for cell in cells:
                total += 1
                detected += bool(clusters)
                inside += cell in suspects
                alone += any(cluster.sets == (frozenset({cell}),) for cluster in clusters)
    print(
        f"{count} changed: {total} cells, detected {detected / total:.1%}, in a minimal set {inside / total:.1%}, "
        f"alone {alone / total:.1%}, not proved {unproved}; "
        f"median {statistics.median(times) * 1e3:.1f} ms, max {max(times) * 1e3:.0f} ms"
    )


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--mutations", type=int, default=20)
    parser.add_argument("--rows", type=int, default=5000)
    arguments = parser.parse_args()
    case = disclosure(0)
    begun = perf_counter()
    certificate = certify(case.system)
    print(
        f"disclosure: {len(case.system.variables)} variables, {len(case.system.relations)} relations, "
        f"{len(certificate.rounding_differences)} rounding differences, consistent {certificate.consistent}, "
        f"{(perf_counter() - begun) * 1e3:.1f} ms (first call, imports HiGHS)"
    )
    small(1, arguments.mutations)
    small(2, arguments.mutations)
    for quantum in (1, QUANTUM):
        case = large(0, arguments.rows, quantum)
        begun = perf_counter()
        certificate = certify(case.system)
        sound = perf_counter() - begun
        begun = perf_counter()
        system, cells = mutate(case, random.Random(5), 1)
        certify(system)
        clusters = localise(system)
        located = perf_counter() - begun
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"large, quantum {quantum} 分: {len(case.system.variables)} variables, consistent {certificate.consistent} "
            f"in {sound:.2f} s ({len(certificate.rounding_differences)} differences); changed {cells}: "
            f"{[(c.sets, c.status) for c in clusters]} in {located:.2f} s; peak {memory:.0f} MB"
        )


if __name__ == "__main__":
    main()
