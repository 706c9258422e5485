"""Pages a second of read_pdf over a folder of PDFs, against pdfplumber's extract_tables on one page in so many of the same files.

    python benchmarks/pdf_speed.py [folder] [--step 15] [--backend pdfium|pdf_oxide]

One process, one core, one run; processor time, so that other work on the machine does not count. Prints the ratio,
the share of each stage, and the most memory the process held before pdfplumber was loaded.
"""

from __future__ import annotations

import argparse
import io
import resource
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mingzhang.documents.pdf import BACKENDS, read_pdf, reader
from mingzhang.documents.pdf.backend_oxide import OxideFile
from mingzhang.documents.pdf.backend_pdfium import PdfiumFile

CORPUS = Path(__file__).parents[1].parent / "shared" / "corpus"


def timed(spent: dict[str, float], name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    def wrapper(*args: Any, **options: Any) -> Any:
        start = time.process_time()
        try:
            return function(*args, **options)
        finally:
            spent[name] += time.process_time() - start

    return wrapper


def stages(files: list[bytes], backend: str) -> dict[str, float]:
    """Seconds in each stage; a second run, because the measuring costs something too."""
    spent: dict[str, float] = defaultdict(float)
    opener: Any = PdfiumFile if backend == "pdfium" else OxideFile
    places: list[tuple[Any, str, str]] = [
        (opener, "page", "characters and rulings"),
        (reader, "grids_of", "tables"),
        (reader, "printed_lines", "printed lines"),
        (reader, "in_order", "printed lines"),
        (reader, "remove_furniture", "paragraphs"),
        (reader, "blocks_of", "paragraphs"),
    ]
    originals = [(owner, name, getattr(owner, name)) for owner, name, _ in places]
    try:
        for owner, name, stage in places:
            setattr(owner, name, timed(spent, stage, getattr(owner, name)))
        start = time.process_time()
        for data in files:
            read_pdf(data, "", "", backend=backend)
        total = time.process_time() - start
    finally:
        for owner, name, original in originals:
            setattr(owner, name, original)
    spent["opening and the rest"] = total - sum(spent.values())
    return spent


def pdfplumber_speed(files: list[bytes], pages: list[int], step: int, before: int = 0) -> tuple[int, float]:
    """Pages and seconds of pdfplumber on every step-th page of all the files laid end to end, after ``before`` pages."""
    import pdfplumber

    count, seconds = 0, 0.0
    for data, total in zip(files, pages, strict=True):
        chosen = [index for index in range(total) if (before + index) % step == step // 2]
        before += total
        if not chosen:
            continue
        start = time.process_time()
        with pdfplumber.open(io.BytesIO(data)) as document:
            for index in chosen:
                page = document.pages[index]
                page.extract_tables()
                page.close()
        seconds += time.process_time() - start
        count += len(chosen)
    return count, seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--step", type=int, default=15, help="give pdfplumber one page in so many; 0: leave it out")
    parser.add_argument("--backend", choices=BACKENDS, default="pdfium")
    options = parser.parse_args()
    paths = sorted(options.folder.glob("*.pdf"))
    files = [path.read_bytes() for path in paths]
    read_pdf(files[0], "", "", backend=options.backend)  # loads the libraries
    wall, start = time.perf_counter(), time.process_time()
    pages = [read_pdf(data, "", "", backend=options.backend).pages or 0 for data in files]
    seconds, wall = time.process_time() - start, time.perf_counter() - wall
    total = sum(pages)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    held = sum(map(len, files)) / 1048576
    print(
        f"read_pdf ({options.backend}): {len(files)} files, {total} pages, {seconds:.2f} s processor, {wall:.2f} s wall"
    )
    print(f"  {total / seconds:.0f} pages/s; peak memory {peak:.0f} MB, of which {held:.0f} MB the files themselves")
    spent = stages(files, options.backend)
    whole = sum(spent.values())
    for stage, part in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"  {part / whole:6.1%}  {stage}")
    if options.step:
        count, plumber = pdfplumber_speed(files, pages, options.step)
        print(f"pdfplumber extract_tables: {count} pages, {plumber:.2f} s: {count / plumber:.1f} pages/s")
        print(f"ratio {total / seconds / (count / plumber):.1f}")


if __name__ == "__main__":
    main()
