"""Columns that part money by the level of government that it comes from: 中央资金 | 省级资金 | 市级资金."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mingzhang.recognition.vocabulary import fold

_LEVEL = (
    r"(?:(?P<from_centre>中央)|(?P<from_province>省|自治区|全省|省本)|(?P<from_city>市|州|地|市本)"
    r"|(?P<from_county>县区|区县|县市区|市县|县市|县|区|区本|县本|旗县)|(?P<from_township>乡镇|镇街|街镇|乡|镇))"
)
_MONEY = r"(?:财政|预算|专项|补助|配套|安排|转移支付|财力|拨款|资金|支出)"
_PHRASE = re.compile(rf"(?:其中)?{_LEVEL}级?{_MONEY}+\Z")


def levels_among(paths: Sequence[tuple[str, ...]]) -> dict[str, str]:
    """The phrases of a header that name levels, folded, and the topic of each: where at least two levels stand there.

    Alone 市级资金 says no more than whose budget it is.
    """
    found: dict[str, str] = {}
    for text in {text for path in paths for text in path}:
        match = _PHRASE.match(fold(text))
        if match is not None and match.lastgroup is not None:
            found[fold(text)] = match.lastgroup
    return found if len(set(found.values())) > 1 else {}
