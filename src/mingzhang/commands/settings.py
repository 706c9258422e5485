"""The settings of the person who runs the program: one TOML file, so far with the limits of reading."""

from __future__ import annotations

import difflib
import os
import tomllib
from dataclasses import fields, replace
from pathlib import Path
from typing import TYPE_CHECKING

from mingzhang.arguments import Group
from mingzhang.errors import UsageError

if TYPE_CHECKING:
    from mingzhang.documents import Limits

VARIABLE = "MINGZHANG_SETTINGS"


def declare_settings(options: Group) -> None:
    """The option that names the file."""
    options.add_argument(
        "--settings", metavar="FILE", help=f"设置文件（读取上限等），默认取环境变量 {VARIABLE} 所指的文件"
    )


def limits_of(named: str | None) -> Limits:
    """The limits of the file that the option or the environment names; without one, the built-in limits.

    Raises ``UsageError`` (bad-settings): a mistake never silently leaves a limit as it was.
    """
    from mingzhang.documents import Limits

    place = named if named is not None else os.environ.get(VARIABLE, "")
    if not place:
        return Limits()
    try:
        values = tomllib.loads(Path(place).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        reason = (error.strerror or "无法打开") if isinstance(error, OSError) else "不是有效的 TOML 文件"
        raise _bad(place, reason) from error
    known = tuple(field.name for field in fields(Limits))
    given = values.pop("limits", {})
    if values:
        raise _bad(place, f"不认识“{next(iter(values))}”，目前只有 [limits] 一节")
    if not isinstance(given, dict):
        raise _bad(place, "limits 应写成 [limits] 一节")
    for name, value in given.items():
        if name not in known:
            near = difflib.get_close_matches(name, known, 1)
            raise _bad(place, f"[limits] 中没有“{name}”这一项" + (f"，是否想写 {near[0]}" if near else ""))
        if type(value) is not int or value <= 0:
            raise _bad(place, f"[limits] 中 {name} 应是正整数")
    return replace(Limits(), **given)


def _bad(place: str, reason: str) -> UsageError:
    return UsageError("bad-settings", f"设置文件“{place}”有误（{reason}），请改正后重试。")
