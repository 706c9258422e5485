"""Views of a disclosure that many rules ask for: made once for the document at hand."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

Subject = TypeVar("Subject")
View = TypeVar("View")


def once(view: Callable[[Subject], View]) -> Callable[[Subject], View]:
    """The view, with that of the last subject kept.

    For a function of an immutable subject whose value nobody changes: it is known again by identity, since comparing
    two disclosures costs more than looking at one anew.
    """
    last: tuple[Subject, View] | None = None

    @wraps(view)
    def remembered(subject: Subject) -> View:
        nonlocal last
        known = last
        if known is None or known[0] is not subject:
            known = last = (subject, view(subject))
        return known[1]

    return remembered
