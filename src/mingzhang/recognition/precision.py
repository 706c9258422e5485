"""To how many decimals a column of numbers was printed."""

from __future__ import annotations

from collections.abc import Iterable

from mingzhang.cube.amount import Amount


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
