"""A picture file → Document: PNG, JPEG, TIFF of one page or several."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from mingzhang.cube.source import picture_width
from mingzhang.documents import refusals
from mingzhang.documents.model import Document
from mingzhang.documents.pdf.furniture import remove_furniture
from mingzhang.documents.pdf.paragraphs import blocks_of
from mingzhang.documents.pdf.printed import PageContent
from mingzhang.documents.pdf.reader import ScanFailedError, content_of, turned_note
from mingzhang.documents.raw import RawFile
from mingzhang.documents.scan.reader import PictureReader, available

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Gray = NDArray[np.uint8]

_LARGEST_SIDE = 5_000
_SMALLEST_SIDE = 1_600  # pixels of the longer side: smaller type is enlarged before it is looked at


def read_image(raw: RawFile) -> Document:
    """Reads a picture file by OCR. Raises ``UnreadableError``: needs-ocr, damaged-file, too-large."""
    if not available():
        raise refusals.needs_ocr(raw.path)
    reader = PictureReader()
    pages: list[PageContent] = []
    notes: list[str] = []
    turned: list[tuple[int, int]] = []
    count = 0
    for count, (gray, scale) in enumerate(_pictures(raw), start=1):
        try:
            page = reader.read(gray, count, scale)
            turned += [(count, page.turned)] if page.turned else []
            pages.append(content_of(page))
        except ScanFailedError as error:
            notes.append(f"第{count}页为扫描件，识别失败（{error}），未读取")
    if not pages:
        raise refusals.unreadable_picture(raw.path, "；".join(notes) or "没有一页可以识别")
    if turned:
        notes.append(turned_note([number for number, _ in turned]))
    notes += remove_furniture(pages)
    blocks = [reader.settled(block) for block in blocks_of(pages)]
    notes += reader.notes(blocks)
    return Document(raw.path, raw.sha256, "image", count, tuple(blocks), tuple(notes), turned=tuple(turned))


def _pictures(raw: RawFile) -> Iterator[tuple[Gray, float]]:
    """Each page in grey, and its points a pixel."""
    import io

    import numpy as np
    from PIL import Image, ImageOps, ImageSequence, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(raw.data)) as file:
            for number, frame in enumerate(ImageSequence.Iterator(file)):
                if number >= raw.limits.scanned_pages:
                    raise refusals.too_large(raw.path, f"超过 {raw.limits.scanned_pages} 页", "scanned_pages")
                if frame.width * frame.height > raw.limits.picture_pixels:
                    told = f"图片有 {frame.width}×{frame.height} 个像素"
                    raise refusals.too_large(raw.path, told, "picture_pixels")
                upright = ImageOps.exif_transpose(frame) or frame
                if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
                    page = Image.new("RGBA", upright.size, "white")
                    page.alpha_composite(upright.convert("RGBA"))
                    upright = page
                grey = upright.convert("L")
                longer = max(grey.size)
                factor = min(max(1.0, _SMALLEST_SIDE / longer), _LARGEST_SIDE / longer, 3.0)
                if factor != 1.0:
                    size = (max(round(grey.width * factor), 1), max(round(grey.height * factor), 1))
                    grey = grey.resize(size, Image.Resampling.BICUBIC)
                yield np.asarray(grey, dtype=np.uint8).copy(), picture_width(*grey.size) / grey.width
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise refusals.unreadable_picture(raw.path, type(error).__name__) from error
