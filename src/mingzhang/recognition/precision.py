"""To how many decimals a column of numbers was printed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from mingzhang.cube.amount import Amount
from mingzhang.cube.disclosure import Observation


def printed_decimals(texts: Iterable[str]) -> tuple[int, bool]:
    """The finest printed precision of a column, and whether trailing zeros were dropped (a general number format).

    With a fixed format every number shows the same places, so one in ten ends in a zero at the last place. A column
    whose numbers differ in places and never end in a printed zero dropped its zeros: there 518 means 518.00.
    """
    places: list[int] = []
    ends_in_zero = False
    for text in texts:
        whole, dot, part = text.strip().rstrip(")）%％").partition(".")
        if not any(character.isdigit() for character in whole + part):
            continue
        places.append(len(part) if dot else 0)
        ends_in_zero = ends_in_zero or part.endswith("0")
    finest = max(places, default=0)
    dropped = not ends_in_zero and len(set(places)) > 1
    return finest, dropped


def refined(amount: Amount, finest: int, dropped: bool) -> Amount:
    """The amount with the precision that its column shows: zeros, blanks and dropped trailing zeros are exact there."""
    if amount.decimals < finest and (dropped or amount.value == 0):
        return Amount(amount.printed, amount.unit, amount.value, finest)
    return amount


def refined_together(observations: Sequence[Observation], dropping: frozenset[str] | None = None) -> list[Observation]:
    """Amounts of money that stand together, in a sheet or a paragraph: by unit, each as fine as a column of them is.

    ``dropping``, where given, are the units in which the whole text drops its trailing zeros: in others a number with
    fewer places is a coarser one, whatever stands beside it.
    """
    found = _decimals(observations)
    refinements = {
        unit: (finest, dropped and (dropping is None or unit in dropping)) for unit, (finest, dropped) in found.items()
    }
    return [
        replace(observation, amount=refined(observation.amount, *refinements[observation.amount.unit.name]))
        if _is_amount(observation)
        else observation
        for observation in observations
    ]


def units_without_zeros(observations: Sequence[Observation]) -> frozenset[str]:
    """The units in which numbers differ in places and none ends in a printed zero."""
    return frozenset(unit for unit, (_, dropped) in _decimals(observations).items() if dropped)


def _decimals(observations: Sequence[Observation]) -> dict[str, tuple[int, bool]]:
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for observation in filter(_is_amount, observations):
        texts[observation.amount.unit.name].append(observation.amount.printed)
    return {unit: printed_decimals(printed) for unit, printed in texts.items()}


def _is_amount(observation: Observation) -> bool:
    return observation.amount.unit.is_money and observation.point.measure in ("amount", "change")
