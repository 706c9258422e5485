"""Plants realistic errors of every kind into composed and published documents, and counts which are found and where.

    python benchmarks/seeded_errors.py [--seeds 3] [--first-seed 0] [--only 种类] [--documents N] [--first-document 0]
                                       [--missed] [--write docs/seeded-errors.md]

Each case plants one error in one document as read (`seeded/`), recognises and checks it anew. *Found*: a finding of
level error, warning or style that was not there before points at the place (or, where nothing is left to point at,
names what is lost). *First*: the first new finding, in the order that a reader gets them, does, by its first suspect; a
finding that was there before at the same places, and is only told in other words, is not a new one for this.

A wrong figure that no other figure of the document speaks against (``seeded/evidence.py``, which does not ask the checker;
``seeded/turned.py`` for a turned direction) leaves a document that may be right as it stands. Such cases are counted apart,
found or not. A figure off by a unit or two of its last digit is what rounding and cutting off do, and so is one that moves
its percentage by the last digit only: a finding of level rounding tells it rightly.
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
    unopposed: bool = False


def told(planted: Planted, subject: Subject) -> tuple[bool, bool, str]:
    """Whether the planted error is found, whether first, and what is told first."""
    verdict = check(recognise(planted.document))
    levels = (*_LEVELS, *planted.also, *(("rounding",) if planted.slight else ()))
    new = [f for f in verdict.findings if f.level in levels and (f.rule, f.key, f.message) not in subject.known]
    if not new:
        return False, False, ""
    found = any(points_at(finding, planted, every=True) for finding in new)
    unlike = [f for f in new if (f.rule, f.places) not in subject.told_at or points_at(f, planted, every=False)]
    first = (unlike or new)[0]
    return found, points_at(first, planted, every=False), f"[{first.rule}] {first.message[:120]}"


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


def cases_of(name: str, document: Document, seeds: range, kinds: tuple[str, ...]) -> list[Case]:
    """The cases of one document."""
    subject = Subject(name, document)
    cases = []
    for kind in kinds:
        for seed in seeds:
            chance = random.Random(zlib.crc32(f"{name}/{kind}/{seed}".encode()))
            planted = KINDS[kind](subject, chance)
            if planted is not None:
                found, first, words = told(planted, subject)
                cases.append(Case(kind, name, planted.change, found, first, words, planted.unopposed))
    return cases


def documents(limit: int | None, start: int = 0) -> Iterator[tuple[str, Path]]:
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
        paths = paths[start::step][:limit]
    yield from ((path.name, path) for path in paths)


def _read(item: tuple[str, Path, range, tuple[str, ...]]) -> list[Case]:
    name, path, seeds, kinds = item
    document = open_document(path)
    if len(document.blocks) > 3000 or not Subject(name, document).amounts:
        return []
    return cases_of(name, document, seeds, kinds)


def table(cases: list[Case]) -> str:
    """The counts by kind, as Markdown; below them, those that no figure of the document speaks against."""
    rows = ["| 种类 | 例 | 查出 | 首先指出该处 |", "|---|--:|--:|--:|"]
    opposed = [case for case in cases if not case.unopposed]
    for kind in KINDS:
        rows += _row(kind, [case for case in opposed if case.kind == kind])
    rows += _row("合计", opposed)
    rows += _row("另：没有其他数字可与之比较", [case for case in cases if case.unopposed])
    return "\n".join(rows)


def _row(title: str, cases: list[Case]) -> list[str]:
    found = [case for case in cases if case.found]
    first = [case for case in found if case.first]
    share = f"{len(first) / len(found):.1%}" if found else "–"
    return [f"| {title} | {len(cases)} | {len(found) / len(cases):.1%} | {share} |"] if cases else []


def main() -> None:
    """The study."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--first-seed", type=int, default=0)
    parser.add_argument("--only", choices=sorted(KINDS), action="append")
    parser.add_argument("--documents", type=int)
    parser.add_argument("--first-document", type=int, default=0, help="1: the documents beside those of 0")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    parser.add_argument("--missed", action="store_true", help="list what is not found, or not first")
    parser.add_argument("--write", type=Path)
    options = parser.parse_args()
    kinds = tuple(options.only or KINDS)
    seeds = range(options.first_seed, options.first_seed + options.seeds)
    work = [(name, path, seeds, kinds) for name, path in documents(options.documents, options.first_document)]
    with ProcessPoolExecutor(options.processes) as pool:
        cases = [case for some in pool.map(_read, work) for case in some]
    printed = table(cases)
    print(printed)
    if options.missed:
        for case in cases:
            if not (case.found and case.first):
                what = "无从比较" if case.unopposed else "未查出" if not case.found else "非首位"
                print(f"{what} {case.kind} {case.document}: {case.change} ⇒ {case.told}")
    if options.write:
        options.write.write_text(page(cases, options), encoding="utf-8")


def page(cases: list[Case], options: argparse.Namespace) -> str:
    """The study as a page: how it was made, what is counted, the table."""
    sample = len({case.document for case in cases})
    given: list[tuple[str, int | None, int | None]] = [
        ("--seeds", options.seeds, 3),
        ("--first-seed", options.first_seed, 0),
        ("--documents", options.documents, None),
        ("--first-document", options.first_document, 0),
    ]
    command = " ".join(["python benchmarks/seeded_errors.py", *(f"{n} {v}" for n, v, usual in given if v != usual)])
    return (
        f"# 植入差错\n\n`{command}`：{sample}份文件，{len(cases)}例。\n\n"
        "每例在一份文件（编制的，或语料中公开的）里植入一处差错，重新读取、检查。“查出”：有一个原来没有的发现指着那一处；"
        "“首先指出该处”：读者看到的第一个新发现的第一个疑点就是那一处。末位相差一两个单位的，按尾差指出即为查出。\n\n"
        "文件中没有其他数字、文字可与之比较的（`benchmarks/seeded/evidence.py`、`turned.py`：只看印出的数字和文字，不看检查器），"
        "植入后文件仍可能是对的，另列一行，不计入合计。\n\n"
        f"{table(cases)}\n"
    )


if __name__ == "__main__":
    main()
