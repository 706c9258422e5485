"""Reading to observations, one core: pages a second, the share of each stage, memory, start-up, and pdfplumber beside it.

    python benchmarks/reading_speed.py [folder] [--step 15] [--profile]

Processor time, so that other work on the machine does not count; Python's collector is paused over one document, as the
command has it. The stages are opening (PDF → Document), recognition
(Document → Disclosure), derivation (ties and their system) and certification (the certificate, the located errors). The
memory is that of a process of its own that reads a volume of 260 pages joined from two documents. pdfplumber
extracts the tables of one page in ``--step`` of the same files, in the same run, document by document in turn. ``--profile`` adds the functions that
recognition spends its time in.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import pstats
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pdf_speed
from mingzhang.collector import uncollected
from mingzhang.cube import Disclosure
from mingzhang.documents import Document, open_document
from mingzhang.errors import MingzhangError
from mingzhang.recognition import recognise
from mingzhang.reconciliation import reconcile
from mingzhang.reconciliation.assembly import assemble
from mingzhang.reconciliation.derivation import Book, derive

CORPUS = pdf_speed.CORPUS
VOLUME = 260  # pages
STARTS = 7
TYPICAL = range(20, 36)  # pages of the documents that are to be read and checked in 0.3 s
MOST_MEGABYTES = 200  # that reading a volume may take

_READ_ALONE = """
import resource, sys, time
from mingzhang.documents import open_document
from mingzhang.recognition import recognise
start = time.process_time()
found = recognise(open_document(sys.argv[1]))
seconds = time.process_time() - start
print(found.pages, len(found.observations), seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


def spent(function: Callable[..., Any], *arguments: Any) -> tuple[Any, float]:
    """What the function gives, and its processor time."""
    start = time.process_time()
    result = function(*arguments)
    return result, time.process_time() - start


class Stages:
    """Seconds of each stage, added up over documents."""

    def __init__(self) -> None:
        self.seconds = dict.fromkeys(("open", "recognise", "derive", "certify"), 0.0)
        self.pages = self.observations = self.documents = 0
        self.read: dict[Path, int] = {}  # pages
        self.typical: list[tuple[int, float, float]] = []
        self.slowest: list[tuple[float, str, str]] = []

    @uncollected
    def add(self, path: Path) -> None:
        try:
            document, opening = spent(open_document, path)
        except MingzhangError as error:
            print(f"  not read: {path.name}: {error.code}")
            return
        disclosure, recognising = spent(recognise, document)
        _, deriving = spent(_derived, disclosure)
        _, checking = spent(reconcile, disclosure)
        stages = {"open": opening, "recognise": recognising, "derive": deriving, "certify": max(0, checking - deriving)}
        for name, seconds in stages.items():
            self.seconds[name] += seconds
            self.slowest.append((seconds, name, path.name))
        self.documents += 1
        self.read[path] = document.pages or 0
        self.pages += document.pages or 0
        self.observations += len(disclosure.observations)
        self.typical.append((document.pages or 0, opening + recognising, opening + recognising + checking))

    def report(self) -> None:
        reading = self.seconds["open"] + self.seconds["recognise"]
        whole = sum(self.seconds.values())
        print(f"{self.documents} PDFs, {self.pages} pages, {self.observations} observations")
        print(f"reading to observations: {reading:.2f} s, {self.pages / reading:.0f} pages/s")
        print(f"read and checked: {whole:.2f} s, {self.pages / whole:.0f} pages/s")
        for name, seconds in self.seconds.items():
            of_reading = f", {seconds / reading:.1%} of reading" if name in ("open", "recognise") else ""
            print(f"  {seconds / whole:6.1%}  {name} ({seconds:.2f} s{of_reading})")
        for seconds, name, document in sorted(self.slowest, reverse=True)[:6]:
            print(f"  slowest: {seconds:6.2f} s {name}: {document}")
        alike = [(read, checked) for pages, read, checked in self.typical if pages in TYPICAL]
        if alike:
            reads, checks = zip(*alike, strict=True)
            print(
                f"documents of {TYPICAL[0]} to {TYPICAL[-1]} pages ({len(alike)}): read {statistics.median(reads):.3f} s,"
                f" read and checked median {statistics.median(checks):.3f} s, most {max(checks):.3f} s"
            )


def _derived(disclosure: Disclosure) -> None:
    book = Book.of(disclosure)
    assemble(book, derive(book).ties)


def joined(paths: list[Path], folder: Path) -> Path:
    """The two documents whose pages together come nearest to the volume's, in one file, to its number of pages."""
    import pypdfium2  # type: ignore[import-untyped]

    pages = {path: len(pypdfium2.PdfDocument(path)) for path in paths}
    pairs = [(one, other) for one in paths for other in paths if pages[one] > pages[other]]
    enough = [pair for pair in pairs if pages[pair[0]] + pages[pair[1]] >= VOLUME] or pairs
    chosen = min(enough, key=lambda pair: abs(pages[pair[0]] + pages[pair[1]] - VOLUME))
    volume = pypdfium2.PdfDocument.new()
    for path in chosen:
        volume.import_pages(pypdfium2.PdfDocument(path), list(range(min(pages[path], VOLUME - len(volume)))))
    place = folder / "volume.pdf"
    volume.save(place)
    return place


def memory(paths: list[Path]) -> None:
    """Peak memory of a process that does nothing but read a volume."""
    with tempfile.TemporaryDirectory() as folder:
        place = joined(paths, Path(folder))
        size = place.stat().st_size / (1 << 20)
        told = subprocess.run(
            [sys.executable, "-c", _READ_ALONE, str(place)], capture_output=True, text=True, check=True
        ).stdout.split()
    pages, observations, seconds, peak = (float(word) for word in told)
    print(
        f"volume: {pages:.0f} pages, {size:.1f} MB, {observations:.0f} observations: {seconds:.2f} s"
        f" ({pages / seconds:.0f} pages/s), peak memory {peak:.0f} MB"
        f" ({'within' if peak <= MOST_MEGABYTES else 'MORE THAN'} {MOST_MEGABYTES} MB)"
    )


def start_up() -> None:
    """Wall time of the command doing next to nothing, and its heaviest imports."""
    command = [sys.executable, "-m", "mingzhang", "--version"]
    times = []
    for _ in range(STARTS):
        start = time.perf_counter()
        subprocess.run(command, capture_output=True, check=True)
        times.append(time.perf_counter() - start)
    print(f"start-up (mingzhang --version): median {statistics.median(times):.3f} s of {STARTS}")
    traced = subprocess.run(
        [sys.executable, "-X", "importtime", *command[1:]], capture_output=True, text=True, check=True
    ).stderr
    rows = [line.removeprefix("import time:").split("|") for line in traced.splitlines()[1:]]
    heaviest = sorted(((int(row[0]), row[2].strip()) for row in rows), reverse=True)[:4]
    print("  " + ", ".join(f"{name} {microseconds / 1000:.1f} ms" for microseconds, name in heaviest))


def hot_spots(paths: list[Path], lines: int = 16) -> None:
    """The functions that recognition spends its time in (own time, then with what they call)."""
    documents: list[Document] = []
    for path in paths:
        try:
            documents.append(open_document(path))
        except MingzhangError:
            continue
    profile = cProfile.Profile()
    profile.enable()
    for document in documents:
        recognise(document)
    profile.disable()
    for order in ("tottime", "cumulative"):
        stream = io.StringIO()
        pstats.Stats(profile, stream=stream).strip_dirs().sort_stats(order).print_stats(lines)
        print(stream.getvalue())


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--step", type=int, default=15, help="give pdfplumber one page in so many; 0: leave it out")
    parser.add_argument("--profile", action="store_true", help="name the functions that recognition spends its time in")
    options = parser.parse_args()
    paths = sorted(options.folder.glob("*.pdf"))
    if not paths:
        print(f"reading speed not measured: no PDFs in {options.folder} (the corpus is not part of the project)")
        return
    start_up()
    memory(paths)
    _derived(recognise(open_document(paths[0])))  # loads the libraries and the data
    if options.step:
        import pdfplumber  # noqa: F401 - loaded before anything is timed
    reconcile(recognise(open_document(paths[0])))
    stages = Stages()
    count, seconds = 0, 0.0
    for path in paths:
        before = stages.pages
        stages.add(path)
        if options.step and path in stages.read:
            # Right after it, document by document: how fast the machine is changes from one minute to the next.
            of_file = pdf_speed.pdfplumber_speed([path.read_bytes()], [stages.read[path]], options.step, before)
            count, seconds = count + of_file[0], seconds + of_file[1]
    stages.report()
    if options.step:
        reading = stages.pages / (stages.seconds["open"] + stages.seconds["recognise"])
        print(f"pdfplumber extract_tables: {count} pages, {seconds:.2f} s: {count / seconds:.1f} pages/s")
        print(f"ratio {reading / (count / seconds):.1f}")
    if options.profile:
        hot_spots(paths)


if __name__ == "__main__":
    main()
