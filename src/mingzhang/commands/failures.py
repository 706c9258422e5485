"""Why something was not done, and how that is said: one sentence on stderr, a code, an exit status."""

from __future__ import annotations

import os
import sys
import traceback
from dataclasses import dataclass

from mingzhang.errors import EXIT_INTERNAL, MingzhangError


@dataclass(frozen=True, slots=True)
class Failure:
    """Why something was not done: the code, the sentence, the exit status it leads to."""

    code: str
    message: str
    status: int

    def error(self) -> MingzhangError:
        """The error that says so, where a caller cannot go on."""
        error = MingzhangError(self.code, self.message)
        error.exit_status = self.status
        return error


def failure_of(error: Exception, path: str | None = None) -> Failure:
    """What is said of ``error``; one that was not foreseen is a defect of the program."""
    if isinstance(error, BrokenPipeError):
        raise error
    if isinstance(error, MingzhangError):
        return Failure(error.code, error.message, error.exit_status)
    if debugging():
        traceback.print_exception(error)
    about = f"处理“{path}”时" if path else ""
    return Failure(
        "internal",
        f"{about}程序内部出错（{type(error).__name__}），请把这句话和所用的文件反馈给明账的维护者"
        "（设置环境变量 MINGZHANG_DEBUG=1 重新运行可以看到详细信息）。",
        EXIT_INTERNAL,
    )


def report(failure: Failure) -> int:
    """Say it on stderr; returns its exit status."""
    say(f"mingzhang: 错误[{failure.code}]：{failure.message}")
    return failure.status


def say(sentence: str) -> None:
    """One line on stderr."""
    from mingzhang.publication.terminal import clean

    print(clean(sentence), file=sys.stderr, flush=True)


def debugging() -> bool:
    return os.environ.get("MINGZHANG_DEBUG") == "1"
