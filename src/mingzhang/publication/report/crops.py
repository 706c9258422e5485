"""Pictures of the places of findings, cut from the pages of a PDF, with the numbers framed.

What may be wrong is framed in red, what it is held against in dashed blue. Every page is rendered once, whatever the
number of findings on it; the number of pictures is bounded, and what is left without one is counted.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import TYPE_CHECKING

from mingzhang.cube.finding import Finding
from mingzhang.cube.source import Source
from mingzhang.errors import UsageError

if TYPE_CHECKING:
    from PIL.Image import Image

Box = tuple[float, float, float, float]

_WIDTH = 1200  # pixels of a page's width, within the scales below
_SCALES = (1.2, 2.0)
_MARGIN = 42.0  # points above and below the framed numbers
_TALLEST = 330.0  # points of one picture
_FRAME = 1.5  # points between a number and its frame
_COLOURS = 48
_MOST_PICTURES = 240
_MOST_BYTES = 12_000_000
_PAGES_OF_ONE = 3
_LARGEST_SIDE = 4_000
_RED = (214, 30, 30)
_BLUE = (40, 90, 190)


@dataclass(frozen=True, slots=True)
class Crop:
    """One picture (PNG) of ``region``, in points of the page; ``framed`` in red, ``against`` in dashed blue.

    ``file`` is the path of the page's file, where the places name theirs.
    """

    page: int
    region: Box
    framed: tuple[Box, ...]
    against: tuple[Box, ...]
    png: bytes
    width: int
    height: int
    file: str | None = None

    @property
    def where(self) -> str:
        """第3页, with its file if that is named."""
        return (f"“{PurePath(self.file).name}”" if self.file else "") + f"第{self.page}页"


@dataclass(frozen=True, slots=True)
class Crops:
    """The pictures of each finding, by its fingerprint, and how many findings with a place have none."""

    by_finding: dict[str, tuple[Crop, ...]] = field(default_factory=dict)
    left_out: int = 0

    def of(self, finding: Finding) -> tuple[Crop, ...]:
        return self.by_finding.get(finding.id, ())


@dataclass(frozen=True, slots=True)
class _Wanted:
    finding: str
    file: str | None
    page: int
    framed: tuple[Box, ...]
    against: tuple[Box, ...]


def is_pdf(data: bytes) -> bool:
    return b"%PDF" in data[:1024]


def crops_of(
    data: bytes | Mapping[str | None, bytes],
    findings: Sequence[Finding],
    turned: Mapping[str | None, Mapping[int, int]] | None = None,
) -> Crops:
    """The pictures for the findings of the PDF ``data``; findings come in the order of their importance.

    Where places name their files, ``data`` holds the PDFs by path, under ``None`` that of the places that name none.
    ``turned`` are, by file, the pages that are set upright first, each with the degrees, clockwise.

    Raises ``UsageError`` (needs-pillow).
    """
    try:
        import PIL.Image  # noqa: F401
    except ImportError as error:
        raise UsageError(
            "needs-pillow",
            "附页面截图需要 Pillow，请先安装：pip install 'mingzhang[report]'（或 pip install pillow）。",
        ) from error
    pdfs: Mapping[str | None, bytes] = {None: data} if isinstance(data, bytes) else data
    asked = [list(_wanted(finding, pdfs)) for finding in findings]
    # One picture for as many findings as may be, before a second for any.
    wanted = [requests[n] for n in range(_PAGES_OF_ONE) for requests in asked if n < len(requests)]
    kept = wanted[:_MOST_PICTURES]
    made: dict[_Wanted, Crop] = {}
    for file, pdf in pdfs.items():
        made |= _cut(pdf, [request for request in kept if request.file == file], (turned or {}).get(file, {}))
    by_finding: dict[str, tuple[Crop, ...]] = {}
    size = 0
    for request in kept:
        crop = made.get(request)
        if crop is None or size + len(crop.png) > _MOST_BYTES:
            continue
        size += len(crop.png)
        by_finding[request.finding] = (*by_finding.get(request.finding, ()), crop)
    return Crops(by_finding, len({request.finding for request in wanted} - set(by_finding)))


def places_of(finding: Finding) -> tuple[list[Source], list[Source]]:
    """The places that may be wrong, and those they are held against.

    Where no suspects are named, the first place is meant, with all others of its table or of the running text.
    """
    suspects = list(dict.fromkeys(suspect.source for suspect in finding.suspects))
    others = [place for place in dict.fromkeys(finding.places) if place not in suspects]
    if suspects or not others:
        return suspects, others
    first = others[0]
    return [p for p in others if p.table == first.table], [p for p in others if p.table != first.table]


def _wanted(finding: Finding, pdfs: Mapping[str | None, bytes]) -> Iterable[_Wanted]:
    """The pages to be shown, the suspects' first."""
    framed, against = places_of(finding)
    placed = [p for p in (*framed, *against) if p.page is not None and p.bbox is not None and p.file in pdfs]
    for file, page in list(dict.fromkeys((p.file, p.page or 0) for p in placed))[:_PAGES_OF_ONE]:
        yield _Wanted(finding.id, file, page, _boxes(framed, file, page), _boxes(against, file, page))


def _boxes(places: Iterable[Source], file: str | None, page: int) -> tuple[Box, ...]:
    here = (place.bbox for place in places if (place.file, place.page) == (file, page) and place.bbox is not None)
    return tuple(dict.fromkeys(here))


def _cut(data: bytes, wanted: Sequence[_Wanted], turned: Mapping[int, int]) -> dict[_Wanted, Crop]:
    import pypdfium2  # type: ignore[import-untyped]

    if not wanted:
        return {}
    by_page: dict[int, list[_Wanted]] = {}
    for request in wanted:
        by_page.setdefault(request.page, []).append(request)
    made: dict[_Wanted, Crop] = {}
    file = pypdfium2.PdfDocument(data)
    try:
        for number in sorted(by_page):
            picture = _rendered(file, number, turned.get(number, 0))
            if picture is not None:
                made.update((request, _crop(*picture, request)) for request in by_page[number])
    finally:
        file.close()
    return made


def _rendered(file: object, number: int, turn: int) -> tuple[Image, float] | None:
    """The page as a picture and the pixels of one point; ``None`` where it cannot be rendered."""
    import pypdfium2

    try:
        page = file[number - 1]  # type: ignore[index]
    except (pypdfium2.PdfiumError, IndexError):
        return None
    try:
        width, height = page.get_size()
        if turn in (90, 270):
            width, height = height, width
        least, most = _SCALES
        scale = min(max(_WIDTH / max(width, 1.0), least), most, _LARGEST_SIDE / max(width, height, 1.0))
        return _few_colours(page.render(scale=scale, rotation=turn).to_pil().convert("RGB")), scale
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        return None
    finally:
        page.close()


def _few_colours(page: Image) -> Image:
    """The page in few colours, once for all its pictures; the last two are those of the frames."""
    from PIL import Image

    few: Image.Image = page.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    palette = (few.getpalette() or [])[: 3 * _COLOURS]
    few.putpalette([*palette, *[0] * (3 * _COLOURS - len(palette)), *_RED, *_BLUE])
    return few


def _crop(page: Image, scale: float, request: _Wanted) -> Crop:
    from PIL import ImageDraw

    region = _region(request, page.width / scale, page.height / scale)
    left, top, right, bottom = (round(edge * scale) for edge in region)
    picture = page.crop((left, top, right, max(bottom, top + 1)))
    pen = ImageDraw.Draw(picture)
    against = tuple(box for box in request.against if _within(box, region))
    framed = tuple(box for box in request.framed if _within(box, region))
    for box in against:
        _dashed(pen, _pixels(box, region, scale))
    for box in framed:
        pen.rectangle(_pixels(box, region, scale), outline=_COLOURS, width=max(2, round(1.6 * scale)))
    buffer = io.BytesIO()
    picture.save(buffer, "PNG", compress_level=6)
    return Crop(request.page, region, framed, against, buffer.getvalue(), picture.width, picture.height, request.file)


def _region(request: _Wanted, width: float, height: float) -> Box:
    """The whole width of the page, so that a row keeps its name; as much of its height as shows the numbers."""
    main = request.framed or request.against
    top, bottom = main[0][1], main[0][3]
    for box in (*main[1:], *request.against):
        low, high = min(top, box[1]), max(bottom, box[3])
        if high - low <= _TALLEST - 2 * _MARGIN:
            top, bottom = low, high
    top, bottom = max(0.0, top - _MARGIN), min(height, bottom + _MARGIN)
    return (0.0, min(top, height - 1), width, min(max(bottom, top + 1), top + _TALLEST))


def _within(box: Box, region: Box) -> bool:
    return box[1] < region[3] and box[3] > region[1]


def _pixels(box: Box, region: Box, scale: float) -> Box:
    left, top, right, bottom = box
    inset = _FRAME
    return (
        (left - region[0] - inset) * scale,
        (top - region[1] - inset) * scale,
        max((right - region[0] + inset) * scale, (left - region[0]) * scale + 1),
        max((bottom - region[1] + inset) * scale, (top - region[1]) * scale + 1),
    )


def _dashed(pen: object, box: Box) -> None:
    left, top, right, bottom = box
    for start, end, along in (
        ((left, top), (right, top), 0),
        ((left, bottom), (right, bottom), 0),
        ((left, top), (left, bottom), 1),
        ((right, top), (right, bottom), 1),
    ):
        position = start[along]
        while position < end[along]:
            stop = min(position + 7, end[along])
            dash = [(position, start[1]), (stop, start[1])] if not along else [(start[0], position), (start[0], stop)]
            pen.line(dash, fill=_COLOURS + 1, width=2)  # type: ignore[attr-defined]
            position += 12
