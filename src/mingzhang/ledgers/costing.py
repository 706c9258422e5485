"""项目支出测算: what a project costs, from quantities, rates, months and shares with named parameters; exact, then rounded to 分."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from mingzhang.ledgers.formulas import FormulaError, evaluate
from mingzhang.ledgers.rows import Mistakes, Record

_FACTORS = ("QUANTITY", "RATE", "MONTHS", "SHARE")
_NAMES = {"QUANTITY": "数量", "RATE": "标准", "MONTHS": "月数", "SHARE": "负担比例"}


@dataclass(frozen=True, slots=True)
class Cost:
    """One line of a costing: its record, its factors as written, and its result in 分."""

    record: Record
    formula: str
    fen: int


def parameters_of(records: Sequence[Record], mistakes: Mistakes) -> dict[str, Fraction]:
    """The parameters by name; a name given twice is a mistake."""
    found: dict[str, Fraction] = {}
    for record in records:
        name = record.text("NAME")
        if name in found:
            mistakes.at(record, "NAME", "duplicate", f"参数“{name}”写了两次。")
        found.setdefault(name, Fraction(str(record.values["VALUE"])))
    return found


def costs(records: Sequence[Record], parameters: Mapping[str, Fraction], mistakes: Mistakes) -> list[Cost]:
    """Every line worked out; a formula that cannot be is a mistake at its cell."""
    found: list[Cost] = []
    for record in records:
        product = Fraction(1)
        written: list[str] = []
        sound = True
        for factor in _FACTORS:
            text = record.text(factor)
            if not text:
                continue
            try:
                product *= evaluate(text, parameters)
                written.append(text)
            except FormulaError as wrong:
                mistakes.at(record, factor, "formula", f"{_NAMES[factor]}“{text}”算不出来：{wrong}。")
                sound = False
        if sound:
            found.append(Cost(record, " × ".join(written), rounded(product * 100)))
    return found


def rounded(fen: Fraction) -> int:
    """The whole 分 nearest to an exact amount, half away from zero."""
    whole, rest = divmod(abs(fen), 1)
    value = int(whole) + (rest >= Fraction(1, 2))
    return value if fen >= 0 else -value
