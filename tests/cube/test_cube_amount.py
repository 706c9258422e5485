"""Amounts: which texts are numbers, of what value and quantum, and which are refused."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.cube import Amount, NotAnAmountError, Unit, parse_amount, unit_named

WAN = unit_named("万元")
YUAN = unit_named("元")

# text, value, decimals
VALID = [
    ("1,482.34", "1482.34", 2),
    ("1482.34", "1482.34", 2),
    ("1482", "1482", 0),
    ("0", "0", 0),
    ("0.00", "0", 2),
    ("-3.21", "-3.21", 2),
    ("−3.21", "-3.21", 2),  # minus sign
    ("－3.21", "-3.21", 2),  # full-width hyphen
    ("﹣3.21", "-3.21", 2),  # small hyphen
    ("+3.21", "3.21", 2),
    ("(3.21)", "-3.21", 2),
    ("（3.21）", "-3.21", 2),
    ("（1,003.21）", "-1003.21", 2),
    ("１，４８２．３４", "1482.34", 2),
    ("1，482.34", "1482.34", 2),
    (" 1 482.34 ", "1482.34", 2),
    ("1\u00a0482.34", "1482.34", 2),
    ("　12　", "12", 0),
    ("¥5.00", "5", 2),
    ("￥5.00", "5", 2),
    ("007", "7", 0),
    (".5", "0.5", 1),
    ("5.", "5", 0),
    ("100,000,000,000.00", "100000000000", 2),
    ("9" * 30, "9" * 30, 0),
    ("0.001", "0.001", 3),
    ("1.50", "1.5", 2),
]


@pytest.mark.parametrize(("text", "value", "decimals"), VALID)
def test_a_number_is_read_exactly(text: str, value: str, decimals: int) -> None:
    amount = parse_amount(text, WAN)
    assert (amount.value, amount.decimals) == (Decimal(value), decimals)
    assert amount.printed == text.strip()
    assert not amount.is_blank


@pytest.mark.parametrize(
    "text", ["", " ", "\t", "　", "-", "—", "——", "--", "－", "─", "/", "\\", "_", "–", "‐", " — "]
)
def test_a_blank_or_a_dash_is_nought_and_says_so(text: str) -> None:
    amount = parse_amount(text, WAN, decimals=2)
    assert (amount.value, amount.decimals, amount.is_blank) == (Decimal(0), 2, True)
    assert amount.printed == text.strip()
    assert parse_amount(text, WAN).decimals == 0


@pytest.mark.parametrize(
    "text",
    [
        "1,23", "12,34.5", "1,2345", ",123", "1,,234", "1234,567", "123,4567",
        "12a", "a12", "12.3x", "12O.00", "1.2.3", "1..2", ".", "+", "(", "()", "（）",
        "（-3）", "(+3)", "--3", "+-3", "3-", "-(3)", "((3))", "(3", "3)",
        "2024-01-02", "2024/1/2", "2024年", "1月", "12:30", "3%", "3.5％", "1/2", "1~2", "3-5",
        "合计", "5元", "5万元", "约5", "≥5", "*", "**", "x", "无", "N/A", "#REF!", "1e3", "1E+05", "nan", "inf", "∞",
        "①", "²", "⑴", "⒈", "½", "一百", "壹", "٣a", "1'000", "1 482,3", "9" * 31, "0." + "1" * 30,
    ],
)  # fmt: skip
def test_what_is_not_wholly_a_number_is_refused(text: str) -> None:
    with pytest.raises(NotAnAmountError):
        parse_amount(text, WAN)


@pytest.mark.parametrize(("text", "value"), [("3.5%", "3.5"), ("3.5％", "3.5"), ("-0.2%", "-0.2"), ("100", "100")])
def test_a_percentage_is_a_number_of_a_percent_column_only(text: str, value: str) -> None:
    assert parse_amount(text, unit_named("%")).value == Decimal(value)
    if not text.isdigit():
        with pytest.raises(NotAnAmountError):
            parse_amount(text, YUAN)


@pytest.mark.parametrize(
    ("unit", "fen"),
    [("分", 1), ("元", 100), ("百元", 10**4), ("千元", 10**5), ("万元", 10**6), ("百万元", 10**8), ("亿元", 10**10)],
)
def test_units_of_money_count_fen(unit: str, fen: int) -> None:
    assert unit_named(unit).fen == fen
    assert parse_amount("1", unit_named(unit)).fen == fen
    assert parse_amount("0.5", unit_named(unit)).quantum == Decimal(fen) / 10
    assert unit_named(f" {unit}\u3000") == unit_named(unit)


def test_what_counts_things_has_no_fen() -> None:
    cars = parse_amount("3", unit_named("辆"))
    assert not cars.unit.is_money
    assert cars.quantum == 1
    with pytest.raises(ValueError, match="辆"):
        _ = cars.fen


@pytest.mark.parametrize(
    ("text", "known", "decimals"),
    [
        ("0", 2, 2),  # a bare nought has the precision of its table
        ("", 2, 2),
        ("—", 4, 4),
        ("0.000", 2, 3),  # its own places where they are finer
        ("5", 2, 0),  # a number other than nought tells its own
        ("5.1", 2, 1),
        ("0", None, 0),
    ],
)
def test_the_precision_of_the_table_is_that_of_its_noughts(text: str, known: int | None, decimals: int) -> None:
    assert parse_amount(text, WAN, decimals=known).decimals == decimals


def test_the_quantum_is_that_of_the_print() -> None:
    assert parse_amount("1,396.07", WAN).quantum == 10**4  # 0.01 万元 in 分
    assert parse_amount("1396", WAN).quantum == 10**6
    assert parse_amount("13960700", YUAN).quantum == 100
    assert parse_amount("13960700.00", YUAN).quantum == 1
    assert parse_amount("0.001", YUAN).quantum == Decimal("0.1")


@pytest.mark.parametrize("whole", [10**13, 10**13 + 1, 10**15 + 3, 10**17 - 1, 9_007_199_254_740_993])
def test_large_amounts_are_exact_to_the_fen(whole: int) -> None:
    yuan, fen = divmod(whole, 100)
    for text in (f"{yuan}.{fen:02d}", f"{yuan:,}.{fen:02d}"):
        amount = parse_amount(text, YUAN)
        assert amount.fen == whole
        assert int(amount.fen) == whole
    in_wan = parse_amount(f"{whole // 10**6}.{whole % 10**6:06d}", WAN)
    assert in_wan.fen == whole


def test_amounts_are_values() -> None:
    assert parse_amount("1.50", WAN) == Amount("1.50", WAN, Decimal("1.5"), 2)
    assert len({parse_amount("1.50", WAN), parse_amount("1.50", WAN), parse_amount("1.5", WAN)}) == 2


UNITS = st.sampled_from(["元", "千元", "万元", "亿元"]).map(unit_named)
WIDE = str.maketrans("0123456789.,-()", "０１２３４５６７８９．，－（）")


@given(whole=st.integers(-(10**18), 10**18), places=st.integers(0, 6), unit=UNITS, style=st.integers(0, 15))
def test_whatever_way_it_is_printed_it_is_the_same_amount(whole: int, places: int, unit: Unit, style: int) -> None:
    assert unit.fen is not None
    value = Decimal(whole).scaleb(-places)
    text = f"{abs(value):,.{places}f}" if style & 1 else f"{abs(value):.{places}f}"
    if value < 0:
        text = f"({text})" if style & 2 else f"-{text}"
    if style & 4:
        text = text.translate(WIDE)
    if style & 8:
        text = f" {text}　"
    amount = parse_amount(text, unit)
    assert (amount.value, amount.decimals) == (value, places)
    assert amount.fen == value * unit.fen
    assert amount.quantum == Decimal(unit.fen).scaleb(-places)


@given(st.text(alphabet="0123456789.,-+()%（）－，．０９年 x", max_size=12))
def test_any_text_is_an_amount_of_its_own_digits_or_refused(text: str) -> None:
    try:
        amount = parse_amount(text, WAN)
    except NotAnAmountError:
        return
    digits = [str(unicodedata.digit(c)) for c in text if c.isdigit()]
    shown = [c for c in f"{abs(amount.value):f}" if c.isdigit()]
    assert "".join(digits).strip("0") == "".join(shown).strip("0")
    assert amount.is_blank == (not digits)
