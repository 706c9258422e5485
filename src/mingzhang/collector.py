"""When Python looks for cycles among objects: not in the middle of work that makes hundreds of thousands and no cycle.

Counting references frees nearly everything here; a tenth to a fifth of the time of a large document went into looking.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import ParamSpec, TypeVar

Parameters = ParamSpec("Parameters")
Result = TypeVar("Result")


@contextmanager
def paused() -> Iterator[None]:
    """The collector stands still inside, and is as before afterwards."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def uncollected(work: Callable[Parameters, Result]) -> Callable[Parameters, Result]:
    """The function, with the collector paused while it works."""

    @wraps(work)
    def working(*arguments: Parameters.args, **named: Parameters.kwargs) -> Result:
        with paused():
            return work(*arguments, **named)

    return working
