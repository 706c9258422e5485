"""One cell of a ledger → a value, or a mistake that says what is allowed."""

from __future__ import annotations

import difflib
import unicodedata
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from mingzhang.classification import by_code, by_name
from mingzhang.classification.entry import Dimension
from mingzhang.ledgers.schema import Column

Value = str | int | Decimal | bool | None

_YES, _NO = ("是", "1", "Y", "y", "√"), ("否", "0", "N", "n", "")
_LENGTHS = {"function": 7, "object": 5, "gov_object": 5}
_LEVELS = {"function": "项级（7位）", "object": "款级（5位）", "gov_object": "款级（5位）"}
_FIRST_YEAR, _LAST_YEAR = 1990, 2100
_MOST_YUAN = Decimal(10) ** 14


class WrongError(Exception):
    """The cell does not hold what its column wants: ``code`` and what is wrong, in Chinese."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code, self.message = code, message


def value_of(column: Column, text: str, year: int | None) -> Value:
    """The value of a cell of that column; ``WrongError`` says what is wrong and what is allowed."""
    text = unicodedata.normalize("NFKC", text).strip() if column.kind != "text" else text
    if not text:
        if column.required:
            raise WrongError("missing", f"缺少{column.name}。")
        return None
    return _READERS[column.kind](column, text, year)


def _year(column: Column, text: str, year: int | None) -> Value:
    bare = text.removesuffix("年")
    if not (bare.isascii() and bare.isdigit() and _FIRST_YEAR <= int(bare) <= _LAST_YEAR):
        raise WrongError("year", f"{column.name}应为四位年份，实为“{text}”。")
    return int(bare)


def _plain(column: Column, text: str, year: int | None) -> Value:
    return text


def _word(column: Column, text: str, year: int | None) -> Value:
    words = column.words or {}
    folded = {unicodedata.normalize("NFKC", word): member for word, member in words.items()}
    if text in folded:
        return folded[text]
    if text in words.values():
        return text
    near = difflib.get_close_matches(text, folded, n=1, cutoff=0.5)
    meant = f"，是否想写“{near[0]}”？" if near else "。"
    raise WrongError("word", f"{column.name}不能是“{text}”，可用的是：{'、'.join(words)}{meant}")


def _money(column: Column, text: str, year: int | None) -> Value:
    number = _decimal(column, text)
    if abs(number) >= _MOST_YUAN:
        raise WrongError("amount", f"{column.name}“{text}”太大，请确认单位是元。")
    fen = number * 100
    if fen != fen.to_integral_value():
        raise WrongError("amount", f"{column.name}“{text}”不足一分，最多两位小数。")
    return int(fen)


def _number(column: Column, text: str, year: int | None) -> Value:
    return _decimal(column, text)


def _decimal(column: Column, text: str) -> Decimal:
    bare = text.replace(",", "")
    try:
        number = Decimal(bare)
    except InvalidOperation:
        raise WrongError("amount", f"{column.name}应为数字，实为“{text}”。") from None
    if not number.is_finite():
        raise WrongError("amount", f"{column.name}应为数字，实为“{text}”。")
    return number


def _yes_no(column: Column, text: str, year: int | None) -> Value:
    if text in _YES:
        return True
    if text in _NO:
        return False
    raise WrongError("word", f"{column.name}只能填“是”或“否”，实为“{text}”。")


def _code(column: Column, text: str, year: int | None) -> Value:
    dimension: Dimension = column.dimension  # type: ignore[assignment]
    code = text.split("-")[0].split(" ")[0]
    if not (code.isascii() and code.isdigit()):
        found = by_name(dimension, text, year=year)
        codes = sorted({match.entry.code for match in found if len(match.entry.code) >= _LENGTHS[dimension]})
        meant = f"，“{text}”的编码可能是 {'、'.join(codes[:5])}" if codes else ""
        raise WrongError("code", f"{column.name}应填数字编码{meant}。")
    if len(code) < _LENGTHS[dimension]:
        raise WrongError("code-level", f"{column.name}应填到{_LEVELS[dimension]}，“{code}”只有{len(code)}位。")
    standard = code[: _LENGTHS[dimension]]
    if not by_code(dimension, standard):
        raise WrongError("code", f"没有{column.name}“{standard}”{_near(dimension, standard)}")
    if year is not None and not by_code(dimension, standard, year):
        names = "、".join(entry.name for entry in by_code(dimension, standard)[:2])
        raise WrongError("code-year", f"{column.name}“{standard}”（{names}）在{year}年不使用。")
    return code


def _near(dimension: Dimension, code: str) -> str:
    return _below(dimension, code[:-2])


@lru_cache(maxsize=1000)
def _below(dimension: Dimension, parent: str) -> str:
    """What is classified right below a code, as the end of a sentence."""
    siblings: Sequence[str] = [
        f"{candidate}{entry[0].name}"
        for tail in range(100)
        if (entry := by_code(dimension, candidate := f"{parent}{tail:02d}"))
    ]
    return f"；{parent} 下有：{'、'.join(siblings[:6])}{'……' if len(siblings) > 6 else ''}。" if siblings else "。"


_READERS = {
    "year": _year,
    "text": _plain,
    "word": _word,
    "money": _money,
    "number": _number,
    "yes_no": _yes_no,
    "code": _code,
}
