"""Whether anything printed in a document speaks against a change whose direction was turned round.

As ``evidence`` does for figures: plain arithmetic and words as printed, never asking the checker. Of 比上年增加23.79万元 with
减少 in place of 增加 speak: the same change told elsewhere, a rate or a reason with its own direction, last year's figure
printed somewhere, changes of parts that add up to it or with it, a fall by more than there was. Chance agreement counts as
evidence, so what is said to have none has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from mingzhang.documents.model import Line
from seeded.edits import At
from seeded.evidence import Figure, Figures, is_telling

_UP, _DOWN = "增加|增长|上升|提高|增幅|增|新增", "减少|下降|降低|压减|压缩|减幅|降幅|核减|减"
_SIGN = re.compile(rf"(?:(?P<up>{_UP})|(?P<down>{_DOWN}))[^\d，。；、]{{0,4}}\Z")
_REASON = re.compile(r"原因|由于|因为|主要是|系")
_EITHER = re.compile(rf"(?P<up>{_UP})|(?P<down>{_DOWN})")
_NEAR = 2  # blocks before the sentence in which its amount may stand


def speaks_against_turning(figures: Figures, at: At) -> bool:
    """``at``: the words of a comparison up to the last digit of its figure, as printed before it is turned."""
    inside = [f for f in figures.lines[at.block] if at.start <= f.start < at.end]
    if not inside:
        return True  # no number by our own reading: the error counts
    change = inside[-1]
    sign = _sign(figures, change)
    if not sign:
        return True
    return (
        _told_elsewhere(figures, change, sign)
        or _has_rate_or_reason(figures, change, sign, at.end)
        or _adds_up(figures, change, sign)
        or any(_base_speaks(figures, change, sign, amount) for amount in _amounts(figures, change))
    )


def _text(figures: Figures, block: int) -> str:
    line = figures.document.blocks[block]
    return line.text if isinstance(line, Line) else ""


def _sign(figures: Figures, figure: Figure) -> int:
    found = _SIGN.search(_text(figures, figure.block)[max(0, figure.start - 12) : figure.start])
    return 0 if found is None else 1 if found["up"] else -1


def _told_elsewhere(figures: Figures, change: Figure, sign: int) -> bool:
    """The same change in the same direction in another place."""
    return is_telling(change) and any(
        other is not change
        and other.is_rate == change.is_rate
        and other.value == change.value
        and _sign(figures, other) == sign
        for line in figures.lines.values()
        for other in line
    )


def _has_rate_or_reason(figures: Figures, change: Figure, sign: int, end: int) -> bool:
    """下降0.87% right behind, a reason that says what fell, or the direction announced again."""
    text = _text(figures, change.block)
    beside = [f for f in figures.lines[change.block] if f.is_rate and 0 < f.start - end <= 12]
    if any(_sign(figures, other) for other in beside):
        return True
    after = text[end : end + 120]
    reason = _REASON.search(after)
    said = [1 if m["up"] else -1 for m in _EITHER.finditer(after.split("；")[0])] if reason is not None else []
    return sign in said


def _adds_up(figures: Figures, change: Figure, sign: int) -> bool:
    """Signed changes of the line, a run of which makes the one before or behind it, this one among them."""
    signed = [(f, _sign(figures, f)) for f in figures.lines[change.block] if not f.is_rate]
    run = [(f, s) for f, s in signed if s]
    for start in range(len(run)):
        for end in range(start + 2, len(run) + 1):
            total = sum((s * f.value for f, s in run[start:end]), Decimal(0))
            for head in (start - 1, end):
                if not 0 <= head < len(run):
                    continue
                members = [*run[start:end], run[head]]
                slack = sum((f.quantum for f, _ in members), Decimal(0)) / 2
                if abs(total - run[head][1] * run[head][0].value) <= slack and any(f is change for f, _ in members):
                    return True
    return False


def _amounts(figures: Figures, change: Figure) -> Iterator[Figure]:
    for block in range(max(change.block - _NEAR, 0), change.block + 1):
        for figure in figures.lines[block]:
            if not figure.is_rate and not _sign(figures, figure) and figure is not change:
                yield figure


def _base_speaks(figures: Figures, change: Figure, sign: int, amount: Figure) -> bool:
    """Whether the year before, worked out from the amount and its change, is printed; or cannot be with the other sign."""
    half = change.quantum / 2
    if change.is_rate:
        rates = [sign * (change.value + slack) / 100 for slack in (-half, half)]
        bases = sorted(amount.value / (1 + rate) for rate in rates if rate > -1)
        bounds = (bases[0], bases[-1]) if bases else (Decimal(0), Decimal(0))
    else:
        base = amount.value - sign * change.value
        bounds = (base, base)
        if sign < 0 and change.value > amount.value and change.block == amount.block:
            return True  # an increase by more than there is
    slack = amount.quantum / 2 + (Decimal(0) if change.is_rate else half)
    return any(
        not other.is_rate
        and other is not amount
        and is_telling(other)
        and bounds[0] - slack - other.quantum / 2 <= scaled <= bounds[1] + slack + other.quantum / 2
        for other in (*figures.every,)
        for scaled in ((other.value * figures.scale) if other.column >= 0 else other.value,)
    )
