"""When two printed names are the same name: the exact key and the loose key."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

# Radicals that PDF fonts put in the place of the character and that NFKC leaves alone.
_RADICALS = dict(
    zip("⺠⻓⻔⻋⻢⻜⻛⻅⻆⻉⻣⻚⻰⻬⻥⻦⻩⻨⻘⻝⻁⻄", "民长门车马飞风见角贝骨页龙齐鱼鸟黄麦青食虎西", strict=True)
)
_BRACKETS = dict.fromkeys("([{<〔【〖［｛〈《「『﹙〘", "(") | dict.fromkeys(")]}>〕】〗］｝〉》」』﹚〙", ")")
_QUOTES = dict.fromkeys("“”„‟″＂〝〞", '"') | dict.fromkeys("‘’‛′＇", "'")
_MARKS = {"､": "、", "﹑": "、", "•": "·", "・": "·", "‧": "·", "–": "-", "—": "-", "─": "-", "―": "-"}
_FOLD = str.maketrans(_RADICALS | _BRACKETS | _QUOTES | _MARKS)
_INVISIBLE = ("Cf", "Cc", "Zs", "Zl", "Zp")
_SUFFIX = "支出"


@lru_cache(maxsize=8192)
def exact_key(name: str) -> str:
    """The name without what a layout changes: width, whitespace, the shape of brackets and quotes, font radicals.

    、 and ， stay what they are: they divide names differently.
    """
    folded = unicodedata.normalize("NFKC", name.translate(_FOLD)).translate(_FOLD)
    if folded.isalpha():
        return folded
    kept = "".join(c for c in folded if not c.isspace() and unicodedata.category(c) not in _INVISIBLE)
    return unicodedata.normalize("NFKC", kept)


@lru_cache(maxsize=8192)
def loose_key(name: str) -> str:
    """The name without what people vary: also punctuation, brackets (their content stays) and a trailing 支出."""
    key = exact_key(name)
    if not key.isalnum():
        key = "".join(c for c in key if c.isalnum())
    return key[: -len(_SUFFIX)] if key.endswith(_SUFFIX) and len(key) > len(_SUFFIX) else key
