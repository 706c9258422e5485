"""Chinese letters in pictures: the font of the machine that has them, and lines that fit a width."""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont
    from PIL.ImageFont import ImageFont as BitmapFont

    Font = FreeTypeFont | BitmapFont

SIZE = 11
"""Pixels of the letters in pictures."""

# The likeliest to hold Latin letters beside the Chinese ones first.
_FAMILIES = (
    *("NotoSansCJK", "NotoSansSC", "NotoSansHans", "SourceHanSans", "msyh", "PingFang", "Hiragino", "STHeiti"),
    *("wqy-", "simhei", "NotoSerifCJK", "SourceHanSerif", "simsun", "Songti", "Arial Unicode", "uming", "ukai"),
    "DroidSansFallback",
)
_FILES = re.compile("|".join(map(re.escape, _FAMILIES)), re.IGNORECASE)
_FOLDERS = (
    *("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts"),
    *("/System/Library/Fonts", "/Library/Fonts", "~/Library/Fonts", "C:/Windows/Fonts"),
)
_NEEDED = "预算A0"
_NOWHERE = "\U000fffff"  # drawn as whatever a font draws where it has no character


@functools.cache
def chinese_font() -> tuple[Font, bool]:
    """A font that has Chinese characters and plain letters, if the machine has one; else Pillow's own, for plain letters."""
    from PIL import ImageFont

    for place in font_files():
        try:
            font = ImageFont.truetype(place, SIZE)
        except OSError:
            continue
        if _has(font, _NEEDED):
            return font, True
    return ImageFont.load_default(SIZE), False


def _has(font: Font, characters: str) -> bool:
    """Whether a font draws characters as something else than a character that it does not have."""
    missing = bytes(font.getmask(_NOWHERE))
    return all(bytes(font.getmask(character)) != missing for character in characters)


def font_files() -> Iterator[str]:
    """Files of fonts that may have Chinese characters, the likeliest first."""
    found: list[tuple[int, str]] = []
    for folder in _FOLDERS:
        for place, _, names in os.walk(Path(folder).expanduser()):
            for name in names:
                match = _FILES.search(name)
                if match is not None and name.lower().endswith((".ttf", ".ttc", ".otf")):
                    rank = next(n for n, family in enumerate(_FAMILIES) if family.lower() == match[0].lower())
                    found.append((rank, os.path.join(place, name)))
    return (place for _, place in sorted(found, key=lambda item: (item[0], "Regular" not in item[1], item[1])))


def wrapped(words: str, font: Font, width: float) -> list[str]:
    """The words as lines no wider than ``width`` pixels."""
    lines = [""]
    for character in words:
        if lines[-1] and font.getlength(lines[-1] + character) > width:
            lines.append("")
        lines[-1] += character
    return lines
