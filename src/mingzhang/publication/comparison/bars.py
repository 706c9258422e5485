"""Bars as inline SVG: changes to both sides of a line, and amounts side by side; readable without colour and without sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from mingzhang.publication.report.markup import words

_ROW, _BAR = 30, 16
_NAME, _NUMBER, _SPAN = 330, 120, 480
_LONGEST_NAME = 22


@dataclass(frozen=True, slots=True)
class Bar:
    """A name with one amount (a change) or two (before and after), and the amounts as they are told."""

    name: str
    amounts: tuple[Decimal, ...]
    told: tuple[str, ...]


def change_bars(bars: Sequence[Bar], title: str, description: str) -> str:
    """Rises to the right, falls to the left; each with its number, so that the colour is only a help."""
    most = max((abs(bar.amounts[0]) for bar in bars), default=Decimal(0)) or Decimal(1)
    falls = any(bar.amounts[0] < 0 for bar in bars)
    left = _NAME + (_NUMBER if falls else 10)
    middle = left + (_SPAN // 2 if falls else 0)
    reach = Decimal(_SPAN // 2 if falls else _SPAN)
    drawn = []
    for number, bar in enumerate(bars):
        top = number * _ROW + 8
        length = float(round(abs(bar.amounts[0]) * reach / most, 1))
        fall = bar.amounts[0] < 0
        start = middle - length if fall else middle
        kind = "fall" if fall else "rise"
        drawn.append(_label(bar.name, top))
        drawn.append(f'<rect class="{kind}" x="{start:g}" y="{top}" width="{max(length, 1):g}" height="{_BAR}"/>')
        at, anchor = (start - 6, "end") if fall else (start + length + 6, "start")
        drawn.append(_number(bar.told[0], at, top, anchor))
    height = len(bars) * _ROW + 12
    axis = f'<line class="axis" x1="{middle}" y1="2" x2="{middle}" y2="{height - 6}"/>'
    return _svg(left + _SPAN + _NUMBER, height, title, description, axis + "".join(drawn))


def pair_bars(bars: Sequence[Bar], labels: tuple[str, str], title: str, description: str) -> str:
    """For each name the amount before (hatched) over the amount after (solid)."""
    most = max((abs(amount) for bar in bars for amount in bar.amounts), default=Decimal(0)) or Decimal(1)
    step = _ROW + 18
    drawn = []
    for number, bar in enumerate(bars):
        top = number * step + 30
        drawn.append(_label(bar.name, top + 9))
        for position, (amount, told) in enumerate(zip(bar.amounts, bar.told, strict=True)):
            length = float(round(max(amount, Decimal(0)) * _SPAN / most, 1))
            kind = ("before", "after")[position]
            y = top + position * 18
            drawn.append(f'<rect class="{kind}" x="{_NAME}" y="{y}" width="{max(length, 1):g}" height="15"/>')
            drawn.append(_number(told, _NAME + length + 6, y - 1, "start"))
    legend = ""
    for position, label in enumerate(labels):
        x = _NAME + position * 230
        legend += f'<rect class="{("before", "after")[position]}" x="{x}" y="4" width="22" height="13"/>'
        legend += f'<text class="name" x="{x + 28}" y="15">{words(_short(label))}</text>'
    height = len(bars) * step + 34
    return _svg(_NAME + _SPAN + _NUMBER, height, title, description, legend + "".join(drawn))


def _svg(wide: int, high: int, title: str, description: str, body: str) -> str:
    hatch = (
        '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<rect width="6" height="6" fill="#fff"/><line x1="0" y1="0" x2="0" y2="6" stroke="#5b6572" stroke-width="3"/>'
        "</pattern></defs>"
    )
    return (
        f'<svg class="bars" role="img" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'xmlns="http://www.w3.org/2000/svg"><title>{words(title)}</title><desc>{words(description)}</desc>'
        f"{hatch}{body}</svg>"
    )


def _label(name: str, top: int) -> str:
    return f'<text class="name" x="{_NAME - 10}" y="{top + 13}" text-anchor="end">{words(_short(name))}</text>'


def _number(told: str, at: float, top: int, anchor: str) -> str:
    return f'<text class="amount" x="{at:g}" y="{top + 13}" text-anchor="{anchor}">{words(told)}</text>'


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
