"""Number formats: fixed examples as Excel shows them, and properties against a decimal oracle."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mingzhang.documents.number_format import printed

ACCOUNTING = '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ '

EXAMPLES = [
    ("1396.07", "#,##0.00", "1,396.07"),
    ("1482.3399999999999", "General", "1482.34"),
    ("0.30000000000000004", "General", "0.3"),
    ("0.30000000000000004", "0.0000000000000000000", "0.3000000000000000000"),
    ("1.005", "0.00", "1.01"),
    ("2.675", "0.00_ ", "2.68"),
    ("-3.215", "0.00_ ", "-3.22"),
    ("0", "#,##0.00;-#,##0.00;", ""),
    ("-12.5", "#,##0.00;-#,##0.00;", "-12.50"),
    ("1234567", ACCOUNTING, "1,234,567.00"),
    ("-5", ACCOUNTING, "-5.00"),
    ("0", ACCOUNTING, "-"),
    ("-1234.5", "_ * #,##0.00_ ", "-1,234.50"),
    ("0.03545", "0.00%", "3.55%"),
    ("-1.005", "0.00_);[Red]\\(0.00\\)", "(1.01)"),
    ("-1.005", "0.00_);[红色](0.00)", "(1.01)"),
    ("-1.005", "0.00;[Red]0.00", "-1.01"),
    ("-1.005", "0.00;0.00", "1.01"),
    ("12345", "0!.0,", "1.2"),
    ("12345", "0!.0000", "1.2345"),
    ("5", "0!.0000", "0.0005"),
    ("12345678", "#,##0.00,", "12,345.68"),
    ("12345678", '0.00,,"百万"', "12.35百万"),
    ("100000", '[>=10000]0!.0,"万";0', "10.0万"),
    ("-7", '[>=10000]0!.0,"万";0', "-7"),
    ("1234", "[$¥-804]#,##0.00", "¥1,234.00"),
    ("1234", "￥#,##0", "￥1,234"),
    ("3", '0"人次"', "3人次"),
    ("12", 'General"元"', "12元"),
    ("12", "G/通用格式", "12"),
    ("5", "0000", "0005"),
    ("5", "0,000", "0,005"),
    ("5", "#.##", "5."),
    ("0.5", ".00", ".50"),
    ("0.125", "#,##0.##", "0.13"),
    ("0", "#", ""),
    ("-0.001", "0.00", "-0.00"),
    ("2080101", "@", "2080101"),
    ("12345.678", "0.00E+00", "1.23E+04"),
    ("20240105", "0000-00-00", "2024-01-05"),
    ("123456789012", "General", "123456789012"),
    ("12345.678901234", "General", "12345.678901"),
    ("1.678901234567", "General", "1.678901235"),
    ("123456789.01", "General", "123456789.01"),
    ("1.4551915228366852e-11", "General", "0"),
    ("5.5", "# ?/?", "5.5"),
    ("7", ";;;", ""),
    ("45678", 'yyyy"年"m"月"d"日"', "2025年1月21日"),
    ("45678", "yyyy-mm-dd", "2025-01-21"),
    ("45678.5", "yyyy/m/d h:mm", "2025/1/21 12:00"),
    ("45678.75", "上午/下午h:mm", "下午6:00"),
    ("45678", "[$-804]aaaa", "星期二"),
    ("60", "yyyy-mm-dd", "1900-02-28"),
    ("1", "yyyy-mm-dd", "1900-01-01"),
    ("1.5", "[h]:mm:ss", "36:00:00"),
    ("1e300", "0", "1" + "0" * 300),
]


@pytest.mark.parametrize(("value", "code", "shown"), EXAMPLES)
def test_a_number_shows_as_in_a_spreadsheet(value: str, code: str, shown: str) -> None:
    assert printed(Decimal(value), code) == shown


@pytest.mark.parametrize(
    ("value", "code", "shown"),
    [
        ("合计", "General", "合计"),
        ("合计", ACCOUNTING, " 合计 "),
        ("合计", "0;-0;;@", "合计"),
        ("合计", ";;;", ""),
        ("1,234.50", "0", "1,234.50"),
        ("甲", '"第"@"组"', "第甲组"),
    ],
)
def test_text_stays_itself_unless_the_format_says_more(value: str, code: str, shown: str) -> None:
    assert printed(value, code) == shown


def test_booleans_and_dates_since_1904() -> None:
    assert printed(True, "0.00") == "TRUE"
    assert printed(Decimal(0), "yyyy-mm-dd", since_1904=True) == "1904-01-01"


numbers = st.one_of(
    st.floats(-1e13, 1e13, allow_nan=False).map(lambda number: Decimal(repr(number))),
    st.decimals(-(10**11), 10**11, places=2),
    st.integers(-(10**12), 10**12).map(Decimal),
)


def oracle(value: Decimal, places: int) -> Decimal:
    """The value to 15 significant digits, then half up to the places."""
    with localcontext(prec=15, rounding=ROUND_HALF_UP):
        value = +value
    with localcontext(prec=100):
        return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@given(numbers, st.integers(0, 6), st.booleans())
def test_fixed_places_agree_with_the_oracle(value: Decimal, places: int, grouped: bool) -> None:
    code = ("#,##0" if grouped else "0") + ("." + "0" * places if places else "")
    expected = oracle(value, places)
    shown = f"{abs(expected):,f}" if grouped else f"{abs(expected):f}"
    assert printed(value, code) == ("-" if value < 0 else "") + shown


@given(numbers, st.integers(0, 4))
def test_percent_agrees_with_the_oracle(value: Decimal, places: int) -> None:
    with localcontext(prec=15, rounding=ROUND_HALF_UP):
        kept = +value
    shown = printed(value, "0" + ("." + "0" * places if places else "") + "%")
    assert Decimal(shown.removesuffix("%")) == (kept * 100).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@given(numbers)
def test_parentheses_and_minus_say_the_same(value: Decimal) -> None:
    brackets = printed(value, "#,##0.00_);(#,##0.00)")
    if brackets.startswith("("):
        brackets = "-" + brackets[1:-1]
    assert brackets == printed(value, "#,##0.00")


@given(st.decimals(-(10**9), 10**9, places=2))
def test_general_loses_nothing_of_an_amount_in_fen(value: Decimal) -> None:
    assert Decimal(printed(value, "General")) == value
    assert "E" not in printed(value, "General")


@given(st.text(max_size=20), numbers)
def test_no_format_code_breaks(code: str, value: Decimal) -> None:
    assert isinstance(printed(value, code), str)


@given(st.text('0#?.,;%@_*!\\"[]yYmMdDhHsSaeE+-/()$<>=红 ', max_size=16), numbers)
def test_no_format_of_the_grammar_breaks(code: str, value: Decimal) -> None:
    assert isinstance(printed(value, code), str)
