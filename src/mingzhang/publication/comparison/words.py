"""The words that all formats share: the sentence at the top, amounts in 万元, what happened to a code."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from mingzhang.cube.compared import ComparedLine, ComparedSection, Comparison
from mingzhang.publication.terminal import clean

_WAN = 1_000_000  # 分
_MOVERS = 2


@dataclass(frozen=True, slots=True)
class Terms:
    """How a difference is spoken of: in time something rises and falls, between two agencies one has more or less."""

    more: str
    less: str
    most: str
    least: str
    difference: str
    rate: str
    appeared: str
    vanished: str
    same: str
    right: str
    left: str


_OVER_TIME = Terms(
    *("增加", "减少", "增加最多的是", "减少最多的是", "增减", "增减%"),
    *("新出现", "不再有金额", "没有变化", "右为增加", "左为减少"),
)
_BETWEEN = Terms(
    *("多", "少", "多得最多的是", "少得最多的是", "差额", "差额%"),
    *("只有后者有金额", "只有前者有金额", "没有差别", "右为多", "左为少"),
)


def terms_of(comparison: Comparison) -> Terms:
    return _BETWEEN if comparison.basis == "agencies" else _OVER_TIME


def money(fen: Decimal, decimals: int, *, signed: bool = False) -> str:
    """An amount in 万元: 1,234.50; ``signed`` writes the plus too."""
    value = (fen / _WAN).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    value = abs(value) if value == 0 else value
    return f"{value:+,.{decimals}f}" if signed and value else f"{value:,.{decimals}f}"


def rate(line: ComparedLine) -> str:
    """The change in per cent, one decimal; empty where there was nothing before, or nothing changed."""
    if line.state == "same" or line.rate is None:
        return ""
    value = line.rate.quantize(Decimal("0.1"), ROUND_HALF_UP)
    return f"{value:+,.1f}%" if value else "0.0%"


def title_of(comparison: Comparison) -> str:
    """某某局：2023年预算与2024年预算对比."""
    left, right = comparison.left, comparison.right
    if comparison.basis == "agencies":
        return f"{clean(left.label)}与{clean(right.label)}对比"
    return f"{clean(right.agency or '')}：{clean(left.label)}与{clean(right.label)}对比"


def summary(comparison: Comparison) -> list[str]:
    """What a reader should know first: the total, what rose and fell most, what is new and gone."""
    told: list[str] = []
    left, right, decimals = comparison.left.label, comparison.right.label, comparison.decimals
    head, terms = comparison.headline, terms_of(comparison)
    if head is not None:
        name = head.name.split("、")[0].replace("全部支出", "支出")
        told.append(
            f"{clean(right)}{name}{money(head.after, decimals)}万元，比{clean(left)}"
            + (
                terms.same
                if head.state == "same"
                else f"{terms.more if head.change > 0 else terms.less}{money(abs(head.change), decimals)}万元"
                + (f"（{rate(head)}）" if rate(head) else "")
            )
            + "。"
        )
    for section in comparison.sections:
        if section.main and section.dimension is not None:
            told += _movers(section, decimals, terms)
    if not told:
        told.append("两份材料没有可比的金额。")
    return told


def _movers(section: ComparedSection, decimals: int, terms: Terms) -> list[str]:
    leaves = [line for line in section.leaves if line.state != "same"]
    if not leaves:
        return [f"{section.title}：{terms.same}。"]
    parts: list[str] = []
    for word, sign in ((terms.most, 1), (terms.least, -1)):
        moved = [line for line in leaves if line.change * sign > 0][:_MOVERS]
        if moved:
            told = "、".join(f"{name_of(line)}（{money(line.change, decimals, signed=True)}万元）" for line in moved)
            parts.append(f"{word}{told}")
    for word, state in ((terms.appeared, "appeared"), (terms.vanished, "vanished")):
        count = sum(line.state == state for line in leaves)
        if count:
            parts.append(f"{count}个科目{word}")
    return [f"{section.title}：{'；'.join(parts)}。"]


def name_of(line: ComparedLine) -> str:
    return clean(line.name)


def remark(line: ComparedLine, comparison: Comparison) -> str:
    """What happened to a code besides its amount."""
    parts: list[str] = []
    if line.state == "same" and line.change:
        parts.append("差额在尾差之内")
    if line.state == "appeared":
        parts.append(f"只有“{clean(comparison.right.label)}”有金额")
    if line.state == "vanished":
        parts.append(f"只有“{clean(comparison.left.label)}”有金额")
    if line.moved is not None:
        parts.append(f"“{clean(comparison.left.label)}”编码为{line.moved}")
    if line.former_name is not None:
        parts.append(f"“{clean(comparison.left.label)}”称“{clean(line.former_name)}”")
    return "；".join(parts)
