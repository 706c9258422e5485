"""Bytes → text: which of the three encodings Chinese text files have, or none."""

from __future__ import annotations

import codecs
import unicodedata
from collections import Counter

_TRIES = ("utf-8-sig", "gb18030")
# Controls that occur in honest text; 0x1a is the end mark of DOS files, 0x1f a soft hyphen of old Word exports.
_HARMLESS = frozenset("\t\n\r\f\v\x1a\x1f")
# Above this share of control, private-use and unassigned characters the bytes are not text.
_GARBAGE_SHARE = 0.01
_GARBAGE = frozenset({"Cc", "Cn", "Co"})
_SAMPLE = 200_000


def decode(data: bytes) -> str | None:
    """The text, or ``None`` where the bytes are none: strict UTF-8 (BOM or not), UTF-16 with BOM, GB 18030, in order.

    The order decides every doubt: valid UTF-8 is almost never meant as GB 18030, while nearly any even bytes are
    valid GB 18030, which is therefore last and must also look like text (as must the others).
    """
    tries: tuple[str, ...] = _TRIES
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        tries = ("utf-16",)
    for encoding in tries:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text if _looks_like_text(text) else None
    return None


def _looks_like_text(text: str) -> bool:
    if "\0" in text:
        return False
    sample = text if len(text) <= _SAMPLE else text[: _SAMPLE // 2] + text[-_SAMPLE // 2 :]
    found = Counter(sample).items()
    garbage = sum(n for mark, n in found if unicodedata.category(mark) in _GARBAGE and mark not in _HARMLESS)
    return garbage <= len(sample) * _GARBAGE_SHARE
