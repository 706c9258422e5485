"""The errors a person can meet: one Chinese sentence (what, where, what to do), a stable code, an exit status.

An exception that is not one of these is a defect of the program and ends with exit status 4.
"""

from __future__ import annotations

EXIT_CLEAN = 0
EXIT_FINDINGS = 1
EXIT_USAGE = 2
EXIT_UNREADABLE = 3
EXIT_INTERNAL = 4


class MingzhangError(Exception):
    """Base of every expected failure.

    ``code`` is stable (others may match on it); ``message`` is Chinese, one sentence, for the person at the screen.
    """

    exit_status = EXIT_INTERNAL

    def __init__(self, code: str, message: str) -> None:
        super().__init__(f"[{code}] {message}")
        self.code = code
        self.message = message


class UsageError(MingzhangError):
    """The command line cannot be obeyed: a missing file, an option that does not fit."""

    exit_status = EXIT_USAGE


class UnreadableError(MingzhangError):
    """The input cannot be read, or is not a disclosure at all."""

    exit_status = EXIT_UNREADABLE


class FormError(MingzhangError):
    """A form, vocabulary or classification file has a mistake; the message says where and what was meant."""

    exit_status = EXIT_USAGE
