"""Pages that are pictures, one by one: rendered or opened, read, and remembered until the blocks are settled."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from mingzhang.documents.model import Grid, Line
from mingzhang.documents.pdf.glyphs import Box, PageGlyphs
from mingzhang.documents.pdf.reader import ScanFailedError
from mingzhang.documents.scan.engine import available, engine
from mingzhang.documents.scan.marking import Marker, notes_of, settled
from mingzhang.documents.scan.orientation import quarter_turns, turned
from mingzhang.documents.scan.page import read_page

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Gray = NDArray[np.uint8]

__all__ = ["PdfScanner", "PictureReader", "available"]

_DPI = 200
_LARGEST_SIDE = 5_000  # pixels


class PictureReader:
    """Reads pictures of pages. What the libraries raise on one page is a ``ScanFailedError``: the others go on."""

    def __init__(self) -> None:
        self._markers: dict[int, Marker] = {}

    def read(self, gray: Gray, number: int, scale: float) -> PageGlyphs:
        """The picture of page ``number``; ``scale`` is points a pixel."""
        try:
            reads = engine()
            turns = quarter_turns(reads, gray)
            page = read_page(reads, turned(gray, turns), number, scale)
            page.glyphs.turned = -90 * turns % 360
        except Exception as error:  # of three libraries, with no common base
            raise ScanFailedError(type(error).__name__) from error
        self._markers[number] = Marker(page)
        return page.glyphs

    def settled(self, block: Line | Grid) -> Line | Grid:
        return settled(block, self._markers)

    def placed(self, number: int, box: Box) -> Box:
        """A box in the upright picture of page ``number``, as it is on the page."""
        return self._markers[number].box(box)

    def notes(self, blocks: Sequence[Line | Grid]) -> list[str]:
        return notes_of(blocks, sorted(self._markers))


class PdfScanner(PictureReader):
    """The pages of a PDF as pictures."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._data = data
        self._document: Any = None

    def page(self, index: int) -> PageGlyphs:
        import pypdfium2  # type: ignore[import-untyped]

        try:
            if self._document is None:
                self._document = pypdfium2.PdfDocument(self._data)
            page = self._document[index]
        except pypdfium2.PdfiumError as error:
            raise ScanFailedError("页面无法绘出") from error
        try:
            width, height = page.get_size()
            scale = min(_DPI / 72, _LARGEST_SIDE / max(width, height, 1.0))
            gray: Gray = page.render(scale=scale, grayscale=True).to_numpy().squeeze().copy()
        except (pypdfium2.PdfiumError, ValueError, MemoryError) as error:
            raise ScanFailedError("页面无法绘出") from error
        finally:
            page.close()
        return self.read(gray, index + 1, 1 / scale)
