"""Write ``src/mingzhang/rules/data/homophones.txt``: the common characters that sound alike, one syllable a line.

    pip install pypinyin && python tools/build_homophones.py

A character that is typed by its sound is mistaken for another of the same syllable (有效 for 游校). The common
characters are the 3,755 of the first level of GB 2312; tones do not matter. Run again only to change the choice.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "src" / "mingzhang" / "rules" / "data" / "homophones.txt"
_FIRST_LEVEL = range(0xB0, 0xD8)


def common() -> list[str]:
    """The characters of the first level, in the order of the standard."""
    pairs = (bytes((row, cell)) for row in _FIRST_LEVEL for cell in range(0xA1, 0xFF))
    return [sign for pair in pairs if (sign := pair.decode("gb2312", "ignore"))]


def main() -> None:
    """Group the characters by their commonest reading."""
    from pypinyin import Style, lazy_pinyin  # type: ignore[import-not-found, unused-ignore]

    groups: defaultdict[str, list[str]] = defaultdict(list)
    for sign in common():
        groups[lazy_pinyin(sign, style=Style.NORMAL)[0]].append(sign)
    lines = [f"{syllable} {''.join(signs)}" for syllable, signs in sorted(groups.items()) if len(signs) > 1]
    TARGET.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
