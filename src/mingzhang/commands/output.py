"""Where a result goes: stdout, or a file that is none of the inputs."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from mingzhang.errors import UsageError


def emit(result: str | bytes) -> None:
    """The result on stdout, all of it."""
    data = result if isinstance(result, bytes) else result.encode(sys.stdout.encoding, errors="backslashreplace")
    sys.stdout.flush()
    rest = memoryview(data)
    while rest:  # an unbuffered stream (PYTHONUNBUFFERED) may take a part only
        rest = rest[sys.stdout.buffer.write(rest) :]
    sys.stdout.buffer.flush()


def output_of(output: str | None, inputs: Sequence[str]) -> str | None:
    """The output file, if there is one and it can be one: asked before any work is done."""
    if output is None or output == "-":
        return None
    place = Path(output)
    if place.is_dir():
        raise UsageError("cannot-write", f"“{output}”是文件夹，请用 -o 指定一个文件。")
    if not place.parent.is_dir():
        raise UsageError("cannot-write", f"无法写入“{output}”：文件夹“{place.parent}”不存在，请先建立。")
    for path in inputs:
        if os.path.realpath(path) == os.path.realpath(output) or (
            place.exists() and os.path.exists(path) and os.path.samefile(path, output)
        ):
            raise UsageError("output-is-input", f"“{output}”是要读取的文件，不能用结果覆盖它，请换一个文件名。")
    return output


def refuse_binary_on_screen(kind: str, output: str | None) -> None:
    """Bytes that are no text may go into a pipe, not onto a terminal."""
    if output is None and sys.stdout.isatty():
        raise UsageError("needs-output", f"{kind} 不能显示在屏幕上，请用 -o 指定要写入的文件，例如 -o 数据.{kind}。")


def json_text(value: dict[str, Any], *, one_line: bool = False) -> str:
    return json.dumps(value, ensure_ascii=False, indent=None if one_line else 2) + "\n"


def wants_colour(stream: IO[str]) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
