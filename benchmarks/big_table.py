"""A table of 5,000 rows and four columns, amounts up to 10^13 分, one wrong digit: read, recognised, checked, located.

Run: .venv/bin/python benchmarks/big_table.py [--unit 元] [--json]. The plain checker runs on the same table.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from time import process_time

import plain_checker
from mingzhang.checking import check
from mingzhang.cube import unit_named
from mingzhang.documents import open_document
from mingzhang.recognition import recognise
from mingzhang.reconciliation import reconcile

CLASSES, GROUPS = 25, 14  # 类, and 款 in each
ROWS = 5_000
_TITLE = "2024年某市一般公共预算财政拨款支出预算表"
_LARGEST = 10**13


@dataclass(frozen=True, slots=True)
class BigTable:
    """The text of the table with one digit changed, the same without, and what was changed."""

    clean: str
    wrong: str
    code: str
    right_figure: str
    wrong_figure: str


@dataclass(frozen=True, slots=True)
class Result:
    """What came out, and what it took. Times in seconds, memory in MB."""

    unit: str
    rows: int
    cells: int
    largest_fen: int
    open_seconds: float
    recognise_seconds: float
    check_seconds: float
    total_seconds: float
    clean_total_seconds: float
    peak_megabytes: int
    clean_consistent: bool
    clean_findings: int
    clean_rounding: int
    located: bool
    alone: bool
    findings: int
    plain_seconds: float
    plain_sees: bool
    plain_false_alarms: int


def make(unit: str = "万元", seed: int = 2024) -> BigTable:
    """A functional table: 类, 款, 项 of invented codes; each amount is the rounded print of an exact one."""
    chance = random.Random(seed)
    per_group = [0] * (CLASSES * GROUPS)
    for number in range(ROWS - CLASSES - CLASSES * GROUPS):
        per_group[number % len(per_group)] += 1
    leaves: dict[str, tuple[int, int, int]] = {}
    for number, size in enumerate(per_group):
        group = f"{201 + number // GROUPS}{1 + number % GROUPS:02d}"
        for item in range(size):
            leaves[f"{group}{1 + item:02d}"] = (_amount(chance), _amount(chance), _amount(chance))
    exact: dict[str, list[int]] = {}
    for leaf, amounts in leaves.items():
        for code in ("", leaf[:3], leaf[:5], leaf):
            sums = exact.setdefault(code, [0, 0, 0])
            for position, amount in enumerate(amounts):
                sums[position] += amount
    scale = _LARGEST / max(sums[1] + sums[2] for sums in exact.values())
    assert scale >= 1, "amounts above 10^13 分"
    rows = {code: [sums[0], sums[1] + sums[2], sums[1], sums[2]] for code, sums in sorted(exact.items())}
    printed = {code: [_printed(amount, unit) for amount in amounts] for code, amounts in rows.items()}
    victim = chance.choice([code for code in printed if len(code) == 7])
    wrong = {code: list(texts) for code, texts in printed.items()}
    figure = wrong[victim][1]
    wrong[victim][1] = figure[0].translate(str.maketrans("123456789", "234567891")) + figure[1:]
    return BigTable(_text(printed, unit), _text(wrong, unit), victim, figure, wrong[victim][1])


def _amount(chance: random.Random) -> int:
    return int(10 ** chance.uniform(5, 10.05)) if chance.random() < 0.9 else 0


def _printed(fen: int, unit: str) -> str:
    if fen == 0:
        return ""
    hundredth = (unit_named(unit).fen or 1) // 100
    hundredths = (2 * fen + hundredth) // (2 * hundredth)
    return f"{hundredths // 100:,}.{hundredths % 100:02d}"


def _text(printed: dict[str, list[str]], unit: str) -> str:
    lines = [
        _TITLE,
        "",
        f"单位：{unit}",
        "",
        "功能分类科目\t\t2023年预算数\t2024年预算数\t\t",
        "科目编码\t科目名称\t\t小计\t基本支出\t项目支出",
    ]
    for code, texts in printed.items():
        lines.append("\t".join((code or "合计", f"科目{code}" if code else "", *texts)))
    return "\n".join(lines) + "\n"


def measure(unit: str) -> Result:
    """Read and check the table without and with the wrong digit."""
    table = make(unit)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "big.txt"
        place.write_text(table.clean, encoding="utf-8")
        started = process_time()
        clean_disclosure = recognise(open_document(place))
        clean = check(clean_disclosure)
        clean_total = process_time() - started
        place.write_text(table.wrong, encoding="utf-8")
        started = process_time()
        document = open_document(place)
        opened = process_time()
        disclosure = recognise(document)
        recognised = process_time()
        verdict = check(disclosure)
        checked = process_time()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    outcome = reconcile(disclosure)
    suspects = [suspect for finding in verdict.findings for suspect in finding.suspects]
    named = [s for s in suspects if table.code in s.label and s.reported == table.wrong_figure]
    baseline = plain_checker.alarms(clean_disclosure)
    plain_started = process_time()
    plain = plain_checker.alarms(disclosure)
    plain_seconds = process_time() - plain_started
    return Result(
        unit=unit,
        rows=ROWS,
        cells=len(disclosure.observations),
        largest_fen=int(max(o.amount.fen for o in disclosure.observations)),
        open_seconds=opened - started,
        recognise_seconds=recognised - opened,
        check_seconds=checked - recognised,
        total_seconds=checked - started,
        clean_total_seconds=clean_total,
        peak_megabytes=peak,
        clean_consistent=clean.proof.consistent is True and clean.proof.verified_exactly,
        clean_findings=sum(bool(finding.suspects) for finding in clean.findings),
        clean_rounding=len(clean.proof.rounding_differences),
        located=bool(named),
        alone=len(suspects) == 1 and len(outcome.located) == 1,
        findings=sum(bool(finding.suspects) for finding in verdict.findings),
        plain_seconds=plain_seconds,
        plain_sees=bool(plain - baseline),
        plain_false_alarms=len(baseline),
    )


def report(result: Result) -> str:
    """The result for people."""
    told = "located, the only suspect" if result.alone else "located" if result.located else "NOT located"
    return (
        f"{result.rows:,} rows, {result.cells:,} amounts in {result.unit}, the largest {result.largest_fen:.2e} 分: "
        f"the wrong digit is {told}.\n"
        f"  processor time: open {result.open_seconds:.2f} s + recognise {result.recognise_seconds:.2f} s + "
        f"check {result.check_seconds:.2f} s = {result.total_seconds:.2f} s "
        f"(without the error {result.clean_total_seconds:.2f} s); peak memory {result.peak_megabytes} MB\n"
        f"  without the error: consistent, verified exactly: {result.clean_consistent}; "
        f"{result.clean_rounding} rounding differences proved; false alarms {result.clean_findings}\n"
        f"  plain checker: {result.plain_seconds:.2f} s on the amounts already read; "
        f"sees the error: {result.plain_sees}; false alarms without it: {result.plain_false_alarms}"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--unit", default="万元", choices=("万元", "元"))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    outcome = measure(options.unit)
    sys.stdout.write((json.dumps(asdict(outcome), ensure_ascii=False) if options.json else report(outcome)) + "\n")
