"""Plants realistic errors of every kind into composed and published documents, and counts which are found and where.

    python benchmarks/seeded_errors.py [--seeds 3] [--only 种类] [--documents N] [--missed] [--write docs/seeded-errors.md]

Each case plants one error in one document as read (`seeded/`), recognises and checks it anew. *Found*: a finding of
level error, warning or style that was not there before points at the place (or, where nothing is left to point at,
names what is lost). *First*: the first new finding, in the order that a reader gets them, does, by its first suspect.
"""

from __future__ import annotations

import argparse
import os
import random
import tempfile
import zlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from mingzhang.checking import check
from mingzhang.cli import main as command
from mingzhang.cube.finding import Finding
from mingzhang.documents import open_document
from mingzhang.documents.model import Document
from mingzhang.recognition import recognise
from seeded.edits import overlap
from seeded.in_tables import TABLE_KINDS
from seeded.in_text import TEXT_KINDS
from seeded.planted import Planted
from seeded.subject import Subject

ROOT = Path(__file__).resolve().parents[1]
CORPUS = ROOT.parent / "shared" / "corpus"
LEDGER = ROOT / "examples" / "social_insurance_centre_2024_ledger.xlsx"
SETS = ("cq2024", "national2026", "shanghai_unit")
KINDS = {**TABLE_KINDS, **TEXT_KINDS}
_LEVELS = ("error", "warning", "style")


@dataclass(frozen=True, slots=True)
class Case:
    """What came of one planted error."""

    kind: str
    document: str
    change: str
    found: bool
    first: bool
    told: str


def told(planted: Planted, subject: Subject) -> tuple[bool, bool, str]:
    """Whether the planted error is found, whether first, and what is told first."""
    verdict = check(recognise(planted.document))
    new = [f for f in verdict.findings if f.level in _LEVELS and (f.rule, f.key, f.message) not in subject.known]
    if not new:
        return False, False, ""
    found = any(points_at(finding, planted, every=True) for finding in new)
    return found, points_at(new[0], planted, every=False), f"[{new[0].rule}] {new[0].message[:120]}"


def points_at(finding: Finding, planted: Planted, every: bool) -> bool:
    """Whether a place of the finding (its first suspects, unless ``every``) is one where the error was planted."""
    if any(word and word in finding.message for word in planted.words):
        return True
    if every:
        sources = [*finding.places, *(s.source for s in finding.suspects)]
        sources += [suspect.source for members in finding.alternatives for suspect in members]
    elif finding.suspects:
        first = finding.sets[0] if finding.sets else (0,)
        sources = [finding.suspects[number].source for number in first]
    else:
        sources = list(finding.places[:1])
    return any(overlap(source, place) for source in sources for place in planted.places)


def cases_of(name: str, document: Document, seeds: int, kinds: tuple[str, ...]) -> list[Case]:
    """The cases of one document."""
    subject = Subject(name, document)
    cases = []
    for kind in kinds:
        for seed in range(seeds):
            chance = random.Random(zlib.crc32(f"{name}/{kind}/{seed}".encode()))
            planted = KINDS[kind](subject, chance)
            if planted is not None:
                found, first, words = told(planted, subject)
                cases.append(Case(kind, name, planted.change, found, first, words))
    return cases


def documents(limit: int | None) -> Iterator[tuple[str, Path]]:
    """Composed documents, then those of the corpus."""
    folder = Path(tempfile.mkdtemp(prefix="seeded"))
    for form_set in SETS:
        path = folder / f"{form_set}.html"
        with open(os.devnull, "w") as nowhere, redirect_stdout(nowhere), redirect_stderr(nowhere):
            status = command(["compose", str(LEDGER), "--set", form_set, "--anyway", "-o", str(path)])
        if status == 0:
            yield f"编制 {form_set}", path
    if not CORPUS.is_dir():
        print(f"没有 {CORPUS}：只测编制的文件。")
        return
    paths = sorted(p for p in CORPUS.iterdir() if p.suffix in (".pdf", ".txt"))
    if limit is not None:
        step = max(len(paths) // limit, 1)
        paths = paths[::step][:limit]
    yield from ((path.name, path) for path in paths)


def _read(item: tuple[str, Path, int, tuple[str, ...]]) -> list[Case]:
    name, path, seeds, kinds = item
    document = open_document(path)
    if len(document.blocks) > 3000 or not Subject(name, document).amounts:
        return []
    return cases_of(name, document, seeds, kinds)


def table(cases: list[Case]) -> str:
    """The counts by kind, as Markdown."""
    rows = ["| 种类 | 例 | 查出 | 首先指出该处 |", "|---|--:|--:|--:|"]
    for kind in [*KINDS, "合计"]:
        of = [case for case in cases if kind in (case.kind, "合计")]
        if of:
            found = [case for case in of if case.found]
            first = [case for case in found if case.first]
            rows.append(f"| {kind} | {len(of)} | {len(found) / len(of):.1%} | {len(first) / max(len(found), 1):.1%} |")
    return "\n".join(rows)


def main() -> None:
    """The study."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--only", choices=sorted(KINDS), action="append")
    parser.add_argument("--documents", type=int)
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--missed", action="store_true", help="list what is not found, or not first")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    kinds = tuple(options.only or KINDS)
    work = [(name, path, options.seeds, kinds) for name, path in documents(options.documents)]
    with ProcessPoolExecutor(options.processes) as pool:
        cases = [case for some in pool.map(_read, work) for case in some]
    printed = table(cases)
    print(printed)
    if options.missed:
        for case in cases:
            if not (case.found and case.first):
                print(
                    f"{'未查出' if not case.found else '非首位'} {case.kind} {case.document}: {case.change} ⇒ {case.told}"
                )
    if options.write:
        sample = len({case.document for case in cases})
        options.write.write_text(
            f"# 植入差错\n\n`make seeded-errors`：{sample}份文件，{len(cases)}例。\n\n{printed}\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
