"""Writes small PDFs by hand: text in an unembedded Chinese font, lines and rectangles, page by page.

Coordinates are given from the top-left corner, as the reader reports them; ``y`` of a text is its baseline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass
class Page:
    width: float = 595
    height: float = 842
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None  # left, top, right, bottom
    image: bool = False
    commands: list[str] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, size: float = 10, font: str = "F1") -> Page:
        """Chinese characters are one em wide, ASCII half an em."""
        code = text.encode("utf-16-be").hex()
        self.commands.append(f"BT /{font} {size} Tf 1 0 0 1 {x} {self.height - y} Tm <{code}> Tj ET")
        return self

    def right(self, x: float, y: float, text: str, size: float = 10) -> Page:
        return self.text(x - width_of(text, size), y, text, size)

    def line(self, x0: float, y0: float, x1: float, y1: float, width: float = 0.7, dash: str = "") -> Page:
        pattern = f"[{dash}] 0 d" if dash else ""
        top, bottom = self.height - y0, self.height - y1
        self.commands.append(f"q {pattern} {width} w {x0} {top} m {x1} {bottom} l S Q")
        return self

    def fill(self, x0: float, y0: float, x1: float, y1: float, grey: float = 0) -> Page:
        self.commands.append(f"q {grey} g {x0} {self.height - y1} {x1 - x0} {y1 - y0} re f Q")
        return self

    def frame(self, x0: float, y0: float, x1: float, y1: float) -> Page:
        self.commands.append(f"q 0.7 w {x0} {self.height - y1} {x1 - x0} {y1 - y0} re S Q")
        return self

    def clipped(self, box: Sequence[float], x: float, y: float, text: str, size: float = 10) -> Page:
        x0, y0, x1, y1 = box
        self.commands.append(f"q {x0} {self.height - y1} {x1 - x0} {y1 - y0} re W n")
        self.text(x, y, text, size)
        self.commands.append("Q")
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float]) -> Page:
        for y in ys:
            self.line(xs[0], y, xs[-1], y)
        for x in xs:
            self.line(x, ys[0], x, ys[-1])
        return self

    def rows(self, xs: Sequence[float], ys: Sequence[float], texts: Sequence[Sequence[str]]) -> Page:
        """Texts in the cells that two lists of edges make: numbers at the right, words at the left."""
        for row, line in enumerate(texts):
            for column, text in enumerate(line):
                if text[:1].isdigit():
                    self.right(xs[column + 1] - 3, ys[row + 1] - 6, text)
                elif text:
                    self.text(xs[column] + 3, ys[row + 1] - 6, text)
        return self


def width_of(text: str, size: float = 10) -> float:
    return sum(size / 2 if char.isascii() else size for char in text)


def make_pdf(*pages: Page) -> bytes:
    """The bytes of a PDF with these pages."""
    objects: list[bytes] = []

    def add(body: str | bytes) -> int:
        objects.append(body if isinstance(body, bytes) else body.encode("ascii"))
        return len(objects)

    def stream(dictionary: str, content: bytes) -> bytes:
        return f"<< {dictionary} /Length {len(content)} >> stream\n".encode() + content + b"\nendstream"

    catalog = add("<< /Type /Catalog /Pages 2 0 R >>")
    tree = add("")
    descendant = add(
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /W [1 95 500] "
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 4 0 R >>"
    )
    add(
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [0 -200 1000 880] /ItalicAngle 0 "
        "/Ascent 880 /Descent -200 /CapHeight 880 /StemV 80 >>"
    )
    font = add(
        f"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        f"/DescendantFonts [{descendant} 0 R] >>"
    )
    image = add(
        stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", b"\x80")
    )
    kids = []
    for page in pages:
        commands = list(page.commands)
        if page.image:
            commands.append(f"q {page.width} 0 0 {page.height} 0 0 cm /Im Do Q")
        content = add(stream("", "\n".join(commands).encode("ascii")))
        crop = ""
        if page.crop is not None:
            left, top, right, bottom = page.crop
            crop = f"/CropBox [{left} {page.height - bottom} {right} {page.height - top}]"
        kids.append(
            add(
                f"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {page.width} {page.height}] {crop} "
                f"/Rotate {page.rotate} /Contents {content} 0 R "
                f"/Resources << /Font << /F1 {font} 0 R >> /XObject << /Im {image} 0 R >> >> >>"
            )
        )
    objects[tree - 1] = (
        f"<< /Type /Pages /Kids [{' '.join(f'{kid} 0 R' for kid in kids)}] /Count {len(kids)} >>".encode()
    )
    result = bytearray(b"%PDF-1.5\n")
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(result))
        result += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(result)
    result += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    for offset in offsets:
        result += f"{offset:010d} 00000 n \n".encode()
    result += f"trailer << /Size {len(objects) + 1} /Root {catalog} 0 R >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(result)
