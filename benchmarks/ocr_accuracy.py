"""How well scans are read: pages of the corpus made into pictures, spoilt, read by OCR, held to their own text layer.

    python benchmarks/ocr_accuracy.py [--corpus DIR] [--dpi 150 200] [--held-out] [--write docs/ocr-report.md]

A region is the file name up to ``__``. A number is right if the same number is read at its place. Times are CPU seconds on one core.
"""

from __future__ import annotations

import argparse
import math
import re
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mingzhang.documents import Limits
from mingzhang.documents.model import Grid
from mingzhang.documents.pdf.backend_pdfium import PdfiumFile
from mingzhang.documents.pdf.printed import PageContent
from mingzhang.documents.pdf.reader import content_of
from mingzhang.documents.pdf.textlines import box_of

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus"
NUMBER = re.compile(r"\d[\d,，]*(?:\.\d+)?")
WHOLE = re.compile(r"[-(（]?\d[\d,，]*(?:\.\d+)?[%％)）]?")
GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")
FEWEST, MOST = 30, 160
NEAR = 4.0  # points


@dataclass(frozen=True)
class Spoiling:
    """How a picture is spoilt: turned by degrees, blurred (sigma in pixels), noise (sigma of 255), JPEG quality."""

    name: str
    tilt: float
    blur: float
    noise: float
    jpeg: int


SPOILINGS = (
    Spoiling("clean", 0.0, 0.0, 0.0, 0),
    Spoiling("tilt 1°, blur 0.6, noise 6", 1.0, 0.6, 6.0, 80),
    Spoiling("tilt −2°, blur 0.8, noise 10, JPEG 60", -2.0, 0.8, 10.0, 60),
)
DPIS = (150, 200)

KINDS = ("tables", "small type", "text")
SMALL = 8.2  # points

Place = tuple[float, float, float, float]


@dataclass(frozen=True)
class Counts:
    """What a page has of numbers; ``size`` is that of most of its type, in points."""

    path: Path
    page: int
    numeric_cells: int
    numbers: int
    size: float


@dataclass(frozen=True)
class Chosen:
    """A page to be measured, and for what it stands: one of ``KINDS``."""

    path: Path
    page: int
    kind: str


@dataclass
class Score:
    """Numbers of the pages, those read right, of these those printed otherwise (a comma lost), those marked doubtful, and
    how many of the wrong ones are marked."""

    numbers: int = 0
    right: int = 0
    otherwise: int = 0
    doubtful: int = 0
    wrong_marked: int = 0
    cells: int = 0
    cells_right: int = 0
    seconds: float = 0.0
    pages: int = 0
    misread: list[str] = field(default_factory=list)

    def add(self, other: Score) -> None:
        for name in (
            "numbers",
            "right",
            "otherwise",
            "doubtful",
            "wrong_marked",
            "cells",
            "cells_right",
            "seconds",
            "pages",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.misread += other.misread


def chosen_pages(corpus: Path, held_out: bool = False) -> list[Chosen]:
    """Of each region's files in the order of their names every second is held out: the reader is made and mended with
    pages of the others in sight, never with these. Of each region and half: an ordinary page of tables, one in the middle
    by its count of numeric cells; of two files the page of small type with the most numbers; the page with the most
    numbers in sentences and targets.
    """
    regions: dict[str, list[Path]] = {}
    for path in sorted(corpus.glob("*.pdf")):
        regions.setdefault(path.name.split("__")[0], []).append(path)
    chosen: list[Chosen] = []
    for _, paths in sorted(regions.items()):
        counted = [_counted(path) for path in paths[1::2] if held_out] or [_counted(path) for path in paths[::2]]
        chosen += _of_region(reversed(counted) if held_out else counted, counted)
    return sorted(chosen, key=lambda page: KINDS.index(page.kind))


def _of_region(by_turn: Iterable[list[Counts]], counted: list[list[Counts]]) -> Iterator[Chosen]:
    for pages in by_turn:
        fitting = sorted(
            (p for p in pages if FEWEST <= p.numeric_cells <= MOST), key=lambda p: (p.numeric_cells, p.page)
        )
        if fitting:
            middle = fitting[len(fitting) // 2]
            yield Chosen(middle.path, middle.page, "tables")
            break
    small = [
        max(fitting, key=lambda p: (p.numbers, -p.page))
        for pages in counted
        if (fitting := [p for p in pages if 0 < p.size <= SMALL and p.numbers >= 20])
    ][:2]
    yield from (Chosen(page.path, page.page, "small type") for page in small)
    wordy = [p for pages in counted for p in pages if p.numbers >= FEWEST > p.numeric_cells and p not in small]
    if wordy:
        densest = max(wordy, key=lambda p: (p.numbers, p.path.name, -p.page))
        yield Chosen(densest.path, densest.page, "text")


def _counted(path: Path) -> list[Counts]:
    file = PdfiumFile(path.read_bytes(), Limits().page_rulings)
    found: list[Counts] = []
    for index in range(len(file)):
        page = file.page(index)
        content = content_of(page)
        cells = [cell for block in content.blocks if isinstance(block, Grid) for cell in block.cells]
        whole = sum(WHOLE.fullmatch(cell.text.replace(" ", "")) is not None for cell in cells)
        sizes = sorted(glyph.size for glyph in page.glyphs)
        size = sizes[len(sizes) // 2] if sizes else 0.0
        found.append(Counts(path, index + 1, whole, sum(1 for _ in _numbers(content)), size))
    file.close()
    return found


def picture_of(path: Path, page: int, dpi: int, spoiling: Spoiling) -> Any:
    """The page as a grey picture, spoilt; the same in every run."""
    import cv2
    import numpy as np
    import pypdfium2  # type: ignore[import-untyped]

    document = pypdfium2.PdfDocument(path)
    picture: Any = document[page - 1].render(scale=dpi / 72, grayscale=True).to_numpy().squeeze().copy()
    document.close()
    high, wide = picture.shape
    if spoiling.tilt:
        turn = cv2.getRotationMatrix2D((wide / 2, high / 2), spoiling.tilt, 1)
        picture = cv2.warpAffine(picture, turn, (wide, high), flags=cv2.INTER_CUBIC, borderValue=255.0)
    if spoiling.blur:
        picture = cv2.GaussianBlur(picture, (0, 0), spoiling.blur)
    if spoiling.noise:
        noise = np.random.default_rng(page).normal(0, spoiling.noise, picture.shape)
        picture = np.clip(picture + noise, 0, 255).astype(np.uint8)
    if spoiling.jpeg:
        coded = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, spoiling.jpeg])[1]
        picture = cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE)
    return picture


def score(path: Path, page: int, dpi: int, spoiling: Spoiling) -> Score:
    """One page at one resolution, spoilt in one way."""
    from mingzhang.documents.scan.reader import PictureReader

    file = PdfiumFile(path.read_bytes(), Limits().page_rulings)
    born = file.page(page - 1)
    truth = content_of(born)
    file.close()
    picture = picture_of(path, page, dpi, spoiling)
    start = time.process_time()
    reader = PictureReader()
    content = content_of(reader.read(picture, page, 72 / dpi))
    settled = [reader.settled(block) for block in content.blocks if isinstance(block, Grid)]
    result = Score(seconds=time.process_time() - start, pages=1)
    boxes = {cell.source.bbox: cell.source for block in settled if isinstance(block, Grid) for cell in block.cells}
    rest = [(text, reader.placed(page, place)) for text, place in _numbers(content)]
    for text, place in _numbers(truth):
        x, y = _turned(place, born.width, born.height, spoiling.tilt)
        result.numbers += 1
        here = [item for item in rest if _holds(item[1], x, y)]
        same = next((item for item in here if item[0] == text), None)
        if same is None:
            same = next((item for item in here if _value(item[0]) == _value(text)), None)
            result.otherwise += same is not None
        marked = any(
            s.scan is not None and s.scan.is_doubtful for box, s in boxes.items() if box and _holds(box, x, y, 0)
        )
        result.doubtful += marked
        if same is not None:
            result.right += 1
            rest.remove(same)
        else:
            result.wrong_marked += marked
            result.misread.append(f"{text}→{'、'.join(item[0] for item in here) or '—'}")
    read = {
        (c.row, c.column, c.row_span, c.column_span, _plain(c.text))
        for b in content.blocks
        if isinstance(b, Grid)
        for c in b.cells
    }
    for block in truth.blocks:
        if isinstance(block, Grid):
            result.cells += len(block.cells)
            result.cells_right += sum(
                (c.row, c.column, c.row_span, c.column_span, _plain(c.text)) in read for c in block.cells
            )
    return result


def _value(text: str) -> str:
    """A number without the commas between its thousands."""
    return text.replace(",", "") if GROUPED.fullmatch(text) else text


def _plain(text: str) -> str:
    return "".join(text.split()).translate(str.maketrans("，（）：％－—", ",():%--"))


def _numbers(content: PageContent) -> Iterator[tuple[str, Place]]:
    """Every number with its place: its cell, in a table; elsewhere where it stands itself."""
    for block in content.blocks:
        if not isinstance(block, Grid):
            printed = [(char, glyph) for glyph in block.glyphs for char in glyph.char if not char.isspace()]
            for match in NUMBER.finditer("".join(char for char, _ in printed)):
                yield match[0].replace("，", ","), box_of([glyph for _, glyph in printed[match.start() : match.end()]])
            continue
        for cell in block.cells:
            if cell.source.bbox is not None:
                for match in NUMBER.finditer(cell.text.replace(" ", "")):
                    yield match[0].replace("，", ","), cell.source.bbox


def _turned(place: Place, width: float, height: float, degrees: float) -> tuple[float, float]:
    angle = math.radians(degrees)
    x, y = (place[0] + place[2] - width) / 2, (place[1] + place[3] - height) / 2
    return (
        x * math.cos(angle) + y * math.sin(angle) + width / 2,
        -x * math.sin(angle) + y * math.cos(angle) + height / 2,
    )


def _holds(box: Place, x: float, y: float, near: float = NEAR) -> bool:
    return box[0] - near <= x <= box[2] + near and box[1] - near <= y <= box[3] + near


def report(pages: list[Chosen], dpis: Sequence[int]) -> Iterator[str]:
    """A table, a row for each resolution and spoiling; one, a row for each kind of page; what was misread."""
    head = "numbers | right | % | of these without their comma | cells exact % | marked doubtful | wrong and marked"
    yield f"| dpi | picture | pages | {head} | CPU s a page |"
    yield "|" + "---|" * 11
    whole = Score()
    kinds = {kind: Score() for kind in KINDS}
    misread: list[str] = []
    for dpi in dpis:
        for spoiling in SPOILINGS:
            total = Score()
            for page in pages:
                found = score(page.path, page.page, dpi, spoiling)
                total.add(found)
                kinds[page.kind].add(found)
                named = f"{dpi} dpi, {spoiling.name}, {page.path.name.split('__')[0]} p. {page.page}"
                misread += [f"{named}: {told}" for told in found.misread]
            whole.add(total)
            yield _row(str(dpi), spoiling.name, total)
    yield _row("all", "", whole)
    for kind, total in kinds.items():
        yield _row("all", f"pages of {kind}", total)
    yield ""
    yield "Misread (printed → read at its place): " + ("; ".join(f"`{told}`" for told in misread) or "none") + "."


def _row(dpi: str, name: str, score: Score) -> str:
    share = 100 * score.right / max(score.numbers, 1)
    cells = 100 * score.cells_right / max(score.cells, 1)
    wrong = score.numbers - score.right
    return (
        f"| {dpi} | {name} | {score.pages} | {score.numbers} | {score.right} | {share:.2f} | {score.otherwise} "
        f"| {cells:.2f} | {score.doubtful} | {score.wrong_marked}/{wrong} | {score.seconds / max(score.pages, 1):.1f} |"
    )


INTRODUCTION = """# How well scans are read

<!-- Written by benchmarks/ocr_accuracy.py (make ocr-report); do not edit. -->

Pages of the corpus are made into pictures, spoilt, read by OCR, and held to the text layer of the same pages. *numbers*:
every number in tables and text; *right*: the same number is read at the same place; *of these without their comma*: `6,064.90`
read as `6064.90`. *cells exact*: row, column, spans and whole text as in the born-digital page. *marked doubtful*: numbers of
low confidence. Blur is the sigma in pixels, noise the sigma of 255 grey levels. Of each region's files in the order of their
names, every second is held out. Of each region and half: an ordinary page of tables; pages of small type (up to 8.2 points);
the page with the most numbers in sentences and targets.

"""

SEEN = """**The reader was made and mended with these pages in sight: this table says what it was brought to, not what to
expect.** What to expect of a new document is in [pages not seen before](ocr-held-out.md).
"""

HELD_OUT = """Pages of the held-out half (`python benchmarks/ocr_accuracy.py --held-out`): the reader was neither made nor mended with
them in sight. Look at *wrong and marked*, too: a wrong number that is not marked is one that nobody is warned of. The pages
the reader was made with: [here](ocr-report.md).
"""


def on_one_core() -> None:
    """Lets the recogniser use one thread: times are those of one core, and threads that wait for work count nothing."""
    from rapidocr.inference_engine.onnxruntime import main as sessions

    library: Any = sessions
    usual = library.OrtInferSession._init_sess_opts

    def single(settings: Any) -> Any:
        options = usual(settings)
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        return options

    library.OrtInferSession._init_sess_opts = staticmethod(single)


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--corpus", type=Path, default=CORPUS)
    options.add_argument("--dpi", type=int, nargs="+", default=DPIS)
    options.add_argument("--held-out", action="store_true", help="pages that the reader was not made with")
    options.add_argument("--write", type=Path)
    given = options.parse_args()
    if not given.corpus.is_dir():
        print(f"no corpus at {given.corpus}: nothing measured", file=sys.stderr)
        return 0
    on_one_core()
    lines: list[str] = []
    for line in report(chosen_pages(given.corpus, given.held_out), given.dpi):
        print(line, flush=True)
        lines.append(line)
    if given.write is not None:
        told = INTRODUCTION + (HELD_OUT if given.held_out else SEEN)
        given.write.write_text(told + "\n" + "\n".join(lines) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
