"""What a sentence claims of two amounts: how they differ, or what share one is of the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from mingzhang.cube.point import Point

ClaimKind = Literal["change", "change_rate", "share", "completion"]
Operand = int | Point
"""An observation of the disclosure, by its index, or a point that the sentence names without a figure."""


@dataclass(frozen=True, slots=True)
class Claim:
    """``figure`` is the observation of the printed difference or percentage; it is what is said of the operands.

    ``change``: left less right. ``change_rate``: that in per cent of right. ``share`` and ``completion``: left in per
    cent of right. ``certain``: the sentence itself says which two amounts it compares. ``any_budget``: it speaks of 预算
    alone, be it that of the beginning of the year or the adjusted one.
    """

    kind: ClaimKind
    figure: int
    left: Operand
    right: Operand
    certain: bool
    any_budget: bool = False
