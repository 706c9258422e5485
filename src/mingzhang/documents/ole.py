"""OLE containers (the old formats of Word and Excel): which streams stand at the top."""

from __future__ import annotations

import struct

_ENTRY = 128
_MOST_ENTRIES = 100_000
_NONE = 0xFFFFFFFF


def top_streams(data: bytes) -> frozenset[str]:
    """The names at the top level of the container, not those of embedded objects; empty where it is broken."""
    try:
        return frozenset(_names(_directory(data)))
    except (struct.error, IndexError, UnicodeDecodeError, OverflowError):
        return frozenset()


def _directory(data: bytes) -> bytes:
    shift = struct.unpack_from("<H", data, 30)[0]
    if shift not in (9, 12):
        raise IndexError(shift)
    size = 1 << shift

    def sector(number: int) -> bytes:
        return data[(number + 1) * size : (number + 2) * size]

    per_sector = size // 4
    tables = list(struct.unpack_from("<109I", data, 76))
    following, count = struct.unpack_from("<2I", data, 68)
    for _ in range(min(count, len(data) // size)):
        *more, following = struct.unpack(f"<{per_sector}I", sector(following))
        tables += more
    current: int = struct.unpack_from("<I", data, 48)[0]
    parts: list[bytes] = []
    while current < _NONE - 5 and len(parts) * size < _MOST_ENTRIES * _ENTRY:
        parts.append(sector(current))
        table = sector(tables[current // per_sector])
        current = struct.unpack_from("<I", table, current % per_sector * 4)[0]
    return b"".join(parts)


def _names(directory: bytes) -> list[str]:
    """The children of the root, which form a binary tree."""
    names: list[str] = []
    waiting = [struct.unpack_from("<I", directory, 76)[0]]
    seen = {_NONE}
    while waiting:
        number = waiting.pop()
        if number in seen:
            continue
        seen.add(number)
        place = number * _ENTRY
        length = struct.unpack_from("<H", directory, place + 64)[0]
        names.append(directory[place : place + max(length - 2, 0)].decode("utf-16-le"))
        waiting += struct.unpack_from("<2I", directory, place + 68)
    return names
