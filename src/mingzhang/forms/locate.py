"""Where a mistake stands in a TOML file: tomllib keeps no lines, so the path is looked up in the text once more.

Only ever called to word a message; a path that cannot be followed ends at the nearest line that could.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\-]+)\s*\]\]?")

Step = str | int


def line_of(text: str, path: Sequence[Step]) -> int | None:
    """The line (from 1) of the value at ``path`` (keys and list positions from 0), or of its nearest ancestor."""
    lines = text.splitlines()
    found, start, stop, depth = _section(lines, path)
    rest = list(path[depth:])
    if rest and isinstance(rest[0], str):
        inside = _key(lines, start, stop, rest[0])
        if inside is not None:
            found = inside
            if len(rest) > 1 and isinstance(rest[1], int):
                elements = [n for n in range(inside + 1, stop) if lines[n].lstrip().startswith("{")]
                if rest[1] < len(elements) and lines[inside].rstrip().endswith("["):
                    found = elements[rest[1]]
    return None if found is None else found + 1


def _section(lines: Sequence[str], path: Sequence[Step]) -> tuple[int | None, int, int, int]:
    """The header that opens the longest prefix of ``path``: its line, the first line and end of its keys, its depth."""
    counts: dict[tuple[Step, ...], int] = {}
    headers: list[tuple[int, tuple[Step, ...]]] = []
    for number, line in enumerate(lines):
        match = _HEADER.match(line)
        if match is None:
            continue
        here: tuple[Step, ...] = ()
        names = match[2].split(".")
        for index, name in enumerate(names):
            here = (*here, name)
            if index == len(names) - 1 and match[1] == "[[":
                counts[here] = counts.get(here, -1) + 1
            if here in counts:
                here = (*here, counts[here])
        headers.append((number, here))
    best: tuple[int | None, int, int, int] = (None, 0, headers[0][0] if headers else len(lines), 0)
    for index, (number, here) in enumerate(headers):
        if len(here) > best[3] and tuple(path[: len(here)]) == here:
            stop = headers[index + 1][0] if index + 1 < len(headers) else len(lines)
            best = (number, number + 1, stop, len(here))
    return best


def _key(lines: Sequence[str], start: int, stop: int, key: str) -> int | None:
    pattern = re.compile(rf"^\s*{re.escape(key)}\s*[=.]")
    return next((number for number in range(start, stop) if pattern.match(lines[number])), None)
