"""The numbers that a word processor puts before its paragraphs: 一、（一） 1. are in no text, only in the list styles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

_LEVELS = 9
_DEEPEST_STYLE = 20


@dataclass(frozen=True, slots=True)
class Level:
    """One level of a list: ``text`` such as ``（%1）``, in which %1 stands for the number of the first level."""

    start: int
    form: str
    text: str
    plain: bool = False


@dataclass(slots=True)
class _List:
    """A list as counted so far; several ``num`` share the counters of one abstract list."""

    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)


class Numbering:
    """Counts the paragraphs of each list in document order."""

    def __init__(self, numbering: Element | None, styles: Element | None) -> None:
        self._styles = dict(_style_numbers(styles)) if styles is not None else {}
        self._lists: dict[str, tuple[_List, dict[int, int]]] = {}
        self._style_levels: dict[tuple[str, str], int] = {}
        self._started: set[tuple[str, int]] = set()
        if numbering is not None:
            self._read(numbering)

    def _read(self, numbering: Element) -> None:
        shared: dict[str, _List] = {}
        links: dict[str, dict[str, int]] = {}
        for element in numbering.iter("abstractNum"):
            name = element.get("abstractNumId", "")
            levels = {_whole(lvl.get("ilvl")): lvl for lvl in element.iter("lvl")}
            shared[name] = _List({number: _level(lvl) for number, lvl in levels.items()})
            links[name] = {_value(lvl.find("pStyle")): number for number, lvl in levels.items()}
        for element in numbering.iter("num"):
            name = element.get("numId", "")
            abstract = _value(element.find("abstractNumId"))
            found = shared.get(abstract)
            if found is None:
                continue
            restarts: dict[int, int] = {}
            replaced: dict[int, Level] = {}
            for override in element.iter("lvlOverride"):
                number = _whole(override.get("ilvl"))
                start, level = override.find("startOverride"), override.find("lvl")
                if start is not None:
                    restarts[number] = _whole(start.get("val"), 1)
                if level is not None:
                    replaced[number] = _level(level)
            if replaced:
                found = _List({**found.levels, **replaced}, found.counts)
            self._lists[name] = (found, restarts)
            self._style_levels |= {(name, style): number for style, number in links[abstract].items() if style}

    def label(self, style: str | None, number: str | None, level: int | None) -> str:
        """What stands before the next paragraph of this style and list, counted; empty where it has no number.

        ``number`` "0" says that the paragraph has none although its style has.
        """
        if number is None:
            number, of_style = self._styles.get(style or "", (None, None))
            level = of_style if level is None else level
            if number is not None and level is None:
                level = self._style_levels.get((number, style or ""))
        if number is None or number not in self._lists:
            return ""
        counted, restarts = self._lists[number]
        return self._next(counted, restarts, number, min(max(level or 0, 0), _LEVELS - 1))

    def _next(self, counted: _List, restarts: dict[int, int], number: str, level: int) -> str:
        described = counted.levels.get(level)
        if described is None:
            return ""
        counts = counted.counts
        if level in restarts and (number, level) not in self._started:
            counts[level] = restarts[level]
        else:
            counts[level] = counts.get(level, described.start - 1) + 1
        self._started.add((number, level))
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if described.form in ("bullet", "none"):
            return ""
        text = described.text
        for other in range(level + 1):
            if f"%{other + 1}" in text:
                above = counted.levels.get(other, described)
                form = "decimal" if described.plain else above.form
                text = text.replace(f"%{other + 1}", numeral(counts.get(other, above.start), form))
        # 1. before 2024年 must not become 1.2024年.
        return text + " " if text and (text[-1].isascii() or text[-1].isalnum()) else text


def _level(element: Element) -> Level:
    start = element.find("start")
    return Level(
        _whole(start.get("val"), 1) if start is not None else 1,
        _value(element.find("numFmt")) or "decimal",
        _value(element.find("lvlText")),
        element.find("isLgl") is not None,
    )


def _style_numbers(styles: Element) -> Iterator[tuple[str, tuple[str | None, int | None]]]:
    """The list and level of each paragraph style, its own or that of the style it is based on."""
    known = {style.get("styleId", ""): style for style in styles.iter("style")}
    for name in known:
        current: str | None = name
        for _ in range(_DEEPEST_STYLE):
            style = known.get(current or "")
            if style is None:
                break
            properties = style.find("pPr/numPr")
            if properties is not None:
                level = properties.find("ilvl")
                number = _value(properties.find("numId")) or None
                yield name, (number, _whole(level.get("val")) if level is not None else None)
                break
            current = _value(style.find("basedOn"))


def _value(element: Element | None) -> str:
    return element.get("val", "") if element is not None else ""


def _whole(text: str | None, default: int = 0) -> int:
    return int(text) if text is not None and text.isascii() and text.isdigit() and len(text) < 7 else default


# --- numerals ------------------------------------------------------------------------------------------------------

_DIGITS = "〇一二三四五六七八九"
_FORMAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"


def numeral(number: int, form: str) -> str:
    """``number`` as the list format ``form`` writes it; digits where the form is unknown or has no such number."""
    if form in ("upperLetter", "lowerLetter") and 0 < number <= 780:
        letters = chr(65 + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letters if form == "upperLetter" else letters.lower()
    if form in ("upperRoman", "lowerRoman") and 0 < number < 4000:
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    write = _FORMS.get(form)
    return write(number) if write is not None and 0 <= number < 10_000 else str(number)


def _roman(number: int) -> str:
    steps = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"))
    text = ""
    for value, letters in (*steps, (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")):
        text += letters * (number // value)
        number %= value
    return text


def _counted(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """21 → 二十一, 10 → 十, 105 → 一百零五."""
    if number == 0:
        return digits[0]
    text = ""
    gap = False
    for place in range(3, -1, -1):
        digit, number = divmod(number, 10**place)
        if digit == 0:
            gap = bool(text)
            continue
        text += ("零" if gap else "") + digits[digit] + (units[place - 1] if place else "")
        gap = False
    return text[1:] if text.startswith("一十") else text


def _cycle(marks: str) -> Callable[[int], str]:
    return lambda number: marks[number - 1] if 0 < number <= len(marks) else str(number)


_FORMS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(
        ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCountingThousand"), _counted
    ),
    "chineseLegalSimplified": lambda number: _counted(number, _FORMAL_DIGITS, "拾佰仟"),
    "ideographDigital": lambda number: "".join(_DIGITS[int(digit)] for digit in str(number)),
    "ideographTraditional": _cycle("甲乙丙丁戊己庚辛壬癸"),
    "ideographZodiac": _cycle("子丑寅卯辰巳午未申酉戌亥"),
    "decimalEnclosedCircle": _cycle("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedCircleChinese": _cycle("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"),
    "decimalEnclosedParen": lambda number: f"({number})",
    "decimalEnclosedFullstop": lambda number: f"{number}.",
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalFullWidth2": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalZero": lambda number: f"{number:02d}",
}
