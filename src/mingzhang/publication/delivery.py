"""Finished bytes into files: whole or not at all."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Sequence
from pathlib import Path

from mingzhang.errors import UsageError


def deliver(parts: Sequence[tuple[str, bytes]]) -> None:
    """Put each part at its path. All are first written to temporary files of the same folders, then moved into place:
    whatever fails, no file is half written. A device or a pipe is written to directly.

    Raises ``UsageError`` (cannot-write) with the reason.
    """
    staged: list[tuple[str, str]] = []
    path = ""
    try:
        for path, data in parts:
            target = os.path.realpath(path)  # a link is kept, its target replaced
            mode = _mode(target)
            if mode is not None and not stat.S_ISREG(mode):
                Path(target).write_bytes(data)
            else:
                staged.append((_stage(target, data, mode), target))
        while staged:
            temporary, path = staged[0]
            os.replace(temporary, path)
            staged.pop(0)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise UsageError(
            "cannot-write", f"无法写入“{path}”（{reason}），请检查文件夹是否存在、是否有写入权限。"
        ) from error
    finally:
        for temporary, _ in staged:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


def _mode(target: str) -> int | None:
    try:
        return os.stat(target).st_mode
    except FileNotFoundError:
        return None


def _stage(target: str, data: bytes, mode: int | None) -> str:
    """A temporary file beside ``target`` with its data and its permissions."""
    handle, temporary = tempfile.mkstemp(prefix=".mingzhang-", dir=os.path.dirname(target))
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, stat.S_IMODE(mode) if mode is not None else 0o666 & ~_umask())
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
    return temporary


def _umask() -> int:
    current = os.umask(0)
    os.umask(current)
    return current
