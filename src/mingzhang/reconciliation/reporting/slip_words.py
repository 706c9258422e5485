"""What a likely slip is called."""

from __future__ import annotations

from mingzhang.reconciliation.solver.slips import Slip, SlipKind

_WORDS = {
    SlipKind.TAIL: "属尾差",
    SlipKind.TRUNCATION: "似为截去尾数而未四舍五入",
    SlipKind.SIGN: "似为正负号有误",
    SlipKind.UNIT: "似为单位错用（如元与万元）",
    SlipKind.DECIMAL_SHIFT: "似为小数点错位",
    SlipKind.TRANSPOSITION: "似为相邻两位数字颠倒",
    SlipKind.NEIGHBOUR: "似为误抄{source}的数字",
    SlipKind.LAST_YEAR: "似为误用上年数",
    SlipKind.DIGIT: "似为一位数字有误",
    SlipKind.MISSING_DIGIT: "似为漏了一位数字",
    SlipKind.EXTRA_DIGIT: "似为多了一位数字",
    SlipKind.BLANK: "似为漏填",
    SlipKind.ZERO: "似为漏填（误作零）",
}


def slip_words(slip: Slip) -> str:
    """The slip in Chinese: 似为相邻两位数字颠倒."""
    return _WORDS[slip.kind].format(source=slip.source or "相邻单元格")


def is_rate_slip(printed: str, right: str | None) -> bool:
    """Whether a percentage is one digit, or two neighbouring digits exchanged, away from the right one."""
    if right is None or len(printed) != len(right):
        return False
    unlike = [at for at, (one, other) in enumerate(zip(printed, right, strict=True)) if one != other]
    if len(unlike) == 2:
        first, second = unlike
        return second - first <= 2 and printed[first] == right[second] and printed[second] == right[first]
    return len(unlike) == 1
