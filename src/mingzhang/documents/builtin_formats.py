"""The number formats that workbooks name by number only.

Those of the short date (14, 22) depend on the reader's country: written here as ISO dates. 27–36 and 50–58 are the
East Asian ones, in their Chinese form.
"""

from __future__ import annotations

_MONTH_DAY = 'm"月"d"日"'
_YEAR_MONTH = 'yyyy"年"m"月"'
_YEAR_MONTH_DAY = 'yyyy"年"m"月"d"日"'
_CLOCK = 'h"时"mm"分"'
_CLOCK_SECONDS = 'h"时"mm"分"ss"秒"'
_HALF_DAY_CLOCK = f"上午/下午{_CLOCK}"
_HALF_DAY_CLOCK_SECONDS = f"上午/下午{_CLOCK_SECONDS}"

COUNTRY_DATES = {14: "yyyy-mm-dd", 22: "yyyy-mm-dd hh:mm", 30: "yyyy-mm-dd"}
"""Formats whose text is that of the reader's country, whatever the file says."""

BUILTIN_FORMATS: dict[int, str] = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"¥"#,##0;"¥"\\-#,##0',
    6: '"¥"#,##0;[Red]"¥"\\-#,##0',
    7: '"¥"#,##0.00;"¥"\\-#,##0.00',
    8: '"¥"#,##0.00;[Red]"¥"\\-#,##0.00',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: '_ * #,##0_ ;_ * \\-#,##0_ ;_ * "-"_ ;_ @_ ',
    42: '_ "¥"* #,##0_ ;_ "¥"* \\-#,##0_ ;_ "¥"* "-"_ ;_ @_ ',
    43: '_ * #,##0.00_ ;_ * \\-#,##0.00_ ;_ * "-"??_ ;_ @_ ',
    44: '_ "¥"* #,##0.00_ ;_ "¥"* \\-#,##0.00_ ;_ "¥"* "-"??_ ;_ @_ ',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    27: _YEAR_MONTH,
    28: _MONTH_DAY,
    29: _MONTH_DAY,
    31: _YEAR_MONTH_DAY,
    32: _CLOCK,
    33: _CLOCK_SECONDS,
    34: _HALF_DAY_CLOCK,
    35: _HALF_DAY_CLOCK_SECONDS,
    36: _YEAR_MONTH,
    50: _YEAR_MONTH,
    51: _MONTH_DAY,
    52: _YEAR_MONTH,
    53: _MONTH_DAY,
    54: _MONTH_DAY,
    55: _HALF_DAY_CLOCK,
    56: _HALF_DAY_CLOCK_SECONDS,
    57: _YEAR_MONTH,
    58: _MONTH_DAY,
} | COUNTRY_DATES


def builtin_format(number: int) -> str:
    """The code of a format number; ``General`` where it has none."""
    return BUILTIN_FORMATS.get(number, "General")
