"""What a terminal shows: colours on request, widths of East-Asian characters, no control characters of others."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

_COLOURS = {"red": "31", "green": "32", "yellow": "33", "dim": "2", "bold": "1"}


@dataclass(frozen=True, slots=True)
class Style:
    """Paints words, or leaves them plain."""

    colour: bool = False

    def paint(self, name: str, text: str) -> str:
        return f"\x1b[{_COLOURS[name]}m{text}\x1b[0m" if self.colour else text


def width(text: str) -> int:
    """The columns that a text takes: two for a wide character, none for a combining one."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def padded(text: str, columns: int) -> str:
    """The text filled with spaces to that many columns."""
    return text + " " * max(0, columns - width(text))


def clean(text: str) -> str:
    """One line without control characters: a document's own text cannot steer the reader's terminal."""
    return "".join(" " if _is_control(character) else character for character in text).strip()


def _is_control(character: str) -> bool:
    # Cc are the controls, Zl and Zp the line breaks, and these Cf turn the reading direction around.
    return unicodedata.category(character) in ("Cc", "Zl", "Zp") or "\u202a" <= character <= "\u202e"
