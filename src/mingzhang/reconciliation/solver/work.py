"""How much a search may do: counted in steps, which no load of the machine changes, so that the outcome is the same anywhere.

A step is about a microsecond of an ordinary core: a row of a model passed over, a member of a conflict looked at, an
entry of a tableau changed. The clock is only the last guard, far beyond; whoever stops by it is told so.
"""

from __future__ import annotations

from time import thread_time

_STEPS_A_SECOND = 1_000_000
_PATIENCE = 30  # how many times longer than it should a search may take before the clock ends it
_LEAST_SECONDS = 0.01


class OutOfWorkError(Exception):
    """The work that was allowed is done; ``bound`` is the cost below which no hitting set exists."""

    def __init__(self, bound: int = 0) -> None:
        super().__init__("out of work")
        self.bound = bound


class Work:
    """``left`` steps of one search. ``interrupted``: the clock ended it, after ``seconds`` of processor time."""

    def __init__(self, steps: int, seconds: float | None = None) -> None:
        self.left = steps
        self.interrupted = False
        self._until = thread_time() + (seconds if seconds is not None else steps / _STEPS_A_SECOND * _PATIENCE)

    def spend(self, steps: int) -> None:
        """Count steps that were done."""
        self.left -= steps

    def is_over(self) -> bool:
        """Whether nothing is left, or the clock has run out."""
        if self.left <= 0:
            return True
        self.interrupted = self.interrupted or thread_time() > self._until
        return self.interrupted

    def interrupt(self) -> None:
        """The clock of a library has run out."""
        self.interrupted = True

    def seconds(self) -> float:
        """What is left on the clock, for a library that has one of its own."""
        return max(self._until - thread_time(), _LEAST_SECONDS)
