"""How many findings are true: verdicts of two readers on every error and on a hundred warnings of the corpus.

    python tools/adjudication.py sheet OUT.csv      what is to be judged, with sentences, for the readers
    python tools/adjudication.py                    the shares, by level and by rule, from docs/data/adjudicated_findings.csv

The verdicts are kept by file and finding id, with place and figures. A verdict is ``true`` (the document is wrong as told),
``false`` (it is not) or ``open`` (the pages do not decide). A finding made since, or no longer, is counted apart.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import sys
from collections import defaultdict
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from mingzhang.admission import refusal
from mingzhang.checking import check
from mingzhang.cube.finding import Finding
from mingzhang.documents import open_document
from mingzhang.errors import MingzhangError
from mingzhang.recognition import recognise

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
VERDICTS = ROOT / "docs" / "data" / "adjudicated_findings.csv"
WARNINGS = 100
SEED = 20261126
FIELDS = ("file", "id", "level", "rule", "page", "reported", "expected", "first", "second", "why")
"""``why`` gives a reason in a few words of English."""


@dataclass(frozen=True, slots=True)
class Told:
    """A finding of one file."""

    file: str
    finding: Finding

    @property
    def key(self) -> tuple[str, str]:
        return self.file, self.finding.id

    @property
    def page(self) -> str:
        place = self.finding.places[0] if self.finding.places else None
        return "" if place is None else str(place.page or place.line or place.cell or "")


def findings_in(path: Path) -> list[Told]:
    """The errors and warnings of one file; none of what is no disclosure."""
    try:
        disclosure = recognise(open_document(path))
    except MingzhangError:
        return []
    if refusal(disclosure) is not None:
        return []
    return [Told(path.name, finding) for finding in check(disclosure).findings if finding.level in ("error", "warning")]


def told_in(folder: Path) -> list[Told]:
    """The errors and warnings of all files."""
    paths = sorted(path for path in folder.iterdir() if path.is_file() and path.suffix not in (".md", ".jsonl"))
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        return [told for some in pool.map(findings_in, paths) for told in some]


def chosen(told: Iterable[Told]) -> list[Told]:
    """Every error, and a hundred warnings drawn at random with a fixed seed."""
    errors, warnings = [], []
    for one in told:
        (errors if one.finding.level == "error" else warnings).append(one)
    drawn = random.Random(SEED).sample(warnings, min(WARNINGS, len(warnings)))
    return sorted([*errors, *drawn], key=lambda one: (one.file, one.finding.level, one.finding.id))


def row_of(told: Told) -> dict[str, str]:
    """The row of a finding without its sentence."""
    finding = told.finding
    row = dict.fromkeys(FIELDS, "")
    row |= {"file": told.file, "id": finding.id, "level": finding.level, "rule": finding.rule, "page": told.page}
    return row | {"reported": finding.reported or "", "expected": finding.expected or ""}


def write_sheet(path: Path) -> None:
    """For the readers: each finding with its sentence and all its places."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, (*FIELDS, "message", "places"))
        writer.writeheader()
        for told in chosen(told_in(CORPUS)):
            places = "; ".join(f"{p.describe()}{p.bbox or p.cell or ''}" for p in told.finding.places)
            writer.writerow({**row_of(told), "message": told.finding.message, "places": places})


def report() -> None:
    """The shares of true findings among those judged, by level and by rule; what both readers did not judge alike."""
    if not CORPUS.is_dir():
        print(f"没有 {CORPUS}，无从对照。")
        return
    with VERDICTS.open(encoding="utf-8", newline="") as stream:
        rows = {(row["file"], row["id"]): row for row in csv.DictReader(stream)}
    told = told_in(CORPUS)
    counts: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0, 0])
    new = 0
    for one in told:
        row = rows.get(one.key)
        if row is None:
            new += one.finding.level == "error"
            continue
        verdicts = {row["first"], row["second"]}
        kind = 0 if verdicts == {"true"} else 1 if "false" in verdicts else 2
        for rule in ("", one.finding.rule):
            counts[one.finding.level, rule][kind] += 1
    print(f"{'级别':<8}{'规则':<28}{'属实':>5}{'不实':>5}{'难定':>5}{'属实率':>8}")
    for (level, rule), (true, false, undecided) in sorted(counts.items()):
        share = f"{true / (true + false):.1%}" if true + false else "–"
        print(f"{level:<8}{rule or '全部':<28}{true:>5}{false:>5}{undecided:>5}{share:>8}")
    gone = len(set(rows) - {one.key for one in told})
    unlike = sum(row["first"] != row["second"] for row in rows.values())
    print(f"尚未判定的错误{new}条；判定后不再报告的{gone}条；两人判定不一致的{unlike}条。")


def main() -> None:
    """As the module says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("what", nargs="?", choices=("sheet",))
    parser.add_argument("out", nargs="?", type=Path)
    options = parser.parse_args()
    if options.what == "sheet":
        if options.out is None:
            parser.error("sheet needs OUT.csv")
        write_sheet(options.out)
    else:
        report()


if __name__ == "__main__":
    sys.exit(main())
