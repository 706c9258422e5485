"""Characters and rulings through pdf_oxide: faster, and it opens files that are cut short; it knows no clip paths."""

from __future__ import annotations

import itertools
import math
from typing import Any

from mingzhang.documents.pdf.glyphs import (
    CrowdedPageError,
    DamagedFileError,
    EncryptedFileError,
    Glyph,
    PageGlyphs,
    Placement,
    RulingCollector,
    is_printable,
    is_unmapped,
    unified,
)
from mingzhang.documents.pdf.textlines import is_wide

_DESCENT = 0.2  # pdf_oxide's boxes stand on the baseline


class OxideFile:
    """A file opened with pdf_oxide."""

    def __init__(self, data: bytes, most_rulings: int) -> None:
        import pdf_oxide

        self._most_rulings = most_rulings
        pdf_oxide.disable_logging()
        try:
            self._document: Any = pdf_oxide.PdfDocument.from_bytes(data)
            self._pages = int(self._document.page_count())
        except BaseException as error:
            if "encrypt" in str(error).lower() or "password" in str(error).lower():
                raise EncryptedFileError from error
            raise _failure(error) from error

    def __len__(self) -> int:
        return self._pages

    def close(self) -> None:
        self._document = None

    def page(self, index: int) -> PageGlyphs:
        try:
            return self._page(index)
        except CrowdedPageError:
            raise
        except BaseException as error:
            raise _failure(error) from error

    def _page(self, index: int) -> PageGlyphs:
        document = self._document
        rotation = int(document.page_rotation(index) or 0)
        media = document.page_media_box(index)
        crop = document.page_crop_box(index) or media
        # Boxes are (left, bottom, right, top).
        box = (max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3]))
        placement = Placement(box, rotation)
        page = PageGlyphs(index + 1, placement.width, placement.height)
        self._characters(page, placement, index)
        collector = RulingCollector(page, self._most_rulings)
        paths = document.extract_paths(index)
        # pdf_oxide reports colours of unknown spaces as white: where all is white, white says nothing.
        blank = not any(_is_visible(path, "stroke_color") or _is_visible(path, "fill_color") for path in paths)
        for path in paths:
            _path(path, placement, collector, blank)
        if not page.glyphs:
            for image in document.page_images(index):
                page.image_share += _image_share(image, placement)
        return page

    def _characters(self, page: PageGlyphs, placement: Placement, index: int) -> None:
        spaced = False
        for item in self._document.extract_chars(index):
            char, size = item.char, item.font_size
            if not char or char.isspace():
                spaced = True
                continue
            code = ord(char[0])
            if is_unmapped(code):
                page.unmapped += 1
                if code == 0:
                    continue
            elif not is_printable(code):
                continue
            angle = math.radians((item.rotation_degrees + placement.rotation) % 90)
            if min(angle, math.pi / 2 - angle) > 0.06:
                page.slanted += 1
                continue
            left, top, right, bottom = (round(edge, 2) for edge in placement.box(*_char_box(item)))
            baseline = round(placement.point(item.origin_x, item.origin_y)[1], 2)
            inside_x = min(right, page.width) - max(left, 0.0)
            inside_y = min(bottom, page.height) - max(top, 0.0)
            if inside_x * 3 < right - left or inside_y * 3 < bottom - top:
                page.hidden += 1
                continue
            page.glyphs.append(
                Glyph(
                    unified(char),
                    left,
                    top,
                    right,
                    bottom,
                    baseline,
                    size if size > 0.5 else max(bottom - top, 0.5),
                    spaced,
                )
            )
            spaced = False


def _failure(error: BaseException) -> BaseException:
    """What to raise instead: a panic of the Rust library is no ``Exception``, and still only a damaged file."""
    if isinstance(error, Exception) or type(error).__name__ == "PanicException":
        return DamagedFileError(str(error))
    return error


def _char_box(item: Any) -> tuple[float, float, float, float]:
    """The em box of a character, from where its pen starts, in the direction it is written."""
    turn = math.radians(item.rotation_degrees)
    along_x, along_y = math.cos(turn), math.sin(turn)
    x, y, size, advance = item.origin_x, item.origin_y, item.font_size, item.advance_width
    if not advance:
        advance = item.bbox[2] or size / 2
    if is_wide(item.char):
        advance = max(advance, 0.9 * size)
    xs, ys = [], []
    for along, up in ((0.0, -_DESCENT * size), (advance, (1 - _DESCENT) * size)):
        xs.append(x + along * along_x - up * along_y)
        ys.append(y + along * along_y + up * along_x)
    return min(xs), min(ys), max(xs), max(ys)


def _is_visible(path: dict[str, Any], part: str, blank: bool = False) -> bool:
    color = path.get(part)
    return color is not None and (blank or not all(channel >= 0.98 for channel in color))


def _path(path: dict[str, Any], placement: Placement, collector: RulingCollector, blank: bool) -> None:
    stroked, filled = _is_visible(path, "stroke_color", blank), _is_visible(path, "fill_color", blank)
    if not (stroked or filled):
        return
    x, y, width, height = path["bbox"]
    if collector.thin_box(*placement.box(x, y, x + width, y + height)):
        return
    points: list[tuple[float, float]] = []
    for operation in [*path.get("operations", ()), {"op": "end"}]:
        name = operation["op"]
        if name in ("rectangle", "rect", "re"):
            left, bottom = operation["x"], operation["y"]
            right, top = left + operation["width"], bottom + operation["height"]
            _subpath(
                [
                    placement.point(left, bottom),
                    placement.point(right, bottom),
                    placement.point(right, top),
                    placement.point(left, top),
                    placement.point(left, bottom),
                ],
                stroked,
                collector,
            )
        elif name in ("move_to", "end"):
            _subpath(points, stroked, collector)
            points = [] if name == "end" else [placement.point(operation["x"], operation["y"])]
        elif name in ("close_path", "close"):
            if points:
                points.append(points[0])
        elif "x" in operation:
            points.append(placement.point(operation["x"], operation["y"]))


def _subpath(points: list[tuple[float, float]], stroked: bool, collector: RulingCollector) -> None:
    if len(points) < 2:
        return
    xs, ys = [point[0] for point in points], [point[1] for point in points]
    if collector.thin_box(min(xs), min(ys), max(xs), max(ys)) or not stroked:
        return
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        collector.segment(x0, y0, x1, y1)


def _image_share(image: dict[str, Any], placement: Placement) -> float:
    area = placement.width * placement.height
    if area <= 0:
        return 0.0
    x, y = image["x"], image["y"]
    left, top, right, bottom = placement.box(x, y, x + image["width"], y + image["height"])
    across = max(0.0, min(right, placement.width) - max(left, 0.0))
    down = max(0.0, min(bottom, placement.height) - max(top, 0.0))
    return float(across * down / area)
