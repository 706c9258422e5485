"""What the reader saw: each page of a PDF as a picture with the grids, the tables, and what became of every number.

What each table and column was understood as, and why a number was not read, stands beside the page: nothing covers its
print but thin marks and the numbers of the columns. The cells of a grid come from the document; what was understood of
them comes from the disclosure, by place.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from mingzhang.cube import Disclosure, Observation, Unread
from mingzhang.cube.source import Source, picture_width
from mingzhang.errors import UsageError
from mingzhang.publication.lettering import SIZE, chinese_font, wrapped
from mingzhang.publication.panel import Panel, panel_of
from mingzhang.publication.understanding import Box, DrawnGrid, DrawnTable, Known, key_of, understood

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw

    from mingzhang.publication.lettering import Font

Colour = tuple[int, int, int, int]

DPI = 110
_LARGEST_SIDE = 4_000  # pixels: a page of any size gives a picture of bounded size
_LEGEND_LINE = 20
_PANEL = 340  # pixels beside the page

_GRID: Colour = (70, 90, 200, 150)
_TAG: Colour = (20, 50, 170, 255)
_GREEN: Colour = (0, 150, 60, 255)
_BLANK: Colour = (120, 200, 150, 255)
_RED: Colour = (220, 20, 20, 255)
_ORANGE: Colour = (240, 130, 0, 255)
_GREY: Colour = (150, 150, 150, 255)
_LOST: Colour = (200, 0, 200, 255)
_DOUBT: Colour = (120, 30, 220, 255)
_PAPER: Colour = (255, 255, 255, 225)
_TINTS: dict[str, Colour] = {
    "code": (150, 80, 200, 38),
    "name": (240, 200, 40, 38),
    "amount": (40, 130, 240, 30),
    "unread": (240, 40, 40, 55),
    "empty": (0, 0, 0, 12),
}
_LEGEND_ENTRIES: tuple[tuple[Colour, str, str], ...] = (
    ((*_TINTS["code"][:3], 140), "编码列", "codes"),
    ((*_TINTS["name"][:3], 140), "文字列", "texts"),
    ((*_TINTS["amount"][:3], 140), "金额列", "amounts"),
    ((*_TINTS["unread"][:3], 140), "未读懂的列", "unread column"),
    (_GREEN, "已读入", "read"),
    (_BLANK, "空白，按零读入", "blank read as zero"),
    (_RED, "表中未读数字", "unread in table"),
    (_ORANGE, "文字中未读数字、数量", "unread in text, or a count"),
    (_GREY, "编码、年份、序号", "codes, years, ordinals"),
    (_LOST, "去向不明的数字", "number unaccounted for"),
    (_DOUBT, "识别置信度低", "doubtful OCR"),
)
_INKS = {"plain": (40, 40, 40), "title": _TAG[:3], "red": _RED[:3], "orange": (190, 95, 0), "grey": (110, 110, 110)}
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*")
_NUMBER = re.compile(r"[-−(（]?[\d０-９][\d０-９,，]*(?:[.．][\d０-９]*)?[%％)）]?\Z")


def draw_pages(data: bytes, disclosure: Disclosure, grids: Sequence[DrawnGrid]) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes (PNG) of one picture a page of the PDF ``data``, in order, one at a time.

    A page that cannot be rendered gives no picture. Raises ``UsageError`` (needs-pillow, nothing-to-draw).
    """
    is_picture = data.startswith(_PICTURES)
    if b"%PDF" not in data[:1024] and not is_picture:
        raise UsageError(
            "nothing-to-draw", f"“{disclosure.path}”不是 PDF 或图片，没有版面可画；--draw 只用于 PDF 和图片。"
        )
    try:
        import PIL.Image  # noqa: F401
    except ImportError as error:
        raise UsageError(
            "needs-pillow", "画图需要 Pillow，请先安装：pip install 'mingzhang[draw]'（或 pip install pillow）。"
        ) from error
    turned = disclosure.turned()
    return _pages(_scanned(data, turned) if is_picture else _rendered_pages(data, turned), disclosure, grids)


def _pages(
    pictures: Iterator[tuple[Image, float] | None], disclosure: Disclosure, grids: Sequence[DrawnGrid]
) -> Iterator[tuple[str, bytes]]:
    known = Known.of(disclosure)
    drawn = [understood(grid, known) for grid in grids]
    digits = max(3, len(str(disclosure.pages or 0)))
    for number, picture in enumerate(pictures, start=1):
        if picture is not None:
            yield f"page-{number:0{digits}d}.png", _drawn(*picture, number, known, drawn)


def _scanned(data: bytes, turned: Mapping[int, int]) -> Iterator[tuple[Image, float]]:
    """The pages of a picture file set upright, and the pixels of one point."""
    from PIL import Image, ImageOps, ImageSequence

    with Image.open(io.BytesIO(data)) as file:
        for number, frame in enumerate(ImageSequence.Iterator(file), start=1):
            page = (ImageOps.exif_transpose(frame) or frame).convert("RGBA")
            points = picture_width(*page.size)
            if turned.get(number):
                points = points if turned[number] == 180 else points * page.height / page.width
                page = page.rotate(-turned[number], expand=True)
            ratio = page.height / page.width
            scale = min(DPI / 72, _LARGEST_SIDE / (points * max(ratio, 1.0)))
            size = (max(round(points * scale), 1), max(round(points * ratio * scale), 1))
            paper = Image.new("RGBA", size, "white")
            paper.alpha_composite(page.resize(size))
            yield paper, scale


def _rendered_pages(data: bytes, turned: Mapping[int, int]) -> Iterator[tuple[Image, float] | None]:
    import pypdfium2  # type: ignore[import-untyped]

    file = pypdfium2.PdfDocument(data)
    try:
        for index in range(len(file)):
            yield _rendered(file, index, turned.get(index + 1, 0))
    finally:
        file.close()


def _rendered(file: Any, index: int, turn: int) -> tuple[Image, float] | None:
    """The page set upright as a picture, and the pixels of one point."""
    import pypdfium2

    try:
        page = file[index]
    except pypdfium2.PdfiumError:
        return None
    try:
        width, height = page.get_size()
        scale = min(DPI / 72, _LARGEST_SIDE / max(width, height, 1.0))
        rendered: Image = page.render(scale=scale, rotation=turn).to_pil().convert("RGBA")
        return rendered, scale
    except (pypdfium2.PdfiumError, ValueError, MemoryError):
        return None
    finally:
        page.close()


# --- drawing ----------------------------------------------------------------------------------------------------------


def _drawn(page: Image, scale: float, number: int, known: Known, grids: Sequence[DrawnTable]) -> bytes:
    from PIL import Image, ImageDraw

    layer = Image.new("RGBA", page.size, (0, 0, 0, 0))
    pen = _Pen(ImageDraw.Draw(layer), scale, *chinese_font())
    here = [grid for grid in grids if grid.page == number]
    cells = set()
    for grid in here:
        pen.tints(grid)
    for grid in here:
        for cell in grid.grid.cells:
            key = key_of(cell.source)
            if key is not None:
                cells.add(key)
                pen.cell(key[1], cell.text, known.observed.get(key), known.unread.get(key))
                pen.doubt(cell.source, cell.text)
    for grid in here:
        pen.heads(grid)
        pen.tag(grid)
    for key, item in known.unread.items():
        if key[0] == number and key not in cells:
            pen.underline(key[1], _GREY if item.kind == "identifier" else _ORANGE)
            pen.doubt(item.source, item.printed)
    for key, observation in known.observed.items():
        if key[0] == number and key not in cells:
            pen.underline(key[1], _GREEN)
            pen.doubt(observation.source, observation.amount.printed)
    told = panel_of(number, known, here, pen.chinese)
    lines = _lines(told, pen.font)
    legend = _legend_rows(page.width + _PANEL, pen)
    height = max(page.height, len(lines) * (SIZE + 4) + 16)
    whole = Image.new("RGB", (page.width + _PANEL, height + len(legend) * _LEGEND_LINE + 4), (255, 255, 255))
    whole.paste(Image.alpha_composite(page, layer).convert("RGB"), (0, 0))
    draw = ImageDraw.Draw(whole)
    draw.line((page.width, 0, page.width, height), fill=(200, 200, 200))
    for row, (text, colour) in enumerate(lines):
        draw.text((page.width + 10, 8 + row * (SIZE + 4)), text, fill=_INKS[colour], font=pen.font)
    _legend(draw, legend, height, pen.font)
    buffer = io.BytesIO()
    whole.save(buffer, "PNG")
    return buffer.getvalue()


def _lines(told: Panel, font: Font) -> list[tuple[str, str]]:
    """What stands beside the page, as lines that fit there, each with its colour."""
    return [(line, colour) for text, colour in told for line in (wrapped(text, font, _PANEL - 18) if text else [""])]


def _legend_rows(width: float, pen: _Pen) -> list[list[tuple[Colour, str, float]]]:
    """The entries of the legend in rows that fit: colour, words, and where each begins."""
    rows: list[list[tuple[Colour, str, float]]] = [[]]
    left = 8.0
    for colour, chinese, plain in _LEGEND_ENTRIES:
        words = chinese if pen.chinese else plain
        length = 14 + pen.font.getlength(words) + 12
        if rows[-1] and left + length > width:
            rows.append([])
            left = 8.0
        rows[-1].append((colour, words, left))
        left += length
    return rows


def _legend(draw: ImageDraw, rows: Sequence[Sequence[tuple[Colour, str, float]]], top: float, font: Font) -> None:
    for number, row in enumerate(rows):
        level = top + number * _LEGEND_LINE
        for colour, words, left in row:
            faint = tuple(255 - (255 - part) * colour[3] // 255 for part in colour[:3])
            draw.rectangle((left, level + 7, left + 10, level + 17), fill=faint, outline=(120, 120, 120))
            draw.text((left + 14, level + 6), words, fill=(60, 60, 60), font=font)


@dataclass(frozen=True, slots=True)
class _Pen:
    """Draws in the points of the page."""

    draw: ImageDraw
    scale: float
    font: Font
    chinese: bool

    def _pixels(self, box: Box) -> Box:
        left, top, right, bottom = (value * self.scale for value in box)
        return (left, top, max(left, right), max(top, bottom))

    def tints(self, grid: DrawnTable) -> None:
        for box, role in grid.tints:
            self.draw.rectangle(self._pixels(box), fill=_TINTS[role])

    def cell(self, box: Box, text: str, observation: Observation | None, unread: Unread | None) -> None:
        pixels = left, top, right, bottom = self._pixels(box)
        self.draw.rectangle(pixels, outline=_GRID)
        colour: Colour | None = None
        if observation is not None:
            colour = _BLANK if observation.amount.is_blank else _GREEN
        elif unread is not None:
            colour = {"identifier": _GREY, "quantity": _ORANGE}.get(unread.kind, _RED)
        elif _NUMBER.match("".join(text.split())):
            colour = _LOST
        if colour is not None:
            inside = (left + 1, top + 1, min(left + 4, right), max(top + 1, bottom - 1))
            self.draw.rectangle(inside, fill=colour)
        if colour in (_RED, _LOST):
            self.draw.rectangle(pixels, outline=colour, width=2)

    def doubt(self, source: Source, text: str) -> None:
        """A frame around a number of a scan that was not read surely."""
        if source.bbox is None or source.scan is None or not source.scan.is_doubtful:
            return
        if any(character.isdigit() for character in text):
            left, top, right, bottom = self._pixels(source.bbox)
            self.draw.rectangle(
                (left + 2, top + 2, max(left + 2, right - 2), max(top + 2, bottom - 2)), outline=_DOUBT, width=2
            )

    def underline(self, box: Box, colour: Colour) -> None:
        left, _, right, bottom = self._pixels(box)
        self.draw.rectangle((left, bottom, right, bottom + 2), fill=colour)

    def heads(self, grid: DrawnTable) -> None:
        """The number of each column on the upper edge of its table; what it is stands beside the page."""
        tops = [cell.source.bbox[1] for cell in grid.grid.cells if cell.source.bbox is not None]
        for head in grid.heads:
            words = str(head.column)
            width = self.font.getlength(words) + 4
            left = (head.left + head.right) / 2 * self.scale - width / 2
            top = max(0.0, min(tops) * self.scale - SIZE / 2 - 1)
            self.draw.rectangle((left, top, left + width, top + SIZE + 1), fill=_PAPER)
            colour = _RED if head.role == "unread" else _TAG
            self.draw.text((left + 2, top), words, fill=colour, font=self.font)

    def tag(self, grid: DrawnTable) -> None:
        boxes = [cell.source.bbox for cell in grid.grid.cells if cell.source.bbox is not None]
        if not boxes:
            return
        left, top = (min(box[side] for box in boxes) * self.scale for side in (0, 1))
        words = grid.table.id if grid.table is not None else "?"
        width = self.font.getlength(words) + 4
        left, top = max(0.0, left - width), max(0.0, top - 1)
        self.draw.rectangle((left, top, left + width, top + SIZE + 3), fill=_PAPER)
        self.draw.text((left + 2, top + 1), words, fill=_TAG if grid.table is not None else _RED, font=self.font)
